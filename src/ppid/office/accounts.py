"""Who is signed in: the person behind a user name. Accounts are made by the office, never by
visitors."""

from datetime import datetime

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from django.http import HttpRequest
from django.urls import reverse

from ppid.errors import Finding, NotFound
from ppid.office.models import Account, Person


class NoSignup(DefaultAccountAdapter):
    """Sign-in without self-service registration."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False: accounts are made by the office."""
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Return the inbox, where work goes on."""
        return reverse("inbox")


RECENT = 300
"""Seconds for which a sign-in counts for opening what is sealed."""


def signed_in_recently(request: HttpRequest, *, at: datetime) -> bool:
    """Return whether the person gave a password, code or passkey within the last five minutes."""
    given = [one["at"] for one in get_authentication_records(request, request.user)]
    return bool(given) and at.timestamp() - max(given) < RECENT


def person_of(request: HttpRequest) -> Person:
    """Return the person who is signed in. Raises NotFound for a user name without a person."""
    account = (
        Account.objects.select_related("person__body")
        .filter(username=request.user.get_username())
        .first()
    )
    if account is None:
        raise NotFound(
            Finding(
                "account_without_person",
                "Akun ini belum dihubungkan dengan seorang pejabat.",
                hint="Minta pengelola sistem menghubungkannya.",
            )
        )
    return account.person
