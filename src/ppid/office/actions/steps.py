"""Act on a step of a case: do it, confirm it, decline to confirm it, extend its time.

May it happen is asked of the SOP (`ppid.sop.run`) and of what the step's action must have produced;
may this person is asked of the appointments. Both give obstacles, shown before and enforced here.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from ppid.errors import BadInput, Conflict, Finding, Refused
from ppid.ledger.entry import Entry
from ppid.office.actions.step_work import WORK_OBSTACLES
from ppid.office.authority import HELD, Authority, authority_in, holders, not_authorised
from ppid.office.log import LOG_OF_CASE, Fact, append
from ppid.office.mandate import MandatedAct
from ppid.office.models import Agency, Case, Event, Log
from ppid.office.projections.cases import acting_roles
from ppid.office.projections.standing import CASE, Standing, standing_in
from ppid.office.statements import together
from ppid.office.writing import writing
from ppid.sop import record, run
from ppid.sop.definition import Definition

OTHER_EYES = frozenset({"four_eyes", "same_person_confirms"})
STALE = frozenset({"step_not_open", "not_your_turn", "case_ended"})


@dataclass(frozen=True, slots=True)
class Here:
    """A case at one step, as one person sees it now."""

    case: Case
    sop: Definition
    state: run.CaseState
    authority: Authority
    at: datetime
    log: Log | None = None

    @classmethod
    def of(cls, case_id: UUID, *, by: UUID, at: datetime, lock: bool = False) -> "Here":
        """Return the case as it stands. Raises NotFound.

        lock: take the log of its body first, for this transaction.
        """
        with together():
            log = LOG_OF_CASE.ask(case=case_id) if lock else None
            found, held = CASE.ask(case=case_id), HELD.ask(person=by)
        standing = standing_in(found.rows())
        authority = authority_in(standing.case.body, by=by, at=at, held=held.rows())
        return cls(
            case=standing.case,
            sop=standing.sop,
            state=standing.state,
            authority=authority.acting(MandatedAct.STEP),
            at=at,
            log=Log(*log.rows()[0]) if log else None,
        )

    def task(self, step: int, agency: str | None = None) -> run.Task | None:
        """Return what waits on the step, for the agency if the step is repeated."""
        for task in run.tasks(self.sop, self.state):
            if task.step == step and (agency is None or task.agency == agency):
                return task
        return None


def person_obstacles(here: Here, task: run.Task) -> tuple[Finding, ...]:
    """Return why this person may not act on the task: no role for it, or not in that agency."""
    roles = acting_roles(here.sop, task.performer)
    if not here.authority.holds(roles):
        return (not_authorised(roles),)
    if task.agency is None:
        return ()
    agency = Agency.objects.get(body_id=here.case.body_id, code=task.agency)
    on = here.at.astimezone(here.case.body.zone).date()
    own = holders(here.case.body_id, roles, on=on, agency=agency.pk)
    if any(one.person_id == here.authority.person for one in own):
        return ()
    return (other_agency(agency.name),)


def other_agency(name: str) -> Finding:
    """Return the obstacle that the officers of another agency do the step."""
    return Finding(
        "other_agency",
        f"Langkah ini dikerjakan oleh pejabat {name}.",
        hint="Minta pejabat perangkat daerah itu.",
    )


def work_obstacles(here: Here, task: run.Task, *, outcome: str | None) -> tuple[Finding, ...]:
    """Return what the step's action must still produce before the case moves on.

    Going back needs nothing: an outcome with a target at or before the step asks for no result.
    """
    step = here.sop.step(task.step)
    if task.confirm or (outcome and any(to <= step.number for to in _targets(here, task, outcome))):
        return ()
    check = WORK_OBSTACLES.get(step.action)
    return check(here.case, here.sop, task) if check else ()


def _targets(here: Here, task: run.Task, outcome: str) -> tuple[int, ...]:
    try:
        return here.sop.step(task.step).targets(outcome)
    except KeyError:
        return ()


def act_on_step(
    case: UUID,
    *,
    step: int,
    by: UUID,
    at: datetime,
    agency: str | None = None,
    outcome: str | None = None,
    reason: str = "",
    note: str = "",
    act: UUID | None = None,
) -> None:
    """Do the step, or confirm it when it is this person's turn to confirm; the case moves on.

    Raises Refused with every obstacle, Conflict when somebody else was first.
    """
    with writing(act=act, at=at):
        here = Here.of(case, by=by, at=at, lock=True)
        task = _task(here, step, agency)
        event: run.Event
        if task.confirm:
            kind = "step.confirmed"
            event = run.Confirmed(
                at=at, step=step, actor=str(by), performer=task.performer, agency=task.agency
            )
        else:
            kind = "step.acted"
            event = run.Acted(
                at=at,
                step=step,
                actor=str(by),
                performer=task.performer,
                outcome=outcome,
                reason=reason.strip(),
                agency=task.agency,
            )
        _demand(here, task, event, outcome=outcome)
        _append(here, kind, event, note=note.strip())


def decline_step(
    case: UUID,
    *,
    step: int,
    by: UUID,
    at: datetime,
    reason: str,
    agency: str | None = None,
    act: UUID | None = None,
) -> None:
    """Refuse to confirm a joint step, with a reason: it goes back to its first performer."""
    with writing(act=act, at=at):
        here = Here.of(case, by=by, at=at, lock=True)
        task = _task(here, step, agency)
        event = run.Declined(
            at=at,
            step=step,
            actor=str(by),
            performer=task.performer,
            reason=reason.strip(),
            agency=task.agency,
        )
        _demand(here, task, event, outcome=None)
        _append(here, "step.declined", event)


def extend_step(
    case: UUID,
    *,
    step: int,
    by: UUID,
    at: datetime,
    reason: str,
    agency: str | None = None,
    act: UUID | None = None,
) -> None:
    """Extend the time of a step once, with a written reason."""
    with writing(act=act, at=at):
        here = Here.of(case, by=by, at=at, lock=True)
        task = _task(here, step, agency)
        event = run.Extended(
            at=at, step=step, actor=str(by), reason=reason.strip(), agency=task.agency
        )
        findings = person_obstacles(here, task) + run.obstacles(here.sop, here.state, event)
        if findings:
            raise Refused(*findings)
        _append(here, "step.extended", event)


def _task(here: Here, step: int, agency: str | None) -> run.Task:
    if not 1 <= step <= len(here.sop.steps):
        raise BadInput(Finding("step_unknown", f"Langkah {step} tidak ada dalam SOP ini."))
    task = here.task(step, agency)
    if task is None:
        raise Conflict(
            Finding(
                "step_not_open",
                "Langkah ini sudah dikerjakan, atau belum gilirannya.",
                hint="Muat ulang halaman berkas untuk melihat keadaan terbaru.",
            )
        )
    return task


def _demand(here: Here, task: run.Task, event: run.Event, *, outcome: str | None) -> None:
    findings = (
        *person_obstacles(here, task),
        *run.obstacles(here.sop, here.state, event),
        *_same_person_obstacles(here, task, event),
        *work_obstacles(here, task, outcome=outcome),
    )
    if findings:
        error = Conflict if any(one.code in STALE for one in findings) else Refused
        raise error(*findings)


def _same_person_obstacles(here: Here, task: run.Task, event: run.Event) -> tuple[Finding, ...]:
    """Return why the SOP wants other eyes than those for whom, or by whom, this person acts.

    Who acts by mandate and who gave it count as one person where two are asked for.
    """
    behalf = here.authority.behalf(acting_roles(here.sop, task.performer))
    others = {str(one) for one in behalf.people} if behalf else set()
    others |= proxies_in(here.case.pk, here.authority)
    if not others:
        return ()
    found = {
        one
        for actor in others
        for one in run.obstacles(here.sop, here.state, replace(event, actor=actor))  # type: ignore[call-arg]
        if one.code in OTHER_EYES
    }
    own = run.obstacles(here.sop, here.state, event)
    return tuple(one for one in found if one.code not in {each.code for each in own})


def proxies_in(case: UUID, authority: Authority) -> set[str]:
    """Return who has acted in the case for this person by mandate, as ids."""
    if not authority.proxies:
        return set()
    rows = Event.objects.filter(case=case, actor__in=authority.proxies, kind__startswith="step.")
    payloads = [Entry.from_bytes(bytes(one.entry)) for one in rows]
    me = str(authority.person)
    return {one.actor for one in payloads if me in one.payload.get("behalf", ())}


def _append(here: Here, kind: str, event: run.Event, *, note: str = "") -> None:
    """Append the run's event; its reason and the note are confidential and stand sealed."""
    sealed = {"note": note} if note else {}
    reason = getattr(event, "reason", "")
    if reason:
        sealed["reason"] = reason
        event = replace(event, reason="")  # type: ignore[call-arg]
    said = {"run": record.event_as_dict(event)}
    performer = getattr(event, "performer", "") or here.sop.step(event.step).performers[0]
    said |= here.authority.said_of(acting_roles(here.sop, performer))
    fact = Fact(kind, said, sealed, case=here.case.pk)
    append(
        fact,
        body=here.case.body_id,
        by=here.authority.person,
        at=here.at,
        log=here.log,
        standing=Standing(here.case, here.sop, here.state),
    )
