"""Signing in: for those with an account, in the office's own frame, with nothing else on offer."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import User

from office.factories import PASSWORD, case_of, person_in
from office.offices import assert_sound
from office.pages import MONDAY, as_role, visit
from office.remembered import remembered
from ppid.office.actions.accounts import open_account, reset_password
from ppid.office.actions.people import link_account
from ppid.office.actions.tokens import make_token
from ppid.office.models import Account, ApiToken, Event

pytestmark = pytest.mark.django_db(databases=["default", "public"])
SIGN_IN = "/akun/login/"


@pytest.fixture(autouse=True)
def monday(settings, tmp_path):
    memory = "django.core.cache.backends.locmem.LocMemCache"  # how often somebody asked, anew
    settings.CACHES = {"default": {"BACKEND": memory, "LOCATION": str(tmp_path)}}
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
@remembered
def account():
    """A person who can sign in as rina."""
    walk, _ = case_of("kalteng")
    person = person_in(walk, "ppid_utama")
    User.objects.create_user("rina", password=PASSWORD)
    link_account(person, username="rina", at=walk.now)
    return person


def test_who_has_an_account_signs_in_and_finds_the_inbox(client, account):
    answer = client.post(SIGN_IN, {"login": "rina", "password": PASSWORD}, follow=True)

    assert answer.redirect_chain == [("/", 302)]
    assert answer.context["person"] == account
    assert not list(answer.context["messages"])


def test_a_visitor_comes_to_where_they_wanted_to_go(client, account):
    asked = client.get("/register/?huruf=h")
    answer = client.post(asked.url, {"login": "rina", "password": PASSWORD, "next": "/register/"})

    assert "next=/register/" in asked.url
    assert answer.url == "/register/"


@pytest.mark.parametrize(
    "given",
    [
        {"login": "rina", "password": "salah"},
        {"login": "tidak-ada", "password": PASSWORD},
        {"login": "", "password": ""},
    ],
)
def test_a_wrong_name_or_password_is_told_without_saying_which(client, account, given):
    page = client.post(SIGN_IN, given)

    assert page.status_code == 200
    assert page.context["form"].errors
    assert b"govuk-error-summary" in page.content
    assert "_auth_user_id" not in client.session


def test_a_wrong_name_and_a_wrong_password_are_told_alike(client, account):
    name = client.post(SIGN_IN, {"login": "tidak-ada", "password": PASSWORD})
    password = client.post(SIGN_IN, {"login": "rina", "password": "salah"})

    assert name.context["form"].errors.as_json() == password.context["form"].errors.as_json()


def test_the_sign_in_page_is_drawn_in_our_frame_in_indonesian(client):
    page = client.get(SIGN_IN)

    assert b'<html lang="id"' in page.content
    assert b"ppid-header" in page.content
    assert b"Nama pengguna" in page.content
    for english in (b"Sign in", b"Sign In", b"Password", b"Remember", b"Menu:"):
        assert english not in page.content
    assert b"signup" not in page.content


@pytest.mark.parametrize(
    "address",
    [
        "signup/",
        "password/reset/",
        "password/reset/done/",
        "password/set/",
        "email/",
        "confirm-email/",
        "login/code/confirm/",
    ],
)
def test_what_the_office_does_not_offer_does_not_exist(client, account, address):
    assert client.get(f"/akun/{address}").status_code == 404
    assert client.post(f"/akun/{address}").status_code == 404


def test_signing_out_needs_a_click(client, account):
    client.post(SIGN_IN, {"login": "rina", "password": PASSWORD})

    asked = client.get("/akun/logout/")
    assert asked.status_code == 200
    assert "_auth_user_id" in client.session
    assert "Clear-Site-Data" not in asked
    left = client.post("/akun/logout/")
    assert "_auth_user_id" not in client.session
    assert left["Clear-Site-Data"] == '"storage"'


def test_a_name_without_a_person_is_told_so_and_can_sign_out(client):
    client.force_login(User.objects.create(username="tanpa.orang"))

    page = client.get("/")

    assert page.status_code == 404
    assert b"tanpa.orang" in page.content
    assert b"Keluar" in page.content


@pytest.mark.parametrize(
    "address", ["2fa/", "password/change/", "2fa/webauthn/", "reauthenticate/"]
)
def test_the_pages_of_ones_own_account_are_reachable(client, account, address):
    client.post(SIGN_IN, {"login": "rina", "password": PASSWORD})

    page = client.get(f"/akun/{address}")

    assert page.status_code == 200
    assert b"ppid-header" in page.content
    assert b"password/reset" not in page.content


def test_an_authenticator_app_can_be_added_without_a_picture_from_elsewhere(client, account):
    client.post(SIGN_IN, {"login": "rina", "password": PASSWORD})
    client.post("/akun/reauthenticate/", {"password": PASSWORD})

    page = client.get("/akun/2fa/totp/activate/")

    assert page.status_code == 200
    assert b"<svg" in page.content
    assert b"data:" not in page.content


def test_too_many_wrong_passwords_are_stopped(client, account):
    for _ in range(5):
        client.post(SIGN_IN, {"login": "rina", "password": "salah"})

    page = client.post(SIGN_IN, {"login": "rina", "password": PASSWORD})

    assert "_auth_user_id" not in client.session
    assert page.status_code in (200, 429)


def test_no_page_of_an_officer_is_kept_by_a_cache(client, account):
    client.post(SIGN_IN, {"login": "rina", "password": PASSWORD})

    for address in ("/", "/register/", "/tidak-ada/", SIGN_IN):
        assert "no-store" in client.get(address).headers["Cache-Control"]


def test_an_unknown_address_is_told_in_the_frame(client, account):
    client.post(SIGN_IN, {"login": "rina", "password": PASSWORD})

    page = client.get("/tidak-ada/")

    assert page.status_code == 404
    assert b"Halaman tidak ditemukan" in page.content


def test_the_menu_lights_the_place_one_is_at(client):
    walk, case = case_of("kalteng")
    as_role(client, walk, "ppid_utama")

    def lit(route, *args):
        return [
            link["label"] for link in visit(client, route, *args).context["menu"] if link["current"]
        ]

    assert lit("inbox") == ["Kotak tugas"]
    assert lit("case", case.pk) == ["Berkas"]
    assert lit("people") == ["Orang"]


OWN = "sandi-pilihan-sendiri-9"
CHANGE = "/akun/password/change/"


def choose(client, *, old=PASSWORD, new=OWN, again=None):
    given = {"oldpassword": old, "password1": new, "password2": again or new}
    return client.post(CHANGE, given)


@pytest.fixture
def given(client, account):
    """Another account of that person, with a password that the office made, signed in."""
    open_account(account, username="rina.baru", password=PASSWORD, at=MONDAY)
    client.post(SIGN_IN, {"login": "rina.baru", "password": PASSWORD})
    return account


@pytest.mark.parametrize("address", ["/", "/register/", "/token/", "/akun/2fa/", "/ada-tidak/"])
def test_a_password_that_somebody_else_set_opens_nothing_but_the_choice_of_another(
    client, given, address
):
    assert client.get(address).url == CHANGE
    assert client.post(address).url == CHANGE
    assert b"Pilih kata sandi Anda sendiri" in client.get(CHANGE).content
    assert client.get("/akun/logout/").status_code == 200


def test_after_the_choice_everything_is_open_and_the_log_says_who_chose(client, given):
    assert choose(client).url == "/"

    assert visit(client, "inbox").context["person"] == given
    assert not Account.objects.get(username="rina.baru").given
    event = Event.objects.get(kind="account.password_chosen")
    assert event.actor == given.pk
    assert OWN not in f"{bytes(event.entry)}{event.sealed}"
    assert_sound()


def test_the_same_password_again_is_no_choice(client, given):
    page = choose(client, new=PASSWORD)

    assert page.status_code == 200
    assert "password1" in page.context["form"].errors
    assert Account.objects.get(username="rina.baru").given


def test_a_weak_or_mistyped_password_changes_nothing(client, given):
    for page in (choose(client, new="12"), choose(client, again="lain"), choose(client, old="x")):
        assert page.status_code == 200
    assert Account.objects.get(username="rina.baru").given
    assert User.objects.get(username="rina.baru").check_password(PASSWORD)


def test_a_password_that_was_reset_is_chosen_anew(client, account):
    open_account(account, username="rina.baru", password=PASSWORD, at=MONDAY, given=False)
    reset_password(account, username="rina.baru", password=OWN, at=MONDAY)

    client.post(SIGN_IN, {"login": "rina.baru", "password": OWN})

    assert visit(client, "inbox", status=302).url == CHANGE


def test_who_changes_the_password_without_need_ends_the_tokens(client, account):
    client.post(SIGN_IN, {"login": "rina", "password": PASSWORD})
    last = MONDAY.date() + timedelta(days=9)
    make_token(account, name="Skrip", ends_on=last, acting=False, at=MONDAY)

    assert "Pilih kata sandi Anda sendiri" not in client.get(CHANGE).content.decode()
    choose(client)

    assert ApiToken.objects.get().revoked_at == MONDAY
    visit(client, "inbox")


def test_a_name_without_a_person_changes_its_password_too(client):
    User.objects.create_user("tanpa.orang", password=PASSWORD)
    client.post(SIGN_IN, {"login": "tanpa.orang", "password": PASSWORD})

    choose(client)

    assert User.objects.get(username="tanpa.orang").check_password(OWN)
