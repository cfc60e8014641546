"""The flowchart of one page before it has measures: symbols on tracks, pentagons, ways and lanes.

A flow that leaves the page goes to a pentagon at its foot (the next step lies on a later page) or
at its head (on an earlier one). All flows to one step share the pentagon from which they arrive.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ppid.sop.definition import Definition
from ppid.sop.lanes import Lane, assign
from ppid.sop.matrix import Row, places
from ppid.sop.routing import Joint, Spot, Trip, Way, route
from ppid.sop.sheet import Flow, Kind, Node, Shape


class Plan(NamedTuple):
    """What is the same for all pages of a sheet."""

    definition: Definition
    width: int
    flows: tuple[Flow, ...]
    places: Mapping[int, tuple[int, ...]]
    own_starts: frozenset[int]
    gutter_lanes: int

    def shape(self, node: Node) -> Shape:
        """Return the symbol of a node: the first activity is a capsule, and so is a last one."""
        if node.kind in (Kind.ARRIVAL, Kind.DEPARTURE):
            return Shape.PENTAGON
        step = self.definition.step(node.step)
        if node.kind is not Kind.STEP:
            return Shape.CAPSULE
        if step.is_decision:
            return Shape.DIAMOND
        begins = step.number in self.definition.starts and step.number not in self.own_starts
        return Shape.CAPSULE if begins or not step.next else Shape.BOX


class Leap(NamedTuple):
    """One arrow of a page: the flows it stands for, and the symbols it joins."""

    flows: tuple[Flow, ...]
    source: Node
    target: Node


@dataclass(frozen=True, slots=True)
class Section:
    """A row of the page, or (row is None) a strip of pentagons. tiers: nodes and their columns."""

    row: Row | None
    tiers: tuple[Mapping[Node, tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True)
class Flowchart:
    """The flowchart of one page. ways and lanes go with leaps, joint_lanes with joints."""

    sections: tuple[Section, ...]
    spots: Mapping[Node, tuple[Spot, ...]]
    leaps: tuple[Leap, ...]
    ways: tuple[Way, ...]
    lanes: tuple[tuple[Lane, ...], ...]
    joints: tuple[Joint, ...]
    joint_lanes: tuple[Lane, ...]


def plan(definition: Definition, rows: Sequence[Row], *, width: int, gutter_lanes: int) -> Plan:
    """Return what all pages need to know.

    width: how many performers' columns there are. gutter_lanes: how many arrows fit in a gutter.
    """
    starts = frozenset(node.step for row in rows for node in row.nodes if node.kind is Kind.START)
    found = {step.number: places(definition, step) for step in definition.steps}
    return Plan(definition, width, tuple(flows(definition, starts)), found, starts, gutter_lanes)


def flows(definition: Definition, own_starts: frozenset[int]) -> Iterable[Flow]:
    """Yield every flow that the sheet shows; a step that is itself the end has none from it."""
    for step in definition.steps:
        here = Node(Kind.STEP, step.number)
        if step.number in own_starts:
            yield Flow(Node(Kind.START, step.number), here)
        for target in step.next:
            yield Flow(here, Node(Kind.STEP, target))
        for outcome in step.outcomes:
            for target in outcome.targets:
                yield Flow(here, Node(Kind.STEP, target), outcome.name)
            if not outcome.targets:
                yield Flow(here, Node(Kind.FINISH, step.number), outcome.name)


def chart(plan: Plan, rows: Sequence[Row]) -> Flowchart:
    """Return the flowchart of a page with these rows."""
    inside = {row.step for row in rows if row.nodes}
    leaps, berths = _leaps(plan, inside)
    sections = _sections(plan, rows, berths)
    spots: dict[Node, tuple[Spot, ...]] = {}
    for track, tier in enumerate(tier for section in sections for tier in section.tiers):
        for node, found in tier.items():
            spots[node] = tuple(Spot(column, track) for column in found)
    joints = tuple(joint for found in spots.values() for joint in _joints(found))
    trips = [
        Trip(spots[leap.source][0], spots[leap.target][0], leap.flows[0].outcome is not None)
        for leap in leaps
    ]
    taken = (spot for found in spots.values() for spot in found)
    ways = route(trips, taken, joints, columns=plan.width, gutter_lanes=plan.gutter_lanes)
    lanes, joint_lanes = assign(ways, joints)
    return Flowchart(sections, spots, leaps, ways, lanes, joints, joint_lanes)


def _leaps(plan: Plan, inside: set[int]) -> tuple[tuple[Leap, ...], dict[Node, int]]:
    """Return the arrows of the page, and each pentagon with the column that it would like."""
    direct: list[Leap] = []
    arriving: dict[Node, list[Flow]] = {}
    berths: dict[Node, int] = {}
    first = min(inside, default=0)
    for flow in plan.flows:
        source, target = flow.source.step, flow.target.step
        if source in inside and target in inside:
            direct.append(Leap((flow,), flow.source, flow.target))
        elif source in inside:
            away = Node(Kind.DEPARTURE, target, below=target > first)
            berths.setdefault(away, plan.places[source][0])
            direct.append(Leap((flow,), flow.source, away))
        elif target in inside:
            arrival = Node(Kind.ARRIVAL, target, below=source > first)
            berths.setdefault(arrival, plan.places[target][0])
            arriving.setdefault(arrival, []).append(flow)
    joined = (Leap(tuple(all_of), node, all_of[0].target) for node, all_of in arriving.items())
    return (*direct, *joined), berths


def _sections(plan: Plan, rows: Sequence[Row], berths: Mapping[Node, int]) -> tuple[Section, ...]:
    body = tuple(
        Section(
            row,
            tuple(
                {node: plan.places[row.step][: None if node.kind is Kind.STEP else 1]}
                for node in row.nodes
            ),
        )
        for row in rows
    )
    head = _strip(plan.width, {node: at for node, at in berths.items() if not node.below})
    foot = _strip(plan.width, {node: at for node, at in berths.items() if node.below})
    return (*head, *body, *foot)


def _strip(width: int, wanted: Mapping[Node, int]) -> tuple[Section, ...]:
    """Return the strip of these pentagons, each as near as can be to the column it would like."""
    tiers: list[dict[Node, tuple[int, ...]]] = []
    free: list[set[int]] = []
    for node, column in wanted.items():
        tier = next((number for number, left in enumerate(free) if left), len(tiers))
        if tier == len(tiers):
            tiers.append({})
            free.append(set(range(width)))
        nearest = min(free[tier], key=lambda other: (abs(other - column), other))
        free[tier].remove(nearest)
        tiers[tier][node] = (nearest,)
    return (Section(None, tuple(tiers)),) if tiers else ()


def _joints(spots: tuple[Spot, ...]) -> tuple[Joint, ...]:
    across = sorted(spots)
    return tuple(
        Joint(left.track, left.column, right.column)
        for left, right in zip(across, across[1:], strict=False)
    )
