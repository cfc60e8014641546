"""Where the soft copy and the hard copy of an item are kept. The vault follows."""

from django.db import models

from ppid.office.models.items import Item


class ArchiveEntry(models.Model):
    """An archive entry: places as text for now, with the fields of PP 28/2012."""

    item = models.OneToOneField(Item, models.CASCADE, primary_key=True, related_name="archive")
    classification_code = models.CharField(max_length=60, blank=True)
    soft_copy = models.CharField(max_length=300, blank=True)
    hard_copy = models.CharField(max_length=300, blank=True)
    quantity = models.CharField(max_length=60, blank=True)
    security = models.CharField(max_length=20, default="rahasia")
    filed_at = models.DateTimeField()
    filed_by = models.UUIDField()
