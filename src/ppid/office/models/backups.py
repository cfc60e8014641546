"""The backups that were made of a body."""

from django.db import models

from ppid.office.models.bodies import Body


class Backup(models.Model):
    """A backup (cadangan) that holds a body, as it was made.

    snapshot: its name; address: where it lies; size: how many events of the body's log it holds;
    missing: names of files that were damaged or gone then.
    """

    body = models.ForeignKey(Body, models.CASCADE, related_name="backups")
    snapshot = models.CharField(max_length=30)
    at = models.DateTimeField()
    address = models.CharField(max_length=1000)
    size = models.PositiveBigIntegerField()
    missing = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "snapshot"], name="backup_of_body")]
