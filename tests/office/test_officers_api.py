"""The officers' API: its tokens, and that it reads what the pages show to the same people."""

from datetime import timedelta

import pytest
import schemathesis
import time_machine
from django.contrib.auth.models import User
from django.core.cache import cache
from django.urls import reverse
from hypothesis import Phase, given
from hypothesis import settings as examples
from schemathesis.specs.openapi.checks import positive_data_acceptance

from office.asking import PERSON, asked_office, linked, received
from office.factories import person_in, sign_in
from office.offices import appoint, assert_sound, office, register_item, who
from office.pages import as_role, day, send, visit
from office.remembered import remembered
from office.test_copy_readings import recent
from ppid.config.wsgi import application
from ppid.errors import BadInput, NotFound
from ppid.office.actions.accounts import reset_password
from ppid.office.actions.people import link_account
from ppid.office.actions.tokens import LONGEST, MOST, make_token, revoke_token
from ppid.office.api.site import described
from ppid.office.authority import MAY, Right
from ppid.office.models import ApiToken, Event, Person, TokenUse
from ppid.office.queries.tokens import token_lines

pytestmark = [
    pytest.mark.django_db(databases=["default", "public"]),
    pytest.mark.usefixtures("unhurried"),
]
API = "/api/v1"
NAME = "Aplikasi persuratan"
READERS = MAY[Right.READ]
ROLES = ("petugas_ppid", "ppid_utama", "pimpinan_badan_publik", "auditor", "pengelola_sistem")


@pytest.fixture
@remembered
def walk():
    walk = asked_office()
    appoint(walk, "pengelola_sistem")
    item = register_item(walk)
    linked(walk, received(walk), item)
    return walk


def token_of(walk, role="ppid_utama", *, acting=False, person=None, days=30, name=NAME):
    """A token of somebody who can sign in."""
    person = person or person_in(walk, role)
    username = f"akun-{person.pk.hex[:12]}"
    if not User.objects.filter(username=username).exists():
        User.objects.create(username=username)
        link_account(person, username=username, at=walk.now)
    ends_on = walk.today + timedelta(days=days)
    return make_token(person, name=name, ends_on=ends_on, acting=acting, at=walk.now)


def ask(client, walk, path, token, *, status=200, later=timedelta(0), **query):
    with time_machine.travel(walk.now + later, tick=False):
        answer = client.get(f"{API}{path}", query, headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == status, answer.content
    if status != 200:
        assert answer["Content-Type"] == "application/problem+json"
    assert answer["Cache-Control"] == "no-store"
    return answer.json()


def codes(problem):
    return [one["code"] for one in problem["findings"]]


def test_a_token_is_made_on_its_page_shown_once_and_kept_as_a_hash(client, walk):
    with time_machine.travel(walk.now, tick=False):
        as_role(client, walk, "petugas_ppid")
        recent(client, walk.now)
        fields = {"name": NAME, "scope": "tindak"} | day("ends_on", walk.today)
        page = send(client, "tokens", status=200, **fields)
        text = page.context["text"]
        again = visit(client, "tokens").content.decode()
        send(client, "tokens", status=200, **fields | {"scope": "lain"})
    token = ApiToken.objects.get()

    assert text.startswith("ppid_")
    assert text in page.content.decode()
    assert text not in again
    assert NAME in again
    assert (token.name, token.acting, token.ends_on) == (NAME, True, walk.today)
    written = "".join(f"{bytes(one.entry)} {one.sealed}" for one in Event.objects.all())
    assert text not in written + str(vars(token))
    assert ask(client, walk, "/me", text)["person"] == token.person.name
    assert_sound()


def test_to_make_a_token_the_password_is_asked_anew(client, walk):
    with time_machine.travel(walk.now, tick=False):
        as_role(client, walk, "petugas_ppid")
        fields = {"name": NAME, "scope": "baca"} | day("ends_on", walk.today)
        answer = send(client, "tokens", **fields)
    assert "reauthenticate" in answer.url
    assert not ApiToken.objects.exists()


def test_the_same_form_sent_twice_makes_one_token(client, walk):
    with time_machine.travel(walk.now, tick=False):
        as_role(client, walk, "petugas_ppid")
        recent(client, walk.now)
        act = visit(client, "tokens").context["form"].initial["act"]
        fields = {"name": NAME, "scope": "baca"} | day("ends_on", walk.today)
        pages = [send(client, "tokens", status=200, act=act, **fields) for _ in range(2)]
    assert [bool(page.context["text"]) for page in pages] == [True, False]
    assert ApiToken.objects.count() == 1


def test_a_token_is_revoked_by_its_owner_alone(client, walk):
    text = token_of(walk, "petugas_ppid")
    token = ApiToken.objects.get()
    with time_machine.travel(walk.now, tick=False):
        as_role(client, walk, "auditor")
        send(client, "token_revoke", token.pk, status=404)
        as_role(client, walk, "petugas_ppid")
        send(client, "token_revoke", token.pk)
        send(client, "token_revoke", token.pk, status=404)
    assert codes(ask(client, walk, "/me", text, status=401)) == ["token_invalid"]
    assert [one.state for one in token_lines(token.person, on=walk.today)] == ["Dicabut"]
    assert_sound()


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"name": " "}, "token_name_missing"),
        ({"days": -1}, "token_end_invalid"),
        ({"days": LONGEST.days + 1}, "token_end_invalid"),
    ],
)
def test_a_token_without_name_or_with_an_end_too_far_is_refused(walk, given, code):
    with pytest.raises(BadInput) as refused:
        token_of(walk, **given)
    assert refused.value.codes == (code,)


