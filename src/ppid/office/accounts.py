"""Who is signed in: the person behind a user name. Accounts are made by the office, never by
visitors."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from ppid.errors import Finding, NotFound
from ppid.office.models import Account, Person


class NoSignup(DefaultAccountAdapter):
    """Sign-in without self-service registration."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False: accounts are made by the office."""
        return False


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
