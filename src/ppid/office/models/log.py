"""The event log: one append-only table, one Merkle tree per public body."""

from django.db import models


class Event(models.Model):
    """One act. `entry` is the leaf: canonical bytes without confidential values.

    sealed: {name: {"salt": hex, "value": ...}} for each commitment in the entry; may be erased
    without breaking the log. Triggers refuse UPDATE and DELETE (migration 0002).
    """

    body = models.SlugField(max_length=60, db_index=False)
    seq = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=40)
    at = models.DateTimeField()
    actor = models.UUIDField(null=True)
    case = models.UUIDField(null=True)
    item = models.UUIDField(null=True)
    entry = models.BinaryField()
    sealed = models.JSONField(default=dict)
    leaf = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "seq"], name="event_seq")]
        indexes = [
            models.Index(
                fields=["body", "seq"],
                name="event_read",
                condition=models.Q(kind="document.read"),
            ),
            models.Index(fields=["case", "seq"], name="event_case"),
            models.Index(
                fields=["item", "seq"], name="event_item", condition=models.Q(item__isnull=False)
            ),
        ]


class Log(models.Model):
    """The head of a body's log: its size and the frontier of its tree."""

    body = models.SlugField(max_length=60, primary_key=True)
    size = models.PositiveBigIntegerField(default=0)
    frontier = models.TextField(default="")


class Checkpoint(models.Model):
    """A signed note over the tree at one size (C2SP tlog-checkpoint)."""

    body = models.SlugField(max_length=60)
    size = models.PositiveBigIntegerField()
    note = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "size"], name="checkpoint_size")]


class KeeperState(models.Model):
    """How far somebody outside has the checkpoints of a body, and what failed last.

    keeper: ppid.office.keepers.Keeper.key. No record: without it everything is sent anew.
    """

    body = models.SlugField(max_length=60)
    keeper = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    tries = models.PositiveIntegerField(default=0)
    error = models.TextField(default="")
    failed_at = models.DateTimeField(null=True)
    retry_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "keeper"], name="keeper_state")]


class Cosignature(models.Model):
    """The line by which a witness vouches for a checkpoint (C2SP tlog-cosignature)."""

    body = models.SlugField(max_length=60)
    size = models.PositiveBigIntegerField()
    vkey = models.CharField(max_length=400)
    line = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "size", "vkey"], name="cosignature_of")
        ]


class Act(models.Model):
    """A form that was sent: its id can be used once, so a double click does one thing."""

    id = models.UUIDField(primary_key=True)
    at = models.DateTimeField()


class Draft(models.Model):
    """Unsaved work of one officer on one form; kept until the form is sent. No record."""

    person = models.UUIDField()
    form = models.CharField(max_length=120)
    content = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "form"], name="draft_of_person")]
