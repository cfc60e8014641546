"""Dates, numbers and NIP as officials write them on paper."""

import re
from datetime import date
from decimal import Decimal

DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli"),
    *("Agustus", "September", "Oktober", "November", "Desember"),
)
_NIP = re.compile(r"(\d{8})(\d{6})(\d)(\d{3})")


def day_in_words(day: date) -> str:
    """Return a date as a letter has it: "24 Juli 2024"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def weekday(day: date) -> str:
    """Return the name of the day of the week."""
    return DAYS[day.weekday()]


def number(value: int | Decimal) -> str:
    """Return a number with points between thousands and a decimal comma: "1.234,56"."""
    return f"{value:,}".translate({ord(","): ".", ord("."): ","})


def nip(digits: str) -> str:
    """Return a NIP in its groups of 8, 6, 1 and 3 digits; anything else as it is."""
    bare = re.sub(r"\s", "", digits)
    found = _NIP.fullmatch(bare)
    return " ".join(found.groups()) if found else digits
