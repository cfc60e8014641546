"""The task inbox (*kotak tugas*): what waits for a person, what is late, what is coming."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from ppid.law.consequence_test import from_dict, missing
from ppid.law.workdays import WorkCalendar
from ppid.office.actions.consequence_tests import newest_sheet
from ppid.office.authority import Authority, Right, authority_of, head_roles
from ppid.office.calendar import body_calendar
from ppid.office.mandate import MandatedAct
from ppid.office.models import Body, CalendarChange, Case, Item
from ppid.office.projections.cases import acting_roles
from ppid.office.queries.calendar import newest_change
from ppid.office.queries.items import head_has_approved
from ppid.office.queries.loans import LoanLine, overdue_loans
from ppid.office.queries.requests import RequestLine, owed_requests, waiting_requests
from ppid.office.queries.staff import Staff
from ppid.office.queries.tasks import Running, TaskLine, running_cases, task_lines, waiting_rows
from ppid.office.queries.term_ends import opens_soon, review_due
from ppid.sop import progress
from ppid.sop.definition import Action
from ppid.sop.progress import StepStatus

MOST_COMING = 10
ASK_FOR_DECREE = timedelta(days=60)
"""How long before the last known day of the calendar the next decree is asked for."""


@dataclass(frozen=True, slots=True)
class LawAct:
    """An act that the law asks for in a case though the SOP has no row for it.

    anchor: "pimpinan" (approve as the head) or "penetapan" (issue the letter).
    """

    case: Case
    anchor: str
    items: int
    source: str


@dataclass(frozen=True, slots=True)
class Inbox:
    """All that the inbox shows. reader: whether items and cases may be read at all.

    news: what lately moved days that are pending. year_missing: the year whose decree this person
    should enter by now, 0 for none.
    my_requests: those in which this person is to act; requests: the others that wait.
    loans: overdue papers, to be brought back or called in by this person.
    """

    mine: tuple[TaskLine, ...]
    law_acts: tuple[LawAct, ...]
    without_agencies: tuple[TaskLine, ...]
    late_elsewhere: tuple[TaskLine, ...]
    my_cases: tuple[tuple[Case, list[TaskLine]], ...]
    opening: tuple[Item, ...]
    reviews: tuple[Item, ...]
    running: int
    reader: bool
    news: CalendarChange | None
    year_missing: int
    requests: tuple[RequestLine, ...]
    my_requests: tuple[RequestLine, ...]
    loans: tuple[LoanLine, ...]

    @property
    def late(self) -> int:
        """Return how many of the tasks that wait for this person are late."""
        requests = sum(line.next.overdue for line in self.my_requests)
        return sum(line.late for line in self.mine) + requests + len(self.loans)

    @property
    def waiting(self) -> int:
        """Return how many things wait for this person."""
        cases = len(self.mine) + len(self.law_acts) + len(self.without_agencies)
        return cases + len(self.my_requests) + len(self.loans)


def inbox(body: Body, *, by: UUID, at: datetime) -> Inbox:
    """Return what this person finds in the inbox now."""
    on = at.astimezone(body.zone).date()
    authority, staff = authority_of(by, on=on), Staff.of(body.pk, on=on)
    reader = authority.may(Right.READ)
    cases = running_cases(body.pk)
    lines = task_lines(body.pk, by=by, at=at, staff=staff, cases=cases)
    mine = tuple(line for line in lines if line.mine)
    visible = visible_items(body.pk, authority=authority)
    calendar = body_calendar(body)
    requests = owed_requests(body, authority, on=on)
    my_requests = waiting_requests(requests, authority)
    soon = visible.filter(opens_soon(on, calendar)).order_by("opens_on", "title")
    reviews = visible.filter(review_due(on, calendar)).order_by("review_on", "title")
    return Inbox(
        mine=mine,
        law_acts=_law_acts(body, authority, visible, cases, at=at),
        without_agencies=_without_agencies(lines, authority),
        late_elsewhere=tuple(line for line in lines if line.late and not line.mine and reader),
        my_cases=_my_cases(lines, cases, by=by) if reader else (),
        opening=tuple(soon[: MOST_COMING + 1]),
        reviews=tuple(reviews[: MOST_COMING + 1]),
        running=len(cases),
        reader=reader,
        news=newest_change(body, at=at) if reader else None,
        year_missing=_year_missing(calendar, authority, on=on),
        requests=tuple(line for line in requests if line not in my_requests),
        my_requests=my_requests,
        loans=overdue_loans(body, authority, on=on),
    )


def _year_missing(calendar: WorkCalendar, authority: Authority, *, on: date) -> int:
    near = calendar.horizon - on < ASK_FOR_DECREE
    return calendar.horizon.year + 1 if near and authority.may(Right.SET_UP) else 0


def visible_items(body: str, *, authority: Authority) -> QuerySet[Item]:
    """Return the items of the body that the person may see.

    A PPID Pelaksana sees the own agency's; who may not read sees none.
    """
    rows = Item.objects.filter(body=body).select_related("agency")
    limit = authority.agencies(Right.READ)
    return rows if limit is None else rows.filter(agency__in=limit)


def _without_agencies(lines: tuple[TaskLine, ...], authority: Authority) -> tuple[TaskLine, ...]:
    if authority.agencies(Right.PREPARE) is not None:
        return ()
    return tuple(line for line in lines if line.task.blocked)


def _my_cases(
    lines: tuple[TaskLine, ...], cases: Mapping[UUID, Running], *, by: UUID
) -> tuple[tuple[Case, list[TaskLine]], ...]:
    """Return the cases in which the person has acted and that now wait for others."""
    waiting = waiting_rows(lines)
    return tuple(
        (one.case, waiting.get(one.case.pk, []))
        for one in cases.values()
        if str(by) in one.actors and not any(line.mine for line in waiting.get(one.case.pk, ()))
    )


def _law_acts(
    body: Body,
    authority: Authority,
    visible: QuerySet[Item],
    cases: Mapping[UUID, Running],
    *,
    at: datetime,
) -> tuple[LawAct, ...]:
    heads, heading = frozenset(head_roles(body)), authority.acting(MandatedAct.HEAD_APPROVAL)
    rows = visible.filter(stage="usulan", case__in=cases)
    found: dict[UUID, list[Item]] = {}
    for item in rows.prefetch_related("consequence_tests", "approvals"):
        found.setdefault(item.case_id, []).append(item)
    acts: list[LawAct] = []
    on = at.astimezone(body.zone).date()
    for case, items in found.items():
        running = cases[case]
        approved = [item for item in items if head_has_approved(item)]
        ready = [item for item in items if item not in approved and _is_ready(item, on=on)]
        if ready and heading.holds(heads) and not _has_row_ahead(running, heads):
            acts.append(LawAct(running.case, "pimpinan", len(ready), "PP 61/2010 ps. 3 (2)"))
        if approved and _may_write_letter(running, authority):
            acts.append(LawAct(running.case, "penetapan", len(approved), "PP 61/2010 ps. 4"))
    return tuple(acts)


def _is_ready(item: Item, *, on: date) -> bool:
    test = newest_sheet(item)
    return test is not None and not missing(from_dict(test.sheet), on=on)


def _has_row_ahead(running: Running, heads: frozenset[str]) -> bool:
    """Return whether the SOP will still ask the head itself, in a row of its own."""
    status = progress.step_status(running.sop, running.state)
    return any(
        step.action is Action.APPROVE
        and status[step.number] is not StepStatus.DONE
        and not heads.isdisjoint(acting_roles(running.sop, step.performers[0]))
        for step in running.sop.steps
    )


def _may_write_letter(running: Running, authority: Authority) -> bool:
    has_row = any(step.action is Action.DETERMINE for step in running.sop.steps)
    return not has_row and authority.may(Right.DETERMINE)
