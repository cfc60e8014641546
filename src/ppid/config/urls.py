"""Addresses of the office process."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import include, path, re_path

from ppid.office.api.site import api
from ppid.office.views.sign_out import sign_out


def closed(request: HttpRequest) -> HttpResponse:
    """Answer 404 where the sign-in package offers what this office does not."""
    raise Http404


NOT_OFFERED = r"^akun/(?:signup|email|confirm-email|password/reset|password/set|login/code)/"
"""Accounts are made by the office; no password travels by e-mail."""

urlpatterns = [
    re_path(NOT_OFFERED, closed),
    path("akun/logout/", sign_out),
    path("akun/", include("allauth.urls")),
    path("api/v1/", api.urls),
    path("", include("ppid.office.urls")),
]
