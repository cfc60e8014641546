"""Evidence: what one proof file shows, and that nothing in it is believed by itself."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.logs import VKEY, verify
from ledger.published import ITEMS, SALT, edition_entry, entries_of, listed, proof_of
from ppid.errors import CorruptData
from ppid.ledger import evidence
from ppid.ledger.entry import canonical
from ppid.ledger.evidence import Evidence, Listed
from ppid.ledger.proof import InclusionProof, parse_inclusion

ENTRIES = entries_of(20)
EDITION = 11
OPENED = {"sheet": {"salt": SALT.hex(), "value": {"alasan": "rahasia"}}}


def proven(proof, **more):
    return evidence.verify(parse_inclusion(proof.to_text()), vkey=VKEY, verify=verify, **more)


def refused(proof, **more):
    with pytest.raises(CorruptData) as raised:
        proven(proof, **more)
    return raised.value.codes


def with_extra(said, seq=EDITION):
    made = proof_of(ENTRIES, seq)
    extra = said if isinstance(said, bytes) else json.dumps(said).encode()
    return InclusionProof(made.index, made.path, made.checkpoint, extra)


def test_an_entry_is_proven_with_what_it_says():
    found = proven(proof_of(ENTRIES, EDITION))
    assert (found.entry.seq, found.entry.payload["number"], found.checkpoint.size) == (11, 2, 20)


@pytest.mark.parametrize("index", range(len(ITEMS)))
def test_an_item_of_an_edition_is_proven_alone(index):
    found = proven(proof_of(ENTRIES, EDITION, listed=listed(index)))
    assert found.evidence.listed.content == ITEMS[index]


@pytest.mark.parametrize(
    "changed",
    [
        Listed({**ITEMS[1], "title": "Lain"}, 1, listed(1).path),
        Listed(ITEMS[1], 2, listed(1).path),
        Listed(ITEMS[1], 1, listed(2).path),
        Listed(ITEMS[1], 1, ()),
    ],
)
def test_a_changed_item_is_refused(changed):
    assert refused(proof_of(ENTRIES, EDITION, listed=changed)) == ("listing_mismatch",)


def test_an_item_under_an_entry_that_is_no_edition_is_refused():
    assert refused(proof_of(ENTRIES, 3, listed=listed(1))) == ("listing_mismatch",)


def test_an_item_that_no_entry_could_hold_is_refused():
    said = {
        "leaf": ENTRIES[EDITION].decode(),
        "listed": {"content": {"a": 1.5}, "index": 0, "path": []},
    }
    assert refused(with_extra(said)) == ("listing_mismatch",)


def test_an_opened_value_is_proven_to_be_the_one_of_that_day():
    found = proven(proof_of(ENTRIES, EDITION, opened=OPENED))
    assert found.evidence.opened["sheet"]["value"] == {"alasan": "rahasia"}


@pytest.mark.parametrize(
    "opened",
    [
        {"sheet": {"salt": SALT.hex(), "value": {"alasan": "lain"}}},
        {"sheet": {"salt": bytes(16).hex(), "value": {"alasan": "rahasia"}}},
        {"sheet": {"salt": "", "value": {"alasan": "rahasia"}}},
        {"lain": {"salt": SALT.hex(), "value": {"alasan": "rahasia"}}},
    ],
)
def test_another_value_is_refused(opened):
    assert refused(proof_of(ENTRIES, EDITION, opened=opened)) == ("commitment_mismatch",)


def test_the_document_of_an_edition_is_the_one_that_was_logged():
    _, document = edition_entry(EDITION, 2)
    proof = proof_of(ENTRIES, EDITION)

    assert proven(proof, document=document).entry.payload["number"] == 2
    assert refused(proof, document=document + b"\n") == ("document_mismatch",)


def test_the_entry_of_another_log_is_refused():
    changed = Evidence(ENTRIES[EDITION].replace(b"bontang", b"bantang"))
    assert refused(with_extra(changed.to_bytes())) == ("inclusion_mismatch",)


def test_a_leaf_that_is_no_entry_is_refused_even_when_it_is_in_the_log():
    entries = [*ENTRIES, b"bukan catatan"]
    assert refused(proof_of(entries, 20)) == ("entry_unreadable",)


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"\xff",
        b"[]",
        b"{}",
        b"[" * 100_000,
        {"leaf": 7},
        {"leaf": "x", "lain": 1},
        {"leaf": "x", "listed": []},
        {"leaf": "x", "listed": {"content": {}, "index": "1", "path": []}},
        {"leaf": "x", "listed": {"content": {}, "index": 1, "path": [7]}},
        {"leaf": "x", "listed": {"content": {}, "index": 1, "path": ["zz"]}},
        {"leaf": "x", "opened": []},
        {"leaf": "x", "opened": {"a": {"salt": "00"}}},
        {"leaf": "x", "opened": {"a": {"salt": "zz", "value": 1}}},
        {"leaf": "x", "opened": {"a": 1}},
    ],
)
def test_damaged_evidence_is_refused(said):
    assert refused(with_extra(said)) == ("evidence_malformed",)


@given(st.integers(0, 10_000), st.integers(0, 255))
@settings(max_examples=60)
def test_one_changed_byte_is_never_proven_as_something_else(at, byte):
    proof = proof_of(ENTRIES, EDITION, listed=listed(1), opened=OPENED)
    at %= len(proof.extra)
    changed = with_extra(proof.extra[:at] + bytes([byte]) + proof.extra[at + 1 :])
    try:
        found = proven(changed)
    except CorruptData:
        return
    assert canonical(found.evidence.listed.content) == canonical(ITEMS[1])
    assert found.evidence.leaf == ENTRIES[EDITION]
    assert found.evidence.opened["sheet"]["value"] == OPENED["sheet"]["value"]
