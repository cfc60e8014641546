"""What was found in a soft copy, and each opening of one."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('office', '0018_signed_papers'),
    ]

    operations = [
        migrations.AddField(
            model_name='softcopy',
            name='kind',
            field=models.CharField(default='', max_length=10),
        ),
        migrations.AddField(
            model_name='softcopy',
            name='metadata',
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name='softcopy',
            name='pages',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='softcopy',
            name='remarks',
            field=models.JSONField(default=list),
        ),
        migrations.CreateModel(
            name='CopyReading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('document', models.UUIDField(db_index=True)),
                ('version', models.PositiveIntegerField()),
                ('reader', models.UUIDField(null=True)),
                ('at', models.DateTimeField()),
                ('reason', models.TextField()),
                ('case', models.UUIDField(null=True)),
                ('marked', models.BooleanField()),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='copy_readings', to='office.body')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='copy_readings', to='office.item')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('body', 'number'), name='reading_number')],
            },
        ),
    ]
