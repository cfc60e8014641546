"""Who sees which page of the store room, and who does which of its acts."""

import pytest
from django.urls import reverse

from office.factories import sign_in
from office.offices import appoint, case_in, codes, item_in, office, who
from office.pages import as_role
from office.remembered import remembered
from office.store import borrow, place, put, scan, shelf
from ppid.errors import Refused
from ppid.law.destruction import Element
from ppid.office.actions.destructions import hold, propose
from ppid.office.actions.loans import take_back
from ppid.office.actions.places import change_place, close_place
from ppid.office.models import Event, Loan, Place

pytestmark = pytest.mark.django_db(databases=["default", "public"])
KEEPERS = ("arsiparis", "petugas_ppid", "ppid_utama")
READERS = ("tim_pertimbangan", "pimpinan_badan_publik", "auditor")
OF_ALL = ("store_room", "place_new", "loans", "destructions")
OF_A_PLACE = ("place", "place_change", "stock_take_new", "stock_take_offline", "stock_take_worker")
OF_AN_ITEM = ("loan_new", "archive", "archive_hold")
PANEL = dict.fromkeys(Element, "Ani")


@pytest.fixture
@remembered
def desk():
    """An office with a paper of the first agency in its first box, and an empty box."""
    walk = office()
    item = item_in(walk, case_in(walk))
    boxes = shelf(walk)
    put(walk, item, boxes[0])
    return walk, item, boxes


def statuses(client, item, boxes):
    """Return how each page of the store room answers."""
    pages = [
        *((name, []) for name in OF_ALL),
        *((name, [boxes[0].pk]) for name in OF_A_PLACE),
        *((name, [item.pk]) for name in OF_AN_ITEM),
    ]
    return {name: client.get(reverse(name, args=args)).status_code for name, args in pages}


@pytest.mark.parametrize("role", [*KEEPERS, *READERS])
def test_who_reads_the_whole_body_opens_every_page(client, desk, role):
    walk, item, boxes = desk
    as_role(client, walk, role)
    assert set(statuses(client, item, boxes).values()) == {200}


def test_who_sets_the_system_up_opens_none(client, desk):
    walk, item, boxes = desk
    sign_in(client, appoint(walk, "pengelola_sistem"))
    found = statuses(client, item, boxes)
    assert {found[name] for name in (*OF_ALL, *OF_A_PLACE)} == {403}
    assert {found[name] for name in OF_AN_ITEM} <= {403, 404}


@pytest.mark.parametrize(("agency", "status"), [(0, 200), (1, 404)])
def test_an_agency_opens_the_pages_of_its_own_papers_and_no_list_of_destructions(
    client, desk, agency, status
):
    walk, item, boxes = desk
    sign_in(client, appoint(walk, "ppid_pelaksana", agency=walk.agencies[agency]))
    found = statuses(client, item, boxes)
    assert {found[name] for name in OF_AN_ITEM} == {status}
    assert found["destructions"] == 404
    assert {found[name] for name in ("store_room", "loans", *OF_A_PLACE)} == {200}


@pytest.mark.parametrize("role", ["arsiparis", "auditor", "ppid_pelaksana"])
def test_the_store_room_leads_to_the_destructions_only_who_may_open_them(client, desk, role):
    walk, _, _ = desk
    as_role(client, walk, role)
    target = reverse("destructions")
    opens = client.get(target).status_code == 200
    page = client.get(reverse("store_room")).content.decode()
    assert (f'href="{target}"' in page) is opens


def test_a_stranger_is_asked_to_sign_in_on_every_page(client, desk):
    _, item, boxes = desk
    assert set(statuses(client, item, boxes).values()) == {302}


def test_the_keeper_of_another_body_finds_none_of_ours(client, desk):
    _, item, boxes = desk
    as_role(client, office("kabupaten"), "arsiparis")
    found = statuses(client, item, boxes)
    assert {found[name] for name in (*OF_A_PLACE, *OF_AN_ITEM)} == {404}


def acts(walk, item, boxes, *, by):
    """Return the acts of the store room, each as this person would do it."""
    said = {"by": by, "at": walk.tick()}
    return {
        "add": lambda: place(walk, "ruang", "Lain", by=by),
        "change": lambda: change_place(boxes[1], name="9", parent=boxes[1].parent, **said),
        "close": lambda: close_place(boxes[1], **said),
        "lend": lambda: borrow(walk, item, by=by, party="BPK"),
        "count": lambda: scan(walk, boxes[0], item, by=by),
        "hold": lambda: hold(item, reason="Penyidik", **said),
        "propose": lambda: propose(
            walk.body, items=[item.pk], panel=PANEL, panel_decree="1/SK", **said
        ),
    }


@pytest.mark.parametrize("act", ["add", "change", "close", "lend", "count", "hold", "propose"])
def test_who_only_reads_does_nothing_in_the_store_room(desk, act):
    walk, item, boxes = desk
    agency = appoint(walk, "ppid_pelaksana", agency=walk.agencies[0]).pk
    before = Event.objects.count()
    for person in (agency, *(who(walk, role) for role in READERS)):
        with pytest.raises(Refused) as error:
            acts(walk, item, boxes, by=person)[act]()
        assert codes(error) == {"not_authorised"}
    assert Event.objects.count() == before


@pytest.mark.parametrize("role", KEEPERS)
def test_who_keeps_the_store_room_does_all_of_it(desk, role):
    walk, item, boxes = desk
    mine = acts(walk, item, boxes, by=who(walk, role))
    for name in ("add", "change", "close", "count", "lend", "hold"):
        mine[name]()
    take_back(Loan.objects.get(), condition="", by=who(walk, role), at=walk.tick())
    boxes[1].refresh_from_db()
    assert (boxes[1].name, bool(boxes[1].closed_at)) == ("9", True)
    assert Place.objects.filter(name="Lain").exists()
    with pytest.raises(Refused) as error:
        mine["propose"]()
    assert "not_authorised" not in codes(error)
    assert {"archive_held", "retention_unknown"} <= codes(error)


def test_a_keeper_whose_appointment_ended_keeps_nothing(desk):
    walk, _, _ = desk
    leaving = appoint(walk, "arsiparis", name="Pengganti", ends_on=walk.today)
    place(walk, "ruang", "Lain", by=leaving.pk)
    walk.now = walk.now.replace(month=12)
    with pytest.raises(Refused) as error:
        place(walk, "ruang", "Lain lagi", by=leaving.pk)
    assert codes(error) == {"not_authorised"}
