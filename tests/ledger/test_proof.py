"""Proofs as files: the specification's layout, and what a changed file comes to."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.logs import KEY, VKEY, verify
from ledger.published import entries_of, growth, note_of, proof_of
from ppid.errors import CorruptData
from ppid.ledger import checkpoint as notes
from ppid.ledger import tree
from ppid.ledger.checkpoint import Checkpoint
from ppid.ledger.proof import InclusionProof, parse_consistency, parse_inclusion

ENTRIES = entries_of(20)
LEAVES = [tree.leaf_hash(one) for one in ENTRIES]
# C2SP tlog-proof, its example; the signatures are cut there, so that only the layout is checked
FANCY = """c2sp.org/tlog-proof@v1
extra {extra}index 73894
gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=
B95lDa8R83lS8n0eG+o0buTxRKQTYFi//1U8anccXmA=
EKNzoDWG8LGC0Yp9o+sv3qllpMP9uHQ9B20KNL+Q1zs=
RoopEkOdqkYqMB4MJXrbt/hMjOxsVn0IrWjpz1ZMMes=
AHCioX9nLjsrse6YhjRRmk1WUEirVOLLRoOQ6vfO5vk=

example.com/fancylog
109482
sFodV/vSp5O8n9a8QpW6PRY97tfOSW5bsc2Xl/EQi08=

— example.com/fancylog hI2DJw==
"""


def earlier(size):
    return notes.verify(note_of(ENTRIES, size), vkey=VKEY, verify=verify)


def codes(raised):
    return raised.value.codes


def test_the_published_proof_is_read_and_written_alike():
    text = FANCY.replace("{extra}", "cGFnZQ==\n")

    proof = parse_inclusion(text)

    assert (proof.index, len(proof.path), proof.extra) == (73894, 5, b"page")
    assert proof.checkpoint.startswith("example.com/fancylog\n109482\n")
    assert proof.to_text() == text


def test_a_proof_without_extra_is_read_and_written_alike():
    text = FANCY.replace("extra {extra}", "")
    assert parse_inclusion(text).to_text() == text


@given(st.integers(1, 20), st.data())
@settings(max_examples=30)
def test_any_entry_is_proven(size, data):
    index = data.draw(st.integers(0, size - 1))
    path = tree.inclusion_proof(LEAVES, index, size=size)
    text = InclusionProof(index, path, note_of(ENTRIES, size)).to_text()

    head = parse_inclusion(text).verify(LEAVES[index], vkey=VKEY, verify=verify)

    assert head.size == size


def test_another_entry_is_not_proven():
    proof = proof_of(ENTRIES, 4)
    with pytest.raises(CorruptData) as raised:
        proof.verify(LEAVES[5], vkey=VKEY, verify=verify)
    assert codes(raised) == ("inclusion_mismatch",)


def test_a_proof_of_another_log_is_refused():
    with pytest.raises(CorruptData) as raised:
        proof_of(ENTRIES, 4).verify(LEAVES[4], vkey=VKEY, verify=verify, origin="sip-ppid/bali")
    assert codes(raised) == ("checkpoint_of_other_log",)


WHOLE = proof_of(ENTRIES, 4).to_text()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        WHOLE.replace("@v1", "@v2"),
        WHOLE.replace("index 4", "index 04"),
        WHOLE.replace("index 4", "index -1"),
        WHOLE.replace("index 4\n", ""),
        WHOLE.replace("index 4", "index 4 "),
        WHOLE.replace("extra ", "extra !"),
        WHOLE.replace("index 4\n", "index 4\nAAAA\n"),
        WHOLE.replace("index 4\n", "index 4\n" + ("A" * 43 + "=\n") * 64),
        "c2sp.org/tlog-proof@v1\n\n" + note_of(ENTRIES),
        WHOLE.replace("\n\n", "\n"),
        "c2sp.org/tlog-proof@v1\nextra " + "A" * 16_000_000 + "\n\n",
    ],
)
def test_a_damaged_proof_is_refused(text):
    with pytest.raises(CorruptData) as raised:
        parse_inclusion(text)
    assert codes(raised) == ("proof_malformed",)


@given(st.integers(1, 20))
@settings(max_examples=20)
def test_growth_is_proven_from_any_size(old):
    proof = parse_consistency(growth(ENTRIES, old).to_text())
    assert proof.verify(earlier(old), vkey=VKEY, verify=verify).size == 20


def test_growth_of_a_rewritten_log_is_refused():
    other = entries_of(20, editions=(3,))
    proof = growth(other, 10)
    with pytest.raises(CorruptData) as raised:
        proof.verify(earlier(10), vkey=VKEY, verify=verify)
    assert codes(raised) == ("checkpoint_mismatch",)


def test_growth_from_another_size_than_the_one_that_is_known_is_refused():
    with pytest.raises(CorruptData) as raised:
        growth(ENTRIES, 10).verify(earlier(12), vkey=VKEY, verify=verify)
    assert codes(raised) == ("proof_of_other_size",)


def test_growth_of_another_log_is_refused():
    other = Checkpoint("sip-ppid/bali", 10, earlier(10).root)
    with pytest.raises(CorruptData) as raised:
        growth(ENTRIES, 10).verify(other, vkey=VKEY, verify=verify)
    assert codes(raised) == ("checkpoint_of_other_log",)


@pytest.mark.parametrize(
    "text", ["", "old 3", "old x\n\nnote", "new 3\n\nnote", "old 3\nAAAA\n\nnote", "\n\nnote"]
)
def test_a_damaged_proof_of_growth_is_refused(text):
    with pytest.raises(CorruptData) as raised:
        parse_consistency(text)
    assert codes(raised) == ("proof_malformed",)


def test_the_key_that_signs_is_the_one_that_is_asked_for():
    public = KEY.public_key().public_bytes_raw()
    with pytest.raises(CorruptData) as raised:
        proof_of(ENTRIES, 4).verify(
            LEAVES[4], vkey=notes.vkey("sip-ppid/lain", public), verify=verify
        )
    assert codes(raised) == ("signature_missing",)
