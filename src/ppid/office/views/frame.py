"""What every page of the office shows around its content."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from ppid.errors import NotFound
from ppid.office.accounts import person_of


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return the person and body in the page header; nothing for a visitor."""
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return {}
    try:
        person = person_of(request)
    except NotFound:
        return {}
    return {"person": person, "body": person.body, "public_url": settings.PUBLIC_URL}
