"""The exemption term (jangka waktu pengecualian): when it ends, and what it may be.

Decides whether a term is lawful for a ground and when information opens. A status is worked out
from a date and never stored (PP 61/2010 ps. 11 (3)). The kinds of term, their dates and their plain
data are term_kinds' and offered here too; who the head of a body is, is the office's.
"""

import re
from dataclasses import replace
from datetime import date
from enum import StrEnum

from ppid.errors import BadInput, Finding, Refused
from ppid.law.grounds import Ground, TermSetBy
from ppid.law.reference import is_act, parse
from ppid.law.term_kinds import (
    ActTerm,
    DateTerm,
    EventTerm,
    PeriodTerm,
    Term,
    add_months,
    as_dict,
    describe,
    ends_on,
    from_dict,
    in_words,
    review_on,
)
from ppid.law.workdays import ProvisionalDate, WorkCalendar, add_workdays

__all__ = [
    "ActTerm",
    "DateTerm",
    "EventTerm",
    "ExpiryRule",
    "PeriodTerm",
    "Status",
    "Term",
    "TermTooShort",
    "add_months",
    "as_dict",
    "describe",
    "ends_on",
    "from_dict",
    "head_obstacles",
    "in_words",
    "last_day_to_declare_open",
    "obstacles",
    "opens_on",
    "permanent_phrase",
    "refuse_permanent",
    "review_on",
    "status",
]

MAX_REVIEW_YEARS = 5
WORKDAYS_BEFORE_END = 30
_FIXED = "PP 61/2010 ps. 4 (2) huruf d"
_PERMANENT = re.compile(
    r"(?P<negated>\b(?:tidak|tak|bukan)\s+(?:bersifat\s+)?)?"
    r"\b(?P<phrase>selamanya|selama-lamanya|permanen|abadi|seumur\s+hidup|selama\s+berlaku"
    r"|(?:tidak|tak)\s+(?:terbatas|terhingga|dibatasi)|tanpa\s+batas(?:\s+waktu)?"
    r"|terus[\s-]+menerus)\b",
    re.IGNORECASE,
)


class Status(StrEnum):
    """What holds on a day: exempt (dikecualikan) or open (terbuka)."""

    EXEMPT = "dikecualikan"
    OPEN = "terbuka"


class ExpiryRule(StrEnum):
    """How "paling lama 30 hari kerja sebelum" is read (docs/decisions/0018).

    WINDOW: the PPID declares within the last 30 working days. DEADLINE: at least 30 before.
    """

    WINDOW = "jendela"
    DEADLINE = "tenggat"


class TermTooShort(Refused):
    """The term is shorter than the 30 working days of PP 61/2010 ps. 11 (2)."""


def opens_on(
    term: Term, *, ground: Ground | None = None, declared_open_on: date | None = None
) -> date | None:
    """Return the first day on which the information is open, the earliest of all that open it.

    The end of the term, the declaration, and the longest time that the ground allows (30 years for
    huruf a, whatever the term says). None while no day is fixed.
    Source: PP 61/2010 ps. 11 (3) (reading: docs/decisions/0011).
    """
    longest = _longest(term.starts_on, ground) if ground else None
    days = (ends_on(term), declared_open_on, longest)
    return min((day for day in days if day is not None), default=None)


def status(
    term: Term, *, on: date, ground: Ground | None = None, declared_open_on: date | None = None
) -> Status:
    """Return whether determined information is exempt or open on a day, the body's local date.

    Source: PP 61/2010 ps. 11 (3).
    """
    opens = opens_on(term, ground=ground, declared_open_on=declared_open_on)
    return Status.OPEN if opens is not None and on >= opens else Status.EXEMPT


def last_day_to_declare_open(
    ends_on: date, calendar: WorkCalendar, *, starts_on: date | None = None
) -> ProvisionalDate:
    """Return the day 30 working days before a term ends: when the PPID declares it open.

    ends_on is not counted. The day fits both readings of "paling lama": it is the first day of the
    WINDOW and the DEADLINE itself.
    Raises TermTooShort when starts_on is given and the day would lie before it.
    Source: PP 61/2010 ps. 11 (2) (reading: docs/decisions/0018).
    """
    found = add_workdays(ends_on, -WORKDAYS_BEFORE_END, calendar)
    if starts_on is not None and found.day < starts_on:
        raise TermTooShort(_too_short(starts_on, ends_on))
    return found


def obstacles(
    term: Term,
    ground: Ground,
    *,
    determined_on: date,
    set_by_head: bool,
    first_exempt_on: date | None = None,
    max_review_years: int = MAX_REVIEW_YEARS,
) -> tuple[Finding, ...]:
    """Return every reason why a term may not be determined for a ground on a day.

    set_by_head: the highest head of the body fixed it. first_exempt_on: start of the first term
    under huruf a, when this one follows another (the 30 years count from there).
    Source: PP 61/2010 ps. 5 (1) (reading: docs/decisions/0016).
    """
    since = min(term.starts_on, determined_on, first_exempt_on or determined_on)
    return (
        *_order_obstacles(term, determined_on=determined_on),
        *_length_obstacles(term, ground, since=since),
        *_review_obstacles(term, determined_on=determined_on, max_years=max_review_years),
        *_wording_obstacles(term, ground),
        *head_obstacles(ground, set_by_head=set_by_head),
    )


def head_obstacles(ground: Ground, *, set_by_head: bool) -> tuple[Finding, ...]:
    """Return the obstacle that the term of huruf c, d, e or f was not fixed by the highest head.

    Source: PP 61/2010 ps. 7 (5) (reading: docs/decisions/0017).
    """
    if ground.term_set_by is not TermSetBy.HEAD or set_by_head:
        return ()
    return (
        Finding(
            "term_not_set_by_head",
            f"Jangka waktu huruf {ground.letter} harus ditetapkan pimpinan tertinggi Badan Publik.",
            "term",
            "Mintakan penetapan jangka waktunya kepada kepala daerah.",
            "PP 61/2010 ps. 7 (5)",
        ),
    )


