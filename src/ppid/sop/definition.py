"""The SOP as data: what a file of format 1 says, after loading and before checking."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

FINISH = "selesai"
FORMAT = 1


class Action(StrEnum):
    """What an officer does in a step (aksi)."""

    COLLECT = "kumpulkan"
    TEST = "uji"
    CONSIDER = "pertimbangkan"
    APPROVE = "setujui"
    DETERMINE = "tetapkan"
    CLASSIFY = "klasifikasi"
    ARCHIVE = "arsipkan"
    OPEN = "buka"
    PUBLISH = "umumkan"
    FORWARD = "teruskan"
    RECEIVE = "terima"
    WORK = "kerjakan"


class ForEach(StrEnum):
    """Over what a step is repeated (untuk_setiap)."""

    AGENCY = "perangkat_daerah"


class Trigger(StrEnum):
    """What may open a case on a step other than the first (pemicu)."""

    TERM_ENDS = "masa_berakhir"


@dataclass(frozen=True, slots=True)
class Performer:
    """A performer (pelaksana): one column of the matrix, and the roles whose holders may act."""

    code: str
    name: str
    roles: tuple[str, ...]
    column: bool = True
    recorded_by: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """One exit of a decision (keputusan). targets: step numbers; empty means the token ends.

    needs_reason: the officer who chooses it must write why (a target at or before the step itself,
    or named in `alasan`).
    """

    name: str
    targets: tuple[int, ...]
    needs_reason: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """A step (langkah). number: 1, 2, 3 ... by order in the file.

    next: targets without a decision; empty means the token ends ("selesai"). Empty too, and without
    meaning, when `outcomes` is not empty. performers: codes; the first acts, the others confirm.
    """

    number: int
    activity: str
    performers: tuple[str, ...]
    action: Action = Action.WORK
    label: str = ""
    requirements: tuple[str, ...] = ()
    time: str | None = None
    time_through: int | None = None
    outputs: tuple[str, ...] = ()
    remark: str = ""
    source: str = ""
    outcomes: tuple[Outcome, ...] = ()
    next: tuple[int, ...] = ()
    wait_for: tuple[int, ...] = ()
    for_each: ForEach | None = None
    not_performed_by: tuple[int, ...] = ()
    trigger: Trigger | None = None
    inferred: str = ""

    @property
    def is_decision(self) -> bool:
        """Return whether the step is drawn as a diamond."""
        return bool(self.outcomes)

    @property
    def row(self) -> str:
        """Return the label that the sheet prints: `baris`, else the number."""
        return self.label or str(self.number)

    def targets(self, outcome: str | None = None) -> tuple[int, ...]:
        """Return the steps that follow; for a decision, those of `outcome`. Raises KeyError."""
        if not self.outcomes:
            return self.next
        for choice in self.outcomes:
            if choice.name == outcome:
                return choice.targets
        raise KeyError(outcome)

    @property
    def exits(self) -> tuple[tuple[int, ...], ...]:
        """Return the targets of each way out, in file order; an empty tuple ends the token."""
        return tuple(choice.targets for choice in self.outcomes) or (self.next,)


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates of the identity block; verbatim text where the sheet has no plain date."""

    made: date | str | None = None
    revised: date | str | None = None
    approved: date | str | None = None
    effective: date | str | None = None
    ends: date | str | None = None


@dataclass(frozen=True, slots=True)
class ApprovedBy:
    """Who signed the SOP (disahkan oleh)."""

    position: str = ""
    name: str = ""
    nip: str = ""


@dataclass(frozen=True, slots=True)
class Definition:
    """One SOP (standar operasional prosedur, Permen PAN-RB 35/2012), as its file says it.

    content_hash: SHA-256 hex of the file's bytes; a case keeps the version it began with.
    """

    code: str
    name: str
    performers: tuple[Performer, ...]
    steps: tuple[Step, ...]
    content_hash: str = ""
    institution: str = ""
    unit: str = ""
    number: str = ""
    legal_basis: tuple[str, ...] = ()
    qualifications: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    equipment: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    records: tuple[str, ...] = ()
    limit: str = ""
    remarks: tuple[str, ...] = ()
    dates: Dates = field(default_factory=Dates)
    approved_by: ApprovedBy = field(default_factory=ApprovedBy)

    def step(self, number: int) -> Step:
        """Return the step with this number. Raises IndexError outside 1..len(steps)."""
        if number < 1:
            raise IndexError(number)
        return self.steps[number - 1]

    def performer(self, code: str) -> Performer:
        """Return the performer with this code. Raises KeyError."""
        for performer in self.performers:
            if performer.code == code:
                return performer
        raise KeyError(code)

    @property
    def columns(self) -> tuple[Performer, ...]:
        """Return the performers that have a column on the sheet, in order."""
        return tuple(performer for performer in self.performers if performer.column)

    @property
    def starts(self) -> tuple[int, ...]:
        """Return the steps on which a case may begin: 1, and each with a trigger."""
        return (1, *(s.number for s in self.steps if s.trigger and s.number != 1))

    def group(self, number: int) -> tuple[int, ...]:
        """Return the run of consecutive steps with the same `untuk_setiap` around this one.

        Empty when the step is not repeated.
        """
        if self.step(number).for_each is None:
            return ()
        first = last = number
        while first > 1 and self.step(first - 1).for_each == self.step(number).for_each:
            first -= 1
        while last < len(self.steps) and self.step(last + 1).for_each == self.step(number).for_each:
            last += 1
        return tuple(range(first, last + 1))
