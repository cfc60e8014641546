"""The kinds of tampering of docs/decisions/0033: found, or declared as not to be seen from inside.

Each kind is done by somebody who owns the database. "Outside" is one checkpoint at size 25 that
somebody else kept.
"""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.logs import LOG, OUTSIDE, ROWS, SIZE, STRANGER, StoredLog, rehashed, row, signed, stored
from ppid.ledger.verify import Row

quick = settings(deadline=None, max_examples=30)
positions = st.integers(0, SIZE - 1)
covered = st.integers(0, 24)  # under the outside checkpoint
tens = {seq: f"catatan {seq // 10 * 10}-{seq // 10 * 10 + 9}" for seq in range(SIZE)}


def with_row(seq, changed):
    return replace(LOG, rows=(*ROWS[:seq], changed, *ROWS[seq + 1 :]))


def places(found, code):
    return [place for found_code, place in found if found_code == code]


def test_an_untouched_log_has_no_findings():
    assert LOG.compared() == []
    assert LOG.compared(OUTSIDE) == []


@given(positions, st.data())
@quick
def test_an_edited_field_is_found_where_it_stands(seq, data):
    at = data.draw(st.integers(0, len(ROWS[seq].entry) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda byte: byte != ROWS[seq].entry[at]))
    edited = ROWS[seq].entry[:at] + bytes([byte]) + ROWS[seq].entry[at + 1 :]

    log = with_row(seq, replace(ROWS[seq], entry=edited))

    assert log.compared() == [("entry_altered", f"catatan {seq}")]


@given(positions)
@quick
def test_a_changed_time_is_found_where_it_stands(seq):
    log = with_row(seq, replace(ROWS[seq], entry=row(seq, minute=99).entry))
    assert log.compared() == [("entry_altered", f"catatan {seq}")]


@given(positions)
@quick
def test_an_edit_with_its_own_hash_put_right_is_found_between_two_checkpoints(seq):
    found = with_row(seq, row(seq, title="Lain")).compared()

    assert ("checkpoint_mismatch", tens[seq]) in found
    assert places(found, "root_mismatch") == ["catatan 0-31" if seq < 32 else "catatan 32-39"]


@given(positions)
@quick
def test_an_edit_with_hash_and_frontier_put_right_is_found_by_the_own_checkpoints(seq):
    rows = (*ROWS[:seq], row(seq, title="Lain"), *ROWS[seq + 1 :])
    log = replace(stored(rows), checkpoints=LOG.checkpoints)
    assert log.compared() == [("checkpoint_mismatch", tens[seq])]


@given(covered)
@quick
def test_the_same_edit_with_the_own_checkpoints_deleted_is_found_only_from_outside(seq):
    rows = (*ROWS[:seq], row(seq, title="Lain"), *ROWS[seq + 1 :])
    log = replace(stored(rows), checkpoints=())

    assert log.compared() == []
    assert log.compared(OUTSIDE) == [("checkpoint_mismatch", "catatan 0-24")]


@given(positions, st.binary(min_size=0, max_size=40))
@quick
def test_a_changed_hash_is_found_where_it_stands(seq, leaf):
    found = with_row(seq, replace(ROWS[seq], leaf=leaf)).compared()
    assert ("entry_altered", f"catatan {seq}") in found


@given(st.integers(0, SIZE - 2), st.data())
@quick
def test_deleted_entries_are_named(seq, data):
    end = data.draw(st.integers(seq, SIZE - 2))

    found = replace(LOG, rows=ROWS[:seq] + ROWS[end + 1 :]).compared()

    place = f"catatan {seq}" if end == seq else f"catatan {seq}-{end}"
    assert found == [("entry_missing", place)]


@given(positions)
@quick
def test_an_inserted_entry_is_found_by_those_that_it_pushed_on(seq):
    pushed = tuple(replace(row, seq=row.seq + 1) for row in ROWS[seq:])

    found = replace(LOG, rows=(*ROWS[:seq], row(seq, title="Sisipan"), *pushed)).compared()

    end = f"catatan {SIZE}" if seq == SIZE - 1 else f"catatan {seq + 1}-{SIZE}"
    assert ("entry_order", end) in found
    assert places(found, "root_mismatch")[-1].endswith(f"{SIZE}")
    assert ("checkpoint_mismatch", tens[seq]) in found


@given(positions)
@quick
def test_an_entry_that_was_never_hashed_into_the_tree_is_found(seq):
    found = replace(LOG, rows=(*ROWS, row(SIZE))).compared()
    assert found == [("root_mismatch", f"catatan {SIZE}")]


@given(positions)
@quick
def test_an_entry_that_stands_twice_is_found(seq):
    found = replace(LOG, rows=(*ROWS[: seq + 1], row(seq, title="Lain"), *ROWS[seq + 1 :]))
    assert ("entry_order", f"catatan {seq}") in found.compared()


