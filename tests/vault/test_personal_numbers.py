"""Numbers of persons in a text: what is one, what is none, and how it is shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppid.vault.personal_numbers import NumberKind, excerpt, personal_numbers

NIK = "3171011708450001"


def kinds(text):
    return [one.kind for one in personal_numbers(text)]


@pytest.mark.parametrize(
    "text",
    [
        NIK,
        f"NIK: {NIK}.",
        "3171 0117 0845 0001",
        "3171.0117.0845.0001",
        "31-71-01-57-08-45-0001",  # a woman: forty is added to the day
        f"Nomor 5 {NIK} 12",
        "٣١٧١٠١١٧٠٨٤٥٠٠٠١",
        "3171011708450001",
        "31710117\u200b08450001",
        "3171\u20110117\u20110845\u20110001",
        "3171\u00a00117\u00a00845\u00a00001",
    ],
)
def test_a_nik_is_found_however_it_is_written(text):
    assert kinds(text) == [NumberKind.NIK]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("19650817 199003 1 002", NumberKind.NIP),
        ("196508171990032002", NumberKind.NIP),
        ("01.312.166.0-091.000", NumberKind.NPWP),
        ("016090524017000", NumberKind.NPWP),
        ("081234567890", NumberKind.MOBILE),
        ("+62 812-3456-7890", NumberKind.MOBILE),
    ],
)
def test_each_kind_of_number_is_known(text, kind):
    assert kinds(f"Catatan: {text}, selesai") == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "UU 14/2008 ps. 17 huruf h angka 3",
        "188.45/812/HUK/2024 tanggal 24-07-2024",
        "(0541) 738888",
        "Rp1.234.567.890.123.456",
        "9971011708450001",  # no such province
        "3171013102450001",  # no such day
        "196508171990033002",  # no such sex
        "196508171975031002",  # a servant of ten
        "196513171990031002",  # no such month
        "2019 2020 2021 2022",
        "123456789",
        "1" * 40,
        "",
    ],
)
def test_other_numbers_are_none(text):
    assert kinds(text) == []


def test_two_numbers_in_a_row_are_two():
    assert kinds(f"{NIK} 081234567890") == [NumberKind.NIK, NumberKind.MOBILE]


def test_an_excerpt_hides_every_number_and_says_where_it_was_cut():
    text = f"{'kata ' * 20}nomor {NIK} dan 081234567890 {'kata ' * 20}"
    first, second = personal_numbers(text)
    shown = excerpt(text, first, around=20)
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert "nomor █" in shown
    assert not any(letter.isdigit() for letter in shown + excerpt(text, second))


@given(st.text(), st.text())
def test_a_number_is_found_at_its_place_whatever_stands_around(before, after):
    text = f"{before}/ {NIK} /{after}"
    start = len(before) + 2
    assert any((one.start, one.end) == (start, start + 16) for one in personal_numbers(text))
