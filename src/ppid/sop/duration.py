"""Time standards (waktu, batas) as the sheet writes them: what they mean, and when they run out.

The grammar is that of the SOP format, no more; what it does not know is no standard, and says so.
Different hours on some weekdays belong to the body's calendar, not to the SOP.
"""

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from functools import lru_cache

from ppid.errors import BadInput, Finding
from ppid.law.workdays import WorkCalendar, add_workdays, is_provisional, is_workday

END_OF_DAY = time(23, 59, 59)


class Unit(StrEnum):
    """What the number of a time counts, spelled without spaces."""

    MINUTE = "menit"
    HOUR = "jam"
    ROUND_THE_CLOCK = "x24jam"
    WORKDAY = "harikerja"
    DAY = "hari"
    WEEK = "minggu"
    MONTH = "bulan"
    YEAR = "tahun"


class Kind(StrEnum):
    """What sort of standard a time is."""

    AMOUNT = "jumlah"
    WINDOW = "rentang"
    NONE = "tanpa_standar"
    BY_LAW = "sesuai_peraturan"
    UNKNOWN = "tidak_dipahami"


@dataclass(frozen=True, slots=True)
class Duration:
    """One time standard (waktu).

    amount: how many of `unit`, the larger number of a range; in a window (H s/d H+B) the working
    days after the day the case began. extension: working days by which it can be extended once.
    per: what each of the amount is for ("dokumen"), or empty. ignored: words that were left out.
    """

    kind: Kind
    amount: int = 0
    unit: Unit | None = None
    extension: int = 0
    per: str = ""
    ignored: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """When a time runs out, aware, in the body's zone; provisional past the calendar's horizon."""

    at: datetime
    provisional: bool


_NUMBER_WORD = (
    r"(?:nol|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|setengah"
    r"|(?:se)?(?:puluh|belas|ratus|ribu))"
)
_IN_WORDS = re.compile(rf"(?<=[0-9])\s*\((?:\s*{_NUMBER_WORD})+\s*\)")
_ONLY_WORDS = re.compile(rf"\((?:\s*{_NUMBER_WORD})+\s*\)")
_THROUGH = re.compile(r"\bs\s*[./]\s*d\b(?:\s*\.)?|\bsampai\s+dengan\b")
_DASH = re.compile("[\u2010-\u2015\u2212]")
_AT_MOST = re.compile(
    r"^(?:maks(?:imal)?|palinglama|palinglambat|selambat-lambatnya|selama-lamanya)"
)
_N = "([0-9]{1,4})"
_UNIT = f"({'|'.join(Unit)})"
_TO = "(?:s/d|-)"
_AMOUNT = re.compile(f"(?:{_N}{_UNIT}?{_TO})?{_N}{_UNIT}(?:(?:per|setiap)(.+))?")
_EXTENDABLE = re.compile(rf"{_N}harikerja\+{_N}harikerja")
_WINDOW = re.compile(rf"(?:hari)?h(?:(?:\+{_N})?{_TO}(?:hari)?h\+{_N})?")
_NO_STANDARD = ("", "-", "tentatif", "padaharidanjamkerja", "sesuaikebutuhan")
_NO_STANDARD_BEGINS = ("secaraberkala", "setelah", "setiap")
_BY_LAW = "sesuaiperaturanperundang-undangan"


@lru_cache(maxsize=512)
def parse(text: str | None) -> Duration:
    """Return what a time standard says; never raises.

    Source: PermenPANRB 35/2012 (the sheet's column "waktu"); the grammar is our own.
    """
    whole = _normal(text or "")
    kept, ignored = _without_trailing(_IN_WORDS.sub("", whole))
    if whole and not kept:
        return Duration(Kind.UNKNOWN)
    found = _read(_AT_MOST.sub("", re.sub(r"\s", "", kept)))
    if found is None:
        return Duration(Kind.UNKNOWN, ignored=ignored)
    spaced = re.search(r"(?:per|setiap)\s*(\S.*)$", kept, re.DOTALL) if found.per else None
    return replace(found, per=spaced[1] if spaced else found.per, ignored=ignored)


def due(
    duration: Duration,
    *,
    opened_at: datetime,
    case_began_on: date,
    calendar: WorkCalendar,
    zone: tzinfo,
    extended: bool = False,
    count: int | None = None,
) -> Due | None:
    """Return when the time runs out; None without a standard.

    opened_at: when the step opened, aware. case_began_on: the local day the case began, from which
    a window counts. The day itself is not counted; days end at 23.59.59 local time, hours end
    within office hours. extended: the one extension was granted. count: how many of `per` there
    are; without it a time per unit gives None.
    Raises BadInput (date_out_of_range, office_hours_invalid).
    """
    if opened_at.tzinfo is None:
        raise ValueError("opened_at must be aware")
    if duration.per and count is None:
        return None
    amount = duration.amount * (count if duration.per and count is not None else 1)
    amount += duration.extension if extended else 0
    local = opened_at.astimezone(zone)
    try:
        if duration.kind is Kind.WINDOW:
            return _after_workdays(case_began_on, amount, calendar, zone=zone)
        return _after(local, amount, duration.unit, calendar=calendar) if duration.unit else None
    except (OverflowError, ValueError):
        message = f"{amount} {duration.unit} dari {local:%d-%m-%Y} berada di luar kalender."
        raise BadInput(Finding("date_out_of_range", message)) from None


