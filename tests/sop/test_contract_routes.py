"""The routes of `simulate`, told again slowly and literally from the contract's words.

The program walks the routes in its own way; here they are recursive, without a thought of speed:
a token walks until it ends or waits at a join, the branches of a fork one after the other.
"""

from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import reduce
from itertools import islice

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ppid.sop.bpmn import export
from ppid.sop.flow import faults
from ppid.sop.load import loads
from ppid.sop.simulate import simulate
from ppid.sop.svg import document
from sop.files import file
from sop.strategies import UNHURRIED, row, sop, sound_sops
from sop.test_flow import any_sops

MOST = 1000
# What is written, and what the contract counts of it; None: another standard, or none.
TIMES = {
    "3 hari kerja": 3,
    "Maks. 5 Hari Kerja (hari kerja kantor)": 5,
    "10 (sepuluh) hari kerja + 7 (tujuh) hari kerja": 10,
    "2 s/d 4 hari kerja": 4,
    "tentatif": None,
    "1 jam": None,
    "7 hari": None,
    "2 hari kerja per dokumen": None,
    "H s/d H+3": None,
}


@dataclass(frozen=True)
class Token:
    """A token's own way: days of the longest one, the steps taken, the last of them."""

    days: int = 0
    taken: frozenset = frozenset()
    last: frozenset = frozenset()

    def meet(self, other):
        """Return the token of a join: it lasted as long as the longest branch."""
        return Token(max(self.days, other.days), self.taken | other.taken, self.last | other.last)


@dataclass(frozen=True)
class Walk:
    """What all tokens together have done: steps listed, loops used, tokens that wait at joins.

    days: of the longest branch that has ended; None once a step without working days was taken.
    """

    steps: tuple = ()
    used: frozenset = frozenset()
    parked: dict = field(default_factory=dict)
    days: int | None = 0


class TooManyWalks(Exception):
    """Most walks of the SOP end nowhere, since they came back to a step too often."""


class Slowly:
    """The contract's routes of one SOP. Raises TooManyWalks."""

    def __init__(self, definition):
        self.step = definition.step
        self.steps = definition.steps
        self.left = 100_000

    def routes(self):
        """Yield (steps, days) of every route, equal ones too."""
        for walk in self.take(1, Token(), Walk()):
            assert not walk.parked
            yield walk.steps, walk.days

    def owner(self, number):
        """Return the step whose time stands at this one: an earlier one, where cells are merged."""
        for step in self.steps:
            if step.time_through and step.number < number <= step.time_through:
                return step
        return self.step(number)

    def counts(self, number, token):
        """Return whether the step's time is counted: a merged cell once, and again on coming back.

        One comes back to the step that has the time, or from outside to another one of the cell.
        """
        cell = {each.number for each in self.steps if self.owner(each.number) == self.owner(number)}
        back = number in token.taken
        entered = not cell & token.last or number == self.owner(number).number
        return not cell & token.taken or (back and entered)

    def count(self, number, token):
        """Return the token one step further."""
        days = TIMES.get(self.owner(number).time) or 0
        counted = days if self.counts(number, token) else 0
        return Token(token.days + counted, token.taken | {number}, frozenset({number}))

    def take(self, number, token, walk):
        """Yield every walk of a token that begins this step."""
        self.left -= 1
        if not self.left:
            raise TooManyWalks
        token = self.count(number, token)
        known = TIMES.get(self.owner(number).time) is not None and walk.days is not None
        for way in self.step(number).exits:
            back = {(number, to) for to in way if to <= number}
            if walk.used & back:
                continue
            onward = Walk((*walk.steps, number), walk.used | back, walk.parked, walk.days)
            if not known:
                onward = replace(onward, days=None)
            elif not way:
                onward = replace(onward, days=max(walk.days, token.days))
            yield from self.branches(number, way, token, onward)

    def branches(self, source, way, token, walk):
        """Yield the walks of all targets: the first with all that follows, then the others."""
        if not way:
            yield walk
            return
        for first in self.arrive(source, way[0], token, walk):
            yield from self.branches(source, way[1:], token, first)

    def arrive(self, source, number, token, walk):
        """Yield the walks of a token that comes to a step; a join takes the last one's turn."""
        sources = self.step(number).wait_for
        if not sources:
            yield from self.take(number, token, walk)
            return
        parked = walk.parked | {(number, source): token}
        if all((number, each) in parked for each in sources):
            token = reduce(Token.meet, [parked.pop((number, each)) for each in sources])
            yield from self.take(number, token, replace(walk, parked=parked))
        else:
            yield replace(walk, parked=parked)


