"""The edges: on which day an edition counts, and what any two editions say differently."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from ppid.public.comparison import compare
from ppid.public.intake import accept
from ppid.public.models import Body, EntryVersion
from ppid.public.openings import openings
from ppid.public.past_list import entry_then, read_past_day
from public.editions import ON_THE_OPEN_SITE, body_in, edition_in, entry_in

pytestmark = ON_THE_OPEN_SITE
TODAY = date(2026, 4, 20)
LINK = re.compile(r'href="/kota-contoh/informasi/([^"/]+)/"')
HEADING = re.compile(r"Beda edisi (\d+) dan edisi (\d+)")


def page(client, address):
    with time_machine.travel("2026-04-20 05:00 +0000", tick=False):
        response = client.get(f"/kota-contoh/{address}")
    assert response.status_code == 200
    return response.content.decode()


# The list of a past day


@pytest.mark.parametrize(
    ("zone", "moment", "first"),
    [
        ("Asia/Jakarta", "2026-03-01T16:59:59", "2026-03-01"),
        ("Asia/Jakarta", "2026-03-01T17:00:00", "2026-03-02"),
        ("Asia/Pontianak", "2026-03-01T17:00:00", "2026-03-02"),
        ("Asia/Makassar", "2026-03-01T15:59:59", "2026-03-01"),
        ("Asia/Makassar", "2026-03-01T16:00:00", "2026-03-02"),
        ("Asia/Jayapura", "2026-03-01T14:59:59", "2026-03-01"),
        ("Asia/Jayapura", "2026-03-01T15:00:00", "2026-03-02"),
    ],
)
def test_an_edition_counts_from_the_bodys_own_day_on(zone, moment, first):
    published = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    accept(edition_in(body=body_in(timezone=zone), published_at=published))
    body, day = Body.objects.get(), date.fromisoformat(first)

    def newest(one):
        edition = read_past_day({"pada": one.isoformat()}, body, today=TODAY).edition
        return edition.number if edition else 0

    assert [newest(day + timedelta(days=n)) for n in (-1, 0, 1)] == [0, 1, 1]


def test_of_two_editions_of_one_day_the_second_counts(client):
    morning, evening = (datetime(2026, 3, 1, hour, tzinfo=UTC) for hour in (1, 16))
    accept(edition_in(entry_in("A", title="Pagi"), published_at=morning))
    accept(edition_in(entry_in("A", title="Malam"), number=2, published_at=evening))

    text = page(client, "?pada=2026-03-01")

    assert "Malam" in text
    assert "Pagi" not in text


@pytest.mark.parametrize(
    "asked", ["0001-01-01", "0001-01-02", "1900-01-01", "20260301", "2026-W09-7"]
)
def test_a_day_long_past_or_written_otherwise_is_answered_calmly(client, asked):
    accept(edition_in(published_at=datetime(2026, 3, 1, tzinfo=UTC)))

    assert len(LINK.findall(page(client, f"?pada={asked}"))) == (not asked.startswith(("0", "1")))


@pytest.mark.parametrize("before", ["x", "-1", "²", "9" * 18, "9" * 5000])
def test_a_mark_that_is_none_begins_the_past_list_anew(client, before):
    accept(edition_in(entry_in("A")))

    assert LINK.findall(page(client, f"?pada=2026-04-01&sebelum={before}")) == ["A"]


def test_an_entry_of_then_holds_every_word_and_day_of_then():
    given = entry_in(
        event="perkara diputus",
        review_on=date(2026, 9, 1),
        opens_on=date(2027, 1, 1),
        opens_soon_from=date(2026, 11, 1),
        opened_reason="Alasannya hilang.",
    )
    accept(edition_in(given))

    then = entry_then(EntryVersion.objects.get())

    names = set(type(given).__dataclass_fields__) - {"legal_basis", "history"}
    assert {name: getattr(then, name) for name in names} == {
        name: getattr(given, name) for name in names
    }
    assert (then.legal_basis, then.open_from) == (list(given.legal_basis), date(2027, 1, 1))


# Openings


@pytest.mark.parametrize(
    ("opens_in", "soon_since", "parts"),
    [
        (-91, None, {"overdue"}),
        (-90, None, {"overdue"}),
        (-89, None, {"lately", "overdue"}),
        (0, None, {"lately", "overdue"}),
        (0, 40, {"lately", "overdue"}),
        (1, None, {"ahead"}),
        (1, 0, {"soon"}),
        (1, 40, {"soon"}),
        (40, 0, {"soon"}),
        (40, -1, {"ahead"}),
        (365, None, {"ahead"}),
        (366, None, set()),
        (366, 0, {"soon"}),
    ],
)
def test_an_entry_stands_where_its_day_puts_it(opens_in, soon_since, parts):
    soon = None if soon_since is None else TODAY - timedelta(days=soon_since)
    accept(edition_in(entry_in(term_ends_on=TODAY + timedelta(opens_in), opens_soon_from=soon)))

    found = openings(Body.objects.get(), on=TODAY)

    assert {name for name in found.__slots__ if getattr(found, name).entries} == parts


def test_openings_of_one_body_are_not_those_of_another(client):
    late = {"term_ends_on": date(2026, 4, 1)}
    accept(edition_in(entry_in("A", **late)))
    accept(edition_in(entry_in("LAIN", **late), body=body_in(slug="kota-lain")))

    assert set(LINK.findall(page(client, "pembukaan/"))) == {"A"}


# Any two editions


@pytest.fixture
def four_editions():
    """A is renamed and named back, B changes once, C comes and changes, D comes last."""
    new_name = {"title": "Judul baru", "agency": "Inspektorat"}
    longer = {"term_ends_on": date(2028, 7, 1), "term_text": "3 tahun"}
    other = {"legal_basis": ("UU 14/2008 ps. 17 huruf c", "UU 1/2024")}
    said = (
        [entry_in("A"), entry_in("B")],
        [entry_in("A", **new_name), entry_in("B"), entry_in("C")],
        [entry_in("A", **new_name), entry_in("B", **longer), entry_in("C")],
        [entry_in("A"), entry_in("B", **longer), entry_in("C", **other), entry_in("D")],
    )
    for number, entries in enumerate(said, start=1):
        accept(edition_in(*entries, number=number))


NEW, NAME, TERM, BASIS = (), ("agency", "title"), ("term_ends_on", "term_text"), ("legal_basis",)
DIFFERENT = {
    (1, 1): {},
    (1, 2): {"A": NAME, "C": NEW},
    (1, 3): {"A": NAME, "B": TERM, "C": NEW},
    (1, 4): {"B": TERM, "C": NEW, "D": NEW},
    (2, 3): {"B": TERM},
    (2, 4): {"A": NAME, "B": TERM, "C": BASIS, "D": NEW},
    (3, 4): {"A": NAME, "C": BASIS, "D": NEW},
    (4, 4): {},
}


@pytest.mark.parametrize(("pair", "differences"), DIFFERENT.items())
def test_two_editions_differ_as_counted_by_hand(client, four_editions, pair, differences):
    older, newer = pair

    found = compare(Body.objects.get(), older=older, newer=newer).differences
    asked = f"/api/v1/bodies/kota-contoh/changes?since={older}&until={newer}"
    items = client.get(asked).json()["items"]

    assert {one.public_id: tuple(sorted(one.names)) for one in found} == differences
    assert {one["public_id"]: tuple(sorted(one["fields"])) for one in items} == differences
    assert {one["kind"] for one in items if not differences[one["public_id"]]} <= {"added"}
    assert {one["kind"] for one in items if differences[one["public_id"]]} <= {"changed"}


@pytest.mark.parametrize("pair", DIFFERENT)
def test_two_editions_differ_the_same_in_either_order(client, four_editions, pair):
    older, newer = pair

    there = page(client, f"edisi/banding/?dari={older}&sampai={newer}")
    back = page(client, f"edisi/banding/?dari={newer}&sampai={older}")

    assert LINK.findall(there) == LINK.findall(back) == list(DIFFERENT[pair])
    assert HEADING.findall(there) == HEADING.findall(back) == [(str(older), str(newer))]
    assert ("berbunyi sama" in there) == (not DIFFERENT[pair])


@pytest.mark.parametrize(
    ("asked", "pair"),
    [
        ("", ("3", "4")),
        ("?dari=1", ("1", "4")),
        ("?sampai=2", ("1", "2")),
        ("?dari=0&sampai=1", ("1", "1")),
        ("?dari=9&sampai=9", ("4", "4")),
        ("?dari=2&sampai=9", ("2", "4")),
        ("?dari=9&sampai=2", ("2", "4")),
        ("?dari=x&sampai=-2", ("3", "4")),
        ("?dari=²&sampai=4", ("3", "4")),
        (f"?dari={'9' * 5000}", ("3", "4")),
    ],
)
def test_an_edition_that_is_none_gives_the_nearest_that_is(client, four_editions, asked, pair):
    assert HEADING.findall(page(client, f"edisi/banding/{asked}")) == [pair]


def test_a_difference_shows_days_and_lists_as_people_read_them(client, four_editions):
    text = page(client, "edisi/banding/?dari=1&sampai=3")
    basis = page(client, "edisi/banding/?dari=3&sampai=4")

    assert "<del>1 Juli 2027</del>" in text
    assert "<ins>1 Juli 2028</ins>" in text
    assert "<ins>UU 14/2008 ps. 17 huruf c; UU 1/2024</ins>" in basis
