"""A witness: the published requests of another one, and every kind of rewrite."""

import pytest

from ledger.logs import KEY, ORIGIN, STRANGER, VKEY
from ledger.published import entries_of, growth, note_of
from ledger.test_cosignature import verifier
from ledger.witness_vectors import LOG_KEY, REQUESTS, SUM_KEY, SUM_REQUEST
from ppid.ledger import checkpoint as notes
from ppid.ledger import witness
from ppid.ledger.checkpoint import Checkpoint
from ppid.ledger.proof import ConsistencyProof
from ppid.ledger.tree import EMPTY_ROOT
from ppid.ledger.witness import Status, Verdict

ENTRIES = entries_of(20)
LOGS = {ORIGIN: [VKEY]}


def answered(body, last=None, logs=LOGS):
    asked = witness.request_of(body.encode())
    if asked is None:
        return Verdict(Status.BAD_REQUEST)
    return witness.judge(*asked, logs=logs, last=last, verifier=verifier)


def vouched_for(size, entries=ENTRIES):
    return notes.parse_checkpoint(notes.parse(note_of(entries, size)).text)


def first(size=10, **more):
    return ConsistencyProof(0, (), note_of(ENTRIES, size, **more)).to_text()


def test_the_published_requests_are_answered_as_published():
    origin = REQUESTS[0][0].split("\n")[2]
    logs, last = {origin: [notes.vkey(origin, LOG_KEY)]}, None

    for body, status, text in REQUESTS:
        verdict = answered(body, last, logs)
        assert verdict.status == status
        assert not text or f"{verdict.size}\n" == text
        last = verdict.checkpoint or last

    assert last.size == 5


def test_a_log_whose_key_is_not_named_like_its_origin_is_vouched_for():
    verdict = answered(SUM_REQUEST, logs={"go.sum database tree": [SUM_KEY]})
    assert (verdict.status, verdict.checkpoint.size) == (Status.VOUCHED, 35225469)


def test_growth_is_vouched_for_and_only_trusted_signatures_are_kept():
    other = notes.parse(note_of(ENTRIES, key=STRANGER)).signatures[0]
    proof = growth(ENTRIES, 10)
    note = notes.parse(proof.checkpoint)
    both = notes.SignedNote(note.text, (*note.signatures, other)).to_text()

    verdict = answered(ConsistencyProof(10, proof.path, both).to_text(), vouched_for(10))

    assert (verdict.status, verdict.checkpoint.size) == (Status.VOUCHED, 20)
    assert verdict.note.to_text() == note.to_text()


def test_the_same_checkpoint_again_is_vouched_for_again():
    again = growth(ENTRIES, 20)
    assert again.path == ()
    assert answered(again.to_text(), vouched_for(20)).status == Status.VOUCHED


@pytest.mark.parametrize(
    ("body", "last", "status"),
    [
        (growth(entries_of(20, editions=(3,)), 10).to_text(), 10, Status.NOT_CONSISTENT),
        (growth(entries_of(20, editions=(3,)), 20).to_text(), 20, Status.NOT_CONSISTENT),
        (ConsistencyProof(10, (), note_of(ENTRIES)).to_text(), 10, Status.NOT_CONSISTENT),
        (ConsistencyProof(0, (bytes(32),), note_of(ENTRIES)).to_text(), 0, Status.NOT_CONSISTENT),
        (ConsistencyProof(20, (), note_of(ENTRIES, 10)).to_text(), 20, Status.BAD_REQUEST),
        (first(10), 20, Status.OTHER_SIZE),
        (growth(ENTRIES, 10).to_text(), 0, Status.OTHER_SIZE),
        (first(key=STRANGER), 0, Status.NOT_SIGNED),
    ],
    ids=[
        "rewrite",
        "rewrite at the same size",
        "no proof",
        "proof from nothing",
        "rollback",
        "forgotten",
        "never seen",
        "stranger",
    ],
)
def test_what_does_not_continue_the_log_is_refused(body, last, status):
    verdict = answered(body, vouched_for(last) if last else None)
    assert (verdict.status, verdict.note) == (status, None)
    assert verdict.size == (last if status is Status.OTHER_SIZE else 0)


def test_an_unknown_log_is_not_found():
    assert answered(first(), logs={}).status == Status.UNKNOWN_LOG


def test_a_false_signature_beside_a_true_one_is_refused():
    note = notes.parse(note_of(ENTRIES, 10))
    false = notes.Signature(ORIGIN, note.signatures[0].key_id, bytes(64))
    both = notes.SignedNote(note.text, (*note.signatures, false)).to_text()
    assert answered(ConsistencyProof(0, (), both).to_text()).status == Status.NOT_SIGNED


def signed_empty(root):
    head = Checkpoint(ORIGIN, 0, root)
    public = KEY.public_key().public_bytes_raw()
    return notes.sign(head, key_name=ORIGIN, public_key=public, sign=KEY.sign)


def test_the_empty_log_has_one_root():
    good = ConsistencyProof(0, (), signed_empty(EMPTY_ROOT)).to_text()
    bad = ConsistencyProof(0, (), signed_empty(bytes(32))).to_text()

    assert answered(good).status == Status.VOUCHED
    assert answered(bad).status == Status.NOT_CONSISTENT
    assert answered(first(), Checkpoint(ORIGIN, 0, EMPTY_ROOT)).status == Status.VOUCHED


@pytest.mark.parametrize(
    "body",
    [b"", b"\xff", b"old 0\n\n", b"old 0\n\nx\n\ny\n", b"old 00\n\n" + note_of(ENTRIES).encode()],
)
def test_what_is_no_request_is_none(body):
    assert witness.request_of(body) is None
