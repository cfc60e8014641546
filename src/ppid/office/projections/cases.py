"""Cases and the tasks that wait in them, from their events."""

from datetime import datetime
from functools import lru_cache

from ppid.law.workdays import WorkCalendar
from ppid.office.calendar import body_calendar
from ppid.office.models import Agency, Body, Case, SopVersion, Task
from ppid.office.projections.happened import Happened
from ppid.sop import duration, record, run
from ppid.sop.definition import Definition
from ppid.sop.load import loads


@lru_cache(maxsize=256)
def definition_of(text: str) -> Definition:
    """Return the SOP of an adopted text; it was checked when it was adopted."""
    return loads(text, name="SOP")


def open_case(happened: Happened) -> None:
    """A case on its first step."""
    values = dict(happened.values)
    event = record.event_from_dict(values.pop("run"))
    version = happened.rows(SopVersion).get(pk=values.pop("sop"))
    sop = definition_of(version.text)
    state = run.start(sop, event)
    case = Case(
        id=happened.case,
        body_id=happened.body,
        sop=version,
        state=record.state_as_dict(state),
        version=1,
        opened_at=happened.at,
        **values,
    )
    body = happened.rows(Body).get(pk=happened.body)
    case.due_at = _due(duration.parse(sop.limit or None), case, body, opened_at=happened.at)[0]
    case.save(using=happened.db, force_insert=True)
    _renew_tasks(happened, case, sop, state, body)


def advance(happened: Happened) -> None:
    """What an event of the run makes of its case."""
    case = happened.known_case or happened.rows(Case).select_related("sop", "body").get(
        pk=happened.case
    )
    sop = definition_of(case.sop.text)
    sealed = {"reason": happened.values["reason"]} if "reason" in happened.values else {}
    event = record.event_from_dict(happened.values["run"] | sealed)
    state = run.apply(sop, record.state_from_dict(case.state), event)
    case.state = record.state_as_dict(state)
    case.version += 1
    case.ended_at = state.ended_at
    case.save(using=happened.db, update_fields=["state", "version", "ended_at"])
    _renew_tasks(happened, case, sop, state, case.body)


def _renew_tasks(
    happened: Happened, case: Case, sop: Definition, state: run.CaseState, body: Body
) -> None:
    happened.rows(Task).filter(case_id=case.pk).delete()
    open_tasks = run.tasks(sop, state)
    agencies = {}
    if any(task.agency for task in open_tasks):
        codes = [task.agency for task in open_tasks if task.agency]
        found = happened.rows(Agency).filter(body_id=body.pk, code__in=codes)
        agencies = {agency.code: agency.pk for agency in found}
    rows = []
    for task in open_tasks:
        due_at, provisional = _task_due(sop, task, case, body)
        rows.append(
            Task(
                case=case,
                step=task.step,
                performer=task.performer,
                roles=list(acting_roles(sop, task.performer)),
                agency_id=agencies.get(task.agency),
                confirm=task.confirm,
                extended=task.extended,
                opened_at=task.opened_at,
                due_at=due_at,
                provisional=provisional,
                blocked=task.blocked.message if task.blocked else "",
            )
        )
    happened.rows(Task).bulk_create(rows)


def acting_roles(sop: Definition, performer: str) -> tuple[str, ...]:
    """Return the roles whose holders may act for a performer, the recorder's among them."""
    one = sop.performer(performer)
    if one.recorded_by is None:
        return one.roles
    return (*one.roles, *sop.performer(one.recorded_by).roles)


def _task_due(
    sop: Definition, task: run.Task, case: Case, body: Body
) -> tuple[datetime | None, bool]:
    standard = duration.parse(sop.step(task.step).time)
    return _due(standard, case, body, opened_at=task.opened_at, extended=task.extended)


def _due(
    standard: duration.Duration,
    case: Case,
    body: Body,
    *,
    opened_at: datetime,
    extended: bool = False,
) -> tuple[datetime | None, bool]:
    calendar: WorkCalendar = body_calendar(body)
    due = duration.due(
        standard,
        opened_at=opened_at,
        case_began_on=case.opened_at.astimezone(body.zone).date(),
        calendar=calendar,
        zone=body.zone,
        extended=extended,
    )
    return (due.at, due.provisional) if due else (None, False)
