"""Requests for information that meet the list, and the objections to their answers."""

from django.db import models

from ppid.office.models.bodies import Body
from ppid.office.models.cases import Case
from ppid.office.models.items import Item


class InformationRequest(models.Model):
    """A request (permintaan Informasi Publik, UU 14/2008 ps. 22), with its answer once given.

    requester, address: personal data, sealed in the log. outcome: `request_answer.Outcome`, empty
    until answered. answer: what the letter says, as it stood on that day (`actions.answers`).
    """

    id = models.UUIDField(primary_key=True)
    body = models.ForeignKey(Body, models.PROTECT, related_name="requests")
    number = models.CharField(max_length=100)
    received_on = models.DateField()
    requester = models.CharField(max_length=200)
    address = models.CharField(max_length=300)
    subject = models.TextField()
    purpose = models.TextField(blank=True)
    form = models.CharField(max_length=100)
    delivery = models.CharField(max_length=100)
    extended_on = models.DateField(null=True)
    extension_reason = models.TextField(blank=True)
    answered_on = models.DateField(null=True)
    answer_number = models.CharField(max_length=100, blank=True)
    outcome = models.CharField(max_length=30, blank=True)
    answer = models.JSONField(default=dict)
    recorded_by = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "number"], name="request_number")]
        indexes = [models.Index(fields=["body", "answered_on"], name="request_answered")]
        ordering = ["-received_on", "-at"]


class RequestedItem(models.Model):
    """An item that a request asks for. case: the case of the test on this request, if there is."""

    request = models.ForeignKey(InformationRequest, models.CASCADE, related_name="requested")
    item = models.ForeignKey(Item, models.CASCADE, related_name="requested")
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="requested")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "item"], name="requested_once")]
        ordering = ["at"]


class Objection(models.Model):
    """An objection (keberatan, UU 14/2008 ps. 35), its answer, and the dispute that followed.

    grounds: huruf of ps. 35 (1). outcome: `objection.ObjectionOutcome`, empty until answered.
    opened: ids of the items that its answer opened.
    """

    id = models.UUIDField(primary_key=True)
    body = models.ForeignKey(Body, models.PROTECT, related_name="objections")
    request = models.ForeignKey(InformationRequest, models.CASCADE, related_name="objections")
    number = models.CharField(max_length=100)
    filed_on = models.DateField()
    found_on = models.DateField()
    grounds = models.JSONField()
    statement = models.TextField(blank=True)
    answered_on = models.DateField(null=True)
    answer_number = models.CharField(max_length=100, blank=True)
    outcome = models.CharField(max_length=30, blank=True)
    reason = models.TextField(blank=True)
    opened = models.JSONField(default=list)
    official_name = models.CharField(max_length=200, blank=True)
    official_position = models.CharField(max_length=200, blank=True)
    dispute_number = models.CharField(max_length=100, blank=True)
    disputed_on = models.DateField(null=True)
    dispute_decided_on = models.DateField(null=True)
    dispute_decision = models.CharField(max_length=100, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "number"], name="objection_number")]
        ordering = ["filed_on", "at"]
