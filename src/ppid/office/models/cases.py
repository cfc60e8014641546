"""Cases: one run of an SOP, where it stands, and what waits for whom."""

from django.db import models

from ppid.office.models.bodies import Agency, Body
from ppid.office.models.sops import SopVersion


class Case(models.Model):
    """A case (berkas). `state` is written by `ppid.sop.record`; `version` counts its events.

    provisional: `due_at` lies past the horizon of the calendar.
    """

    id = models.UUIDField(primary_key=True)
    body = models.ForeignKey(Body, models.PROTECT, related_name="cases")
    number = models.CharField(max_length=40)
    title = models.CharField(max_length=2200)
    sop = models.ForeignKey(SopVersion, models.PROTECT, related_name="cases")
    state = models.TextField()
    version = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    provisional = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "number"], name="case_number")]
        ordering = ["-opened_at"]


class Task(models.Model):
    """A step that waits for somebody now. `roles`: a holder of any of them may act.

    provisional: the due date lies past the horizon of the calendar. blocked: why nobody can act.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="tasks")
    step = models.PositiveSmallIntegerField()
    performer = models.CharField(max_length=200)
    roles = models.JSONField()
    agency = models.ForeignKey(Agency, models.PROTECT, null=True)
    confirm = models.BooleanField(default=False)
    extended = models.BooleanField(default=False)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    provisional = models.BooleanField(default=False)
    blocked = models.CharField(max_length=1000, blank=True)

    class Meta:
        ordering = ["opened_at", "step"]
