"""Publication channels besides the site, and what was brought to each."""

from django.db import models

from ppid.office.models.bodies import Body


class Channel(models.Model):
    """A publication channel (saluran publikasi) of a body. kind: a value of `ChannelKind`.

    settings: what may be shown of its settings; its secrets are in a file (`channel_secrets`).
    """

    id = models.UUIDField(primary_key=True)
    body = models.ForeignKey(Body, models.PROTECT, related_name="channels")
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=100)
    settings = models.JSONField()
    is_on = models.BooleanField(default=True)

    class Meta:
        ordering = ["name", "id"]


class ChannelDelivery(models.Model):
    """One list that is to be at a channel, and how that goes.

    No record: without it everything is sent anew, which changes nothing there.
    number, status_on: which list (`public.intake.NewestList`). result: the sentence of the last
    attempt. replaced: a newer list was due before this one arrived.
    """

    channel = models.ForeignKey(Channel, models.CASCADE, related_name="deliveries")
    number = models.PositiveIntegerField()
    status_on = models.DateField()
    begun_at = models.DateTimeField()
    tries = models.PositiveIntegerField(default=0)
    tried_at = models.DateTimeField(null=True)
    retry_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    result = models.TextField(default="")
    replaced = models.BooleanField(default=False)

    class Meta:
        ordering = ["-id"]
