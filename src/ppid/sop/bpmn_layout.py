"""Where the nodes, lanes, flows and labels of a BPMN diagram stand, in pixels.

Nodes stand on the middle line of their lane in the order of the steps, each in a column behind
those that lead to it; `bpmn_routes` lays the flows in between. Sizes follow from the texts, by the
metrics of the common BPMN tools (Arial, 12 px); the grid is then stretched to the sizes.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from textwrap import wrap
from typing import NamedTuple

from ppid.sop.bpmn_flow import Graph, Kind, Node
from ppid.sop.bpmn_routes import CELL, HIGH, LOW, MIDDLE, ZONES, Path, Spot, Way, route

EVENT, GATEWAY, ICON, EMPTY = 36.0, 50.0, 29.0, 30.0
TASKS = ((50, 130.0), (130, 170.0), (10**9, 220.0))  # the longest name, the width for it
LETTER, LINE, LABEL = 6.2, 15.0, 90.0  # the mean width of a letter, a line of text, a label's width
GAP, FIRST, NEXT, MARGIN = 50.0, 22.0, 14.0, 20.0
LONGEST = 240.0  # a lane is not stretched further for its heading
TITLE = 30.0  # above and below what stands in a subprocess: its name, and its marker

Point = tuple[float, float]


class Box(NamedTuple):
    """A rectangle: its upper left corner and its size."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Return the x of its right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Return the y of its lower edge."""
        return self.y + self.height

    @property
    def middle(self) -> Point:
        """Return its middle."""
        return self.x + self.width / 2, self.y + self.height / 2


@dataclass(frozen=True, slots=True)
class Layout:
    """Boxes of nodes, lanes and labels, and the bends of each flow, by id; lanes by performer.

    What stands in a subprocess is among the others, in the same coordinates.
    """

    size: Point
    lanes: dict[str, Box]
    nodes: dict[str, Box]
    labels: dict[str, Box]
    flows: dict[str, tuple[Point, ...]]

    def moved(self, across: float, down: float) -> "Layout":
        """Return the same layout elsewhere."""

        def boxes(at: Mapping[str, Box]) -> dict[str, Box]:
            return {key: box._replace(x=box.x + across, y=box.y + down) for key, box in at.items()}

        flows = {
            name: tuple((x + across, y + down) for x, y in points)
            for name, points in self.flows.items()
        }
        return Layout(self.size, boxes(self.lanes), boxes(self.nodes), boxes(self.labels), flows)


class _Column(NamedTuple):
    """What nodes take in width. behind, passing: where the first channels behind them are."""

    left: float
    right: float
    behind: float
    passing: float

    @property
    def middle(self) -> float:
        """Return the x of its middle."""
        return (self.left + self.right) / 2


class _Band(NamedTuple):
    """What one lane takes in height. up, down: what its nodes take from its middle line."""

    top: float
    bottom: float
    middle: float
    up: float
    down: float


@dataclass(frozen=True, slots=True)
class _Draft:
    """A graph on its grid, before the grid is stretched. above: nodes with their label above."""

    graph: Graph
    cells: dict[str, Spot]
    sizes: dict[str, Point]
    paths: dict[str, Path]
    above: set[str]


def lay_out(graph: Graph, lanes: Mapping[str, str]) -> Layout:
    """Return the layout, its upper left corner at 0, 0. lanes: performer -> heading, downwards."""
    runs = {node.id: lay_out(node.inner, {node.lane: ""}) for node in graph.nodes if node.inner}
    sizes = {node.id: _size(node, runs) for node in graph.nodes}
    cells = _cells(graph, tuple(lanes))
    paths = _paths(graph, cells)
    draft = _Draft(graph, cells, sizes, paths, _labelled_above(graph, paths))
    columns, width = _columns(draft)
    bands = _bands(draft, lanes)
    layout = _placed(draft, columns, bands)
    for lane, band in zip(lanes, bands, strict=True):
        layout.lanes[lane] = Box(0, band.top, width, band.bottom - band.top)
    for name, run in runs.items():
        inner = run.moved(layout.nodes[name].x, layout.nodes[name].y + TITLE)
        layout.nodes.update(inner.nodes)
        layout.labels.update(inner.labels)
        layout.flows.update(inner.flows)
    return replace(layout, size=(width, bands[-1].bottom))


