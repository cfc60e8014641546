"""Every letter that an item stood on, not only the newest; and what a new term has overtaken."""

from datetime import date

import django.db.models.deletion
from django.db import migrations, models


def _day(text):
    return date.fromisoformat(text) if text else None


def fill(apps, schema_editor):
    """One line for each item of each letter in the log, as the projection would have written it."""
    event_model = apps.get_model("office", "Event")
    test_model = apps.get_model("office", "ConsequenceTest")
    line_model = apps.get_model("office", "DeterminationLine")
    letters = apps.get_model("office", "Determination").objects
    for event in event_model.objects.filter(kind="determination.made").order_by("id"):
        letter = letters.filter(at=event.at, body=event.body, case=event.case).first()
        for line in event.sealed["lines"]["value"] if letter else ():
            tests = test_model.objects.filter(item=line["item"], written_at__lte=event.at)
            line_model.objects.create(
                determination=letter,
                item_id=line["item"],
                test=tests.order_by("written_at").last(),
                opens_on=_day(line["opens_on"]),
                review_on=_day(line["review_on"]),
            )


class Migration(migrations.Migration):
    dependencies = [("office", "0007_old_lists")]
    operations = [
        migrations.CreateModel(
            name="DeterminationLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("opens_on", models.DateField(null=True)),
                ("review_on", models.DateField(null=True)),
                (
                    "determination",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="office.determination",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="determination_lines",
                        to="office.item",
                    ),
                ),
                (
                    "test",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="office.consequencetest",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=["determination", "item"], name="determination_line"
                    )
                ]
            },
        ),
        migrations.AddIndex(
            model_name="item",
            index=models.Index(
                fields=["body", "stage", "opens_on"],
                condition=models.Q(
                    declared_open_on__gt=models.F("opens_on"), lapsed_on__isnull=True
                ),
                name="item_overtaken",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
