"""Marks: what can be covered, where a mark lies in pixels, and which words tell."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ppid.errors import BadInput
from ppid.vault.redaction.covering import covering, label
from ppid.vault.redaction.marks import MOST_MARKS, PageSize, mark_findings, mark_of, within
from ppid.vault.redaction.wording import compact, telling, told

A4 = PageSize(595, 842)
PLACE = {"page": 1, "left": 72, "bottom": 700, "right": 172, "top": 714}


def mark(**more):
    return mark_of({**PLACE, "ground": "ps. 17 h", "reason": "data pribadi", **more})


def codes(*marks, pages=(A4,)):
    return [one.code for one in mark_findings(marks, pages)]


def test_a_good_mark_has_nothing_against_it():
    assert codes(mark()) == []


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"page": 2}, "mark_page_unknown"),
        ({"page": 0}, "mark_page_unknown"),
        ({"right": 596}, "mark_outside_page"),
        ({"left": -1}, "mark_outside_page"),
        ({"top": 701}, "mark_too_small"),
        ({"ground": " "}, "mark_without_ground"),
        ({"reason": ""}, "mark_without_reason"),
    ],
)
def test_each_mistake_of_a_mark_is_named_with_its_place(more, code):
    found = mark_findings([mark(), mark(**more)], [A4])
    assert [(one.code, one.place) for one in found] == [(code, "tanda 2")]


def test_no_mark_and_too_many_are_refused():
    assert codes() == ["mark_missing"]
    assert codes(*[mark()] * (MOST_MARKS + 1)) == ["mark_too_many"]


@pytest.mark.parametrize(
    "more", [{"left": "x"}, {"left": "nan"}, {"top": "inf"}, {"page": 1.5}, {"left": None}]
)
def test_what_is_no_number_is_refused(more):
    with pytest.raises(BadInput) as error:
        mark(**more)
    assert error.value.codes == ("mark_malformed",)


def test_a_mark_without_a_part_is_refused():
    with pytest.raises(BadInput):
        mark_of({"page": 1})


def test_a_part_that_is_closed_closes_no_whole_document():
    whole = mark(left=0, bottom=0, right=595, top=842)
    halves = (
        mark(left=0, bottom=0, right=595, top=421),
        mark(left=0, bottom=421, right=595, top=842),
    )

    assert codes(whole) == codes(*halves) == ["nothing_left_open"]
    assert codes(whole, pages=(A4, A4)) == []
    assert codes(halves[0]) == []


def test_a_mark_drawn_from_the_other_corner_is_the_same():
    drawn = mark(left=172, right=72, bottom=714, top=700)
    assert drawn == mark()
    assert mark_of(drawn.as_dict()) == drawn
    assert drawn.area == (1, 72, 700, 172, 714)


def test_a_mark_over_the_edge_is_cut_to_its_page():
    assert codes(within(mark(left=-5, right=600, bottom=-1, top=900), A4)) == ["nothing_left_open"]


places = st.floats(min_value=0, max_value=500, allow_nan=False).map(lambda one: round(one, 2))


@settings(max_examples=60, deadline=None)
@given(places, places, st.floats(0.5, 3.0))
def test_every_pixel_that_a_mark_touches_is_covered_and_none_far_from_it(left, bottom, scale):
    one = mark(left=left, bottom=bottom, right=left + 60, top=bottom + 12)
    x0, y0, x1, y1 = one.pixels(A4, scale=scale)

    assert x0 <= one.left * scale < x0 + 1
    assert x1 - 1 < one.right * scale <= x1
    assert y0 <= (A4.height - one.top) * scale < y0 + 1
    assert y1 - 1 < (A4.height - one.bottom) * scale <= y1
    mask, _ = covering([(1, one)], A4, scale=scale)
    assert mask.getbbox() == (x0, y0, x1, y1)


def test_a_box_has_its_number_and_ground_where_there_is_room():
    wide, narrow, tiny = (
        label(room, 3, ground="ps. 17 h", scale=2.78) for room in ((200, 40), (75, 30), (5, 5))
    )
    assert wide.getextrema() == narrow.getextrema() == (0, 255)
    assert tiny.getextrema() == (0, 0)
    lit = [sum(one.histogram()[128:]) for one in (wide, narrow)]
    assert lit[0] > lit[1]


@pytest.mark.parametrize(
    "text",
    [
        "Pasien Siti Aminah",
        "pasien SITI-AMINAH",
        "S i t i A m i n a h",
        "Siti Ami-\r\nnah",
        "Siti\u00ad Ami\u200bnah",
        "Siti\nAminah",
    ],
)
def test_a_name_is_found_in_every_guise(text):
    assert told(telling("Siti Aminah"), text)


@pytest.mark.parametrize(
    ("closed", "text", "tells"),
    [
        ("NIK 6474 0104 0591 0002", "nomor 6474010405910002", True),
        ("Rp12.500.000,00", "sebesar 12 500 000,00", True),
        ("oﬃsial ﬁnal", "offisial final", True),
        ("Ani", "Ani sakit", True),
        ("Ani", "A n i", True),
        ("Ani", "Indonesia ini", False),
        ("Data pasien rawat inap", "melindungi data pasien", False),
        ("Data pasien rawat inap", "pasien rawat inap", True),
        ("Nama: Siti Aminah, pasien", "Siti Aminah", True),
        ("lahir di Bontang", "Bontang", False),
        ("h", "huruf h", False),
        ("", "apa saja", False),
    ],
)
def test_what_tells_and_what_does_not(closed, text, tells):
    assert bool(told(telling(closed), text)) is tells


def test_the_compact_form_keeps_letters_and_digits_alone():
    assert compact(" A-b_c 1.2\n") == "abc12"
