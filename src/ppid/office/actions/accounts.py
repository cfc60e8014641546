"""Accounts: a user name and a first password for a person, and a new one when it is forgotten.

Who set a password for somebody else could act in that name: the person chooses an own one before
anything else (docs/decisions/0094).
"""

from datetime import datetime
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from ppid.errors import BadInput, Finding
from ppid.office.actions.people import demand_set_up, link_account
from ppid.office.log import Fact, append, lock
from ppid.office.models import Account, Person
from ppid.office.writing import writing


def open_account(
    person: Person,
    *,
    username: str,
    password: str,
    at: datetime,
    by: UUID | None = None,
    given: bool = True,
) -> None:
    """Let the person sign in under a new user name with a first password.

    The password lives with the sign-in, never in the log. given: somebody else knows it, so the
    person chooses an own one at the first sign-in. Raises BadInput, Refused.
    """
    demand_set_up(person.body, by=by, at=at)
    with writing():
        lock(person.body_id)
        if findings := account_findings(username, password):
            raise BadInput(*findings)
        User.objects.create_user(username=username, password=password)
        link_account(person, username=username, at=at, by=by, given=given)


def reset_password(
    person: Person, *, username: str, password: str, at: datetime, by: UUID | None = None
) -> None:
    """Give an account of the person a new password, and end every sign-in that it still has.

    The password lives with the sign-in, never in the log. Raises BadInput, Refused.
    """
    demand_set_up(person.body, by=by, at=at)
    with writing():
        lock(person.body_id)
        user = User.objects.filter(username=username).first()
        if user is None or not person.accounts.filter(username=username).exists():
            text = f"Akun “{username}” bukan milik orang ini."
            raise BadInput(Finding("account_unknown", text, place="username"))
        if findings := _password_findings(user, password):
            raise BadInput(*findings)
        User.objects.filter(pk=user.pk).update(password=make_password(password))
        said = {"username": username, "given": True}
        fact = Fact("account.password_reset", {"person": str(person.pk)}, said)
        append(fact, body=person.body_id, by=by, at=at)


def choose_password(username: str, password: str, *, at: datetime) -> None:
    """Keep the password that the person of an account chose; every token ends.

    A user name without a person gets it too, and nothing is in the log.
    """
    account = Account.objects.select_related("person").filter(username=username).first()
    with writing():
        if account is not None:
            person = account.person
            lock(person.body_id)
            fact = Fact(
                "account.password_chosen", {"person": str(person.pk)}, {"username": username}
            )
            append(fact, body=person.body_id, by=person.pk, at=at)
        User.objects.filter(username=username).update(password=make_password(password))


def account_findings(username: str, password: str) -> tuple[Finding, ...]:
    """Return what is wrong with a user name and its first password."""
    findings = []
    try:
        User.username_validator(username)
    except ValidationError:
        text = "Nama pengguna hanya berisi huruf, angka, dan tanda @ . + - _."
        findings.append(Finding("username_invalid", text, place="username"))
    if User.objects.filter(username__iexact=username).exists():
        text = f"Nama pengguna “{username}” sudah dipakai."
        findings.append(Finding("username_taken", text, place="username"))
    return (*findings, *_password_findings(User(username=username), password))


def _password_findings(user: User, password: str) -> tuple[Finding, ...]:
    try:
        validate_password(password, user)
    except ValidationError as error:
        text = " ".join(error.messages)
        return (Finding("password_weak", text, place="password"),)
    return ()
