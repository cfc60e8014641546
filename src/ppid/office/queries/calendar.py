"""A year of the calendar as its page shows it, and what a decree or a week has moved."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Any
from uuid import UUID

from ppid.errors import Finding, NotFound
from ppid.law.decree import Decree, Scope, WorkWeek, calendar_of, decree_notes
from ppid.law.request_stage import Stage
from ppid.law.term import in_words
from ppid.law.workdays import WorkCalendar, count_workdays, is_weekend
from ppid.office.calendar import Calendars, calendars
from ppid.office.models import Agency, Body, CalendarChange, CalendarDecree, Case, Person
from ppid.office.pending_days import Move, Pending, moves
from ppid.office.projections.cases import definition_of

WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
FIRST_YEAR, LAST_YEAR = 2020, 2100
SHOWN_CHANGES = 10
NEWS_FOR = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class DayOff:
    """One day off. kind: what makes it one. idle: the body's week is closed that day anyway."""

    day: date
    weekday: str
    name: str
    kind: str
    idle: bool


@dataclass(frozen=True, slots=True)
class UnitWeek:
    """The week of the body (agency: None) or of a unit, and the one that follows, if any."""

    agency: Agency | None
    now: WorkWeek
    coming: tuple[WorkWeek, ...]


@dataclass(frozen=True, slots=True)
class YearPage:
    """A year of a body's calendar. firm: decreed and entered; otherwise it only helps to plan.

    shipped: its list came with the program. years: those that the page leads to.
    """

    year: int
    firm: bool
    workdays: int
    months: tuple[tuple[str, tuple[DayOff, ...]], ...]
    decrees: tuple[CalendarDecree, ...]
    shipped: bool
    weeks: tuple[UnitWeek, ...]
    changes: tuple[CalendarChange, ...]
    years: tuple[int, ...]
    may_enter: bool


def demand_year(year: int) -> None:
    """Raise NotFound for a year of which there is no calendar."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NotFound(Finding("year_unknown", f"Kalender tahun {year} tidak ada."))


def year_page(body: Body, year: int, *, on: date) -> YearPage:
    """Return a year of the body's calendar. Raises NotFound for a year out of reach."""
    demand_year(year)
    known = calendars(body)
    calendar = known.of()
    first, last = date(year, 1, 1), date(year, 12, 31)
    decrees = tuple(CalendarDecree.objects.filter(body=body, year=year))
    national = [one for one in decrees if one.scope == Scope.NATIONAL]
    return YearPage(
        year=year,
        firm=year <= calendar.horizon.year,
        workdays=count_workdays(first - timedelta(days=1), last, calendar),
        months=_months(known, year),
        decrees=decrees,
        shipped=not national and year <= calendar_of().horizon.year,
        weeks=tuple(_weeks(body, known, on=on)),
        changes=tuple(
            CalendarChange.objects.filter(body=body).select_related("decree", "week__agency")[
                :SHOWN_CHANGES
            ]
        ),
        years=tuple(sorted({year, *range(on.year - 1, calendar.horizon.year + 2), on.year + 1})),
        may_enter=year >= on.year or year > calendar.horizon.year,
    )


def _months(known: Calendars, year: int) -> tuple[tuple[str, tuple[DayOff, ...]], ...]:
    everything = calendar_of(known.entered.decrees)
    regional = {
        day for one in known.entered.decrees if one.scope is Scope.REGIONAL for day in one.days_off
    }
    own = known.of()
    kinds = dict.fromkeys(everything.collective_leave, "Cuti bersama")
    kinds |= {
        day: "Libur daerah" if day in regional else "Libur nasional" for day in everything.holidays
    }
    days = [_day_off(day, kinds[day], everything, own) for day in sorted(kinds) if day.year == year]
    return tuple(
        (in_words(group[0].day).split()[1], tuple(group))
        for _, part in groupby(days, key=lambda one: one.day.month)
        if (group := list(part))
    )


def _day_off(day: date, kind: str, everything: WorkCalendar, own: WorkCalendar) -> DayOff:
    names = {**everything.collective_leave, **everything.holidays}
    idle = is_weekend(day, own)
    if day not in own.closed and not idle:
        kind = f"{kind}, kantor bekerja"
    return DayOff(day, WEEKDAYS[day.weekday()], names[day], kind, idle)


def _weeks(body: Body, known: Calendars, *, on: date) -> Iterator[UnitWeek]:
    agencies = {one.pk: one for one in Agency.objects.filter(body=body)}
    units = [None, *sorted({unit for unit, _ in known.entered.weeks if unit}, key=str)]
    for unit in units:
        later = {one.starts_on: one for of, one in known.entered.weeks if of == unit}
        coming = tuple(later[day] for day in sorted(later) if day > on)
        agency = agencies[unit] if unit else None
        yield UnitWeek(agency, week_in_force(body, unit, on=on), coming)


