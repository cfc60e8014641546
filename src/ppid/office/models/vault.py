"""The soft copies in the vault, and what each body's are sealed to. The files lie in a storage."""

from django.db import models

from ppid.office.models.bodies import Body
from ppid.office.models.items import Item
from ppid.vault.copies import SealedCopy
from ppid.vault.streams import Digest


class VaultKeys(models.Model):
    """To whom a body's soft copies are sealed: the service key and the recovery keys.

    Recipients only, which are public. version: counts the changes; a copy sealed to an earlier one
    is to be sealed anew.
    """

    body = models.OneToOneField(Body, models.CASCADE, primary_key=True, related_name="vault_keys")
    version = models.PositiveIntegerField()
    service = models.CharField(max_length=100)
    recovery = models.JSONField(default=list)

    @property
    def recipients(self) -> list[str]:
        """Return everybody to whom a soft copy is sealed."""
        return [self.service, *self.recovery]


class SoftCopy(models.Model):
    """One version of a document of an item, as it lies sealed in the vault.

    name: of the sealed file; keys_version: which `VaultKeys` it is sealed to. Sizes in bytes.
    kind, pages, remarks, metadata: what was found in it when it came (ppid.vault.inspection).
    """

    item = models.ForeignKey(Item, models.CASCADE, related_name="soft_copies")
    document = models.UUIDField()
    version = models.PositiveIntegerField()
    file_name = models.CharField(max_length=255)
    plain_size = models.PositiveBigIntegerField()
    plain_sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=100, unique=True)
    sealed_size = models.PositiveBigIntegerField()
    sealed_sha256 = models.CharField(max_length=64)
    keys_version = models.PositiveIntegerField()
    stored_at = models.DateTimeField()
    stored_by = models.UUIDField(null=True)
    kind = models.CharField(max_length=10, default="")
    pages = models.PositiveIntegerField(default=0)
    remarks = models.JSONField(default=list)
    metadata = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "version"], name="soft_copy_version")
        ]

    @property
    def sealed_copy(self) -> SealedCopy:
        """Return the row as the vault knows it."""
        return SealedCopy(
            document=self.document,
            version=self.version,
            name=self.name,
            plain=Digest(self.plain_size, self.plain_sha256),
            sealed=Digest(self.sealed_size, self.sealed_sha256),
        )


class CopyReading(models.Model):
    """One reading of a soft copy: who, when, why, and under which number of the body.

    case: for which it was read, if it was. marked: whether the copy named the reader.
    """

    body = models.ForeignKey(Body, models.CASCADE, related_name="copy_readings")
    number = models.PositiveIntegerField()
    item = models.ForeignKey(Item, models.CASCADE, related_name="copy_readings")
    document = models.UUIDField(db_index=True)
    version = models.PositiveIntegerField()
    reader = models.UUIDField(null=True)
    at = models.DateTimeField()
    reason = models.TextField()
    case = models.UUIDField(null=True)
    marked = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "number"], name="reading_number")]
