"""The rows of the matrix: the text of their cells, and which symbols they hold.

What the SOP says only to the program (each agency, performers without a column, the second start)
is noted in italics in the last column.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from ppid.sop.columns import PAD, Column, Columns
from ppid.sop.definition import Definition, Step
from ppid.sop.lettering import (
    Run,
    cut,
    height_in_lines,
    listed,
    paragraph,
    stacked,
)
from ppid.sop.sheet import Kind, Node

OTHERS = "Pihak lain"
EACH_AGENCY = "Setiap perangkat daerah"
SECOND_START = "Dimulai pula menjelang masa pengecualian berakhir"


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


def actor_names(definition: Definition) -> tuple[str, ...]:
    """Return the headings of the performers' columns; one more where a step would have none."""
    codes = {performer.code for performer in definition.columns}
    names = tuple(performer.name for performer in definition.columns)
    outside = any(codes.isdisjoint(step.performers) for step in definition.steps)
    return (*names, OTHERS) if outside else names


def contents(definition: Definition, step: Step) -> dict[Column, str]:
    """Return the text of a step's cells before it is set."""
    return {
        Column.NUMBER: step.row,
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
    said, now = contents(definition, above), contents(definition, step)
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
