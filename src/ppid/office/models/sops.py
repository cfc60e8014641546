"""SOP versions that a body has adopted."""

from django.db import models

from ppid.office.models.bodies import Body


class SopVersion(models.Model):
    """One SOP file as adopted, byte for byte. A case keeps the version it began with."""

    id = models.UUIDField(primary_key=True)
    body = models.ForeignKey(Body, models.PROTECT, related_name="sops")
    code = models.SlugField(max_length=200)
    name = models.CharField(max_length=2000)
    content_hash = models.CharField(max_length=64)
    text = models.TextField()
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    adopted_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "content_hash"], name="sop_content")]
        ordering = ["-adopted_at"]
