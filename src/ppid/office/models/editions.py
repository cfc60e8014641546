"""Editions of the public list (DIK) as they left the office."""

from django.db import models

from ppid.office.models.bodies import Body


class Edition(models.Model):
    """An edition of the list: exactly what was handed to the public site."""

    id = models.UUIDField(primary_key=True)
    body = models.ForeignKey(Body, models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    content_hash = models.CharField(max_length=64)
    content = models.JSONField()
    published_at = models.DateTimeField()
    published_by = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "number"], name="office_edition_number")
        ]
        ordering = ["-number"]
