"""Work out for what is already public the columns that 0002 added."""

from datetime import date

from django.db import migrations

from ppid.public.edition import HistoryKind, ground_letters
from ppid.public.search_text import grams

BATCH = 500


def fill(apps, schema_editor):
    using = schema_editor.connection.alias
    entries = apps.get_model("public", "Entry").objects.using(using)
    versions = apps.get_model("public", "EntryVersion").objects.using(using)
    for entry in entries.iterator(chunk_size=BATCH):
        days = [
            date.fromisoformat(line["date"])
            for line in entry.history
            if line["kind"] == HistoryKind.DECLARED_OPEN
        ]
        ends = entry.term_ends_on
        entries.filter(pk=entry.pk).update(
            declared_on=max(days, default=None),
            term_days=(ends - entry.term_starts_on).days if ends else None,
        )
    _fill_versions(versions)
    _fill_grams(apps, using)


def _fill_versions(versions):
    later = {}
    rows = versions.select_related("edition").order_by("entry_id", "-edition__number")
    for version in rows.iterator(chunk_size=BATCH):
        said, number = version.content, version.edition.number
        known = [said[name] for name in ("opens_on", "term_ends_on") if said[name]]
        versions.filter(pk=version.pk).update(
            body_id=version.edition.body_id,
            number=number,
            until=later.get(version.entry_id),
            agency=said["agency"],
            ground_letters=ground_letters(said["ground_label"]),
            open_from=min(known, default=None),
            opens_soon_from=said["opens_soon_from"],
        )
        later = {version.entry_id: number}


def _fill_grams(apps, using):
    words = apps.get_model("public", "KnownWord").objects.using(using)
    gram_rows = apps.get_model("public", "WordGram")
    known = words.values_list("word", flat=True).distinct()
    rows = [gram_rows(gram=gram, word=word) for word in known for gram in grams(word)]
    gram_rows.objects.using(using).bulk_create(rows, BATCH, ignore_conflicts=True)


class Migration(migrations.Migration):

    dependencies = [
        ('public', '0002_versions_words_and_sops'),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
