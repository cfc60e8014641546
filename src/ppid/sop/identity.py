"""The identity block of the official sheet (bagian identitas, Permen PAN-RB 35/2012).

What the SOP does not say stays an empty cell: officials fill it in by hand. A block that is longer
than its page goes on over the next.
"""

from dataclasses import dataclass, field
from datetime import date

from ppid.sop.definition import Dates, Definition
from ppid.sop.lettering import (
    LEADING,
    Run,
    cut,
    height_in_lines,
    listed,
    shortened,
    stacked,
    wrap,
)
from ppid.sop.sheet import Align, Line, Point, Rect, Text

MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)
_PAD = 5.0
_SIZE, _LIST_SIZES = 9.0, (9.0, 8.5, 8.0, 7.5)
_LABEL = 104.0
_HEADING = 16.0
_SIGNATURE = 34.0
_LOGO = 46.0
_MOST, _FEWEST = 8, 2


@dataclass(frozen=True, slots=True)
class Block:
    """The part of the block on one page, and where it ends."""

    bottom: float
    fills: tuple[Rect, ...] = ()
    lines: tuple[Line, ...] = ()
    texts: tuple[Text, ...] = ()


@dataclass
class _Draft:
    """The part in the making."""

    left: float
    right: float
    y: float
    fills: list[Rect] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2

    def frame(self, box: Rect, *, filled: bool = False) -> None:
        corners = (
            Point(box.x, box.y),
            Point(box.right, box.y),
            Point(box.right, box.bottom),
            Point(box.x, box.bottom),
        )
        self.lines += [
            Line(one, two) for one, two in zip(corners, (*corners[1:], corners[0]), strict=True)
        ]
        if filled:
            self.fills.append(box)

    def done(self) -> Block:
        return Block(self.y, tuple(self.fills), tuple(self.lines), tuple(self.texts))


def written(day: date | str | None) -> str:
    """Return a date as officials write it ("24 Juli 2024"); text stays as it is."""
    if isinstance(day, date):
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    return day or ""


def _in_force(dates: Dates) -> str:
    begin, end = written(dates.effective), written(dates.ends)
    return f"{begin} s.d. {end}".strip() if end else begin


def identity(
    definition: Definition, *, left: float, right: float, top: float, bottom: float
) -> tuple[Block, ...]:
    """Return the block between two edges, one part for each page that it needs.

    Source: Permen PAN-RB 35/2012 lampiran (bagian identitas).
    """
    for size in _LIST_SIZES:
        found = _set(definition, left, right, (top, bottom), size)
        if len(found) == 1:
            break
    return found


def _set(
    definition: Definition, left: float, right: float, field: tuple[float, float], size: float
) -> tuple[Block, ...]:
    top, bottom = field
    draft = _Draft(left, right, top)
    _head(draft, definition)
    done: list[Block] = []
    pairs = (
        ("Dasar Hukum", definition.legal_basis, "Kualifikasi Pelaksana", definition.qualifications),
        ("Keterkaitan", definition.related, "Peralatan/Perlengkapan", definition.equipment),
        ("Peringatan", definition.warnings, "Pencatatan dan Pendataan", definition.records),
    )
    for one, ones, two, twos in pairs:
        room = draft.middle - left - 2 * _PAD
        cells = [listed(entries, room, size, numbered=True) for entries in (ones, twos)]
        while True:
            fitting = int((bottom - draft.y - _HEADING - 2 * _PAD) / _line(size))
            needed = max(_FEWEST, *(height_in_lines(runs) for runs in cells))
            if draft.y > top and fitting < min(needed, 2 * _FEWEST):
                done.append(draft.done())
                draft = _Draft(left, right, top)
                continue
            _pair(draft, (one, two), [cut(runs, 0, fitting) for runs in cells], size)
            if needed <= fitting:
                break
            cells = [cut(runs, fitting, needed) for runs in cells]
    return (*done, draft.done())


def _line(size: float) -> float:
    return size * LEADING


