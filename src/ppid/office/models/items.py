"""Items of information and their consequence tests."""

from django.db import models

from ppid.office.models.bodies import Agency, Body
from ppid.office.models.cases import Case


class Item(models.Model):
    """An item of information. `title` is internal; only `public_title` ever leaves the office.

    stage: "usulan" (in a case), "ditolak" (left it), "dikecualikan" (determined). Whether it is
    open today is never stored: it follows from the term and `declared_open_on` (ppid.law.term).
    opens_on: first open day by the term, None when no date is known yet (a fact kept for speed).
    lapsed_on: the same day, once the log says that nobody had acted by then. noticed_end,
    noticed_review: the stage of the docket (ppid.law.docket) that the PPID was last told of.
    """

    id = models.UUIDField(primary_key=True)
    body = models.ForeignKey(Body, models.PROTECT, related_name="items")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="items")
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="items")
    public_id = models.CharField(max_length=40)
    title = models.CharField(max_length=300)
    public_title = models.CharField(max_length=300, blank=True)
    summary = models.TextField(blank=True)
    stage = models.CharField(max_length=20, default="usulan")
    returned = models.TextField(blank=True)
    determination = models.ForeignKey(
        "office.Determination", models.PROTECT, null=True, related_name="items"
    )
    determined_test = models.ForeignKey(
        "office.ConsequenceTest", models.PROTECT, null=True, related_name="+"
    )
    opens_on = models.DateField(null=True)
    review_on = models.DateField(null=True)
    declared_open_on = models.DateField(null=True)
    opening_reason = models.CharField(max_length=300, blank=True)
    opening_document = models.CharField(max_length=200, blank=True)
    lapsed_on = models.DateField(null=True)
    noticed_end = models.CharField(max_length=20, blank=True)
    noticed_review = models.CharField(max_length=20, blank=True)
    added_by = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "public_id"], name="item_public_id")]
        indexes = [
            models.Index(fields=["body", "stage", "opens_on"], name="item_due"),
            # What nobody has acted on: the morning's watch reads these two and nothing else.
            models.Index(
                fields=["body", "stage", "opens_on"],
                condition=models.Q(declared_open_on__isnull=True, lapsed_on__isnull=True),
                name="item_ends",
            ),
            models.Index(
                fields=["body", "stage", "review_on"],
                condition=models.Q(declared_open_on__isnull=True, lapsed_on__isnull=True),
                name="item_reviews",
            ),
            models.Index(
                fields=["body", "stage", "opens_on"],
                condition=models.Q(
                    declared_open_on__gt=models.F("opens_on"), lapsed_on__isnull=True
                ),
                name="item_overtaken",
            ),
        ]
        ordering = ["public_id"]


class ConsequenceTest(models.Model):
    """A consequence test (uji konsekuensi, UU 14/2008 ps. 19): one sheet, in its newest version.

    sheet: `ppid.law.consequence_test.ConsequenceTest` as data. publishable: names of sheet fields
    that the officer marked as fit for the public list. testers: people who wrote in it.
    """

    id = models.UUIDField(primary_key=True)
    item = models.ForeignKey(Item, models.CASCADE, related_name="consequence_tests")
    sheet = models.JSONField()
    publishable = models.JSONField(default=list)
    testers = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=1)
    written_at = models.DateTimeField()
