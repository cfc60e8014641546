"""The public database: bodies, the editions of their lists, entries with their versions.

Written by intake.accept() only, and nothing is ever deleted. No column holds a status: status
follows from open_from and today's date (status.py).
"""

from django.db import models

from ppid.public.search_index import RANK_COLUMN, MatchLookup


class Body(models.Model):
    """A public body (badan publik) with what its filters offer, kept by intake."""

    slug = models.SlugField(max_length=50, unique=True)
    name = models.CharField(max_length=200)
    timezone = models.CharField(max_length=40)
    log_origin = models.CharField(max_length=200)
    vkey = models.CharField(max_length=400)
    site_text = models.TextField(blank=True)
    agencies = models.JSONField(default=list)
    letters = models.CharField(max_length=10, blank=True)
    years = models.JSONField(default=list)
    sop_count = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.name


class Edition(models.Model):
    """One edition of a body's list, with the figures counted when it came in."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    published_at = models.DateTimeField()
    content_hash = models.CharField(max_length=64)
    entry_count = models.PositiveIntegerField()
    added_count = models.PositiveIntegerField()
    changed_count = models.PositiveIntegerField()
    opened_count = models.PositiveIntegerField()
    entries_root = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "number"], name="edition_number")]

    def __str__(self) -> str:
        return f"{self.body_id}/{self.number}"


class Checkpoint(models.Model):
    """A signed checkpoint of a body's log, with the verifier key of its day; root: hexadecimal.

    witnesses: who vouches for it, [{"name", "at" (POSIX seconds), "vkey"}]; their cosignatures
    stand in the note.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="checkpoints")
    edition = models.OneToOneField(Edition, null=True, on_delete=models.PROTECT)
    size = models.PositiveBigIntegerField()
    root = models.CharField(max_length=64)
    note = models.TextField()
    vkey = models.CharField(max_length=400)
    received_at = models.DateTimeField()
    witnesses = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.body_id}: {self.received_at}"


class LogTile(models.Model):
    """Up to 256 hashes of a body's log at one level (C2SP tlog-tiles), as far as published."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="log_tiles")
    level = models.PositiveSmallIntegerField()
    index = models.PositiveBigIntegerField()
    hashes = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "level", "index"], name="log_tile")]

    def __str__(self) -> str:
        return f"{self.body_id}: {self.level}/{self.index}"


class LogEntry(models.Model):
    """The entry of the log that speaks of an edition: its number there and its canonical bytes.

    described: the body as the edition describes it, which its content hash covers.
    """

    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, related_name="log_entry")
    seq = models.PositiveBigIntegerField()
    leaf = models.BinaryField()
    described = models.JSONField()

    def __str__(self) -> str:
        return f"{self.edition_id}: {self.seq}"


class Entry(models.Model):
    """One item of the list as it reads now; open_from: first open day known, by whatever cause.

    declared_on: the day on which PPID declared it open, if it ever did. term_days: how long the
    term runs, None without an end. opened_in: the first edition in which it was open.
    fingerprint: edition.entry_hash().
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="entries")
    public_id = models.CharField(max_length=64)
    agency = models.CharField(max_length=200)
    title = models.CharField(max_length=300)
    ground_label = models.CharField(max_length=200)
    ground_letters = models.CharField(max_length=10)
    legal_basis = models.JSONField()
    reason = models.TextField()
    consequence_if_open = models.TextField(null=True)
    consequence_if_closed = models.TextField(null=True)
    scope = models.CharField(max_length=10)
    term_text = models.CharField(max_length=500)
    term_starts_on = models.DateField()
    term_ends_on = models.DateField(null=True)
    event = models.CharField(max_length=500, null=True)
    review_on = models.DateField(null=True)
    opens_on = models.DateField(null=True)
    opened_reason = models.TextField(null=True)
    opens_soon_from = models.DateField(null=True)
    decree_number = models.CharField(max_length=200)
    decree_date = models.DateField()
    history = models.JSONField()
    open_from = models.DateField(null=True)
    declared_on = models.DateField(null=True)
    term_days = models.PositiveIntegerField(null=True)
    opened_in = models.ForeignKey(
        Edition, null=True, on_delete=models.PROTECT, related_name="opened_entries"
    )
    fingerprint = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "public_id"], name="entry_id")]
        indexes = [
            models.Index(fields=["body", "-decree_date", "-id"], name="entry_newest"),
            models.Index(fields=["-decree_date", "-id"], name="entry_newest_of_all"),
            models.Index(fields=["body", "agency", "-decree_date", "-id"], name="entry_agency"),
            models.Index(fields=["body", "open_from"], name="entry_open_from"),
        ]

    def __str__(self) -> str:
        return self.public_id


