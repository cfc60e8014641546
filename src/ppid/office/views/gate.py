"""The door of the office: who holds no office today sees their own account and why, nothing else.

An account outlives the appointment it was made for. Names, decrees and how the office is set up are
for those who hold a role today, by appointment or by mandate (office.urls.AUDIENCES).
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from ppid.errors import NotFound, Refused
from ppid.office.accounts import person_of
from ppid.office.authority import authority_of, demand_office
from ppid.office.urls import AUDIENCES, HOLDS_OFFICE
from ppid.office.views.errors import error_page


class HoldersOfOffice:
    """Refuse the pages of the office to whoever is signed in and holds no role today."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; what it asks for is known in process_view."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], *given: Any
    ) -> HttpResponse | None:
        """Return the page that says why, for every address alike; None to go on."""
        route = request.resolver_match.url_name if request.resolver_match else None
        if AUDIENCES.get(route or "") != HOLDS_OFFICE or not request.user.is_authenticated:
            return None
        try:
            person = person_of(request)
        except NotFound:
            return None  # the view says so itself
        on = timezone.now().astimezone(person.body.zone).date()
        try:
            demand_office(person.body, authority_of(person.pk, on=on))
        except Refused as refused:
            return error_page(request, refused)
        return None
