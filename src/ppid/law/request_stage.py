"""Where a request stands on a day: who is to act next, until when, and how long that still is.

Decides which of the clocks of request runs. A clock that has run out stays the one that is shown:
lateness ends no duty.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ppid.law.request import (
    answer_due,
    dispute_due,
    objection_answer_due,
    objection_due,
)
from ppid.law.workdays import ProvisionalDate, WorkCalendar, count_workdays, is_provisional


class Stage(StrEnum):
    """What is to come next of a request, an objection, a dispute."""

    ANSWER = "jawaban"
    OBJECTION_OPEN = "masa_keberatan"
    OBJECTION_ANSWER = "tanggapan"
    DISPUTE_OPEN = "masa_sengketa"
    IN_DISPUTE = "sengketa"
    CLOSED = "selesai"

    @property
    def label(self) -> str:
        """Return what is to come, in words."""
        return _LABELS[self]

    @property
    def source(self) -> str:
        """Return the article of the clock, empty where none runs."""
        return _SOURCES.get(self, "")

    @property
    def waits_for_office(self) -> bool:
        """Return whether the office is to act, not the requester or the Komisi Informasi."""
        return self in (Stage.ANSWER, Stage.OBJECTION_ANSWER)


_LABELS = {
    Stage.ANSWER: "Menunggu jawaban PPID",
    Stage.OBJECTION_OPEN: "Sudah dijawab; masih dapat diajukan keberatan",
    Stage.OBJECTION_ANSWER: "Menunggu tanggapan Atasan PPID",
    Stage.DISPUTE_OPEN: "Sudah ditanggapi; masih dapat dibawa ke Komisi Informasi",
    Stage.IN_DISPUTE: "Dalam sengketa di Komisi Informasi",
    Stage.CLOSED: "Selesai",
}
_SOURCES = {
    Stage.ANSWER: "UU 14/2008 ps. 22 (7) dan (8)",
    Stage.OBJECTION_OPEN: "UU 14/2008 ps. 36 (1)",
    Stage.OBJECTION_ANSWER: "UU 14/2008 ps. 36 (2)",
    Stage.DISPUTE_OPEN: "UU 14/2008 ps. 37 (2)",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestFacts:
    """The days of a request and of its newest objection; None for what has not happened."""

    received_on: date
    extended: bool = False
    answered_on: date | None = None
    objected_on: date | None = None
    objection_answered_on: date | None = None
    disputed_on: date | None = None
    dispute_decided_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestStanding:
    """Where a request stands on a day.

    due: the last day of the clock that runs, None where none does. workdays_left: working days
    after the day asked about up to the last day, it included; 0 on the last day. workdays_late:
    working days since. provisional: the last day, or a number of days, may still move.
    """

    stage: Stage
    due: date | None = None
    workdays_left: int = 0
    workdays_late: int = 0
    overdue: bool = False
    provisional: bool = False


def standings(
    facts: RequestFacts, *, on: date, calendar: WorkCalendar
) -> tuple[RequestStanding, ...]:
    """Return every clock that runs on a day, the body's local date: first what the office owes.

    At least one; a request with nothing left to come is CLOSED.
    Source: UU 14/2008 ps. 36 (reading: docs/decisions/0029).
    """
    found = [
        _standing(stage, due, on=on, calendar=calendar) for stage, due in _clocks(facts, calendar)
    ]
    running = [one for one in found if one.stage.waits_for_office or not one.overdue]
    if not running:
        return (RequestStanding(stage=Stage.CLOSED),)
    return tuple(sorted(running, key=_urgency))


def _urgency(one: RequestStanding) -> tuple[bool, date]:
    return not one.stage.waits_for_office, one.due or date.max


def _standing(
    stage: Stage, due: ProvisionalDate | None, *, on: date, calendar: WorkCalendar
) -> RequestStanding:
    if due is None:
        return RequestStanding(stage=stage)
    overdue = on > due.day
    return RequestStanding(
        stage=stage,
        due=due.day,
        workdays_left=0 if overdue else count_workdays(on, due.day, calendar),
        workdays_late=count_workdays(due.day, on, calendar) if overdue else 0,
        overdue=overdue,
        provisional=due.provisional or is_provisional(due.day, on, calendar),
    )


def _clocks(
    facts: RequestFacts, calendar: WorkCalendar
) -> Iterator[tuple[Stage, ProvisionalDate | None]]:
    """Yield each clock with its last day. An objection to silence leaves the answer owed."""
    answered, objected = facts.answered_on, facts.objected_on
    if facts.dispute_decided_on is not None:
        return
    if answered is None:
        yield Stage.ANSWER, answer_due(facts.received_on, calendar, extended=facts.extended)
    elif objected is None or objected < answered:
        yield Stage.OBJECTION_OPEN, objection_due(answered, calendar)
    if facts.disputed_on is not None:
        yield Stage.IN_DISPUTE, None
    elif facts.objection_answered_on is not None:
        yield Stage.DISPUTE_OPEN, dispute_due(facts.objection_answered_on, calendar)
    elif objected is not None:
        yield Stage.OBJECTION_ANSWER, objection_answer_due(objected, calendar)
