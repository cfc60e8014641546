"""Signing out, which also empties what this browser keeps of the office."""

from allauth.account.views import LogoutView
from django.http import HttpRequest, HttpResponse

KEPT_BY_THE_BROWSER = '"storage"'
"""Its stores, the kept page of a stock-take and the worker that keeps it (Clear-Site-Data)."""


def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign the person out; ask first, as the package does."""
    response = LogoutView.as_view()(request)
    if not request.user.is_authenticated:
        response["Clear-Site-Data"] = KEPT_BY_THE_BROWSER
    return response
