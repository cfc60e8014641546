"""How the flows of a BPMN diagram run between their nodes, in grid units.

Each node has a cell of its own: its row is its lane, its column its turn. Flows run at right
angles: on the middle lines, on tracks above and below the nodes, and in channels between the
columns. A grid unit has no size; it says only what lies left of, or above, what.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

CELL = 10_000
LOW, MIDDLE, HIGH = 4_000, 5_000, 6_000  # the edges of the node in its cell, and its middle
BEFORE, AFTER = 3_000, 7_000  # the first channel or track on either side of the node
PASS = 8_000  # the first channel for flows that change their row between two columns
# the lines of each kind in a cell, from the nearest to the node
ZONES = range(BEFORE, -1, -1), range(AFTER, PASS), range(PASS, CELL)

Spot = tuple[int, int]
Path = tuple[Spot, ...]


class Way(NamedTuple):
    """A flow to be routed, and which of its nodes are gateways.

    A gateway is left and entered at any corner, other nodes by preference from left to right.
    """

    id: str
    source: str
    target: str
    from_gateway: bool = False
    to_gateway: bool = False


class _Piece(NamedTuple):
    """A straight piece of a path. at: the x of an upright one, else the y; low to high along it."""

    upright: bool
    at: int
    low: int
    high: int
    way: Way
    first: bool
    last: bool


def route(ways: Sequence[Way], cells: Mapping[str, Spot]) -> dict[str, Path]:
    """Return the path of each way by its id: short ones first, each with the least cost.

    cells: node -> (column, row). Paths run through no node, and share a line only where they leave
    the same source or enter the same target.
    """
    laid: dict[tuple[bool, int], list[_Piece]] = {}
    paths = {}
    lines = _lines(cells.values())
    for way in sorted(ways, key=lambda way: _reach(way, cells)):
        path = _best(way, cells, laid, lines=lines)
        for piece in _pieces(way, path):
            laid.setdefault((piece.upright, piece.at), []).append(piece)
        paths[way.id] = path
    return paths


def _reach(way: Way, cells: Mapping[str, Spot]) -> tuple[int, bool]:
    distance = cells[way.target][0] - cells[way.source][0]
    return abs(distance), distance < 0


def _lines(cells: Iterable[Spot]) -> Mapping[tuple[bool, int], list[int]]:
    """Return the rows of the nodes in each column (True), their columns in each row; in order."""
    lines: dict[tuple[bool, int], list[int]] = {}
    for column, row in sorted(cells):
        lines.setdefault((True, column), []).append(row)
        lines.setdefault((False, row), []).append(column)
    return lines


def _best(
    way: Way,
    cells: Mapping[str, Spot],
    laid: Mapping[tuple[bool, int], list[_Piece]],
    *,
    lines: Mapping[tuple[bool, int], list[int]],
) -> Path:
    choices = []
    for shape, nearest in enumerate(_shapes(cells[way.source], cells[way.target], 0)):
        # Channels and tracks are free of nodes: a shape is clear on all of its lines, or on none.
        if _is_clear(_pieces(way, nearest), lines):
            for path in _free(way, shape, cells, laid):
                choices.append((_cost(way, path, _pieces(way, path), laid), shape, path))
    return min(choices)[-1]


def _free(
    way: Way, shape: int, cells: Mapping[str, Spot], laid: Mapping[tuple[bool, int], list[_Piece]]
) -> Iterator[Path]:
    """Give the shape on the nearest line that is free, if any is."""
    line = 0
    while True:
        path = _shapes(cells[way.source], cells[way.target], line)[shape]
        taken = [
            piece
            for piece, other in _shared(_pieces(way, path), laid)
            if not _fellows(piece, other)
        ]
        if not taken:
            yield path
        if not taken or any(piece.at % CELL == MIDDLE for piece in taken):
            return  # further out it would still run upon another on a middle line
        line += 1


@lru_cache(maxsize=256)
def _shapes(source: Spot, target: Spot, line: int) -> list[Path]:
    """Return every shape that a path may have; line: how far out its channels and tracks are."""
    (sx, sy), (tx, ty) = ((column * CELL, row * CELL) for column, row in (source, target))
    right, left = (sx + HIGH, sy + MIDDLE), (tx + LOW, ty + MIDDLE)
    out, into = sx + AFTER + line, tx + BEFORE - line
    soon, late = sx + PASS + line, tx - CELL + PASS + line
    shapes: list[Path] = []
    if sx < tx and sy == ty:
        shapes.append((right, left))
    elif sx < tx:
        near, far = (HIGH, LOW) if sy < ty else (LOW, HIGH)
        shapes += (
            (right, (late, sy + MIDDLE), (late, ty + MIDDLE), left),
            (right, (soon, sy + MIDDLE), (soon, ty + MIDDLE), left),
            ((sx + MIDDLE, sy + near), (sx + MIDDLE, ty + MIDDLE), left),
            (right, (tx + MIDDLE, sy + MIDDLE), (tx + MIDDLE, ty + far)),
        )
    for row in (sy, ty):
        for track in (row + AFTER + line, row + BEFORE - line):
            corner_out = (sx + MIDDLE, sy + (HIGH if track > sy + MIDDLE else LOW))
            corner_in = (tx + MIDDLE, ty + (HIGH if track > ty + MIDDLE else LOW))
            heads = (corner_out, (sx + MIDDLE, track)), (right, (out, sy + MIDDLE), (out, track))
            tails = ((tx + MIDDLE, track), corner_in), ((into, track), (into, ty + MIDDLE), left)
            shapes += (head + tail for head in heads for tail in tails)
    return shapes


def _pieces(way: Way, path: Path) -> list[_Piece]:
    last = len(path) - 2
    pieces = []
    for place, ((ax, ay), (bx, by)) in enumerate(pairwise(path)):
        upright = ax == bx
        low, high = sorted((ay, by) if upright else (ax, bx))
        at = ax if upright else ay
        pieces.append(_Piece(upright, at, low, high, way, place == 0, place == last))
    return pieces


def _is_clear(pieces: list[_Piece], lines: Mapping[tuple[bool, int], list[int]]) -> bool:
    """Return whether no piece runs through a node."""
    for piece in pieces:
        if LOW < piece.at % CELL < HIGH:
            nodes = lines.get((piece.upright, piece.at // CELL), [])
            nearest = bisect_right(nodes, piece.low - HIGH, key=lambda along: along * CELL)
            if nearest < len(nodes) and nodes[nearest] * CELL + LOW < piece.high:
                return False
    return True


def _shared(
    pieces: list[_Piece], laid: Mapping[tuple[bool, int], list[_Piece]]
) -> Iterator[tuple[_Piece, _Piece]]:
    """Give each piece with each laid one that it runs upon."""
    for piece in pieces:
        for other in laid.get((piece.upright, piece.at), ()):
            if piece.low < other.high and other.low < piece.high:
                yield piece, other


def _fellows(one: _Piece, other: _Piece) -> bool:
    """Return whether both leave the same source, or both enter the same target, but not both."""
    leave = one.first and other.first and one.way.source == other.way.source
    enter = one.last and other.last and one.way.target == other.way.target
    return leave != enter


def _cost(
    way: Way,
    path: Path,
    pieces: list[_Piece],
    laid: Mapping[tuple[bool, int], list[_Piece]],
) -> float:
    length = sum(piece.high - piece.low for piece in pieces)
    crossings = sum(
        other.low <= piece.at <= other.high
        for piece in pieces
        for (upright, at), others in laid.items()
        if upright != piece.upright and piece.low <= at <= piece.high
        for other in others
    )
    shared = sum(1 for _ in _shared(pieces, laid))
    return 4 * crossings + 2 * len(path) + _detour(way, pieces) + 5 * shared + length / CELL


def _detour(way: Way, pieces: list[_Piece]) -> int:
    """Return the price of a corner other than the usual: out to the right, in from the left."""
    leaves, enters = (5, 3)[way.from_gateway], (5, 0)[way.to_gateway]
    return leaves * pieces[0].upright + enters * pieces[-1].upright
