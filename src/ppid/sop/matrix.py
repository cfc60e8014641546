"""The matrix of the official sheet: its columns, and the text and symbols of each row.

Widths are shared out by what the cells hold; what the SOP says only to the program (each agency,
performers without a column, the second start) is noted in italics in the last column.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from ppid.sop.definition import Definition, Step
from ppid.sop.lettering import (
    LEADING,
    Run,
    cut,
    height_in_lines,
    listed,
    longest_part,
    paragraph,
    shortened,
    stacked,
    width,
    wrap,
)
from ppid.sop.sheet import Kind, Node

PAD = 4.0
OTHERS = "Pihak lain"
EACH_AGENCY = "Setiap perangkat daerah"
SECOND_START = "Dimulai pula menjelang masa pengecualian berakhir"
_NARROWEST_ACTOR, _WIDEST_ACTOR = 31.0, 88.0
_RAGGED = 14.0
_LEAST_TEXT = 250.0
_TALLEST_HEADING = 130.0
_LETTERS = ((5, 9.0), (9, 8.0), (99, 7.5))


class Column(StrEnum):
    """A column of text, by its heading."""

    NUMBER = "No"
    ACTIVITY = "Kegiatan"
    REQUIREMENTS = "Kelengkapan"
    TIME = "Waktu"
    OUTPUT = "Output"
    REMARK = "Keterangan"


MEASURES = (Column.REQUIREMENTS, Column.TIME, Column.OUTPUT)
_NARROWEST = {
    Column.ACTIVITY: 62.0,
    Column.REQUIREMENTS: 40.0,
    Column.TIME: 38.0,
    Column.OUTPUT: 40.0,
    Column.REMARK: 40.0,
}


class Span(NamedTuple):
    """From where to where a column reaches."""

    x: float
    width: float

    @property
    def right(self) -> float:
        """Return the right edge."""
        return self.x + self.width

    @property
    def middle(self) -> float:
        """Return the middle."""
        return self.x + self.width / 2


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one sheet. size: of the letters in the cells."""

    texts: Mapping[Column, Span]
    actors: tuple[Span, ...]
    headings: tuple[tuple[str, ...], ...]
    turned: bool
    size: float
    beside_number: float = 0.0

    @property
    def left(self) -> float:
        """Return the left edge of the matrix."""
        return self.texts[Column.NUMBER].x

    @property
    def right(self) -> float:
        """Return the right edge of the matrix."""
        return self.texts[Column.REMARK].right

    @property
    def heading_height(self) -> float:
        """Return the height of the performers' headings."""
        lines = max(len(heading) for heading in self.headings)
        if not self.turned:
            return lines * self.size * LEADING + 2 * PAD
        longest = (width(line, self.size, bold=True) for name in self.headings for line in name)
        return max(longest) + 2 * PAD


@dataclass(frozen=True, slots=True)
class Row:
    """One step's part of a printed row. opens: a line stands above it; joined: none at its time.

    A row that is longer than a page is cut into several, of which only the first has nodes.
    """

    step: int
    cells: Mapping[Column, tuple[Run, ...]]
    nodes: tuple[Node, ...]
    opens: bool = True
    joined: bool = False

    @property
    def lines(self) -> int:
        """Return how many lines its longest cell has."""
        return max(height_in_lines(runs) for runs in self.cells.values())


def places(definition: Definition, step: Step) -> tuple[int, ...]:
    """Return the columns in which the step has a symbol, that of the first performer first."""
    codes = [performer.code for performer in definition.columns]
    found = tuple(codes.index(code) for code in step.performers if code in codes)
    return found or (len(codes),)


def _actor_names(definition: Definition) -> tuple[str, ...]:
    codes = {performer.code for performer in definition.columns}
    names = tuple(performer.name for performer in definition.columns)
    outside = any(codes.isdisjoint(step.performers) for step in definition.steps)
    return (*names, OTHERS) if outside else names


def columns(
    definition: Definition, left: float, right: float, *, beside_number: float = 0.0
) -> Columns:
    """Return the columns between two edges, as wide as what stands in them asks for.

    beside_number: room that is kept for ticks in the first column.
    """
    names = _actor_names(definition)
    size = next(size for most, size in _LETTERS if len(names) <= most)
    room = right - left
    share = room * 0.4 / len(names)
    actor = min(max(share, _NARROWEST_ACTOR), _WIDEST_ACTOR)
    needed = max(longest_part(name, size, bold=True) for name in names) + 2 * PAD
    turned = needed > actor and needed * len(names) > 0.48 * room
    if not turned:
        actor = max(actor, needed)
    number = max(width(step.row, size) for step in definition.steps)
    number = min(max(number + 2 * PAD, 24.0), 46.0) + beside_number
    actor = min(actor, (room - number - _LEAST_TEXT) / len(names))
    rest = _text_widths(definition, room - number - actor * len(names), size)
    spans, x = {Column.NUMBER: Span(left, number)}, left + number
    spans[Column.ACTIVITY] = Span(x, rest[Column.ACTIVITY])
    x += rest[Column.ACTIVITY]
    actors = tuple(Span(x + actor * place, actor) for place in range(len(names)))
    x = actors[-1].right
    for column in (*MEASURES, Column.REMARK):
        spans[column] = Span(x, rest[column])
        x += rest[column]
    headings = tuple(_heading(name, actor, size, turned) for name in names)
    return Columns(spans, actors, headings, turned, size, beside_number)


