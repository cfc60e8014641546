"""People and appointments: who sees and who changes them, and what a wrong entry is told."""

from datetime import date, timedelta

import pytest
import time_machine
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from office.factories import case_of, case_of_text, sign_in, sop_text
from office.pages import MONDAY, appoint, as_role, codes, day, send, visit
from office.remembered import remembered
from ppid.errors import Refused
from ppid.office.actions.bodies import create_body
from ppid.office.actions.people import add_person, make_appointment
from ppid.office.authority import authority_of
from ppid.office.models import Appointment, Event, Person
from ppid.office.queries.people import appointment_line, people_page, role_choices

pytestmark = pytest.mark.django_db(databases=["default", "public"])
TODAY = MONDAY.date()
STRONG = "jalan-tenang-2026"


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
@remembered
def walk():
    return case_of("kalteng")[0]


@pytest.fixture
def manager(client, walk):
    """The person who sets up the office, signed in."""
    person = appoint(walk, "pengelola_sistem", name="Pengelola")
    sign_in(client, person)
    return person


def test_an_appointment_is_in_force_on_its_first_and_its_last_day(walk):
    person = appoint(walk, "arsiparis", ends_on=walk.today + timedelta(days=2))
    one = person.appointments.get()

    states = [appointment_line(one, on=walk.today + timedelta(days=n)).state for n in (-1, 0, 2, 3)]

    assert states == ["akan datang", "berlaku", "berlaku", "berakhir"]


def test_everybody_sees_people_and_only_the_manager_changes_them(client, walk):
    as_role(client, walk, "petugas_ppid")

    page = visit(client, "people")
    refused = send(client, "person_new", status=403, name="Baru")

    assert page.context["lines"]
    assert codes(page.context["obstacles"]) == {"not_authorised"}
    assert b"disabled" in page.content
    assert codes(refused.context["findings"]) == {"not_authorised"}
    assert not Person.objects.filter(name="Baru").exists()


def test_a_nip_is_shown_to_the_manager_only(client, walk, manager):
    add_person(walk.body, name="Bernip", nip="196805311997031002", at=walk.now)

    assert b"19680531 199703 1 002" in visit(client, "people", cari="Bernip").content
    as_role(client, walk, "petugas_ppid")
    assert b"199703" not in visit(client, "people", cari="Bernip").content


def test_people_are_found_by_name_nip_and_whether_they_hold_a_role(walk):
    appoint(walk, "arsiparis", name="Lama", ends_on=walk.today)
    nip = "196805311997031002"
    add_person(walk.body, name="Tanpa peran", nip=nip, at=walk.now)

    def names(**asked):
        return [line.person.name for line in people_page(walk.body, on=TODAY, **asked)[1]]

    assert names(search="lama") == ["Lama"]
    assert names(search=nip[4:12]) == ["Tanpa peran"]
    assert names(state="tanpa") == ["Lama", "Tanpa peran"]
    assert "Lama" not in names(state="berlaku")


def test_those_in_force_come_first(walk):
    person = appoint(walk, "arsiparis", ends_on=walk.today)
    decree = {"decree_number": "SK/9", "decree_date": walk.today, "at": walk.now}
    make_appointment(person, role="auditor", starts_on=walk.today, **decree)
    make_appointment(person, role="petugas_ppid", starts_on=date(2030, 1, 1), **decree)

    line = next(one for one in people_page(walk.body, on=TODAY)[1] if one.person.pk == person.pk)

    assert [one.state for one in line.appointments] == ["berlaku", "akan datang", "berakhir"]


def test_a_person_is_added_once_however_often_the_form_is_sent(client, walk, manager):
    form = visit(client, "person_new").context["form"]
    fields = {"act": form["act"].initial, "name": "Sari", "nip": ""}

    first = send(client, "person_new", **fields)
    second = send(client, "person_new", **fields)

    person = Person.objects.get(name="Sari")
    assert first.url.endswith(f"/orang/{person.pk}/penugasan/")
    assert second.url.endswith("/orang/")


def test_a_nip_that_is_known_is_told_at_its_field(client, walk, manager):
    nip = "19680531 199703 1 002"
    send(client, "person_new", name="Sari", nip=nip)

    page = send(client, "person_new", status=200, name="Sari Dua", nip=nip)

    assert set(page.context["form"].errors) == {"nip"}
    assert page.context["findings"] == []
    assert not Person.objects.filter(name="Sari Dua").exists()


def test_a_new_person_can_sign_in_at_once(client, walk, manager):
    send(client, "person_new", name="Rina", username="rina.dinkes", password=STRONG)

    user = User.objects.get(username="rina.dinkes")
    assert user.check_password(STRONG)
    assert Person.objects.get(name="Rina").accounts.get().username == "rina.dinkes"


def test_the_password_stands_nowhere_in_the_log(client, walk, manager):
    send(client, "person_new", name="Rina", username="rina.dinkes", password=STRONG)

    assert not any(
        STRONG in str(event.sealed) or STRONG.encode() in bytes(event.entry)
        for event in Event.objects.all()
    )


