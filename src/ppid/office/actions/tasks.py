"""Which steps of a case wait for whom: the authority for acts that belong to a step."""

from ppid.errors import Refused
from ppid.office.authority import Authority, not_authorised
from ppid.office.models import Case
from ppid.office.projections.cases import acting_roles, definition_of
from ppid.sop.definition import Action


def demand_task(case: Case, action: Action, *, authority: Authority) -> set[str]:
    """Return the roles for which a step of this action waits now, one of which the person holds.

    Raises Refused `not_authorised` for everybody else.
    """
    sop = definition_of(case.sop.text)
    waiting = {
        role
        for task in case.tasks.all()
        if sop.step(task.step).action is action
        for role in task.roles
    }
    if not authority.holds(waiting):
        raise Refused(not_authorised(waiting or _named(case, action)))
    return waiting


def _named(case: Case, action: Action) -> set[str]:
    """Return whom the SOP names for the action, for a step that does not wait now."""
    sop = definition_of(case.sop.text)
    steps = [step for step in sop.steps if step.action is action]
    return {role for step in steps for code in step.performers for role in acting_roles(sop, code)}
