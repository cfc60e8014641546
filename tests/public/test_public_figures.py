"""The page of figures against a sample counted by hand: numbers, tables and pictures agree."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
import time_machine
from defusedxml.ElementTree import fromstring

from ppid.public.intake import HistoryIn, accept
from ppid.public.models import Edition
from ppid.public.statistics import Closed, TermOfGround, statistics
from public.editions import ON_THE_OPEN_SITE, edition_in, entry_in

pytestmark = ON_THE_OPEN_SITE
TODAY = date(2026, 4, 20)
SVG = "{http://www.w3.org/2000/svg}"
FIGURE = re.compile(r'<section class="public-figure">.*?</section>', re.DOTALL)
PICTURE = re.compile(r'<svg class="public-chart".*?</svg>', re.DOTALL)
ROW = re.compile(r'<th scope="row"[^>]*>(.*?)</th>(.*?)</tr>', re.DOTALL)
CELL = re.compile(r"<td[^>]*>(.*?)</td>", re.DOTALL)
HEALTH, AUDIT = "Dinas Kesehatan", "Inspektorat"
UNDATED = {"term_ends_on": None, "event": "putusan tetap"}


def ground(letters):
    return {"ground_label": f"Pasal 17 huruf {letters}"}


def term(start, end):
    return {"term_starts_on": date.fromisoformat(start), "term_ends_on": date.fromisoformat(end)}


DECLARED = {
    "opens_on": date(2023, 12, 1),
    "history": (HistoryIn(date=date(2023, 12, 1), kind="dinyatakan_terbuka", text="Dibuka."),),
}
SAMPLE = [
    entry_in("A", agency=AUDIT, **ground("a"), **term("2016-01-01", "2036-01-01")),
    entry_in("B", agency=HEALTH, **ground("h angka 2"), **term("2024-01-01", "2029-01-01")),
    entry_in("C", agency=HEALTH, **ground("h"), **UNDATED),
    entry_in("D", agency=AUDIT, **ground("i"), **UNDATED),
    entry_in("E", agency=HEALTH, **ground("c"), **term("2020-01-01", "2026-01-01")),
    entry_in("F", agency=AUDIT, **ground("c"), **term("2020-01-01", "2024-01-01"), **DECLARED),
    entry_in("G", agency=AUDIT, **ground("c"), **term("2010-01-01", "2012-01-01")),
    entry_in("H", agency=HEALTH, **ground("c dan h"), **term("2023-04-20", "2026-04-20")),
]
"""Two closed with a day, two without, four open: one declared, three by law alone."""


@pytest.fixture
def sample():
    accept(edition_in(*SAMPLE))


def counted(on):
    edition = Edition.objects.get()
    return statistics(edition.body, edition=edition, on=on)


def figures(client, address="/kota-contoh/statistik/"):
    """Each figure of the page: its picture, and the rows of its table."""
    with time_machine.travel("2026-04-20 05:00 +0000", tick=False):
        text = client.get(address).content.decode()
    found = []
    for section in FIGURE.findall(text):
        rows = [(unescape(name), CELL.findall(cells)) for name, cells in ROW.findall(section)]
        found.append((fromstring(PICTURE.search(section)[0]), rows))
    return found


def words(picture):
    return [one.text for one in picture.iter(f"{SVG}text")]


def lengths(picture, side):
    return [(one.get("class"), float(one.get(side))) for one in picture.iter(f"{SVG}rect")]


@pytest.mark.parametrize(
    ("on", "dated", "undated"),
    [
        ("2009-12-31", 6, 2),
        ("2011-12-31", 6, 2),
        ("2012-01-01", 5, 2),
        ("2023-11-30", 5, 2),
        ("2023-12-01", 4, 2),
        ("2025-12-31", 4, 2),
        ("2026-01-01", 3, 2),
        ("2026-04-19", 3, 2),
        ("2026-04-20", 2, 2),
        ("2029-01-01", 1, 2),
        ("2036-01-01", 0, 2),
    ],
)
def test_what_is_closed_falls_on_the_very_day_on_which_a_term_ends(sample, on, dated, undated):
    assert counted(date.fromisoformat(on)).closed == Closed(dated, undated)


def test_terms_by_letter_are_those_counted_by_hand(sample):
    assert counted(TODAY).terms == (
        TermOfGround("a", count=1, with_end=1, shortest=20.0, mean=20.0, longest=20.0),
        TermOfGround("c", count=4, with_end=4, shortest=2.0, mean=3.8, longest=6.0),
        TermOfGround("h", count=3, with_end=2, shortest=3.0, mean=4.0, longest=5.0),
        TermOfGround("i", count=1, with_end=0, shortest=None, mean=None, longest=None),
    )


def test_openings_by_year_are_those_counted_by_hand(sample):
    years = counted(TODAY).years

    opened = {one.year: (one.declared, one.by_law) for one in years if one.declared or one.by_law}
    assert opened == {2015: (0, 1), 2023: (1, 0), 2026: (0, 2)}
    assert [one.year for one in years] == list(range(2015, 2027))
    assert [one.year for one in years if one.earlier] == [2015]


@pytest.mark.parametrize(
    ("on", "overdue"),
    [
        ("2012-01-01", ((AUDIT, 1),)),
        ("2024-06-01", ((AUDIT, 1),)),
        ("2026-04-19", ((HEALTH, 1), (AUDIT, 1))),
        ("2026-04-20", ((HEALTH, 2), (AUDIT, 1))),
        ("2029-01-01", ((HEALTH, 3), (AUDIT, 1))),
        ("2036-01-01", ((HEALTH, 3), (AUDIT, 2))),
    ],
)
def test_the_overdue_are_counted_without_what_ppid_declared(sample, on, overdue):
    assert counted(date.fromisoformat(on)).overdue == overdue


def test_before_anything_opened_there_are_no_years_and_nobody_is_late(sample):
    early = counted(date(2011, 12, 31))

    assert (early.years, early.overdue) == ((), ())


def test_the_agencies_that_are_late_are_the_first_ten_by_number_and_name():
    late = [
        entry_in(f"E{n:02}-{m}", agency=f"Dinas {n:02}", term_ends_on=TODAY - timedelta(days=m))
        for n in range(12)
        for m in range(3 if n == 11 else 1)
    ]
    accept(edition_in(*late))

    found = counted(TODAY).overdue

    assert found == (("Dinas 11", 3), *((f"Dinas {n:02}", 1) for n in range(9)))


def test_the_tables_hold_the_figures_counted_by_hand(client, sample):
    closed, terms, years, overdue = [dict(rows) for _, rows in figures(client)]

    assert closed == {"Bertanggal": ["2"], "Tanpa tanggal": ["2"]}
    assert terms == {
        "Huruf a": ["1", "20,0", "20,0", "20,0"],
        "Huruf c": ["4", "2,0", "3,8", "6,0"],
        "Huruf h": ["3", "3,0", "4,0", "5,0"],
        "Huruf i": ["1", "–", "–", "–"],
    }
    assert years["s.d. 2015"] == ["0", "1"]
    assert (years["2023"], years["2024"], years["2026"]) == (["1", "0"], ["0", "0"], ["0", "2"])
    assert overdue == {HEALTH: ["2"], AUDIT: ["1"]}


def test_lying_bars_bear_the_names_figures_and_lengths_of_their_tables(client, sample):
    for (picture, rows), column in zip(figures(client), (0, 2, None, 0), strict=True):
        if column is None:
            continue
        said = words(picture)
        assert dict(zip(said[::2], said[1::2], strict=True)) == {
            name: cells[column] for name, cells in rows
        }
        told = [cells[column].replace(",", ".") for _, cells in rows if cells[column] != "–"]
        drawn = [wide for _, wide in lengths(picture, "width")]
        most = max(float(one) for one in told)
        assert drawn == pytest.approx([340 * float(one) / most for one in told], abs=0.01)


def test_standing_bars_are_as_high_as_the_numbers_of_their_table(client, sample):
    picture, rows = figures(client)[2]

    told = [
        (kind, 156 * int(cell) / 2)
        for _, cells in rows
        for kind, cell in zip(("chart-main", "chart-second"), cells, strict=True)
        if cell != "0"
    ]
    assert lengths(picture, "height") == told
    assert [one for one in words(picture) if one in dict(rows)] == [name for name, _ in rows]


def test_the_english_page_has_the_same_figures(client, sample):
    ours, theirs = figures(client), figures(client, "/en/kota-contoh/statistik/")

    plain = [[[c.replace(",", ".") for c in cells] for _, cells in rows] for _, rows in ours]
    assert plain == [[cells for _, cells in rows] for _, rows in theirs]
    assert [name for name, _ in theirs[0][1]] != [name for name, _ in ours[0][1]]


def test_every_picture_is_told_and_holds_nothing_but_shapes_and_words(client, sample):
    for picture, _ in figures(client):
        assert picture.get("aria-label")
        assert {one.tag for one in picture.iter()} <= {
            SVG + name for name in ("svg", "rect", "path", "text")
        }
        _, _, wide, high = map(float, picture.get("viewBox").split())
        for box in picture.iter(f"{SVG}rect"):
            x, y, width, height = (float(box.get(n)) for n in ("x", "y", "width", "height"))
            assert 0 <= x <= x + width <= wide + 0.01
            assert 0 <= y <= y + height <= high + 0.01
