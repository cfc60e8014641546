"""The columns of the matrix: how the width of the paper is shared out among them.

Performers get what their headings and arrows need; what is left goes to the columns of text, by
what stands in them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from ppid.sop.lettering import LEADING, longest_part, shortened, width, wrap

PAD = 4.0
_NARROWEST_ACTOR, _WIDEST_ACTOR = 31.0, 88.0
_TALLEST_HEADING = 130.0
_LETTERS = ((5, 9.0), (9, 8.0))
_SMALLEST = 7.5
_RAGGED = 12.0
_LEAST_TEXT = 250.0
_UNBROKEN = 50.0
_PARTS = 40


class Column(StrEnum):
    """A column of text, by its heading."""

    NUMBER = "No"
    ACTIVITY = "Kegiatan"
    REQUIREMENTS = "Kelengkapan"
    TIME = "Waktu"
    OUTPUT = "Output"
    REMARK = "Keterangan"


MEASURES = (Column.REQUIREMENTS, Column.TIME, Column.OUTPUT)
_TEXTS = (Column.ACTIVITY, *MEASURES, Column.REMARK)


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


def columns(
    names: Sequence[str],
    contents: Sequence[Mapping[Column, str]],
    edges: tuple[float, float],
    *,
    beside_number: float = 0.0,
) -> Columns:
    """Return the columns between two edges, as wide as what stands in them asks for.

    names: the performers' headings. beside_number: room kept for ticks in the first column.
    """
    left, room = edges[0], edges[1] - edges[0]
    size = next((size for most, size in _LETTERS if len(names) <= most), _SMALLEST)
    number = max(width(row[Column.NUMBER], size) for row in contents)
    number = min(max(number + 2 * PAD, 24.0), 46.0) + beside_number
    actor, turned = _actor_width(names, size, room, room - number)
    rest = _text_widths(contents, room - number - actor * len(names), size)
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


def _actor_width(names: Sequence[str], size: float, room: float, free: float) -> tuple[float, bool]:
    """Return the width of a performer's column, and whether the headings must be turned."""
    wide = min(max(room * 0.4 / len(names), _NARROWEST_ACTOR), _WIDEST_ACTOR)
    needed = max(longest_part(name, size, bold=True) for name in names) + 2 * PAD
    turned = needed > wide and needed * len(names) > 0.48 * room
    if not turned:
        wide = max(wide, needed)
    return min(wide, (free - _LEAST_TEXT) / len(names)), turned


def _heading(name: str, actor: float, size: float, turned: bool) -> tuple[str, ...]:
    across, along = actor - PAD, _TALLEST_HEADING - 2 * PAD
    if turned:
        across, along = along, across
    lines = wrap(name, across, size, bold=True) or ("",)
    return shortened(lines, max(1, int(along / (size * LEADING))))


def _text_widths(
    contents: Sequence[Mapping[Column, str]], room: float, size: float
) -> dict[Column, float]:
    """Share the room out, a little at a time, where it saves most lines."""
    rows = [{column: width(row[column], size) for column in _TEXTS} for row in contents]
    widths = {column: longest_part(column, size, bold=True) + 2 * PAD for column in _TEXTS}
    spare = room - sum(widths.values())
    for column in _TEXTS:
        needed = max(longest_part(row[column], size) for row in contents)
        if column is Column.TIME:
            needed = max(needed, min(max(row[column] for row in rows), _UNBROKEN))
        extra = min(max(0.0, needed + 2 * PAD - widths[column]), max(0.0, spare) * 0.3)
        widths[column] += extra
        spare -= extra
    part = spare / _PARTS
    for _ in range(_PARTS):
        gains = dict.fromkeys(_TEXTS, 0.0)
        for row in rows:
            lines = {name: row[name] / max(10.0, widths[name] - 2 * PAD - _RAGGED) for name in row}
            highest = max(lines, key=lambda name: lines[name])
            for name in lines:
                gains[name] += lines[name] / widths[name] * (3.0 if name is highest else 1.0)
        widths[max(gains, key=lambda name: gains[name])] += part
    return widths
