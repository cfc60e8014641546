"""Two officers in one store room: who comes second is told, and nothing is done by halves."""

from uuid import uuid4

import pytest

from office.offices import assert_sound, case_in, codes, item_in, office, who
from office.store import borrow, place, put, scan, shelf
from office.test_destructions import (
    approved,
    carried_out,
    desk,
    fresh,
    kept_by,
    proposed,
    today,
)
from ppid.errors import BadInput, Conflict, Refused
from ppid.law.destruction import Consent
from ppid.office.actions.destructions import hold, withdraw
from ppid.office.actions.loans import Lending, lend, take_back
from ppid.office.actions.places import change_place, close_place
from ppid.office.models import ArchiveEntry, Destruction, Event, Loan, Place, SoftCopy
from ppid.office.queries.destructions import destructions_page
from ppid.office.queries.papers.archive_lists import archive_list
from ppid.office.queries.store_room import store_page
from ppid.office.stock import result_of

__all__ = ["desk"]  # a fixture
pytestmark = pytest.mark.django_db(databases=["default", "public"])


@pytest.fixture
def room():
    """An office with two boxes, and a paper in the first."""
    walk = office()
    boxes = shelf(walk)
    item = item_in(walk, case_in(walk))
    put(walk, item, boxes[0])
    return walk, item, boxes


def by(walk, role="arsiparis"):
    return {"by": who(walk, role), "at": walk.tick()}


def held(walk, item, reason="Surat penyidik 12/2030"):
    hold(item, reason=reason, **by(walk))


def test_the_same_paper_goes_to_the_first_of_two(room):
    walk, item, _ = room
    second = type(item).objects.get(pk=item.pk)
    first = borrow(walk, item, party="Komisi Informasi")
    with pytest.raises(Refused) as error:
        borrow(walk, second, by=who(walk, "petugas_ppid"), party="Pengadilan")
    assert codes(error) == {"already_lent"}
    assert list(Loan.objects.values_list("pk", "party")) == [(first.pk, "Komisi Informasi")]
    assert_sound()


def test_a_loan_sent_twice_by_one_form_is_one_loan(room):
    walk, item, boxes = room
    other = item_in(walk, case_in(walk), title="Lain")
    put(walk, other, boxes[0])
    act, lending = uuid4(), Lending(party="BPK", reason="Audit")
    lend(item, lending, act=act, **by(walk))
    with pytest.raises(Conflict) as error:
        lend(other, lending, act=act, **by(walk))
    assert codes(error) == {"already_done"}
    assert Loan.objects.get().item == item


def test_a_return_that_a_colleague_recorded_is_not_recorded_again(room):
    walk, item, _ = room
    loan = borrow(walk, item)
    stale = Loan.objects.select_related("item__body").get(pk=loan.pk)
    take_back(loan, condition="lengkap", **by(walk))
    with pytest.raises(Refused) as error:
        take_back(stale, condition="sobek", **by(walk, "petugas_ppid"))
    loan.refresh_from_db()
    assert codes(error) == {"not_lent"}
    assert loan.condition == "lengkap"


def test_a_box_that_a_colleague_closed_takes_no_paper(room):
    walk, item, boxes = room
    stale = Place.objects.get(pk=boxes[1].pk)
    close_place(boxes[1], **by(walk))
    with pytest.raises(BadInput) as error:
        put(walk, item, stale)
    item.archive.refresh_from_db()
    assert codes(error) == {"place_unknown"}
    assert item.archive.place == boxes[0]


def test_a_box_into_which_a_colleague_filed_is_not_closed(room):
    walk, item, boxes = room
    stale = Place.objects.select_related("body").get(pk=boxes[1].pk)
    put(walk, item, boxes[1], by=who(walk, "petugas_ppid"))
    with pytest.raises(Refused) as error:
        close_place(stale, **by(walk))
    assert codes(error) == {"place_not_empty"}
    close_place(boxes[0], **by(walk))
    assert_sound()


def test_a_rack_that_a_colleague_closed_takes_no_box(room):
    walk, _, boxes = room
    rack = place(walk, "rak", "2", boxes[0].parent.parent)
    stale = Place.objects.get(pk=rack.pk)
    close_place(rack, **by(walk))
    with pytest.raises(BadInput) as added:
        place(walk, "boks", "9", Place.objects.get(pk=rack.pk))
    with pytest.raises(BadInput) as moved:
        change_place(boxes[1], name="2", parent=Place.objects.get(pk=stale.pk), **by(walk))
    assert codes(added) == codes(moved) == {"place_closed"}


def test_of_two_boxes_with_one_name_the_second_is_refused(room):
    walk, _, boxes = room
    rack = boxes[0].parent
    place(walk, "boks", "3", rack, by=who(walk, "petugas_ppid"))
    with pytest.raises(BadInput) as added:
        place(walk, "boks", " Boks 3 ", rack)
    with pytest.raises(BadInput) as renamed:
        change_place(boxes[1], name="3", parent=rack, **by(walk))
    assert codes(added) == codes(renamed) == {"place_name_taken"}
    assert rack.inside.count() == 3


