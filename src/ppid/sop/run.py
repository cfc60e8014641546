"""The interpreter of a running case: a pure function of the SOP and the list of its events.

Replaying the same events gives the same state on every machine. It decides where tokens go, what
may be done next and why not; who holds a role, and what an action does to items, is the office's.
"""

from dataclasses import dataclass
from datetime import datetime

from ppid.errors import Finding
from ppid.sop.definition import Definition


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


Event = Started | AgenciesSet | Acted | Confirmed | Declined | Extended


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


def start(sop: Definition, event: Started) -> CaseState:
    """Return the state of a case that has just begun. Raises Refused if it may not start there."""
    raise NotImplementedError


def obstacles(sop: Definition, state: CaseState, event: Event) -> tuple[Finding, ...]:
    """Return every reason why the event may not happen now; empty when it may."""
    raise NotImplementedError


def apply(sop: Definition, state: CaseState, event: Event) -> CaseState:
    """Return the state after the event. Raises Refused with every obstacle."""
    raise NotImplementedError


def replay(sop: Definition, events: tuple[Event, ...]) -> CaseState:
    """Return the state after all events, the first of which is Started. Raises Refused."""
    raise NotImplementedError


def tasks(sop: Definition, state: CaseState) -> tuple[Task, ...]:
    """Return what waits for somebody now, in step order; parked tokens are no tasks."""
    raise NotImplementedError
