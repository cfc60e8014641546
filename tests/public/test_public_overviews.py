"""The pages about a whole list: openings, figures, past days, differences; and all lists."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.db import connections
from django.test.utils import CaptureQueriesContext

from ppid.public.charts import Bar, bars, columns, legend
from ppid.public.comparison import compare
from ppid.public.intake import HistoryIn, accept
from ppid.public.models import Body, Edition
from ppid.public.openings import openings
from ppid.public.past_list import read_past_day
from ppid.public.statistics import statistics
from public.editions import ON_THE_OPEN_SITE, body_in, edition_in, entry_in

pytestmark = ON_THE_OPEN_SITE
TODAY = date(2026, 4, 20)
LINK = re.compile(r'href="/([a-z-]+)/informasi/([^"/]+)/"')
DECLARED = HistoryIn(date=date(2026, 4, 1), kind="dinyatakan_terbuka", text="Dibuka PPID.")


def page(client, address):
    with time_machine.travel("2026-04-20 05:00 +0000", tick=False):
        response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def shown(client, address):
    return [name for _, name in LINK.findall(page(client, address))]


def ids(part):
    return [entry.public_id for entry in part.entries]


# Openings


def openings_of(*entries):
    accept(edition_in(*entries))
    return openings(Body.objects.get(), on=TODAY)


def test_each_entry_stands_in_the_part_of_its_day():
    found = openings_of(
        entry_in("LALU", term_ends_on=TODAY - timedelta(days=10), history=(DECLARED,)),
        entry_in("HARI-INI", term_ends_on=TODAY, history=(DECLARED,)),
        entry_in("LAMA", term_ends_on=date(2025, 12, 1), history=(DECLARED,)),
        entry_in("SEGERA", term_ends_on=date(2026, 5, 1), opens_soon_from=date(2026, 3, 20)),
        entry_in("NANTI", term_ends_on=date(2026, 12, 1), opens_soon_from=date(2026, 10, 20)),
        entry_in("JAUH", term_ends_on=date(2030, 1, 1)),
        entry_in("TANPA", term_ends_on=None, event="perkara diputus"),
    )

    assert ids(found.lately) == ["HARI-INI", "LALU"]
    assert ids(found.soon) == ["SEGERA"]
    assert ids(found.ahead) == ["NANTI"]
    assert ids(found.overdue) == []


def test_what_the_law_opened_and_nobody_declared_is_overdue():
    found = openings_of(
        entry_in("DIAM", term_ends_on=date(2025, 8, 1)),
        entry_in("TEPAT", term_ends_on=TODAY, history=(DECLARED,)),
        entry_in("TUTUP", term_ends_on=TODAY + timedelta(days=1)),
    )

    assert ids(found.overdue) == ["DIAM"]


def test_a_long_part_says_that_there_is_more(monkeypatch):
    monkeypatch.setattr("ppid.public.openings.MOST", 2)

    found = openings_of(*[entry_in(f"E{n}", term_ends_on=TODAY) for n in range(3)])

    assert (len(found.overdue.entries), found.overdue.has_more) == (2, True)
    assert not found.soon.has_more


def test_the_page_of_openings_shows_the_parts(client):
    accept(edition_in(entry_in("A", term_ends_on=date(2026, 4, 1))))

    assert shown(client, "/kota-contoh/pembukaan/") == ["A", "A"]


# Figures


def figures(*entries):
    accept(edition_in(*entries))
    edition = Edition.objects.get()
    return statistics(edition.body, edition=edition, on=TODAY)


def test_what_is_closed_is_counted_with_and_without_a_day():
    found = figures(
        entry_in("A"),
        entry_in("B", term_ends_on=None, event="putusan"),
        entry_in("C", term_ends_on=None, event="putusan"),
        entry_in("D", term_ends_on=TODAY),
    )

    assert (found.closed.dated, found.closed.undated, found.closed.total) == (1, 2, 3)


def test_terms_are_told_by_letter_in_years():
    long = {"term_starts_on": date(2020, 1, 1), "term_ends_on": date(2030, 1, 1)}
    found = figures(
        entry_in("A", ground_label="Pasal 17 huruf a dan huruf h", **long),
        entry_in("B", ground_label="Pasal 17 huruf h angka 2"),
        entry_in("C", ground_label="Pasal 17 huruf i", term_ends_on=None, event="putusan"),
    )

    assert [
        (one.letter, one.count, one.shortest, one.mean, one.longest) for one in found.terms
    ] == [
        ("a", 1, 10.0, 10.0, 10.0),
        ("h", 2, 2.0, 6.0, 10.0),
        ("i", 1, None, None, None),
    ]


def test_openings_are_counted_by_year_and_by_who_opened():
    found = figures(
        entry_in("A", term_starts_on=date(2001, 1, 1), term_ends_on=date(2009, 5, 1)),
        entry_in("B", term_ends_on=TODAY, history=(DECLARED,)),
        entry_in("C", term_ends_on=TODAY),
    )

    first, *_, last = found.years
    assert (first.year, first.earlier, first.by_law) == (2015, True, 1)
    assert (last.year, last.declared, last.by_law, last.earlier) == (2026, 1, 1, False)
    assert len(found.years) == 12


def test_the_overdue_are_counted_by_agency():
    found = figures(
        entry_in("A", term_ends_on=TODAY, agency="Inspektorat"),
        entry_in("B", term_ends_on=TODAY),
        entry_in("C", term_ends_on=TODAY),
    )

    assert found.overdue == (("Dinas Komunikasi dan Informatika", 2), ("Inspektorat", 1))


def test_figures_are_counted_once_for_an_edition_and_day():
    accept(edition_in())
    edition = Edition.objects.get()
    once = statistics(edition.body, edition=edition, on=TODAY)

    with CaptureQueriesContext(connections[settings.PUBLIC_DATABASE]) as queries:
        again = statistics(edition.body, edition=edition, on=TODAY)

    assert again is once
    assert not queries


def test_every_picture_stands_beside_a_table_of_the_same_figures(client):
    accept(edition_in(entry_in("A"), entry_in("B", term_ends_on=TODAY)))

    text = page(client, "/kota-contoh/statistik/")

    assert text.count('<svg class="public-chart"') == text.count("<caption") == 4
    assert text.count('role="img"') == 4


def test_an_empty_list_has_no_pictures(client):
    accept(edition_in(entry_in(term_ends_on=None, event="x")))

    assert page(client, "/kota-contoh/statistik/").count("public-chart") == 2


@pytest.mark.parametrize("draw", [bars, columns])
def test_a_picture_holds_no_markup_of_its_labels(draw):
    drawn = draw([Bar("<b>&", (("main", 2.0), ("late", 0)))], label='"<x>')

    assert "<b>" not in drawn
    assert "<x>" not in drawn
    assert "style" not in drawn
    assert drawn.count("<rect") == 1


def test_a_picture_of_nothing_is_drawn_all_the_same():
    assert "<rect" not in bars([Bar("A", (("main", 0),))], label="x")
    assert "<svg" in columns([], label="x")
    assert legend([("main", "<i>")]).count("&lt;i&gt;") == 1


# The list of a past day


def editions_of_three_days():
    for number, (day, entries) in enumerate(
        (
            (1, [entry_in("A", title="Judul lama"), entry_in("B")]),
            (11, [entry_in("A", title="Judul baru"), entry_in("B")]),
            (21, [entry_in("A", title="Judul baru"), entry_in("B"), entry_in("C")]),
        ),
        start=1,
    ):
        moment = datetime(2026, 3, day, 3, 0, tzinfo=UTC)
        accept(edition_in(*entries, number=number, published_at=moment))


@pytest.mark.parametrize(
    ("day", "title", "names", "edition"),
    [
        ("2026-03-01", "Judul lama", ["B", "A"], 1),
        ("2026-03-10", "Judul lama", ["B", "A"], 1),
        ("2026-03-11", "Judul baru", ["B", "A"], 2),
        ("2026-04-19", "Judul baru", ["C", "B", "A"], 3),
    ],
)
def test_a_past_day_shows_what_its_newest_edition_said(client, day, title, names, edition):
    editions_of_three_days()

    text = page(client, f"/kota-contoh/?pada={day}")

    assert [name for _, name in LINK.findall(text)] == names
    assert title in text
    assert f"/kota-contoh/edisi/{edition}/" in text


def test_before_the_first_edition_there_was_no_list_here(client):
    editions_of_three_days()

    text = page(client, "/kota-contoh/?pada=2026-02-28")

    assert "belum ada edisi" in text
    assert not LINK.findall(text)


@pytest.mark.parametrize("asked", ["2026-04-20", "2030-01-01", "kemarin", "2026-02-30"])
def test_a_day_that_is_not_past_gives_the_list_of_today(client, asked):
    editions_of_three_days()

    text = page(client, f"/kota-contoh/?pada={asked}")

    assert len(LINK.findall(text)) == 3
    assert "bukan hari yang sudah lewat" in text


def test_a_status_is_that_of_the_past_day(client):
    moment = datetime(2026, 3, 1, tzinfo=UTC)
    accept(edition_in(entry_in("A", term_ends_on=date(2026, 4, 1)), published_at=moment))

    assert shown(client, "/kota-contoh/?pada=2026-03-31&status=dikecualikan") == ["A"]
    assert shown(client, "/kota-contoh/?pada=2026-04-01&status=dikecualikan") == []
    assert shown(client, "/kota-contoh/?pada=2026-04-01&status=terbuka") == ["A"]


def test_a_past_list_is_filtered_by_what_it_said_then(client):
    moments = [datetime(2026, 3, day, tzinfo=UTC) for day in (1, 11)]
    accept(edition_in(entry_in("A", agency="Inspektorat"), published_at=moments[0]))
    accept(
        edition_in(
            entry_in("A", agency="Satpol PP", title="Denah gudang"),
            entry_in("B", agency="Inspektorat"),
            number=2,
            published_at=moments[1],
        )
    )

    assert shown(client, "/kota-contoh/?pada=2026-03-05&perangkat=Inspektorat") == ["A"]
    assert shown(client, "/kota-contoh/?pada=2026-03-15&perangkat=Inspektorat") == ["B"]
    assert shown(client, "/kota-contoh/?pada=2026-03-15&cari=gudang") == ["A"]


def test_a_past_list_goes_on_page_by_page(client):
    accept(edition_in(*[entry_in(f"E{n:02}") for n in range(30)]))

    first = page(client, "/kota-contoh/?pada=2026-04-01")
    onward = re.search(r'href="\?([^"]+)" rel="next"', first)[1].replace("&amp;", "&")
    second = shown(client, f"/kota-contoh/?{onward}")

    assert len(LINK.findall(first)) == 25
    assert second == [f"E{n:02}" for n in range(4, -1, -1)]


def test_a_past_day_of_the_address_counts_in_the_bodys_calendar():
    accept(edition_in(published_at=datetime(2026, 3, 1, 17, 30, tzinfo=UTC)))
    body = Body.objects.get()

    assert read_past_day({"pada": "2026-03-01"}, body, today=TODAY).edition is None
    assert read_past_day({"pada": "2026-03-02"}, body, today=TODAY).edition.number == 1


# Differences between editions


def test_two_editions_differ_by_what_stands_otherwise():
    accept(edition_in(entry_in("A", reason="Satu."), entry_in("B"), entry_in("D", reason="Satu.")))
    accept(
        edition_in(
            entry_in("A", reason="Dua."), entry_in("B"), entry_in("D", reason="Dua."), number=2
        )
    )
    accept(
        edition_in(
            entry_in("A", reason="Tiga."),
            entry_in("B"),
            entry_in("C"),
            entry_in("D", reason="Satu."),
            number=3,
        )
    )
    body = Body.objects.get()

    found = compare(body, older=1, newer=3).differences

    assert [(one.public_id, one.is_new) for one in found] == [("A", False), ("C", True)]
    (change,) = found[0].changes
    assert (change.before, change.after) == ("Satu.", "Tiga.")
    assert compare(body, older=2, newer=2).differences == ()


def test_differences_go_on_page_by_page(client, monkeypatch):
    monkeypatch.setattr("ppid.public.comparison.PAGE", 2)
    accept(edition_in(entry_in("A")))
    accept(edition_in(*[entry_in(name) for name in "ABCD"], number=2))

    first = page(client, "/kota-contoh/edisi/banding/?dari=1&sampai=2")
    onward = re.search(r'rel="next" href="\?([^"]+)"', first)[1].replace("&amp;", "&")

    assert [name for _, name in LINK.findall(first)] == ["B", "C"]
    assert shown(client, f"/kota-contoh/edisi/banding/?{onward}") == ["D"]


@pytest.mark.parametrize("asked", ["", "?dari=9&sampai=9", "?dari=2&sampai=1", "?dari=x&sampai=0"])
def test_editions_are_put_in_order_and_kept_within_what_there_is(client, asked):
    accept(edition_in())
    accept(edition_in(entry_in(title="Lain"), number=2))

    assert "<h1" in page(client, f"/kota-contoh/edisi/banding/{asked}")


def test_editions_that_read_the_same_say_so(client):
    accept(edition_in())
    accept(edition_in(number=2))

    assert "berbunyi sama" in page(client, "/kota-contoh/edisi/banding/?dari=1&sampai=2")


# Over all bodies


@pytest.fixture
def two_bodies():
    accept(edition_in(entry_in("A", title="Denah gudang")))
    east = body_in(slug="kota-timur", name="Kota Timur", timezone="Asia/Jayapura")
    entries = (
        entry_in("B", title="Denah kantor", ground_label="Pasal 17 huruf h"),
        entry_in("X", title="Persandian", term_ends_on=date(2026, 4, 21)),
    )
    accept(edition_in(*entries, body=east))


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("cari=denah", {("kota-contoh", "A"), ("kota-timur", "B")}),
        ("cari=denah&badan=kota-timur", {("kota-timur", "B")}),
        ("cari=denah&huruf=h", {("kota-timur", "B")}),
        ("huruf=h", {("kota-timur", "B")}),
        ("cari=persanndian", {("kota-timur", "X")}),
        ("cari=xylofon", set()),
        ("", set()),
        ("badan=tidak-ada&status=lain&halaman=x", set()),
    ],
)
def test_all_lists_are_searched_at_once(client, two_bodies, asked, expected):
    assert set(LINK.findall(page(client, f"/cari/?{asked}"))) == expected


def test_a_status_over_all_lists_is_that_of_each_bodys_own_day(client, two_bodies):
    with time_machine.travel("2026-04-20 16:30 +0000", tick=False):  # the 21st in WIT, not in WIB
        text = client.get("/cari/?status=terbuka").content.decode()

    assert LINK.findall(text) == [("kota-timur", "X")]


def test_hits_over_all_lists_go_on_page_by_page(client):
    accept(edition_in(*[entry_in(f"E{n:02}", title="Denah") for n in range(30)]))

    for asked in ("cari=denah", "huruf=c"):
        second = shown(client, f"/cari/?{asked}&halaman=2")
        assert len(shown(client, f"/cari/?{asked}")) == 25
        assert len(second) == 5


def test_a_mistyped_word_costs_a_bounded_number_of_queries(client, two_bodies):
    with CaptureQueriesContext(connections[settings.PUBLIC_DATABASE]) as queries:
        page(client, "/cari/?cari=" + "+".join(f"persanndian{n}x" for n in range(30)))

    assert len(queries) <= 4 + 2 * 12


def test_the_guide_names_every_ground_with_its_article(client):
    text = page(client, "/bantuan/")

    assert all(f'id="huruf-{letter}"' in text for letter in "abcdefghij")
    assert "100 hari kerja" in text