def _placed(draft: _Draft, columns: list[_Column], bands: list[_Band]) -> Layout:
    nodes = {}
    for name, (width, height) in draft.sizes.items():
        column, row = draft.cells[name]
        x, y = columns[column].middle, bands[row].middle
        nodes[name] = Box(x - width / 2, y - height / 2, width, height)
    flows = {
        flow.id: _stretched(
            draft.paths[flow.id], nodes[flow.source], nodes[flow.target], columns, bands
        )
        for flow in draft.graph.flows
    }
    labels = _flow_labels(draft.graph, flows)
    for node in draft.graph.nodes:
        if _label(node):
            labels[node.id] = _beside(nodes[node.id], node.name, above=node.id in draft.above)
    return Layout((0, 0), {}, nodes, labels, flows)


def _cells(graph: Graph, lanes: tuple[str, ...]) -> dict[str, Spot]:
    """Return (column, row) of each node: behind what leads to it, and what stands in its lane."""
    columns: dict[str, int] = {}
    filled = dict.fromkeys(lanes, -1)
    starts = {node.id for node in graph.nodes if node.kind is Kind.START}
    for node in graph.nodes:
        leading = [flow.source for flow in graph.flows if flow.target == node.id]
        behind = [columns[source] for source in leading if source in columns]
        columns[node.id] = filled[node.lane] = max([filled[node.lane], *behind]) + 1
        before = [source for source in leading if source in starts]
        for distance, start in enumerate(reversed(before), start=1):
            columns[start] = columns[node.id] - distance
    return {node.id: (columns[node.id], lanes.index(node.lane)) for node in graph.nodes}


def _paths(graph: Graph, cells: Mapping[str, Spot]) -> dict[str, Path]:
    gateways = {node.id for node in graph.nodes if node.kind in (Kind.CHOICE, Kind.PARALLEL)}
    ways = [
        Way(flow.id, flow.source, flow.target, flow.source in gateways, flow.target in gateways)
        for flow in graph.flows
    ]
    return route(ways, cells)


def _labelled_above(graph: Graph, paths: Mapping[str, Path]) -> set[str]:
    """Return the nodes whose label stands above: gateways, and where the lower corner is taken."""
    ends = [
        end
        for flow in graph.flows
        for end in ((flow.source, paths[flow.id][0]), (flow.target, paths[flow.id][-1]))
    ]
    gateways = {node.id for node in graph.nodes if node.kind is Kind.CHOICE}
    return gateways | {node for node, (_, y) in ends if y % CELL == HIGH}


# Sizes


def _lines(text: str, width: float) -> int:
    return len(wrap(text, int(width / LETTER)))


def _label(node: Node) -> str:
    """Return the name where it stands beside the node; in a task or a run it stands inside."""
    return "" if node.kind in (Kind.TASK, Kind.RUN) else node.name


def _label_size(text: str) -> Point:
    return min(LABEL, len(text) * LETTER + 4), _lines(text, LABEL) * LINE


def _size(node: Node, runs: Mapping[str, Layout]) -> Point:
    if node.id in runs:
        width, height = runs[node.id].size
        return width, height + 2 * TITLE
    if node.kind is Kind.TASK:
        width = next(width for most, width in TASKS if len(node.name) <= most)
        marker = LINE if node.repeated else 0
        return width, _lines(node.name, width - 20) * LINE + 2 * ICON + marker
    return (EVENT, EVENT) if node.kind in (Kind.START, Kind.END) else (GATEWAY, GATEWAY)


def _columns(draft: _Draft) -> tuple[list[_Column], float]:
    """Return the columns, and where the last channel behind them ends."""
    before, behind, passing = (_used(draft.paths, 0, zone) for zone in ZONES)
    columns: list[_Column] = []
    edge = MARGIN - GAP + FIRST
    for place in range(1 + max(column for column, _ in draft.cells.values())):
        nodes = [node for node in draft.graph.nodes if draft.cells[node.id][0] == place]
        left = edge + max(GAP, NEXT * (before[place] - 1) + 2 * FIRST)
        right = left + max(_width(node, draft) for node in nodes)
        lead = right + max([FIRST, *(_lead(node, draft.graph) for node in nodes)])
        columns.append(_Column(left, right, lead, lead + NEXT * behind[place]))
        edge = lead + NEXT * (behind[place] + passing[place]) - FIRST
    return columns, edge + FIRST + MARGIN


def _width(node: Node, draft: _Draft) -> float:
    return max(draft.sizes[node.id][0], _label_size(node.name)[0] if _label(node) else 0)