@given(st.lists(positions, min_size=2, max_size=2, unique=True))
@quick
def test_swapped_entries_are_both_named(pair):
    one, other = sorted(pair)
    rows = list(ROWS)
    rows[one], rows[other] = replace(ROWS[other], seq=one), replace(ROWS[one], seq=other)

    found = replace(LOG, rows=tuple(rows)).compared()

    apart = [f"catatan {one}", f"catatan {other}"]
    joined = [f"catatan {one}-{other}"] if other == one + 1 else apart
    assert places(found, "entry_order") == joined
    assert ("checkpoint_mismatch", tens[one]) in found


@given(st.permutations(ROWS))
@quick
def test_rows_in_another_order_are_found(rows):
    codes = {code for code, _ in replace(LOG, rows=tuple(rows)).compared()}
    assert codes == (set() if tuple(rows) == ROWS else {"entry_order"})


@given(st.lists(positions, min_size=2, max_size=2, unique=True))
@quick
def test_entries_written_anew_in_another_order_are_found(pair):
    one, other = sorted(pair)
    rows = list(ROWS)
    rows[one], rows[other] = row(one, minute=other), row(other, minute=one)
    assert ("checkpoint_mismatch", tens[one]) in replace(LOG, rows=tuple(rows)).compared()


@given(st.integers(0, SIZE - 1))
@quick
def test_a_cut_tail_is_found_by_the_frontier(size):
    found = replace(LOG, rows=ROWS[:size]).compared()
    last = SIZE - 1
    assert found == [("log_cut", f"catatan {last}" if size == last else f"catatan {size}-{last}")]


@given(st.integers(0, SIZE - 1))
@quick
def test_a_cut_tail_with_the_frontier_put_right_is_found_by_the_own_checkpoints(size):
    log = replace(stored(ROWS[:size]), checkpoints=LOG.checkpoints)
    assert places(log.compared(), "log_cut") != []


@given(st.integers(0, 24))
@quick
def test_a_cut_tail_signed_again_with_the_stolen_key_is_found_only_from_outside(size):
    log = stored(ROWS[:size])

    assert log.compared() == []
    assert log.compared(OUTSIDE) == [
        ("log_cut", "catatan 24" if size == 24 else f"catatan {size}-24")
    ]


@given(covered)
@quick
def test_a_log_rewritten_with_the_stolen_key_is_found_only_from_outside(seq):
    log = stored([*ROWS[:seq], *(row(later, title="Lain") for later in range(seq, SIZE))])

    assert log.compared() == []
    # the office's own checkpoint at 20 vouches for what came before it
    assert [code for code, _ in log.compared(OUTSIDE)] == ["checkpoint_mismatch"]


@given(covered)
@quick
def test_an_old_backup_that_went_on_is_found_only_from_outside(seq):
    log = stored([*ROWS[:seq], *(row(later, minute=later + 500) for later in range(seq, 60))])

    assert log.compared() == []
    assert [code for code, _ in log.compared(OUTSIDE)] == ["checkpoint_mismatch"]


def test_two_histories_are_found_by_whoever_holds_a_checkpoint_of_each():
    other = [*ROWS[:24], row(24, title="Untuk orang lain")]

    found = LOG.compared(OUTSIDE, signed(other, 25))

    assert found == [("checkpoint_mismatch", "catatan 25")]


def test_what_came_after_the_outside_checkpoint_is_not_covered_by_it():
    log = stored([*ROWS[:25], *(row(later, title="Lain") for later in range(25, SIZE))])
    assert log.compared(OUTSIDE) == []


def test_a_log_rewritten_with_another_key_is_found_at_once():
    log = stored([row(seq, title="Lain") for seq in range(SIZE)], key=STRANGER)
    assert {code for code, _ in log.compared()} == {"signature_missing"}


@given(positions, st.sampled_from(["value", "salt"]))
@quick
def test_a_changed_confidential_value_is_found_where_it_stands(seq, what):
    sealed = {"reason": {**ROWS[seq].sealed["reason"], what: "ff" * 16}}
    log = with_row(seq, replace(ROWS[seq], sealed=sealed))
    assert log.compared() == [("commitment_mismatch", f"catatan {seq}")]


def test_confidential_values_of_two_entries_that_changed_places_are_found():
    rows = list(ROWS)
    rows[3] = replace(ROWS[3], sealed=ROWS[4].sealed)
    rows[4] = replace(ROWS[4], sealed=ROWS[3].sealed)
    found = replace(LOG, rows=tuple(rows)).compared()
    assert found == [("commitment_mismatch", "catatan 3-4")]


def test_an_erased_confidential_value_leaves_the_log_whole():
    assert with_row(7, replace(ROWS[7], sealed={})).compared(OUTSIDE) == []


@given(positions, st.binary(max_size=200))
@quick
def test_bytes_that_are_no_entry_are_found_even_with_every_hash_put_right(seq, data):
    rows = (*ROWS[:seq], rehashed(ROWS[seq], entry=data), *ROWS[seq + 1 :])
    log: StoredLog = stored(rows)
    assert log.compared() == [("entry_unreadable", f"catatan {seq}")]


@given(positions)
@quick
def test_an_entry_of_another_body_is_found_even_with_every_hash_put_right(seq):
    rows: tuple[Row, ...] = (*ROWS[:seq], row(seq, body="bali"), *ROWS[seq + 1 :])
    assert stored(rows).compared() == [("entry_order", f"catatan {seq}")]
