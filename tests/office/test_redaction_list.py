"""The list behind a public copy: what it says of each mark, and what of itself may be repeated."""

from dataclasses import replace
from datetime import date

import pytest

from office.offices import case_in, item_in, office
from papers.reading import faults, page_sizes, text_of
from ppid.law.grounds import grounds
from ppid.office.queries.papers.letterheads import letterhead
from ppid.office.queries.papers.redactions import ground_on_box, redaction_list, words_of_list
from ppid.office.queries.redactions import (
    ground_choices,
    ground_of_sheet,
    hit_lines,
    mark_lines,
)
from ppid.papers.press import press
from ppid.vault.redaction.checking import check
from ppid.vault.redaction.covering import label
from ppid.vault.redaction.marks import Mark, PageSize
from ppid.vault.redaction.pages import pages_of
from ppid.vault.redaction.searching import Hit
from vault.covered import copy_of, pdf

pytestmark = pytest.mark.django_db(databases=["default", "public"])
DAY = date(2026, 3, 9)
REASON = "Melindungi riwayat kesehatan seseorang."


@pytest.fixture
def item():
    walk = office()
    return item_in(walk, case_in(walk), title="Rekam medis Siti Aminah (internal)")


def marks(count=1, **more):
    values = {"left": 70, "right": 120, "ground": "ps. 17 h 2", "reason": REASON, **more}
    return [
        Mark(page=1 + at // 20, bottom=10 + 12 * (at % 20), top=20 + 12 * (at % 20), **values)
        for at in range(count)
    ]


def printed(item, listed):
    paper = redaction_list(item, listed, on=DAY)
    return press(paper, letterhead(item.body), on=DAY)


def test_each_mark_has_its_number_page_ground_and_reason(item):
    text = text_of(printed(item, [*marks(), *marks(ground="ps. 17 a", reason="Nama saksi.")]))

    assert f"1 1 Pasal 17 huruf h angka 2 {REASON}" in text
    assert "2 1 Pasal 17 huruf a Nama saksi." in text
    assert "Pasal 22 ayat (7) huruf e" in text


def test_the_list_names_the_item_by_its_public_title_only(item):
    text = text_of(printed(item, marks()))
    assert item.public_title in text
    assert "internal" not in text
    assert "Siti" not in text


def test_without_a_public_title_the_list_names_the_public_number(item):
    item.public_title = ""
    assert f"Informasi : {item.public_id}" in text_of(printed(item, marks()))


def test_the_list_is_a_paper_like_the_others_before_its_tags_are_left_out(item):
    paper = printed(item, marks(3))
    assert faults(paper) == set()
    assert page_sizes(paper) == [(210, 297)]


def test_a_list_of_many_marks_goes_on_over_pages_and_passes_with_its_copy(item):
    source = pdf(*[("baris",)] * 5)
    many = marks(90)
    paper = printed(item, many)
    copy = copy_of(source, many, paper=paper)

    assert len(page_sizes(paper)) > 1
    assert len(page_sizes(copy)) == 5 + len(page_sizes(paper))
    with pages_of(source) as shown:
        assert check(copy, shown, many).leaks == ()
    assert text_of(copy).split() == text_of(paper).split()


def test_what_the_list_says_of_itself_has_no_reason_in_it(item):
    said = words_of_list(item, marks(2), on=DAY)
    assert REASON not in said
    for part in (item.body.name, item.public_title, "9 Maret 2026", "huruf h angka 2"):
        assert part in said


def test_every_ground_has_its_own_words_on_the_box():
    known = grounds(on=DAY)
    words = [ground_on_box(one) for one in known]
    assert len(set(words)) == len(known) == len(ground_choices(on=DAY))
    assert words[:2] == ["ps. 17 a", "ps. 17 a 1"]


@pytest.mark.parametrize("number", [1, 25, 1999])
def test_every_ground_fits_on_a_box_of_a_short_word(number):
    scale = 200 / 72
    room = (round(70 * scale), round(12 * scale))
    for one in grounds(on=DAY):
        assert label(room, number, ground=ground_on_box(one), scale=scale).getbbox() is not None


def test_an_item_without_a_sheet_proposes_no_ground(item):
    assert ground_of_sheet(item, on=DAY) == ""


def test_boxes_lie_on_the_picture_from_its_upper_left_corner():
    size = PageSize(420, 340)
    (one,) = marks()
    (line,) = mark_lines([one], size, page=1)
    hit = Hit(7, 1, one.left, one.bottom, one.right, one.top)
    (found,) = hit_lines([hit], size, page=1)

    assert (line.number, line.x, line.y, line.width, line.height) == (1, 70, 320, 50, 10)
    assert replace(found, number=1) == line
    assert found.number == 7
    assert mark_lines([one], size, page=2) == hit_lines([hit], size, page=2) == ()