def _lead(node: Node, graph: Graph) -> float:
    """Return the room that the names on the flows out of the node take."""
    names = [flow.name for flow in graph.flows if flow.source == node.id and flow.name]
    return max((_label_size(name)[0] + 12 for name in names), default=0)


def _used(paths: Mapping[str, Path], axis: int, zone: range) -> Counter[int]:
    """Return how many lines of a zone are in use in each cell; axis: 0 across, 1 down."""
    used: Counter[int] = Counter()
    for path in paths.values():
        for spot in path:
            cell, place = divmod(spot[axis], CELL)
            if place in zone:
                used[cell] = max(used[cell], zone.index(place) + 1)
    return used


def _bands(draft: _Draft, headings: Mapping[str, str]) -> list[_Band]:
    above, below = (_used(draft.paths, 1, zone) for zone in ZONES[:2])
    bands = []
    top = 0.0
    for row, (lane, heading) in enumerate(headings.items()):
        nodes = [node for node in draft.graph.nodes if node.lane == lane]
        up = max([EMPTY, *(_reach(node, draft, up=True) for node in nodes)])
        down = max([EMPTY, *(_reach(node, draft, up=False) for node in nodes)])
        high = up + MARGIN + NEXT * above[row]
        low = down + MARGIN + NEXT * below[row]
        short = max(0.0, min(LONGEST, len(heading) * LETTER + MARGIN) - high - low)
        middle = top + high + short / 2
        bands.append(_Band(top, middle + low + short / 2, middle, up, down))
        top = bands[-1].bottom
    return bands


def _reach(node: Node, draft: _Draft, *, up: bool) -> float:
    """Return how far the node and its label reach from the middle line, up or down."""
    labelled = _label(node) and (node.id in draft.above) == up
    return draft.sizes[node.id][1] / 2 + (_label_size(node.name)[1] if labelled else 0)


# Places


def _beside(box: Box, name: str, *, above: bool) -> Box:
    """Return where the name stands: below in the middle, or to the upper left."""
    width, height = _label_size(name)
    if above:
        return Box(box.middle[0] - width - 8, box.y - height + 4, width, height)
    return Box(box.middle[0] - width / 2, box.bottom + 2, width, height)


def _flow_labels(graph: Graph, flows: Mapping[str, tuple[Point, ...]]) -> dict[str, Box]:
    """Return where names of flows stand: where they begin, or part from others at that corner."""
    labels: dict[str, Box] = {}
    taken: set[Point] = set()
    named = [flow for flow in graph.flows if flow.name]
    for flow in sorted(named, key=lambda flow: len(flows[flow.id])):
        points = flows[flow.id]
        labels[flow.id] = _along(points[1:] if points[0] in taken else points, flow.name)
        taken.add(points[0])
    return labels


def _along(points: tuple[Point, ...], name: str) -> Box:
    """Return the box of a name on the first piece: over a level one, to the right of an upright."""
    (x, y), (next_x, next_y) = points[:2]
    width, height = _label_size(name)
    if x != next_x:
        return Box(x + 4 if next_x > x else x - width - 4, y - height - 1, width, height)
    return Box(x + 4, y + 3 if next_y > y else y - height - 3, width, height)


def _stretched(
    path: Path, source: Box, target: Box, columns: list[_Column], bands: list[_Band]
) -> tuple[Point, ...]:
    bends = [(_across(x, columns), _down(y, bands)) for x, y in path]
    return (_port(source, path[0]), *bends[1:-1], _port(target, path[-1]))


def _port(box: Box, spot: Spot) -> Point:
    x, y = spot[0] % CELL, spot[1] % CELL
    across = {LOW: box.x, MIDDLE: box.middle[0], HIGH: box.right}
    down = {LOW: box.y, MIDDLE: box.middle[1], HIGH: box.bottom}
    return across[x], down[y]


def _across(x: int, columns: list[_Column]) -> float:
    number, place = divmod(x, CELL)
    column = columns[number]
    before, behind, passing = ZONES
    if place in passing:
        return column.passing + NEXT * passing.index(place)
    if place in behind:
        return column.behind + NEXT * behind.index(place)
    if place in before:
        return column.left - FIRST - NEXT * before.index(place)
    return column.middle


def _down(y: int, bands: list[_Band]) -> float:
    number, place = divmod(y, CELL)
    band = bands[number]
    above, below, _ = ZONES
    if place in below:
        return band.middle + band.down + NEXT * (below.index(place) + 1)
    if place in above:
        return band.middle - band.up - NEXT * (above.index(place) + 1)
    return band.middle
