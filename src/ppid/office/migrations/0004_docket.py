"""What the docket needs: what was noticed, what opened by law, and on which document."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("office", "0003_approved_sheet_and_known_key")]
    operations = [
        migrations.AddField(
            model_name="item",
            name="lapsed_on",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="item",
            name="noticed_end",
            field=models.CharField(blank=True, max_length=20, default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="item",
            name="noticed_review",
            field=models.CharField(blank=True, max_length=20, default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="item",
            name="opening_document",
            field=models.CharField(blank=True, max_length=200, default=""),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name="item",
            index=models.Index(
                fields=["body", "stage", "opens_on"],
                condition=models.Q(declared_open_on__isnull=True, lapsed_on__isnull=True),
                name="item_ends",
            ),
        ),
        migrations.AddIndex(
            model_name="item",
            index=models.Index(
                fields=["body", "stage", "review_on"],
                condition=models.Q(declared_open_on__isnull=True, lapsed_on__isnull=True),
                name="item_reviews",
            ),
        ),
    ]
