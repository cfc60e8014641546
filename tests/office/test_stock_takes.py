"""Stock-takes: missing, misplaced, unknown and lent papers, from what was scanned."""

import pytest

from office.offices import assert_sound, case_in, codes, item_in, office, who
from office.store import borrow, place, put, scan, shelf
from ppid.errors import BadInput, Refused
from ppid.office.labels import code_of, read_code
from ppid.office.models import Event
from ppid.office.stock import Kept, Result, compare, result_of

pytestmark = pytest.mark.django_db(databases=["default", "public"])


@pytest.fixture
def room():
    """An office with two boxes and two papers in the first."""
    walk = office()
    case, boxes = case_in(walk), shelf(walk)
    items = [item_in(walk, case, title=f"Arsip {number}") for number in (1, 2)]
    for item in items:
        put(walk, item, boxes[0])
    return walk, case, boxes, items


def test_what_is_there_is_found(room):
    walk, _, boxes, items = room
    taken = scan(walk, boxes[0], *items)
    result = result_of(taken.result)
    assert set(result.found) == {str(one.pk) for one in items}
    assert result.clean
    assert_sound()


def test_what_was_not_scanned_is_missing(room):
    walk, _, boxes, (first, second) = room
    result = result_of(scan(walk, boxes[0], first).result)
    assert result.missing == (str(second.pk),)


def test_what_belongs_elsewhere_is_named_with_its_place(room):
    walk, case, boxes, items = room
    stray, loose = (item_in(walk, case, title=title) for title in ("Tersesat", "Lepas"))
    put(walk, stray, boxes[1])
    put(walk, loose, hard="Lemari lama")

    result = result_of(scan(walk, boxes[0], *items, stray, loose).result)

    assert set(result.misplaced) == {(str(stray.pk), str(boxes[1].pk)), (str(loose.pk), "")}
    assert not result.missing


def test_what_nobody_knows_is_kept_as_it_was_typed(room):
    walk, _, boxes, items = room
    result = result_of(scan(walk, boxes[0], *items, "0000-1111-2222", "bukan kode").result)
    assert result.unknown == ("000011112222", "bukan kode")


def test_what_is_lent_is_neither_missing_nor_there(room):
    walk, _, boxes, (first, second) = room
    borrow(walk, second)
    away = result_of(scan(walk, boxes[0], first).result)
    here = result_of(scan(walk, boxes[0], first, second).result)
    assert (away.on_loan, away.missing) == ((str(second.pk),), ())
    assert here.back == (str(second.pk),)


def test_a_rack_is_taken_with_all_that_stands_in_it(room):
    walk, _, boxes, items = room
    folder = place(walk, "folder", "1", boxes[1])
    put(walk, items[1], folder)

    result = result_of(scan(walk, boxes[0].parent, *items, boxes[0], folder).result)

    assert result.clean


def test_a_box_on_the_wrong_rack_is_named(room):
    walk, _, boxes, items = room
    result = result_of(scan(walk, boxes[0], *items, boxes[1]).result)
    assert result.strange == (str(boxes[1].pk),)


def test_addresses_codes_and_repeated_scans_are_one_scan(room):
    walk, _, boxes, (first, second) = room
    code = code_of(first.pk)
    ways = [f"https://ppid.kota.id/ruang-simpan/k/{code}/", code.lower(), code.replace("-", " ")]
    result = result_of(scan(walk, boxes[0], *ways, second).result)
    assert result.clean


@pytest.mark.parametrize("text", ["", "-", "3F2A-91BC", "3F2A-91BC-07DEA", "ZZZZ-91BC-07DE"])
def test_what_is_no_code_is_read_as_none(text):
    assert read_code(text) == ""


@pytest.mark.parametrize(
    ("scans", "code"), [([], "nothing_scanned"), (["x"] * 2001, "too_many_scans")]
)
def test_nothing_and_too_much_are_refused(room, scans, code):
    walk, _, boxes, _ = room
    with pytest.raises(BadInput) as error:
        scan(walk, boxes[0], *scans)
    assert codes(error) == {code}


def test_only_keepers_take_stock(room):
    walk, _, boxes, items = room
    with pytest.raises(Refused) as error:
        scan(walk, boxes[0], *items, by=who(walk, "auditor"))
    assert codes(error) == {"not_authorised"}


def test_the_result_is_not_in_the_leaf(room):
    walk, _, boxes, items = room
    scan(walk, boxes[0], *items)
    assert str(items[0].pk).encode() not in bytes(Event.objects.latest("seq").entry)


def test_a_result_reads_as_it_was_written():
    papers = {"a": Kept("1", "x"), "b": Kept("2", "y", lent=True)}
    found = compare(["b", "c"], papers=papers, places={}, within=frozenset("x"))
    assert found == Result(missing=("1",), misplaced=(("2", "y"),), unknown=("c",), back=("2",))
    assert result_of(found.as_dict()) == found
