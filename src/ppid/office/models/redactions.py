"""Public copies: documents of which a part is exempt, with that part blackened."""

from django.db import models

from ppid.office.models.items import Item


class PublicCopy(models.Model):
    """A public copy (salinan untuk umum, UU 14/2008 ps. 22 (7) huruf e) of a soft copy.

    source, source_version: the soft copy that it was made of. document, version: the soft copy in
    which it is kept. marks: what is black, as `ppid.vault.redaction.marks.Mark`, in the order of
    the numbers on the boxes. remarks: what the maker was told to look at. opened_reason: why
    something is open that an earlier public copy had closed. decision: "setuju" or "tolak" by a
    second person, empty before.
    """

    id = models.UUIDField(primary_key=True)
    item = models.ForeignKey(Item, models.CASCADE, related_name="public_copies")
    source = models.UUIDField()
    source_version = models.PositiveIntegerField()
    document = models.UUIDField()
    version = models.PositiveIntegerField()
    pages = models.PositiveIntegerField()
    marks = models.JSONField()
    remarks = models.JSONField(default=list)
    opened_reason = models.TextField(blank=True)
    made_by = models.UUIDField()
    made_at = models.DateTimeField()
    decision = models.CharField(max_length=10, blank=True)
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    decision_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "version"], name="public_copy_version")
        ]
        ordering = ["source", "version"]
