"""Drafting the official sheet: identity block, matrix, titles and foot lines on their pages."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ppid.sop.columns import PAD, Column
from ppid.sop.definition import Definition
from ppid.sop.identity import Block, identity
from ppid.sop.lettering import Run, paragraph, shortened, width, wrap
from ppid.sop.paging import FOOT, MARGIN, TICK, TITLE, Leaf, Setting, leaves, setting
from ppid.sop.ruling import Form, headed, ruled
from ppid.sop.sheet import (
    Align,
    Fill,
    Kind,
    Line,
    Mark,
    Node,
    Page,
    Paper,
    Point,
    Rect,
    Sheet,
    Symbol,
    Text,
)

_GAP = 12.0
_EDGE = 3.0
_SMALL = 7.5
_WORDS = {Kind.START: "Mulai", Kind.FINISH: "Selesai"}
Letters = Mapping[tuple[int, bool], str]


def draft(
    definition: Definition,
    *,
    paper: Paper = Paper.A4,
    marks: Mapping[int, Mark] | None = None,
    show_identity: bool = True,
) -> Sheet:
    """Return the sheet of an SOP, all places in points.

    marks: where a running case stands, by step number. Without the identity block the pages are
    only as high as the matrix needs.
    Source: Permen PAN-RB 35/2012 lampiran.
    """
    found = setting(definition, paper, marks or {})
    blocks: tuple[Block, ...] = ()
    if show_identity:
        edges = {"left": MARGIN, "right": paper.points[0] - MARGIN}
        blocks = identity(definition, top=found.top, bottom=found.bottom, **edges)
    matrix = leaves(found, blocks[-1].bottom + _GAP if blocks else None)
    return Sheet(
        title=definition.name,
        description=_described(definition, found.marks),
        pages=_pages(found, blocks, matrix),
    )


def _described(definition: Definition, marks: Mapping[int, Mark]) -> str:
    said = [
        f"Bagan alir SOP dengan {len(definition.steps)} langkah.",
        "Pelaksana: " + ", ".join(performer.name for performer in definition.performers) + ".",
    ]
    for mark, words in ((Mark.CURRENT, "Sedang berjalan"), (Mark.DONE, "Sudah selesai")):
        rows = [definition.step(number).row for number in sorted(marks) if marks[number] is mark]
        if rows:
            said.append(f"{words}: langkah {', '.join(rows)}.")
    return " ".join(said)


def _pages(setting: Setting, blocks: Sequence[Block], matrix: Sequence[Leaf]) -> tuple[Page, ...]:
    letters = _letters(matrix)
    pages = [_identity_page(setting, block) for block in blocks]
    shares = bool(blocks) and matrix[0].top > blocks[-1].bottom
    for leaf in matrix:
        first = leaf is matrix[0]
        number = len(pages) + (0 if first and shares else 1)
        page = _matrix_page(setting, leaf, letters, number)
        if not blocks:
            page = _cropped(setting, leaf, page)
        elif first and shares:
            page = _merged(pages.pop(), page)
        elif first:
            page = replace(page, texts=(*page.texts, _title(setting)))
        pages.append(page)
    if not blocks:
        return tuple(pages)
    return tuple(
        replace(page, texts=(*page.texts, *_foot(setting, page, number, len(pages))))
        for number, page in enumerate(pages, start=1)
    )


def _cropped(setting: Setting, leaf: Leaf, page: Page) -> Page:
    left, top, edge = MARGIN - _EDGE, leaf.top - _EDGE, 2 * _EDGE
    bottom = page.body.bottom + _tail_height(setting, leaf)
    return replace(page, view=Rect(left, top, page.view.width - 2 * left, bottom - leaf.top + edge))


def _identity_page(setting: Setting, block: Block) -> Page:
    paper = Rect(0.0, 0.0, *setting.paper.points)
    return Page(
        paper,
        body=paper,
        fills=tuple((box, Fill.HEADING) for box in block.fills),
        lines=block.lines,
        texts=block.texts,
    )


def _merged(above: Page, below: Page) -> Page:
    return replace(
        below,
        fills=(*above.fills, *below.fills),
        lines=(*above.lines, *below.lines),
        texts=(*above.texts, *below.texts),
    )


def _title(setting: Setting) -> Text:
    wide = setting.paper.points[0] - 2 * MARGIN
    size = 10.0
    lines = shortened(wrap(setting.definition.name, wide, size, bold=True), 1)
    runs = tuple(Run(line) for line in lines)
    box = Rect(MARGIN, setting.top, wide, TITLE - 6.0)
    return Text(runs, box, size, bold=True, align=Align.CENTRE)


def _foot(setting: Setting, page: Page, number: int, total: int) -> Iterator[Text]:
    """Yield what stands under the frame: which SOP this is, and which page of how many."""
    own = setting.definition
    wide = page.view.width - 2 * MARGIN
    box = Rect(MARGIN, page.view.height - FOOT + 8.0, wide, 12.0)
    said = " · ".join(name for name in (own.name, own.number) if name)
    for line in shortened(wrap(said, wide - 90.0, _SMALL), 1):
        yield Text((Run(line),), box._replace(width=wide - 90.0), _SMALL, quiet=True)
    end = Run(f"Halaman {number} dari {total}")
    right = Rect(box.right - 85.0, box.y, 85.0, box.height)
    yield Text((end,), right, _SMALL, align=Align.RIGHT, quiet=True)


def _matrix_page(setting: Setting, leaf: Leaf, letters: Letters, number: int) -> Page:
    own, drawn = setting.frame.columns, leaf.plot
    note = (f"Sambungan dari halaman {number - 1}", f"Bersambung ke halaman {number + 1}")
    head = headed(own, leaf.top)
    form = ruled(own, leaf.chart.sections, drawn.sections, note=note)
    tail = _tail(setting, leaf)
    top, left, right = drawn.sections[0].x, own.actors[0].x, own.actors[-1].right
    return Page(
        Rect(0.0, 0.0, *setting.paper.points),
        body=Rect(left, top, right - left, drawn.bottom - top),
        fills=(
            *((box, Fill.HEADING) for box in head.headings),
            *((box, Fill.CURRENT) for box in _rows_with(setting, leaf, Mark.CURRENT)),
        ),
        lines=(*head.lines, *form.lines, *tail.lines),
        texts=(*head.texts, *form.texts, *tail.texts),
        symbols=tuple(_named(setting, symbol, letters) for symbol in drawn.symbols),
        joints=drawn.joints,
        arrows=drawn.arrows,
        labels=drawn.labels,
        ticks=tuple(_tick(setting, box) for box in _rows_with(setting, leaf, Mark.DONE)),
    )


def _rows_with(setting: Setting, leaf: Leaf, mark: Mark) -> Iterator[Rect]:
    own = setting.frame.columns
    for section, span in zip(leaf.chart.sections, leaf.plot.sections, strict=True):
        if section.row and section.row.nodes and setting.marks.get(section.row.step) is mark:
            yield Rect(own.left, span.x, own.right - own.left, span.width)


def _tick(setting: Setting, row: Rect) -> Rect:
    number = setting.frame.columns.texts[Column.NUMBER]
    return Rect(number.right - TICK - 1.5, row.centre.y - 4.0, 8.0, 8.0)


def _tail_height(setting: Setting, leaf: Leaf) -> float:
    return setting.tail if leaf.is_last else 0.0


def _tail(setting: Setting, leaf: Leaf) -> Form:
    """Return the line under the last row: the time limit of the whole case."""
    high = _tail_height(setting, leaf)
    if not high:
        return Form()
    own, y = setting.frame.columns, leaf.plot.bottom
    box = Rect(own.left, y, own.right - own.left, high)
    said = f"Batas waktu keseluruhan: {setting.definition.limit}"
    runs = paragraph(said, box.width - 2 * PAD, own.size)[:1]
    ends = (Point(box.x, box.bottom), Point(box.right, box.bottom))
    return Form(
        lines=[
            Line(Point(box.x, y), ends[0]),
            Line(Point(box.right, y), ends[1]),
            Line(*ends),
        ],
        texts=[Text(runs, box.inset(PAD, 0.0), own.size)],
    )


def _letters(matrix: Sequence[Leaf]) -> Letters:
    """Return the letter of each pentagon; where a flow leaves and arrives it has the same one."""
    found: dict[tuple[int, bool], str] = {}
    for leaf in matrix:
        for symbol in leaf.plot.symbols:
            if symbol.node.kind in (Kind.ARRIVAL, Kind.DEPARTURE):
                found.setdefault(_leads(symbol.node), _letter(len(found)))
    return found


def _leads(node: Node) -> tuple[int, bool]:
    """Return to which step a pentagon leads, and whether downwards."""
    return node.step, node.below is (node.kind is Kind.DEPARTURE)


def _letter(number: int) -> str:
    rounds, place = divmod(number, 26)
    return (_letter(rounds - 1) if rounds else "") + chr(ord("A") + place)


def _named(setting: Setting, symbol: Symbol, letters: Letters) -> Symbol:
    node = symbol.node
    step = setting.definition.step(node.step)
    if node.kind in (Kind.ARRIVAL, Kind.DEPARTURE):
        letter = letters[_leads(node)]
        return replace(symbol, word=letter, title=f"Sambungan {letter}, ke langkah {step.row}")
    if node.kind in _WORDS:
        fits = all(width(word, _SMALL) + 4.0 < symbol.box.width for word in _WORDS.values())
        word = _WORDS[node.kind]
        return replace(symbol, word=word if fits else "", title=word)
    lit = setting.marks.get(node.step) is Mark.CURRENT
    return replace(symbol, title=f"Langkah {step.row}: {step.activity}", lit=lit)
