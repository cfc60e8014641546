"""Offices and cases for the tests: plain functions over the actions, nothing behind their back."""

from datetime import UTC, date, datetime
from pathlib import Path

from django.contrib.auth.models import User

from office.remembered import remembered
from ppid.office.actions.people import link_account
from ppid.office.authority import holders
from ppid.office.demo.walk import Walk, act_on, set_up
from ppid.office.models import Case, Person, Task

SOPS = Path(__file__).resolve().parents[2] / "sops"
START = date(2026, 3, 2)
PASSWORD = "kata-sandi-uji"


def sop_text(name: str) -> str:
    """Return the text of one of the four SOPs."""
    return (SOPS / f"{name}.toml").read_text(encoding="utf-8")


def case_of(name: str, *, on: date = START, before: int = 1) -> tuple[Walk, Case]:
    """Return an office and a case of the named SOP that waits on a step."""
    return case_of_text(sop_text(name), on=on, before=before)


@remembered
def case_of_text(text: str, *, on: date = START, before: int = 1) -> tuple[Walk, Case]:
    """Return an office and a case of an SOP text that waits on a step."""
    walk, case = set_up(text, on=on)
    go_to(walk, case, before=before)
    return walk, case


def go_to(walk: Walk, case: Case, *, before: int) -> None:
    """Act until the step waits."""
    while not Task.objects.filter(case=case, step=before).exists():
        act_on(walk, case, Task.objects.filter(case=case).first())
    case.refresh_from_db()


def person_in(walk: Walk, role: str, number: int = 0) -> Person:
    """Return somebody who holds the role today."""
    return holders(walk.body.pk, [role], on=walk.today)[number].person


def sign_in(client, person: Person) -> None:
    """Sign the person in, making the account on first use."""
    username = f"akun-{person.pk.hex[:12]}"
    user, fresh = User.objects.get_or_create(username=username)
    if fresh:
        link_account(person, username=username, at=datetime(2026, 3, 2, tzinfo=UTC))
    client.force_login(user)
