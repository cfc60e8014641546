"""What the office entered about its calendar: decrees on days off, weeks, and what they moved."""

from django.db import models

from ppid.office.models.bodies import Agency, Body


class CalendarDecree(models.Model):
    """A decree on days off as entered (`ppid.law.decree.Decree`); another may put it right.

    position: in which order the body's were entered, from 1. holidays, collective_leave: day in
    ISO form to name. corrects: the number of the entry that this one puts right, or empty.
    """

    id = models.UUIDField(primary_key=True)
    body = models.ForeignKey(Body, models.PROTECT, related_name="decrees")
    position = models.PositiveIntegerField()
    scope = models.CharField(max_length=10)
    number = models.CharField(max_length=100)
    year = models.PositiveSmallIntegerField()
    decreed_on = models.DateField()
    entered_on = models.DateField()
    entered_by = models.UUIDField(null=True)
    source = models.CharField(max_length=300, blank=True)
    holidays = models.JSONField()
    collective_leave = models.JSONField()
    corrects = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "position"], name="calendar_decree_position")
        ]
        ordering = ["position"]


class Week(models.Model):
    """The working week of a body, or of one unit of it, from a day on (`ppid.law.decree.WorkWeek`).

    position: in which order the body's were entered, from 1. agency: None for the whole body.
    """

    id = models.UUIDField(primary_key=True)
    body = models.ForeignKey(Body, models.PROTECT, related_name="weeks")
    position = models.PositiveIntegerField()
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="weeks")
    starts_on = models.DateField()
    days_per_week = models.PositiveSmallIntegerField()
    collective_leave_works = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "position"], name="week_position")]
        ordering = ["position"]


class CalendarChange(models.Model):
    """What a decree or a week moved of all that was pending; nothing, mostly.

    moves: one mapping each (`ppid.office.pending_days.Move`). told: ids of those who were told.
    """

    id = models.UUIDField(primary_key=True)
    body = models.ForeignKey(Body, models.PROTECT, related_name="calendar_changes")
    decree = models.ForeignKey(CalendarDecree, models.PROTECT, null=True, related_name="changes")
    week = models.ForeignKey(Week, models.PROTECT, null=True, related_name="changes")
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    moves = models.JSONField()
    told = models.JSONField()

    class Meta:
        ordering = ["-at"]
