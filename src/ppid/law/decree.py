"""Decrees on days off (keputusan hari libur dan cuti bersama), and the calendar they make.

Decides what a decree may say, what about it deserves a second look, and which days of a calendar it
changes: only days after the one on which it was entered. What was counted up to a day that has come
therefore never moves (docs/decisions/0090). Who enters decrees is the office's business.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from ppid.errors import Finding
from ppid.law.term_kinds import in_words
from ppid.law.workdays import (
    WorkCalendar,
    day_off_name,
    is_weekend,
    national_calendar,
    weekdays,
)

_WEEK = "Perpres 21/2023 ps. 3"
_DAYS_OFF = "Perpres 21/2023 ps. 6"
_LEAVE = "PP 11/2017 ps. 333"
_NOT_CHANGED = "Hitungan hari kerja tidak berubah karenanya."
FEWEST_HOLIDAYS = 12
"""A national list with fewer is probably not whole: those of 2020 to 2026 had 15 to 19."""


class Scope(StrEnum):
    """For whom a decree holds: the whole country, or the region of one body."""

    NATIONAL = "nasional"
    REGIONAL = "daerah"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decree:
    """A decree on the days off of one year (keputusan, Perpres 21/2023 ps. 6).

    holidays, collective_leave (cuti bersama): day to name. entered_on: the body's local day on
    which the office entered it. corrects: the number of an earlier entry that it puts right.
    """

    number: str
    year: int
    decreed_on: date
    entered_on: date
    scope: Scope = Scope.NATIONAL
    holidays: Mapping[date, str] = field(default_factory=dict)
    collective_leave: Mapping[date, str] = field(default_factory=dict)
    corrects: str = ""

    @property
    def days_off(self) -> Mapping[date, str]:
        """Return every day it names, whatever its kind."""
        return {**self.collective_leave, **self.holidays}


@dataclass(frozen=True, slots=True)
class WorkWeek:
    """The week of an office from a day on (hari kerja, Perpres 21/2023 ps. 3 and 7)."""

    starts_on: date
    days_per_week: int
    collective_leave_works: bool


def calendar_of(
    decrees: Sequence[Decree] = (),
    weeks: Iterable[WorkWeek] = (),
    *,
    days_per_week: int = 5,
    collective_leave_works: bool = False,
) -> WorkCalendar:
    """Return the calendar that these decrees make, in the order in which they were entered.

    weeks: later weeks of the office; before the first of them days_per_week and
    collective_leave_works hold. A national decree replaces the list of its year, a regional one
    adds to it, each only for days after its entry. The horizon is the end of the last year up to
    which none is missing. Raises BadInput (days_per_week_unknown).
    Source: Perpres 21/2023 ps. 6 (reading: docs/decisions/0090).
    """
    base = national_calendar(days_per_week=days_per_week)
    national = [one for one in decrees if one.scope is Scope.NATIONAL]
    holidays, leave = dict(base.holidays), dict(base.collective_leave)
    for decree in national:
        holidays = _replaced(holidays, decree, decree.holidays)
        leave = _replaced(leave, decree, decree.collective_leave)
    following = sorted({one.starts_on: one for one in weeks}.values(), key=_start)
    first = WorkWeek(date.min, days_per_week, collective_leave_works)
    in_order = (first, *following)
    return replace(
        base,
        horizon=_horizon(base.horizon, {one.year for one in national}),
        later_weeks=tuple((one.starts_on, weekdays(one.days_per_week)) for one in following),
        holidays={**holidays, **_regional(decrees)},
        collective_leave={day: name for day, name in leave.items() if _closes(day, in_order)},
    )


def decree_obstacles(
    decree: Decree, *, known: Collection[Decree], calendar: WorkCalendar
) -> tuple[Finding, ...]:
    """Return why a decree may not be entered: its number, its year, or its days are impossible.

    known: what the office has entered before. calendar: as it stands without this decree.
    Source: Perpres 21/2023 ps. 6 (reading: docs/decisions/0090).
    """
    return (
        *_number_obstacles(decree, known),
        *_year_obstacles(decree, calendar),
        *_day_obstacles(decree),
    )


def decree_notes(decree: Decree, *, calendar: WorkCalendar) -> tuple[Finding, ...]:
    """Return what deserves a second look before a decree is entered, and stops nothing.

    calendar: as it stands without this decree.
    Source: Perpres 21/2023 ps. 6 (reading: docs/decisions/0090).
    """
    weekend = [day for day in sorted(decree.days_off) if is_weekend(day, calendar)]
    return (
        *_weekend(weekend),
        *_has_come(_changed_too_late(decree, calendar)),
        *_few_days(decree),
        *_off_already(decree, calendar),
    )


def week_obstacles(week: WorkWeek, *, on: date) -> tuple[Finding, ...]:
    """Return why a week may not begin then: days that have come are not counted anew.

    on: the body's local day of the change.
    Source: Perpres 21/2023 ps. 3 (reading: docs/decisions/0090).
    """
    if week.starts_on > on:
        return ()
    return (
        Finding(
            "week_starts_late",
            f"Pekan kerja baru tidak dapat berlaku surut: {in_words(week.starts_on)} sudah tiba.",
            "starts_on",
            "Pilih hari mulai sesudah hari ini.",
            _WEEK,
        ),
    )


def _start(week: WorkWeek) -> date:
    return week.starts_on


def _replaced(days: Mapping[date, str], decree: Decree, new: Mapping[date, str]) -> dict[date, str]:
    kept = {
        day: name
        for day, name in days.items()
        if day.year != decree.year or day <= decree.entered_on
    }
    return kept | {day: name for day, name in new.items() if day > decree.entered_on}


def _regional(decrees: Iterable[Decree]) -> dict[date, str]:
    days: dict[date, tuple[str, str]] = {}
    for decree in decrees:
        if decree.scope is not Scope.REGIONAL:
            continue
        kept = {
            day: (number, name)
            for day, (number, name) in days.items()
            if number != decree.corrects or day <= decree.entered_on
        }
        new = {day: (decree.number, name) for day, name in decree.days_off.items()}
        days = kept | {day: one for day, one in new.items() if day > decree.entered_on}
    return {day: name for day, (_, name) in days.items()}


def _horizon(known: date, years: Collection[int]) -> date:
    year = known.year
    while year + 1 in years:
        year += 1
    return date(year, 12, 31)


def _closes(day: date, weeks: Sequence[WorkWeek]) -> bool:
    in_force = [one for one in weeks if one.starts_on <= day]
    return not in_force[-1].collective_leave_works


def _number_obstacles(decree: Decree, known: Collection[Decree]) -> Iterator[Finding]:
    number = _plain(decree.number)
    if not number:
        yield Finding(
            "decree_number_missing",
            "Nomor keputusan belum diisi.",
            "number",
            "Tulis nomornya seperti pada naskah, misalnya Keppres 42/2025.",
            _DAYS_OFF,
        )
    used = {_plain(one.number) for one in known if one.number != decree.corrects}
    if number and number in used:
        yield Finding(
            "calendar_decree_used",
            f"Keputusan nomor {decree.number} sudah dicatat.",
            "number",
            "Periksa nomornya, atau perbaiki catatan yang sudah ada.",
            _DAYS_OFF,
        )


def _plain(number: str) -> str:
    return " ".join(number.casefold().split())


def _year_obstacles(decree: Decree, calendar: WorkCalendar) -> Iterator[Finding]:
    if decree.decreed_on > decree.entered_on:
        yield Finding(
            "decreed_in_future",
            f"Tanggal keputusan, {in_words(decree.decreed_on)}, belum tiba.",
            "decreed_on",
            "Periksa tanggal pada naskahnya.",
        )
    if decree.year < decree.entered_on.year and decree.year <= calendar.horizon.year:
        yield Finding(
            "year_is_over",
            f"Tahun {decree.year} sudah lewat; hari kerjanya tidak dihitung ulang.",
            "year",
            f"Catat keputusan untuk tahun {decree.entered_on.year} atau sesudahnya.",
            _DAYS_OFF,
        )
    missing = calendar.horizon.year + 1
    if decree.scope is Scope.NATIONAL and decree.year > missing:
        yield Finding(
            "year_before_missing",
            f"Kalender tahun {missing} belum ditetapkan dalam program ini.",
            "year",
            f"Catat lebih dahulu keputusan untuk tahun {missing}.",
            _DAYS_OFF,
        )


def _day_obstacles(decree: Decree) -> Iterator[Finding]:
    national = decree.scope is Scope.NATIONAL
    if (national and not decree.holidays) or not (decree.days_off or decree.corrects):
        yield Finding(
            "days_missing",
            "Keputusan ini belum memuat satu hari libur pun.",
            "holidays",
            "Tulis setiap hari libur pada baris sendiri.",
            _DAYS_OFF,
        )
    for place, days in (
        ("holidays", decree.holidays),
        ("collective_leave", decree.collective_leave),
    ):
        for day in sorted(days):
            if day.year != decree.year:
                yield Finding(
                    "day_outside_year",
                    f"{in_words(day)} bukan hari dalam tahun {decree.year}.",
                    place,
                    "Periksa tahunnya, atau catat hari itu dengan keputusan tahun itu.",
                    _DAYS_OFF,
                )
    for day in sorted(decree.holidays.keys() & decree.collective_leave.keys()):
        yield Finding(
            "day_twice",
            f"{in_words(day)} tertulis sebagai hari libur dan sebagai cuti bersama.",
            "collective_leave",
            "Hapus salah satunya menurut naskah keputusan.",
            _LEAVE,
        )


def _changed_too_late(decree: Decree, calendar: WorkCalendar) -> list[date]:
    """Return the days up to the entry that the decree would have closed or opened."""
    before = {day for day in calendar.closed if day.year == decree.year}
    after = set(decree.days_off)
    changed = before ^ after if decree.scope is Scope.NATIONAL else after - before
    return sorted(
        day for day in changed if day <= decree.entered_on and not is_weekend(day, calendar)
    )


def _off_already(decree: Decree, calendar: WorkCalendar) -> Iterator[Finding]:
    days = sorted(day for day in decree.days_off if day in calendar.closed)
    if days and decree.scope is Scope.REGIONAL:
        names = ", ".join(f"{in_words(day)} ({day_off_name(day, calendar)})" for day in days)
        yield Finding(
            "day_off_already",
            f"Sudah menjadi hari libur: {names}.",
            hint=_NOT_CHANGED,
            source=_DAYS_OFF,
        )


def _few_days(decree: Decree) -> Iterator[Finding]:
    if decree.scope is not Scope.NATIONAL:
        return
    count = len(decree.holidays)
    if count < FEWEST_HOLIDAYS:
        yield Finding(
            "few_holidays",
            f"Hanya ada {count} hari libur nasional; biasanya 15 sampai 19 hari.",
            "holidays",
            "Cocokkan sekali lagi dengan naskahnya.",
            _DAYS_OFF,
        )
    if not decree.collective_leave:
        yield Finding(
            "no_collective_leave",
            "Tidak ada cuti bersama dalam daftar ini.",
            "collective_leave",
            "Bila ditetapkan kemudian, catat keputusan itu dengan daftar selengkapnya.",
            _LEAVE,
        )


def _weekend(days: Sequence[date]) -> Iterator[Finding]:
    if days:
        yield Finding(
            "day_is_weekend",
            f"Jatuh pada hari yang memang bukan hari kerja: {_listed(days)}.",
            hint=_NOT_CHANGED,
            source=_WEEK,
        )


def _has_come(days: Sequence[date]) -> Iterator[Finding]:
    if days:
        yield Finding(
            "day_has_come",
            f"Sudah tiba dan tetap dihitung seperti semula: {_listed(days)}.",
            hint="Keputusan hanya mengubah hari sesudah dicatat; batas waktu yang tiba tetap.",
            source=_DAYS_OFF,
        )


def _listed(days: Sequence[date]) -> str:
    return ", ".join(in_words(day) for day in days)
