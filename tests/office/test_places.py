"""Places of the store room: a tree of a body's own, with names that tell its places apart."""

import pytest

from office.offices import assert_sound, case_in, codes, item_in, office, who
from office.store import place, put, shelf
from ppid.errors import BadInput, Conflict, Refused
from ppid.office.actions.places import change_place, close_place, path_of
from ppid.office.models import Event, Place

pytestmark = pytest.mark.django_db(databases=["default", "public"])


@pytest.fixture
def walk():
    """An office without a store room."""
    return office()


def change(walk, one, *, by=None, **values):
    known = {"name": one.name, "parent": one.parent}
    change_place(one, **known | values, by=by or who(walk, "arsiparis"), at=walk.tick(), act=None)
    one.refresh_from_db()


def test_a_place_knows_what_it_stands_in(walk):
    box = shelf(walk, boxes=1)[0]
    assert [one.label for one in path_of(box)] == ["Ruang Arsip", "Rak 1", "Boks 1"]
    assert_sound()


def test_a_name_may_say_its_kind_itself(walk):
    assert place(walk, "ruang", "Ruang Barat").label == "Ruang Barat"


def test_the_name_of_a_place_is_not_in_the_leaf(walk):
    place(walk, "ruang", "RAHASIA")
    assert b"RAHASIA" not in bytes(Event.objects.latest("seq").entry)


@pytest.mark.parametrize(
    ("kind", "name", "code"),
    [
        ("boks", "", "place_unnamed"),
        ("boks", "x" * 101, "place_unnamed"),
        ("boks", " boks 1", "place_name_taken"),
        ("boks", "1", "place_name_taken"),
        ("ruang", "Lain", "place_inside_out"),
    ],
)
def test_what_cannot_stand_there_is_named(walk, kind, name, code):
    rack = shelf(walk)[0].parent
    with pytest.raises(BadInput) as error:
        place(walk, kind, name, rack)
    assert codes(error) == {code}


def test_the_same_name_elsewhere_is_another_place(walk):
    rack = shelf(walk)[0].parent
    other = place(walk, "rak", "2", rack.parent)
    assert place(walk, "boks", "1", other).label == "Boks 1"


def test_a_place_of_another_body_holds_nothing_of_ours(walk):
    foreign = place(office("kabupaten"), "ruang", "Arsip")
    with pytest.raises(BadInput) as error:
        place(walk, "rak", "1", foreign)
    assert codes(error) == {"place_unknown"}


@pytest.mark.parametrize("role", ["auditor", "pimpinan_badan_publik"])
def test_not_everybody_keeps_the_store_room(walk, role):
    with pytest.raises(Refused) as error:
        place(walk, "ruang", "Arsip", by=who(walk, role))
    assert codes(error) == {"not_authorised"}


def test_a_place_is_renamed_and_moved_with_what_is_in_it(walk):
    first, second = shelf(walk)
    rack = place(walk, "rak", "2", first.parent.parent)

    change(walk, first, name="7", parent=rack)

    assert (first.label, first.parent) == ("Boks 7", rack)
    kinds = list(Event.objects.order_by("-seq").values_list("kind", flat=True)[:2])
    assert kinds == ["place.renamed", "place.moved"]
    assert_sound()


def test_a_change_that_changes_nothing_is_no_event(walk):
    box = shelf(walk)[0]
    before = Event.objects.count()
    change(walk, box)
    assert Event.objects.count() == before


def test_a_place_does_not_move_into_itself(walk):
    rack = shelf(walk)[0].parent
    with pytest.raises(BadInput) as error:
        change(walk, rack, parent=rack)
    assert codes(error) == {"place_inside_out"}


def test_a_place_with_content_stays_open(walk):
    box = shelf(walk)[0]
    put(walk, item_in(walk, case_in(walk)), box)
    for full in (box, box.parent):
        with pytest.raises(Refused) as error:
            close_place(full, by=who(walk, "arsiparis"), at=walk.tick())
        assert codes(error) == {"place_not_empty"}


def test_an_empty_place_is_closed_once_and_takes_nothing_any_more(walk):
    first, second = shelf(walk)
    close_place(first, by=who(walk, "arsiparis"), at=walk.tick())
    first.refresh_from_db()

    with pytest.raises(Refused) as again:
        close_place(first, by=who(walk, "arsiparis"), at=walk.tick())
    with pytest.raises(Refused) as renamed:
        change(walk, first, name="8")
    with pytest.raises(BadInput) as inside:
        place(walk, "folder", "1", first)

    assert codes(again) == codes(renamed) == codes(inside) == {"place_closed"}
    assert place(walk, "boks", "1", first.parent).label == "Boks 1"
    assert_sound()


def test_a_form_sent_twice_adds_one_place(walk):
    act, known = who(walk, "auditor"), Place.objects.count()
    spot = {"by": who(walk, "arsiparis"), "at": walk.tick(), "act": act}
    box = shelf(walk, boxes=1)[0]
    close_place(box, **spot)
    with pytest.raises(Conflict) as error:
        close_place(box.parent, **spot)
    assert codes(error) == {"already_done"}
    assert Place.objects.count() == known + 3
