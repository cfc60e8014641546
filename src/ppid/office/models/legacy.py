"""The list that a body kept before this program: what was imported of it, row by row."""

from django.db import models

from ppid.law.defect import LegacyEntry
from ppid.office.models.bodies import Agency, Body
from ppid.office.models.items import Item


class ListImport(models.Model):
    """One import of an old list. digest: SHA-256 of what was uploaded or pasted, as hex."""

    id = models.UUIDField(primary_key=True)
    body = models.ForeignKey(Body, models.PROTECT, related_name="list_imports")
    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    by = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at"]


class ImportedEntry(models.Model):
    """A row of the old list (entri daftar lama), waiting to be put right; never published.

    text: the fields of `LegacyEntry` that are not empty. row: its number in the file. agency: the
    one its text names, None if it names none of ours. item: the newest candidate made of it.
    set_aside: why it needs no repair, "" while it does. opened_on: since when what it names is open
    by decision, None while nobody decided so; opening: by which reason, opening_note: in words.
    """

    id = models.UUIDField(primary_key=True)
    body = models.ForeignKey(Body, models.PROTECT, related_name="imported_entries")
    source = models.ForeignKey(ListImport, models.PROTECT, related_name="entries")
    row = models.PositiveIntegerField()
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="imported_entries")
    text = models.JSONField()
    item = models.ForeignKey(Item, models.PROTECT, null=True, related_name="imported_entries")
    set_aside = models.TextField(blank=True)
    opened_on = models.DateField(null=True)
    opening = models.CharField(max_length=20, blank=True)
    opening_note = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "row"], name="imported_row")]
        ordering = ["source__at", "row"]

    @property
    def legacy(self) -> LegacyEntry:
        """Return the old text, field by field."""
        return LegacyEntry(**self.text)
