"""Which days to come another calendar moves: of tasks, cases, the docket, and requests.

Nothing is written here. A day that has come is never among them: a calendar changes only days to
come (ppid.law.decree), so what it does not move needs no guard.
"""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.db.models import Count, Q

from ppid.law.docket import Stage, stage_day
from ppid.law.workdays import ProvisionalDate, WorkCalendar
from ppid.office.calendar import Calendars
from ppid.office.models import Body, Case, Item, Task
from ppid.office.projections.cases import case_due, definition_of, task_due
from ppid.office.request_clocks import clocks_of, with_clocks


class Pending(StrEnum):
    """What a day belongs to."""

    STEP = "langkah"
    CASE = "berkas"
    END = "masa_berakhir"
    REVIEW = "tinjau_ulang"
    REQUEST = "permintaan"


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One pending day under the old and under the new calendar, in ISO form.

    subject: the id of the case; for an end or a review its date, for a request its number. step,
    agency: of a step. stage: which clock of a request. count: how many items end, or are reviewed,
    on that date.
    """

    kind: str
    subject: str
    old: str
    new: str
    was_provisional: bool
    provisional: bool
    step: int = 0
    agency: str | None = None
    stage: str = ""
    count: int = 1

    @property
    def moved(self) -> bool:
        """Return whether the day is another one; otherwise it only became firm, or provisional."""
        return self.old != self.new

    def as_dict(self) -> dict[str, Any]:
        """Return the move as plain data."""
        return asdict(self)


def moves(body: Body, *, before: Calendars, after: Calendars, on: date) -> tuple[Move, ...]:
    """Return every pending day that differs between two sets of calendars of the body.

    on: the body's local day; what has come by then is not pending.
    """
    found = (
        *_tasks(body, after),
        *_cases(body, after),
        *_docket(body, before.of(), after.of(), on=on),
        *_requests(body, before.of(), after.of(), on=on),
    )
    return tuple(one for one in found if one.moved or one.was_provisional != one.provisional)


def _tasks(body: Body, after: Calendars) -> Iterator[Move]:
    rows = Task.objects.filter(case__body=body, case__ended_at=None, due_at__isnull=False)
    for task in rows.select_related("case__sop").order_by("case__number", "step", "pk"):
        task.case.body = body
        sop = definition_of(task.case.sop.text)
        due = task_due(
            sop.step(task.step).time,
            task.case,
            after.of(task.agency_id),
            opened_at=task.opened_at,
            extended=task.extended,
        )
        yield from _moment(Pending.STEP, task, due, task.case, step=task.step)


def _cases(body: Body, after: Calendars) -> Iterator[Move]:
    rows = Case.objects.filter(body=body, ended_at=None, due_at__isnull=False)
    for case in rows.select_related("sop").order_by("number"):
        case.body = body
        due = case_due(case, definition_of(case.sop.text), after.of())
        yield from _moment(Pending.CASE, case, due, case)


def _moment(
    kind: Pending, row: Task | Case, due: tuple[datetime | None, bool], case: Case, *, step: int = 0
) -> Iterator[Move]:
    at, provisional = due
    if at is None or row.due_at is None:
        return
    agency = row.agency_id if isinstance(row, Task) else None
    zone = case.body.zone
    yield Move(
        kind=kind.value,
        subject=str(case.pk),
        old=row.due_at.astimezone(zone).isoformat(),
        new=at.isoformat(),
        was_provisional=row.provisional,
        provisional=provisional,
        step=step,
        agency=str(agency) if agency else None,
    )


def _docket(body: Body, before: WorkCalendar, after: WorkCalendar, *, on: date) -> Iterator[Move]:
    """Yield the day 30 working days before each end and review that is to come."""
    rows = Item.objects.filter(body=body, stage="dikecualikan", declared_open_on=None)
    still = Q(opens_on=None) | Q(opens_on__gt=on)
    ends = _counted(rows.filter(opens_on__gt=on), "opens_on")
    reviews = _counted(rows.filter(still, review_on__gt=on), "review_on")
    for kind, days in ((Pending.END, ends), (Pending.REVIEW, reviews)):
        for day, count in days:
            old, new = _due_day(day, before), _due_day(day, after)
            if old.day <= on and new.day <= on:
                continue
            yield Move(
                kind=kind.value,
                subject=day.isoformat(),
                old=old.day.isoformat(),
                new=new.day.isoformat(),
                was_provisional=old.provisional,
                provisional=new.provisional,
                count=count,
            )


def _requests(body: Body, before: WorkCalendar, after: WorkCalendar, *, on: date) -> Iterator[Move]:
    """Yield the last day of each clock of a request that is to come."""
    for asked in with_clocks(body.pk, on=on):
        later = {clock.stage: clock for clock in clocks_of(asked, after, on=on)}
        for old in clocks_of(asked, before, on=on):
            new = later.get(old.stage)
            if new is None or old.due is None or new.due is None or old.overdue:
                continue
            yield Move(
                kind=Pending.REQUEST.value,
                subject=asked.number,
                old=old.due.isoformat(),
                new=new.due.isoformat(),
                was_provisional=old.provisional,
                provisional=new.provisional,
                stage=old.stage.value,
            )


def _due_day(ends_on: date, calendar: WorkCalendar) -> ProvisionalDate:
    return stage_day(ends_on, Stage.DUE, calendar)


def _counted(rows: Any, name: str) -> Iterable[tuple[date, int]]:
    return rows.order_by(name).values_list(name).annotate(count=Count("pk"))
