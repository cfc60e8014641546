"""The official sheet as pure data: each figure of each page with its place, in points.

It decides what a sheet consists of; where things go is decided by `drafting`, how they look by
`svg`. The symbols are the five of Permen PAN-RB 35/2012 and no others.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from ppid.sop.lettering import ASCENT, DESCENT, LEADING, Run, width

POINTS_PER_MM = 72 / 25.4


class Paper(StrEnum):
    """The paper of a sheet, always landscape."""

    A4 = "a4"
    F4 = "f4"

    @property
    def millimetres(self) -> tuple[int, int]:
        """Return width and height."""
        return (297, 210) if self is Paper.A4 else (330, 215)

    @property
    def points(self) -> tuple[float, float]:
        """Return width and height."""
        wide, high = self.millimetres
        return wide * POINTS_PER_MM, high * POINTS_PER_MM


class Mark(StrEnum):
    """Where a running case stands: a step that is done, or the one that waits now."""

    DONE = "done"
    CURRENT = "current"


class Shape(StrEnum):
    """The symbols. Source: Permen PAN-RB 35/2012 lampiran."""

    CAPSULE = "capsule"
    BOX = "box"
    DIAMOND = "diamond"
    PENTAGON = "pentagon"


class Align(StrEnum):
    """How the lines of a text stand in its box."""

    LEFT = "start"
    CENTRE = "middle"
    RIGHT = "end"


class Fill(StrEnum):
    """What a tinted field is."""

    HEADING = "heading"
    CURRENT = "current"


class Point(NamedTuple):
    """A place on a page, from its upper left corner."""

    x: float
    y: float


class Rect(NamedTuple):
    """An upright rectangle."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Return the right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Return the lower edge."""
        return self.y + self.height

    @property
    def centre(self) -> Point:
        """Return the middle."""
        return Point(self.x + self.width / 2, self.y + self.height / 2)

    def inset(self, across: float, down: float) -> "Rect":
        """Return the rectangle without a border of this width."""
        return Rect(self.x + across, self.y + down, self.width - 2 * across, self.height - 2 * down)


class Line(NamedTuple):
    """A straight line: of the grid, or between the symbols of a joint step."""

    start: Point
    end: Point


@dataclass(frozen=True, slots=True)
class Text:
    """Lines of text in the middle of a box, or at its top. turned: it reads from below upwards."""

    runs: tuple[Run, ...]
    box: Rect
    size: float
    bold: bool = False
    align: Align = Align.LEFT
    turned: bool = False
    at_top: bool = False
    quiet: bool = False

    @property
    def lines(self) -> int:
        """Return how many lines it has."""
        return max(run.line for run in self.runs) + 1

    @property
    def frame(self) -> Rect:
        """Return the box as the reader of the lines sees it: turned text has its sides swapped."""
        if not self.turned:
            return self.box
        middle, box = self.box.centre, self.box
        return Rect(middle.x - box.height / 2, middle.y - box.width / 2, box.height, box.width)

    def baseline(self, run: Run) -> float:
        """Return the height on which the run stands, within the frame."""
        high = self.lines * self.size * LEADING
        top = self.frame.y + (0.0 if self.at_top else (self.frame.height - high) / 2)
        return top + (run.line + 0.5) * self.size * LEADING + self.size * (ASCENT - DESCENT) / 2

    def left(self, run: Run) -> float:
        """Return where the run begins."""
        slack = self.frame.width - width(run.text, self.size, bold=self.bold)
        part = {Align.LEFT: 0.0, Align.CENTRE: 0.5, Align.RIGHT: 1.0}[self.align]
        return self.frame.x + run.indent + slack * part


class Kind(StrEnum):
    """What a symbol stands for."""

    START = "start"
    STEP = "step"
    FINISH = "finish"
    ARRIVAL = "arrival"
    DEPARTURE = "departure"


class Node(NamedTuple):
    """One end of a flow: a step, the start before it or the finish behind it.

    On a page also the pentagon through which what leads to `step` leaves or arrives; `below` tells
    the one at the foot of the page from the one at its head.
    """

    kind: Kind
    step: int
    below: bool = False


class Flow(NamedTuple):
    """One way from a node to the next, as the definition says it."""

    source: Node
    target: Node
    outcome: str | None = None


@dataclass(frozen=True, slots=True)
class Symbol:
    """A symbol in its cell. title: what it stands for. word: inside it, a pentagon's letter."""

    shape: Shape
    box: Rect
    node: Node
    title: str = ""
    word: str = ""
    lit: bool = False


@dataclass(frozen=True, slots=True)
class Arrow:
    """The drawn path of one or more flows on one page; several share it from an arrival on."""

    flows: tuple[Flow, ...]
    points: tuple[Point, ...]
    source: Node
    target: Node


@dataclass(frozen=True, slots=True)
class Page:
    """One page. body: the frame of the performers' columns; every arrow stays in it.

    view: the part that is shown, the whole paper or what the matrix takes of it.
    """

    view: Rect
    body: Rect
    fills: tuple[tuple[Rect, Fill], ...] = ()
    lines: tuple[Line, ...] = ()
    texts: tuple[Text, ...] = ()
    symbols: tuple[Symbol, ...] = ()
    joints: tuple[Line, ...] = ()
    arrows: tuple[Arrow, ...] = ()
    labels: tuple[Text, ...] = ()
    ticks: tuple[Rect, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole sheet with its title and what it shows in words."""

    title: str
    description: str
    pages: tuple[Page, ...]
