"""A stored log as an office keeps it, with real keys, for the tests to damage."""

from dataclasses import dataclass, replace

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ppid.ledger import checkpoint as notes
from ppid.ledger import tree
from ppid.ledger.checkpoint import Checkpoint
from ppid.ledger.entry import Entry, commit
from ppid.ledger.tree import Frontier
from ppid.ledger.verify import Row, compare

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
STRANGER = Ed25519PrivateKey.from_private_bytes(bytes(32))
ORIGIN = "sip-ppid/bontang"
VKEY = notes.vkey(ORIGIN, KEY.public_key().public_bytes_raw())
SIZE = 40
EVERY = 10


@dataclass(frozen=True)
class StoredLog:
    """What stands in the tables: rows, the frontier as text, the office's own checkpoints."""

    rows: tuple[Row, ...]
    frontier: str
    checkpoints: tuple[str, ...]

    def compared(self, *outside):
        """Return (code, place) of everything that is found, given checkpoints from outside."""
        found = compare(
            self.rows,
            frontier=self.frontier,
            checkpoints=(*self.checkpoints, *outside),
            vkey=VKEY,
            verify=verify,
            body="bontang",
        )
        return [(finding.code, finding.place) for finding in found]


def verify(signature, message):
    try:
        KEY.public_key().verify(signature, message)
    except InvalidSignature:
        return False
    return True


def entry(seq, *, title="Denah", minute=None, body="bontang", commitments=None):
    at = seq if minute is None else minute
    return Entry(
        version=1,
        body=body,
        seq=seq,
        kind="item.collected",
        at=f"2026-03-02T{8 + at // 60:02}:{at % 60:02}:00+08:00",
        actor="3f1c",
        payload={"title": f"{title} {seq}"},
        commitments=commitments or {},
    )


def row(seq, **changes):
    """A row whose hash fits its entry, with one confidential value beside it."""
    sealed = {"reason": {"salt": bytes([seq % 256] * 16).hex(), "value": f"alasan {seq}"}}
    made = commit(f"alasan {seq}", salt=bytes([seq % 256] * 16))
    data = entry(seq, commitments={"reason": made}, **changes).to_bytes()
    return Row(seq, data, tree.leaf_hash(data), sealed)


def signed(rows, size, key=KEY):
    head = Checkpoint(ORIGIN, size, tree.root(row.leaf for row in rows[:size]))
    public = key.public_key().public_bytes_raw()
    return notes.sign(head, key_name=ORIGIN, public_key=public, sign=key.sign)


def stored(rows, *, key=KEY):
    """A log over these rows, its frontier right and a checkpoint every ten entries."""
    return StoredLog(
        rows=tuple(rows),
        frontier=Frontier().extend(row.leaf for row in rows).to_text(),
        checkpoints=tuple(signed(rows, size, key) for size in range(EVERY, len(rows) + 1, EVERY)),
    )


def rehashed(row, **changes):
    """The row with other contents, and its own hash put right."""
    changed = replace(row, **changes)
    return replace(changed, leaf=tree.leaf_hash(changed.entry))


ROWS = tuple(row(seq) for seq in range(SIZE))
LOG = stored(ROWS)
OUTSIDE = signed(ROWS, 25)
