"""The log through the door: hashes, the entries of editions, and who vouches for them.

Nothing is believed. The hashes have to lead to the signed checkpoints of the editions, an entry
has to be under its hash, and to name the content that is public. What is there is never changed:
tiles only grow, and a note gains cosignatures.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from ppid.errors import CorruptData, Finding, Refused
from ppid.ledger import checkpoint as notes
from ppid.ledger import cosignature, tiles, tree
from ppid.ledger.entry import Entry
from ppid.ledger.tree import HASH_BYTES
from ppid.public.edition_check import signed_with, verifier_with
from ppid.public.models import Body, Checkpoint, Edition, LogEntry, LogTile, Paper
from ppid.public.paper_code import code_of


@dataclass(frozen=True, slots=True, kw_only=True)
class LogEntryIn:
    """The entry of the log that speaks of an edition. body: as plain_content made it plain."""

    number: int
    seq: int
    leaf: bytes
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperEntryIn:
    """The entry of the log on the last signature of a public paper."""

    code: str
    seq: int
    leaf: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class LogIn:
    """What the log has grown by. start: the index of the first hash.

    notes: checkpoints of editions with more signatures than before. witnesses: verifier keys.
    """

    slug: str
    start: int = 0
    hashes: tuple[bytes, ...] = ()
    entries: tuple[LogEntryIn, ...] = ()
    papers: tuple[PaperEntryIn, ...] = ()
    notes: tuple[str, ...] = ()
    witnesses: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class LogState:
    """How far the log is public: hashes, the size it has to reach, editions without an entry.

    papers: codes of public papers, signed by all, without theirs. note: that of the newest
    checkpoint, or nothing.
    """

    size: int
    due: int
    unproven: tuple[int, ...]
    note: str
    papers: tuple[str, ...] = ()


def log_state(slug: str) -> LogState:
    """Return how far the log of a body is public."""
    newest = Checkpoint.objects.filter(body__slug=slug).order_by("size", "pk").last()
    unproven = Edition.objects.filter(body__slug=slug, log_entry=None).order_by("number")
    papers = Paper.objects.filter(body__slug=slug, internal=False, seq=None)
    return LogState(
        size=size_of(slug),
        due=newest.size if newest else 0,
        unproven=tuple(unproven.values_list("number", flat=True)),
        note=newest.note if newest else "",
        papers=tuple(papers.exclude(completed_at=None).values_list("code", flat=True)),
    )


def size_of(slug: str) -> int:
    """Return how many hashes of the log are public."""
    last = LogTile.objects.filter(body__slug=slug, level=0).order_by("index").last()
    return last.index * tiles.WIDTH + len(last.hashes) // HASH_BYTES if last else 0


def accept_log(log: LogIn) -> None:
    """Make public what the log has grown by, whole or not at all.

    Raises Refused: `log_gap`, `log_differs` (the hashes do not lead to a public checkpoint),
    `log_entry_differs`; CorruptData, BadInput: as checkpoint.verify and cosignature.verify.
    """
    with transaction.atomic(using=settings.PUBLIC_DATABASE):
        body = Body.objects.select_for_update().get(slug=log.slug)
        size = size_of(log.slug)
        if log.hashes:
            if log.start != size:
                raise Refused(_refused("log_gap", f"Log umum berlanjut dari catatan {size}."))
            size = _grow(body, log)
            _demand_heads(body, size)
        for entry in log.entries:
            _accept_entry(body, entry, size)
        for signed in log.papers:
            _accept_signature(body, signed, size)
        for note in log.notes:
            _accept_note(body, note, log.witnesses)


def read_tile(body: Body, path: str) -> bytes:
    """Return the bytes of a hash tile, as far as it is public. Raises NotFound `tile_unknown`."""
    tile, of_entries = tiles.parse_path(path)
    row = LogTile.objects.filter(body=body, level=tile.level, index=tile.index).first()
    hashes = bytes(row.hashes) if row and not of_entries else b""
    if len(hashes) < tile.width * HASH_BYTES:
        raise tiles.unknown(path)
    return hashes[: tile.width * HASH_BYTES]


def node_of(body: Body, size: int) -> tree.Node:
    """Return the function that gives any node of the public log at a size."""
    return tiles.reader(lambda path: read_tile(body, path), size)


def _grow(body: Body, log: LogIn) -> int:
    """Write the tiles that changed; return the new size."""
    size = log.start + len(log.hashes)
    grown: dict[tuple[int, int], bytes] = {}
    for tile in tiles.tiles_for(log.start, size):
        kept = _hashes(body, tile.level, tile.index)
        start = tile.index * tiles.WIDTH + len(kept) // HASH_BYTES
        for index in range(start, tile.index * tiles.WIDTH + tile.width):
            kept += (
                _root(grown[tile.level - 1, index])  # it became full just now
                if tile.level
                else log.hashes[index - log.start]
            )
        grown[tile.level, tile.index] = kept
        place = {"body": body, "level": tile.level, "index": tile.index}
        LogTile.objects.update_or_create(**place, defaults={"hashes": kept})
    return size


def _root(hashes: bytes) -> bytes:
    return tree.root(hashes[at : at + HASH_BYTES] for at in range(0, len(hashes), HASH_BYTES))


def _hashes(body: Body, level: int, index: int) -> bytes:
    row = LogTile.objects.filter(body=body, level=level, index=index).first()
    return bytes(row.hashes) if row else b""


def _demand_heads(body: Body, size: int) -> None:
    """Raise Refused unless every public checkpoint that the hashes reach is met."""
    node = node_of(body, size)
    for head in Checkpoint.objects.filter(body=body, size__lte=size):
        if tree.root_from(node, head.size).hex() != head.root:
            message = f"Sidik log tidak menuju titik periksa pada {head.size} catatan."
            raise Refused(_refused("log_differs", message))


def _accept_entry(body: Body, given: LogEntryIn, size: int) -> None:
    edition = body.editions.filter(number=given.number).first()
    if edition is None or LogEntry.objects.filter(edition=edition).exists():
        return
    if not _speaks_of(edition, given) or not _is_in_log(body, given, size):
        message = f"Catatan edisi {given.number} tidak cocok dengan log atau isinya."
        raise Refused(_refused("log_entry_differs", message))
    LogEntry.objects.create(
        edition=edition, seq=given.seq, leaf=given.leaf, described=dict(given.body)
    )


def _speaks_of(edition: Edition, given: LogEntryIn) -> bool:
    try:
        said = Entry.from_bytes(given.leaf)
    except CorruptData:
        return False
    payload = said.payload
    return (
        said.seq == given.seq
        and payload.get("number") == edition.number
        and payload.get("content_hash") == edition.content_hash
        and payload.get("entries_root", edition.entries_root) == edition.entries_root
    )


def _accept_signature(body: Body, given: PaperEntryIn, size: int) -> None:
    paper = body.papers.filter(code=given.code, internal=False, seq=None).first()
    if paper is None:
        return
    if not _signs(paper, given) or not _is_in_log(body, given, size):
        message = "Catatan tanda tangan naskah tidak cocok dengan log atau berkasnya."
        raise Refused(_refused("log_entry_differs", message))
    paper.seq, paper.leaf = given.seq, given.leaf
    paper.save(update_fields=["seq", "leaf"])


def _signs(paper: Paper, given: PaperEntryIn) -> bool:
    try:
        said = Entry.from_bytes(given.leaf)
        code = code_of(UUID(str(said.payload.get("paper"))))
    except (CorruptData, ValueError):
        return False
    told = (said.seq, code, said.payload.get("last"), said.payload.get("sha256"))
    return told == (given.seq, paper.code, True, paper.files[-1])


def _is_in_log(body: Body, given: LogEntryIn | PaperEntryIn, size: int) -> bool:
    return given.seq < size and node_of(body, size)(0, given.seq) == tree.leaf_hash(given.leaf)


def _accept_note(body: Body, note: str, witnesses: Sequence[str]) -> None:
    """Put the cosignatures of known witnesses under the checkpoint that is public."""
    head = notes.verify(note, vkey=body.vkey, verify=signed_with(body.vkey), origin=body.log_origin)
    signed = notes.parse(note)
    names = {vkey: cosignature.parse_vkey(vkey) for vkey in witnesses}
    vouched = [
        {"vkey": vkey, "name": one.name, "at": one.at}
        for vkey in names
        for one in cosignature.vouched(signed, witnesses=[vkey], verifier=verifier_with)
    ]
    for row in Checkpoint.objects.filter(body=body, size=head.size, root=head.root.hex()):
        row.note, row.witnesses = _merged(row.note, signed.signatures), vouched
        row.save(update_fields=["note", "witnesses"])


def _merged(note: str, signatures: Iterable[notes.Signature]) -> str:
    """Return the note with the signatures that it does not have yet."""
    known = notes.parse(note)
    fresh = tuple(one for one in signatures if one not in known.signatures)
    return notes.SignedNote(known.text, (*known.signatures, *fresh)).to_text()


def _refused(code: str, message: str) -> Finding:
    return Finding(code, message, "log", "Periksa catatan dengan ppid check.")