def _pair(
    draft: _Draft, headings: tuple[str, str], cells: list[tuple[Run, ...]], size: float
) -> None:
    high = max(_FEWEST, *(height_in_lines(runs) for runs in cells)) * _line(size) + 2 * _PAD
    half = draft.middle - draft.left
    for number, (heading, runs) in enumerate(zip(headings, cells, strict=True)):
        x = draft.left + number * half
        title, body = Rect(x, draft.y, half, _HEADING), Rect(x, draft.y + _HEADING, half, high)
        draft.frame(title, filled=True)
        draft.frame(body)
        draft.texts.append(Text((Run(heading),), title.inset(_PAD, 0), _SIZE, bold=True))
        if runs:
            draft.texts.append(Text(runs, body.inset(_PAD, _PAD), size, at_top=True))
    draft.y += _HEADING + high


def _head(draft: _Draft, definition: Definition) -> None:
    """Draw the body's name on the left, and the fields on the right."""
    top = draft.y
    rows = _fields(definition, draft.right - draft.middle - _LABEL - 2 * _PAD)
    room = draft.middle - draft.left - 2 * _PAD
    names = _institution(definition, room)
    heights = [_field_height(text) for _, text in rows]
    heights[-2] += max(0.0, _institution_height(names) - sum(heights))
    y = top
    for (name, text), high in zip(rows, heights, strict=True):
        label = Rect(draft.middle, y, _LABEL, high)
        value = Rect(draft.middle + _LABEL, y, draft.right - draft.middle - _LABEL, high)
        draft.frame(label)
        draft.frame(value)
        draft.texts.append(Text((Run(name),), label.inset(_PAD, 0), _SIZE))
        draft.texts += _placed(text, value.inset(_PAD, 3.0))
        y += high
    draft.y = y
    box = Rect(draft.left, top, draft.middle - draft.left, y - top)
    draft.frame(box)
    if names:
        draft.texts.append(_name_of_body(names, box))


def _institution(definition: Definition, room: float) -> tuple[str, ...]:
    said = "\n".join(name for name in (definition.institution, definition.unit) if name)
    return shortened(wrap(said, room, 10.5, bold=True), _MOST)


def _institution_height(names: tuple[str, ...]) -> float:
    return _LOGO + len(names) * _line(10.5) + 4 * _PAD


def _name_of_body(names: tuple[str, ...], box: Rect) -> Text:
    runs = tuple(Run(line, number) for number, line in enumerate(names))
    return Text(runs, box.inset(_PAD, _PAD), 10.5, bold=True, align=Align.CENTRE)


@dataclass(frozen=True, slots=True)
class _Value:
    """A value of the block. signed: text above and below the room for a signature."""

    runs: tuple[Run, ...]
    bold: bool = False
    signed: tuple[Run, ...] | None = None


def _value(text: str, room: float, *, bold: bool = False) -> tuple[Run, ...]:
    lines = shortened(wrap(text, room, _SIZE, bold=bold), _MOST)
    return tuple(Run(line, number) for number, line in enumerate(lines))


def _fields(definition: Definition, room: float) -> list[tuple[str, _Value]]:
    dates, approved = definition.dates, definition.approved_by
    plain = [
        ("Nomor SOP", definition.number),
        ("Tanggal Pembuatan", written(dates.made)),
        ("Tanggal Revisi", written(dates.revised)),
    ]
    if dates.approved is not None:
        plain.append(("Tanggal Pengesahan", written(dates.approved)))
    if _in_force(dates) or dates.approved is None:
        plain.append(("Tanggal Efektif", _in_force(dates)))
    nip = f"NIP. {approved.nip}" if approved.nip else ""
    signature = _Value(
        _value(approved.position, room),
        signed=stacked(_value(approved.name, room), _value(nip, room)),
    )
    return [
        *((label, _Value(_value(text, room))) for label, text in plain),
        ("Disahkan oleh", signature),
        ("Nama SOP", _Value(_value(definition.name, room, bold=True), bold=True)),
    ]


def _field_height(value: _Value) -> float:
    lines = max(1, height_in_lines(value.runs))
    if value.signed is None:
        return lines * _line(_SIZE) + 6.0
    return (lines + height_in_lines(value.signed)) * _line(_SIZE) + _SIGNATURE + 6.0


def _placed(value: _Value, box: Rect) -> list[Text]:
    if value.signed is None:
        return [Text(value.runs, box, _SIZE, bold=value.bold)] if value.runs else []
    high = height_in_lines(value.signed) * _line(_SIZE)
    foot = Rect(box.x, box.bottom - high, box.width, high)
    return [
        Text(runs, area, _SIZE, align=Align.CENTRE, at_top=True)
        for runs, area in ((value.runs, box), (value.signed, foot))
        if runs
    ]
