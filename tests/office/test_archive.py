"""Archive entries: where copies are kept, who says so."""

import pytest

from office.offices import assert_sound, case_in, codes, item_in, office, who
from ppid.errors import BadInput, Refused
from ppid.office.actions.archive import file_item
from ppid.office.models import ArchiveEntry, Event

pytestmark = pytest.mark.django_db(databases=["default", "public"])


@pytest.fixture
def desk():
    """An office and an item."""
    walk = office()
    return walk, item_in(walk, case_in(walk))


def file(walk, item, *, by=None, role="arsiparis", soft="Brankas", hard="Lemari 1", **more):
    file_item(
        item,
        soft_copy=soft,
        hard_copy=hard,
        by=by or who(walk, role),
        at=walk.tick(),
        **more,
    )


@pytest.mark.parametrize("role", ["arsiparis", "petugas_ppid", "ppid_utama"])
def test_places_are_recorded(desk, role):
    walk, item = desk

    file(walk, item, role=role, quantity="1 berkas", classification_code=" 555 ")

    entry = ArchiveEntry.objects.get()
    assert (entry.soft_copy, entry.hard_copy, entry.filed_by) == (
        "Brankas",
        "Lemari 1",
        who(walk, role),
    )
    assert (entry.quantity, entry.classification_code) == ("1 berkas", "555")
    assert_sound()


def test_a_later_entry_takes_the_place_of_the_earlier(desk):
    walk, item = desk
    file(walk, item)

    file(walk, item, hard="Lemari 2")

    assert ArchiveEntry.objects.get().hard_copy == "Lemari 2"
    assert Event.objects.filter(kind="archive.filed").count() == 2
    assert_sound()


@pytest.mark.parametrize(("soft", "hard"), [("Brankas", ""), ("", "Lemari 1")])
def test_one_of_the_two_places_is_enough(desk, soft, hard):
    walk, item = desk
    file(walk, item, soft=soft, hard=hard)
    assert ArchiveEntry.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"soft": " ", "hard": ""}, "place_missing"),
        ({"security": "sangat_sangat"}, "security_unknown"),
    ],
)
def test_what_makes_no_sense_is_named(desk, values, code):
    walk, item = desk
    with pytest.raises(BadInput) as error:
        file(walk, item, **values)
    assert codes(error) == {code}


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


def test_places_are_not_in_the_leaf(desk):
    walk, item = desk
    file(walk, item, hard="RUANG-RAHASIA")
    assert b"RUANG-RAHASIA" not in bytes(Event.objects.latest("seq").entry)
