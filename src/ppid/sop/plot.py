"""The flowchart of one page in points: how high its rows must be, and where every figure lies."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from ppid.sop.columns import PAD, Columns, Span
from ppid.sop.flowchart import Flowchart, Leap, Plan
from ppid.sop.lanes import Lane, margin_lanes
from ppid.sop.lettering import LEADING
from ppid.sop.outcome_labels import Exit, Obstacles, label, reserve, reserved, stroke
from ppid.sop.outline import Sizes, edge
from ppid.sop.routing import AFTER, BEFORE, CORE, ORDINALS, Side, Spot
from ppid.sop.sheet import Arrow, Kind, Line, Node, Point, Rect, Shape, Symbol, Text

_LANE, _FROM_BORDER, _HEAD, _LEAST = 4.5, 3.5, 8.0, 6.0
_PORT = 5.0
_BESIDE_SYMBOL, _NEAREST, _BESIDE_BORDER = 4.5, 2.5, 2.0
_DENSEST = 1.6


class Tier(NamedTuple):
    """The least heights of one track: over its symbols, of them, and under them."""

    above: float
    symbol: float
    below: float
    kept_above: float = 0.0
    kept_below: float = 0.0

    @property
    def least(self) -> float:
        """Return the sum."""
        return self.above + self.symbol + self.below


class Track(NamedTuple):
    """Where a track lies."""

    top: float
    middle: float
    bottom: float
    tier: Tier


@dataclass(frozen=True, slots=True)
class Frame:
    """What the pages of a sheet have in common: its columns and the sizes of its symbols."""

    plan: Plan
    columns: Columns
    sizes: Sizes


@dataclass(frozen=True, slots=True)
class Plot:
    """The figures of a page. sections: top and height of each row or strip of pentagons."""

    sections: tuple[Span, ...]
    symbols: tuple[Symbol, ...]
    joints: tuple[Line, ...]
    arrows: tuple[Arrow, ...]
    labels: tuple[Text, ...]

    @property
    def bottom(self) -> float:
        """Return where the last row ends."""
        return self.sections[-1].right


def plot(frame: Frame, chart: Flowchart, *, top: float, least: float = 0.0) -> Plot:
    """Return the figures of a page whose rows begin at `top` and are `least` high, or more."""
    kept: frozenset[Node] = frozenset()
    fixed: frozenset[Node] = frozenset()
    while True:
        tiers = _tiers(frame, chart, kept)
        sections = _section_spans(frame, chart, tiers, top, least)
        drawing = _Drawing(frame, chart, _tracks(chart, tiers, sections))
        arrows = tuple(
            drawing.arrow(leap, lanes) for leap, lanes in zip(chart.leaps, chart.lanes, strict=True)
        )
        joints = tuple(drawing.joint(lane) for lane in chart.joint_lanes)
        labels, crowded = _labels(drawing, arrows, joints, sections, fixed)
        if not crowded:
            return Plot(sections, tuple(drawing.symbols.values()), joints, arrows, labels)
        fixed |= crowded & kept
        kept |= crowded


def _section_spans(
    frame: Frame, chart: Flowchart, tiers: Sequence[Tier], top: float, least: float
) -> tuple[Span, ...]:
    spans: list[Span] = []
    line = frame.columns.size * LEADING
    left = iter(tiers)
    for section in chart.sections:
        needed = sum(next(left).least for _ in section.tiers)
        written = max(section.row.lines * line + 2 * PAD, least) if section.row else 0.0
        spans.append(Span(top, max(needed, written)))
        top = spans[-1].right
    return tuple(spans)


def _tiers(frame: Frame, chart: Flowchart, kept: frozenset[Node]) -> tuple[Tier, ...]:
    found = (tier for section in chart.sections for tier in section.tiers)
    return tuple(_tier(frame, chart, track, nodes, kept) for track, nodes in enumerate(found))


def _tier(
    frame: Frame,
    chart: Flowchart,
    track: int,
    nodes: Mapping[Node, tuple[int, ...]],
    kept: frozenset[Node],
) -> Tier:
    symbol = max(frame.sizes.of(frame.plan.shape(node), node.kind)[1] for node in nodes)
    strips = [_strips(frame, chart, node) for node in nodes if node in kept]
    above, below = (max(heights, default=0.0) for heights in zip(*strips, (0.0, 0.0), strict=True))
    lanes_above, lanes_below = margin_lanes(chart.lanes, track)
    return Tier(
        above + _margin(lanes_above, _HEAD), symbol, below + _margin(lanes_below, 4.0), above, below
    )


def _margin(lanes: int, clearance: float) -> float:
    return _FROM_BORDER + (lanes - 1) * _LANE + clearance if lanes else _LEAST


def _strips(frame: Frame, chart: Flowchart, node: Node) -> tuple[float, float]:
    """Return the heights that the labels of a crowded diamond need above and below it."""
    quarters = {(below, right): 1.5 for below in (False, True) for right in (False, True)}
    for leap, way, lanes in zip(chart.leaps, chart.ways, chart.lanes, strict=True):
        if leap.source == node:
            quarter = _quarter(way.leaves, lanes[0].offset)
            room = _kept_room(frame, _stem(frame, chart, node, quarter))
            quarters[quarter] += reserve(leap.flows[0].outcome or "", room).height
    return (
        max(high for (below, _), high in quarters.items() if not below),
        max(high for (below, _), high in quarters.items() if below),
    )


def _quarter(leaves: Side, offset: float) -> tuple[bool, bool]:
    """Return in which quarter beside a diamond the label of an exit stands: below, right."""
    if leaves is Side.BOTTOM:
        return True, offset >= 0
    return False, leaves is Side.RIGHT


def _stem(frame: Frame, chart: Flowchart, node: Node, quarter: tuple[bool, bool]) -> float:
    """Return how far from the middle of a diamond arrows stand in one of its quarters."""
    below, right = quarter
    furthest = 0.0
    for leap, lanes in zip(chart.leaps, chart.lanes, strict=True):
        lane = lanes[0] if below else lanes[-1]
        if lane.leg.vertical and node == (leap.source if below else leap.target):
            offset = lane.offset * _step(lane, _PORT, _port_limit(frame.sizes))
            furthest = max(furthest, offset if right else -offset)
    return furthest + 1.3


def _kept_room(frame: Frame, stem: float) -> float:
    """Return what lies free between a stem and the nearest lane of the gutter."""
    return frame.sizes.reach + _NEAREST - 1.0 - stem


def _port_limit(sizes: Sizes) -> float:
    return 0.25 * sizes.width


def _tracks(chart: Flowchart, tiers: Sequence[Tier], sections: Sequence[Span]) -> tuple[Track, ...]:
    tracks: list[Track] = []
    left = iter(tiers)
    for section, span in zip(chart.sections, sections, strict=True):
        own = [next(left) for _ in section.tiers]
        spare = (span.width - sum(tier.least for tier in own)) / max(1, len(own))
        top = span.x
        for tier in own:
            bottom = top + tier.least + spare
            middle = top + spare / 2 + tier.above + tier.symbol / 2
            if spare > abs(tier.above - tier.below):
                middle = (top + bottom) / 2
            tracks.append(Track(top, middle, bottom, tier))
            top = bottom
    return tuple(tracks)


def gutter_lanes(columns: Columns, sizes: Sizes) -> int:
    """Return how many arrows a gutter holds before they are hard to tell apart."""
    room = columns.actors[0].width / 2 - _BESIDE_BORDER - sizes.reach - _NEAREST
    return 1 + int(max(0.0, room) / _DENSEST)


class _Drawing:
    """Turns ordinals and lanes into points, for one page."""

    def __init__(self, frame: Frame, chart: Flowchart, tracks: tuple[Track, ...]) -> None:
        self.frame, self.chart, self.tracks = frame, chart, tracks
        self.symbols: dict[tuple[Node, Spot], Symbol] = {}
        self.first: dict[Node, Symbol] = {}
        for node, spots in chart.spots.items():
            for spot in spots:
                self.symbols[node, spot] = self._symbol(node, spot)
            self.first[node] = self.symbols[node, spots[0]]
        self.ways = dict(zip(chart.leaps, chart.ways, strict=True))

    def _symbol(self, node: Node, spot: Spot) -> Symbol:
        shape = self.frame.plan.shape(node)
        wide, high = self.frame.sizes.of(shape, node.kind)
        x, y = self.frame.columns.actors[spot.column].middle, self.tracks[spot.track].middle
        return Symbol(shape, Rect(x - wide / 2, y - high / 2, wide, high), node)

    def arrow(self, leap: Leap, lanes: tuple[Lane, ...]) -> Arrow:
        """Return the path of an arrow."""
        way = self.ways[leap]
        at = [self.x(lane) if lane.leg.vertical else self.y(lane) for lane in lanes]
        source, target = self.first[leap.source], self.first[leap.target]
        points = [self._port(source, way.leaves, at[0])]
        for number, lane in enumerate(lanes[1:]):
            one, two = at[number], at[number + 1]
            points.append(Point(two, one) if lane.leg.vertical else Point(one, two))
        points.append(self._port(target, way.enters, at[-1]))
        return Arrow(leap.flows, tuple(points), leap.source, leap.target)

    def exit(self, arrow: Arrow) -> Exit | None:
        """Return the arrow as an exit of a diamond, if it is one that carries a name."""
        name = (arrow.flows[0].outcome or "").strip()
        if not name or arrow.source.kind is not Kind.STEP:
            return None
        return Exit(name, arrow.points, self.first[arrow.source].box)

    def joint(self, lane: Lane) -> Line:
        """Return the line between two symbols of a joint step."""
        y = self.y(lane)
        track = lane.leg.at // ORDINALS
        ends = []
        for ordinal, side in ((lane.leg.start, Side.RIGHT), (lane.leg.end, Side.LEFT)):
            spot = Spot(ordinal // ORDINALS, track)
            symbol = next(found for (_, at), found in self.symbols.items() if at == spot)
            ends.append(self._port(symbol, side, y))
        return Line(*ends)

    def _port(self, symbol: Symbol, side: Side, at: float) -> Point:
        middle = symbol.box.centre
        base = middle.y if side in (Side.LEFT, Side.RIGHT) else middle.x
        return edge(symbol.shape, symbol.box, side, offset=at - base)

    def x(self, lane: Lane) -> float:
        """Return where an upright piece stands."""
        column, part = divmod(lane.leg.at, ORDINALS)
        span, sizes = self.frame.columns.actors[column], self.frame.sizes
        if part == CORE:
            return span.middle + lane.offset * _step(lane, _PORT, _port_limit(sizes))
        inner, outer = sizes.reach + _BESIDE_SYMBOL, span.width / 2 - _BESIDE_BORDER
        gaps = max(1, lane.count - 1)
        if lane.count > 1 and (outer - inner) / gaps < _DENSEST:
            inner = sizes.reach + _NEAREST
        centred = lane.number - (lane.count - 1) / 2
        step = min(_LANE, (outer - inner) / gaps)
        from_middle = (inner + outer) / 2 + (centred if part == AFTER else -centred) * step
        return span.middle + (from_middle if part == AFTER else -from_middle)

    def y(self, lane: Lane) -> float:
        """Return how high a level piece lies."""
        number, part = divmod(lane.leg.at, ORDINALS)
        track = self.tracks[number]
        if part == CORE:
            return track.middle + lane.offset * _step(lane, _PORT, 0.26 * track.tier.symbol)
        half = track.tier.symbol / 2
        if part == BEFORE:
            room = track.middle - half - track.tier.kept_above - _HEAD - track.top
            step = min(_LANE, (room - _FROM_BORDER) / max(1, lane.count - 1))
            return track.top + _FROM_BORDER + lane.number * step
        room = track.bottom - track.middle - half - track.tier.kept_below - 4.0
        step = min(_LANE, (room - _FROM_BORDER) / max(1, lane.count - 1))
        return track.bottom - _FROM_BORDER - (lane.count - 1 - lane.number) * step


def _step(lane: Lane, usual: float, limit: float) -> float:
    """Return how far apart the lanes of a bundle at a symbol are."""
    furthest = max(lane.anchor, lane.count - 1 - lane.anchor)
    return min(usual, limit / furthest) if furthest else 0.0


def _labels(
    drawing: _Drawing,
    arrows: Sequence[Arrow],
    joints: Sequence[Line],
    sections: Sequence[Span],
    fixed: frozenset[Node],
) -> tuple[tuple[Text, ...], frozenset[Node]]:
    """Return the labels, and the diamonds beside which some found no place.

    fixed: diamonds whose labels stand in the strips kept for them, because nothing else helped.
    """
    obstacles = _obstacles(drawing, arrows, joints, sections)
    slots = _slots(drawing, arrows, fixed)
    solid = [*obstacles.solid, *(text.box for text in slots.values())]
    found: list[Text] = []
    crowded: set[Node] = set()
    for arrow in arrows:
        exit_ = drawing.exit(arrow)
        if exit_ is None:
            continue
        text = label(exit_, obstacles._replace(solid=tuple(solid))) or slots.get(arrow)
        if text is None:
            crowded.add(arrow.source)
            continue
        found.append(text)
        solid.append(text.box)
    return tuple(found), frozenset(crowded)


def _slots(drawing: _Drawing, arrows: Sequence[Arrow], fixed: frozenset[Node]) -> dict[Arrow, Text]:
    """Return the labels as they stand in the strips that are kept over and under diamonds."""
    used: dict[tuple[Node, bool, bool], float] = {}
    found: dict[Arrow, Text] = {}
    for arrow in arrows:
        exit_ = drawing.exit(arrow) if arrow.source in fixed else None
        if exit_ is not None:
            found[arrow] = _kept_label(drawing, arrow, exit_, used)
    return found


def _kept_label(
    drawing: _Drawing, arrow: Arrow, exit_: Exit, used: dict[tuple[Node, bool, bool], float]
) -> Text:
    """Return the label in the strip that is kept for it over or under its diamond."""
    way, box = drawing.ways[Leap(arrow.flows, arrow.source, arrow.target)], exit_.diamond
    below, right = _quarter(way.leaves, arrow.points[0].x - box.centre.x)
    stem = _stem(drawing.frame, drawing.chart, arrow.source, (below, right))
    room = _kept_room(drawing.frame, stem)
    at = used.get((arrow.source, below, right), 1.0)
    corner = Point(
        box.centre.x + (stem if right else -stem), box.bottom + at if below else box.y - at
    )
    text = reserved(exit_.name, corner, room, below=below, right=right)
    used[arrow.source, below, right] = at + text.box.height
    return text


def _obstacles(
    drawing: _Drawing, arrows: Sequence[Arrow], joints: Sequence[Line], sections: Sequence[Span]
) -> Obstacles:
    actors = drawing.frame.columns.actors
    top, bottom = sections[0].x, sections[-1].right
    left, right = actors[0].x, actors[-1].right
    strokes = [stroke(one, two) for arrow in arrows for one, two in pairwise(arrow.points)]
    strokes += [stroke(joint.start, joint.end) for joint in joints]
    strokes += [stroke(arrow.points[-1], arrow.points[-1], 6.0) for arrow in arrows]
    boxes = [symbol for symbol in drawing.symbols.values() if symbol.shape is not Shape.DIAMOND]
    upright = (stroke(Point(a.right, top), Point(a.right, bottom), 0.4) for a in actors)
    level = (stroke(Point(left, s.right), Point(right, s.right), 0.4) for s in sections)
    return Obstacles(
        (*strokes, *(symbol.box.inset(-1.0, -1.0) for symbol in boxes)),
        tuple(s.box for s in drawing.symbols.values() if s.shape is Shape.DIAMOND),
        (*upright, *level),
        Rect(left, top, right - left, bottom - top).inset(1.0, 1.0),
    )
