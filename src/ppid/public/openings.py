"""What opened lately, what opens soon, and what the law opened though nobody acted."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from ppid.public.models import Body, Entry
from ppid.public.status import Status, with_status

LATELY = timedelta(days=90)
AHEAD = timedelta(days=365)
MOST = 50


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the page: at most 50 entries, and whether there are more than these."""

    entries: tuple[Entry, ...]
    has_more: bool


@dataclass(frozen=True, slots=True)
class Openings:
    """The four parts, each in the order of the day that matters.

    soon: the law's 30 working days before the end have begun. ahead: opens within a year, later
    than those. overdue: open by law, and PPID has not said so (PP 61/2010 ps. 11 (1) and (3)).
    """

    lately: Part
    soon: Part
    ahead: Part
    overdue: Part


def openings(body: Body, *, on: date) -> Openings:
    """Return what the page shows on a day of the body's calendar."""
    entries = Entry.objects.filter(body=body)
    soon = entries.filter(with_status(Status.SOON, on=on))
    later = Q(opens_soon_from=None) | Q(opens_soon_from__gt=on)
    ahead = entries.filter(later, open_from__gt=on, open_from__lte=on + AHEAD)
    return Openings(
        lately=_part(opened_lately(body, on=on)),
        soon=_part(soon.order_by("open_from", "id")),
        ahead=_part(ahead.order_by("open_from", "id")),
        overdue=_part(overdue(body, on=on).order_by("-open_from", "-id")),
    )


def opened_lately(body: Body, *, on: date) -> QuerySet[Entry]:
    """Return what opened in the 90 days up to a day, the newest first."""
    lately = Entry.objects.filter(body=body, open_from__gt=on - LATELY, open_from__lte=on)
    return lately.order_by("-open_from", "-id")


def overdue(body: Body, *, on: date) -> QuerySet[Entry]:
    """Return what is open on a day without a letter that says so.

    Source: PP 61/2010 ps. 11 (1) and (3)
    """
    return Entry.objects.filter(body=body, open_from__lte=on, declared_on=None)


def _part(entries: QuerySet[Entry]) -> Part:
    rows = tuple(entries[: MOST + 1])
    return Part(rows[:MOST], len(rows) > MOST)
