"""The door into the public database: accept(edition); accept_sop() and accept_paper() beside it.

An edition is the whole list. What it says anew becomes a version; what it leaves out is refused,
because nothing that was public is ever taken away (status changes instead).
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from ppid.errors import BadInput, Conflict, Finding, Refused
from ppid.ledger import tree
from ppid.public import search_index
from ppid.public.edition import (
    BodyIn,
    EditionIn,
    EntryIn,
    HistoryIn,
    HistoryKind,
    Scope,
    content_hash,
    declared_on,
    edition_from_plain,
    entries_root,
    entry_hash,
    first_open_day,
    ground_letters,
    leaves,
    ordered,
    plain_content,
)
from ppid.public.edition_check import mistakes, verified_checkpoint
from ppid.public.list_files import ListFile, ListFiles, NewestList, newest_list, write_list
from ppid.public.log_intake import (
    LogEntryIn,
    LogIn,
    LogState,
    PaperEntryIn,
    accept_log,
    log_state,
)
from ppid.public.models import (
    Body,
    Checkpoint,
    Edition,
    Entry,
    EntryVersion,
    KnownWord,
    WordGram,
)
from ppid.public.paper_code import code_of, grouped
from ppid.public.paper_intake import PaperIn, SignerIn, accept_paper, known_papers
from ppid.public.search_text import grams, normalise, rest_of, words
from ppid.public.sop_sheet import SopIn, SopStepIn, accept_sop, known_sops

__all__ = [
    "BodyIn",
    "EditionIn",
    "EntryIn",
    "HistoryIn",
    "HistoryKind",
    "ListFile",
    "ListFiles",
    "LogEntryIn",
    "LogIn",
    "LogState",
    "NewestList",
    "PaperEntryIn",
    "PaperIn",
    "Scope",
    "SignerIn",
    "SopIn",
    "SopStepIn",
    "accept",
    "accept_log",
    "accept_paper",
    "accept_sop",
    "code_of",
    "content_hash",
    "edition_from_plain",
    "entries_root",
    "grouped",
    "known_papers",
    "known_sops",
    "latest_number",
    "log_state",
    "newest_list",
    "plain_content",
    "write_list",
]

BATCH = 500
ENTRY_COLUMNS = [
    field.name
    for field in Entry._meta.concrete_fields
    if field.name not in ("id", "body", "public_id", "opened_in")
]


FILTERED = ("agency", "ground_letters", "open_from", "opens_soon_from")
"""What a version repeats of its entry, so that the list of a past day can be filtered."""


def accept(edition: EditionIn) -> None:
    """Make an edition public, whole or not at all; the same edition again changes nothing.

    Raises BadInput with every mistake in the edition; Conflict `edition_differs` when this
    number is already public with another content; Refused `edition_gap`, `edition_backwards`,
    `checkpoint_backwards`, `log_origin_differs` or `entry_removed` when it does not follow from
    what is public.
    """
    if found := mistakes(edition):
        raise BadInput(*found)
    with transaction.atomic(using=settings.PUBLIC_DATABASE):
        _accept(edition)


def latest_number(slug: str) -> int:
    """Return the number of the newest edition of a body that has arrived, 0 before the first."""
    newest = Edition.objects.filter(body__slug=slug).order_by("-number").first()
    return newest.number if newest else 0


def _accept(edition: EditionIn) -> None:
    body = _body(edition.body)
    if _is_known(edition, body):
        return
    before = {entry.public_id: entry for entry in body.entries.order_by()}
    if obstacles := _obstacles(edition, body, before):
        raise Refused(*obstacles)
    fresh = [_row(entry, body) for entry in edition.entries if entry.public_id not in before]
    changed = [
        _row(entry, body, before=before[entry.public_id])
        for entry in edition.entries
        if entry.public_id in before and before[entry.public_id].fingerprint != entry_hash(entry)
    ]
    Entry.objects.bulk_create(fresh, batch_size=BATCH)
    Entry.objects.bulk_update(changed, ENTRY_COLUMNS, batch_size=BATCH)
    row = _edition_row(edition, body, fresh=len(fresh), changed=len(changed))
    _write_versions(edition, row, fresh=fresh, changed=changed)
    _write_search(body, [*fresh, *changed])
    _describe(body, edition)


def _body(given: BodyIn) -> Body:
    """Return the row of the body, locked until the edition is in."""
    Body.objects.get_or_create(slug=given.slug, defaults=plain_content(given))
    return Body.objects.select_for_update().get(slug=given.slug)


def _is_known(edition: EditionIn, body: Body) -> bool:
    known = body.editions.filter(number=edition.number).first()
    if known is not None and known.content_hash != edition.content_hash:
        raise Conflict(_differs(edition))
    return known is not None


def _differs(edition: EditionIn) -> Finding:
    return Finding(
        "edition_differs",
        f"Edisi {edition.number} sudah terbit dengan isi yang lain.",
        hint="Muat ulang, lalu terbitkan sebagai edisi berikutnya.",
    )


def _obstacles(edition: EditionIn, body: Body, before: dict[str, Entry]) -> list[Finding]:
    last = body.editions.select_related("checkpoint").order_by("-number").first()
    found = []
    expected = last.number + 1 if last else 1
    if edition.number != expected:
        found.append(_obstacle("edition_gap", f"Edisi berikutnya bernomor {expected}.", "number"))
    if last and edition.published_at < last.published_at:
        message = f"Edisi {edition.number} bertanggal sebelum edisi {last.number}."
        found.append(_obstacle("edition_backwards", message, "published_at"))
    if last and verified_checkpoint(edition).size < last.checkpoint.size:
        message = "Titik periksa log lebih pendek daripada yang sudah terbit."
        found.append(_obstacle("checkpoint_backwards", message, "checkpoint"))
    if edition.body.log_origin != body.log_origin:
        message = "Asal log badan publik ini tidak boleh berganti."
        found.append(_obstacle("log_origin_differs", message, "body.log_origin"))
    missing = before.keys() - {entry.public_id for entry in edition.entries}
    return found + [_removed(public_id) for public_id in sorted(missing)]


def _obstacle(code: str, message: str, place: str) -> Finding:
    return Finding(code, message, place, "Susun ulang edisi dari keadaan terakhir.")


def _removed(public_id: str) -> Finding:
    return Finding(
        "entry_removed",
        f"Entri {public_id} sudah terbit dan tidak boleh dihilangkan.",
        f"entri {public_id}",
        "Ubah statusnya, jangan menghapusnya.",
    )


def _row(entry: EntryIn, body: Body, *, before: Entry | None = None) -> Entry:
    """Return the entry's row with the new values, unsaved; `before` gives what stays."""
    values = {name: getattr(entry, name) for name in EntryIn.__dataclass_fields__}
    values["legal_basis"] = list(entry.legal_basis)
    values["history"] = plain_content(entry.history)
    return Entry(
        pk=before.pk if before else None,
        body=body,
        opened_in_id=before.opened_in_id if before else None,
        ground_letters=ground_letters(entry.ground_label),
        open_from=first_open_day(entry),
        declared_on=declared_on(entry),
        term_days=(entry.term_ends_on - entry.term_starts_on).days if entry.term_ends_on else None,
        fingerprint=entry_hash(entry),
        **values,
    )


