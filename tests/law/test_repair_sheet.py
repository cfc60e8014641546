"""The sheet that an old row gives to begin with, and the term that is suggested for it."""

from datetime import date

import pytest

from law.test_defects import entry
from ppid.law.consequence_sheet import ConsequenceTest, Part
from ppid.law.repair_sheet import sheet_from, suggested_term
from ppid.law.term_kinds import DateTerm

ON = date(2026, 1, 15)


def test_the_words_of_a_row_stand_where_the_sheet_has_them():
    old = entry(
        ringkasan="Register per pelapor.",
        dasar_hukum="UU 14/2008 ps. 17 huruf a angka 2; UU 31/2014 ps. 5; PP 61/2010 ps. 5; "
        "UU 31/2014 ps. 5",
    )

    found = sheet_from(old, on=ON)

    assert found == ConsequenceTest(
        document="Register pengaduan 2024",
        information="Nama dan alamat pelapor pengaduan pungutan liar. Register per pelapor",
        ground="a.2",
        statutes=("UU 14/2008 ps. 17 huruf a angka 2", "UU 31/2014 ps. 5"),
        consequence_if_open=old.consequence_if_open,
        consequence_if_closed=old.consequence_if_closed,
        part=Part.PART,
        parts="Nama, alamat, dan nomor telepon pelapor",
    )


def test_what_a_row_leaves_empty_stays_empty():
    old = entry(huruf="", dasar_hukum="", dibuka="-", ditutup="n/a", bagian="-", dokumen="–")

    found = sheet_from(old, on=ON)

    assert found == ConsequenceTest(information=old.title)


def test_of_two_grounds_none_is_chosen():
    old = entry(huruf="Pasal 17 huruf a dan h", dasar_hukum="")

    assert sheet_from(old, on=ON).ground == ""


def test_that_the_whole_is_closed_is_not_taken_over():
    found = sheet_from(entry(bagian="Seluruh dokumen"), on=ON)

    assert (found.part, found.parts) == (None, "")


def test_an_address_does_not_come_along():
    found = sheet_from(entry(dokumen="Register, https://drive.google.com/x 2024"), on=ON)

    assert found.document == "Register, 2024"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("s.d. 31 Desember 2027", DateTerm(date(2025, 1, 5), date(2027, 12, 31))),
        ("s.d. 15 Januari 2026", None),
        ("s.d. 16 Januari 2026", DateTerm(date(2025, 1, 5), date(2026, 1, 16))),
        ("Selama berlaku", None),
    ],
)
def test_nothing_is_suggested_that_has_ended(words, expected):
    assert suggested_term(entry(jangka_waktu=words), on=ON) == expected
