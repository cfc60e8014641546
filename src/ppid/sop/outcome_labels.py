"""Where the name of an outcome (Ya, Tidak) stands: beside its arrow, near the diamond, on nothing.

It tries the places a draughtsman would, the best first. Where a crowded page leaves none of them
free, the chart keeps a strip above and below the diamond for it (`reserve`).
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import inf
from typing import NamedTuple

from ppid.sop.lettering import LEADING, Run, longest_part, width, wrap
from ppid.sop.sheet import Align, Point, Rect, Text

TRIALS = (
    (8.0, True, True),
    (7.5, True, True),
    (7.5, False, True),
    (7.5, True, False),
    (7.5, False, False),
    (6.5, True, False),
    (6.5, False, False),
)
_KEPT = 7.0
_GAP = 1.6
_ROOMS = (1000.0, 60.0, 42.0)
_CLOSE = 12.0
_ONWARD = (3.0, 6.0, 10.0, 15.0, 22.0, 32.0, 46.0)


class Exit(NamedTuple):
    """An arrow that leaves a diamond and carries the name of an outcome."""

    name: str
    points: tuple[Point, ...]
    diamond: Rect


class Obstacles(NamedTuple):
    """What a label may not touch. grid: what it should not touch. frame: what it stays in."""

    solid: tuple[Rect, ...]
    diamonds: tuple[Rect, ...]
    grid: tuple[Rect, ...]
    frame: Rect


def stroke(start: Point, end: Point, clearance: float = 0.9) -> Rect:
    """Return the strip that a straight line covers."""
    left, top = min(start.x, end.x), min(start.y, end.y)
    across, down = abs(end.x - start.x), abs(end.y - start.y)
    return Rect(left, top, across, down).inset(-clearance, -clearance)


def label(found: Exit, obstacles: Obstacles) -> Text | None:
    """Return the label at the best clear place; None where a strip must be kept for it.

    A trial is a size, whether grid lines are shunned, and whether it stays close to the diamond.
    """
    near = _nearby(obstacles, found)
    for size, tidy, close in TRIALS:
        for room in _ROOMS:
            lines = wrap(found.name, room, size)
            for box in _places(found, *_extent(lines, size), close):
                if _is_clear(box, near, tidy):
                    return _text(lines, box, size)
    return None


class Kept(NamedTuple):
    """A label for a kept strip: upright where its words fit the strip, else turned."""

    lines: tuple[str, ...]
    size: float
    width: float
    height: float
    turned: bool


def reserve(name: str, room: float) -> Kept:
    """Return how a label stands in a kept strip of this width."""
    if longest_part(name, _KEPT) <= room:
        lines = wrap(name, room, _KEPT)
        return Kept(lines, _KEPT, room, len(lines) * _KEPT * LEADING, turned=False)
    size = min(_KEPT, room / LEADING)
    return Kept((name,), size, size * LEADING, width(name, size) + 1.0, turned=True)


def reserved(name: str, corner: Point, room: float, *, below: bool, right: bool) -> Text:
    """Return the label in the strip kept for it, which begins at `corner` beside the stem."""
    kept = reserve(name, room)
    x = corner.x if right else corner.x - kept.width
    box = Rect(x, corner.y if below else corner.y - kept.height, kept.width, kept.height)
    align = Align.LEFT if right else Align.RIGHT
    if kept.turned:
        align = Align.RIGHT if below else Align.LEFT
    return _text(kept.lines, box, kept.size, align, turned=kept.turned)


def _text(
    lines: tuple[str, ...],
    box: Rect,
    size: float,
    align: Align = Align.CENTRE,
    *,
    turned: bool = False,
) -> Text:
    runs = tuple(Run(line, number) for number, line in enumerate(lines))
    return Text(runs, box, size, align=align, turned=turned)


def _extent(lines: Sequence[str], size: float) -> tuple[float, float]:
    across = max((width(line, size) for line in lines), default=0.0)
    return across, len(lines) * size * LEADING - size * (LEADING - 1.0)


def _nearby(obstacles: Obstacles, found: Exit) -> Obstacles:
    reach = stroke(found.points[0], found.points[min(2, len(found.points) - 1)], 110.0)

    def near(boxes: tuple[Rect, ...]) -> tuple[Rect, ...]:
        return tuple(box for box in boxes if _meets(box, (reach,)))

    return Obstacles(
        solid=near(obstacles.solid),
        diamonds=near(obstacles.diamonds),
        grid=near(obstacles.grid),
        frame=obstacles.frame,
    )


def _is_clear(box: Rect, obstacles: Obstacles, tidy: bool) -> bool:
    frame = obstacles.frame
    if box.x < frame.x or box.right > frame.right or box.y < frame.y or box.bottom > frame.bottom:
        return False
    if _meets(box, obstacles.solid) or (tidy and _meets(box, obstacles.grid)):
        return False
    return not any(_touches_diamond(box, diamond) for diamond in obstacles.diamonds)


def _meets(box: Rect, others: Iterable[Rect]) -> bool:
    """Return whether a box overlaps any of the others; unpacked, because it is asked so often."""
    left, top, right, bottom = box.x, box.y, box.right, box.bottom
    for x, y, wide, high in others:
        if left < x + wide and x < right and top < y + high and y < bottom:
            return True
    return False


def _touches_diamond(box: Rect, diamond: Rect) -> bool:
    middle = diamond.centre
    across = max(box.x - middle.x, middle.x - box.right, 0.0)
    down = max(box.y - middle.y, middle.y - box.bottom, 0.0)
    return across / (diamond.width / 2 + 1.0) + down / (diamond.height / 2 + 1.0) < 1.0


def _places(found: Exit, across: float, down: float, close: bool) -> Iterator[Rect]:
    """Yield places from the mouth of the exit outwards: beside the first piece, then the next."""
    first, second, *rest = found.points
    yield from _beside(first, second, across, down, _first_shifts(found, first, second))
    for one, two in pairwise((second, *rest[: 1 if close else 2])):
        length = min(abs(two.x - one.x) + abs(two.y - one.y), _CLOSE if close else inf)
        yield from _beside(one, two, across, down, [(s, 0.0) for s in _ONWARD if s < length])


def _first_shifts(found: Exit, first: Point, second: Point) -> Iterable[tuple[float, float]]:
    """Return how far along the arrow, and away from it: tucked in at the diamond's slope or on."""
    level = abs(first.y - second.y) < abs(first.x - second.x)
    half = (found.diamond.width / 2, found.diamond.height / 2)
    along, away = half if level else half[::-1]
    tucked = [(-along * part, away * part) for part in (0.3, 0.55, 0.8, 1.0)]
    length = abs(second.x - first.x) + abs(second.y - first.y)
    onward = [(step, 0.0) for step in _ONWARD if step < length]
    return ((0.0, 0.0), *tucked[:2], *onward, *tucked[2:])


def _beside(
    start: Point, end: Point, across: float, down: float, shifts: Iterable[tuple[float, float]]
) -> Iterator[Rect]:
    if abs(start.y - end.y) < abs(start.x - end.x):
        forward = end.x > start.x
        for along, away in shifts:
            x = start.x + _GAP + along if forward else start.x - _GAP - along - across
            yield Rect(x, start.y - _GAP - away - down, across, down)
            yield Rect(x, start.y + _GAP + away, across, down)
        return
    forward = end.y > start.y
    for along, away in shifts:
        y = start.y + _GAP + along if forward else start.y - _GAP - along - down
        yield Rect(start.x + _GAP + away, y, across, down)
        yield Rect(start.x - _GAP - away - across, y, across, down)
