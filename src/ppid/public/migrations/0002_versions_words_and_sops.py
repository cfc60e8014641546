import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('public', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Sop',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_hash', models.CharField(max_length=64)),
                ('code', models.CharField(max_length=200)),
                ('name', models.CharField(max_length=2000)),
                ('number', models.CharField(blank=True, max_length=200)),
                ('made', models.CharField(blank=True, max_length=200)),
                ('revised', models.CharField(blank=True, max_length=200)),
                ('effective', models.CharField(blank=True, max_length=200)),
                ('starts_on', models.DateField(null=True)),
                ('ends_on', models.DateField(null=True)),
                ('adopted_at', models.DateTimeField()),
                ('sheets', models.JSONField()),
                ('steps', models.JSONField()),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sops', to='public.body')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('body', 'content_hash'), name='sop_once')],
            },
        ),
        migrations.CreateModel(
            name='WordGram',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('gram', models.CharField(max_length=3)),
                ('word', models.CharField(max_length=40)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('gram', 'word'), name='word_gram')],
            },
        ),
        migrations.AddField(
            model_name='body',
            name='sop_count',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='entry',
            name='declared_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='entry',
            name='term_days',
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='entryversion',
            name='body',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='public.body'),
        ),
        migrations.AddField(
            model_name='entryversion',
            name='number',
            field=models.PositiveIntegerField(default=0),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='entryversion',
            name='until',
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='entryversion',
            name='agency',
            field=models.CharField(default='', max_length=200),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='entryversion',
            name='ground_letters',
            field=models.CharField(default='', max_length=10),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='entryversion',
            name='open_from',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='entryversion',
            name='opens_soon_from',
            field=models.DateField(null=True),
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(fields=['-decree_date', '-id'], name='entry_newest_of_all'),
        ),
        migrations.AddIndex(
            model_name='entryversion',
            index=models.Index(fields=['body', '-entry', 'number'], name='version_of_a_day'),
        ),
    ]
