"""`ppid body new`: a body and the person who sets up the rest, or nothing."""

import pytest
from click.testing import CliRunner
from django.contrib.auth.models import User
from django.test import Client

from office.offices import assert_sound
from ppid.commands import body as command
from ppid.errors import BadInput
from ppid.office.models import Appointment, Body, Event

pytestmark = pytest.mark.django_db(databases=["default", "public"])
PASSWORD = "gunung-laut-awan-7"
WORDS = {
    "--name": "Pemerintah Kota",
    "--place": "Kota",
    "--zone": "Asia/Makassar",
    "--admin": "Pengelola",
    "--username": "pengelola",
    "--decree": "188.45/1/2026",
}


@pytest.fixture(autouse=True)
def here(settings, tmp_path, monkeypatch):
    settings.KEYS = tmp_path / "keys"
    monkeypatch.setattr(command, "demand_ready", lambda *_: None)  # the test database has no file


def new(slug="kota", *, typed=f"{PASSWORD}\n{PASSWORD}\n", **otherwise):
    words = WORDS | {f"--{name.replace('_', '-')}": value for name, value in otherwise.items()}
    arguments = ["new", slug, *(part for pair in words.items() for part in pair)]
    return CliRunner().invoke(command.body, arguments, input=typed)


def test_who_was_named_signs_in_and_may_set_up(client):
    done = new()
    assert done.exit_code == 0, done.output
    assert PASSWORD not in done.output
    body = Body.objects.get()
    assert (body.pk, body.zone.key) == ("kota", "Asia/Makassar")
    assert_sound()

    assert client.login(username="pengelola", password=PASSWORD)
    page = client.get("/perangkat-daerah/")
    assert page.status_code == 200
    assert page.context["obstacles"] == ()


def test_the_decree_has_its_own_day():
    new(decree_date="2026-01-05")
    made = Appointment.objects.get()
    assert (made.decree_date.isoformat(), made.role) == ("2026-01-05", "pengelola_sistem")


def test_a_second_body_has_its_own_people():
    new()
    assert new("kabupaten", username="pengelola.kabupaten").exit_code == 0
    assert Body.objects.count() == 2


@pytest.mark.parametrize(
    ("otherwise", "code"),
    [
        ({"typed": "pendek\npendek\n"}, "password_weak"),
        ({"username": "dua kata"}, "username_invalid"),
        ({"zone": "Asia/Bontang"}, "timezone_unknown"),
        ({"slug": "../kota"}, "key_name_invalid"),
        ({"admin": "  "}, "name_missing"),
        ({"decree": " "}, "decree_missing"),
    ],
)
def test_what_is_refused_leaves_nothing(otherwise, code):
    refused = new(**otherwise).exception
    assert isinstance(refused, BadInput)
    assert refused.codes == (code,)
    assert (Body.objects.count(), Event.objects.count(), User.objects.count()) == (0, 0, 0)


def test_a_body_that_is_there_stays_as_it_is():
    new()
    again = new(username="lain", name="Lain").exception
    assert again.codes == ("body_exists",)
    assert Body.objects.get().name == "Pemerintah Kota"
    assert not Client().login(username="lain", password=PASSWORD)