def test_a_name_serves_once_and_there_are_not_too_many(walk):
    token_of(walk)
    with pytest.raises(BadInput) as twice:
        token_of(walk)
    for number in range(MOST - 1):
        token_of(walk, name=f"Token {number}")
    with pytest.raises(BadInput) as many:
        token_of(walk, name="Satu lagi")
    assert (twice.value.codes, many.value.codes) == (("token_name_taken",), ("tokens_too_many",))
    with pytest.raises(NotFound):
        revoke_token(ApiToken.objects.first().pk, person=Person.objects.first(), at=walk.now)


@pytest.mark.parametrize("text", ["", "x", "ppid_salah", "ppid_" + "x" * 200, "ppid_\u00e9"])
def test_what_is_no_token_is_refused(client, walk, text):
    assert codes(ask(client, walk, "/me", text, status=401)) == ["token_invalid"]


def test_without_a_token_every_address_is_closed(client):
    for path in ("/me", "/inbox", "/cases", "/items", "/determinations", "/editions", "/requests"):
        answer = client.get(f"{API}{path}", headers={"Authorization": "Basic eDp4"})
        cache.clear()
        assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")


def test_a_token_ends_with_its_last_day_the_account_and_a_new_password(client, walk):
    person = person_in(walk, "auditor")
    first, second = token_of(walk, person=person, days=1), token_of(walk, person=person, name="b")
    assert ask(client, walk, "/me", first, later=timedelta(days=1))
    assert ask(client, walk, "/me", first, later=timedelta(days=2), status=401)
    user = User.objects.get()
    User.objects.update(is_active=False)
    assert ask(client, walk, "/me", second, status=401)
    User.objects.update(is_active=True)
    assert ask(client, walk, "/me", second)

    reset_password(
        person,
        username=user.username,
        password="sandi-baru-yang-panjang",
        at=walk.tick(),
        by=who(walk, "pengelola_sistem"),
    )
    assert ask(client, walk, "/me", second, status=401)
    assert_sound()


@pytest.mark.parametrize("acting", [False, True])
def test_a_token_of_who_holds_no_office_today_opens_nothing(client, walk, acting):
    person = appoint(walk, "auditor", starts_on=walk.today, ends_on=walk.today)
    token = token_of(walk, acting=acting, person=person)
    assert ask(client, walk, "/sops", token)["items"]
    for path in ("/me", "/sops", "/items", "/inbox"):
        refused = ask(client, walk, path, token, status=403, later=timedelta(days=1))
        assert codes(refused) == ["no_office_today"]


