"""What is wrong with the term of an old row: without a lawful end, or ended long ago.

How the old words are read is term_text's.
"""

from collections.abc import Iterator
from datetime import date

from ppid.law.defect import Defect, DefectKind, LegacyEntry, doubt, sure
from ppid.law.grounds import Ground
from ppid.law.reference import is_act, parse
from ppid.law.term import refuse_permanent
from ppid.law.term_kinds import PeriodTerm, add_months, ends_on, in_words
from ppid.law.term_text import VAGUE_EVENTS, TermText, Wording, read_term
from ppid.law.written_date import first_day

_FIXED = "PP 61/2010 ps. 4 (2) huruf d"
_STRICT = "UU 14/2008 ps. 2 (2)"
_TO_DATE = "Isi tanggal berakhir, atau lama waktu dengan tanggal mulainya."


def term_defects(
    entry: LegacyEntry, grounds: tuple[Ground, ...], *, on: date
) -> tuple[Defect, ...]:
    """Return what is wrong with the term of a row on a day.

    grounds: those that the row names and the Act knows. A term of which only the length is known is
    counted from the old decree, and then its end is not sure.
    Source: UU 14/2008 ps. 20 (1) (reading: docs/decisions/0027).
    """
    text = read_term(entry.term)
    return (
        *_wording(text, entry, grounds, on=on),
        *_ended(text, entry, on=on),
        *_too_long(text, grounds),
    )


def end_of(text: TermText, *, decreed_on: date | None) -> tuple[date | None, bool]:
    """Return the day an old term ended or ends, and whether the row itself says so.

    decreed_on: the old determination, from which a length counts when the row names no start.
    Source: PP 61/2010 ps. 11 (3) (reading: docs/decisions/0027).
    """
    if text.wording is Wording.DATE:
        return text.ends_on, True
    start = text.starts_on or (decreed_on if text.counts_from_decree else None)
    if text.wording is not Wording.PERIOD or start is None:
        return None, False
    end = ends_on(PeriodTerm(start, text.years, text.months, text.days))
    return end, text.starts_on is not None


def _wording(
    text: TermText, entry: LegacyEntry, grounds: tuple[Ground, ...], *, on: date
) -> Iterator[Defect]:
    match text.wording:
        case Wording.EMPTY:
            yield _term(
                "term_missing",
                "Jangka waktunya kosong.",
                certain=True,
                hint=_TO_DATE,
                source=_FIXED,
            )
        case Wording.ENDLESS:
            yield _endless(text, grounds)
        case Wording.OPEN_ENDED:
            message = f"“{text.phrase}” tidak menyebut kapan berakhirnya."
            hint = (
                "Isi tanggal berakhir, atau peristiwa yang mengakhiri dengan tanggal tinjau ulang."
            )
            yield _term("term_without_end", message, hint=hint)
        case Wording.EVENT:
            yield from _event(text, on=on)
        case Wording.ACT:
            yield from _by_act(text, grounds, on=on)
        case Wording.UNCLEAR:
            message = f"Jangka waktu “{_short(entry.term)}” tidak terbaca."
            yield _term("term_unreadable", message, hint=_TO_DATE, source=_FIXED)
        case Wording.PERIOD if end_of(text, decreed_on=first_day(entry.decree))[0] is None:
            message = "Lamanya disebut, tetapi tidak jelas sejak kapan dihitung."
            hint = "Tulis tanggal mulainya, biasanya tanggal surat penetapan."
            yield _term("term_start_missing", message, hint=hint, source=_FIXED)
        case _:
            return


def _endless(text: TermText, grounds: tuple[Ground, ...]) -> Defect:
    barred = [ground for ground in grounds if ground.never_permanent]
    if grounds and barred == list(grounds):
        (finding,) = refuse_permanent(text.phrase, barred[0])
        return sure(
            finding.code,
            finding.message,
            kind=DefectKind.TERM,
            place="term",
            hint=finding.hint,
            source=finding.source,
        )
    message = f"“{text.phrase}” tidak punya akhir maupun tinjau ulang."
    hint = "Isi tanggal berakhir, atau peristiwa yang mengakhiri dengan tanggal tinjau ulang."
    return _term("term_endless", message, hint=hint, source=_STRICT)