def _heading(name: str, actor: float, size: float, turned: bool) -> tuple[str, ...]:
    across, along = actor - PAD, _TALLEST_HEADING - 2 * PAD
    if turned:
        across, along = along, across
    lines = wrap(name, across, size, bold=True) or ("",)
    return shortened(lines, max(1, int(along / (size * LEADING))))


def _text_widths(definition: Definition, room: float, size: float) -> dict[Column, float]:
    """Share the room out, a little at a time, to the column that makes most rows high."""
    rows = [
        {column: width(text, size) * 1.08 for column, text in _plain(definition, step).items()}
        for step in definition.steps
    ]
    widths = {
        column: max(least, longest_part(column, size, bold=True) + PAD)
        for column, least in _NARROWEST.items()
    }
    spare = room - sum(widths.values())
    for column in widths:
        longest = max(
            longest_part(_plain(definition, step)[column], size) for step in definition.steps
        )
        extra = min(max(0.0, longest + 2 * PAD - widths[column]), max(0.0, spare) * 0.3)
        widths[column] += extra
        spare -= extra
    part = spare / 30
    for _ in range(30):
        highest = dict.fromkeys(widths, 0.0)
        for row in rows:
            lines = {
                column: row[column] / (widths[column] - 2 * PAD - _RAGGED) for column in widths
            }
            column = max(lines, key=lambda name: lines[name])
            highest[column] += lines[column]
        widths[max(highest, key=lambda name: highest[name])] += part
    return widths


def _plain(definition: Definition, step: Step) -> dict[Column, str]:
    return {
        Column.ACTIVITY: step.activity,
        Column.REQUIREMENTS: " ".join(step.requirements),
        Column.TIME: step.time or "",
        Column.OUTPUT: " ".join(step.outputs),
        Column.REMARK: " ".join((step.remark, *_notes(definition, step))),
    }


def _notes(definition: Definition, step: Step) -> tuple[str, ...]:
    columns_of = {performer.code for performer in definition.columns}
    hidden = [definition.performer(c).name for c in step.performers if c not in columns_of]
    word = "Pelaksana: " if len(hidden) == len(step.performers) else "Bersama "
    return (
        *((EACH_AGENCY + ".",) if step.for_each else ()),
        *((word + ", ".join(hidden) + ".",) if hidden else ()),
        *((SECOND_START + ".",) if step.trigger and step.number != 1 else ()),
    )


def rows(definition: Definition, widths: Columns, most_lines: int) -> tuple[Row, ...]:
    """Return the rows of the matrix in order, none with more than `most_lines` lines."""
    reached = _reached(definition)
    joined_through = 0
    found: list[Row] = []
    for step in definition.steps:
        before = definition.steps[step.number - 2] if step.number > 1 else None
        same = before is not None and bool(step.label) and step.label == before.label
        row = Row(
            step.number,
            _cells(definition, step, widths, before if same else None),
            _nodes(step, reached),
            opens=not same,
            joined=step.number <= joined_through,
        )
        joined_through = max(joined_through, step.time_through or 0)
        found += _fragments(row, most_lines)
    return tuple(found)


def _reached(definition: Definition) -> frozenset[int]:
    return frozenset(t for step in definition.steps for exits in step.exits for t in exits)


def _cells(
    definition: Definition, step: Step, widths: Columns, above: Step | None
) -> dict[Column, tuple[Run, ...]]:
    room = {column: span.width - 2 * PAD for column, span in widths.texts.items()}
    size = widths.size
    notes = _notes(definition, step)
    cells = {
        Column.NUMBER: paragraph(step.row, room[Column.NUMBER] + PAD - widths.beside_number, size),
        Column.ACTIVITY: paragraph(step.activity, room[Column.ACTIVITY], size),
        Column.REQUIREMENTS: listed(step.requirements, room[Column.REQUIREMENTS], size),
        Column.TIME: paragraph(step.time or "", room[Column.TIME], size),
        Column.OUTPUT: listed(step.outputs, room[Column.OUTPUT], size),
        Column.REMARK: stacked(
            paragraph(step.remark, room[Column.REMARK], size),
            *(paragraph(note, room[Column.REMARK], size, italic=True) for note in notes),
        ),
    }
    if above is None:
        return cells
    said, now = _plain(definition, above), _plain(definition, step)
    return {
        column: () if column is Column.NUMBER or said[column] == now[column] else runs
        for column, runs in cells.items()
    }


def _nodes(step: Step, reached: frozenset[int]) -> tuple[Node, ...]:
    """A start or finish of its own stands only where the step itself cannot be the capsule."""
    begins = step.number == 1 or step.trigger is not None
    own_start = begins and (step.is_decision or (step.number != 1 and step.number in reached))
    own_finish = step.is_decision and () in step.exits
    return (
        *((Node(Kind.START, step.number),) if own_start else ()),
        Node(Kind.STEP, step.number),
        *((Node(Kind.FINISH, step.number),) if own_finish else ()),
    )


def _fragments(row: Row, most_lines: int) -> tuple[Row, ...]:
    if row.lines <= most_lines:
        return (row,)
    return tuple(
        Row(
            row.step,
            {column: cut(runs, first, most_lines) for column, runs in row.cells.items()},
            () if first else row.nodes,
            opens=row.opens and not first,
            joined=row.joined or bool(first),
        )
        for first in range(0, row.lines, most_lines)
    )
