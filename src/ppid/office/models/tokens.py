"""Tokens with which an officer's own programs ask the officers' API."""

from django.db import models

from ppid.office.models.people import Person


class ApiToken(models.Model):
    """A token of an officer (token API). digest: SHA-256 of 256 random bits, which nobody keeps.

    acting: whether it may act, or only read. ends_on: the last day on which it counts, inclusive.
    """

    id = models.UUIDField(primary_key=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=100)
    digest = models.CharField(max_length=64, unique=True)
    acting = models.BooleanField()
    ends_on = models.DateField()
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at"]


class TokenUse(models.Model):
    """How often a token was used on a day. No record: what is done with it is in the log."""

    token = models.UUIDField()
    day = models.DateField()
    count = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token", "day"], name="token_use_day")]