@pytest.mark.parametrize(
    ("username", "password", "field"),
    [
        ("rina", "", "password"),
        ("", STRONG, "username"),
        ("rina dinkes", STRONG, "username"),
        ("rina", "pendek", "password"),
        ("sudah.ada", STRONG, "username"),
        ("Sudah.Ada", STRONG, "username"),
    ],
)
def test_an_account_that_cannot_be_opened_leaves_no_person(
    client, walk, manager, username, password, field
):
    User.objects.create(username="sudah.ada")

    page = send(client, "person_new", status=200, name="R", username=username, password=password)

    assert set(page.context["form"].errors) == {field}
    assert not Person.objects.filter(name="R").exists()


def appointment(**more):
    fields = {"role": "arsiparis", "kind": "definitif", "decree_number": "800/1/2026"}
    days = day("starts_on", TODAY) | day("decree_date", TODAY)
    return fields | days | more


def test_an_appointment_gives_the_role_from_its_first_day(client, walk, manager):
    person = add_person(walk.body, name="Sari", at=walk.now)
    agency = walk.agencies[0]

    send(client, "appointment_new", person.pk, **appointment(agency=str(agency.pk)))

    made = person.appointments.get()
    assert (made.role, made.agency, made.starts_on) == ("arsiparis", agency, TODAY)
    assert authority_of(person.pk, on=TODAY).roles == {"arsiparis"}
    assert authority_of(person.pk, on=TODAY - timedelta(days=1)).roles == frozenset()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": "plt"}, "ends_on"),
        (day("ends_on", TODAY - timedelta(days=1)), "ends_on"),
        ({"role": "tidak_ada"}, "role"),
        ({"decree_number": " "}, "decree_number"),
        ({"starts_on_bulan": "13"}, "starts_on"),
    ],
)
def test_an_appointment_that_cannot_be_is_told_at_its_field(client, walk, manager, wrong, field):
    person = add_person(walk.body, name="Sari", at=walk.now)

    page = send(client, "appointment_new", person.pk, status=200, **appointment(**wrong))

    assert set(page.context["form"].errors) == {field}
    assert not person.appointments.exists()


def test_an_acting_official_has_a_last_day(client, walk, manager):
    person = add_person(walk.body, name="Sari", at=walk.now)
    last = TODAY + timedelta(days=30)

    send(client, "appointment_new", person.pk, **appointment(kind="plh", **day("ends_on", last)))

    assert person.appointments.get().ends_on == last
    assert b"Plh. Arsiparis" in visit(client, "people", cari="Sari").content


def test_roles_are_ours_and_those_that_the_adopted_sops_name():
    text_role = 'peran = ["atasan_ppid", "kepala_seksi"]'
    text = sop_text("kalteng").replace('peran = ["atasan_ppid"]', text_role)
    walk, _ = case_of_text(text)

    roles = dict(role_choices(walk.body))

    assert roles["kepala_seksi"] == "Kepala seksi"
    assert "pemohon" not in roles
    assert {"ppid_utama", "pengelola_sistem", "auditor"} <= set(roles)


def test_an_ended_appointment_takes_the_role_away_after_its_last_day(client, walk, manager):
    person = appoint(walk, "arsiparis", name="Sari")
    one = person.appointments.get()

    send(client, "appointment_end", one.pk, **day("ends_on", TODAY))

    assert authority_of(person.pk, on=TODAY).roles == {"arsiparis"}
    assert authority_of(person.pk, on=TODAY + timedelta(days=1)).roles == frozenset()


def test_an_appointment_does_not_end_before_it_began(client, walk, manager):
    one = appoint(walk, "arsiparis").appointments.get()
    before = one.starts_on - timedelta(days=1)

    page = send(client, "appointment_end", one.pk, status=200, **day("ends_on", before))

    assert set(page.context["form"].errors) == {"ends_on"}
    assert Appointment.objects.get(pk=one.pk).ends_on is None


def test_only_the_manager_appoints_and_ends(client, walk):
    as_role(client, walk, "atasan_ppid")
    person = add_person(walk.body, name="Sari", at=walk.now)
    one = appoint(walk, "arsiparis", name="Lain").appointments.get()

    made = send(client, "appointment_new", person.pk, status=403, **appointment())
    ended = send(client, "appointment_end", one.pk, status=403, **day("ends_on", TODAY))

    assert codes(made.context["findings"]) == codes(ended.context["findings"]) == {"not_authorised"}
    assert not person.appointments.exists()


def test_people_of_another_body_do_not_exist(client, walk, manager):
    other = create_body("lain", name="Lain", place="K", timezone="Asia/Jayapura", at=walk.tick())
    stranger = add_person(other, name="Orang lain", at=walk.now)
    one = make_appointment(
        stranger,
        role="arsiparis",
        starts_on=TODAY,
        decree_number="SK",
        decree_date=TODAY,
        at=walk.now,
    )

    assert b"Orang lain" not in visit(client, "people").content
    visit(client, "appointment_new", stranger.pk, status=404)
    visit(client, "appointment_end", one.pk, status=404)
    with pytest.raises(Refused):
        add_person(other, name="X", at=walk.now, by=manager.pk)


def test_the_list_of_people_asks_as_many_questions_for_many_as_for_few(client, walk, manager):
    visit(client, "people")
    with CaptureQueriesContext(connection) as few:
        visit(client, "people", cari="Pengelola")
    with CaptureQueriesContext(connection) as many:
        visit(client, "people")

    assert len(many) == len(few)
