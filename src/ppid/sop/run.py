"""The interpreter of a running case: a pure function of the SOP and the list of its events.

Replaying the same events gives the same state on every machine. It decides where tokens go, what
may be done next and why not; who holds a role, and what an action does to items, is the office's.
"""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial, reduce

from ppid.errors import Finding, Refused
from ppid.sop.case import (
    Acted,
    AgenciesSet,
    CaseState,
    Confirmed,
    Declined,
    Done,
    Event,
    Extended,
    Started,
    StepEvent,
    Task,
    Token,
)
from ppid.sop.definition import Definition, Step
from ppid.sop.obstacles import (
    is_blocked,
    no_agency,
    obstacles,
    open_tokens,
    place_of,
    unconfirmed,
)
from ppid.sop.progress import StepStatus, step_status

__all__ = [
    "Acted",
    "AgenciesSet",
    "CaseState",
    "Confirmed",
    "Declined",
    "Done",
    "Event",
    "Extended",
    "Started",
    "StepEvent",
    "StepStatus",
    "Task",
    "Token",
    "apply",
    "obstacles",
    "replay",
    "start",
    "step_status",
    "tasks",
]


def start(sop: Definition, event: Started) -> CaseState:
    """Return the state of a case that has just begun. Raises Refused if it may not start there."""
    if event.step not in sop.starts:
        allowed = ", ".join(str(number) for number in sop.starts)
        raise Refused(
            Finding(
                "start_not_allowed",
                "Berkas tidak dapat dimulai pada langkah ini.",
                place=place_of(event.step),
                hint=f"Langkah awal SOP ini: {allowed}.",
            )
        )
    return CaseState(event.at, (Token(event.step, event.at),))


def apply(sop: Definition, state: CaseState, event: Event) -> CaseState:
    """Return the state after the event. Raises Refused with every obstacle."""
    found = obstacles(sop, state, event)
    if found or isinstance(event, Started):
        raise Refused(*found)
    if isinstance(event, AgenciesSet):
        return _with_agencies(sop, state, event)
    token = open_tokens(state, event)[0]
    if isinstance(event, Acted):
        return _after_act(sop, state, token, event)
    if isinstance(event, Confirmed):
        return _after_confirmation(sop, state, token, event)
    if isinstance(event, Declined):
        return _with_token(state, token, replace(token, acted=None, confirmed=()))
    return _with_token(state, token, replace(token, extended=True))


def replay(sop: Definition, events: Iterable[Event]) -> CaseState:
    """Return the state after all events, the first of which is Started. Raises Refused."""
    rest = iter(events)
    first = next(rest, None)
    if not isinstance(first, Started):
        raise Refused(Finding("not_started", "Catatan berkas tidak dimulai dengan pembukaannya."))
    return reduce(partial(apply, sop), rest, start(sop, first))


def tasks(sop: Definition, state: CaseState) -> tuple[Task, ...]:
    """Return what waits for somebody now, in step order; parked tokens are no tasks.

    Within a step: in the order of the agencies, then of the performers who have yet to confirm.
    """
    order = {agency: place for place, agency in enumerate(state.agencies)}
    tokens = sorted(
        (token for token in state.tokens if not token.waiting),
        key=lambda token: (token.step, order.get(token.agency or "", -1)),
    )
    return tuple(task for token in tokens for task in _tasks_of(sop, token))


def _tasks_of(sop: Definition, token: Token) -> tuple[Task, ...]:
    step = sop.step(token.step)
    confirm = token.acted is not None
    blocked = no_agency(token.step) if is_blocked(sop, token) else None
    return tuple(
        Task(
            step=token.step,
            performer=performer,
            opened_at=token.opened_at,
            confirm=confirm,
            agency=token.agency,
            extended=token.extended,
            blocked=blocked,
        )
        for performer in (unconfirmed(step, token) if confirm else step.performers[:1])
    )


def _with_token(state: CaseState, old: Token, new: Token, *done: Done) -> CaseState:
    tokens = tuple(new if token is old else token for token in state.tokens)
    return replace(state, tokens=tokens, done=(*state.done, *done))


