"""Verifying a log from the bytes of its entries alone, and what the findings say."""

import pytest

from ledger.logs import LOG, OUTSIDE, ROWS, SIZE, VKEY, entry, row, signed, stored, verify
from ppid.errors import CorruptData
from ppid.ledger import checkpoint as notes
from ppid.ledger import tree
from ppid.ledger.checkpoint import Checkpoint
from ppid.ledger.tree import EMPTY_ROOT, Frontier
from ppid.ledger.verify import Row, compare, examine, verify_log

ENTRIES = [row.entry for row in ROWS]
LEAVES = [row.leaf for row in ROWS]
ROOT = tree.root(LEAVES)
HEAD = notes.verify(OUTSIDE, vkey=VKEY, verify=verify)


def refused(entries, **more):
    with pytest.raises(CorruptData) as error:
        verify_log(entries, **more)
    return [(finding.code, finding.place) for finding in error.value.findings]


def test_an_untouched_log_verifies():
    verified = verify_log(iter(ENTRIES), checkpoint=HEAD, leaves=LEAVES, body="bontang")

    assert (verified.size, verified.root) == (SIZE, ROOT)
    assert verified.findings == verified.notes == ()


def test_an_empty_log_verifies():
    assert verify_log([]).root == EMPTY_ROOT
    assert verify_log([], checkpoint=Checkpoint("x", 0, EMPTY_ROOT)).size == 0
    assert refused([], checkpoint=Checkpoint("x", 0, ROOT)) == [
        ("checkpoint_mismatch", "catatan 0")
    ]


def test_a_log_that_is_shorter_than_its_checkpoint_was_cut():
    assert refused(ENTRIES[:20], checkpoint=HEAD) == [("log_cut", "catatan 20-24")]


def test_a_log_that_is_shorter_than_its_leaves_was_cut():
    assert refused(ENTRIES[:-1], leaves=LEAVES) == [("log_cut", f"catatan {SIZE - 1}")]


def test_an_altered_entry_is_between_the_start_and_the_checkpoint():
    altered = [*ENTRIES[:7], row(7, title="Lain").entry, *ENTRIES[8:]]
    assert refused(altered, checkpoint=HEAD) == [("checkpoint_mismatch", "catatan 0-24")]


def test_an_altered_entry_is_named_exactly_when_the_leaves_are_known():
    altered = [*ENTRIES[:7], row(7, title="Lain").entry, *ENTRIES[8:]]
    assert refused(altered, leaves=LEAVES) == [("entry_altered", "catatan 7")]


def test_a_deleted_entry_is_named():
    assert refused(ENTRIES[:7] + ENTRIES[8:], leaves=LEAVES) == [("entry_missing", "catatan 7")]


def test_entries_in_another_order_are_named():
    swapped = [*ENTRIES[:7], ENTRIES[8], ENTRIES[7], *ENTRIES[9:]]
    assert refused(swapped) == [("entry_order", "catatan 7")]


def test_a_gap_that_is_filled_later_in_part_is_still_a_gap():
    shuffled = [*ENTRIES[:3], ENTRIES[9], ENTRIES[5], ENTRIES[7], *ENTRIES[10:]]
    assert refused(shuffled) == [
        ("entry_missing", "catatan 3-4"),
        ("entry_order", "catatan 5"),
        ("entry_missing", "catatan 6"),
        ("entry_order", "catatan 7"),
        ("entry_missing", "catatan 8"),
    ]


def test_bytes_that_are_no_entry_stand_where_they_stand():
    assert refused([*ENTRIES[:7], b"rusak", *ENTRIES[8:]]) == [("entry_unreadable", "catatan 7")]


def test_an_entry_of_another_body_does_not_belong():
    mixed = [*ENTRIES[:7], entry(7, body="bali").to_bytes(), *ENTRIES[8:]]
    assert refused(mixed) == [("entry_order", "catatan 7")]
    assert refused(ENTRIES, body="bali") == [("entry_order", f"catatan 0-{SIZE - 1}")]


def test_time_that_goes_backwards_is_a_note_and_no_fault():
    log = stored([*ROWS[:7], row(7, minute=3), *ROWS[8:]])

    verified = examine(log.rows, frontier=Frontier.from_text(log.frontier))

    assert verified.findings == ()
    assert [(note.code, note.place) for note in verified.notes] == [("time_backwards", "catatan 7")]


def test_the_root_is_that_of_the_entries_before_the_first_gap():
    verified = examine([*ROWS[:7], *ROWS[8:]])
    assert (verified.size, verified.root) == (7, tree.root(LEAVES[:7]))


def test_a_checkpoint_that_fits_again_closes_the_range_of_doubt():
    other = [row(seq, title="Lain") for seq in range(SIZE)]
    heads = [
        Checkpoint("x", 10, tree.root(LEAVES[:10])),
        Checkpoint("x", 20, b"\x07" * 32),
        Checkpoint("x", 25, b"\x07" * 32),
        Checkpoint("x", 30, tree.root(LEAVES[:30])),
        Checkpoint("x", 40, tree.root([row.leaf for row in other])),
    ]
    found = examine(ROWS, checkpoints=heads).findings
    assert [finding.place for finding in found] == ["catatan 10-19", "catatan 30-39"]


def test_findings_say_what_happened_and_what_to_do():
    (finding,) = examine([*ROWS[:7], *ROWS[8:]]).findings
    assert finding.message
    assert finding.hint


def compared(frontier=LOG.frontier, checkpoints=LOG.checkpoints, rows=ROWS):
    found = compare(rows, frontier=frontier, checkpoints=checkpoints, vkey=VKEY, verify=verify)
    return [(finding.code, finding.place) for finding in found]


def test_a_damaged_frontier_is_a_finding():
    assert compared(frontier="rusak") == [("frontier_malformed", "")]


def test_a_frontier_that_was_put_back_is_a_finding():
    old = Frontier().extend(LEAVES[:30]).to_text()
    assert compared(frontier=old) == [("root_mismatch", "catatan 30-39")]


def test_a_damaged_checkpoint_is_a_finding_and_the_others_are_still_used():
    altered = (*ROWS[:15], row(15, title="Lain"), *ROWS[16:])
    found = compared(rows=altered, checkpoints=("rusak", *LOG.checkpoints))
    assert ("note_malformed", "titik periksa ke-1") in found
    assert ("checkpoint_mismatch", "catatan 10-19") in found


def test_a_forged_checkpoint_is_a_finding():
    forged = signed(ROWS, 30).replace("\n30\n", "\n31\n")
    assert compared(checkpoints=[forged]) == [("signature_invalid", "titik periksa ke-1")]


@pytest.mark.parametrize(
    "sealed",
    [
        {"reason": "plain"},
        {"reason": {"value": "alasan 0"}},
        {"reason": {"salt": "zz", "value": "alasan 0"}},
        {"unheard_of": {"salt": "00" * 16, "value": "alasan 0"}},
    ],
)
def test_what_stands_beside_an_entry_has_to_open_its_commitment(sealed):
    rows = [Row(0, ENTRIES[0], LEAVES[0], sealed)]
    codes = [finding.code for finding in examine(rows).findings]
    assert codes == ["commitment_mismatch"]
