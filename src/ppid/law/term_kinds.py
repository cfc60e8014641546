"""The kinds of exemption term: a date, a period, an event, or "as the cited Act says".

Decides how a term is written, counted and stored; whether it is lawful is term's. As plain data:

    {"kind": "date", "starts_on": "2024-07-24", "ends_on": "2026-07-24"}
    {"kind": "period", "starts_on": "2024-07-24", "years": 1, "months": 0, "days": 0}
    {"kind": "event", "starts_on": "2024-07-24", "event": "Putusan inkrah",
     "review_on": "2026-07-24"}
    {"kind": "act", "starts_on": "2024-07-24", "act": "UU 43/2009 ps. 44",
     "review_on": "2026-07-24", "ends_on": null}
"""

from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any, TypeAlias

from ppid.errors import BadInput, Finding

_REVIEWED = "ditinjau paling lambat"
# fmt: off
_MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)
# fmt: on


@dataclass(frozen=True, slots=True)
class DateTerm:
    """A term with its end date (tanggal berakhir). ends_on: the first day it is open."""

    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class PeriodTerm:
    """A term of calendar years, months and days from a start."""

    starts_on: date
    years: int = 0
    months: int = 0
    days: int = 0


@dataclass(frozen=True, slots=True)
class EventTerm:
    """A term that ends with an event, looked at again on a review date at the latest."""

    starts_on: date
    event: str
    review_on: date


@dataclass(frozen=True, slots=True)
class ActTerm:
    """A term as the cited Act or regulation says. ends_on: when it names a day, else None."""

    starts_on: date
    act: str
    review_on: date | None
    ends_on: date | None = None


Term: TypeAlias = DateTerm | PeriodTerm | EventTerm | ActTerm


def add_months(start: date, months: int) -> date:
    """Return the same day number `months` later, or the last day of a month that has no such day.

    Raises BadInput (date_out_of_range).
    Source: UU 14/2008 ps. 2 (2) (reading: docs/decisions/0012).
    """
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        raise BadInput(_out_of_range(start))
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def ends_on(term: Term) -> date | None:
    """Return the day the term ends, the first day on which it is open; None while no day is fixed.

    Raises BadInput (date_out_of_range).
    Source: PP 61/2010 ps. 11 (3) (reading: docs/decisions/0011).
    """
    match term:
        case EventTerm():
            return None
        case PeriodTerm():
            return _period_end(term)
        case _:
            return term.ends_on


def review_on(term: Term) -> date | None:
    """Return the day by which the body must look again; None for a term that ends by itself.

    Source: UU 14/2008 ps. 20 (1) (reading: docs/decisions/0015).
    """
    return term.review_on if isinstance(term, EventTerm | ActTerm) else None


def describe(term: Term) -> str:
    """Return the term as an Indonesian phrase: "1 tahun sejak 24 Juli 2024, sampai 24 Juli 2025".

    "Sampai" names the first day on which the information is open.
    """
    since = f"sejak {in_words(term.starts_on)}"
    match term:
        case DateTerm():
            return f"{since} sampai {in_words(term.ends_on)}"
        case PeriodTerm():
            return f"{_length(term)} {since}, sampai {in_words(_period_end(term))}"
        case EventTerm():
            return f"{since} sampai {term.event}, {_REVIEWED} {in_words(term.review_on)}"
        case _:
            end = f", sampai {in_words(term.ends_on)}" if term.ends_on else ""
            review = f", {_REVIEWED} {in_words(term.review_on)}" if term.review_on else ""
            return f"{since} menurut {term.act}{end}{review}"