def _after_act(sop: Definition, state: CaseState, token: Token, event: Acted) -> CaseState:
    done = Done(
        event.step, event.actor, event.performer, event.at, event.outcome, agency=event.agency
    )
    if len(sop.step(event.step).performers) > 1:
        return _with_token(state, token, replace(token, acted=event), done)
    return _moved(sop, state, token, done, outcome=event.outcome)


def _after_confirmation(
    sop: Definition, state: CaseState, token: Token, event: Confirmed
) -> CaseState:
    done = Done(
        event.step, event.actor, event.performer, event.at, agency=event.agency, confirmed=True
    )
    confirmed = (*token.confirmed, event.performer)
    if token.acted and len(confirmed) == len(sop.step(event.step).performers) - 1:
        return _moved(sop, state, token, done, outcome=token.acted.outcome)
    return _with_token(state, token, replace(token, confirmed=confirmed), done)


def _moved(
    sop: Definition, state: CaseState, token: Token, done: Done, *, outcome: str | None
) -> CaseState:
    tokens = tuple(other for other in state.tokens if other is not token)
    for target in sop.step(token.step).targets(outcome):
        comer = Token(target, done.at, came_from=token.step, agency=token.agency)
        tokens = _arrive(sop.step(target), tokens, comer, agencies=state.agencies)
    return replace(
        state,
        tokens=tokens,
        done=(*state.done, done),
        ended_at=None if tokens else done.at,
    )


def _arrive(
    step: Step, tokens: tuple[Token, ...], comer: Token, *, agencies: tuple[str, ...]
) -> tuple[Token, ...]:
    """Return the tokens after one more has come to `step`, from outside or inside a run."""
    if step.for_each is None and comer.agency is not None:
        return _gather_behind_run(step, tokens, comer, agencies=agencies)
    if step.for_each is not None and comer.agency is None and agencies:
        for agency in agencies:
            tokens = _open_or_park(step, tokens, replace(comer, agency=agency))
        return tokens
    return _open_or_park(step, tokens, comer)


def _gather_behind_run(
    step: Step, tokens: tuple[Token, ...], comer: Token, *, agencies: tuple[str, ...]
) -> tuple[Token, ...]:
    """Park the comer behind the run until the other agencies of the visit have come too.

    At a join, each of its sources is gathered for itself: the agencies together are one token.
    """
    fellows = [
        token
        for token in tokens
        if token.step == step.number
        and token.agency is not None
        and (not step.wait_for or token.came_from == comer.came_from)
    ]
    if len(fellows) + 1 < len(agencies):
        return (*tokens, replace(comer, waiting=True))
    rest = tuple(token for token in tokens if token not in fellows)
    last = max(token.opened_at for token in (*fellows, comer))
    return _open_or_park(step, rest, replace(comer, agency=None, opened_at=last))


def _open_or_park(step: Step, tokens: tuple[Token, ...], comer: Token) -> tuple[Token, ...]:
    if not step.wait_for:
        return (*tokens, comer)
    parked = {
        token.came_from: token
        for token in tokens
        if token.waiting and token.step == step.number and token.agency == comer.agency
    }
    parked[comer.came_from] = comer
    if any(source not in parked for source in step.wait_for):
        return (*tokens, replace(comer, waiting=True))
    rest = tuple(token for token in tokens if token not in parked.values())
    last = max(token.opened_at for token in parked.values())
    return (*rest, replace(comer, opened_at=last))


def _with_agencies(sop: Definition, state: CaseState, event: AgenciesSet) -> CaseState:
    tokens: list[Token] = []
    for token in state.tokens:
        if event.agencies and is_blocked(sop, token):
            # a parked token keeps its time of arrival; an open one could not begin before now
            at = token.opened_at if token.waiting else max(token.opened_at, event.at)
            tokens += (replace(token, agency=agency, opened_at=at) for agency in event.agencies)
        else:
            tokens.append(token)
    return replace(state, tokens=tuple(tokens), agencies=event.agencies)