def week_in_force(body: Body, agency: UUID | None, *, on: date) -> WorkWeek:
    """Return the week of the body on a day; of a unit its own, or the body's while it has none."""
    known = calendars(body)
    first = WorkWeek(date.min, known.days_per_week, known.collective_leave_works)
    begun = [(unit, one) for unit, one in known.entered.weeks if one.starts_on <= on]
    shared = [one for unit, one in begun if unit is None]
    own = [one for unit, one in begun if unit == agency]
    # Entered later wins on the same day, so the last of equals: max() would take the first.
    return sorted(own or shared or [first], key=attrgetter("starts_on"))[-1]


@dataclass(frozen=True, slots=True)
class MoveLine:
    """One pending day that changed, in words. case: where it stands, if it is in a case."""

    what: str
    case: Case | None
    old: date
    new: date
    was_provisional: bool
    provisional: bool

    @property
    def moved(self) -> bool:
        """Return whether the day is another one."""
        return self.old != self.new


@dataclass(frozen=True, slots=True)
class Preview:
    """What a decree would do, before it is entered."""

    notes: tuple[Finding, ...]
    lines: tuple[MoveLine, ...]


def preview(body: Body, decree: Decree, *, on: date) -> Preview:
    """Return what deserves a second look, and what the decree would move."""
    now = calendars(body)
    found = moves(body, before=now, after=now.with_decree(decree), on=on)
    return Preview(decree_notes(decree, calendar=now.of()), move_lines(body, found))


@dataclass(frozen=True, slots=True)
class ChangePage:
    """A change of the calendar with all that it moved."""

    change: CalendarChange
    who: str
    told: tuple[str, ...]
    lines: tuple[MoveLine, ...]

    @property
    def moved(self) -> int:
        """Return how many days are other ones now."""
        return sum(line.moved for line in self.lines)


def change_page(body: Body, change: UUID) -> ChangePage:
    """Return a change of the calendar. Raises NotFound."""
    rows = CalendarChange.objects.select_related("decree", "week__agency")
    found = rows.filter(pk=change, body=body).first()
    if found is None:
        raise NotFound(Finding("change_unknown", "Perubahan kalender tidak ditemukan."))
    names = _names(body, [*found.told, *([str(found.by)] if found.by else [])])
    return ChangePage(
        change=found,
        who=names.get(str(found.by), "program"),
        told=tuple(names[one] for one in found.told if one in names),
        lines=move_lines(body, [Move(**one) for one in found.moves]),
    )


def _names(body: Body, ids: Sequence[str]) -> dict[str, str]:
    people = Person.objects.filter(body=body, pk__in=ids)
    return {str(one.pk): one.name for one in people}


def move_lines(body: Body, found: Sequence[Move]) -> tuple[MoveLine, ...]:
    """Return moves in words, those that are another day first."""
    ids = {one.subject for one in found if one.kind in (Pending.STEP, Pending.CASE)}
    rows = Case.objects.filter(body=body, pk__in=ids).select_related("sop")
    cases: Mapping[str, Case] = {str(case.pk): case for case in rows}
    lines = [_move_line(one, cases.get(one.subject)) for one in found]
    return tuple(sorted(lines, key=lambda line: not line.moved))


def _move_line(move: Move, case: Case | None) -> MoveLine:
    return MoveLine(
        what=_what(move, case),
        case=case,
        old=_local(move.old),
        new=_local(move.new),
        was_provisional=move.was_provisional,
        provisional=move.provisional,
    )


def _local(text: str) -> date:
    """Return the day of a moment that was written in the body's own zone, or of a date."""
    return datetime.fromisoformat(text).date()


def _what(move: Move, case: Case | None) -> str:
    if case and move.kind == Pending.STEP:
        return f"Langkah {definition_of(case.sop.text).step(move.step).row}"
    if case:
        return "Seluruh berkas"
    if move.kind == Pending.REQUEST:
        return f"Permintaan {move.subject}: {Stage(move.stage).label}"
    day = in_words(date.fromisoformat(move.subject))
    if move.kind == Pending.REVIEW:
        return f"30 hari kerja sebelum tinjau ulang {day}: {move.count} informasi"
    return f"30 hari kerja sebelum berakhir {day}: {move.count} informasi"


def newest_change(body: Body, *, at: datetime) -> CalendarChange | None:
    """Return the change of the last 30 days that moved something, to be announced; None if none."""
    rows = CalendarChange.objects.filter(body=body, at__gt=at - NEWS_FOR)
    for change in rows.select_related("decree", "week__agency"):
        if moved_in(change):
            return change
    return None


def moved_in(change: CalendarChange) -> int:
    """Return how many pending days a change moved to another day."""
    stored: list[dict[str, Any]] = change.moves
    return sum(one["old"] != one["new"] for one in stored)
