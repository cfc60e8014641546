"""Working days (hari kerja): which days count, and how far the calendar is known.

Decides what a working day is for one calendar and counts them. Where the days off come from is
data/holidays.toml (yearly decrees); which calendar a body or unit uses is the office's choice.
"""

import tomllib
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from ppid.errors import BadInput, Finding

_PERPRES = "Perpres 21/2023 ps. 3"
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkCalendar:
    """The working days of one office (hari kerja, Perpres 21/2023).

    working_weekdays: Monday is 0. later_weeks: other weekdays from a day on, in order of that day.
    holidays and collective_leave (cuti bersama): day to name. collective_leave_works: the office
    stays open on cuti bersama. known_from, horizon: first and last day for which the days off are
    known, both inclusive. opens_at, closes_at: office hours in the body's local time.
    """

    horizon: date
    known_from: date = date.min
    working_weekdays: frozenset[int] = frozenset(range(5))
    later_weeks: tuple[tuple[date, frozenset[int]], ...] = ()
    holidays: Mapping[date, str] = field(default_factory=dict)
    collective_leave: Mapping[date, str] = field(default_factory=dict)
    collective_leave_works: bool = False
    opens_at: time = time(7, 30)
    closes_at: time = time(16, 0)
    closed: frozenset[date] = field(init=False, repr=False, compare=False)
    closed_ordinals: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for week in (self.working_weekdays, *(week for _, week in self.later_weeks)):
            if not week or not week <= frozenset(range(7)):
                raise BadInput(_bad_weekdays())
        leave = {} if self.collective_leave_works else self.collective_leave
        closed = frozenset(self.holidays) | frozenset(leave)
        on_weekdays = (day for day in closed if day.weekday() in _week_on(day, self))
        object.__setattr__(self, "holidays", MappingProxyType(dict(self.holidays)))
        object.__setattr__(self, "collective_leave", MappingProxyType(dict(self.collective_leave)))
        object.__setattr__(self, "closed", closed)
        object.__setattr__(
            self, "closed_ordinals", tuple(sorted(day.toordinal() for day in on_weekdays))
        )

    def __hash__(self) -> int:
        return hash((self.horizon, self.working_weekdays, self.later_weeks, self.closed))


@dataclass(frozen=True, slots=True)
class ProvisionalDate:
    """A date, and whether it may still move because a day it counts is not yet decreed."""

    day: date
    provisional: bool


def is_workday(day: date, calendar: WorkCalendar) -> bool:
    """Return whether the office works on `day`.

    Source: Perpres 21/2023 ps. 3 (reading: docs/decisions/0013).
    """
    return day.weekday() in _week_on(day, calendar) and day not in calendar.closed


def is_weekend(day: date, calendar: WorkCalendar) -> bool:
    """Return whether the office is closed on `day` by its week alone, whatever is decreed.

    Source: Perpres 21/2023 ps. 3.
    """
    return day.weekday() not in _week_on(day, calendar)


def _week_on(day: date, calendar: WorkCalendar) -> frozenset[int]:
    for starts_on, week in reversed(calendar.later_weeks):
        if day >= starts_on:
            return week
    return calendar.working_weekdays


def day_off_name(day: date, calendar: WorkCalendar) -> str:
    """Return the name of the holiday or cuti bersama on `day`, or "" when there is none."""
    return calendar.holidays.get(day) or calendar.collective_leave.get(day, "")


def add_workdays(start: date, n: int, calendar: WorkCalendar) -> ProvisionalDate:
    """Return the n-th working day after `start`, or before it when `n` is negative.

    The start day is not counted; n = 0 returns `start` itself. Provisional when a day that was
    passed over lies outside the known years. Raises BadInput (date_out_of_range).
    Source: UU 14/2008 ps. 22 (7) (reading: docs/decisions/0013).
    """
    step = _ONE_DAY if n > 0 else -_ONE_DAY
    day, left = start, abs(n)
    try:
        while left:
            day += step
            left -= is_workday(day, calendar)
    except OverflowError as error:
        raise BadInput(_out_of_range(start, n)) from error
    return ProvisionalDate(day, is_provisional(start, day, calendar))


