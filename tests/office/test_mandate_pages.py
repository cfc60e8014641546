"""The pages of mandates and of new passwords."""

from datetime import date
from uuid import uuid4

import pytest
import time_machine
from django.contrib.auth.models import User

from office.offices import assert_sound, codes, office, who
from office.pages import as_role, day, send, visit
from ppid.errors import BadInput, Refused
from ppid.office.actions.accounts import open_account, reset_password
from ppid.office.actions.mandates import give_mandate
from ppid.office.actions.people import add_person, end_appointment
from ppid.office.authority import holders
from ppid.office.mandate import MandatedAct
from ppid.office.models import Event, Mandate, Person

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)
FIRST, SECOND = "burung-camar-pagi", "kapal-layar-senja"


@pytest.fixture
def walk(client):
    """An office with a person without any role, seen by its PPID on the day it began."""
    made = office(on=TODAY)
    made.secretary = add_person(made.body, name="Sekretaris", at=made.now)
    with time_machine.travel("2026-03-02T05:00:00Z", tick=False):
        as_role(client, made, "ppid_utama")
        yield made


def filled(walk, **changes):
    """Return a filled form of a mandate of the PPID to the secretary."""
    made = {
        "giver": str(who(walk, "ppid_utama")),
        "holder": str(walk.secretary.pk),
        "role": "ppid_utama",
        "acts": ["menetapkan", "membuka"],
        "letter_number": "SM/1",
        **day("letter_date", TODAY),
        **day("starts_on", TODAY),
        **day("ends_on", date(2026, 3, 31)),
    }
    return made | changes


def test_a_mandate_is_recorded_listed_and_ended(client, walk):
    visit(client, "mandate_new")
    send(client, "mandate_new", **filled(walk))
    given = Mandate.objects.get()

    (line,) = visit(client, "mandates").context["lines"]
    visit(client, "mandate_end", given.pk)
    send(client, "mandate_end", given.pk, **day("ends_on", TODAY))

    given.refresh_from_db()
    assert (line.words, line.state, line.idle) == ("a.n. ppid_utama", "berlaku", False)
    assert line.acts == ("Menandatangani penetapan klasifikasi", "Menyatakan informasi terbuka")
    assert given.ends_on == TODAY
    assert_sound()


def test_the_list_says_when_a_mandate_lends_nothing_or_is_still_to_come(client, walk):
    send(client, "mandate_new", **filled(walk))
    later = day("starts_on", date(2026, 3, 20))
    send(client, "mandate_new", **filled(walk, letter_number="SM/2", **later))
    appointment = holders(walk.body.pk, ["ppid_utama"], on=TODAY)[0]
    end_appointment(appointment, ends_on=date(2026, 3, 2), at=walk.tick(), by=None)

    with time_machine.travel("2026-03-05T05:00:00Z", tick=False):
        as_role(client, walk, "petugas_ppid")
        lines = visit(client, "mandates").context["lines"]

    assert [(line.state, line.idle) for line in lines] == [
        ("berlaku", True),
        ("akan datang", False),
    ]


def test_a_mistake_is_told_at_its_field(client, walk):
    answer = send(client, "mandate_new", status=200, **filled(walk, holder=filled(walk)["giver"]))

    assert "holder" in answer.context["form"].errors
    assert not Mandate.objects.exists()


def test_the_role_of_the_head_is_not_offered(client, walk):
    roles = [
        value for value, _ in visit(client, "mandate_new").context["form"].fields["role"].choices
    ]

    assert "menyetujui" not in visit(client, "mandate_new").content.decode()
    assert "ppid_utama" in roles
    assert "pimpinan_badan_publik" not in roles


def test_only_who_sets_up_the_office_records_a_mandate(client, walk):
    as_role(client, walk, "petugas_ppid")

    answer = send(client, "mandate_new", status=403, **filled(walk))

    assert codes_of(answer) == {"not_authorised"}
    assert not Mandate.objects.exists()


def codes_of(answer):
    """Return the codes of what a page says above its form."""
    return {finding.code for finding in answer.context["findings"]}


def test_a_mandate_of_another_body_does_not_exist(client, walk):
    visit(client, "mandate_end", uuid4(), status=404)
    visit(client, "password_reset", uuid4(), status=404)


@pytest.fixture
def account(walk):
    """The secretary's account."""
    first = {"username": "sekretaris", "password": FIRST, "given": False}
    open_account(walk.secretary, **first, at=walk.tick())
    return User.objects.get(username="sekretaris")


def test_a_forgotten_password_is_set_anew_and_the_log_knows_no_secret(client, walk, account):
    send(client, "password_reset", walk.secretary.pk, username="sekretaris", password=SECOND)

    account.refresh_from_db()
    assert (account.check_password(FIRST), account.check_password(SECOND)) == (False, True)
    event = Event.objects.get(kind="account.password_reset")
    assert SECOND not in f"{bytes(event.entry)}{event.sealed}"
    assert event.actor == who(walk, "ppid_utama")
    assert_sound()


def test_who_is_signed_in_with_the_old_password_is_signed_out(client, walk, account):
    client.force_login(account)
    visit(client, "tokens")

    reset_password(walk.secretary, username="sekretaris", password=SECOND, at=walk.tick())

    assert visit(client, "tokens", status=302).url.startswith("/akun/login/")


def test_a_weak_password_is_told_at_its_field(client, walk, account):
    visit(client, "password_reset", walk.secretary.pk)

    answer = send(
        client,
        "password_reset",
        walk.secretary.pk,
        status=200,
        username="sekretaris",
        password="12",
    )

    account.refresh_from_db()
    assert "password" in answer.context["form"].errors
    assert account.check_password(FIRST)


def test_only_an_account_of_that_person_gets_a_password_and_only_from_who_may(walk, account):
    ppid = Person.objects.get(pk=who(walk, "ppid_utama"))

    with pytest.raises(BadInput) as strange:
        reset_password(ppid, username="sekretaris", password=SECOND, at=walk.tick())
    with pytest.raises(BadInput) as unknown:
        reset_password(ppid, username="tidak.ada", password=SECOND, at=walk.tick())
    with pytest.raises(Refused) as barred:
        reset_password(
            walk.secretary,
            username="sekretaris",
            password=SECOND,
            at=walk.tick(),
            by=who(walk, "auditor"),
        )

    assert codes(strange) == codes(unknown) == {"account_unknown"}
    assert codes(barred) == {"not_authorised"}


def test_a_mandate_of_the_head_needs_the_bodys_own_rule(walk):
    head = Person.objects.get(pk=who(walk, "pimpinan_badan_publik"))
    with pytest.raises(BadInput) as refused:
        give_mandate(
            head,
            walk.secretary,
            role="pimpinan_badan_publik",
            acts=[MandatedAct.STEP],
            starts_on=TODAY,
            ends_on=TODAY,
            letter_number="SM/9",
            letter_date=TODAY,
            at=walk.tick(),
        )

    assert codes(refused) == {"mandate_of_head", "mandate_act_unfit"}