def _event(text: TermText, *, on: date) -> Iterator[Defect]:
    if text.phrase.lower() in VAGUE_EVENTS:
        message = (
            f"“{text.phrase}” tidak menyebut apa yang harus {text.phrase.split()[-1].lower()}."
        )
        hint = "Sebutkan peristiwanya dan tanggal tinjau ulang, atau isi tanggal berakhir."
        yield _term("term_event_vague", message, certain=True, hint=hint, source=_FIXED)
    else:
        yield from _review("Jangka waktunya berakhir dengan suatu peristiwa", text, on=on)


def _review(what: str, text: TermText, *, on: date) -> Iterator[Defect]:
    """Yield that a term without an end of its own is never looked at again, or was not in time."""
    if text.review_on is None:
        message = f"{what}, tanpa tanggal tinjau ulang."
        hint = "Tambahkan tanggal tinjau ulang paling lama lima tahun lagi, atau isi tanggal akhir."
        yield _term("term_review_missing", message, hint=hint, source=_STRICT)
    elif text.review_on <= on:
        message = f"{what}, dan tanggal tinjau ulangnya, {in_words(text.review_on)}, sudah lewat."
        hint = "Tinjau sekarang: masih perlukah informasi ini ditutup?"
        yield _term("term_review_passed", message, certain=True, hint=hint, source=_STRICT)


def _by_act(text: TermText, grounds: tuple[Ground, ...], *, on: date) -> Iterator[Defect]:
    if not text.act:
        message = "Jangka waktunya merujuk peraturan, tetapi peraturannya tidak disebut."
        hint = "Sebut peraturan dan pasal yang menentukan jangka waktunya, atau isi tanggal."
        yield _term("term_rule_unnamed", message, hint=hint, source=_FIXED)
        return
    if any(ground.letter == "j" for ground in grounds) and not is_act(parse(text.act)):
        message = f"Jangka waktu huruf j harus mengikuti Undang-Undang, bukan {text.act}."
        hint = "Sebut Undang-Undang yang melarang informasi ini dibuka."
        source = "UU 14/2008 ps. 17 huruf j"
        yield _term("term_act_not_statute", message, certain=True, hint=hint, source=source)
    yield from _review(f"Jangka waktunya menurut {text.act}", text, on=on)


def _ended(text: TermText, entry: LegacyEntry, *, on: date) -> Iterator[Defect]:
    end, written = end_of(text, decreed_on=first_day(entry.decree))
    if end is None or end > on:
        return
    make = sure if written else doubt
    counted = "" if written else "Bila dihitung sejak surat penetapan, "
    message = f"{counted}jangka waktunya berakhir pada {in_words(end)}: terbuka demi hukum."
    yield make(
        "term_passed",
        message[0].upper() + message[1:],
        kind=DefectKind.ENDED,
        place="term",
        hint="Catat sebagai terbuka, dan pindahkan ke daftar informasi publik.",
        source="PP 61/2010 ps. 11 (3)",
    )


def _too_long(text: TermText, grounds: tuple[Ground, ...]) -> Iterator[Defect]:
    years = [ground.max_years for ground in grounds if ground.max_years]
    if not years:
        return
    over = text.years * 12 + text.months > years[0] * 12
    if text.starts_on and text.ends_on:
        over = text.ends_on > add_months(text.starts_on, years[0] * 12)
    if over:
        yield _term(
            "term_over_max_years",
            f"Jangka waktu huruf {grounds[0].letter} paling lama {years[0]} tahun.",
            certain=True,
            hint="Pendekkan jangka waktunya.",
            source=grounds[0].term_source,
        )


def _term(code: str, message: str, *, hint: str, source: str = "", certain: bool = False) -> Defect:
    make = sure if certain else doubt
    return make(code, message, kind=DefectKind.TERM, place="term", hint=hint, source=source)


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:79] + "…"
