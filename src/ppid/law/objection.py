"""The objection (keberatan) to the PPID's superior, its answer, and the dispute that may follow.

Decides what may be recorded and answered, and what is late. Lateness is told, never refused: the
superior and the Komisi Informasi judge it. When each is due is request's.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ppid.errors import Finding
from ppid.law.request import ObjectionGround, dispute_due, objection_due, settles_amicably
from ppid.law.request_record import day_obstacles
from ppid.law.term_kinds import in_words
from ppid.law.workdays import WorkCalendar


class ObjectionOutcome(StrEnum):
    """How the PPID's superior answers (tanggapan atas keberatan, UU 14/2008 ps. 36)."""

    GRANTED = "dikabulkan"
    UPHELD = "dikuatkan"
    SETTLED = "musyawarah"

    @property
    def label(self) -> str:
        """Return the answer in words."""
        return _LABELS[self]


_LABELS = {
    ObjectionOutcome.GRANTED: "Keberatan dikabulkan",
    ObjectionOutcome.UPHELD: "Putusan PPID dikuatkan",
    ObjectionOutcome.SETTLED: "Diselesaikan secara musyawarah",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """An objection (keberatan, UU 14/2008 ps. 35). found_on: the day its reason was found."""

    filed_on: date | None = None
    found_on: date | None = None
    grounds: tuple[ObjectionGround, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionAnswer:
    """The superior's answer. exempt: how many items of the request are exempt; opened: of these.

    reason: the written reason of what is upheld, or what was agreed.
    """

    outcome: ObjectionOutcome | None = None
    answered_on: date | None = None
    reason: str = ""
    exempt: int = 0
    opened: int = 0


def filing_obstacles(
    objection: Objection, *, received_on: date, refused: bool, on: date
) -> tuple[Finding, ...]:
    """Return why an objection cannot be recorded so: no ground, one that cannot be, or its days.

    received_on: of the request. refused: its answer kept something closed under Pasal 17.
    Source: UU 14/2008 ps. 35 (1).
    """
    found = objection.found_on
    return (
        *_ground_obstacles(objection, refused=refused),
        *day_obstacles(
            found, place="found_on", on=on, since=received_on, what="diterimanya permintaan"
        ),
        *day_obstacles(
            objection.filed_on, place="filed_on", on=on, since=found, what="ditemukannya alasan"
        ),
    )


def filing_remarks(objection: Objection, calendar: WorkCalendar) -> tuple[Finding, ...]:
    """Return that an objection came late, for the superior to judge: it is recorded all the same.

    Source: UU 14/2008 ps. 36 (1) (reading: docs/decisions/0029).
    """
    if objection.filed_on is None or objection.found_on is None:
        return ()
    due = objection_due(objection.found_on, calendar).day
    if objection.filed_on <= due:
        return ()
    return (
        Finding(
            "objection_late",
            f"Keberatan ini diajukan sesudah batasnya, {in_words(due)}.",
            "filed_on",
            "Atasan PPID menilai keterlambatan itu dalam tanggapannya.",
            "UU 14/2008 ps. 36 (1)",
        ),
    )


def answering_obstacles(
    answer: ObjectionAnswer, *, objection: Objection, on: date
) -> tuple[Finding, ...]:
    """Return why the superior may not answer an objection so.

    Source: UU 14/2008 ps. 36 (3).
    """
    dated = day_obstacles(
        answer.answered_on,
        place="answered_on",
        on=on,
        since=objection.filed_on,
        what="diterimanya keberatan",
    )
    if answer.outcome is None:
        return (_outcome_missing(), *dated)
    return (*dated, *_amicable(answer, objection), *_reasoned(answer), *_opening(answer, objection))


def dispute_obstacles(
    registered_on: date | None, *, filed_on: date, on: date
) -> tuple[Finding, ...]:
    """Return why a dispute cannot bear a day: it comes after the objection, and not in the future.

    Source: UU 14/2008 ps. 37 (1).
    """
    return day_obstacles(
        registered_on, place="registered_on", on=on, since=filed_on, what="diajukannya keberatan"
    )


def decision_obstacles(
    decided_on: date | None, *, registered_on: date, on: date
) -> tuple[Finding, ...]:
    """Return why the decision of a dispute cannot bear a day.

    Source: UU 14/2008 ps. 46 (1).
    """
    return day_obstacles(
        decided_on, place="decided_on", on=on, since=registered_on, what="pendaftaran sengketa"
    )


def dispute_remarks(
    registered_on: date, *, answered_on: date, calendar: WorkCalendar
) -> tuple[Finding, ...]:
    """Return that a dispute came late, for the Komisi Informasi to judge.

    answered_on: the day the answer was received, or the last day on which it was due.
    Source: UU 14/2008 ps. 37 (2) (reading: docs/decisions/0029).
    """
    due = dispute_due(answered_on, calendar).day
    if registered_on <= due:
        return ()
    return (
        Finding(
            "dispute_late",
            f"Permohonan sengketa ini diajukan sesudah {in_words(due)}.",
            "registered_on",
            "Sampaikan keterlambatan itu kepada Komisi Informasi, yang menilainya.",
            "UU 14/2008 ps. 37 (2)",
        ),
    )


def _ground_obstacles(objection: Objection, *, refused: bool) -> Iterable[Finding]:
    if not objection.grounds:
        yield Finding(
            "objection_ground_missing",
            "Alasan keberatan belum dipilih.",
            "grounds",
            "Pilih satu atau beberapa alasan yang disebut pemohon.",
            "UU 14/2008 ps. 35 (1)",
        )
    if ObjectionGround.EXEMPT in objection.grounds and not refused:
        yield Finding(
            "objection_without_refusal",
            "Permintaan ini tidak ditolak karena informasinya dikecualikan.",
            "grounds",
            "Pilih alasan lain, atau catat dahulu jawaban yang menolak.",
            "UU 14/2008 ps. 35 (1) huruf a",
        )


def _amicable(answer: ObjectionAnswer, objection: Objection) -> Iterable[Finding]:
    barred = [each for each in objection.grounds if not settles_amicably(each)]
    if answer.outcome is ObjectionOutcome.SETTLED and barred:
        yield Finding(
            "refusal_settled_amicably",
            "Penolakan karena informasi dikecualikan tidak dapat diselesaikan secara musyawarah.",
            "outcome",
            "Kabulkan keberatannya, atau kuatkan putusan PPID dengan alasan tertulis.",
            "UU 14/2008 ps. 35 (2)",
        )


def _reasoned(answer: ObjectionAnswer) -> Iterable[Finding]:
    keeps = answer.outcome is ObjectionOutcome.GRANTED and answer.opened < answer.exempt
    if answer.reason.strip():
        return
    if answer.outcome is ObjectionOutcome.SETTLED:
        yield Finding(
            "settlement_missing",
            "Isi kesepakatan belum ditulis.",
            "reason",
            "Tulis apa yang disepakati dan kapan dilaksanakan.",
            "UU 14/2008 ps. 35 (2)",
        )
    if answer.outcome is ObjectionOutcome.UPHELD or keeps:
        yield Finding(
            "upholding_reason_missing",
            "Alasan tertulis untuk yang tetap ditutup belum diisi.",
            "reason",
            "Tulis mengapa putusan PPID dikuatkan.",
            "UU 14/2008 ps. 36 (3)",
        )


def _opening(answer: ObjectionAnswer, objection: Objection) -> Iterable[Finding]:
    asked = ObjectionGround.EXEMPT in objection.grounds and answer.exempt > 0
    if answer.outcome is ObjectionOutcome.GRANTED and asked and not answer.opened:
        yield Finding(
            "nothing_opened",
            "Keberatan atas penolakan dikabulkan, tetapi tidak ada informasi yang dibuka.",
            "items",
            "Pilih informasi yang dibuka, atau kuatkan putusan PPID.",
            "UU 14/2008 ps. 11 (2)",
        )


def _outcome_missing() -> Finding:
    return Finding(
        "objection_outcome_missing",
        "Tanggapan atas keberatan belum dipilih.",
        "outcome",
        "Pilih salah satu tanggapan.",
        "UU 14/2008 ps. 36 (2)",
    )
