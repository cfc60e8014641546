"""People, sign-in names and appointments: one NIP is one person, every role has its decree."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import User

from office.offices import appoint, assert_sound, codes, office, who
from office.remembered import remembered
from ppid.errors import BadInput, Refused
from ppid.office.actions.accounts import open_account
from ppid.office.actions.people import (
    add_person,
    end_appointment,
    link_account,
    make_appointment,
)
from ppid.office.authority import Right, authority_in, authority_of, holders
from ppid.office.models import Account, Appointment, Event, Person

pytestmark = pytest.mark.django_db(databases=["default", "public"])
NIP = "197001012000011001"
PASSWORD = "tidak-mudah-ditebak-2026"
DAY = timedelta(days=1)


@pytest.fixture
@remembered
def desk():
    """An office and a person without a role."""
    walk = office()
    return walk, add_person(walk.body, name="Pegawai Baru", nip=NIP, at=walk.now)


def make(walk, person, **values):
    given = {
        "role": "petugas_ppid",
        "starts_on": walk.today,
        "decree_number": "800/1/2026",
        "decree_date": walk.today,
        "at": walk.tick(),
    }
    return make_appointment(person, **(given | values))


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"name": " "}, "name_missing"),
        ({"nip": "123"}, "nip_invalid"),
        ({"nip": "19700101200001100A"}, "nip_invalid"),
        ({"nip": "19700101 200001 1 001"}, "nip_known"),
    ],
)
def test_a_person_that_makes_no_sense_is_refused(desk, values, code):
    walk, _ = desk
    with pytest.raises(BadInput) as error:
        add_person(walk.body, **({"name": "Orang", "at": walk.now} | values))
    assert codes(error) == {code}


def test_every_mistake_is_named_at_once(desk):
    walk, _ = desk
    with pytest.raises(BadInput) as error:
        add_person(walk.body, name="", nip="1", at=walk.now)
    assert codes(error) == {"name_missing", "nip_invalid"}


def test_two_bodies_may_know_the_same_person(desk):
    other = office("kabupaten")
    add_person(other.body, name="Pegawai Baru", nip=NIP, at=other.now)
    assert Person.objects.filter(nip=NIP).count() == 2
    assert_sound()


def test_names_and_numbers_are_not_in_the_leaf(desk):
    event = Event.objects.latest("seq")
    assert event.kind == "person.added"
    assert NIP.encode() not in bytes(event.entry)


@pytest.mark.parametrize("act", ["person", "account", "appointment", "open", "end"])
@pytest.mark.parametrize("stranger", [False, True])
def test_only_who_sets_up_this_body_touches_people(desk, act, stranger):
    walk, person = desk
    other = office("kabupaten") if stranger else None
    by = who(other, "ppid_utama") if stranger else who(walk, "petugas_ppid")
    events = Event.objects.count()
    acts = {
        "person": lambda: add_person(walk.body, name="X", at=walk.now, by=by),
        "account": lambda: link_account(person, username="x", at=walk.now, by=by),
        "open": lambda: open_account(person, username="x", password=PASSWORD, at=walk.now, by=by),
        "appointment": lambda: make(walk, person, by=by),
        "end": lambda: end_appointment(
            Appointment.objects.filter(person__body=walk.body).first(),
            ends_on=walk.today,
            at=walk.now,
            by=by,
        ),
    }
    with pytest.raises(Refused) as error:
        acts[act]()
    assert codes(error) == {"not_authorised"}
    assert Event.objects.count() == events


def test_a_second_user_name_is_the_same_person(desk):
    walk, person = desk
    by = who(walk, "ppid_utama")

    link_account(person, username="satu", at=walk.now, by=by)
    link_account(person, username="dua", at=walk.now, by=by)

    assert {one.person for one in Account.objects.all()} == {person}
    assert_sound()


def test_a_user_name_is_moved_within_its_body_and_never_out_of_it(desk):
    walk, person = desk
    other = office("kabupaten")
    stranger = add_person(other.body, name="Orang lain", at=other.now)
    link_account(person, username="satu", at=walk.now)
    second = add_person(walk.body, name="Pengganti", at=walk.now)

    link_account(second, username="satu", at=walk.now)
    with pytest.raises(BadInput) as error:
        link_account(stranger, username="satu", at=walk.now)

    assert codes(error) == {"username_taken"}
    assert Account.objects.get().person == second
    assert_sound()


def test_an_account_signs_in_and_its_password_is_nowhere_in_the_log(desk):
    walk, person = desk

    open_account(person, username="pegawai", password=PASSWORD, at=walk.now)

    assert User.objects.get().check_password(PASSWORD)
    assert Account.objects.get().person == person
    assert PASSWORD not in str(list(Event.objects.values_list("sealed", flat=True)))
    assert_sound()


@pytest.mark.parametrize(
    ("username", "password", "code"),
    [
        ("nama dengan spasi", PASSWORD, "username_invalid"),
        ("ADA", PASSWORD, "username_taken"),
        ("baru", "pendek", "password_weak"),
        ("baru", "password1234", "password_weak"),
    ],
)
def test_an_account_that_cannot_be_is_refused(desk, username, password, code):
    walk, person = desk
    open_account(person, username="ada", password=PASSWORD, at=walk.now)
    with pytest.raises(BadInput) as error:
        open_account(person, username=username, password=password, at=walk.now)
    assert codes(error) == {code}
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"role": "Petugas PPID"}, "role_invalid"),
        ({"kind": "sementara"}, "kind_invalid"),
        ({"kind": "plt"}, "acting_without_end"),
        ({"kind": "plh"}, "acting_without_end"),
        ({"ends_on": date(2026, 3, 1)}, "end_before_start"),
        ({"decree_number": " "}, "decree_missing"),
    ],
)
def test_an_appointment_that_makes_no_sense_is_refused(desk, values, code):
    walk, person = desk
    with pytest.raises(BadInput) as error:
        make(walk, person, **values)
    assert codes(error) == {code}


def test_nobody_is_appointed_in_an_agency_of_another_body(desk):
    walk, person = desk
    other = office("kabupaten")
    with pytest.raises(BadInput) as error:
        make(walk, person, agency=other.agencies[0])
    assert codes(error) == {"agency_unknown"}


@pytest.mark.parametrize("kind", ["definitif", "plt", "plh"])
def test_a_role_is_held_from_the_first_day_to_the_last(desk, kind):
    walk, person = desk
    first, last = date(2026, 4, 1), date(2026, 4, 10)

    make(walk, person, kind=kind, starts_on=first, ends_on=last)

    days = (first - DAY, first, last, last + DAY)
    held = [authority_of(person.pk, on=day).holds(["petugas_ppid"]) for day in days]
    assert held == [False, True, True, False]
    assert_sound()


def test_an_appointment_ends_on_the_day_that_is_set(desk):
    walk, person = desk
    appointment = make(walk, person)

    end_appointment(appointment, ends_on=walk.today, at=walk.tick(), by=who(walk, "ppid_utama"))

    appointment.refresh_from_db()
    assert appointment.ends_on == walk.today
    assert not authority_of(person.pk, on=walk.today + DAY).grants
    assert Event.objects.latest("seq").kind == "appointment.ended"
    assert_sound()


def test_an_appointment_does_not_end_before_it_began(desk):
    walk, person = desk
    appointment = make(walk, person)
    with pytest.raises(BadInput) as error:
        end_appointment(appointment, ends_on=walk.today - DAY, at=walk.tick(), by=None)
    assert codes(error) == {"end_before_start"}


def test_authority_is_counted_by_the_days_of_the_body():
    walk = office(timezone="Asia/Jayapura")
    person = appoint(walk, "petugas_ppid", name="Besok", starts_on=walk.today + DAY)
    late = walk.now.replace(hour=23, minute=59)
    assert not authority_in(walk.body, by=person.pk, at=late).grants
    assert authority_in(walk.body, by=person.pk, at=late + timedelta(minutes=1)).grants


def test_nobody_has_authority_outside_the_own_body(desk):
    walk, _ = desk
    other = office("kabupaten")
    assert not authority_in(other.body, by=who(walk, "ppid_utama"), at=walk.now).grants
    assert not authority_of(uuid4(), on=walk.today).grants


def test_a_right_may_be_limited_to_agencies(desk):
    walk, _ = desk
    implementer = authority_in(walk.body, by=who(walk, "ppid_pelaksana"), at=walk.now)
    ppid = authority_in(walk.body, by=who(walk, "ppid_utama"), at=walk.now)
    assert implementer.agencies(Right.READ) == {walk.agencies[0].pk}
    assert ppid.agencies(Right.READ) is None


def test_a_position_is_its_title_or_the_name_of_the_role(desk):
    walk, person = desk
    make(walk, person, role="ppid_utama", position="Kepala Dinas")
    make(walk, person, role="peran_lain")
    held = authority_of(person.pk, on=walk.today)
    assert held.position(["ppid_utama"]) == "Kepala Dinas"
    assert held.position(["peran_lain"]) == "Peran lain"
    assert held.position(["auditor"]) == ""


def test_where_an_agency_has_no_officer_of_its_own_the_general_one_acts(desk):
    walk, person = desk
    make(walk, person, role="ppid_pelaksana")
    role = ["ppid_pelaksana"]
    own, without = (
        {one.person_id for one in holders(walk.body.pk, role, on=walk.today, agency=pk)}
        for pk in (agency.pk for agency in walk.agencies)
    )
    assert person.pk not in own
    assert len(own) == 1
    assert without == {person.pk}
