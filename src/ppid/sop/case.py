"""A running case (berkas): the events that make it, and the state they lead to.

Facts only: which event may happen is decided in `obstacles.py`, where it leads in `run.py`.
"""

from dataclasses import dataclass
from datetime import datetime

from ppid.errors import Finding


@dataclass(frozen=True, slots=True)
class Started:
    """The case begins: on step 1, or on a step with `pemicu`."""

    at: datetime
    step: int = 1


@dataclass(frozen=True, slots=True)
class AgenciesSet:
    """Which agencies (perangkat daerah) take part; codes, in order. Replaces an earlier choice."""

    at: datetime
    agencies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Acted:
    """The first performer did the step; in a decision, chose the outcome.

    actor: a person's id; two accounts of one person are one id. agency: set in a repeated step.
    """

    at: datetime
    step: int
    actor: str
    performer: str
    outcome: str | None = None
    reason: str = ""
    agency: str | None = None


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A further performer of a joint step confirmed what the first did."""

    at: datetime
    step: int
    actor: str
    performer: str
    agency: str | None = None


@dataclass(frozen=True, slots=True)
class Declined:
    """A further performer refused to confirm, with a reason: the step goes back to the first."""

    at: datetime
    step: int
    actor: str
    performer: str
    reason: str
    agency: str | None = None


@dataclass(frozen=True, slots=True)
class Extended:
    """The time of an extendable step ("A hari kerja + B hari kerja") was extended once by B."""

    at: datetime
    step: int
    actor: str
    reason: str
    agency: str | None = None


StepEvent = Acted | Confirmed | Declined | Extended
Event = Started | AgenciesSet | StepEvent


@dataclass(frozen=True, slots=True)
class Token:
    """A token on a step. waiting: parked, at a join or behind a repeated run, for its fellows.

    came_from: the step it came from, None at a start. acted: what the first performer of a joint
    step did, while confirmations are outstanding; confirmed: codes of performers that confirmed.
    """

    step: int
    opened_at: datetime
    came_from: int | None = None
    agency: str | None = None
    waiting: bool = False
    acted: Acted | None = None
    confirmed: tuple[str, ...] = ()
    extended: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """One completed act on a step, kept for the four-eyes rule and for the ticks on the sheet."""

    step: int
    actor: str
    performer: str
    at: datetime
    outcome: str | None = None
    agency: str | None = None
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class CaseState:
    """Where a case stands. A case has ended when no token is left."""

    started_at: datetime
    tokens: tuple[Token, ...]
    done: tuple[Done, ...] = ()
    agencies: tuple[str, ...] = ()
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """Something that waits for a person: act (first performer) or confirm (a further one).

    performer: whose turn it is. blocked: why nobody can act now (no agency takes part), or None.
    """

    step: int
    performer: str
    opened_at: datetime
    confirm: bool = False
    agency: str | None = None
    extended: bool = False
    blocked: Finding | None = None
