"""The outlines of the symbols: how large they are, and where on them an arrow begins or ends."""

from math import sqrt
from typing import NamedTuple

from ppid.sop.routing import Side
from ppid.sop.sheet import Kind, Point, Rect, Shape

POINT_OF_PENTAGON = 0.36


class Sizes(NamedTuple):
    """The size of a box on a sheet; those of the other symbols follow from it."""

    width: float
    height: float

    def of(self, shape: Shape, kind: Kind) -> tuple[float, float]:
        """Return width and height of a symbol."""
        if shape is Shape.PENTAGON:
            return min(self.width, 19.0), 16.0
        if shape is Shape.DIAMOND:
            return self.width + 2.0, self.height + 5.0
        if kind is not Kind.STEP:
            return self.width, min(self.height, 13.0)
        return self.width, self.height

    @property
    def reach(self) -> float:
        """Return how far the widest symbol reaches from the middle of its column."""
        return self.width / 2 + 1.0


def sizes(column_width: float) -> Sizes:
    """Return the sizes that suit a performer's column."""
    wide = min(38.0, 0.45 * column_width)
    return Sizes(wide, min(20.0, max(10.0, 0.56 * wide)))


def edge(shape: Shape, box: Rect, side: Side, *, offset: float) -> Point:
    """Return the point of the outline on this side.

    offset: how many points it lies right of the middle, or below it.
    """
    middle = box.centre
    if side in (Side.LEFT, Side.RIGHT):
        reach = box.width / 2 - _hollow_beside(shape, box, offset)
        return Point(middle.x + (reach if side is Side.RIGHT else -reach), middle.y + offset)
    reach = box.height / 2 - _hollow_over(shape, box, side, offset)
    return Point(middle.x + offset, middle.y + (reach if side is Side.BOTTOM else -reach))


def _hollow_beside(shape: Shape, box: Rect, offset: float) -> float:
    """Return how far the outline lies inside the right or left edge of its box."""
    if shape is Shape.DIAMOND:
        return box.width / 2 * abs(offset) / (box.height / 2)
    if shape is Shape.CAPSULE:
        radius = box.height / 2
        return radius - sqrt(max(0.0, radius**2 - offset**2))
    return 0.0


def _hollow_over(shape: Shape, box: Rect, side: Side, offset: float) -> float:
    """Return how far the outline lies inside the upper or lower edge of its box."""
    part = abs(offset) / (box.width / 2)
    if shape is Shape.DIAMOND:
        return box.height / 2 * part
    if shape is Shape.PENTAGON and side is Side.BOTTOM:
        return box.height * POINT_OF_PENTAGON * part
    if shape is Shape.CAPSULE:
        radius = box.height / 2
        beyond = max(0.0, abs(offset) - (box.width / 2 - radius))
        return radius - sqrt(max(0.0, radius**2 - beyond**2))
    return 0.0