def test_who_guesses_tokens_is_held_off_for_a_while(client, walk):
    good = token_of(walk)
    for _ in range(10):
        ask(client, walk, "/me", "ppid_salah", status=401)
    with time_machine.travel(walk.now, tick=False):
        answer = client.get(f"{API}/me", headers={"Authorization": f"Bearer {good}"})
    assert (answer.status_code, answer["Retry-After"]) == (429, "60")
    assert codes(answer.json()) == ["too_often"]


def test_a_token_is_not_used_without_measure(client, walk, settings):
    settings.API_RATE_LIMITS = {"used": "2/m/key"}
    token = token_of(walk)
    for _ in range(2):
        ask(client, walk, "/me", token)
    assert codes(ask(client, walk, "/me", token, status=429)) == ["too_often"]


def test_its_owner_sees_that_a_token_was_used(client, walk):
    token = token_of(walk, "auditor")
    for _ in range(2):
        ask(client, walk, "/me", token)
    [line] = token_lines(ApiToken.objects.get().person, on=walk.today)
    assert TokenUse.objects.get().count == 2
    assert (line.days, line.last_at) == (1, walk.now)


def test_it_says_who_asks(client, walk):
    said = ask(client, walk, "/me", token_of(walk, "auditor"))
    assert said["roles"] == ["Auditor"]
    assert (said["body"], said["token"], said["token_acts"]) == ("kota", NAME, False)


def test_cases_items_and_letters_are_what_the_pages_show(client, walk):
    token = token_of(walk)
    [case] = ask(client, walk, "/cases", token)["items"]
    [item] = ask(client, walk, "/items", token, q="rekam", state="dikecualikan", letter="h")[
        "items"
    ]
    [letter] = ask(client, walk, "/determinations", token)["items"]
    whole = ask(client, walk, f"/cases/{case['id']}", token)
    told = ask(client, walk, f"/items/{item['id']}", token)

    assert ask(client, walk, "/items", token, letter="a")["items"] == []
    assert ask(client, walk, "/cases", token, state="ended")["items"] == []
    assert [one["row"] for one in whole["waiting"]] == case["waiting"]
    assert whole["items"][0]["id"] == item["id"] == letter["items"][0]
    assert len(whole["steps"]) == 8
    assert told["sheet"]["ground"] == "h.1" or told["sheet"]["ground"]
    assert told["determination"] == letter["number"] == item["determination"]
    assert [one["decision"] for one in told["approvals"]] == ["setuju"]
    assert told["history"][0]["who"]
    with time_machine.travel(walk.now, tick=False):
        as_role(client, walk, "ppid_utama")
        page = visit(client, "item", item["id"]).context["page"]
    assert [one["what"] for one in told["history"]] == [line.what for line in page.history][:6]


def test_reading_what_is_exempt_leaves_the_trace_that_the_page_leaves(client, walk):
    token = token_of(walk, "auditor")
    [item] = ask(client, walk, "/items", token)["items"]
    ask(client, walk, f"/items/{item['id']}", token)
    read = Event.objects.get(kind="document.read")
    assert read.actor == who(walk, "auditor")
    assert str(ApiToken.objects.get().pk) in bytes(read.entry).decode()
    assert_sound()


def test_requests_name_who_asks_only_to_those_who_work_with_them(client, walk):
    for role, known in (("petugas_ppid", PERSON), ("auditor", "")):
        token = token_of(walk, role)
        [line] = ask(client, walk, "/requests", token)["items"]
        said = ask(client, walk, f"/requests/{line['id']}", token)
        assert said["requester"] == known
        assert [one["title"] for one in said["items"]] == ["Rekam medis"]
    assert ask(client, walk, "/requests", token, state="all")["items"]


