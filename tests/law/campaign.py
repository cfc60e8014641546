"""Compare ppid.law with the independent calculator, day by day: `make campaign-law`.

Every day of 2020-2035; offices of five and six days, with and without cuti bersama; 10, 17 and 30
working days forward and back, and the count between; terms of 1 to 30 years with their end, the day
to declare them open, and the status one minute before and at local midnight in three time zones.
"""

import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any
from zoneinfo import ZoneInfo

from law.independent import HOURS, Calculator, Office, local_day
from ppid.law import request, term
from ppid.law.workdays import WorkCalendar, add_workdays, count_workdays, national_calendar

FIRST, LAST = date(2020, 1, 1), date(2035, 12, 31)
OFFICES = tuple(Office(week, works) for week, works in product((5, 6), (False, True)))
COUNTS = (10, 17, 30, -10, -17, -30)
YEARS = range(1, 31)
MINUTE = timedelta(minutes=1)
SHOWN = 20


@dataclass
class Tally:
    """How many comparisons of each kind were made, and what differed."""

    made: Counter[str] = field(default_factory=Counter)
    differences: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        """Return how many comparisons were made."""
        return sum(self.made.values())

    def compare(self, kind: str, *, found: Any, expected: Any, of: Any) -> None:
        """Count one comparison and keep it when it differs."""
        self.made[kind] += 1
        if found != expected:
            self.differences.append(f"{kind} of {of}: {found}, expected {expected}")


def days(stride: int) -> Iterator[date]:
    """Return every stride-th day, or every day."""
    for number in range(0, (LAST - FIRST).days + 1, stride):
        yield FIRST + timedelta(days=number)


def run(*, stride: int = 1, offices: tuple[Office, ...] = OFFICES) -> Tally:
    """Make every comparison for every stride-th day."""
    tally = Tally()
    pairs = [(Calculator(office), calendar_of(office)) for office in offices]
    for day in days(stride):
        for calculator, calendar in pairs:
            working_days(tally, day, calculator, calendar)
        calculator, calendar = pairs[day.toordinal() % len(pairs)]
        terms(tally, day, calculator, calendar)
    return tally


def calendar_of(office: Office) -> WorkCalendar:
    """Return the program's calendar for an office."""
    return national_calendar(
        days_per_week=office.days_per_week, collective_leave_works=office.leave_works
    )


def working_days(tally: Tally, day: date, calculator: Calculator, calendar: WorkCalendar) -> None:
    """Compare counts of working days, there and back."""
    for n in COUNTS:
        expected = calculator.walk(day, n)
        found = add_workdays(day, n, calendar)
        same = (found.day, found.provisional)
        tally.compare("working days", found=same, expected=expected, of=(day, n))
        counted = count_workdays(day, expected[0], calendar)
        tally.compare("count between", found=counted, expected=n, of=(day, expected[0]))
    answer = request.answer_due(day, calendar, extended=True)
    expected = calculator.walk(day, 17)
    tally.compare("answer", found=(answer.day, answer.provisional), expected=expected, of=day)


def terms(tally: Tally, day: date, calculator: Calculator, calendar: WorkCalendar) -> None:
    """Compare the ends of terms, the day to declare them open, and the status around midnight."""
    for years in YEARS:
        given = term.PeriodTerm(day, years=years)
        end = calculator.term_end(day, years)
        tally.compare("term end", found=term.ends_on(given), expected=end, of=(day, years))
        found = term.last_day_to_declare_open(end, calendar)
        same = (found.day, found.provisional)
        tally.compare("declare open", found=same, expected=calculator.walk(end, -30), of=end)
        midnights(tally, given, end)


def midnights(tally: Tally, given: term.Term, end: date) -> None:
    """Compare what holds a minute before and at midnight of the first open day, in each zone."""
    for zone, hours in HOURS.items():
        midnight = datetime(end.year, end.month, end.day, tzinfo=UTC) - timedelta(hours=hours)
        for moment, expected in ((midnight - MINUTE, "dikecualikan"), (midnight, "terbuka")):
            on = moment.astimezone(ZoneInfo(zone)).date()
            tally.compare("local day", found=on, expected=local_day(moment, zone), of=moment)
            status = term.status(given, on=on)
            tally.compare("status", found=str(status), expected=expected, of=(given, moment, zone))


def main() -> int:
    """Run the whole campaign and print its figures; 1 if anything differs."""
    began = time.monotonic()
    tally = run()
    for kind, count in tally.made.items():
        print(f"{count:>10,}  {kind}")
    print(f"{tally.total:>10,}  comparisons, {len(tally.differences)} differences,", end=" ")
    print(f"{time.monotonic() - began:.0f} s; 95 % bound 3/N = {3 / tally.total:.1e}")
    print("\n".join(tally.differences[:SHOWN]), end="\n" if tally.differences else "")
    return 1 if tally.differences else 0


if __name__ == "__main__":
    sys.exit(main())