class EntryVersion(models.Model):
    """An entry as one edition first said it; changed: the names of its fields, empty when new.

    It holds from edition `number` on, up to but not including edition `until` (None: still). The
    columns after them repeat what the list of a past day is filtered by. place, path: where it
    stands in the edition's own tree (docs/decisions/0035), the path being its hashes one after the
    other; None and nothing for editions from before.
    """

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="versions")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="versions")
    content = models.JSONField()
    changed = models.JSONField()
    is_new = models.BooleanField()
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    until = models.PositiveIntegerField(null=True)
    agency = models.CharField(max_length=200)
    ground_letters = models.CharField(max_length=10)
    open_from = models.DateField(null=True)
    opens_soon_from = models.DateField(null=True)
    place = models.PositiveIntegerField(null=True)
    path = models.BinaryField(default=b"")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "edition"], name="entry_version")]
        indexes = [
            models.Index(fields=["edition", "is_new", "id"], name="version_page"),
            models.Index(fields=["body", "-entry", "number"], name="version_of_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} in {self.edition_id}"


class SearchRow(models.Model):
    """What search looks through, one row per entry: FTS5 on SQLite, a tsvector on PostgreSQL.

    The table is made by the migration and written by search_index.store().
    """

    entry = models.OneToOneField(
        Entry, models.DO_NOTHING, primary_key=True, db_column="rowid", related_name="search"
    )
    # The hidden column of an FTS5 table, named like the table: what MATCH and rank work on.
    stems = models.TextField(db_column=RANK_COLUMN)

    class Meta:
        managed = False
        db_table = "public_search"

    def __str__(self) -> str:
        return str(self.entry_id)


class KnownWord(models.Model):
    """A word that occurs in a body's list, for putting a mistyped query right."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE)
    word = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "word"], name="known_word")]

    def __str__(self) -> str:
        return self.word


class WordGram(models.Model):
    """Three letters in a row of a known word, its ends included: how words alike are found."""

    gram = models.CharField(max_length=3)
    word = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["gram", "word"], name="word_gram")]

    def __str__(self) -> str:
        return f"{self.gram} in {self.word}"


class Sop(models.Model):
    """An SOP that a body has adopted, as its sheet shows it (Permen PAN-RB 35/2012).

    content_hash: SHA-256 of the SOP's file, as the log has it. sheets: one SVG a page; steps: what
    the sheet says in words, a list of plain SopStepIn.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="sops")
    content_hash = models.CharField(max_length=64)
    code = models.CharField(max_length=200)
    name = models.CharField(max_length=2000)
    number = models.CharField(max_length=200, blank=True)
    made = models.CharField(max_length=200, blank=True)
    revised = models.CharField(max_length=200, blank=True)
    effective = models.CharField(max_length=200, blank=True)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    adopted_at = models.DateTimeField()
    sheets = models.JSONField()
    steps = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "content_hash"], name="sop_once")]

    def __str__(self) -> str:
        return self.name


class Paper(models.Model):
    """A paper that a body has issued, as its page says it; nothing more of an internal one than
    code, number, day and the hash of the file that all have signed (docs/decisions/0116).

    files: SHA-256 before anybody signed and after each signature; of an internal paper the last
    alone. signers: a list of plain SignerIn. items: public ids that the paper is about; refuses: it
    refuses them. edition: of the public list, that it prints. leaf, seq: the entry of the log on
    the last signature. state: what the office compares. decided_on: when the Komisi Informasi
    decided the dispute over what the letter says.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="papers")
    code = models.CharField(max_length=16, unique=True)
    state = models.CharField(max_length=60)
    internal = models.BooleanField()
    number = models.CharField(max_length=200, blank=True)
    dated_on = models.DateField()
    files = models.JSONField(default=list)
    kind = models.CharField(max_length=200, blank=True)
    ink = models.BooleanField(default=False)
    signers = models.JSONField(default=list)
    items = models.JSONField(default=list)
    refuses = models.BooleanField(default=False)
    edition = models.PositiveIntegerField(null=True)
    completed_at = models.DateTimeField(null=True)
    withdrawn = models.BooleanField(default=False)
    replaced_by = models.CharField(max_length=16, blank=True)
    decided_on = models.DateField(null=True)
    seq = models.PositiveBigIntegerField(null=True)
    leaf = models.BinaryField(default=b"")

    @property
    def sha256(self) -> str:
        """Return the hash of the newest file, "" as long as none may be known."""
        return self.files[-1] if self.files else ""

    def __str__(self) -> str:
        return self.code


SearchRow._meta.get_field("stems").register_lookup(MatchLookup)