def _normal(text: str) -> str:
    text = _DASH.sub("-", text.casefold().replace("\u00d7", "x"))
    text = re.sub(r"\bmaks\s*\.", "maks ", _THROUGH.sub("s/d", text))
    return text.strip()


def _without_trailing(text: str) -> tuple[str, str]:
    """Return the text without what follows a stop and without brackets at its end, and those."""
    depth, opened, end = 0, len(text), len(text)
    for at, sign in enumerate(text):
        if sign == "(":
            opened = at if depth == 0 else opened
            depth += 1
        elif sign == ")":
            depth -= 1
        elif sign in ".;" and depth == 0:
            end = at
            break
    rest = text[end:].strip(" .;\t\n")
    kept = text[:end].strip()
    if kept.endswith(")") and depth == 0:
        kept, bracket = kept[:opened].strip(), kept[opened:]
        rest = rest if _ONLY_WORDS.fullmatch(bracket) else f"{bracket} {rest}".strip()
    return kept, rest


def _read(compact: str) -> Duration | None:
    if compact in _NO_STANDARD or compact.startswith(_NO_STANDARD_BEGINS):
        return Duration(Kind.NONE)
    if compact == _BY_LAW:
        return Duration(Kind.BY_LAW)
    if found := _EXTENDABLE.fullmatch(compact):
        days, more = int(found[1]), int(found[2])
        return Duration(Kind.AMOUNT, days, Unit.WORKDAY, extension=more)
    if found := _WINDOW.fullmatch(compact):
        return Duration(Kind.WINDOW, int(found[2] or 0))
    if found := _AMOUNT.fullmatch(compact):
        return Duration(Kind.AMOUNT, int(found[3]), Unit(found[4]), per=found[5] or "")
    return None


def _after(local: datetime, amount: int, unit: Unit, *, calendar: WorkCalendar) -> Due:
    day, zone = local.date(), local.tzinfo
    match unit:
        case Unit.MINUTE | Unit.HOUR:
            minutes = amount * (60 if unit is Unit.HOUR else 1)
            return _after_office_time(local, timedelta(minutes=minutes), calendar)
        case Unit.ROUND_THE_CLOCK:
            return Due(local + timedelta(days=amount), provisional=False)
        case Unit.WORKDAY:
            return _after_workdays(day, amount, calendar, zone=zone)
        case Unit.DAY | Unit.WEEK:
            day += timedelta(days=amount * (7 if unit is Unit.WEEK else 1))
        case _:
            day = _after_months(day, amount * (12 if unit is Unit.YEAR else 1))
    return Due(datetime.combine(day, END_OF_DAY, zone), provisional=False)


def _after_workdays(day: date, amount: int, calendar: WorkCalendar, *, zone: tzinfo | None) -> Due:
    end = add_workdays(day, amount, calendar)
    return Due(datetime.combine(end.day, END_OF_DAY, zone), end.provisional)


def _after_months(day: date, months: int) -> date:
    """Return the same day number months later, or the last day of a month that is too short."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _after_office_time(local: datetime, left: timedelta, calendar: WorkCalendar) -> Due:
    if calendar.opens_at >= calendar.closes_at:
        message = "Jam tutup kantor harus sesudah jam buka."
        raise BadInput(Finding("office_hours_invalid", message))
    at = _into_office_hours(local, calendar)
    while (closing := datetime.combine(at, calendar.closes_at, at.tzinfo)) - at < left:
        left -= closing - at
        next_day = add_workdays(at.date(), 1, calendar).day
        at = datetime.combine(next_day, calendar.opens_at, at.tzinfo)
    end = at + left
    return Due(end, is_provisional(local.date(), end.date(), calendar))


def _into_office_hours(local: datetime, calendar: WorkCalendar) -> datetime:
    """Return the moment itself within office hours, else the next opening."""
    day = local.date()
    opening = datetime.combine(day, calendar.opens_at, local.tzinfo)
    if not is_workday(day, calendar) or local.time() >= calendar.closes_at:
        day = add_workdays(day, 1, calendar).day
        return datetime.combine(day, calendar.opens_at, local.tzinfo)
    return max(local, opening)
