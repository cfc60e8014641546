"""Candidates: who proposes what, for which agency, and what stands fast once determined."""

from datetime import timedelta

import pytest

from office.offices import (
    assert_sound,
    case_in,
    codes,
    item_in,
    office,
    register_item,
    who,
)
from office.remembered import remembered
from ppid.errors import BadInput, Refused
from ppid.office.actions.items import add_item, change_item, take_up_item
from ppid.office.demo.walk import walk_to_end
from ppid.office.models import Event, Item

pytestmark = pytest.mark.django_db(databases=["default", "public"])


@pytest.fixture
@remembered
def desk():
    """An office and its case."""
    walk = office()
    return walk, case_in(walk)


def add(walk, case, *, role="petugas_ppid", agency=None, title="Rekam medis", by=None):
    return add_item(
        case,
        agency=agency or walk.agencies[0],
        title=title,
        by=by or who(walk, role),
        at=walk.tick(),
    )


def change(walk, item, *, title="Judul baru", role="petugas_ppid"):
    change_item(
        item,
        title=title,
        public_title="Judul umum",
        summary="Ringkasan",
        by=who(walk, role),
        at=walk.tick(),
    )


@pytest.mark.parametrize("role", ["petugas_ppid", "ppid_utama", "ppid_pelaksana"])
def test_whoever_prepares_may_propose(desk, role):
    walk, case = desk

    item = add(walk, case, role=role)

    assert (item.stage, item.added_by) == ("usulan", who(walk, role))
    assert Event.objects.latest("seq").kind == "item.added"
    assert_sound()


@pytest.mark.parametrize("role", ["auditor", "arsiparis", "tim_pertimbangan"])
def test_others_may_not(desk, role):
    walk, case = desk
    with pytest.raises(Refused) as error:
        add(walk, case, role=role)
    assert codes(error) == {"not_authorised"}
    assert not Item.objects.exists()


def test_an_official_of_one_agency_proposes_nothing_of_another(desk):
    walk, case = desk
    with pytest.raises(Refused) as error:
        add(walk, case, role="ppid_pelaksana", agency=walk.agencies[1])
    assert codes(error) == {"other_agency"}


def test_nobody_proposes_in_another_body(desk):
    walk, case = desk
    other = office("kabupaten")
    with pytest.raises(Refused) as error:
        add(walk, case, by=who(other, "petugas_ppid"))
    assert codes(error) == {"not_authorised"}


def test_an_agency_of_another_body_is_unknown_here(desk):
    walk, case = desk
    other = office("kabupaten")
    with pytest.raises(BadInput) as error:
        add(walk, case, agency=other.agencies[0])
    assert codes(error) == {"agency_unknown"}


def test_a_candidate_needs_a_title(desk):
    walk, case = desk
    with pytest.raises(BadInput) as error:
        add(walk, case, title=" ")
    assert codes(error) == {"title_missing"}


def test_ids_are_not_in_order_and_have_no_letters_to_confuse(desk):
    walk, case = desk
    ids = [add(walk, case).public_id for _ in range(3)]
    assert len(set(ids)) == 3
    assert not set("".join(ids)) & set("01ILOU")


def test_a_title_is_not_in_the_leaf(desk):
    walk, case = desk
    add(walk, case, title="JUDUL-RAHASIA")
    assert b"JUDUL-RAHASIA" not in bytes(Event.objects.latest("seq").entry)


def test_a_candidate_is_reworded(desk):
    walk, case = desk
    item = add(walk, case)

    change(walk, item)

    item.refresh_from_db()
    assert (item.title, item.public_title, item.summary) == (
        "Judul baru",
        "Judul umum",
        "Ringkasan",
    )
    assert Event.objects.latest("seq").kind == "item.changed"
    assert_sound()


def test_a_candidate_does_not_lose_its_title(desk):
    walk, case = desk
    item = add(walk, case)
    with pytest.raises(BadInput) as error:
        change(walk, item, title=" ")
    assert codes(error) == {"title_missing"}


def test_not_everybody_rewords(desk):
    walk, case = desk
    item = add(walk, case)
    with pytest.raises(Refused) as error:
        change(walk, item, role="auditor")
    assert codes(error) == {"not_authorised"}


def test_what_was_determined_keeps_its_words():
    walk = office()
    item = register_item(walk)
    with pytest.raises(Refused) as error:
        change(walk, item)
    assert codes(error) == {"item_determined"}


def test_an_item_of_the_register_comes_under_a_new_case_when_its_own_has_ended():
    walk = office()
    item = register_item(walk)
    second = case_in(walk, title="Peninjauan")
    with pytest.raises(Refused) as busy:
        take_up_item(second, item=item, by=who(walk, "petugas_ppid"), at=walk.tick())
    list(walk_to_end(walk, item.case))

    take_up_item(second, item=item, by=who(walk, "petugas_ppid"), at=walk.tick())

    item.refresh_from_db()
    assert codes(busy) == {"item_in_case"}
    assert item.case_id == second.pk
    assert_sound()


def test_a_candidate_stays_in_its_case(desk):
    walk, case = desk
    item = item_in(walk, case)
    with pytest.raises(Refused) as error:
        take_up_item(case_in(walk), item=item, by=who(walk, "petugas_ppid"), at=walk.tick())
    assert codes(error) == {"item_not_determined"}


def test_an_item_stays_in_its_body(desk):
    walk, _ = desk
    other = office("kabupaten")
    item = register_item(other)
    with pytest.raises(BadInput) as error:
        take_up_item(case_in(walk), item=item, by=who(walk, "petugas_ppid"), at=walk.tick())
    assert codes(error) == {"agency_unknown"}


def test_authority_ends_with_the_appointment(desk):
    walk, case = desk
    clerk = who(walk, "petugas_ppid")
    walk.body.people.get(pk=clerk).appointments.update(ends_on=walk.today)
    add(walk, case, by=clerk)
    walk.now += timedelta(days=1)
    with pytest.raises(Refused) as error:
        add(walk, case, by=clerk)
    assert codes(error) == {"not_authorised"}
