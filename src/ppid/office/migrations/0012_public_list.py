"""The titles of the public list, and an index for who read what."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("office", "0011_requests")]

    operations = [
        migrations.CreateModel(
            name='PublicListEntry',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('title', models.CharField(max_length=300)),
                ('holder', models.CharField(blank=True, max_length=200)),
            ],
            options={
                'ordering': ['title'],
            },
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(condition=models.Q(('kind', 'document.read')), fields=['body', 'seq'], name='event_read'),
        ),
        migrations.AddField(
            model_name='publiclistentry',
            name='body',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='public_list', to='office.body'),
        ),
    ]
