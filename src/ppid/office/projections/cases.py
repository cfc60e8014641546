"""Cases and the tasks that wait in them, from their events."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from ppid.law.workdays import WorkCalendar
from ppid.office import statements
from ppid.office.calendar import body_calendar
from ppid.office.models import Agency, Body, Case, SopVersion, Task
from ppid.office.projections.happened import Happened
from ppid.office.projections.standing import Standing, definition_of, standing_of
from ppid.sop import duration, record, run
from ppid.sop.definition import Definition


def open_case(happened: Happened) -> None:
    """A case on its first step."""
    values = dict(happened.values)
    event = record.event_from_dict(values.pop("run"))
    version = happened.rows(SopVersion).get(pk=values.pop("sop"))
    body = happened.rows(Body).get(pk=happened.body)
    sop = definition_of(version.text)
    state = run.start(sop, event)
    case = Case(
        id=happened.case,
        body=body,
        sop=version,
        state=record.state_as_text(state),
        version=1,
        opened_at=happened.at,
        **values,
    )
    case.due_at, case.provisional = case_due(case, sop, body_calendar(body))
    case.save(using=happened.db, force_insert=True)
    _write_tasks(happened, Standing(case, sop, state))


def advance(happened: Happened) -> None:
    """What an event of the run makes of its case."""
    before = happened.standing or standing_of(happened.case, db=happened.db)
    sealed = {"reason": happened.values["reason"]} if "reason" in happened.values else {}
    event = record.event_from_dict(happened.values["run"] | sealed)
    state = run.apply(before.sop, before.state, event)
    statements.update(
        Case,
        {"id": before.case.pk},
        db=happened.db,
        state=record.state_as_text(state, after=before.case.state),
        version=before.case.version + 1,
        ended_at=state.ended_at,
    )
    _write_tasks(happened, replace(before, state=state), before=run.tasks(before.sop, before.state))


def _write_tasks(happened: Happened, now: Standing, *, before: Sequence[run.Task] = ()) -> None:
    """Let the tasks of the case be those of its state, where there were those before.

    Mostly one task follows one other: then its row is used again, which costs a third.
    """
    agencies = _agencies(happened, now)
    rows = [_task_row(now, task, agencies) for task in run.tasks(now.sop, now.state)]
    of_case = {"case_id": now.case.pk}
    if len(rows) == len(before) == 1:
        statements.update(Task, of_case, db=happened.db, **rows[0])
        return
    if before:
        statements.delete(Task, of_case, db=happened.db)
    for row in rows:
        statements.insert(Task, db=happened.db, **of_case, **row)


def _agencies(happened: Happened, now: Standing) -> dict[str, UUID]:
    codes = {token.agency for token in now.state.tokens if token.agency}
    if not codes:
        return {}
    found = happened.rows(Agency).filter(body_id=now.case.body_id, code__in=codes)
    return {agency.code: agency.pk for agency in found}


def _task_row(now: Standing, task: run.Task, agencies: Mapping[str, UUID]) -> dict[str, Any]:
    agency = agencies.get(task.agency) if task.agency else None
    due_at, provisional = task_due(
        now.sop.step(task.step).time,
        now.case,
        body_calendar(now.case.body, agency),
        opened_at=task.opened_at,
        extended=task.extended,
    )
    return {
        "step": task.step,
        "performer": task.performer,
        "roles": list(acting_roles(now.sop, task.performer)),
        "agency_id": agency,
        "confirm": task.confirm,
        "extended": task.extended,
        "opened_at": task.opened_at,
        "due_at": due_at,
        "provisional": provisional,
        "blocked": task.blocked.message if task.blocked else "",
    }


def acting_roles(sop: Definition, performer: str) -> tuple[str, ...]:
    """Return the roles whose holders may act for a performer, the recorder's among them."""
    one = sop.performer(performer)
    if one.recorded_by is None:
        return one.roles
    return (*one.roles, *sop.performer(one.recorded_by).roles)


def task_due(
    standard: str | None,
    case: Case,
    calendar: WorkCalendar,
    *,
    opened_at: datetime,
    extended: bool = False,
) -> tuple[datetime | None, bool]:
    """Return until when a step may take by its standard of time, and whether that may still move.

    calendar: of the unit that the step waits for.
    """
    zone = case.body.zone
    due = duration.due(
        duration.parse(standard),
        opened_at=opened_at,
        case_began_on=case.opened_at.astimezone(zone).date(),
        calendar=calendar,
        zone=zone,
        extended=extended,
    )
    return (due.at, due.provisional) if due else (None, False)


def case_due(case: Case, sop: Definition, calendar: WorkCalendar) -> tuple[datetime | None, bool]:
    """Return until when the whole case may take, and whether that may still move."""
    return task_due(sop.limit or None, case, calendar, opened_at=case.opened_at)