def slow_routes(definition):
    """Return {steps: days} of the routes; None when they are more than the contract lists.

    None, too, where it would take minutes to know.
    """
    found = {}
    with suppress(TooManyWalks):
        for steps, days in islice(Slowly(definition).routes(), 30 * MOST):
            found.setdefault(steps, days)
            if len(found) > MOST:
                return None
        return found
    return None


@st.composite
def timed(draw, sops):
    """Return an SOP with times of every kind, mostly working days, some of them in merged cells."""
    definition = draw(sops)
    steps, number = [], 0
    while number < len(definition.steps):
        size = draw(st.sampled_from([1, 1, 1, 2, 3]))
        cell = definition.steps[number : number + size]
        text = draw(st.sampled_from([*list(TIMES)[:4] * 5, *list(TIMES)[4:], None]))
        through = cell[-1].number if len(cell) > 1 else None
        steps.append(replace(cell[0], time=text, time_through=through))
        steps += [replace(each, time=None) for each in cell[1:]]
        number += len(cell)
    return replace(definition, steps=tuple(steps))


def compare(definition):
    expected = slow_routes(definition)
    found = simulate(definition)
    if expected is None:
        return
    assert {route.steps: route.workdays for route in found.routes} == expected
    assert len(found.routes) == len(expected)
    assert "terpotong" not in found.as_dict()


@settings(UNHURRIED, max_examples=50)
@given(timed(sound_sops()))
def test_routes_and_days_of_well_made_sops_are_the_contracts(definition):
    compare(definition)


@settings(UNHURRIED, max_examples=50, suppress_health_check=list(HealthCheck))
@given(timed(any_sops().filter(lambda definition: not faults(definition))))
def test_routes_and_days_of_any_sound_sop_are_the_contracts(definition):
    compare(definition)


def hari_kerja(definition):
    return {route.steps: route.workdays for route in simulate(definition).routes}


def working(number, **values):
    return row(time=f"{number} hari kerja", **values)


