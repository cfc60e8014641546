"""The door: what an edition must be, what is refused, and what stays for ever."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import connections, transaction

from ppid.errors import BadInput, Conflict, Refused
from ppid.public import search_index
from ppid.public.edition import edition_from_plain, plain_content
from ppid.public.intake import EntryIn, HistoryIn, accept, content_hash, latest_number
from ppid.public.models import Body, Checkpoint, Edition, Entry, EntryVersion, SearchRow
from ppid.public.search import find
from public.editions import (
    ON_THE_OPEN_SITE,
    PUBLISHED_AT,
    body_in,
    edition_in,
    entry_in,
    note,
    vkey,
)

pytestmark = ON_THE_OPEN_SITE
SQLITE = connections[settings.PUBLIC_DATABASE].vendor == "sqlite"
OTHER_KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))


def test_an_edition_becomes_public_whole():
    accept(edition_in(entry_in("A"), entry_in("B")))

    assert Edition.objects.get().entry_count == 2
    assert set(Entry.objects.values_list("public_id", flat=True)) == {"A", "B"}
    assert EntryVersion.objects.filter(is_new=True).count() == 2
    assert Checkpoint.objects.get().size == 10


def test_the_same_edition_again_changes_nothing():
    edition = edition_in(entry_in("A"))
    accept(edition)
    before = list(Entry.objects.values()) + list(Edition.objects.values())

    accept(edition)

    assert list(Entry.objects.values()) + list(Edition.objects.values()) == before
    assert EntryVersion.objects.count() == 1


def test_an_older_edition_again_changes_nothing():
    first = edition_in(entry_in("A", title="Judul lama"))
    accept(first)
    accept(edition_in(entry_in("A", title="Judul baru"), number=2))

    accept(first)

    assert Entry.objects.get().title == "Judul baru"


def test_another_content_under_a_public_number_is_a_conflict():
    accept(edition_in(entry_in("A")))

    with pytest.raises(Conflict) as refusal:
        accept(edition_in(entry_in("A", title="Lain")))

    assert refusal.value.codes == ("edition_differs",)


@pytest.mark.parametrize("number", [2, 7])
def test_a_first_edition_that_is_not_number_one_is_refused_without_a_trace(number):
    with pytest.raises(Refused) as refusal:
        accept(edition_in(number=number))

    assert refusal.value.codes == ("edition_gap",)
    assert not Body.objects.exists()


def test_an_entry_that_is_left_out_is_refused_and_stays():
    accept(edition_in(entry_in("A"), entry_in("B")))

    with pytest.raises(Refused) as refusal:
        accept(edition_in(entry_in("B", title="Lain"), number=2))

    assert refusal.value.codes == ("entry_removed",)
    assert refusal.value.findings[0].place == "entri A"
    assert Entry.objects.get(public_id="B").title == entry_in().title
    assert Edition.objects.count() == 1


def test_every_obstacle_is_told_at_once():
    accept(edition_in(entry_in("A"), checkpoint=note(50)))
    other = "ppid.lain.example/log"

    with pytest.raises(Refused) as refusal:
        accept(
            edition_in(
                entry_in("B"),
                number=4,
                body=body_in(log_origin=other, vkey=vkey(other)),
                checkpoint=note(40, origin=other),
                published_at=PUBLISHED_AT - timedelta(days=1),
            )
        )

    assert set(refusal.value.codes) == {
        "edition_gap",
        "edition_backwards",
        "checkpoint_backwards",
        "log_origin_differs",
        "entry_removed",
    }


def test_only_what_changed_becomes_a_version():
    accept(edition_in(entry_in("A"), entry_in("B")))

    accept(
        edition_in(
            entry_in("A", title="Judul baru", term_text="3 tahun"),
            entry_in("B"),
            entry_in("C"),
            number=2,
        )
    )

    second = EntryVersion.objects.filter(edition__number=2).order_by("entry__public_id")
    assert [(v.entry.public_id, v.changed, v.is_new) for v in second] == [
        ("A", ["title", "term_text"], False),
        ("C", [], True),
    ]
    edition = Edition.objects.get(number=2)
    assert (edition.added_count, edition.changed_count, edition.entry_count) == (1, 1, 3)


def test_a_version_keeps_the_words_of_its_edition():
    accept(edition_in(entry_in("A", title="Judul lama")))
    accept(edition_in(entry_in("A", title="Judul baru"), number=2))

    titles = EntryVersion.objects.order_by("edition__number").values_list("content__title")

    assert list(titles) == [("Judul lama",), ("Judul baru",)]


def test_what_is_open_is_marked_with_the_first_edition_that_shows_it():
    ends = date(2026, 6, 1)
    entry = entry_in("A", term_ends_on=ends)
    accept(edition_in(entry, published_at=datetime(2026, 5, 31, 3, tzinfo=UTC)))
    accept(edition_in(entry, number=2, published_at=datetime(2026, 6, 1, 3, tzinfo=UTC)))
    accept(edition_in(entry, number=3, published_at=datetime(2026, 6, 2, 3, tzinfo=UTC)))

    assert Entry.objects.get().opened_in.number == 2
    assert list(Edition.objects.order_by("number").values_list("opened_count", flat=True)) == [
        0,
        1,
        0,
    ]


def test_bodies_stay_apart():
    accept(edition_in(entry_in("A")))
    accept(edition_in(entry_in("A", title="Lain"), body=body_in(slug="kota-lain", name="Lain")))

    assert Body.objects.count() == 2
    assert Entry.objects.filter(public_id="A").count() == 2


def test_the_body_and_its_filters_follow_the_newest_edition():
    accept(edition_in(entry_in("A")))
    accept(
        edition_in(
            entry_in("A"),
            entry_in("B", agency="Arsip", ground_label="Pasal 17 huruf a dan huruf h"),
            number=2,
            body=body_in(name="Nama baru"),
        )
    )

    body = Body.objects.get()
    assert body.name == "Nama baru"
    assert body.agencies == ["Arsip", "Dinas Komunikasi dan Informatika"]
    assert (body.letters, body.years) == ("ach", [2027])


def test_a_changed_entry_has_one_search_row():
    accept(edition_in(entry_in("A", title="Denah")))
    accept(edition_in(entry_in("A", title="Peta"), number=2))

    body, entries = Body.objects.get(), Entry.objects.all()
    assert SearchRow.objects.count() == 1
    assert find("peta", entries, body=body).ids
    assert not find("denah", entries, body=body).ids


@pytest.mark.skipif(not SQLITE, reason="PostgreSQL keeps its index whole by itself")
def test_after_many_entries_at_once_the_search_table_lies_in_one_piece(monkeypatch):
    accept(edition_in(entry_in("A", title="Denah")))
    assert _pieces() == 1
    with transaction.atomic(settings.PUBLIC_DATABASE):  # at its begin what is in memory is written
        search_index.store([(10**6, "sandi", "")], using=settings.PUBLIC_DATABASE)
    with transaction.atomic(settings.PUBLIC_DATABASE):
        search_index.store([(10**6 + 1, "sandi", "")], using=settings.PUBLIC_DATABASE)
    assert _pieces() == 2

    monkeypatch.setattr(search_index, "MANY", 2)
    accept(edition_in(entry_in("A", title="Peta"), entry_in("B", title="Denah"), number=2))

    assert _pieces() == 1
    assert find("peta", None, body=None).ids
    assert find("denah", None, body=None).ids == (Entry.objects.get(public_id="B").pk,)


def _pieces():
    with connections[settings.PUBLIC_DATABASE].cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT segid) FROM public_search_idx")
        return cursor.fetchone()[0]


ENTRY_MISTAKES = [
    ("public_id_form", {"public_id": "a/b"}),
    ("text_missing", {"title": "  "}),
    ("text_too_long", {"title": "x" * 301}),
    ("text_control", {"reason": "a\x00b"}),
    ("text_control", {"reason": "a\u202eb"}),
    ("text_control", {"consequence_if_open": "a\ud800"}),
    ("wrong_type", {"title": 7}),
    ("wrong_type", {"legal_basis": "UU 14/2008"}),
    ("text_missing", {"legal_basis": ()}),
    ("wrong_type", {"legal_basis": (7,)}),
    ("ground_without_letter", {"ground_label": "Pasal 17 huruf k"}),
    ("scope_unknown", {"scope": "separuh"}),
    ("wrong_type", {"decree_date": "2025-07-01"}),
    ("wrong_type", {"decree_date": datetime(2025, 7, 1, tzinfo=UTC)}),
    ("wrong_type", {"term_ends_on": "2025-07-01"}),
    ("term_backwards", {"term_ends_on": date(2025, 6, 30)}),
    ("opens_after_term", {"opens_on": date(2027, 7, 2)}),
    ("wrong_type", {"history": ("kemarin",)}),
    ("history_kind_unknown", {"history": (HistoryIn(date=date(2025, 1, 1), kind="x", text="y"),)}),
    ("wrong_type", {"history": (HistoryIn(date="x", kind="ditinjau", text="y"),)}),
]


@pytest.mark.parametrize(("code", "values"), ENTRY_MISTAKES)
def test_a_mistake_in_an_entry_is_named(code, values):
    entry = replace(entry_in(), **values)

    with pytest.raises(BadInput) as bad:
        accept(replace(edition_in(), entries=(entry,)))

    assert code in bad.value.codes
    assert not Body.objects.exists()


BODY_MISTAKES = [
    ("slug_form", {"slug": "Kota Contoh"}),
    ("slug_reserved", {"slug": "aset"}),
    ("timezone_unknown", {"timezone": "Europe/Amsterdam"}),
    ("text_missing", {"name": ""}),
    ("text_too_long", {"site_text": "x" * 4001}),
]


@pytest.mark.parametrize(("code", "values"), BODY_MISTAKES)
def test_a_mistake_in_the_body_is_named(code, values):
    with pytest.raises(BadInput) as bad:
        accept(edition_in(body=body_in(**values)))

    assert bad.value.codes == (code,)


EDITION_MISTAKES = [
    ("number_form", {"number": 0}),
    ("number_form", {"number": True}),
    ("published_at_form", {"published_at": datetime(2026, 3, 2)}),  # noqa: DTZ001
    ("published_at_form", {"published_at": date(2026, 3, 2)}),
    ("wrong_type", {"entries": [entry_in()]}),
    ("wrong_type", {"entries": ("KC-001",)}),
    ("wrong_type", {"body": "kota-contoh"}),
    ("public_id_twice", {"entries": (entry_in("A"), entry_in("A", title="Lain"))}),
    ("content_hash_differs", {"content_hash": "0" * 64}),
    ("text_missing", {"checkpoint": ""}),
    ("note_malformed", {"checkpoint": "bukan catatan"}),
]


@pytest.mark.parametrize(("code", "values"), EDITION_MISTAKES)
def test_a_mistake_in_the_edition_is_named(code, values):
    with pytest.raises(BadInput) as bad:
        accept(replace(edition_in(), **values))

    assert bad.value.codes == (code,)


def test_a_thing_that_is_no_edition_is_refused():
    with pytest.raises(BadInput) as bad:
        accept({"body": "kota-contoh"})

    assert bad.value.codes == ("wrong_type",)


def test_every_mistake_is_told_at_once():
    entries = (entry_in("A", title="", scope="x"), entry_in("B", reason=""))

    with pytest.raises(BadInput) as bad:
        accept(edition_in(*entries, body=body_in(slug="A b")))

    assert sorted(bad.value.codes) == [
        "scope_unknown",
        "slug_form",
        "text_missing",
        "text_missing",
    ]


@pytest.mark.parametrize(
    ("code", "checkpoint"),
    [
        ("signature_invalid", note().replace("\n10\n", "\n11\n")),
        ("signature_missing", note(key=OTHER_KEY)),
    ],
)
def test_a_checkpoint_that_the_bodys_key_did_not_sign_is_refused(code, checkpoint):
    with pytest.raises(BadInput) as bad:
        accept(edition_in(checkpoint=checkpoint))

    assert bad.value.codes == (code,)
    assert bad.value.findings[0].place == "checkpoint"


def test_a_checkpoint_of_another_log_is_refused():
    with pytest.raises(BadInput) as bad:
        accept(edition_in(body=body_in(log_origin="ppid.lain.example/log")))

    assert bad.value.codes == ("checkpoint_of_other_log",)


def test_the_content_hash_does_not_depend_on_the_order_of_entries():
    one, other = entry_in("A"), entry_in("B")

    assert edition_in(one, other).content_hash == edition_in(other, one).content_hash


OTHER_VALUES = {
    "legal_basis": ("UU 43/2009 ps. 44",),
    "scope": "sebagian",
    "history": (HistoryIn(date=date(2025, 7, 1), kind="ditinjau", text="Ditinjau."),),
} | {
    name: date(2026, 1, 1)
    for name in (
        "term_starts_on",
        "term_ends_on",
        "decree_date",
        "review_on",
        "opens_on",
        "opens_soon_from",
    )
}


@pytest.mark.parametrize("name", [field.name for field in fields(EntryIn)])
def test_every_field_of_an_entry_counts_in_the_content_hash(name):
    changed = replace(entry_in(), **{name: OTHER_VALUES.get(name, "Pasal 17 huruf a")})

    assert edition_in(changed).content_hash != edition_in(entry_in()).content_hash


def test_the_content_hash_leaves_out_itself_and_the_checkpoint():
    edition = edition_in()

    other = replace(edition, checkpoint=note(999), content_hash="")

    assert content_hash(other) == edition.content_hash


def test_an_edition_comes_back_from_its_plain_form():
    line = HistoryIn(date=date(2025, 7, 1), kind="ditinjau", text="Ditinjau.")
    edition = edition_in(
        entry_in("A", history=(line,), opens_on=date(2026, 1, 1)), entry_in("B", term_ends_on=None)
    )

    assert edition_from_plain(plain_content(edition)) == edition


def test_the_newest_number_of_a_body_is_told():
    assert latest_number("kota-contoh") == 0

    accept(edition_in())
    accept(edition_in(number=2))

    assert latest_number("kota-contoh") == 2


def test_the_public_table_holds_only_what_the_door_lets_in():
    worked_out = {"id", "body", "ground_letters", "open_from", "opened_in", "fingerprint"}
    worked_out |= {"declared_on", "term_days"}

    columns = {field.name for field in Entry._meta.concrete_fields}

    assert columns == worked_out | {field.name for field in fields(EntryIn)}
