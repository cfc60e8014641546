"""Form fields of our own: a date in three boxes, in one order that cannot be misread.

Django's Indonesian locale also reads 02/13/2026 as 13 February; a deadline must not be guessed.
"""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

PARTS = ("hari", "bulan", "tahun")
MONTHS = (
    *("januari", "februari", "maret", "april", "mei", "juni"),
    *("juli", "agustus", "september", "oktober", "november", "desember"),
)
MESSAGES = {
    "date_part_missing": "Lengkapi tanggal: %(missing)s belum diisi.",
    "date_part_not_a_number": "Tulis hari, bulan, dan tahun dengan angka, misalnya 24 7 2026.",
    "date_year": "Tulis tahun dengan empat angka, misalnya 2026.",
    "date_does_not_exist": "Tanggal %(given)s tidak ada dalam kalender.",
}


class DateBoxes(forms.MultiWidget):
    """Three text boxes named `<field>_hari`, `<field>_bulan`, `<field>_tahun`."""

    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        boxes = {part: forms.TextInput({"inputmode": "numeric"}) for part in PARTS}
        super().__init__(boxes, attrs)

    def decompress(self, value: date | None) -> list[str]:
        """Return the text of each box for a date, or empty boxes."""
        return [str(value.day), str(value.month), str(value.year)] if value else ["", "", ""]


class DateBoxesField(forms.Field):
    """A date from three boxes: day, month (number or Indonesian name), year of four digits."""

    widget = DateBoxes
    default_error_messages = MESSAGES

    def to_python(self, value: Any) -> date | None:
        """Return the date, or None when all boxes are empty.

        Raises ValidationError; `params["parts"]` names the boxes that are wrong.
        """
        if value is None or isinstance(value, date):
            return value
        given = dict(zip(PARTS, (str(text or "").strip() for text in value), strict=True))
        if not any(given.values()):
            return None
        missing = tuple(part for part in PARTS if not given[part])
        if missing:
            raise self._mistake("date_part_missing", missing, missing=" dan ".join(missing))
        return self._date(given)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Return whether the boxes say another date than `initial`, or say none that is valid."""
        try:
            return self.to_python(data) != self.to_python(initial)
        except ValidationError:
            return True

    def _date(self, given: dict[str, str]) -> date:
        numbers = {
            "hari": given["hari"],
            "bulan": month_number(given["bulan"]),
            "tahun": given["tahun"],
        }
        words = tuple(part for part in PARTS if not _is_number(numbers[part]))
        if words:
            raise self._mistake("date_part_not_a_number", words)
        if len(numbers["tahun"]) != 4 or numbers["tahun"].startswith("0"):
            raise self._mistake("date_year", ("tahun",))
        try:
            return date(*(int(numbers[part]) for part in reversed(PARTS)))
        except ValueError:
            raise self._mistake(
                "date_does_not_exist", ("hari", "bulan"), given=_in_words(numbers)
            ) from None

    def _mistake(self, code: str, parts: tuple[str, ...], **params: str) -> ValidationError:
        message = self.error_messages[code]
        return ValidationError(message, code=code, params={"parts": parts, **params})


def _in_words(numbers: dict[str, str]) -> str:
    month = int(numbers["bulan"])
    name = MONTHS[month - 1].capitalize() if 1 <= month <= 12 else numbers["bulan"]
    return f"{numbers['hari']} {name} {numbers['tahun']}"


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()


def month_number(text: str) -> str:
    """Return the number of a month given by name ("juli", "Jul", "Agt"), or the text itself."""
    name = text.lower().rstrip(".")
    short = {"agt": 8, "ags": 8, "sept": 9, "nop": 11}
    if name in short:
        return str(short[name])
    matches = [number for number, month in enumerate(MONTHS, 1) if name in (month, month[:3])]
    return str(matches[0]) if matches else text
