import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('public', '0003_fill_versions_and_words'),
    ]

    operations = [
        migrations.AlterField(
            model_name='entryversion',
            name='body',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='public.body'),
        ),
    ]
