"""Verify a log and name what is wrong with it: which entry, gap, cut or checkpoint.

A finding's place is "catatan 17" or "catatan 17-20": sequence numbers, from 0, both ends included.
Codes: entry_altered, entry_unreadable, entry_missing, entry_order, commitment_mismatch,
root_mismatch, checkpoint_mismatch, log_cut. The tree is followed up to the first gap; beyond it no
root can be computed, and the gap itself is the finding. What cannot be seen without a checkpoint
that was kept outside: docs/decisions/0033.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from ppid.errors import CorruptData, Finding, PpidError
from ppid.ledger import checkpoint as notes
from ppid.ledger.checkpoint import Checkpoint, Verify
from ppid.ledger.entry import Entry, check_commitment
from ppid.ledger.tree import HASH_BYTES, Frontier, leaf_hash


@dataclass(frozen=True, slots=True)
class Row:
    """An entry as it is stored: its number, its canonical bytes, its leaf hash.

    sealed: what stands beside it, {name: {"salt": hex, "value": ...}}; names may have been erased.
    """

    seq: int
    entry: bytes
    leaf: bytes
    sealed: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Verified:
    """What a log was found to be.

    size, root: of the entries up to the first gap. notes: odd, but no proof of a fault.
    """

    size: int
    root: bytes
    findings: tuple[Finding, ...] = ()
    notes: tuple[Finding, ...] = ()


def verify_log(
    entries: Iterable[bytes],
    *,
    checkpoint: Checkpoint | None = None,
    leaves: Sequence[bytes] = (),
    body: str = "",
) -> Verified:
    """Return the size and root of a log, given the canonical bytes of its entries in order.

    checkpoint: already verified; the log may be longer. leaves: leaf hashes from elsewhere, such as
    the tiles of level 0; with them an altered entry is named exactly. body: whose log it has to be.
    Raises CorruptData with every finding.
    """
    walk = _Walk(body=body, checkpoints=[checkpoint] if checkpoint else [], known=len(leaves))
    for data in entries:
        entry = _read(data)
        seq = entry.seq if entry else walk.expected
        leaf = leaves[seq] if seq < len(leaves) else leaf_hash(data)
        walk.step(Row(seq, data, leaf), entry)
    verified = walk.result()
    if verified.findings:
        raise CorruptData(*verified.findings)
    return verified


def compare(
    rows: Iterable[Row],
    *,
    frontier: str,
    checkpoints: Iterable[str],
    vkey: str,
    verify: Verify,
    body: str = "",
) -> tuple[Finding, ...]:
    """Return everything that is wrong with a stored log, in the order of its entries.

    frontier: as stored (Frontier.to_text). checkpoints: signed notes, own or from outside, any
    order; each has to be signed by `vkey`. body: whose log it has to be; else that of its first
    entry. A damaged frontier or note is a finding under the code that reading it gives.
    """
    unreadable: list[Finding] = []
    stored, known = None, []
    try:
        stored = Frontier.from_text(frontier)
    except CorruptData as error:
        unreadable += error.findings
    for number, note in enumerate(checkpoints, start=1):
        try:
            known.append(notes.verify(note, vkey=vkey, verify=verify))
        except PpidError as error:
            place = f"titik periksa ke-{number}"
            unreadable += (replace(finding, place=place) for finding in error.findings)
    verified = examine(rows, frontier=stored, checkpoints=known, body=body)
    return (*verified.findings, *unreadable)


def examine(
    rows: Iterable[Row],
    *,
    frontier: Frontier | None = None,
    checkpoints: Iterable[Checkpoint] = (),
    body: str = "",
) -> Verified:
    """Return what a stored log is, with every finding and note; checkpoints already verified."""
    walk = _Walk(body=body, checkpoints=checkpoints, frontier=frontier)
    for row in rows:
        walk.step(row, _read(row.entry))
    return walk.result()


class _Walk:
    """One pass over the rows: where it stands, the tree so far, and what was found."""

    def __init__(
        self,
        *,
        body: str,
        checkpoints: Iterable[Checkpoint],
        frontier: Frontier | None = None,
        known: int = 0,
    ) -> None:
        self.expected = 0
        self._body = body
        self._stored = frontier
        self._checkpoints: dict[int, list[Checkpoint]] = {}
        for checkpoint in checkpoints:
            self._checkpoints.setdefault(checkpoint.size, []).append(checkpoint)
        self._known = max(known, frontier.size if frontier else 0, *self._checkpoints, 0)
        self._tree = Frontier()
        self._whole = True
        self._vouched = 0
        self._doubted = False
        self._moment: datetime | None = None
        self._gaps: list[tuple[int, int]] = []
        self._late: set[int] = set()
        self._found: list[_Found] = []
        self._notes: list[_Found] = []
        self._compare_heads()

    def step(self, row: Row, entry: Entry | None) -> None:
        """Take the next row, with its entry if that can be read."""
        self._follow(row.seq)
        leaf = leaf_hash(row.entry)
        if leaf != row.leaf:
            self._find(row.seq, ALTERED)
        elif entry is None:
            self._find(row.seq, UNREADABLE)
        else:
            self._compare_entry(row, entry)
        if self._whole:
            self._tree = self._tree.append(row.leaf if len(row.leaf) == HASH_BYTES else leaf)
            self._compare_heads()

    def result(self) -> Verified:
        """Return what was found, once all rows were taken."""
        for start, end in _without(self._gaps, self._late):
            self._find(start, MISSING, end=end)
        if self.expected < self._known:
            self._find(self.expected, CUT, end=self._known - 1)
        if self._stored and self._stored.size < self.expected:
            self._find(self._stored.size, ROOT, end=self.expected - 1)
        return Verified(
            self._tree.size, self._tree.root(), _named(self._found), _named(self._notes)
        )

    def _find(self, seq: int, finding: Finding, *, end: int | None = None) -> None:
        self._found.append(_Found(seq, seq if end is None else end, finding))

    def _follow(self, seq: int) -> None:
        if seq < self.expected:
            self._whole = False
            self._late.add(seq)
            self._find(seq, ORDER)
            return
        if seq > self.expected:
            self._whole = False
            self._gaps.append((self.expected, seq - 1))
        self.expected = seq + 1

    def _compare_entry(self, row: Row, entry: Entry) -> None:
        self._body = self._body or entry.body
        if entry.seq != row.seq or entry.body != self._body:
            self._find(row.seq, ORDER)
        for name in row.sealed:
            if not _opens(entry.commitments.get(name, ""), row.sealed[name]):
                message = f"Nilai rahasia “{name}” tidak cocok dengan ikrarnya di catatan."
                self._find(row.seq, replace(COMMITMENT, message=message))
        if self._moment and entry.moment < self._moment:
            self._notes.append(_Found(row.seq, row.seq, BACKWARDS))
        self._moment = entry.moment

    def _compare_heads(self) -> None:
        """Compare the tree, at the size it has now, with whatever is known of that size."""
        size = self._tree.size
        for checkpoint in self._checkpoints.get(size, ()):
            self._compare_checkpoint(checkpoint)
        if self._stored and self._stored.size == size:
            pairs = zip(self._stored.hashes, self._tree.hashes, strict=True)
            for (start, end), (stored, computed) in zip(self._tree.subtrees(), pairs, strict=True):
                if stored != computed:
                    self._find(start, ROOT, end=end - 1)

    def _compare_checkpoint(self, checkpoint: Checkpoint) -> None:
        if checkpoint.root == self._tree.root():
            self._vouched, self._doubted = checkpoint.size, False
        elif not self._doubted:  # those after it differ for the same reason
            self._doubted = True
            self._find(self._vouched, MISMATCH, end=max(self._vouched, checkpoint.size - 1))


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int  # inclusive
    finding: Finding


def _named(found: Iterable[_Found]) -> tuple[Finding, ...]:
    """Return the findings with their places, in order, neighbours of one kind joined."""
    joined: list[_Found] = []
    for one in sorted(found, key=lambda one: (one.finding.code, one.finding.message, one.start)):
        before = joined[-1] if joined else None
        if before and before.finding == one.finding and one.start <= before.end + 1:
            joined[-1] = replace(before, end=max(before.end, one.end))
        else:
            joined.append(one)
    joined.sort(key=lambda one: one.start)
    return tuple(replace(one.finding, place=_place(one)) for one in joined)


def _place(one: _Found) -> str:
    return f"catatan {one.start}" + (f"-{one.end}" if one.end > one.start else "")


def _without(gaps: Iterable[tuple[int, int]], late: set[int]) -> Iterable[tuple[int, int]]:
    """Return the gaps [start, end] less the entries that came after all, out of order."""
    came = sorted(late)
    for start, end in gaps:
        begin = start
        for seq in came[bisect_left(came, start) : bisect_right(came, end)]:
            if begin < seq:
                yield begin, seq - 1
            begin = seq + 1
        if begin <= end:
            yield begin, end


def _read(data: bytes) -> Entry | None:
    try:
        return Entry.from_bytes(data)
    except CorruptData:
        return None


def _opens(commitment: str, sealed: object) -> bool:
    match sealed:
        case {"salt": str(salt), "value": value}:
            try:
                return check_commitment(value, salt=bytes.fromhex(salt), commitment=commitment)
            except ValueError:
                return False
    return False


_ASK = "Pulihkan dari cadangan, lalu periksa lagi; simpan berkas ini sebagai bukti."

ALTERED = Finding("entry_altered", "Isi catatan tidak cocok dengan sidiknya.", hint=_ASK)
UNREADABLE = Finding("entry_unreadable", "Isi catatan tidak dapat dibaca.", hint=_ASK)
MISSING = Finding("entry_missing", "Catatan hilang.", hint=_ASK)
ORDER = Finding("entry_order", "Catatan tidak berada di tempatnya.", hint=_ASK)
COMMITMENT = Finding("commitment_mismatch", "Nilai rahasia tidak cocok.", hint=_ASK)
CUT = Finding("log_cut", "Ujung log terpotong: catatan ini pernah ada.", hint=_ASK)
ROOT = Finding(
    "root_mismatch", "Catatan tidak cocok dengan ujung pohon log yang tersimpan.", hint=_ASK
)
MISMATCH = Finding(
    "checkpoint_mismatch", "Log tidak cocok dengan titik periksa yang ditandatangani.", hint=_ASK
)
BACKWARDS = Finding("time_backwards", "Waktu catatan lebih awal daripada catatan sebelumnya.")
