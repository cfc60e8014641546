"""What stands in what, in which order, and where the next paper goes."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from ppid.office.places import (
    PlaceKind,
    Proposal,
    Shelf,
    Side,
    in_order,
    proposed_place,
    standing_obstacles,
)

CASES = tomllib.loads((Path(__file__).parent / "filing_order.toml").read_text())


def day(text):
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize("case", [pytest.param(one, id=one["kalimat"]) for one in CASES["kasus"]])
def test_a_paper_goes_where_its_end_belongs(case):
    shelves = [
        Shelf(str(number), tuple(day(one) for one in ends))
        for number, ends in enumerate(case["rak"])
    ]

    found = proposed_place(day(case["berakhir"]), shelves)

    assert found == Proposal(str(case["tempat"]), Side(case["sisi"]), day(case.get("tetangga", "")))


def test_without_a_shelf_nothing_is_proposed():
    assert proposed_place(date(2027, 1, 1), []) is None


@pytest.mark.parametrize(
    ("kind", "inside", "code"),
    [
        ("ruang", "gedung", None),
        ("boks", "ruang", None),
        ("folder", "boks", None),
        ("rak", None, None),
        ("laci", None, "place_without_room"),
        ("ruang", "boks", "place_inside_out"),
        ("boks", "boks", "place_inside_out"),
        ("rak", "lemari", "place_inside_out"),
    ],
)
def test_places_stand_in_larger_ones(kind, inside, code):
    found = standing_obstacles(PlaceKind(kind), PlaceKind(inside) if inside else None)
    assert [one.code for one in found] == ([code] if code else [])


def test_names_are_in_the_order_of_a_shelf():
    names = ["Boks 10", "boks 2", "Boks 1", "A", ""]
    assert sorted(names, key=in_order) == ["", "A", "Boks 1", "boks 2", "Boks 10"]
