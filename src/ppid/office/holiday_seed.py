"""A suggestion for a year's list of days off, to be held against the decree before it is entered.

The package `holidays` is no authority: its later years hold estimates, and from 2028 on it knows no
cuti bersama (docs/decisions/0014).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import holidays

ESTIMATE = " (perkiraan)"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The days off of a year as the package has them."""

    holidays: Mapping[date, str]
    collective_leave: Mapping[date, str]

    @property
    def estimated(self) -> int:
        """Return how many days the package itself calls an estimate."""
        names = (*self.holidays.values(), *self.collective_leave.values())
        return sum(ESTIMATE in name for name in names)


def suggested(year: int) -> Suggestion:
    """Return what the package knows of a year; days may be missing or wrong."""
    return Suggestion(days_off(year, holidays.PUBLIC), days_off(year, holidays.GOVERNMENT))


def days_off(year: int, category: str) -> dict[date, str]:
    """Return the Indonesian days off of a year in one category of the package, in date order."""
    found = holidays.ID(years=year, categories=(category,), language="id")
    return {day: found[day] for day in sorted(found)}