def refuse_permanent(text: str, ground: Ground) -> tuple[Finding, ...]:
    """Return the obstacle that a text makes an exemption under huruf a-f permanent.

    Finds "selamanya", "permanen", "tidak terbatas", "seumur hidup", "selama berlaku" and the like,
    and not "tidak permanen". Huruf g-j are not named by the Act: nothing is refused for them.
    Source: UU 14/2008 ps. 20 (1).
    """
    phrase = permanent_phrase(text)
    if not ground.never_permanent or not phrase:
        return ()
    return (
        Finding(
            "term_permanent",
            f"“{phrase}” tidak boleh dipakai: pengecualian huruf {ground.letter} "
            "tidak bersifat permanen.",
            "term",
            "Isi tanggal berakhir, atau lama waktu sejak tanggal mulai.",
            "UU 14/2008 ps. 20 (1)",
        ),
    )


def permanent_phrase(text: str) -> str:
    """Return the first words that make a term permanent, as written; "" where there are none.

    Source: UU 14/2008 ps. 20 (1).
    """
    found = next((m for m in _PERMANENT.finditer(text) if not m["negated"]), None)
    return found["phrase"] if found else ""


def _longest(since: date, ground: Ground) -> date | None:
    return add_months(since, ground.max_years * 12) if ground.max_years else None


def _order_obstacles(term: Term, *, determined_on: date) -> tuple[Finding, ...]:
    end = ends_on(term)
    if end is None or end > max(term.starts_on, determined_on):
        return ()
    if end <= term.starts_on:
        return (_ends_before_start(term.starts_on, end),)
    return (_already_over(end),)


def _length_obstacles(term: Term, ground: Ground, *, since: date) -> tuple[Finding, ...]:
    longest = _longest(since, ground)
    # A term without an end of its own is cut by opens_on, so it reaches that far from its start.
    reaches = (ends_on(term) or _longest(term.starts_on, ground), review_on(term))
    if longest is None or all(day is None or day <= longest for day in reaches):
        return ()
    return (
        Finding(
            "term_over_max_years",
            f"Jangka waktu huruf {ground.letter} paling lama {ground.max_years} tahun, "
            f"dihitung sejak {in_words(since)}.",
            "term",
            f"Akhiri paling lambat {in_words(longest)}.",
            ground.term_source,
        ),
    )


def _review_obstacles(term: Term, *, determined_on: date, max_years: int) -> tuple[Finding, ...]:
    if ends_on(term) is not None:
        return ()
    review, latest = review_on(term), add_months(determined_on, max_years * 12)
    if review is None:
        return (_review("review_missing", "Jangka waktu ini belum punya tanggal tinjau ulang."),)
    if review <= determined_on:
        return (_review("review_past", "Tanggal tinjau ulang sudah lewat pada hari penetapan."),)
    if review > latest:
        sentence = f"Tinjau ulang paling lambat {in_words(latest)} ({max_years} tahun)."
        return (_review("review_too_late", sentence),)
    return ()


def _wording_obstacles(term: Term, ground: Ground) -> tuple[Finding, ...]:
    match term:
        case EventTerm():
            return refuse_permanent(term.event, ground) if term.event.strip() else (_no_event(),)
        case ActTerm():
            return _act_obstacles(term.act, ground)
        case _:
            return ()


def _act_obstacles(text: str, ground: Ground) -> tuple[Finding, ...]:
    try:
        cited = parse(text)
    except BadInput as error:
        return tuple(replace(each, place="term", source=_FIXED) for each in error.findings)
    if ground.letter != "j" or is_act(cited):
        return ()
    return (
        Finding(
            "term_act_not_statute",
            f"Jangka waktu huruf j harus mengikuti Undang-Undang, bukan {text}.",
            "term",
            "Sebutkan Undang-Undang yang melarang informasi ini dibuka.",
            "UU 14/2008 ps. 17 huruf j",
        ),
    )


def _ends_before_start(start: date, end: date) -> Finding:
    return Finding(
        "term_ends_before_start",
        f"Jangka waktu berakhir {in_words(end)}, tidak sesudah mulainya {in_words(start)}.",
        "term",
        "Perbaiki tanggal mulai atau tanggal berakhirnya.",
        _FIXED,
    )


def _already_over(end: date) -> Finding:
    return Finding(
        "term_already_over",
        f"Jangka waktu sudah berakhir pada {in_words(end)}: informasi ini sudah terbuka.",
        "term",
        "Periksa tanggalnya; informasi yang sudah terbuka tidak ditetapkan dikecualikan.",
        "PP 61/2010 ps. 11 (3)",
    )


def _review(code: str, sentence: str) -> Finding:
    hint = "Isi tanggal tinjau ulang, atau tanggal berakhir."
    return Finding(code, sentence, "term", hint, "UU 14/2008 ps. 2 (2)")


def _no_event() -> Finding:
    return Finding(
        "event_missing",
        "Peristiwa yang mengakhiri jangka waktu belum disebut.",
        "term",
        "Sebutkan peristiwanya, misalnya putusan berkekuatan hukum tetap.",
        _FIXED,
    )


def _too_short(start: date, end: date) -> Finding:
    return Finding(
        "term_too_short",
        f"Jangka waktu {in_words(start)} sampai {in_words(end)} kurang dari 30 hari kerja.",
        "term",
        "Tetapkan keterbukaannya sebelum jangka waktu berakhir.",
        "PP 61/2010 ps. 11 (2)",
    )
