"""Every route through an SOP that takes each loop at most once, and its working days.

The tokens are run one at a time, the latest first, so that the branches of a fork are listed one
after the other up to their join. It stops early where an SOP has more routes than anybody reads.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ppid.sop.definition import Definition, Step
from ppid.sop.duration import Kind, Unit, parse
from ppid.sop.flow import predecessors

MOST_ROUTES = 1_000
# In visits of steps; some seconds on a slow machine.
MOST_WORK = 1_000_000
MOST_LISTED = 2_000_000

Loop = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Route:
    """One way to the end: step numbers, and working days; None where one step has none."""

    steps: tuple[int, ...]
    workdays: int | None


@dataclass(frozen=True, slots=True)
class Simulation:
    """All routes of an SOP. loops: (from, to) with to <= from. ends: steps that can end a token.

    truncated: there are more routes than those given.
    """

    code: str
    step_count: int
    loops: tuple[Loop, ...]
    ends: tuple[int, ...]
    rows_of: Mapping[str, tuple[int, ...]]
    routes: tuple[Route, ...]
    truncated: bool

    def as_dict(self) -> dict[str, Any]:
        """Return the object that `ppid sop simulate --json` prints."""
        found: dict[str, Any] = {
            "kode": self.code,
            "langkah": self.step_count,
            "putaran": [list(loop) for loop in self.loops],
            "akhir": list(self.ends),
            "pelaku": {code: list(rows) for code, rows in self.rows_of.items()},
            "rute": [
                {"langkah": list(route.steps), "hari_kerja": route.workdays}
                for route in self.routes
            ],
        }
        return {**found, "terpotong": True} if self.truncated else found


def simulate(sop: Definition) -> Simulation:
    """Return every route from step 1 to the end, in the order of the outcomes in the file.

    The flow must be sound.
    """
    loops = {
        (step.number, target)
        for step in sop.steps
        for way in step.exits
        for target in way
        if target <= step.number
    }
    routes, truncated = _routes(sop, loops)
    return Simulation(
        code=sop.code,
        step_count=len(sop.steps),
        loops=tuple(sorted(loops)),
        ends=tuple(step.number for step in sop.steps if () in step.exits),
        rows_of={
            performer.code: tuple(s.number for s in sop.steps if performer.code in s.performers)
            for performer in sop.performers
        },
        routes=routes,
        truncated=truncated,
    )


@dataclass(frozen=True, slots=True)
class _Visit:
    """A step on a route, and the visit before it: routes share their beginnings."""

    step: int
    before: "_Visit | None"


@dataclass(frozen=True, slots=True)
class _Token:
    """A token on a step. began: working days until then, along the longest way.

    taken: the steps of merged cells that it, or a token joined into it, has done.
    """

    step: int
    began: int = 0
    came_from: tuple[int, ...] = ()
    taken: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class _Walk:
    """A route in the making. tokens: the next to run is the last. parked: (join, source) -> token.

    days: when the tokens that ended so far did, in working days; known: every step had them.
    """

    tokens: tuple[_Token, ...]
    parked: Mapping[tuple[int, int], _Token] = field(default_factory=dict)
    used: frozenset[Loop] = frozenset()
    path: _Visit | None = None
    days: int = 0
    known: bool = True


class _Search:
    """The search for routes over one SOP; it counts its work, to stop in time."""

    def __init__(self, sop: Definition, loops: Collection[Loop]) -> None:
        self.steps: dict[int, Step] = {step.number: step for step in sop.steps}
        self.before = predecessors(sop)
        self.cells = _cells(sop)
        self.standards = {step.number: _standard(step) for step in sop.steps}
        self.finishing: dict[frozenset[Loop], set[int]] = {}
        self.work = 0
        self.straight = self._finishing(frozenset(loops))

    def onward(self, walk: _Walk) -> Iterator[_Walk]:
        """Yield the walks after the last token's step has been done, in file order."""
        token = walk.tokens[-1]
        days = self._days(token)
        left = self._left(token, days or 0)
        done = replace(
            walk,
            tokens=walk.tokens[:-1],
            path=_Visit(token.step, walk.path),
            days=max(walk.days, left.began),
            known=walk.known and days is not None,
        )
        for targets in dict.fromkeys(self.steps[token.step].exits):
            loops = {(token.step, target) for target in targets if target <= token.step}
            if loops & walk.used:
                continue
            used = walk.used | loops
            if self._can_finish(used, targets):
                yield self._arrived(replace(done, used=used), left, targets)

    def _left(self, token: _Token, days: int) -> _Token:
        """Return the token after its step: what begins next begins after these days."""
        taken = token.taken | {token.step} if token.step in self.cells else token.taken
        return _Token(token.step, token.began + days, (token.step,), taken)

    def _arrived(self, walk: _Walk, left: _Token, targets: tuple[int, ...]) -> _Walk:
        parked, comers = dict(walk.parked), []
        for target in targets:
            sources = self.steps[target].wait_for
            if not sources:
                comers.append(replace(left, step=target))
                continue
            parked[target, left.step] = left
            if all((target, each) in parked for each in sources):
                met = [parked.pop((target, each)) for each in sources]
                began = max(each.began for each in met)
                taken = frozenset[int]().union(*(each.taken for each in met))
                comers.append(_Token(target, began, sources, taken))
        return replace(walk, tokens=(*walk.tokens, *reversed(comers)), parked=parked)

    def _days(self, token: _Token) -> int | None:
        """Return the working days of the token's step; 0 where its merged cell is counted already.

        A cell is counted once, and again on coming back: to its first step, or from outside to
        another one (docs/decisions/0040).
        """
        cell = self.cells.get(token.step)
        if cell is None:
            return self.standards[token.step]
        counted = any(self.cells[step] == cell for step in token.taken)
        inside = any(self.cells.get(source) == cell for source in token.came_from)
        again = token.step in token.taken and (token.step == cell or not inside)
        return 0 if counted and not again else self.standards[cell]

    def _can_finish(self, used: frozenset[Loop], targets: tuple[int, ...]) -> bool:
        """Return whether an end can be reached from each target without a used loop.

        It keeps the search out of blind alleys, of which there may be very many.
        """
        if self.straight.issuperset(targets):
            return True
        if used not in self.finishing:
            self.finishing[used] = self._finishing(used)
        return self.finishing[used].issuperset(targets)

    def _finishing(self, used: frozenset[Loop]) -> set[int]:
        ahead = [number for number, step in self.steps.items() if () in step.exits]
        found = set(ahead)
        while ahead:
            target = ahead.pop()
            self.work += 1
            for source in self.before[target]:
                if source not in found and (source, target) not in used:
                    found.add(source)
                    ahead.append(source)
        return found


