"""The clocks of a request and an objection (permintaan, keberatan), and what an answer must say.

Decides until which day each answer and each next step may come, and what stands in the way of a
refusal or an extension. Numbers, forms and who answers are the office's.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ppid.errors import BadInput, Finding
from ppid.law.grounds import ground
from ppid.law.term_kinds import in_words
from ppid.law.workdays import ProvisionalDate, WorkCalendar, add_workdays

ANSWER_WORKDAYS = 10
EXTENSION_WORKDAYS = 7
OBJECTION_WORKDAYS = 30
OBJECTION_ANSWER_WORKDAYS = 30
DISPUTE_WORKDAYS = 14


class ObjectionGround(StrEnum):
    """Why somebody objects (keberatan, UU 14/2008 ps. 35 (1)); the value is the huruf."""

    EXEMPT = "a"
    NOT_PUBLISHED = "b"
    NOT_ANSWERED = "c"
    NOT_AS_ASKED = "d"
    NOT_FULFILLED = "e"
    FEE = "f"
    LATE = "g"

    @property
    def label(self) -> str:
        """Return the ground in words."""
        return _LABELS[self]


_LABELS = {
    ObjectionGround.EXEMPT: "Permintaan ditolak karena informasi dikecualikan",
    ObjectionGround.NOT_PUBLISHED: "Informasi berkala tidak disediakan",
    ObjectionGround.NOT_ANSWERED: "Permintaan tidak ditanggapi",
    ObjectionGround.NOT_AS_ASKED: "Permintaan ditanggapi tidak sebagaimana yang diminta",
    ObjectionGround.NOT_FULFILLED: "Permintaan tidak dipenuhi",
    ObjectionGround.FEE: "Biaya yang dikenakan tidak wajar",
    ObjectionGround.LATE: "Informasi disampaikan melebihi waktu",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A refusal of a request, whole or in part (penolakan, UU 14/2008 ps. 22 (7) huruf c).

    grounds: codes of grounds ("h.3"). part: the document also holds what can be given.
    given: what is given of it. reason: why the rest is blacked out, and what it is about.
    """

    grounds: tuple[str, ...] = ()
    part: bool = False
    given: str = ""
    reason: str = ""


def answer_due(
    received_on: date, calendar: WorkCalendar, *, extended: bool = False
) -> ProvisionalDate:
    """Return the last day to answer a request: 10 working days, and 7 more when extended.

    received_on: not counted.
    Source: UU 14/2008 ps. 22 (7) (reading: docs/decisions/0024).
    """
    days = ANSWER_WORKDAYS + (EXTENSION_WORKDAYS if extended else 0)
    return add_workdays(received_on, days, calendar)


def objection_due(found_on: date, calendar: WorkCalendar) -> ProvisionalDate:
    """Return the last day to object: 30 working days after its reason was found.

    found_on: not counted.
    Source: UU 14/2008 ps. 36 (1).
    """
    return add_workdays(found_on, OBJECTION_WORKDAYS, calendar)


def objection_answer_due(received_on: date, calendar: WorkCalendar) -> ProvisionalDate:
    """Return the last day for the PPID's superior to answer an objection: 30 working days.

    received_on: not counted.
    Source: UU 14/2008 ps. 36 (2) (reading: docs/decisions/0024).
    """
    return add_workdays(received_on, OBJECTION_ANSWER_WORKDAYS, calendar)


def dispute_due(answered_on: date, calendar: WorkCalendar) -> ProvisionalDate:
    """Return the last day to go to the Komisi Informasi: 14 working days after the answer came.

    answered_on: the day the answer was received, or the last day on which it was due; not counted.
    Source: UU 14/2008 ps. 37 (2) (reading: docs/decisions/0024).
    """
    return add_workdays(answered_on, DISPUTE_WORKDAYS, calendar)


def settles_amicably(objection: ObjectionGround) -> bool:
    """Return whether an objection may be settled between the parties: all but a refusal may.

    Source: UU 14/2008 ps. 35 (2).
    """
    return objection is not ObjectionGround.EXEMPT


def extension_obstacles(
    received_on: date, calendar: WorkCalendar, *, on: date, reason: str, extended: bool = False
) -> tuple[Finding, ...]:
    """Return why the time to answer may not be extended on a day: no reason, too late, or twice.

    extended: it has been extended before.
    Source: UU 14/2008 ps. 22 (8).
    """
    due = answer_due(received_on, calendar).day
    return (
        *((_extended_twice(),) if extended else ()),
        *(() if reason.strip() else (_extension_reason_missing(),)),
        *((_extension_late(due),) if on > due else ()),
    )


def refusal_obstacles(refusal: Refusal, *, on: date) -> tuple[Finding, ...]:
    """Return why a request may not be refused so: no ground, an unknown one, or too much withheld.

    Source: UU 14/2008 ps. 22 (7) huruf c.
    """
    return (
        *(() if refusal.grounds else (_refusal_ground_missing(),)),
        *(each for code in refusal.grounds for each in _ground_unknown(code, on=on)),
        *_part_obstacles(refusal),
    )


def _ground_unknown(code: str, *, on: date) -> tuple[Finding, ...]:
    try:
        ground(code, on=on)
    except BadInput as error:
        return error.findings
    return ()


def _part_obstacles(refusal: Refusal) -> tuple[Finding, ...]:
    if not refusal.part:
        return ()
    asked = (
        (
            refusal.given,
            "given_part_missing",
            "Materi yang tetap diberikan belum disebut.",
            "given",
            "Sebutkan bagian dokumen yang diberikan kepada pemohon.",
            "UU 14/2008 ps. 22 (7) huruf d",
        ),
        (
            refusal.reason,
            "redaction_reason_missing",
            "Alasan dan materi yang dihitamkan belum disebut.",
            "reason",
            "Tulis apa yang dihitamkan dan mengapa.",
            "UU 14/2008 ps. 22 (7) huruf e",
        ),
    )
    return tuple(Finding(*finding) for text, *finding in asked if not text.strip())


def _refusal_ground_missing() -> Finding:
    return Finding(
        "refusal_ground_missing",
        "Penolakan belum menyebut alasan menurut Pasal 17.",
        "grounds",
        "Pilih huruf dan angka Pasal 17, atau berikan informasinya.",
        "UU 14/2008 ps. 22 (7) huruf c",
    )


def _extended_twice() -> Finding:
    return Finding(
        "extended_twice",
        "Waktu menjawab permintaan hanya dapat diperpanjang satu kali.",
        "",
        "Jawab permintaan ini sebelum batas waktunya.",
        "UU 14/2008 ps. 22 (8)",
    )


def _extension_reason_missing() -> Finding:
    return Finding(
        "extension_reason_missing",
        "Perpanjangan memerlukan alasan tertulis.",
        "reason",
        "Tulis mengapa 10 hari kerja tidak cukup.",
        "UU 14/2008 ps. 22 (8)",
    )


def _extension_late(due: date) -> Finding:
    return Finding(
        "extension_late",
        f"Batas menjawab, {in_words(due)}, sudah lewat dan tidak dapat diperpanjang lagi.",
        "",
        "Jawab permintaan ini sekarang.",
        "UU 14/2008 ps. 22 (8)",
    )
