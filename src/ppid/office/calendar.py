"""The calendar by which a body, or one unit of it, counts working days.

It is made of what the program ships (ppid.law.workdays) and of the decrees and weeks that the
office has entered. A body carries the digest of what it has entered, so that a calendar is built
once and is the same wherever it is asked for, also while a log is replayed.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from hashlib import sha256
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS

from ppid.law.decree import Decree, Scope, WorkWeek, calendar_of
from ppid.law.workdays import WorkCalendar
from ppid.office.models import Body, CalendarDecree, Week

MOST_KNOWN = 256
UnitWeek = tuple[UUID | None, WorkWeek]


@dataclass(frozen=True, slots=True)
class Entered:
    """What a body has entered, in that order; equal where the digest is. weeks: unit, week."""

    digest: str = ""
    decrees: tuple[Decree, ...] = field(default=(), compare=False)
    weeks: tuple[UnitWeek, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Calendars:
    """The calendars of a body: its own, and those of the units with a week of their own."""

    entered: Entered
    days_per_week: int = 5
    collective_leave_works: bool = False

    def of(self, agency: UUID | None = None) -> WorkCalendar:
        """Return the calendar of a unit, or of the body."""
        return _calendar(self, agency if agency in dict(self.entered.weeks) else None)

    def with_decree(self, decree: Decree) -> "Calendars":
        """Return the calendars as they would be with one more decree."""
        decrees = (*self.entered.decrees, decree)
        return replace(self, entered=_entered(decrees, self.entered.weeks))


_KNOWN: dict[str, Entered] = {}
"""By digest; what it holds never goes stale, because another content has another digest."""


def body_calendar(body: Body, agency: UUID | None = None) -> WorkCalendar:
    """Return the calendar in force of the body, or of one of its units."""
    return calendars(body).of(agency)


def calendars(body: Body) -> Calendars:
    """Return the calendars of the body, as the body's row was read."""
    days, works = (body.settings.get(name) for name in ("days_per_week", "collective_leave_works"))
    return Calendars(_of_body(body), days or 5, works or False)


def digest_of(body: str, *, db: str = DEFAULT_DB_ALIAS) -> str:
    """Return the digest of what the tables hold for the body, for its row."""
    return _read(body, db).digest


def as_law(row: CalendarDecree) -> Decree:
    """Return an entered decree as the law sees it."""
    return Decree(
        number=row.number,
        year=row.year,
        decreed_on=row.decreed_on,
        entered_on=row.entered_on,
        scope=Scope(row.scope),
        holidays=_days(row.holidays),
        collective_leave=_days(row.collective_leave),
        corrects=row.corrects,
    )


def _of_body(body: Body) -> Entered:
    if not body.calendar:
        return Entered()
    known = _KNOWN.get(body.calendar)
    if known is None:
        known = _read(body.pk, body._state.db or DEFAULT_DB_ALIAS)
        if len(_KNOWN) >= MOST_KNOWN:
            _KNOWN.clear()
        _KNOWN[known.digest] = known
    return known


def _read(body: str, db: str) -> Entered:
    decrees = CalendarDecree.objects.using(db).filter(body_id=body).order_by("position")
    weeks = Week.objects.using(db).filter(body_id=body).order_by("position")
    return _entered(
        [as_law(row) for row in decrees],
        [
            (
                row.agency_id,
                WorkWeek(row.starts_on, row.days_per_week, row.collective_leave_works),
            )
            for row in weeks
        ],
    )


def _entered(decrees: Iterable[Decree], weeks: Iterable[UnitWeek]) -> Entered:
    decrees, weeks = tuple(decrees), tuple(weeks)
    said = [
        *([str(one.entered_on), one.scope, one.number, one.year, _plain(one)] for one in decrees),
        *([str(unit), str(week.starts_on), repr(week)] for unit, week in weeks),
    ]
    return Entered(sha256(json.dumps(said).encode()).hexdigest(), decrees, weeks)


def _plain(decree: Decree) -> list[object]:
    kinds = (decree.holidays, decree.collective_leave)
    return [
        decree.corrects,
        *(sorted((str(day), name) for day, name in days.items()) for days in kinds),
    ]


def _days(stored: dict[str, str]) -> dict[date, str]:
    return {date.fromisoformat(day): name for day, name in stored.items()}


@lru_cache(maxsize=MOST_KNOWN)
def _calendar(calendars: Calendars, agency: UUID | None) -> WorkCalendar:
    own = [week for unit, week in calendars.entered.weeks if agency and unit == agency]
    first = min((week.starts_on for week in own), default=date.max)
    shared = [week for unit, week in calendars.entered.weeks if unit is None]
    return calendar_of(
        calendars.entered.decrees,
        [*(week for week in shared if week.starts_on < first), *own],
        days_per_week=calendars.days_per_week,
        collective_leave_works=calendars.collective_leave_works,
    )
