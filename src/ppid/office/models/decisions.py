"""What people decided: approvals, determinations."""

from django.db import models

from ppid.office.models.bodies import Body
from ppid.office.models.cases import Case
from ppid.office.models.items import ConsequenceTest, Item


class Approval(models.Model):
    """A yes or no to one item. by_head: given as pimpinan (PP 61/2010 ps. 3 (2)).

    decision: "setuju", "tolak" (the item leaves the case) or "kembali" (it goes back).
    test, test_version: the sheet it was given to, as it then stood. behalf: for whom it was given
    by mandate, as ids; acting: the same in words ("a.n. Wali Kota").
    """

    id = models.UUIDField(primary_key=True)
    item = models.ForeignKey(Item, models.CASCADE, related_name="approvals")
    case = models.ForeignKey(Case, models.CASCADE, related_name="approvals")
    decision = models.CharField(max_length=10)
    reason = models.TextField(blank=True)
    role = models.CharField(max_length=200)
    by_head = models.BooleanField(default=False)
    test = models.UUIDField(null=True)
    test_version = models.PositiveIntegerField(default=0)
    person = models.UUIDField()
    behalf = models.JSONField(default=list)
    acting = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()


class Determination(models.Model):
    """A letter of determination (surat penetapan klasifikasi, PP 61/2010 ps. 4).

    behalf, acting: for whom the official signed by mandate, as ids and in words.
    """

    id = models.UUIDField(primary_key=True)
    body = models.ForeignKey(Body, models.PROTECT, related_name="determinations")
    case = models.ForeignKey(Case, models.PROTECT, related_name="determinations")
    number = models.CharField(max_length=100)
    determined_on = models.DateField()
    place = models.CharField(max_length=200)
    unit = models.CharField(max_length=200)
    official = models.UUIDField()
    official_name = models.CharField(max_length=200)
    official_position = models.CharField(max_length=500)
    behalf = models.JSONField(default=list)
    acting = models.CharField(max_length=500, blank=True)
    approved_by = models.UUIDField()
    approved_by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "number"], name="decree_number")]


class DeterminationLine(models.Model):
    """One item on a letter, with the sheet it rested on and the days it fixed.

    A letter that changes a classification (PP 61/2010 ps. 10) adds a line; the old one stays.
    """

    determination = models.ForeignKey(Determination, models.PROTECT, related_name="lines")
    item = models.ForeignKey(Item, models.CASCADE, related_name="determination_lines")
    test = models.ForeignKey(ConsequenceTest, models.PROTECT, related_name="+")
    opens_on = models.DateField(null=True)
    review_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["determination", "item"], name="determination_line")
        ]
