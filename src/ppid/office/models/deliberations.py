"""The team that deliberates, its meetings, and what its members said of each item."""

from django.db import models

from ppid.office.models.bodies import Body
from ppid.office.models.cases import Case
from ppid.office.models.items import Item


class Team(models.Model):
    """A team (Tim Pertimbangan) by decree; the newest that has begun is the body's team.

    members: [{"person", "name", "position", "chair"}], as the decree names them.
    quorum, notice_days: as in `ppid.law.team`.
    """

    id = models.UUIDField(primary_key=True)
    body = models.ForeignKey(Body, models.PROTECT, related_name="teams")
    decree_number = models.CharField(max_length=100)
    decree_date = models.DateField()
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    quorum = models.CharField(max_length=30)
    notice_days = models.PositiveSmallIntegerField()
    members = models.JSONField()
    appointed_at = models.DateTimeField()

    class Meta:
        ordering = ["-starts_on", "-appointed_at"]


class Deliberation(models.Model):
    """A meeting of the team on items of a case: invited, then held with minutes, or called off.

    agenda: ids of items. number: of the minutes (berita acara). present: ids of people.
    called_off: why it was not held.
    """

    id = models.UUIDField(primary_key=True)
    case = models.ForeignKey(Case, models.CASCADE, related_name="deliberations")
    team = models.ForeignKey(Team, models.PROTECT, related_name="deliberations")
    invited_on = models.DateField()
    held_on = models.DateField()
    begins_at = models.CharField(max_length=5, blank=True)
    place = models.CharField(max_length=200)
    agenda = models.JSONField()
    invited_by = models.UUIDField()
    number = models.CharField(max_length=100, blank=True)
    present = models.JSONField(default=list)
    notes = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.UUIDField(null=True)
    called_off = models.TextField(blank=True)

    class Meta:
        ordering = ["held_on", "begins_at", "id"]


class ItemViews(models.Model):
    """What the team said of one item. test, test_version: the sheet as it then stood.

    views: [{"member", "stance", "reason"}]; recusals: [{"member", "ground"}].
    """

    deliberation = models.ForeignKey(Deliberation, models.CASCADE, related_name="items")
    item = models.ForeignKey(Item, models.CASCADE, related_name="deliberated")
    test = models.UUIDField(null=True)
    test_version = models.PositiveIntegerField(default=0)
    views = models.JSONField()
    recusals = models.JSONField()
