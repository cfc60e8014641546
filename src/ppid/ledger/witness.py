"""What a witness answers when a log asks it to vouch for a checkpoint (C2SP tlog-witness).

    POST /add-checkpoint        a consistency proof from the size that was vouched for last, and
                                the new checkpoint (ppid.ledger.proof.ConsistencyProof)

| status | when |
|---|---|
| 200 | vouched for; the cosignature lines |
| 400 | no such request, or the old size is larger than the new |
| 403 | no signature of a known key of the log, or a false one |
| 404 | the log is not known |
| 409 | the old size is not the one vouched for last, which the answer names |
| 422 | the proof does not hold: the log was rewritten, cut, or forked |

Pure: what was vouched for last comes in, the answer goes out. To read it, to judge, and to store
the new one has to be one step under one lock, and stored before the answer leaves.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from ppid.errors import CorruptData
from ppid.ledger import checkpoint as notes
from ppid.ledger.checkpoint import Checkpoint, SignedNote
from ppid.ledger.cosignature import Verifier
from ppid.ledger.proof import ConsistencyProof, continues, parse_consistency
from ppid.ledger.tree import EMPTY_ROOT

SIZE_TYPE = "text/x.tlog.size"


class Status(IntEnum):
    """The answers of a witness, by their HTTP status."""

    VOUCHED = 200
    BAD_REQUEST = 400
    NOT_SIGNED = 403
    UNKNOWN_LOG = 404
    OTHER_SIZE = 409
    NOT_CONSISTENT = 422


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the witness says. note, checkpoint: what it vouches for, only with Status.VOUCHED.

    size: the size that was vouched for last, for Status.OTHER_SIZE.
    """

    status: Status
    size: int = 0
    note: SignedNote | None = None
    checkpoint: Checkpoint | None = None


def request_of(body: bytes) -> tuple[ConsistencyProof, Checkpoint] | None:
    """Return what a request asks, or None when it is no such request."""
    try:
        asked = parse_consistency(body.decode("utf-8"))
        head = notes.parse_checkpoint(notes.parse(asked.checkpoint).text)
    except (UnicodeDecodeError, CorruptData):
        return None
    return asked, head


def judge(
    asked: ConsistencyProof,
    head: Checkpoint,
    *,
    logs: Mapping[str, Sequence[str]],
    last: Checkpoint | None,
    verifier: Verifier,
) -> Verdict:
    """Return the answer to one request, in the order of checks of the specification.

    head: the checkpoint in it, as request_of() read it. logs: origin -> the verifier keys that are
    trusted for it. last: the checkpoint of this log that was vouched for last.
    """
    if head.origin not in logs:
        return Verdict(Status.UNKNOWN_LOG)
    signed = _signed(asked, logs[head.origin], verifier)
    if signed is None:
        return Verdict(Status.NOT_SIGNED)
    if asked.old > head.size:
        return Verdict(Status.BAD_REQUEST)
    known = last.size if last else 0
    if asked.old != known:
        return Verdict(Status.OTHER_SIZE, size=known)
    if not _is_consistent(asked, head, last):
        return Verdict(Status.NOT_CONSISTENT)
    return Verdict(Status.VOUCHED, note=signed, checkpoint=head)


def _signed(asked: ConsistencyProof, vkeys: Sequence[str], verifier: Verifier) -> SignedNote | None:
    """Return the note with the signatures of trusted keys only, or None when it is not signed."""
    signed = notes.parse(asked.checkpoint)
    keys = {(key.name, key.key_id): key for key in map(notes.parse_vkey, vkeys)}
    own = [one for one in signed.signatures if (one.name, one.key_id) in keys]
    text = signed.text.encode()
    if not own or not all(
        verifier(keys[one.name, one.key_id].public_key)(one.blob, text) for one in own
    ):
        return None
    return SignedNote(signed.text, tuple(own))


def _is_consistent(asked: ConsistencyProof, head: Checkpoint, last: Checkpoint | None) -> bool:
    if head.size == 0:
        return not asked.path and head.root == EMPTY_ROOT
    if last is None or last.size == 0:  # the empty tree is the beginning of any
        return not asked.path
    return continues(asked.path, last, head)
