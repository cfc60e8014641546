"""Lanes: which arrow runs where in a channel that several share, so that none lies on another.

Pieces that overlap in a channel form a bundle. In it each gets a lane, in the order that makes the
fewest crossings; a piece that must stay in the middle of its symbols (straight down, or the line of
a joint step) keeps the middle, and the others stand on its two sides.
"""

from collections import defaultdict
from collections.abc import Sequence

from ppid.sop.routing import AFTER, BEFORE, CORE, NEAR, ORDINALS, Joint, Leg, Way


class Lane:
    """The lane of one piece. number: from 0 within its bundle, in reading direction.

    anchor: the lane number that lies in the middle. count: lanes in the bundle.
    """

    def __init__(self, leg: Leg, *, pinned: bool = False) -> None:
        self.leg = leg
        self.pinned = pinned
        self.before: Lane | None = None
        self.after: Lane | None = None
        self.number = 0
        self.count = 1
        self.anchor = 0.0

    @property
    def offset(self) -> float:
        """Return how many lanes it stands from the middle."""
        return self.number - self.anchor

    @property
    def place(self) -> float:
        """Return where it lies among the ordinals, its lane taken into account."""
        return self.leg.at + (self.number + 1) / (self.count + 1) - 0.5

    def ends(self) -> tuple[tuple[float, int], tuple[float, int]]:
        """Return where it begins and ends, each with the direction of what is joined there.

        The direction is -1 towards smaller ordinals, 1 towards larger, 0 at a symbol.
        """
        return (
            _end(self.leg.start, self.before, self.leg.at),
            _end(self.leg.end, self.after, self.leg.at),
        )


def _end(bare: int, neighbour: Lane | None, at: int) -> tuple[float, int]:
    if neighbour is None:
        return bare, 0
    leg = neighbour.leg
    other = leg.end if leg.start == at else leg.start
    return neighbour.place, 1 if other > at else -1


def assign(
    ways: Sequence[Way], joints: Sequence[Joint]
) -> tuple[tuple[tuple[Lane, ...], ...], tuple[Lane, ...]]:
    """Return the lanes of each way's pieces in order, and the lanes of the joint lines."""
    found = tuple(_lanes_of(way) for way in ways)
    joined = tuple(Lane(joint.leg, pinned=True) for joint in joints)
    channels: dict[tuple[bool, int], list[Lane]] = defaultdict(list)
    for lane in (*(lane for lanes in found for lane in lanes), *joined):
        channels[lane.leg.vertical, lane.leg.at].append(lane)
    bundles = [bundle for lanes in channels.values() for bundle in _bundles(lanes)]
    bundles.sort(key=lambda bundle: bundle[0].leg.at % ORDINALS == CORE)
    for _ in range(2):
        for bundle in bundles:
            _arrange(bundle)
    return found, joined


def _lanes_of(way: Way) -> tuple[Lane, ...]:
    straight = len(way.stations) == 1
    lanes = tuple(Lane(leg, pinned=straight) for leg in way.legs)
    for first, second in zip(lanes, lanes[1:], strict=False):
        first.after, second.before = second, first
    return lanes


def _bundles(lanes: list[Lane]) -> list[list[Lane]]:
    """Return the groups of pieces of one channel that touch each other."""
    found: list[list[Lane]] = []
    reach = -1
    for lane in sorted(lanes, key=lambda lane: (lane.leg.low, lane.leg.high)):
        if not found or lane.leg.low > reach:
            found.append([])
        found[-1].append(lane)
        reach = max(reach, lane.leg.high)
    return found


def _arrange(bundle: list[Lane]) -> None:
    if len(bundle) == 1:
        return
    ends = {id(lane): lane.ends() for lane in bundle}
    score = {
        id(one): sum(
            _crossings(ends[id(one)], ends[id(two)]) - _crossings(ends[id(two)], ends[id(one)])
            for two in bundle
            if two is not one
        )
        for one in bundle
    }
    order = sorted(bundle, key=lambda lane: (score[id(lane)], _habit(lane), lane.leg))
    placed: list[Lane] = []
    for lane in order:
        below = [other.number for other in placed if _touch(lane.leg, other.leg)]
        lane.number = max(below, default=-1) + 1
        placed.append(lane)
    count = max(lane.number for lane in bundle) + 1
    pins = [lane.number for lane in bundle if lane.pinned]
    for lane in bundle:
        lane.count = count
        lane.anchor = pins[0] if pins else (count - 1) / 2


def _touch(one: Leg, two: Leg) -> bool:
    return one.low <= two.high and two.low <= one.high


def _crossings(first: tuple[tuple[float, int], ...], second: tuple[tuple[float, int], ...]) -> int:
    """Return how often two pieces cross each other if the first has the smaller lane."""
    return _inside(first, second, 1) + _inside(second, first, -1)


def _inside(
    turning: tuple[tuple[float, int], ...], other: tuple[tuple[float, int], ...], direction: int
) -> int:
    low, high = min(other)[0], max(other)[0]
    return sum(low < place < high for place, turn in turning if turn == direction)


def _habit(lane: Lane) -> int:
    """Short pieces lie nearer to the symbols they serve: before these in BEFORE, else behind."""
    length = lane.leg.high - lane.leg.low
    return -length if lane.leg.at % ORDINALS <= NEAR else length


def margin_lanes(ways: Sequence[tuple[Lane, ...]], track: int) -> tuple[int, int]:
    """Return how many lanes the margins above and below the symbols of a track need."""
    above, below = track * ORDINALS + BEFORE, track * ORDINALS + AFTER
    counts = {above: 0, below: 0}
    for lanes in ways:
        for lane in lanes:
            if not lane.leg.vertical and lane.leg.at in counts:
                counts[lane.leg.at] = max(counts[lane.leg.at], lane.count)
    return counts[above], counts[below]
