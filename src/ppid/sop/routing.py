"""Which way each arrow takes through the matrix: its sides, its bends, its channels.

Places are ordinals, not points. A column has five of them from left to right: gutter, edge, core,
edge, gutter; a track (the height of one symbol) has five from above: margin, edge, middle, edge,
margin. Symbols fill what lies between edges; gutters and margins are always free, so that a way
exists for every flow. Ways that share a channel get lanes of their own in `lanes`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import product
from math import inf
from typing import NamedTuple

ORDINALS = 5
BEFORE, NEAR, CORE, FAR, AFTER = range(ORDINALS)
_BEND, _CROSSING, _LENGTH, _SAME_WAY, _OTHER_WAY = 10.0, 7.0, 0.6, 7.0, 13.0
_CROWDED, _TURNING_BACK, _BESIDE_JOINT = 15.0, 30.0, 14.0


class Side(StrEnum):
    """The side of a symbol at which an arrow leaves or enters."""

    TOP = "top"
    BOTTOM = "bottom"
    LEFT = "left"
    RIGHT = "right"


_UPRIGHT = (Side.TOP, Side.BOTTOM)
_ASCENDING = {Side.BOTTOM: True, Side.RIGHT: True, Side.LEFT: False}
_ENTERING_ASCENDS = {Side.TOP: True, Side.LEFT: True, Side.RIGHT: False}


class Spot(NamedTuple):
    """Where a symbol stands: the column and the track of a page, from 0."""

    column: int
    track: int


class Leg(NamedTuple):
    """One straight piece of a way. at: its channel's ordinal; it goes from start to end along it.

    low, high: the smaller and the larger of the two.
    """

    vertical: bool
    at: int
    start: int
    end: int
    low: int
    high: int


def leg(vertical: bool, at: int, *, start: int, end: int) -> Leg:
    """Return a straight piece."""
    if start <= end:
        return Leg(vertical, at, start, end, start, end)
    return Leg(vertical, at, start, end, end, start)


class Way(NamedTuple):
    """The way of one arrow. stations: the channels it takes, up or across by turns."""

    source: Spot
    target: Spot
    leaves: Side
    enters: Side
    stations: tuple[int, ...]

    @property
    def legs(self) -> tuple[Leg, ...]:
        """Return the pieces in their order."""
        upright = self.leaves in _UPRIGHT
        first, last = _edge(self.source, self.leaves), _edge(self.target, self.enters)
        bounds = (first, *self.stations, last)
        return tuple(
            [
                leg(
                    upright == (number % 2 == 0),
                    at,
                    start=bounds[number],
                    end=bounds[number + 2],
                )
                for number, at in enumerate(self.stations)
            ]
        )


def _edge(spot: Spot, side: Side) -> int:
    base = spot.track if side in _UPRIGHT else spot.column
    return base * ORDINALS + (NEAR if side in (Side.TOP, Side.LEFT) else FAR)


class Joint(NamedTuple):
    """The line that joins the symbols of one step in two neighbouring columns of it."""

    track: int
    left: int
    right: int

    @property
    def leg(self) -> Leg:
        """Return the line as a piece across."""
        return leg(
            False,
            self.track * ORDINALS + CORE,
            start=self.left * ORDINALS + FAR,
            end=self.right * ORDINALS + NEAR,
        )


class Trip(NamedTuple):
    """A flow that wants a way on a page. forked: it leaves a decision."""

    source: Spot
    target: Spot
    forked: bool = False


@dataclass
class _Board:
    """The symbols of a page, and the ways that are taken so far."""

    spots: frozenset[Spot]
    width: int
    gutter_lanes: int
    pieces: dict[tuple[bool, int], list[Leg]] = field(default_factory=lambda: defaultdict(list))
    ports: dict[tuple[Spot, Side], list[bool]] = field(default_factory=lambda: defaultdict(list))
    joined: set[tuple[Spot, Side]] = field(default_factory=set)

    def take(self, way: Way) -> None:
        for leg in way.legs:
            self.pieces[leg.vertical, leg.at].append(leg)
        self.ports[way.source, way.leaves].append(True)
        self.ports[way.target, way.enters].append(False)

    def give_back(self, way: Way) -> None:
        for leg in way.legs:
            self.pieces[leg.vertical, leg.at].remove(leg)
        self.ports[way.source, way.leaves].remove(True)
        self.ports[way.target, way.enters].remove(False)

    def is_free(self, leg: Leg) -> bool:
        """Return whether no symbol lies on the piece; only cores and middles can be taken."""
        base, part = divmod(leg.at, ORDINALS)
        if part != CORE:
            return True
        for other in range(leg.low // ORDINALS, leg.high // ORDINALS + 1):
            spot = Spot(base, other) if leg.vertical else Spot(other, base)
            inside = other * ORDINALS + NEAR < leg.high and other * ORDINALS + FAR > leg.low
            if inside and spot in self.spots:
                return False
        return True


def route(
    trips: Sequence[Trip],
    spots: Iterable[Spot],
    joints: Iterable[Joint],
    *,
    columns: int,
    gutter_lanes: int,
) -> tuple[Way, ...]:
    """Return a way for each trip: few bends, few crossings, no symbol on it.

    Short ones choose first; then each that bends chooses once more, knowing the others.
    """
    board = _Board(frozenset(spots), columns, gutter_lanes)
    for joint in joints:
        board.pieces[False, joint.leg.at].append(joint.leg)
        board.joined.add((Spot(joint.left, joint.track), Side.RIGHT))
        board.joined.add((Spot(joint.right, joint.track), Side.LEFT))
    order = sorted(range(len(trips)), key=lambda number: _difficulty(trips[number]))
    ways: dict[int, Way] = {}
    for number in order:
        ways[number] = _best(trips[number], board)
        board.take(ways[number])
    for number in order:
        if len(ways[number].stations) == 1:
            continue
        board.give_back(ways[number])
        ways[number] = _best(trips[number], board)
        board.take(ways[number])
    return tuple(ways[number] for number in range(len(trips)))


def _difficulty(trip: Trip) -> tuple[bool, int, int]:
    down = trip.target.track - trip.source.track
    return down <= 0, abs(down), abs(trip.target.column - trip.source.column)


def _best(trip: Trip, board: _Board) -> Way:
    """Return the cheapest free way; one with more bends is looked at only if it could be it."""
    cheapest, best = inf, None
    for way in _candidates(trip, board.width):
        bends = _BEND * (len(way.stations) - 1)
        if bends >= cheapest:
            break
        if not _is_straightforward(way):
            continue
        legs = way.legs
        if not all(map(board.is_free, legs)):
            continue
        cost = bends + _cost(way, legs, board, trip)
        if cost < cheapest:
            cost += _traffic_cost(legs, board)
        if cost < cheapest:
            cheapest, best = cost, way
    return best or way


def _is_straightforward(way: Way) -> bool:
    """Return whether the way leaves and enters its symbols outwards, not through them."""
    start, end = _edge(way.source, way.leaves), _edge(way.target, way.enters)
    after, before = (*way.stations, end)[1], (start, *way.stations)[-2]
    return (after > start) is _ASCENDING[way.leaves] and (end > before) is _ENTERING_ASCENDS[
        way.enters
    ]


def _candidates(trip: Trip, width: int) -> Iterator[Way]:
    """Yield ways with ever more bends; the last, by margins and a gutter, are always free."""
    source, target = trip.source, trip.target
    out_core, in_core = source.column * ORDINALS + CORE, target.column * ORDINALS + CORE
    out_middle, in_middle = source.track * ORDINALS + CORE, target.track * ORDINALS + CORE
    below, above = source.track * ORDINALS + AFTER, target.track * ORDINALS + BEFORE
    down, top, sideways = Side.BOTTOM, Side.TOP, (Side.LEFT, Side.RIGHT)
    if source.column == target.column:
        yield Way(source, target, down, top, (out_core,))
    else:
        for side in sideways:
            yield Way(source, target, side, top, (out_middle, in_core))
            yield Way(source, target, down, side, (out_core, in_middle))
        for margin in (below, above):
            yield Way(source, target, down, top, (out_core, margin, in_core))
    gutters = _gutters(trip, width)
    for gutter, side, entry in product(gutters, sideways, sideways):
        yield Way(source, target, side, entry, (out_middle, gutter, in_middle))
    for gutter, side in product(gutters, sideways):
        yield Way(source, target, side, top, (out_middle, gutter, above, in_core))
        yield Way(source, target, down, side, (out_core, below, gutter, in_middle))
    for gutter in gutters:
        yield Way(source, target, down, top, (out_core, below, gutter, above, in_core))


def _gutters(trip: Trip, width: int) -> tuple[int, ...]:
    first, last = sorted((trip.source.column, trip.target.column))
    near = {first - 1, first, first + 1, last - 1, last, last + 1}
    return tuple(
        column * ORDINALS + part
        for column in sorted(near)
        if 0 <= column < width
        for part in (BEFORE, AFTER)
    )


def _cost(way: Way, legs: tuple[Leg, ...], board: _Board, trip: Trip) -> float:
    """Return what the length and the sides of a way cost."""
    cost = _LENGTH * sum([leg.high - leg.low for leg in legs])
    forward = way.target.track > way.source.track
    if forward and way.enters is not Side.TOP:
        cost += 4.0
    if not forward and way.leaves is Side.BOTTOM:
        cost += 6.0
    if way.source == way.target and way.leaves is way.enters:
        cost += _TURNING_BACK
    ends = ((way.source, way.leaves), (way.target, way.enters))
    cost += _BESIDE_JOINT * len(board.joined.intersection(ends))
    for out in board.ports.get((way.source, way.leaves), ()):
        cost += (_SAME_WAY + 6.0 * trip.forked) if out else _OTHER_WAY
    for out in board.ports.get((way.target, way.enters), ()):
        cost += _OTHER_WAY if out else _SAME_WAY
    return cost


def _traffic_cost(legs: tuple[Leg, ...], board: _Board) -> float:
    """Return what sharing channels with other ways and crossing them costs."""
    cost = 0.0
    for vertical, at, _, _, low, high in legs:
        beside = 0
        for other in board.pieces.get((vertical, at), ()):
            if other.low <= high and other.high >= low:
                beside += 1
        cost += 3.0 * beside
        if vertical and beside >= board.gutter_lanes:
            cost += _CROWDED * (1 + beside - board.gutter_lanes)
        for place in range(low + 1, high):
            for other in board.pieces.get((not vertical, place), ()):
                if other.low < at < other.high:
                    cost += _CROSSING
    return cost
