"""Archive entries: where copies are kept, what kind of archive it is, who says so."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from office.offices import assert_sound, case_in, codes, item_in, office, who
from office.remembered import remembered
from office.store import place, put, shelf
from office.vaults import recovery_key, store
from ppid.errors import BadInput, Refused
from ppid.office.actions.places import close_place
from ppid.office.log import Fact, append
from ppid.office.models import ArchiveEntry, Event
from ppid.office.writing import writing

pytestmark = pytest.mark.django_db(databases=["default", "public"])
WHOLE = {
    "classification_code": " 400.7 ",
    "file_number": "12",
    "item_number": "3",
    "description": "Rekam medis",
    "period": "2023-2025",
    "amount": 24,
    "unit": "lembar",
    "development": "asli",
    "medium": "kertas",
    "condition": "baik",
    "processing_unit": "Dinas Kesehatan",
    "closed_on": date(2025, 12, 31),
    "active_years": 2,
    "inactive_years": 3,
    "fate": "musnah",
}


@pytest.fixture
@remembered
def desk():
    """An office and an item."""
    walk = office()
    return walk, item_in(walk, case_in(walk))


def file(walk, item, *, role="arsiparis", by=None, soft="Brankas", hard="Lemari 1", **more):
    put(walk, item, by=by or who(walk, role), soft=soft, hard=hard, **more)


@pytest.mark.parametrize("role", ["arsiparis", "petugas_ppid", "ppid_utama"])
def test_places_are_recorded_in_words(desk, role):
    walk, item = desk

    file(walk, item, role=role)

    entry = ArchiveEntry.objects.get()
    kept = (entry.soft_copy, entry.hard_copy, entry.filed_by)
    assert kept == ("Brankas", "Lemari 1", who(walk, role))
    assert_sound()


def test_every_field_of_the_regulation_is_kept(desk):
    walk, item = desk
    box = shelf(walk)[0]

    put(walk, item, box, **WHOLE)

    entry = ArchiveEntry.objects.get()
    assert entry.place == box
    assert {name: getattr(entry, name) for name in WHOLE} == WHOLE | {
        "classification_code": "400.7"
    }
    assert entry.amount_in_words == "24 lembar"
    assert_sound()


def test_an_event_from_before_there_were_places_still_replays(desk):
    walk, item = desk
    kept = {"soft_copy": "B", "hard_copy": "L", "classification_code": "5", "quantity": "1 berkas"}
    fact = Fact("archive.filed", {"security": "rahasia"}, kept, case=item.case_id, item=item.pk)
    with writing():
        append(fact, body=walk.body.pk, by=who(walk, "arsiparis"), at=walk.tick())

    put(walk, item, shelf(walk)[0], hard="L")

    entry = ArchiveEntry.objects.get()
    assert (entry.quantity, entry.amount_in_words, entry.hard_copy) == ("1 berkas", "1 berkas", "L")
    assert_sound()


def test_a_later_entry_takes_the_place_of_the_earlier(desk):
    walk, item = desk
    file(walk, item, amount=3)

    file(walk, item, hard="Lemari 2")

    entry = ArchiveEntry.objects.get()
    assert (entry.hard_copy, entry.amount) == ("Lemari 2", None)
    assert Event.objects.filter(kind="archive.filed").count() == 2
    assert_sound()


@pytest.mark.parametrize(("soft", "hard"), [("Brankas", ""), ("", "Lemari 1")])
def test_one_of_the_two_places_is_enough(desk, soft, hard):
    walk, item = desk
    file(walk, item, soft=soft, hard=hard)
    assert ArchiveEntry.objects.count() == 1


def test_a_soft_copy_in_the_vault_is_place_enough(desk):
    walk, item = desk
    recovery_key(walk)
    store(walk, item)

    file(walk, item, soft="", hard="")

    assert ArchiveEntry.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"soft": " ", "hard": ""}, "place_missing"),
        ({"security": "sangat_sangat"}, "security_unknown"),
        ({"development": "kira-kira"}, "archive_word_unknown"),
        ({"fate": "entah"}, "archive_word_unknown"),
        ({"amount": 0}, "amount_impossible"),
        ({"active_years": -1}, "retention_years_impossible"),
        ({"inactive_years": 101}, "retention_years_impossible"),
    ],
)
def test_what_makes_no_sense_is_named(desk, values, code):
    walk, item = desk
    with pytest.raises(BadInput) as error:
        file(walk, item, **values)
    assert codes(error) == {code}


def test_an_activity_is_not_done_before_it_is_done(desk):
    walk, item = desk
    with pytest.raises(BadInput) as error:
        file(walk, item, closed_on=walk.today + timedelta(days=2))
    assert codes(error) == {"closed_in_future"}


def test_a_place_of_another_body_a_closed_one_and_none_are_no_places(desk):
    walk, item = desk
    foreign, closed = shelf(office("kabupaten"))[0], place(walk, "rak", "9")
    close_place(closed, by=who(walk, "arsiparis"), at=walk.tick())
    unknown = type(closed)(pk=uuid4())
    for one in (foreign, closed, unknown):
        with pytest.raises(BadInput) as error:
            put(walk, item, one)
        assert codes(error) == {"place_unknown"}


@pytest.mark.parametrize("role", ["auditor", "tim_pertimbangan", "pimpinan_badan_publik"])
def test_not_everybody_files(desk, role):
    walk, item = desk
    with pytest.raises(Refused) as error:
        file(walk, item, role=role)
    assert codes(error) == {"not_authorised"}


def test_the_archivist_of_another_body_files_nothing_here(desk):
    walk, item = desk
    other = office("kabupaten")
    with pytest.raises(Refused) as error:
        file(walk, item, by=who(other, "arsiparis"))
    assert codes(error) == {"not_authorised"}


def test_neither_words_nor_the_place_are_in_the_leaf(desk):
    walk, item = desk
    box = shelf(walk)[0]
    put(walk, item, box, hard="RUANG-RAHASIA", description="URAIAN-RAHASIA")
    leaf = bytes(Event.objects.latest("seq").entry)
    assert not [one for one in (b"RAHASIA", str(box.pk).encode()) if one in leaf]
