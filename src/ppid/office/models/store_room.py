"""The store room: its places as a tree, what is lent, and what was found on the shelves."""

from django.db import models

from ppid.office.models.bodies import Body
from ppid.office.models.items import Item
from ppid.office.places import PlaceKind


class Place(models.Model):
    """A place in the store room (tempat simpan). kind: `ppid.office.places.PlaceKind`."""

    id = models.UUIDField(primary_key=True)
    body = models.ForeignKey(Body, models.CASCADE, related_name="places")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="inside")
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=100)
    closed_at = models.DateTimeField(null=True)

    @property
    def label(self) -> str:
        """Return kind and name: "Boks 4", also where the name repeats the kind."""
        kind = PlaceKind(self.kind).label
        said = self.name.casefold().startswith(kind.casefold())
        return self.name if said else f"{kind} {self.name}"


class Loan(models.Model):
    """A paper that was handed out (peminjaman). borrower: a person of the office, else party.

    due_on: the last day on which it is not late. returned_at: None while it is out.
    """

    id = models.UUIDField(primary_key=True)
    item = models.ForeignKey(Item, models.CASCADE, related_name="loans")
    borrower = models.UUIDField(null=True)
    party = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=500)
    due_on = models.DateField()
    lent_at = models.DateTimeField()
    lent_by = models.UUIDField()
    returned_at = models.DateTimeField(null=True)
    returned_by = models.UUIDField(null=True)
    condition = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["due_on", "lent_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["item"],
                condition=models.Q(returned_at__isnull=True),
                name="loan_out_once",
            )
        ]


class StockTake(models.Model):
    """A stock-take (pemeriksaan fisik) of one place. result: `ppid.office.stock.Result` as data."""

    id = models.UUIDField(primary_key=True)
    place = models.ForeignKey(Place, models.CASCADE, related_name="stock_takes")
    result = models.JSONField()
    at = models.DateTimeField()
    by = models.UUIDField()

    class Meta:
        ordering = ["-at"]