def test_a_stock_take_says_what_was_so_when_it_was_taken(room):
    walk, item, boxes = room
    before = scan(walk, boxes[0], item)
    put(walk, item, boxes[1], by=who(walk, "petugas_ppid"))
    after = scan(walk, boxes[0], item)
    before.refresh_from_db()
    assert result_of(before.result).found == (str(item.pk),)
    assert result_of(after.result).misplaced == ((str(item.pk), str(boxes[1].pk)),)
    assert_sound()


def test_a_hold_that_arrives_before_the_decision_stops_it(desk):
    walk, item = desk
    one = proposed(walk, item)
    stale = Destruction.objects.select_related("body").get(pk=one.pk)
    held(walk, item)
    with pytest.raises(Refused) as error:
        approved(walk, stale)
    one.refresh_from_db()
    assert codes(error) == {"archive_held"}
    assert (one.stage, one.approved_at, one.decision) == ("diusulkan", None, "")


def test_a_list_that_a_colleague_took_back_is_neither_decided_nor_carried_out(desk):
    walk, item = desk
    one = proposed(walk, item)
    stale = Destruction.objects.select_related("body").get(pk=one.pk)
    withdraw(one, reason="Masih bernilai guna", **by(walk))
    for act in (approved, carried_out):
        with pytest.raises(Refused) as error:
            act(walk, stale)
        assert codes(error) == {"destruction_moved_on"}
    with pytest.raises(Refused) as again:
        withdraw(stale, reason="Lagi", **by(walk))
    assert codes(again) == {"destruction_moved_on"}


def test_a_paper_lent_after_the_decision_stops_its_destruction(desk):
    walk, item = desk
    one = proposed(walk, item)
    approved(walk, one)
    borrow(walk, fresh(item))
    with pytest.raises(Refused) as error:
        carried_out(walk, one)
    assert codes(error) == {"already_lent"}
    assert not ArchiveEntry.objects.filter(destroyed_at__isnull=False).exists()


@pytest.mark.parametrize(
    ("line", "codes_then"),
    [
        ({"fate": "permanen"}, {"retention_permanent"}),
        ({"fate": "dinilai_kembali"}, {"retention_permanent"}),
        ({"fate": ""}, {"retention_unknown"}),
        ({"inactive_years": 100}, {"retention_running"}),
        ({"active_years": None}, {"retention_unknown"}),
    ],
)
def test_a_schedule_corrected_after_the_decision_stops_the_list(desk, line, codes_then):
    walk, item = desk
    entry = item.archive
    one = proposed(walk, item)
    approved(walk, one, consent=Consent.NATIONAL)
    known = {"active_years": 1, "inactive_years": 2, "fate": "musnah"} | line
    put(walk, item, entry.place, closed_on=entry.closed_on, **known)
    with pytest.raises(Refused) as error:
        carried_out(walk, one)
    assert codes(error) == codes_then
    assert_sound()


def test_filing_anew_lifts_no_hold(desk):
    walk, item = desk
    held(walk, item)
    entry = item.archive
    known = {"active_years": 1, "inactive_years": 2, "fate": "musnah"}
    put(walk, item, entry.place, closed_on=entry.closed_on, **known)
    assert kept_by(walk, item) == {"archive_held"}
    held(walk, item, reason="")
    assert kept_by(walk, item) == set()
    assert_sound()


def test_what_a_hold_says_is_in_no_leaf(desk):
    walk, item = desk
    held(walk, item, reason="PENYIDIK-RAHASIA")
    event = Event.objects.latest("seq")
    assert event.kind == "archive.held"
    assert b"RAHASIA" not in bytes(event.entry)


def test_an_archive_on_a_list_is_no_candidate_until_the_list_is_taken_back(desk):
    walk, item = desk

    def candidates():
        page = destructions_page(walk.body, by=who(walk, "arsiparis"), on=today(walk))
        return [one.item for one in page.candidates]

    assert candidates() == [item]
    one = proposed(walk, item)
    assert candidates() == []
    withdraw(one, reason="Masih bernilai guna", **by(walk))
    assert candidates() == [item]


def test_what_was_destroyed_is_on_no_list_and_waits_for_no_place(desk):
    walk, item = desk
    keeper = {"by": who(walk, "arsiparis"), "on": today(walk)}
    kinds = ("berkas", "isi-berkas", "inaktif")
    before = [len(archive_list(walk.body, kind, **keeper).content["rows"]) for kind in kinds]
    one = proposed(walk, item)
    approved(walk, one)
    carried_out(walk, one)
    after = [len(archive_list(walk.body, kind, **keeper).content["rows"]) for kind in kinds]
    assert (before, after) == ([1, 1, 1], [0, 0, 0])
    assert store_page(walk.body, **keeper).unplaced == 0
    assert not SoftCopy.objects.filter(item=item).exists()
