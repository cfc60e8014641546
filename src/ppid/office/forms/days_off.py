"""Lists of days off as people paste them: a day and its name on each line."""

import re
from collections.abc import Mapping
from datetime import date

from django import forms
from django.core.exceptions import ValidationError

from ppid.law.term import in_words
from ppid.office.forms.fields import month_number

_LINE = re.compile(
    r"(?:[A-Za-z’']+\s*,\s*)?"
    r"(?:(?P<iso>\d{4}-\d{1,2}-\d{1,2})|(?P<day>\d{1,2})\s+(?P<month>[A-Za-z]{3,9}\.?)(?:\s+(?P<year>\d{4}))?)"
    r"\s*[:;,\t–-]?\s*(?P<name>.*)"
)
MESSAGES = {
    "day_off_unreadable": "Baris %(line)s tidak terbaca: “%(text)s”. Tulis seperti “1 Januari "
    "2027: Tahun Baru Masehi”.",
    "day_off_impossible": "Baris %(line)s: tanggal “%(text)s” tidak ada dalam kalender.",
    "day_off_unnamed": "Baris %(line)s: tulis nama hari liburnya sesudah tanggal.",
    "day_off_estimated": "Baris %(line)s: hapus tanda “(perkiraan)” sesudah harinya dicocokkan "
    "dengan naskah keputusan.",
    "day_off_twice": "Baris %(line)s: %(text)s sudah tertulis di atas.",
}
ESTIMATE = "(perkiraan)"
LONGEST_NAME = 200


class DaysOffField(forms.CharField):
    """A text of days off, one a line; a day without a year is of `year`, which the form sets."""

    widget = forms.Textarea
    default_error_messages = MESSAGES
    year = 0

    def clean(self, value: str) -> dict[date, str]:  # type: ignore[override]
        """Return the days with their names. Raises ValidationError with every bad line."""
        text = super().clean(value)
        days: dict[date, str] = {}
        mistakes = []
        for number, line in enumerate(text.splitlines(), 1):
            if not line.strip():
                continue
            try:
                day, name = self._read(line.strip(), number)
                if day in days:
                    raise self._mistake("day_off_twice", number, in_words(day))
                days[day] = name
            except ValidationError as mistake:
                mistakes.append(mistake)
        if mistakes:
            raise ValidationError(mistakes)
        return days

    def _read(self, line: str, number: int) -> tuple[date, str]:
        found = _LINE.fullmatch(line)
        if found is None:
            raise self._mistake("day_off_unreadable", number, line[:80])
        try:
            day = self._day(found)
        except ValueError:
            raise self._mistake("day_off_impossible", number, line[:80]) from None
        name = found["name"].strip()[:LONGEST_NAME]
        if not name:
            raise self._mistake("day_off_unnamed", number, line[:80])
        if ESTIMATE in name.casefold():
            raise self._mistake("day_off_estimated", number, line[:80])
        return day, name

    def _day(self, found: re.Match[str]) -> date:
        if found["iso"]:
            year, month, day = found["iso"].split("-")
            return date(int(year), int(month), int(day))
        year = int(found["year"] or self.year)
        return date(year, int(month_number(found["month"])), int(found["day"]))

    def _mistake(self, code: str, line: int, text: str) -> ValidationError:
        return ValidationError(
            self.error_messages[code], code=code, params={"line": line, "text": text}
        )


def as_lines(days: Mapping[date, str]) -> str:
    """Return days off as the field reads them."""
    return "\n".join(f"{in_words(day)}: {name}" for day, name in sorted(days.items()))
