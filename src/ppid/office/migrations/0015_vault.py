"""Soft copies in the vault, and the recipients they are sealed to."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('office', '0014_mandates'),
    ]

    operations = [
        migrations.CreateModel(
            name='VaultKeys',
            fields=[
                ('body', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='vault_keys', serialize=False, to='office.body')),
                ('version', models.PositiveIntegerField()),
                ('service', models.CharField(max_length=100)),
                ('recovery', models.JSONField(default=list)),
            ],
        ),
        migrations.CreateModel(
            name='SoftCopy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('document', models.UUIDField()),
                ('version', models.PositiveIntegerField()),
                ('file_name', models.CharField(max_length=255)),
                ('plain_size', models.PositiveBigIntegerField()),
                ('plain_sha256', models.CharField(max_length=64)),
                ('name', models.CharField(max_length=100, unique=True)),
                ('sealed_size', models.PositiveBigIntegerField()),
                ('sealed_sha256', models.CharField(max_length=64)),
                ('keys_version', models.PositiveIntegerField()),
                ('stored_at', models.DateTimeField()),
                ('stored_by', models.UUIDField(null=True)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='soft_copies', to='office.item')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('document', 'version'), name='soft_copy_version')],
            },
        ),
    ]
