"""The store room: places, loans, stock-takes, and the fields of PP 28/2012."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('office', '0016_care'),
    ]

    operations = [
        migrations.AddField(
            model_name='archiveentry',
            name='active_years',
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='archiveentry',
            name='amount',
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='archiveentry',
            name='closed_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='archiveentry',
            name='condition',
            field=models.CharField(blank=True, max_length=30),
        ),
        migrations.AddField(
            model_name='archiveentry',
            name='description',
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AddField(
            model_name='archiveentry',
            name='development',
            field=models.CharField(blank=True, max_length=30),
        ),
        migrations.AddField(
            model_name='archiveentry',
            name='fate',
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AddField(
            model_name='archiveentry',
            name='file_number',
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name='archiveentry',
            name='inactive_years',
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='archiveentry',
            name='item_number',
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name='archiveentry',
            name='medium',
            field=models.CharField(blank=True, max_length=30),
        ),
        migrations.AddField(
            model_name='archiveentry',
            name='period',
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name='archiveentry',
            name='processing_unit',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name='archiveentry',
            name='unit',
            field=models.CharField(blank=True, max_length=30),
        ),
        migrations.CreateModel(
            name='Place',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=20)),
                ('name', models.CharField(max_length=100)),
                ('closed_at', models.DateTimeField(null=True)),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='places', to='office.body')),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='inside', to='office.place')),
            ],
        ),
        migrations.AddField(
            model_name='archiveentry',
            name='place',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='office.place'),
        ),
        migrations.CreateModel(
            name='StockTake',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('result', models.JSONField()),
                ('at', models.DateTimeField()),
                ('by', models.UUIDField()),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stock_takes', to='office.place')),
            ],
            options={
                'ordering': ['-at'],
            },
        ),
        migrations.CreateModel(
            name='Loan',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('borrower', models.UUIDField(null=True)),
                ('party', models.CharField(blank=True, max_length=200)),
                ('reason', models.CharField(max_length=500)),
                ('due_on', models.DateField()),
                ('lent_at', models.DateTimeField()),
                ('lent_by', models.UUIDField()),
                ('returned_at', models.DateTimeField(null=True)),
                ('returned_by', models.UUIDField(null=True)),
                ('condition', models.CharField(blank=True, max_length=500)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='loans', to='office.item')),
            ],
            options={
                'ordering': ['due_on', 'lent_at'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('returned_at__isnull', True)), fields=('item',), name='loan_out_once')],
            },
        ),
    ]
