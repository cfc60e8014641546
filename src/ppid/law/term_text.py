"""A term as old lists write it: "3 tahun", "s.d. 31 Desember 2027", "selama berlaku".

Reads what the words say and what could be written instead. It never decides: what it offers is a
suggestion for a person, and what it cannot read it leaves alone (docs/decisions/0027).
"""

import re
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from ppid.law.reference import find, find_mentions
from ppid.law.term import permanent_phrase
from ppid.law.term_kinds import (
    ActTerm,
    DateTerm,
    EventTerm,
    PeriodTerm,
    Term,
    add_months,
)
from ppid.law.written_date import WrittenDate, find_dates, first_day, names_a_date

REVIEW_MONTHS = 12
VAGUE_EVENTS = {"selesai", "berakhir", "tuntas", "kegiatan selesai", "proses selesai"}
"""What does not say what has to end."""

_LONGEST = 500


class Wording(StrEnum):
    """What the words of an old term amount to."""

    EMPTY = "kosong"
    ENDLESS = "tanpa_akhir"
    OPEN_ENDED = "selama"
    PERIOD = "lama"
    DATE = "tanggal"
    EVENT = "peristiwa"
    ACT = "peraturan"
    UNCLEAR = "tidak_terbaca"


@dataclass(frozen=True, slots=True, kw_only=True)
class TermText:
    """An old term, read. phrase: the words that say it, of ENDLESS, OPEN_ENDED and EVENT.

    starts_on, ends_on: as written, ends_on the last day of what a month or a year names. years,
    months, days: of PERIOD. since: from when it counts, in the list's words. act: the regulation.
    review_on: when it is to be looked at again.
    """

    wording: Wording
    phrase: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    years: int = 0
    months: int = 0
    days: int = 0
    since: str = ""
    act: str = ""
    review_on: date | None = None

    @property
    def counts_from_decree(self) -> bool:
        """Return whether nothing speaks against counting from the day of the determination."""
        return not self.since or _DECREED.search(self.since) is not None


_SPACE = re.compile(r"\s+")
_NOTHING = re.compile(
    r"[\s.\-\u2010-\u2015_/…]*|n/?a|nihil|kosong|tidak\s+ada|tidak\s+diisi"
    r"|belum\s+(?:ada|diisi|ditentukan|ditetapkan)",
    re.IGNORECASE,
)
_WORDS = {
    "satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7, "delapan": 8,
    "sembilan": 9, "sepuluh": 10, "lima belas": 15, "dua puluh": 20, "dua puluh lima": 25,
    "tiga puluh": 30,
}  # fmt: skip
_UNITS = {
    "tahun": "years", "thn": "years", "th": "years", "bulan": "months", "bln": "months",
    "minggu": "weeks", "pekan": "weeks", "hari": "days",
}  # fmt: skip
_PERIOD = re.compile(
    rf"\b(?P<count>[0-9]{{1,3}}|{'|'.join(sorted(_WORDS, key=len, reverse=True))})"
    rf"\s?(?:\([^()]{{1,40}}\)\s?)?(?P<unit>{'|'.join(_UNITS)})\b\.?(?!\s?(?:kerja|[0-9]{{4}}))",
    re.IGNORECASE | re.ASCII,
)
_RANGE = re.compile(r"[0-9]\s?(?:[-–,]|s\.?/?d\.?|sampai|atau|hingga)\s?$", re.IGNORECASE)
_SINCE = re.compile(
    r"\b(?:sejak|setelah|sesudah|terhitung(?:\s(?:sejak|mulai|dari))?|mulai|dari|pasca)\s(?P<what>.+)",
    re.IGNORECASE,
)
_DECREED = re.compile(
    r"penetapan|ditetapkan|\bsk\b|surat\s+keputusan|diterbitkan|dikeluarkan", re.IGNORECASE
)
_REVIEWED = re.compile(
    r"[,;]?\s?(?:dan\s)?(?:di)?tinjau\s(?:(?:ulang|kembali)\s)?(?:paling\s(?:lambat|lama)\s|pada\s)?"
    r"(?:tanggal\s)?(?P<when>.+)$",
    re.IGNORECASE,
)
_BEGINS = re.compile(
    r"(?:sejak|mulai|terhitung|dari|tmt|per|ditetapkan|penetapan)"
    r"(?:\s(?:tanggal|tgl\.?|tahun|pada))*\s?$",
    re.IGNORECASE,
)
_UNTIL = re.compile(
    r"(?:\b(?:sampai(?:\s(?:dengan|pada|saat|waktu))*|hingga|s\.?\s?/?d\.?)\s)(?P<what>.+)",
    re.IGNORECASE,
)
_NEVER_COMES = re.compile(
    r"\b(?:ada\s)?(?:perubahan|ketentuan\s+(?:lain|lebih)|dicabut|kebijakan|diganti|waktu\s+yang"
    r"\s+tidak)|^(?:tidak\s+(?:lagi\s+)?)?di(?:perlukan|butuhkan)",
    re.IGNORECASE,
)
_WHILE = re.compile(r"\b(?:selama|sepanjang)\s(?P<what>.+)", re.IGNORECASE)
_PROCESS = re.compile(r"^(?:masih\s)?(?:dalam\s)?(?:proses|masa|tahap)\s", re.IGNORECASE)
_BY_RULE = re.compile(
    r"\b(?:sesuai|menurut|berdasarkan|mengikuti|ketentuan|peraturan|jra|jadwal\s+retensi)\b",
    re.IGNORECASE,
)


