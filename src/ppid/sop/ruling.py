"""The ruled form around the flowchart: headings, grid lines and the text of the cells of a page."""

from collections.abc import Iterable, Iterator, Sequence

from ppid.sop.columns import MEASURES, PAD, Column, Columns, Span
from ppid.sop.flowchart import Section
from ppid.sop.lettering import LEADING, Run, paragraph, width
from ppid.sop.sheet import Align, Line, Point, Rect, Text

_BAND = 15.0
_GOES_ON = ("(lanjutan)", "(lanj.)")
_CENTRED = (Column.NUMBER, Column.TIME)


class Form:
    """Grid lines, texts and heading fields of a page in the making."""

    def __init__(self, *, lines: Iterable[Line] = (), texts: Iterable[Text] = ()) -> None:
        self.lines = list(lines)
        self.texts = list(texts)
        self.headings: list[Rect] = []


def heading_height(columns: Columns) -> float:
    """Return the height of the column headings."""
    return _BAND + max(_BAND, columns.heading_height)


def headed(columns: Columns, top: float) -> Form:
    """Return the headings of the matrix: the performers and the measures under a common one."""
    form, bottom = Form(), top + heading_height(columns)
    form.lines.append(_level(columns.left, columns.right, top))
    spans = columns.texts
    whole = Rect(columns.left, top, columns.right - columns.left, bottom - top)
    form.headings.append(whole)
    for column in (Column.NUMBER, Column.ACTIVITY, Column.REMARK):
        form.texts.append(_heading(column, _box(spans[column], top, bottom), columns.size))
    actors = Span(columns.actors[0].x, columns.actors[-1].right - columns.actors[0].x)
    first, last = spans[MEASURES[0]], spans[MEASURES[-1]]
    measures = Span(first.x, last.right - first.x)
    for name, span in (("Pelaksana", actors), ("Mutu Baku", measures)):
        form.texts.append(_heading(name, _box(span, top, top + _BAND), columns.size))
        form.lines.append(_level(span.x, span.right, top + _BAND))
    for column in MEASURES:
        box = _box(spans[column], top + _BAND, bottom)
        form.texts.append(_heading(column, box, columns.size))
    for lines, span in zip(columns.headings, columns.actors, strict=True):
        runs = tuple(Run(line, number) for number, line in enumerate(lines))
        box = _box(span, top + _BAND, bottom)
        form.texts.append(
            Text(runs, box, columns.size, bold=True, align=Align.CENTRE, turned=columns.turned)
        )
    for span in columns.actors[1:]:
        form.lines.append(_upright(span.x, top + _BAND, bottom))
    for column in MEASURES[1:]:
        form.lines.append(_upright(spans[column].x, top + _BAND, bottom))
    groups = (spans[Column.ACTIVITY].x, actors.x, measures.x, spans[Column.REMARK].x)
    for x in (columns.left, *groups, columns.right):
        form.lines.append(_upright(x, top, bottom))
    return form


def ruled(
    columns: Columns, sections: Sequence[Section], spans: Sequence[Span], *, note: tuple[str, str]
) -> Form:
    """Return the grid and the texts of the rows. note: what the strips at head and foot say."""
    form = Form()
    top, bottom = spans[0].x, spans[-1].right
    for span in (*columns.texts.values(), *columns.actors):
        form.lines.append(_upright(span.x, top, bottom))
    form.lines.append(_upright(columns.right, top, bottom))
    form.lines.append(_level(columns.left, columns.right, top))
    form.lines.append(_level(columns.left, columns.right, bottom))
    for above, section, span in zip(sections, sections[1:], spans[1:], strict=False):
        form.lines += _border(columns, above, section, span.x)
    for number, (section, span) in enumerate(zip(sections, spans, strict=True)):
        if section.row is None:
            text = note[0] if number == 0 else note[1]
            form.texts.append(_strip_note(columns, text, span))
            continue
        for column, runs in section.row.cells.items():
            if runs and column is not Column.TIME:
                form.texts.append(_cell(columns, column, runs, span))
    form.texts += _times(columns, sections, spans)
    return form


def _border(columns: Columns, above: Section, section: Section, y: float) -> Iterator[Line]:
    row, time = section.row, columns.texts[Column.TIME]
    if row is None or above.row is None or (row.opens and not row.joined):
        yield _level(columns.left, columns.right, y)
    elif row.opens:
        yield _level(columns.left, time.x, y)
        yield _level(time.right, columns.right, y)


def _times(columns: Columns, sections: Sequence[Section], spans: Sequence[Span]) -> Iterator[Text]:
    """Yield the times; one that covers several rows stands in the middle of those on this page."""
    runs: tuple[Run, ...] = ()
    block: Span | None = None
    for section, span in zip(sections, spans, strict=True):
        row = section.row
        if row is not None and row.joined and block is not None and not row.cells[Column.TIME]:
            block = Span(block.x, span.right - block.x)
            continue
        if block is not None and runs:
            yield _cell(columns, Column.TIME, runs, block)
        block = None if row is None else span
        runs = () if row is None else row.cells[Column.TIME]
        if row is not None and row.joined and row.nodes and not runs:
            room = columns.texts[Column.TIME].width - 2 * PAD
            word = next(w for w in _GOES_ON if w is _GOES_ON[-1] or width(w, columns.size) <= room)
            runs = (Run(word, italic=True),)
    if block is not None and runs:
        yield _cell(columns, Column.TIME, runs, block)


def _cell(columns: Columns, column: Column, runs: tuple[Run, ...], span: Span) -> Text:
    pad = PAD / 2 if column is Column.NUMBER else PAD
    box = _box(columns.texts[column], span.x, span.right).inset(pad, 0.0)
    if column is Column.NUMBER:
        box = box._replace(width=box.width - columns.beside_number)
    align = Align.CENTRE if column in _CENTRED else Align.LEFT
    return Text(runs, box, columns.size, align=align)


def _strip_note(columns: Columns, text: str, span: Span) -> Text:
    box = _box(columns.texts[Column.ACTIVITY], span.x, span.right).inset(PAD, 0.0)
    return Text(paragraph(text, box.width, 7.5, italic=True), box, 7.5, quiet=True)


def _heading(text: str, box: Rect, size: float) -> Text:
    return Text((Run(text),), box, size, bold=True, align=Align.CENTRE)


def _box(span: Span, top: float, bottom: float) -> Rect:
    return Rect(span.x, top, span.width, bottom - top)


def _level(left: float, right: float, y: float) -> Line:
    return Line(Point(left, y), Point(right, y))


def _upright(x: float, top: float, bottom: float) -> Line:
    return Line(Point(x, top), Point(x, bottom))


def line_height(columns: Columns) -> float:
    """Return the height of one line of a cell."""
    return columns.size * LEADING
