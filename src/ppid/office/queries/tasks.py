"""What waits in the running cases of a body, and whose turn it is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ppid.errors import Finding
from ppid.office.actions.steps import OTHER_EYES
from ppid.office.models import Case, SopVersion, Task
from ppid.office.projections.cases import definition_of
from ppid.office.queries.staff import Staff
from ppid.sop import record, run
from ppid.sop.definition import Definition, Step


@dataclass(frozen=True, slots=True)
class Running:
    """A running case with its SOP and where it stands."""

    case: Case
    sop: Definition
    state: run.CaseState

    @property
    def actors(self) -> frozenset[str]:
        """Return everybody who has acted in it."""
        return frozenset(done.actor for done in self.state.done)


@dataclass(frozen=True, slots=True)
class TaskLine:
    """Something that waits in a case: for whom, until when, and whether it is the person's turn."""

    task: Task
    case: Case
    step: Step
    people: tuple[str, ...]
    mine: bool
    late: bool

    @property
    def anchor(self) -> str:
        """Return where the case page shows it."""
        agency = f"-{self.task.agency.code}" if self.task.agency else ""
        return f"langkah-{self.task.step}{agency}"


def running_cases(body: str) -> dict[UUID, Running]:
    """Return the body's running cases by id."""
    versions = SopVersion.objects.filter(body=body, cases__ended_at__isnull=True).distinct()
    sops = {version.pk: definition_of(version.text) for version in versions}
    rows = Case.objects.filter(body=body, ended_at__isnull=True)
    return {
        case.pk: Running(case, sops[case.sop_id], record.state_from_text(case.state))
        for case in rows
    }


def task_lines(
    body: str, *, by: UUID, at: datetime, staff: Staff, cases: Mapping[UUID, Running]
) -> tuple[TaskLine, ...]:
    """Return all that waits in the cases, what is due first on top."""
    rows = Task.objects.filter(case__body=body).select_related("agency")
    lines = [
        _line(task, cases[task.case_id], by=by, at=at, staff=staff)
        for task in rows
        if task.case_id in cases
    ]
    return tuple(sorted(lines, key=_urgency))


def _urgency(line: TaskLine) -> tuple[bool, datetime, str, int]:
    due = line.task.due_at
    return (due is None, due or line.task.opened_at, line.case.number, line.task.step)


def _line(task: Task, running: Running, *, by: UUID, at: datetime, staff: Staff) -> TaskLine:
    agency = task.agency_id
    turn = not task.blocked and staff.includes(by, task.roles, agency=agency)
    code = task.agency.code if task.agency else None
    return TaskLine(
        task=task,
        case=running.case,
        step=running.sop.step(task.step),
        people=staff.names(task.roles, agency=agency),
        mine=turn and not eyes_obstacles(running, _asked(task, code), actor=by, at=at),
        late=task.due_at is not None and task.due_at < at,
    )


def _asked(task: Task, agency: str | None) -> run.Task:
    return run.Task(
        step=task.step,
        performer=task.performer,
        opened_at=task.opened_at,
        confirm=task.confirm,
        agency=agency,
    )


def eyes_obstacles(
    running: Running, task: run.Task, *, actor: UUID, at: datetime
) -> tuple[Finding, ...]:
    """Return why the SOP wants other eyes than this person's on the task; empty when not."""
    event: run.Event
    if task.confirm:
        event = run.Confirmed(at, task.step, str(actor), task.performer, agency=task.agency)
    else:
        event = run.Acted(at, task.step, str(actor), task.performer, agency=task.agency)
    found = run.obstacles(running.sop, running.state, event)
    return tuple(one for one in found if one.code in OTHER_EYES)


def waiting_rows(lines: Iterable[TaskLine]) -> dict[UUID, list[TaskLine]]:
    """Return what waits, by case."""
    found: dict[UUID, list[TaskLine]] = {}
    for line in lines:
        found.setdefault(line.case.pk, []).append(line)
    return found
