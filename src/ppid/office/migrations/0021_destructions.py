"""Destructions by their procedure, holds, and when an archive was destroyed."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('office', '0020_public_copies'),
    ]

    operations = [
        migrations.AddField(
            model_name='archiveentry',
            name='destroyed_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='archiveentry',
            name='hold',
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.CreateModel(
            name='Destruction',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('items', models.JSONField()),
                ('stage', models.CharField(default='diusulkan', max_length=20)),
                ('panel_decree', models.CharField(max_length=100)),
                ('panel', models.JSONField()),
                ('proposed_at', models.DateTimeField()),
                ('proposed_by', models.UUIDField()),
                ('opinion', models.CharField(blank=True, max_length=100)),
                ('consent', models.CharField(blank=True, max_length=20)),
                ('consent_number', models.CharField(blank=True, max_length=100)),
                ('decision', models.CharField(blank=True, max_length=100)),
                ('approved_at', models.DateTimeField(null=True)),
                ('approved_by', models.UUIDField(null=True)),
                ('minutes', models.CharField(blank=True, max_length=100)),
                ('witnesses', models.JSONField(default=list)),
                ('carried_out_at', models.DateTimeField(null=True)),
                ('carried_out_by', models.UUIDField(null=True)),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='destructions', to='office.body')),
            ],
            options={
                'ordering': ['-proposed_at'],
            },
        ),
    ]