def is_blank(text: str) -> bool:
    """Return whether a cell says nothing: empty, a dash, "n/a", "tidak ada"."""
    return _NOTHING.fullmatch(text.strip()) is not None


def read_term(text: str) -> TermText:
    """Return what the words of an old term say; the first reading that fits, UNCLEAR without any.

    An end that is written as a date comes before a number of years, and both before words.
    """
    plain = _SPACE.sub(" ", text[:_LONGEST]).strip()
    if is_blank(plain):
        return TermText(wording=Wording.EMPTY)
    plain, review_on = _cut_review(plain)
    cited = find(plain)
    rest, starts_on = _cut_start(_without_regulations(plain))
    found = (
        _read_end(rest)
        or _read_period(rest)
        or _read_words(rest, plain=plain)
        or (TermText(wording=Wording.ACT, act=str(cited[0].citation)) if cited else None)
        or _read_rest(rest)
    )
    return replace(found, starts_on=starts_on or found.starts_on, review_on=review_on)


def suggest_term(text: TermText, *, decreed_on: date | None, on: date) -> Term | None:
    """Return the term that could be written instead, None where the words do not give one.

    decreed_on: the day of the old determination, from which a term counts when nothing else is
    said. An event and an Act keep their review, or get one a year from the day asked about.
    Source: UU 14/2008 ps. 20 (1) (reading: docs/decisions/0027).
    """
    start = text.starts_on or (decreed_on if text.counts_from_decree else None)
    review = text.review_on or on
    if review <= on:
        review = add_months(on, REVIEW_MONTHS)
    match text.wording:
        case Wording.DATE if text.ends_on is not None:
            begins = start or min(on, text.ends_on)
            return DateTerm(begins, text.ends_on) if begins < text.ends_on else None
        case Wording.PERIOD if start is not None:
            return PeriodTerm(start, text.years, text.months, text.days)
        case Wording.EVENT if text.phrase.lower() not in VAGUE_EVENTS:
            return EventTerm(start or on, text.phrase, review)
        case Wording.ACT if text.act:
            return ActTerm(start or on, text.act, review)
        case _:
            return None


def _cut_review(text: str) -> tuple[str, date | None]:
    """Return a term without the words on its review, and the day of that."""
    review = _REVIEWED.search(text)
    if review is None or review.start() == 0:
        return text, None
    return text[: review.start()], first_day(review["when"])


def _without_regulations(text: str) -> str:
    for mention in reversed(find_mentions(text)):
        text = text[: mention.start] + text[mention.end :]
    return text


def _cut_start(text: str) -> tuple[str, date | None]:
    """Return a term without "since" and a date, and that day: the first of a month or a year."""
    for found in find_dates(text):
        if begins := _BEGINS.search(text[: found.start]):
            return text[: begins.start()] + text[found.end :], found.first
    return text, None


def _read_end(text: str) -> TermText | None:
    """Return a term with an end date; of two dates the first is its start."""
    dates = find_dates(text)
    if not dates or not _is_end(text, dates[-1]):
        return None
    start = dates[0].first if len(dates) > 1 else None
    return TermText(wording=Wording.DATE, starts_on=start, ends_on=dates[-1].last)


def _is_end(text: str, found: WrittenDate) -> bool:
    """Return whether a date is an end: a day or a month always, a year after "until" or alone."""
    if (found.last - found.first).days < 31:
        return True
    before = text[: found.start].strip().lower()
    return (
        before in {"", "tahun"} or _UNTIL.search(f"{before} x") is not None or before[-1:] in "-–"
    )


def _read_period(text: str) -> TermText | None:
    matches = list(_PERIOD.finditer(text))
    if not matches or _RANGE.search(text[: matches[0].start()]):
        return None
    amounts: dict[str, int] = {}
    for match in matches:
        unit, count = _UNITS[match["unit"].lower()], _count(match["count"])
        unit, count = ("days", count * 7) if unit == "weeks" else (unit, count)
        if unit in amounts:
            return None
        amounts[unit] = count
    since = _SINCE.search(text, matches[-1].end())
    said = since["what"].strip(" .)") if since else ""
    return TermText(
        wording=Wording.PERIOD,
        since=said,
        years=amounts.get("years", 0),
        months=amounts.get("months", 0),
        days=amounts.get("days", 0),
    )


def _count(text: str) -> int:
    return int(text) if text.isdigit() else _WORDS[text.lower()]


def _read_words(text: str, *, plain: str) -> TermText | None:
    """Return a term without end, or one that ends with an event."""
    if phrase := permanent_phrase(plain):
        return TermText(wording=Wording.ENDLESS, phrase=phrase)
    if names_a_date(text):
        return None
    until = _UNTIL.search(text)
    if until:
        never = _NEVER_COMES.search(until["what"])
        wording = Wording.OPEN_ENDED if never else Wording.EVENT
        return TermText(wording=wording, phrase=_trimmed(until[0] if never else until["what"]))
    lasting = _WHILE.search(text)
    if lasting is None:
        return None
    if _PROCESS.match(lasting["what"]):
        return TermText(wording=Wording.EVENT, phrase=f"selesainya {_trimmed(lasting['what'])}")
    return TermText(wording=Wording.OPEN_ENDED, phrase=_trimmed(lasting[0]))


def _trimmed(text: str) -> str:
    return text.strip(" .;,()")


def _read_rest(text: str) -> TermText:
    by_rule = _BY_RULE.search(text) and not names_a_date(text)
    return TermText(wording=Wording.ACT if by_rule else Wording.UNCLEAR)
