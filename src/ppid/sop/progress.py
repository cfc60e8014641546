"""How far a case has come on its sheet: which steps to tick, and which to light."""

from collections.abc import Mapping
from enum import StrEnum

from ppid.sop.case import CaseState, Done
from ppid.sop.definition import Definition, Step


class StepStatus(StrEnum):
    """How a step of the sheet stands in one case, for lighting and ticking it."""

    WAITING = "menunggu"
    OPEN = "berjalan"
    DONE = "selesai"


def step_status(sop: Definition, state: CaseState) -> Mapping[int, StepStatus]:
    """Return how each step stands, by number.

    Open while a token lies on it; done once completed, until the case goes back over it.
    """
    status = dict.fromkeys(range(1, len(sop.steps) + 1), StepStatus.WAITING)
    status.update(dict.fromkeys(_standing(sop, state.done), StepStatus.DONE))
    status.update({t.step: StepStatus.WAITING for t in state.tokens if t.waiting})
    status.update({t.step: StepStatus.OPEN for t in state.tokens if not t.waiting})
    return status


def _standing(sop: Definition, done: tuple[Done, ...]) -> set[int]:
    """Return the steps that were completed and that the case has not gone back over since."""
    standing: set[int] = set()
    rounds: dict[tuple[int, str | None], list[Done]] = {}
    for entry in done:
        key = (entry.step, entry.agency)
        rounds[key] = [*rounds[key], entry] if entry.confirmed else [entry]
        step = sop.step(entry.step)
        if len(rounds[key]) == len(step.performers):
            standing.add(step.number)
            standing -= _gone_back_over(sop, step, step.targets(rounds[key][0].outcome))
    return standing


def _gone_back_over(sop: Definition, step: Step, targets: tuple[int, ...]) -> set[int]:
    """Return the steps of the loop that a move from `step` to `targets` goes back over."""
    ahead = [target for target in targets if target <= step.number]
    over: set[int] = set()
    while ahead:
        number = ahead.pop()
        if number not in over:
            over.add(number)
            if number != step.number:
                ahead += (target for exit_ in sop.step(number).exits for target in exit_)
    return over if step.number in over else set()
