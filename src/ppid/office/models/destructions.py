"""Destructions of archives (pemusnahan), each with its own procedure."""

from django.db import models

from ppid.office.models.bodies import Body


class Destruction(models.Model):
    """A proposed destruction (usul musnah), as far as its procedure has come.

    items: ids of what is on the list. panel: {element: name}. consent: `law.destruction.Consent`.
    stage: "diusulkan", "disetujui", "dimusnahkan" or "ditarik".
    """

    id = models.UUIDField(primary_key=True)
    body = models.ForeignKey(Body, models.CASCADE, related_name="destructions")
    items = models.JSONField()
    stage = models.CharField(max_length=20, default="diusulkan")
    panel_decree = models.CharField(max_length=100)
    panel = models.JSONField()
    proposed_at = models.DateTimeField()
    proposed_by = models.UUIDField()
    opinion = models.CharField(max_length=100, blank=True)
    consent = models.CharField(max_length=20, blank=True)
    consent_number = models.CharField(max_length=100, blank=True)
    decision = models.CharField(max_length=100, blank=True)
    approved_at = models.DateTimeField(null=True)
    approved_by = models.UUIDField(null=True)
    minutes = models.CharField(max_length=100, blank=True)
    witnesses = models.JSONField(default=list)
    carried_out_at = models.DateTimeField(null=True)
    carried_out_by = models.UUIDField(null=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-proposed_at"]
