"""What holds for any store room: no paper is lost to a stock-take, no code to a label."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ppid.law.destruction import Consent, Element, approval_obstacles, panel_obstacles
from ppid.law.retention import Phase, Schedule, phase, retention_ends_on
from ppid.office.labels import SHEETS, code_of, grouped, ids_of, read_code
from ppid.office.places import DEPTH, PlaceKind, Shelf, Side, proposed_place, standing_obstacles
from ppid.office.stock import Kept, compare

FEW = settings(max_examples=60, deadline=None)
DAYS = st.one_of(st.none(), st.dates(date(2024, 1, 1), date(2030, 12, 31)))
SHELVES = st.lists(
    st.lists(DAYS, max_size=4).map(tuple),
    max_size=5,
).map(lambda rows: [Shelf(str(number), ends) for number, ends in enumerate(rows)])
CODES = st.sampled_from([f"{number:012x}" for number in range(8)])
PLACES = st.sampled_from(["", "here", "inside", "elsewhere"])


@FEW
@given(day=DAYS, shelves=SHELVES)
def test_a_paper_is_proposed_beside_its_neighbour_and_never_behind_a_later_one(day, shelves):
    found = proposed_place(day, shelves)
    ends = [end or date.max for one in shelves for end in one.ends]
    if not shelves:
        assert found is None
        return
    mine = day or date.max
    neighbour = found.neighbour or date.max
    if not ends:
        assert found.side is Side.FIRST
    elif found.side is Side.AFTER:
        assert neighbour <= mine
        assert not [end for end in ends if neighbour < end <= mine]
    else:
        assert neighbour == min(ends) > mine


@FEW
@given(day=DAYS, shelves=SHELVES)
def test_the_neighbour_stands_in_the_place_that_is_proposed(day, shelves):
    found = proposed_place(day, shelves)
    if found is not None and found.side is not Side.FIRST:
        assert found.neighbour in shelves[int(found.place)].ends


@FEW
@given(one=st.uuids(version=4))
def test_a_code_is_read_back_from_its_label_its_address_and_a_hasty_hand(one):
    code = code_of(one)
    ways = [
        code,
        code.lower(),
        code.replace("-", ""),
        f"https://ppid.kota.id/ruang-simpan/k/{code}/",
    ]
    assert {read_code(way) for way in ways} == {one.hex[:12]}
    assert grouped(read_code(code)) == code
    first, last = ids_of(read_code(code))
    assert first <= one <= last


@FEW
@given(text=st.text(max_size=40))
def test_whatever_is_typed_is_a_code_of_twelve_digits_or_none(text):
    found = read_code(text)
    assert found == "" or (len(found) == 12 and UUID(found + "0" * 20))


def test_what_is_no_code_is_shown_as_it_was_typed():
    assert grouped("bukan kode") == "bukan kode"


@FEW
@given(
    papers=st.dictionaries(CODES, st.tuples(PLACES, st.booleans())),
    scanned=st.lists(st.one_of(CODES, st.sampled_from(["bukan kode", "b0b"])), max_size=12),
)
def test_every_paper_and_every_scan_comes_out_once(papers, scanned):
    kept = {code: Kept(f"item-{code}", place, lent) for code, (place, lent) in papers.items()}
    within = frozenset({"here", "inside"})

    found = compare(scanned, papers=kept, places={"b0b": "box"}, within=within)

    belongs = {one.item for one in kept.values() if one.place in within}
    assert sorted([*found.found, *found.missing, *found.on_loan]) == sorted(belongs)
    seen = {kept[code].item for code in scanned if code in kept}
    assert seen == {*found.found, *(item for item, _ in found.misplaced)}
    assert set(found.unknown) == {code for code in scanned if code not in kept} - {"b0b"}
    assert found.strange == (("box",) if "b0b" in scanned else ())
    assert set(found.back) == {one.item for one in kept.values() if one.lent} & seen


@FEW
@given(scanned=st.lists(CODES, max_size=8))
def test_the_order_of_the_scans_and_repeated_ones_change_nothing(scanned):
    papers = {f"{number:012x}": Kept(str(number), "here") for number in range(4)}
    asked = {"papers": papers, "places": {}, "within": frozenset({"here"})}
    once, again = compare(scanned, **asked), compare([*reversed(scanned), *scanned], **asked)
    for name in ("found", "missing", "unknown", "misplaced"):
        assert set(getattr(once, name)) == set(getattr(again, name))


@FEW
@given(
    closed=st.dates(date(2000, 1, 1), date(2030, 12, 31)),
    active=st.integers(0, 30),
    inactive=st.integers(0, 30),
    after=st.integers(0, 40_000),
)
def test_a_retention_goes_from_active_to_inactive_to_over_and_never_back(
    closed, active, inactive, after
):
    line = Schedule(closed_on=closed, active_years=active, inactive_years=inactive)
    ends, day = retention_ends_on(line), closed + timedelta(days=after)
    order = [Phase.ACTIVE, Phase.INACTIVE, Phase.OVER]

    now, next_day = phase(line, on=day), phase(line, on=day + timedelta(days=1))

    assert order.index(now) <= order.index(next_day)
    assert (now is Phase.OVER) == (day >= ends)
    assert ends.year == closed.year + active + inactive


@pytest.mark.parametrize("outer", [*PlaceKind])
@pytest.mark.parametrize("inner", [*PlaceKind])
def test_no_two_kinds_stand_in_each_other(outer, inner):
    both = not standing_obstacles(inner, outer) and not standing_obstacles(outer, inner)
    assert not both
    assert (not standing_obstacles(inner, outer)) == (DEPTH[inner] > DEPTH[outer])


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS)
def test_a_sheet_of_labels_fits_on_a4(sheet):
    assert sheet.columns * sheet.width <= 210
    assert sheet.rows * sheet.height <= 297
    assert sheet.labels == sheet.columns * sheet.rows


@FEW
@given(elements=st.sets(st.sampled_from(Element)))
def test_a_panel_without_one_of_its_three_is_none(elements):
    assert (not panel_obstacles(elements)) == (len(elements) == 3)


@FEW
@given(
    years=st.integers(0, 60),
    consent=st.sampled_from([None, *Consent]),
    number=st.sampled_from(["", " ", "3/2030"]),
)
def test_no_long_retention_ends_without_the_national_archive(years, consent, number):
    found = approval_obstacles(
        opinion="2/2030", consent=consent, consent_number=number, retention_years=years
    )
    enough = consent is Consent.NATIONAL or (consent is Consent.REGION and years < 10)
    assert (not found) == (enough and bool(number.strip()))
