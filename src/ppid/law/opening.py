"""Opening exempt information (penetapan sebagai Informasi Publik) before or when its term ends.

Decides whether an act may open information for the reason it gives. That information opens by
itself when its term ends is term's; who may act on a day is the office's.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ppid.errors import Finding
from ppid.law import term as terms
from ppid.law.grounds import Ground
from ppid.law.term import ExpiryRule, Term
from ppid.law.workdays import WorkCalendar


class OpeningReason(StrEnum):
    """Why information opens (PP 61/2010 ps. 5 (2), 8 (3), 11; UU 14/2008 ps. 11 (2), 18 (2))."""

    TERM_ENDS = "masa_berakhir"
    CONSENT = "persetujuan_tertulis"
    PUBLIC_OFFICE = "jabatan_publik"
    HEARING = "sidang_terbuka"
    OBJECTION = "keberatan"
    COMMISSION = "putusan_komisi_informasi"
    COURT = "putusan_pengadilan"

    @property
    def label(self) -> str:
        """Return the reason in words, as the public list gives it."""
        return _LABELS[self]

    @property
    def needs_document(self) -> bool:
        """Return whether the act must name what it rests on, also for a term with an end.

        Source: PP 61/2010 ps. 8 (3) (reading: docs/decisions/0022).
        """
        return self is not OpeningReason.TERM_ENDS


_LABELS = {
    OpeningReason.TERM_ENDS: "Jangka waktu pengecualian berakhir",
    OpeningReason.CONSENT: "Pihak yang rahasianya diungkap memberi persetujuan tertulis",
    OpeningReason.PUBLIC_OFFICE: "Berkaitan dengan posisi seseorang dalam jabatan publik",
    OpeningReason.HEARING: "Dibuka dalam sidang pengadilan yang terbuka untuk umum",
    OpeningReason.OBJECTION: "Dibuka karena keberatan",
    OpeningReason.COMMISSION: "Dibuka oleh putusan Komisi Informasi",
    OpeningReason.COURT: "Dibuka oleh putusan pengadilan",
}


# What these open is never exempt again (UU 14/2008 ps. 18 (1) huruf g).
DISPUTE_REASONS = frozenset(
    {OpeningReason.OBJECTION, OpeningReason.COMMISSION, OpeningReason.COURT}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """An act that opens information (penetapan sebagai Informasi Publik, PP 61/2010 ps. 11).

    opens_on: the first open day. document: number of the consent, decision or minutes behind it.
    """

    reason: OpeningReason
    declared_on: date
    opens_on: date
    document: str = ""


_SOURCES = {
    OpeningReason.TERM_ENDS: "PP 61/2010 ps. 11 (1)",
    OpeningReason.CONSENT: "UU 14/2008 ps. 18 (2) huruf a",
    OpeningReason.PUBLIC_OFFICE: "UU 14/2008 ps. 18 (2) huruf b",
    OpeningReason.HEARING: "PP 61/2010 ps. 5 (2)",
    **dict.fromkeys(DISPUTE_REASONS, "UU 14/2008 ps. 11 (2)"),
}
_LETTERS = {
    OpeningReason.CONSENT: "gh",
    OpeningReason.PUBLIC_OFFICE: "gh",
    OpeningReason.HEARING: "a",
}


def opening_obstacles(
    opening: Opening,
    *,
    ground: Ground,
    term: Term,
    calendar: WorkCalendar,
    rule: ExpiryRule = ExpiryRule.WINDOW,
) -> tuple[Finding, ...]:
    """Return why an act may not open information for the reason it gives.

    Under WINDOW the PPID declares the end of a term within its last 30 working days; under DEADLINE
    whenever before its end. Being late is never an obstacle. Every other reason opens at once.
    Source: PP 61/2010 ps. 11 (1) (reading: docs/decisions/0022).
    """
    by_itself = not opening.reason.needs_document and _ends_by_itself(opening, ground, term)
    return (
        *_wrong_ground(opening, ground),
        *(() if by_itself or opening.document else (_document_missing(opening),)),
        *_too_late(opening, ground, term),
        *_too_early(opening, term, calendar, rule=rule),
        *_delayed(opening),
    )


def reasons_for(ground: Ground) -> tuple[OpeningReason, ...]:
    """Return the reasons that may open information exempt under a ground.

    Source: UU 14/2008 ps. 18 (2) (reading: docs/decisions/0022).
    """
    return tuple(one for one in OpeningReason if ground.letter in _LETTERS.get(one, ground.letter))


def _ends_by_itself(opening: Opening, ground: Ground, term: Term) -> bool:
    # Huruf a ends after 30 years also when its term waits for an event.
    by_law = terms.opens_on(term, ground=ground)
    return terms.ends_on(term) is not None or opening.opens_on == by_law


def _wrong_ground(opening: Opening, found: Ground) -> tuple[Finding, ...]:
    letters = _LETTERS.get(opening.reason, found.letter)
    if found.letter in letters:
        return ()
    return (
        Finding(
            "opening_reason_not_for_ground",
            f"Alasan ini hanya membuka informasi huruf {' dan '.join(letters)}.",
            "reason",
            "Pilih alasan lain, atau lakukan pengujian konsekuensi baru.",
            _SOURCES[opening.reason],
        ),
    )


def _too_late(opening: Opening, found: Ground, term: Term) -> tuple[Finding, ...]:
    by_law = terms.opens_on(term, ground=found)
    if by_law is None or opening.opens_on <= by_law:
        return ()
    return (
        Finding(
            "opens_after_term",
            f"Informasi ini sudah terbuka menurut hukum pada {terms.in_words(by_law)}.",
            "opens_on",
            "Penetapan tidak dapat memperpanjang jangka waktu; isi tanggal itu atau sebelumnya.",
            "PP 61/2010 ps. 11 (3)",
        ),
    )


def _too_early(
    opening: Opening, term: Term, calendar: WorkCalendar, *, rule: ExpiryRule
) -> tuple[Finding, ...]:
    end = terms.ends_on(term)
    if opening.reason is not OpeningReason.TERM_ENDS or end is None or rule is ExpiryRule.DEADLINE:
        return ()
    first = terms.last_day_to_declare_open(end, calendar).day
    if opening.declared_on >= first:
        return ()
    return (
        Finding(
            "declared_too_early",
            f"Penetapan ini baru dapat dibuat mulai {terms.in_words(first)}.",
            "declared_on",
            "Tunggu hari itu, atau buka informasi dengan pengujian konsekuensi baru.",
            "PP 61/2010 ps. 11 (2)",
        ),
    )


def _delayed(opening: Opening) -> tuple[Finding, ...]:
    if opening.reason is OpeningReason.TERM_ENDS or opening.opens_on <= opening.declared_on:
        return ()
    return (
        Finding(
            "opening_delayed",
            "Alasan ini membuka informasi seketika, tidak mulai hari kemudian.",
            "opens_on",
            f"Isi {terms.in_words(opening.declared_on)} atau sebelumnya.",
            _SOURCES[opening.reason],
        ),
    )


def _document_missing(opening: Opening) -> Finding:
    return Finding(
        "opening_document_missing",
        "Dokumen yang menjadi dasar pembukaan belum disebut.",
        "document",
        "Isi nomor persetujuan, putusan, atau berita acaranya.",
        _SOURCES[opening.reason],
    )
