"""The answer to a request (pemberitahuan tertulis): what makes it complete and lawful.

Decides what an answer must say for what it decides, and what it may rest a refusal on. When it is
due is request's.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ppid.errors import Finding
from ppid.law.consequence_sheet import Part
from ppid.law.request import Refusal, refusal_obstacles
from ppid.law.request_record import day_obstacles


class Outcome(StrEnum):
    """What an answer decides (UU 14/2008 ps. 22 (7) huruf a sampai e)."""

    GRANTED = "dikabulkan"
    PART = "dikabulkan_sebagian"
    REFUSED = "ditolak"
    NOT_HELD = "tidak_dikuasai"

    @property
    def label(self) -> str:
        """Return the decision in words."""
        return _LABELS[self]

    @property
    def refuses(self) -> bool:
        """Return whether something is kept closed under Pasal 17."""
        return self in (Outcome.PART, Outcome.REFUSED)

    @property
    def gives(self) -> bool:
        """Return whether something is given."""
        return self in (Outcome.GRANTED, Outcome.PART)


_LABELS = {
    Outcome.GRANTED: "Dikabulkan seluruhnya",
    Outcome.PART: "Dikabulkan sebagian",
    Outcome.REFUSED: "Ditolak seluruhnya",
    Outcome.NOT_HELD: "Tidak dikuasai",
}


class Standing(StrEnum):
    """Where an item that a request asks for stands on the day of the answer."""

    UNDER_TEST = "diuji"
    EXEMPT = "dikecualikan"
    OPEN = "terbuka"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedItem:
    """An item of information that a request asks for, as the day of the answer finds it.

    ground: code of the ground that its determination rests on. part: what its sheet closes.
    """

    title: str
    standing: Standing
    ground: str = ""
    part: Part | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer to a request (pemberitahuan tertulis, UU 14/2008 ps. 22 (7)).

    given: the matter that is given. redaction: what is blacked out of it, and why. delivery: by
    which way and in which form. items: all that the request asks for and the office has linked.
    """

    outcome: Outcome | None = None
    answered_on: date | None = None
    given: str = ""
    redaction: str = ""
    delivery: str = ""
    items: tuple[AskedItem, ...] = ()


def answer_obstacles(answer: Answer, *, received_on: date, on: date) -> tuple[Finding, ...]:
    """Return every reason why a request may not be answered so today.

    A refusal rests on what is determined and still exempt on the day of the answer.
    Source: UU 14/2008 ps. 22 (7) (reading: docs/decisions/0028).
    """
    day = answer.answered_on
    dated = day_obstacles(
        day, place="answered_on", on=on, since=received_on, what="diterimanya permintaan"
    )
    if answer.outcome is None:
        return (_outcome_missing(), *dated)
    return (
        *dated,
        *_giving(answer),
        *(_refusing(answer, on=day or on) if answer.outcome.refuses else ()),
        *_keeping_open(answer),
        *_at_odds(answer),
    )


def _giving(answer: Answer) -> Iterable[Finding]:
    if answer.outcome is Outcome.GRANTED and not answer.given.strip():
        yield Finding(
            "given_missing",
            "Materi informasi yang diberikan belum disebut.",
            "given",
            "Sebutkan dokumen atau data yang diberikan kepada pemohon.",
            "UU 14/2008 ps. 22 (7) huruf d",
        )
    if answer.outcome and answer.outcome.gives and not answer.delivery.strip():
        yield Finding(
            "answer_delivery_missing",
            "Cara dan format penyampaian belum disebut.",
            "delivery",
            "Sebutkan bagaimana dan dalam format apa pemohon menerimanya.",
            "UU 14/2008 ps. 22 (7) huruf f",
        )


def _refusing(answer: Answer, *, on: date) -> Iterable[Finding]:
    closed = [each for each in answer.items if each.standing is Standing.EXEMPT]
    untested = [each for each in answer.items if each.standing is Standing.UNDER_TEST]
    refusal = Refusal(
        grounds=tuple(each.ground for each in closed),
        part=answer.outcome is Outcome.PART,
        given=answer.given,
        reason=answer.redaction,
    )
    found = refusal_obstacles(refusal, on=on)
    yield from (each for each in found if not (untested and each.code == "refusal_ground_missing"))
    for each in untested:
        yield Finding(
            "refusal_not_determined",
            f"“{each.title}” belum ditetapkan sebagai informasi yang dikecualikan.",
            "outcome",
            "Selesaikan uji konsekuensi, persetujuan, dan penetapannya lebih dahulu; atau lepas "
            "kaitannya dan berikan informasinya.",
            "PP 61/2010 ps. 3 (1)",
        )
    partly = [each for each in closed if each.part is Part.PART]
    if answer.outcome is Outcome.REFUSED and partly:
        yield Finding(
            "whole_refused_for_part",
            f"Menurut lembar ujinya, “{partly[0].title}” hanya ditutup sebagian.",
            "outcome",
            "Pilih “Dikabulkan sebagian”: hitamkan bagian itu dan berikan selebihnya.",
            "UU 14/2008 ps. 22 (7) huruf e",
        )


def _keeping_open(answer: Answer) -> Iterable[Finding]:
    opened = [each for each in answer.items if each.standing is Standing.OPEN]
    if answer.outcome is Outcome.REFUSED and opened:
        yield Finding(
            "open_information_refused",
            f"“{opened[0].title}” terbuka dan tidak dapat ditolak.",
            "outcome",
            "Berikan informasi itu.",
            "PP 61/2010 ps. 11 (3)",
        )


def _at_odds(answer: Answer) -> Iterable[Finding]:
    closed = [each for each in answer.items if each.standing is Standing.EXEMPT]
    if answer.outcome is Outcome.GRANTED and closed:
        yield Finding(
            "exempt_information_granted",
            f"“{closed[0].title}” masih dikecualikan dan tidak boleh diberikan.",
            "outcome",
            "Pilih “Dikabulkan sebagian” atau “Ditolak seluruhnya”, atau buka dahulu informasinya.",
            "UU 14/2008 ps. 54 (1)",
        )
    if answer.outcome is Outcome.NOT_HELD and answer.items:
        yield Finding(
            "held_information_denied",
            f"“{answer.items[0].title}” tercatat pada badan publik Anda.",
            "outcome",
            "Pilih jawaban lain, atau lepas kaitan yang keliru.",
            "UU 14/2008 ps. 22 (7) huruf a",
        )


def _outcome_missing() -> Finding:
    return Finding(
        "outcome_missing",
        "Belum dipilih apakah permintaan dikabulkan atau ditolak.",
        "outcome",
        "Pilih salah satu jawaban.",
        "UU 14/2008 ps. 22 (7) huruf c",
    )
