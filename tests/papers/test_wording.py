"""Dates, numbers and NIP as officials write them."""

from datetime import date
from decimal import Decimal

import pytest

from ppid.papers.wording import day_in_words, nip, number, weekday


def test_a_day_is_written_with_its_month_in_words():
    assert day_in_words(date(2024, 7, 24)) == "24 Juli 2024"
    assert weekday(date(2024, 7, 24)) == "Rabu"


@pytest.mark.parametrize(
    ("value", "written"),
    [(7, "7"), (1234, "1.234"), (1234567, "1.234.567"), (Decimal("1234.56"), "1.234,56")],
)
def test_thousands_have_points_and_decimals_a_comma(value, written):
    assert number(value) == written


@pytest.mark.parametrize("digits", ["198001012005011001", "19800101 200501 1 001"])
def test_a_nip_stands_in_its_four_groups(digits):
    assert nip(digits) == "19800101 200501 1 001"


@pytest.mark.parametrize("other", ["", "12345", "NRP 12345678"])
def test_what_is_no_nip_stays_as_it_is(other):
    assert nip(other) == other
