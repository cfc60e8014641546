"""Papers that people sign: who signs each in which order, its revisions, and their bytes."""

from django.db import models

from ppid.office.models.bodies import Body


class SigningRules(models.Model):
    """How a body's papers are numbered and signed: see `ppid.office.signing_rules`."""

    body = models.OneToOneField(Body, models.CASCADE, primary_key=True, related_name="signing")
    rules = models.JSONField()


class OfficePaper(models.Model):
    """A paper as it was prepared to be signed.

    kind, subject: what it is a paper of (`PaperKind`, and an id or a day). signers: [{"person",
    "name", "position", "nip"}] in the order of signing. withdrawn: why it is not to be signed any
    more. completed_at: when the last of them had signed.
    """

    id = models.UUIDField(primary_key=True)
    body = models.ForeignKey(Body, models.PROTECT, related_name="papers")
    case = models.UUIDField(null=True)
    kind = models.CharField(max_length=30)
    subject = models.CharField(max_length=40)
    number = models.CharField(max_length=100)
    title = models.CharField(max_length=500)
    way = models.CharField(max_length=20)
    level = models.CharField(max_length=10)
    signers = models.JSONField()
    prepared_by = models.UUIDField()
    prepared_at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True)
    withdrawn = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["body", "kind", "subject"], name="paper_subject")]
        ordering = ["-prepared_at"]


class PaperRevision(models.Model):
    """The bytes of a paper after so many people have signed; place 0 is as it was prepared.

    signature: what was found in the file (`ppid.papers.signature`), or the statement on a scan.
    """

    paper = models.ForeignKey(OfficePaper, models.CASCADE, related_name="revisions")
    place = models.PositiveSmallIntegerField()
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    signer = models.UUIDField(null=True)
    signature = models.JSONField(default=dict)
    at = models.DateTimeField()
    by = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["paper", "place"], name="paper_place")]
        ordering = ["place"]


class PaperFile(models.Model):
    """The bytes themselves, by their hash; the database refuses to change or remove them.

    Not a projection: the log has the hash, `ppid check` compares (docs/decisions/0111).
    """

    sha256 = models.CharField(max_length=64, primary_key=True)
    content = models.BinaryField()