def _edition_row(edition: EditionIn, body: Body, *, fresh: int, changed: int) -> Edition:
    """Write the edition with its checkpoint, and mark what is open for the first time in it."""
    row = Edition.objects.create(
        body=body,
        number=edition.number,
        published_at=edition.published_at,
        content_hash=edition.content_hash,
        entry_count=len(edition.entries),
        added_count=fresh,
        changed_count=changed,
        opened_count=0,
        entries_root=entries_root(edition),
    )
    local_day = edition.published_at.astimezone(ZoneInfo(edition.body.timezone)).date()
    row.opened_count = body.entries.filter(opened_in=None, open_from__lte=local_day).update(
        opened_in=row
    )
    row.save(update_fields=["opened_count"])
    head = verified_checkpoint(edition)
    Checkpoint.objects.create(
        body=body,
        edition=row,
        size=head.size,
        root=head.root.hex(),
        note=edition.checkpoint,
        vkey=edition.body.vkey,
        received_at=edition.published_at,
    )
    return row


def _write_versions(
    edition: EditionIn, row: Edition, *, fresh: Sequence[Entry], changed: Sequence[Entry]
) -> None:
    content = {entry.public_id: plain_content(entry) for entry in edition.entries}
    latest = _close_versions(changed, number=edition.number)
    place_of = _places(edition)
    versions = [_version(entry, row, content=content[entry.public_id]) for entry in fresh]
    for entry in changed:
        new, old = content[entry.public_id], latest[entry.pk]
        names = [name for name, value in new.items() if old.get(name) != value]
        versions.append(_version(entry, row, content=new, changed=names))
    for version in versions:
        version.place, version.path = place_of(version.content["public_id"])
    EntryVersion.objects.bulk_create(versions, batch_size=BATCH)