BY_HAND = {
    "a fork in a fork, each with its join": (
        sop(
            working(1, to=(2, 7)),
            working(1, to=(3, 4)),
            working(5, to=(5,)),
            working(3, to=(5,)),
            working(1, wait_for=(3, 4)),
            working(1, to=(8,)),
            working(8, to=(8,)),
            working(1, wait_for=(6, 7)),
        ),
        {(1, 2, 3, 4, 5, 6, 7, 8): 1 + max(1 + 5 + 1 + 1, 8) + 1},
    ),
    "two forks with one join": (
        sop(
            working(1, to=(2, 5)),
            working(1, to=(3, 4)),
            working(5, to=(6,)),
            working(3, to=(6,)),
            working(4, to=(6,)),
            working(1, wait_for=(3, 4, 5)),
        ),
        {(1, 2, 3, 4, 5, 6): 1 + max(1 + 5, 4) + 1},
    ),
    "a branch that is the way to the join itself": (
        sop(working(1, to=(2, 3)), working(2), working(4, wait_for=(1, 2))),
        {(1, 2, 3): 7},
    ),
    "branches in the order of the targets, not of the rows": (
        sop(working(1, to=(3, 2)), working(2, to=(4,)), working(4, to=(4,)), row(wait_for=(2, 3))),
        {(1, 3, 2, 4): None},
    ),
    "a join inside a loop": (
        sop(
            working(1, to=(2, 3)),
            working(2, to=(4,)),
            working(4, to=(4,)),
            working(8, wait_for=(2, 3), outcomes={"Ya": (), "Tidak": (1,)}),
        ),
        {(1, 2, 3, 4): 13, (1, 2, 3, 4, 1, 2, 3, 4): 26},
    ),
    "a loop inside a branch": (
        sop(
            working(1, to=(2, 4)),
            working(2, to=(3,)),
            working(4, outcomes={"Ya": (5,), "Tidak": (2,)}),
            working(7, to=(5,)),
            working(1, wait_for=(3, 4)),
        ),
        {(1, 2, 3, 4, 5): 9, (1, 2, 3, 2, 3, 4, 5): 14},
    ),
    "branches that end by themselves, one of them in a decision": (
        sop(
            working(1, to=(2, 3)),
            working(9, to=()),
            working(1, outcomes={"Ya": (4,), "Tidak": (), "Tunda": ()}),
            working(2),
        ),
        {(1, 2, 3, 4): 10, (1, 2, 3): 10},
    ),
    "an outcome that forks": (
        sop(
            working(1, outcomes={"Ya": (2, 3), "Tidak": (4,)}),
            working(2, to=()),
            working(4, to=()),
            working(8),
        ),
        {(1, 2, 3): 5, (1, 4): 9},
    ),
    "two loops, each at most once, in any order": (
        sop(
            working(1),
            working(1, outcomes={"Ya": (3,), "Tidak": (1,)}),
            working(1, outcomes={"Ya": (), "Tidak": (1,)}),
        ),
        {
            (1, 2, 3): 3,
            (1, 2, 1, 2, 3): 5,
            (1, 2, 3, 1, 2, 3): 6,
            (1, 2, 1, 2, 3, 1, 2, 3): 8,
            (1, 2, 3, 1, 2, 1, 2, 3): 8,
        },
    ),
    "a merged cell once, again when its first step is repeated": (
        sop(
            working(1),
            working(5, time_through=3),
            row(outcomes={"Ya": (4,), "Tidak": (2,)}),
            working(1),
        ),
        {(1, 2, 3, 4): 7, (1, 2, 3, 2, 3, 4): 12},
    ),
    "a merged cell once, though a step inside is repeated": (
        sop(working(5, time_through=3), row(), row(outcomes={"Ya": (), "Tidak": (2,)})),
        {(1, 2, 3): 5, (1, 2, 3, 2, 3): 5},
    ),
    "a merged cell again, when one comes back to it from outside": (
        sop(
            working(5, time_through=2),
            row(),
            working(1, outcomes={"Ya": (), "Tidak": (2,)}),
        ),
        {(1, 2, 3): 6, (1, 2, 3, 2, 3): 12},
    ),
    "a merged cell once, though the way leaves it in between": (
        sop(working(5, time_through=2, to=(3,)), row(to=()), working(1, to=(2,))),
        {(1, 3, 2): 6},
    ),
    "a merged cell in the longest branch": (
        sop(
            working(5, time_through=3, to=(2, 3)),
            row(to=(4,)),
            row(to=(4,)),
            working(1, wait_for=(2, 3)),
        ),
        {(1, 2, 3, 4): 6},
    ),
    "a route without the step that has the merged time": (
        sop(
            working(1, outcomes={"Ya": (2,), "Tidak": (3,)}),
            working(5, time_through=3),
            row(),
        ),
        {(1, 2, 3): 6, (1, 3): 6},
    ),
}


@pytest.mark.parametrize(("definition", "expected"), BY_HAND.values(), ids=BY_HAND)
def test_routes_written_out_by_hand(definition, expected):
    assert faults(definition) == ()
    assert hari_kerja(definition) == expected
    assert len(simulate(definition).routes) == len(expected)


@pytest.mark.parametrize(("text", "days"), TIMES.items())
def test_what_counts_as_working_days(text, days):
    assert hari_kerja(sop(row(time=text))) == {(1,): days}


def test_a_flow_of_sixty_decisions_is_told_and_written():
    back = [f"keputusan = {{ Ya = {n + 1}, Tidak = {max(1, n - 9)} }}" for n in range(1, 60)]
    definition = loads(file(*back, ""), name="contoh.toml")

    assert simulate(definition).truncated
    assert document(definition)
    assert export(definition)
