"""What is traced for coverage: no way through the program is left out, and nobody is forgotten."""

from array import array
from datetime import date
from pathlib import Path

import pytest

import traced
from ppid.errors import BadInput
from ppid.law.term_kinds import add_months

ROOT = Path(__file__).resolve().parents[2]
PAGE, FORM, LIST = (f"tests/office/test_a.py::test_{one}" for one in ("page", "form", "list"))


def test_whose_ways_others_go_need_not_be_traced_and_the_dearest_go_first():
    ways = {PAGE: array("L", [1, 2]), FORM: array("L", [1, 2]), LIST: array("L", [2, 3])}

    assert traced.untraced(ways, {PAGE: 0.2, FORM: 0.9, LIST: 3}) == [FORM]


def test_who_alone_goes_a_way_is_traced_and_who_goes_none_that_is_seen():
    ways = {PAGE: array("L", [1]), FORM: array("L"), LIST: array("L", [2])}

    assert traced.untraced(ways, {PAGE: 1, FORM: 1, LIST: 1}) == []


def test_no_way_is_gone_by_nobody_however_many_go_it():
    ways = {name: array("L", [1]) for name in (PAGE, FORM, LIST)}

    assert traced.untraced(ways, {PAGE: 3, FORM: 2, LIST: 1}) == [PAGE, FORM][::-1]


def test_the_tests_of_a_folder_go_its_ways_without_those_of_another():
    other = "tests/sop/test_a.py::test_page"
    ways = {PAGE: array("L", [1]), other: array("L", [1])}

    assert traced.untraced(ways, dict.fromkeys(ways, 1)) == []


@pytest.mark.no_cover
def test_each_jump_from_line_to_line_is_a_way():
    recorder, month, no_month = traced.Recorder(), set(), set()

    with recorder.tracing(month):
        add_months(date(2026, 1, 31), 1)
    with recorder.tracing(no_month), pytest.raises(BadInput):
        add_months(date.max, 1)

    assert month - no_month
    assert no_month - month


def test_what_costs_nothing_is_traced():
    ways = {PAGE: array("L", [1]), FORM: array("L", [1])}

    assert traced.untraced(ways, {PAGE: 0.01, FORM: 0.01}) == []


def test_the_list_names_tests_of_files_that_are_there_and_may_be_left_out():
    known = traced.elsewhere()

    assert len(known) > 100
    assert {name for name in known if not (ROOT / name.partition("::")[0]).exists()} == set()