def count_workdays(after: date, through: date, calendar: WorkCalendar) -> int:
    """Return how many working days lie between two days, the first not counted, the last counted.

    Negative when `through` is earlier: count_workdays(d, add_workdays(d, n).day) is n either way.
    Source: UU 14/2008 ps. 22 (7) (reading: docs/decisions/0013).
    """
    first, last = after.toordinal() + 1, through.toordinal()
    if through >= after:
        return _count(first, last + 1, calendar)
    return -_count(last, first - 1, calendar)


def is_provisional(after: date, through: date, calendar: WorkCalendar) -> bool:
    """Return whether counting from `after` (not counted) to `through` touches an unknown year.

    Source: Perpres 21/2023 ps. 6 (reading: docs/decisions/0014).
    """
    if after == through:
        return False
    first, last = (after + _ONE_DAY, through) if after < through else (through, after - _ONE_DAY)
    return first < calendar.known_from or last > calendar.horizon


def national_calendar(
    *,
    days_per_week: int = 5,
    collective_leave_works: bool = False,
    regional: Mapping[date, str] = MappingProxyType({}),
) -> WorkCalendar:
    """Return the calendar of the yearly decrees, with the region's own days off added.

    days_per_week: 5 (Monday to Friday) or 6 (to Saturday, for units that serve the public).
    Raises BadInput (days_per_week_unknown).
    Source: Perpres 21/2023 ps. 3 (reading: docs/decisions/0013).
    """
    years = _years()
    decreed = [year for year, entry in years.items() if entry["keputusan"]]
    return WorkCalendar(
        known_from=date(min(years), 1, 1),
        horizon=date(max(decreed), 12, 31),
        working_weekdays=weekdays(days_per_week),
        holidays={**_days(years, "libur"), **regional},
        collective_leave=_days(years, "cuti_bersama"),
        collective_leave_works=collective_leave_works,
    )


def weekdays(days_per_week: int) -> frozenset[int]:
    """Return the working weekdays of a week of 5 or 6 days, Monday is 0.

    Raises BadInput (days_per_week_unknown).
    Source: Perpres 21/2023 ps. 3 (reading: docs/decisions/0013).
    """
    if days_per_week not in (5, 6):
        raise BadInput(_bad_week(days_per_week))
    return frozenset(range(days_per_week))


def _count(first: int, stop: int, calendar: WorkCalendar) -> int:
    """Return the working days among the ordinals from `first` up to, not including, `stop`."""
    off = calendar.closed_ordinals
    days = bisect_left(off, first) - bisect_left(off, stop)
    week = calendar.working_weekdays
    for starts_on, following in calendar.later_weeks:
        edge = min(max(starts_on.toordinal(), first), stop)
        days += _count_week(first, edge, week)
        first, week = edge, following
    return days + _count_week(first, stop, week)


def _count_week(first: int, stop: int, week: frozenset[int]) -> int:
    """Return the days of one unchanging week among those ordinals, whatever is decreed."""
    weeks, rest = divmod(stop - first, 7)
    # Ordinal 1 (1 January of year 1) is a Monday, so (ordinal - 1) % 7 is the weekday.
    return weeks * len(week) + sum((first + i - 1) % 7 in week for i in range(rest))


@lru_cache(maxsize=1)
def _years() -> dict[int, Any]:
    text = files("ppid.law").joinpath("data/holidays.toml").read_text(encoding="utf-8")
    return {int(year): entry for year, entry in tomllib.loads(text)["tahun"].items()}


def _days(years: Mapping[int, Any], kind: str) -> dict[date, str]:
    entries = (entry[kind] for entry in years.values())
    return {date.fromisoformat(day): name for days in entries for day, name in days.items()}


def _bad_weekdays() -> Finding:
    return Finding(
        "working_weekdays_invalid",
        "Hari kerja dalam sepekan harus berisi sedikitnya satu hari, Senin sampai Minggu.",
        "working_weekdays",
        "Pilih hari kerja kantor Anda, misalnya Senin sampai Jumat.",
        _PERPRES,
    )


def _bad_week(days: int) -> Finding:
    return Finding(
        "days_per_week_unknown",
        f"Pekan kerja {days} hari tidak dikenal.",
        "days_per_week",
        "Pilih 5 hari kerja, atau 6 hari kerja untuk unit yang dikecualikan.",
        _PERPRES,
    )


def _out_of_range(start: date, n: int) -> Finding:
    return Finding(
        "date_out_of_range",
        f"Hasil hitungan {n} hari kerja dari {start.isoformat()} berada di luar kalender.",
        hint="Periksa tanggal dan jumlah hari kerjanya.",
    )