def in_words(day: date) -> str:
    """Return a date as Indonesian writes it: "24 Juli 2024"."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def as_dict(term: Term) -> dict[str, Any]:
    """Return the term as plain data, for JSON: its kind, and its dates as ISO text."""
    kind = next(name for name, (cls, _) in _SHAPES.items() if isinstance(term, cls))
    values = {each.name: getattr(term, each.name) for each in fields(term)}
    return {"kind": kind} | {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in values.items()
    }


def from_dict(data: Mapping[str, Any]) -> Term:
    """Return the term that plain data describes; keys that may be empty may be left out.

    Raises BadInput with every mistake, each with its key as place: term_kind_unknown, key_unknown,
    date_missing, date_invalid, count_invalid, text_missing, date_out_of_range.
    """
    shape = _SHAPES.get(str(data.get("kind")))
    if shape is None:
        raise BadInput(_kind_unknown(data.get("kind")))
    cls, readers = shape
    problems = [_key_unknown(key) for key in data if key != "kind" and key not in readers]
    values: dict[str, Any] = {}
    for name, read in readers.items():
        try:
            values[name] = read(data.get(name), name)
        except BadInput as error:
            problems.extend(error.findings)
    if problems:
        raise BadInput(*problems)
    term: Term = cls(**values)
    ends_on(term)  # refuses a period that runs past the calendar
    return term


def read_date(value: object, place: str) -> date:
    """Return a date given as one or as ISO text. Raises BadInput (date_missing, date_invalid)."""
    found = read_optional_date(value, place)
    if found is None:
        raise BadInput(
            Finding("date_missing", "Tanggal ini belum diisi.", place, "Isi tanggalnya.")
        )
    return found


def read_optional_date(value: object, place: str) -> date | None:
    """Return a date given as one or as ISO text, None when empty. Raises BadInput."""
    if value is None or value == "":
        return None
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise BadInput(_date_invalid(value, place)) from error


def _read_text(value: object, place: str) -> str:
    text = value.strip() if isinstance(value, str) else ""
    if not text:
        raise BadInput(Finding("text_missing", "Isian ini masih kosong.", place, "Lengkapi isian."))
    return text


def _read_count(value: object, place: str) -> int:
    count = 0 if value is None else value
    if not isinstance(count, int) or isinstance(count, bool) or count < 0:
        raise BadInput(_count_invalid(value, place))
    return count


_SHAPES: dict[str, tuple[type[Any], dict[str, Callable[[object, str], object]]]] = {
    "date": (DateTerm, {"starts_on": read_date, "ends_on": read_date}),
    "period": (
        PeriodTerm,
        {"starts_on": read_date, "years": _read_count, "months": _read_count, "days": _read_count},
    ),
    "event": (EventTerm, {"starts_on": read_date, "event": _read_text, "review_on": read_date}),
    "act": (
        ActTerm,
        {
            "starts_on": read_date,
            "act": _read_text,
            "review_on": read_optional_date,
            "ends_on": read_optional_date,
        },
    ),
}


def _period_end(term: PeriodTerm) -> date:
    months = add_months(term.starts_on, term.years * 12 + term.months)
    try:
        return months + timedelta(days=term.days)
    except OverflowError as error:
        raise BadInput(_out_of_range(term.starts_on)) from error


def _length(term: PeriodTerm) -> str:
    parts = ((term.years, "tahun"), (term.months, "bulan"), (term.days, "hari"))
    return " ".join(f"{count} {unit}" for count, unit in parts if count) or "0 hari"


def _kind_unknown(kind: object) -> Finding:
    return Finding(
        "term_kind_unknown",
        f"Jenis jangka waktu “{kind}” tidak dikenal.",
        "kind",
        "Pilih tanggal (date), lama waktu (period), peristiwa (event), atau peraturan (act).",
    )


def _key_unknown(key: str) -> Finding:
    return Finding("key_unknown", f"Isian “{key}” tidak dikenal.", key, "Hapus isian itu.")


def _date_invalid(value: object, place: str) -> Finding:
    return Finding(
        "date_invalid",
        f"“{value}” bukan tanggal yang ada dalam kalender.",
        place,
        "Tulis tahun-bulan-hari, misalnya 2026-07-24.",
    )


def _count_invalid(value: object, place: str) -> Finding:
    return Finding(
        "count_invalid",
        f"“{value}” bukan bilangan bulat nol atau lebih.",
        place,
        "Isi jumlah tahun, bulan, atau hari dengan angka.",
    )


def _out_of_range(start: date) -> Finding:
    return Finding(
        "date_out_of_range",
        f"Jangka waktu sejak {in_words(start)} berakhir di luar kalender.",
        "term",
        "Periksa lama waktunya.",
    )