def _cells(sop: Definition) -> dict[int, int]:
    """Return for each step under a merged time cell the step in which the cell begins."""
    return {
        number: step.number
        for step in sop.steps
        if step.time is not None and step.time_through is not None
        for number in range(step.number, step.time_through + 1)
    }


def _standard(step: Step) -> int | None:
    """Return the working days that the step is written to take, or None."""
    standard = parse(step.time)
    plain = standard.kind is Kind.AMOUNT and not standard.per
    return standard.amount if plain and standard.unit is Unit.WORKDAY else None


def _routes(sop: Definition, loops: Collection[Loop]) -> tuple[tuple[Route, ...], bool]:
    search, listed = _Search(sop, loops), 0
    found: dict[tuple[int, ...], Route] = {}
    walks = [_Walk((_Token(1),))]
    while walks:
        walk = walks.pop()
        search.work += 1
        if search.work > MOST_WORK or listed > MOST_LISTED:
            return tuple(found.values()), True
        if walk.tokens:
            walks += reversed([*search.onward(walk)])
            continue
        route = Route(_listed(walk.path), walk.days if walk.known else None)
        if route.steps not in found:
            if len(found) == MOST_ROUTES:
                return tuple(found.values()), True
            found[route.steps] = route
            listed += len(route.steps)
    return tuple(found.values()), False


def _listed(visit: _Visit | None) -> tuple[int, ...]:
    steps = []
    while visit is not None:
        steps.append(visit.step)
        visit = visit.before
    return tuple(reversed(steps))
