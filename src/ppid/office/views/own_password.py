"""Who has a password that somebody else set chooses an own one before anything else."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from ppid.office.models import Account

ALLOWED = ("account_change_password", "account_logout")


class OwnPasswordMiddleware:
    """Lead to the page on which a password is chosen, from wherever it is wanted first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on, unless its account's password is known to somebody else."""
        if request.user.is_authenticated and request.path not in map(reverse, ALLOWED):
            name = request.user.get_username()
            if Account.objects.filter(username=name, given=True).exists():
                return redirect(ALLOWED[0])
        return self.get_response(request)
