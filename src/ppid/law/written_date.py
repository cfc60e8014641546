"""Dates as Indonesian texts write them: "5 Januari 2023", "05-01-2023", "Desember 2027", "2027".

Reads what a month or a year alone covers, too. Whether a date begins or ends something is for the
one who asks.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_MONTHS = {
    "jan": 1, "feb": 2, "peb": 2, "mar": 3, "apr": 4, "mei": 5, "jun": 6, "jul": 7,
    "agu": 8, "ags": 8, "agt": 8, "sep": 9, "okt": 10, "nov": 11, "nop": 11, "des": 12,
}  # fmt: skip
_NAME = (
    r"januari|februari|pebruari|maret|april|mei|juni|juli|agustus|september|oktober|november"
    r"|nopember|desember|jan|feb|peb|mar|apr|jun|jul|agu|ags|agt|sept?|okt|nov|nop|des"
)
_YEAR = r"(?:19|20)[0-9]{2}"
_DATE = re.compile(
    rf"(?<![0-9])(?:(?P<iso>{_YEAR}-[0-9]{{2}}-[0-9]{{2}})"
    rf"|(?P<d>[0-9]{{1,2}})\s?[-/.]\s?(?P<m>[0-9]{{1,2}})\s?[-/.]\s?(?P<y>{_YEAR})"
    rf"|(?:(?P<day>[0-9]{{1,2}})[\s-]{{1,5}})?(?<![a-z])(?P<month>{_NAME})\.?[\s-]{{1,5}}(?P<of>{_YEAR})"
    rf"|(?P<year>{_YEAR}))(?![0-9])",
    re.IGNORECASE | re.ASCII,
)


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date in a text, at text[start:end]. first and last differ for a month or a year alone."""

    first: date
    last: date
    start: int
    end: int

    @property
    def is_a_day(self) -> bool:
        """Return whether the text names one day."""
        return self.first == self.last


def find_dates(text: str) -> tuple[WrittenDate, ...]:
    """Return the dates in a text in their order; what no calendar has is left out."""
    return tuple(_read(text))


def first_day(text: str) -> date | None:
    """Return the first date in a text that names one day, None without any."""
    return next((found.first for found in find_dates(text) if found.is_a_day), None)


def names_a_date(text: str) -> bool:
    """Return whether something in the text has the form of a date, on the calendar or not."""
    return _DATE.search(text) is not None


def _read(text: str) -> Iterator[WrittenDate]:
    for match in _DATE.finditer(text):
        try:
            first, last = _span(match)
        except ValueError:
            continue
        yield WrittenDate(first, last, match.start(), match.end())


def _span(match: re.Match[str]) -> tuple[date, date]:
    if match["iso"]:
        day = date.fromisoformat(match["iso"])
        return day, day
    if match["y"]:
        day = date(int(match["y"]), int(match["m"]), int(match["d"]))
        return day, day
    if match["year"]:
        year = int(match["year"])
        return date(year, 1, 1), date(year, 12, 31)
    year, month = int(match["of"]), _MONTHS[match["month"][:3].lower()]
    if match["day"]:
        day = date(year, month, int(match["day"]))
        return day, day
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])
