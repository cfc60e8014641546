"""How much a field of an edition may hold, to the letter and to the day; and what is derived."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from ppid.errors import BadInput, Refused
from ppid.public.edition import (
    content_hash,
    declared_on,
    entries_root,
    entry_hash,
    first_open_day,
    ground_letters,
)
from ppid.public.edition_check import RESERVED_SLUGS, TIMEZONES, mistakes
from ppid.public.intake import HistoryIn, accept
from ppid.public.models import Edition
from public.editions import ON_THE_OPEN_SITE, PUBLISHED_AT, body_in, edition_in, entry_in, note

pytestmark = ON_THE_OPEN_SITE
GROUND = "Pasal 17 huruf c"
MOST = {
    "agency": 200,
    "title": 300,
    "reason": 4000,
    "term_text": 500,
    "decree_number": 200,
    "consequence_if_open": 4000,
    "consequence_if_closed": 4000,
    "event": 500,
    "opened_reason": 1000,
}
"""Letters that each field may hold at most; said here once more, so that a change is noticed."""


def codes(edition):
    return tuple(finding.code for finding in mistakes(edition))


def codes_of(**values):
    return codes(edition_in(entry_in(**values)))


@pytest.mark.parametrize(("name", "most"), MOST.items())
def test_a_field_holds_its_most_and_not_a_letter_more(name, most):
    assert codes_of(**{name: "é" * most}) == ()
    assert codes_of(**{name: "é" * (most + 1)}) == ("text_too_long",)


@pytest.mark.parametrize("name", MOST)
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "text_missing"),
        (" \n\u00a0", "text_missing"),
        (7, "wrong_type"),
        ("a\x1bb", "text_control"),
        ("a\u2066b", "text_control"),
    ],
)
def test_a_field_holds_words_that_can_be_seen(name, text, code):
    assert codes_of(**{name: text}) == (code,)


@pytest.mark.parametrize("text", ["dua\nbaris", "tab\there", "Ünïcode ✓", "كتاب", "a\u200db"])
def test_lines_and_letters_of_any_script_are_words(text):
    assert codes_of(reason=text, title=text) == ()


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"ground_label": GROUND + "x" * (200 - len(GROUND))}, "ground_without_letter"),
        ({"ground_label": GROUND + " " * (200 - len(GROUND))}, None),
        ({"ground_label": GROUND + " " * (201 - len(GROUND))}, "text_too_long"),
        ({"legal_basis": ("x" * 500,) * 30}, None),
        ({"legal_basis": ("x", "x" * 501)}, "text_too_long"),
        ({"legal_basis": ("x", " ")}, "text_missing"),
        ({"legal_basis": None}, "wrong_type"),
        ({"public_id": "x" * 64}, None),
        ({"public_id": "x" * 65}, "public_id_form"),
        ({"public_id": "-x"}, "public_id_form"),
        ({"public_id": "a b"}, "public_id_form"),
        ({"public_id": "a\n"}, "public_id_form"),
        ({"public_id": "é"}, "public_id_form"),
        ({"scope": ""}, "scope_unknown"),
        ({"scope": "Seluruhnya"}, "scope_unknown"),
        ({"scope": "sebagian"}, None),
        ({"term_ends_on": date(2025, 7, 1)}, None),
        ({"opens_on": date(2027, 7, 1)}, None),
        ({"opens_on": date(2040, 1, 1), "term_ends_on": None, "event": "putusan"}, None),
        ({"review_on": datetime(2026, 1, 1, tzinfo=UTC)}, "wrong_type"),
        ({"opens_soon_from": 20260101}, "wrong_type"),
        ({"term_starts_on": None}, "wrong_type"),
        ({"history": []}, "wrong_type"),
    ],
)
def test_an_entry_is_usable_up_to_its_bounds(values, code):
    assert codes_of(**values) == ((code,) if code else ())


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ({"text": "x" * 1000}, None),
        ({"text": "x" * 1001}, "text_too_long"),
        ({"text": ""}, "text_missing"),
        ({"text": "a\x00"}, "text_control"),
        ({"kind": "Ditinjau"}, "history_kind_unknown"),
        ({"date": datetime(2026, 1, 1, tzinfo=UTC)}, "wrong_type"),
    ],
)
def test_a_line_of_history_is_usable_up_to_its_bounds(line, code):
    told = HistoryIn(**({"date": date(2026, 1, 1), "kind": "ditinjau", "text": "Ya."} | line))

    assert codes_of(history=(told,)) == ((code,) if code else ())


@pytest.mark.parametrize(
    ("values", "code"),
    [
        *(({"slug": slug}, "slug_reserved") for slug in sorted(RESERVED_SLUGS)),
        *(({"timezone": zone}, None) for zone in TIMEZONES),
        ({"timezone": "UTC"}, "timezone_unknown"),
        ({"slug": "ab"}, None),
        ({"slug": "a" * 50}, None),
        ({"slug": "a" * 51}, "slug_form"),
        ({"slug": "a"}, "slug_form"),
        ({"slug": "1a"}, "slug_form"),
        ({"slug": "a_b"}, "slug_form"),
        ({"slug": "ab\n"}, "slug_form"),
        ({"slug": 7}, "slug_form"),
        ({"name": "x" * 200}, None),
        ({"name": "x" * 201}, "text_too_long"),
        ({"site_text": ""}, None),
        ({"site_text": "x" * 4000}, None),
        ({"site_text": None}, "wrong_type"),
        ({"site_text": "\u202e"}, "text_control"),
    ],
)
def test_a_body_is_usable_up_to_its_bounds(values, code):
    assert codes(edition_in(body=body_in(**values))) == ((code,) if code else ())


def test_each_mistake_says_where_it_stands():
    wrong = entry_in("A", title="", legal_basis=(), review_on="besok", history=(7,))
    edition = edition_in(wrong, body=body_in(slug="A", name=""), number=1)

    assert [finding.place for finding in mistakes(replace(edition, number=0))] == [
        "body: name",
        "body.slug",
        "number",
        "entri A: title",
        "entri A: legal_basis",
        "entri A: review_on",
        "entri A: history",
    ]


# What follows from what is public


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({}, None),
        ({"published_at": PUBLISHED_AT}, None),
        ({"published_at": PUBLISHED_AT - timedelta(microseconds=1)}, "edition_backwards"),
        ({"checkpoint": note(10)}, None),
        ({"checkpoint": note(9)}, "checkpoint_backwards"),
        ({"number": 3}, "edition_gap"),
    ],
)
def test_a_second_edition_may_stand_still_and_never_go_back(values, code):
    accept(edition_in())
    second = edition_in(**({"number": 2} | values))

    if code is None:
        accept(second)
    else:
        with pytest.raises(Refused) as refusal:
            accept(second)
        assert refusal.value.codes == (code,)
    assert Edition.objects.count() == (2 if code is None else 1)


def test_an_edition_with_a_mistake_leaves_no_trace():
    accept(edition_in())

    with pytest.raises(BadInput):
        accept(edition_in(entry_in(), entry_in("B", scope="x"), number=2))

    assert [one.entry_count for one in Edition.objects.all()] == [1]


# What is derived


@pytest.mark.parametrize(
    ("label", "letters"),
    [
        ("Pasal 17 huruf a", "a"),
        ("Pasal 17 huruf J", "j"),
        ("PASAL 17 HURUF C ANGKA 2", "c"),
        ("Pasal 17 huruf h angka 1, angka 3", "h"),
        ("Pasal 17 huruf a dan huruf h", "ah"),
        ("Pasal 17 huruf h dan a", "ah"),
        ("Pasal 17 huruf a, c, dan h", "ach"),
        ("Pasal 17 huruf a, huruf a", "a"),
        ("Pasal 17 huruf k", ""),
        ("Pasal 17 huruf ab", ""),
        ("Pasal 17", ""),
        ("hurufa", ""),
        ("", ""),
    ],
)
def test_the_letters_of_a_ground_are_read_from_its_label(label, letters):
    assert ground_letters(label) == letters


@pytest.mark.parametrize(
    ("ends", "opens", "first"),
    [
        (None, None, None),
        ("2027-07-01", None, "2027-07-01"),
        (None, "2026-01-01", "2026-01-01"),
        ("2027-07-01", "2026-01-01", "2026-01-01"),
        ("2027-07-01", "2027-07-01", "2027-07-01"),
    ],
)
def test_an_entry_opens_on_the_earlier_of_its_days(ends, opens, first):
    days = [date.fromisoformat(one) if one else None for one in (ends, opens, first)]

    assert first_open_day(entry_in(term_ends_on=days[0], opens_on=days[1])) == days[2]


def test_of_two_declarations_the_later_counts_and_nothing_else_does():
    lines = [("dinyatakan_terbuka", 3), ("dinyatakan_terbuka", 9), ("ditinjau", 20)]
    history = tuple(HistoryIn(date=date(2026, 1, n), kind=kind, text="x") for kind, n in lines)

    assert declared_on(entry_in(history=history)) == date(2026, 1, 9)
    assert declared_on(entry_in(history=history[2:])) is None


def test_the_hashes_see_the_moment_and_not_the_zone_it_is_written_in():
    edition = edition_in(entry_in("A"), entry_in("B"))
    elsewhere = replace(
        edition, published_at=edition.published_at.astimezone(timezone(timedelta(hours=9)))
    )
    later = replace(edition, published_at=edition.published_at + timedelta(microseconds=1))

    assert content_hash(elsewhere) == edition.content_hash != content_hash(later)


def test_the_root_of_an_edition_sees_every_entry_and_no_order():
    one, two = entry_in("A"), entry_in("B")
    root = entries_root(edition_in(one, two))

    assert entries_root(edition_in(two, one)) == root
    assert entries_root(edition_in(one, replace(two, title="Lain"))) != root
    assert entries_root(edition_in(one)) != root
    assert entry_hash(one) != entry_hash(two)
