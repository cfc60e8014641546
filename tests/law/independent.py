"""A second calculator of working days and terms, as naive as can be; no code of ppid.law in it.

Days are three numbers, months are turned leaf by leaf, weekdays are counted on from a known one,
the days off are read from their table line by line. `date` appears only where it is compared.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

TABLE = Path(__file__).resolve().parents[2] / "src/ppid/law/data/holidays.toml"
LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
SATURDAY, SUNDAY = 5, 6
FIRST, LAST = (2019, 1, 1), (2067, 12, 31)
FIRST_WEEKDAY = 1  # 1 January 2019 was a Tuesday
HOURS = {"Asia/Jakarta": 7, "Asia/Makassar": 8, "Asia/Jayapura": 9}  # WIB, WITA, WIT

Day = tuple[int, int, int]


def month_length(year: int, month: int) -> int:
    """Return how many days a leaf of the calendar has."""
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if month == 2 and leap else LENGTHS[month - 1]


def next_day(day: Day) -> Day:
    """Turn one day."""
    year, month, number = day
    if number < month_length(year, month):
        return year, month, number + 1
    return (year, month + 1, 1) if month < 12 else (year + 1, 1, 1)


def years_later(day: Day, years: int) -> Day:
    """Return the same day so many years on, or the last of February where there is no 29th."""
    year, month, number = day
    year += years
    length = month_length(year, month)
    return year, month, number if number <= length else length


def every_day() -> Iterator[tuple[Day, int]]:
    """Return every day that the calculator knows, with its weekday (Monday is 0)."""
    day, weekday = FIRST, FIRST_WEEKDAY
    while day <= LAST:
        yield day, weekday
        day, weekday = next_day(day), (weekday + 1) % 7


def days_off() -> dict[str, set[Day]]:
    """Return the table's days off by kind, and the years with and without a decree."""
    found: dict[str, set[Day]] = {"libur": set(), "cuti_bersama": set(), "years": set()}
    found["decreed"] = set()
    kind, year = "", 0
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if heading := re.match(r"\[tahun\.(\d{4})(?:\.(\w+))?\]", line):
            year, kind = int(heading[1]), heading[2] or ""
            found["years"].add((year, 1, 1))
        elif line.startswith("keputusan") and line.split("=")[1].split("#")[0].strip() != '""':
            found["decreed"].add((year, 12, 31))
        elif day := re.match(r"(\d{4})-(\d\d)-(\d\d) =", line):
            found[kind].add((int(day[1]), int(day[2]), int(day[3])))
    return found


@dataclass(frozen=True)
class Office:
    """An office's week, and whether it works on cuti bersama."""

    days_per_week: int = 5
    leave_works: bool = False


class Calculator:
    """Counts for one office by walking a list of days."""

    def __init__(self, office: Office) -> None:
        off = days_off()
        closed = off["libur"] if office.leave_works else off["libur"] | off["cuti_bersama"]
        weekend = {SUNDAY} if office.days_per_week == 6 else {SATURDAY, SUNDAY}
        known = list(every_day())
        self.days = [day for day, _ in known]
        self.works = [weekday not in weekend and day not in closed for day, weekday in known]
        self.known_from, self.horizon = min(off["years"]), max(off["decreed"])

    def walk(self, start: date, n: int) -> tuple[date, bool]:
        """Return the n-th working day after (or before) a day, and whether that may still move."""
        here = bisect_left(self.days, (start.year, start.month, start.day))
        step, left, unknown = (1 if n > 0 else -1), abs(n), False
        while left:
            here += step
            left -= self.works[here]
            unknown = unknown or not self.known_from <= self.days[here] <= self.horizon
        return date(*self.days[here]), unknown

    def term_end(self, start: date, years: int) -> date:
        """Return the first open day of a term of whole years."""
        return date(*years_later((start.year, start.month, start.day), years))


def local_day(moment: datetime, zone: str) -> date:
    """Return the day on a clock that is some hours ahead of UTC."""
    return (moment.replace(tzinfo=None) + timedelta(hours=HOURS[zone])).date()
