"""Set up a public body and its agencies."""

from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings

from ppid.errors import BadInput, Conflict, Finding
from ppid.office import keys
from ppid.office.log import Fact, append
from ppid.office.models import Agency, Body
from ppid.office.writing import writing


def create_body(
    slug: str,
    *,
    name: str,
    place: str,
    timezone: str,
    at: datetime,
    by: UUID | None = None,
    unit: str = "",
    choices: dict[str, Any] | None = None,
) -> Body:
    """Create a body with its own log and signing key. Raises BadInput."""
    if Body.objects.filter(pk=slug).exists():
        raise BadInput(Finding("body_exists", f"Badan publik “{slug}” sudah ada.", place="slug"))
    try:
        ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise BadInput(
            Finding(
                "timezone_unknown",
                f"Zona waktu “{timezone}” tidak dikenal.",
                place="timezone",
                hint="Pakai Asia/Jakarta (WIB), Asia/Makassar (WITA), atau Asia/Jayapura (WIT).",
            )
        ) from error
    with suppress(Conflict):  # a key without a body is left over from an attempt that broke off
        keys.create(settings.KEYS, slug)
    said = {"name": name, "unit": unit, "place": place, "timezone": timezone}
    with writing():
        append(Fact("body.created", {**said, "settings": choices or {}}), body=slug, by=by, at=at)
    return Body.objects.get(pk=slug)


def change_settings(body: Body, *, by: UUID, at: datetime, choices: dict[str, Any]) -> None:
    """Replace the readings that the body has chosen."""
    with writing():
        append(Fact("body.changed", {"settings": choices}), body=body.pk, by=by, at=at)


def add_agency(body: Body, *, code: str, name: str, at: datetime, by: UUID | None = None) -> Agency:
    """Add an agency to the body. Raises BadInput if its code is taken."""
    if Agency.objects.filter(body=body, code=code).exists():
        raise BadInput(Finding("agency_exists", f"Kode “{code}” sudah dipakai.", place="code"))
    agency = uuid4()
    with writing():
        said = {"id": str(agency), "code": code, "name": name}
        append(Fact("agency.added", said), body=body.pk, by=by, at=at)
    return Agency.objects.get(pk=agency)
