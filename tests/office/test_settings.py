"""The page of the settings: what it shows, who changes it, and that the office acts by it."""

import pytest
import time_machine

from office.offices import appoint, assert_sound, office
from office.pages import as_role, codes, send, visit
from office.remembered import remembered
from ppid.law.term import ExpiryRule
from ppid.office.actions.bodies import CHOICES, MOST_UPLOAD_MB, choice_findings
from ppid.office.authority import head_roles
from ppid.office.forms.bodies import SettingsForm
from ppid.office.models import Body, Event
from ppid.office.queries.fixity import fixity_days

pytestmark = pytest.mark.django_db(databases=["default", "public"])
ELSEWHERE = {
    *("days_per_week", "collective_leave_works", "deliberation", "paper_size", "letterhead_lines"),
    *("logo", "keepers", "label_sheet", "label_words", "paper_footer", "paper_signers"),
}
CHOSEN = {
    "fixity_days": 30,
    "upload_megabytes": 50,
    "head_roles": ["atasan_ppid", "pimpinan_badan_publik"],
    "term_roles": ["pimpinan_badan_publik"],
    "mandate_of_head": "on",
    "expiry_rule": ExpiryRule.DEADLINE.value,
    "site_text": "Jalan Merdeka 1",
}


@pytest.fixture
@remembered
def walk():
    walk = office()
    appoint(walk, "pengelola_sistem")
    return walk


def asked(client, walk, role="pengelola_sistem", status=302, **otherwise):
    with time_machine.travel(walk.tick(), tick=False):
        as_role(client, walk, role)
        seen = visit(client, "settings").context["form"].initial["seen"]
        return send(client, "settings", status=status, **{"seen": seen} | CHOSEN | otherwise)


def test_every_choice_of_a_body_has_a_page():
    assert set(SettingsForm.base_fields) - {"seen"} | ELSEWHERE == set(CHOICES)


def test_what_is_chosen_holds_and_the_rest_stays_as_it_was(client, walk):
    before = walk.body.settings
    asked(client, walk)

    body = Body.objects.get()
    assert (fixity_days(body), head_roles(body)) == (30, tuple(CHOSEN["head_roles"]))
    new = {name: value for name, value in CHOSEN.items() if name != "term_roles"}
    assert body.settings == before | new | {"mandate_of_head": True}
    with time_machine.travel(walk.now, tick=False):
        page = visit(client, "settings").content.decode()
    assert 'value="30"' in page
    assert_sound()


def test_what_nobody_changed_is_not_chosen(client, walk, settings):
    settings.FIXITY_DAYS = "30"
    asked(client, walk, upload_megabytes=200)

    assert set(Body.objects.get().settings).isdisjoint(
        {"fixity_days", "upload_megabytes", "term_roles"}
    )


def test_a_page_that_was_open_too_long_undoes_nothing(client, walk):
    as_role(client, walk, "pengelola_sistem")
    seen = visit(client, "settings").context["form"].initial["seen"]
    asked(client, walk, fixity_days=7)

    page = asked(client, walk, seen=seen, status=409)

    assert codes(page.context["findings"]) == {"settings_changed"}
    assert fixity_days(Body.objects.get()) == 7


def test_a_role_of_the_bodys_own_stays_a_choice(walk):
    walk.body.settings = {"head_roles": ["kepala_badan"]}
    roles = [role for role, _ in SettingsForm(body=walk.body).fields["head_roles"].choices]

    assert set(roles) == {"kepala_badan", "pimpinan_badan_publik", "atasan_ppid"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(("fixity_days", 0), ("fixity_days", 3651), ("upload_megabytes", MOST_UPLOAD_MB + 1)),
        *(("head_roles", []), ("term_roles", ["pemohon"]), ("expiry_rule", "lain")),
        ("site_text", "a" * 4001),
    ],
)
def test_what_no_body_may_choose_is_a_mistake_of_its_field(client, walk, field, value):
    page = asked(client, walk, status=200, **{field: value}).context["form"]

    assert set(page.errors) == {field}
    assert not Event.objects.filter(kind="body.changed").exists()


@pytest.mark.parametrize(
    "wrong", [{"fixity_days": 0}, {"fixity_days": "9"}, {"site_text": "a" * 4001}]
)
def test_it_is_refused_without_the_page_too(wrong):
    assert [one.code for one in choice_findings(wrong)] == ["choice_invalid"]


def test_who_does_not_set_up_the_office_sees_them_and_changes_nothing(client, walk):
    page = asked(client, walk, role="auditor", status=403).content.decode()

    assert "disabled" in page
    assert not Event.objects.filter(kind="body.changed").exists()
