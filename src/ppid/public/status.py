"""What an entry's status is on a day, and which day it is for a body.

The one clock of the open site: today(). A status is worked out from dates and never stored.
"""

from datetime import date, datetime, time
from enum import StrEnum
from typing import Protocol
from zoneinfo import ZoneInfo

from django.db.models import Case, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ppid.public.edition_check import TIMEZONES
from ppid.public.models import Body


class Status(StrEnum):
    """What the public is told about access on a day."""

    EXEMPT = "dikecualikan"
    SOON = "segera-terbuka"
    OPEN = "terbuka"

    @property
    def label(self) -> str:
        """Return the word shown to people, in the language of the page."""
        return str(_LABELS[self])

    @property
    def mark(self) -> str:
        """Return the name of its look in the style sheet."""
        return {"dikecualikan": "exempt", "segera-terbuka": "soon", "terbuka": "open"}[self.value]


_LABELS = {
    Status.EXEMPT: _("Dikecualikan"),
    Status.SOON: _("Segera terbuka"),
    Status.OPEN: _("Terbuka"),
}


class Dated(Protocol):
    """What has the days that a status follows from: an entry, or a row of one."""

    @property
    def open_from(self) -> date | None:
        """Return the first open day known."""

    @property
    def opens_soon_from(self) -> date | None:
        """Return the day from which the site says that it opens soon."""


def today(body: Body) -> date:
    """Return the date it is now where the body is."""
    return timezone.now().astimezone(ZoneInfo(body.timezone)).date()


def midnight(zone: str, on: date) -> datetime:
    """Return the moment at which the day `on` begins; zone: where the body is."""
    return datetime.combine(on, time.min, tzinfo=ZoneInfo(zone))


def status_choices() -> tuple[tuple[str, str], ...]:
    """Return each status with its word, for a field in which one is chosen."""
    return tuple((one.value, one.label) for one in Status)


def zone_name(body: Body) -> str:
    """Return WIB, WITA or WIT."""
    return TIMEZONES[body.timezone]


def status(entry: Dated, *, on: date) -> Status:
    """Return the entry's status on a day of its body's calendar.

    It is open from its first open day, also when nobody declared it.
    Source: PP 61/2010 ps. 11 (3).
    """
    if entry.open_from is not None and entry.open_from <= on:
        return Status.OPEN
    if entry.opens_soon_from is not None and entry.opens_soon_from <= on:
        return Status.SOON
    return Status.EXEMPT


def with_status(wanted: Status, *, on: date) -> Q:
    """Return the condition that an entry has this status on a day; SOON is exempt as well."""
    is_open = Q(open_from__isnull=False, open_from__lte=on)
    if wanted is Status.OPEN:
        return is_open
    if wanted is Status.SOON:
        return ~is_open & Q(opens_soon_from__isnull=False, opens_soon_from__lte=on)
    return ~is_open


def status_column(*, on: date) -> Case:
    """Return the status on a day as a column of a query over entries."""
    later = [
        When(with_status(one, on=on), then=Value(one.value)) for one in (Status.OPEN, Status.SOON)
    ]
    return Case(*later, default=Value(Status.EXEMPT.value))
