"""Where the soft copy and the hard copy of an item are kept, with the fields of PP 28/2012."""

from django.db import models

from ppid.law.retention import Fate, Schedule
from ppid.office.models.items import Item
from ppid.office.models.store_room import Place


class ArchiveEntry(models.Model):
    """An archive entry: the fields of PP 28/2012 ps. 42 and 44, and its line of the JRA.

    soft_copy: where one is kept outside the vault. hard_copy, quantity: texts of the time before
    there were places and amounts; they stay beside these. closed_on: the activity was done.
    hold: why it is kept from destruction, or empty.
    """

    item = models.OneToOneField(Item, models.CASCADE, primary_key=True, related_name="archive")
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="entries")
    classification_code = models.CharField(max_length=60, blank=True)
    file_number = models.CharField(max_length=60, blank=True)
    item_number = models.CharField(max_length=60, blank=True)
    description = models.CharField(max_length=500, blank=True)
    period = models.CharField(max_length=60, blank=True)
    amount = models.PositiveIntegerField(null=True)
    unit = models.CharField(max_length=30, blank=True)
    development = models.CharField(max_length=30, blank=True)
    medium = models.CharField(max_length=30, blank=True)
    condition = models.CharField(max_length=30, blank=True)
    processing_unit = models.CharField(max_length=200, blank=True)
    soft_copy = models.CharField(max_length=300, blank=True)
    hard_copy = models.CharField(max_length=300, blank=True)
    quantity = models.CharField(max_length=60, blank=True)
    security = models.CharField(max_length=20, default="rahasia")
    closed_on = models.DateField(null=True)
    active_years = models.PositiveSmallIntegerField(null=True)
    inactive_years = models.PositiveSmallIntegerField(null=True)
    fate = models.CharField(max_length=20, blank=True)
    hold = models.CharField(max_length=500, blank=True)
    destroyed_at = models.DateTimeField(null=True)
    filed_at = models.DateTimeField()
    filed_by = models.UUIDField()

    @property
    def schedule(self) -> Schedule:
        """Return the line of the retention schedule as the law sees it."""
        return Schedule(
            closed_on=self.closed_on,
            active_years=self.active_years,
            inactive_years=self.inactive_years,
            fate=Fate(self.fate) if self.fate else None,
        )

    @property
    def amount_in_words(self) -> str:
        """Return how much there is: "24 lembar"; the older text where no amount is known."""
        return f"{self.amount} {self.unit}".strip() if self.amount else self.quantity