def test_the_inbox_is_that_of_the_page(client, walk):
    token = token_of(walk, "petugas_ppid")
    said = ask(client, walk, "/inbox", token)
    with time_machine.travel(walk.now, tick=False):
        as_role(client, walk, "petugas_ppid")
        page = visit(client, "inbox").context["page"]
    assert len(said["mine"]) == len(page.mine) > 0
    assert said["running_cases"] == page.running
    assert said["law_acts"] == []


def test_documents_and_editions_are_told_without_their_content(client, walk):
    token = token_of(walk)
    [item] = ask(client, walk, "/items", token)["items"]
    assert ask(client, walk, f"/items/{item['id']}/documents", token) == {"items": []}
    assert ask(client, walk, "/editions", token) == {"items": [], "next": None}


PAGES = {
    "/cases": "cases",
    "/items": "register",
    "/requests": "requests",
    "/inbox": "inbox",
}


@pytest.mark.parametrize("role", ROLES)
def test_who_may_see_a_page_may_ask_and_nobody_else(client, walk, role):
    token = token_of(walk, role)
    with time_machine.travel(walk.now, tick=False):
        as_role(client, walk, role)
        shown = {path: client.get(reverse(route)).status_code for path, route in PAGES.items()}
    for path, status in shown.items():
        ask(client, walk, path, token, status=status)
    for path in ("/determinations", "/editions"):
        ask(client, walk, path, token, status=200 if role in READERS else 403)


def test_an_agencys_ppid_sees_the_own_agencys_items_only(client, walk):
    other = appoint(walk, "ppid_pelaksana", name="lain", agency=walk.agencies[1])
    own = token_of(walk, person=person_in(walk, "ppid_pelaksana", 1))
    strange = token_of(walk, person=other)
    [item] = ask(client, walk, "/items", own)["items"]
    assert ask(client, walk, "/items", strange)["items"] == []
    assert ask(client, walk, "/determinations", strange)["items"] == []
    for path in (f"/items/{item['id']}", f"/items/{item['id']}/documents"):
        ask(client, walk, path, own)
        ask(client, walk, path, strange, status=404)


def test_nothing_of_another_body_is_there(client, walk):
    token = token_of(walk)
    case, item = (ask(client, walk, path, token)["items"][0] for path in ("/cases", "/items"))
    elsewhere = token_of(office("kabupaten"))
    for path in (f"/cases/{case['id']}", f"/items/{item['id']}"):
        ask(client, walk, path, elsewhere, status=404)
    assert ask(client, walk, "/items", elsewhere)["items"] == []


@pytest.mark.parametrize("path", ["/items?page=0", "/items/x", "/cases?state=x", "/items?letter=z"])
def test_what_cannot_be_asked_is_named(client, walk, path):
    assert set(codes(ask(client, walk, path, token_of(walk), status=422))) == {"bad_input"}


def test_the_guide_names_every_address_and_so_does_the_document(client, walk):
    sign_in(client, person_in(walk, "auditor"))
    said = visit(client, "api_document").json()
    page = visit(client, "api_guide").content.decode().replace("<wbr>", "")
    assert said["openapi"] == "3.1.0"
    assert all(path in page for path in said["paths"])


FEW = examples(max_examples=1, phases=[Phase.generate], derandomize=True, database=None)


def test_the_api_does_as_its_document_says(walk, settings, connected):
    """What a form wants depends on the day and the office: its GET says so, no document can."""
    settings.API_RATE_LIMITS = {}
    token = token_of(walk, acting=True)
    schema = schemathesis.openapi.from_dict(described())
    schema.app = application
    with time_machine.travel(walk.now, tick=False):
        for operation in schema.get_all_operations():

            @given(case=operation.ok().as_strategy())
            @FEW
            def does_as_it_says(case):
                excluded = [positive_data_acceptance] if case.method == "POST" else []
                headers = {"Authorization": f"Bearer {token}"}
                case.call_and_validate(headers=headers, excluded_checks=excluded)

            does_as_it_says()