def _places(edition: EditionIn) -> Callable[[str], tuple[int, bytes]]:
    """Return what gives, for an entry, its place in the edition's own tree and the path there."""
    size = len(edition.entries)
    places = {entry.public_id: place for place, entry in enumerate(ordered(edition.entries))}
    node = tree.kept_nodes(leaves(edition.entries))

    def place_of(public_id: str) -> tuple[int, bytes]:
        place = places[public_id]
        return place, b"".join(tree.inclusion_proof_from(node, place, size=size))

    return place_of


def _version(
    entry: Entry, edition: Edition, *, content: dict[str, Any], changed: Sequence[str] | None = None
) -> EntryVersion:
    """Return what an edition says of an entry, unsaved; changed: None for an entry new in it."""
    return EntryVersion(
        entry=entry,
        edition=edition,
        content=content,
        changed=list(changed or ()),
        is_new=changed is None,
        body_id=edition.body_id,
        number=edition.number,
        **{name: getattr(entry, name) for name in FILTERED},
    )


def _close_versions(changed: Sequence[Entry], *, number: int) -> dict[int, dict[str, object]]:
    """Say of the versions that held so far that they end here; return their content by entry."""
    latest = {}
    for start in range(0, len(changed), BATCH):
        held = EntryVersion.objects.filter(entry__in=changed[start : start + BATCH], until=None)
        latest.update(held.values_list("entry_id", "content"))
        held.update(until=number)
    return latest


def _write_search(body: Body, entries: Sequence[Entry]) -> None:
    rows = [(entry.pk, normalise(entry.title), normalise(rest_of(entry))) for entry in entries]
    search_index.store(rows, using=settings.PUBLIC_DATABASE)
    _learn(body, (word for entry in entries for word in words(f"{entry.title} {rest_of(entry)}")))


def _learn(body: Body, seen: Iterable[str]) -> None:
    """Note the words that the list uses, for putting a mistyped query right."""
    telling = {word for word in seen if len(word) > 3 and word.isalpha()}
    known = set(KnownWord.objects.filter(body=body).values_list("word", flat=True))
    new = sorted(telling - known)
    KnownWord.objects.bulk_create([KnownWord(body=body, word=word) for word in new], BATCH)
    parts = [WordGram(gram=gram, word=word) for word in new for gram in grams(word)]
    WordGram.objects.bulk_create(parts, BATCH, ignore_conflicts=True)


def _describe(body: Body, edition: EditionIn) -> None:
    """Bring the body's own row, and what its filters offer, up to the edition."""
    for name, value in plain_content(edition.body).items():
        setattr(body, name, value)
    body.agencies = sorted({entry.agency for entry in edition.entries})
    labels = {entry.ground_label for entry in edition.entries}
    body.letters = "".join(sorted({letter for label in labels for letter in ground_letters(label)}))
    opens: list[date | None] = [first_open_day(entry) for entry in edition.entries]
    body.years = sorted({day.year for day in opens if day is not None})
    body.save()
