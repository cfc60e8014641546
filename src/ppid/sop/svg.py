"""The official sheet as SVG: presentation attributes only, so that it shows under a strict CSP.

It decides how figures look; where they are is decided by `drafting`. Equal definitions give equal
bytes.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from math import hypot
from xml.sax.saxutils import escape as _escape_markup

from ppid.sop.definition import Definition
from ppid.sop.drafting import draft
from ppid.sop.lettering import Run, width
from ppid.sop.outline import POINT_OF_PENTAGON
from ppid.sop.sheet import (
    POINTS_PER_MM,
    Align,
    Arrow,
    Fill,
    Line,
    Mark,
    Page,
    Paper,
    Point,
    Rect,
    Shape,
    Sheet,
    Symbol,
    Text,
)

FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
_INK, _GRID, _QUIET, _LIT = "#111827", "#9aa3ad", "#5b6570", "#1d4ed8"
_FILLS = {Fill.HEADING: "#eef1f4", Fill.CURRENT: "#fff3cd"}
_TICK_INK = "#15803d"
_HEAD_LENGTH, _HEAD_WIDTH = 5.2, 4.4
_BETWEEN_PAGES = 14.0
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def document(
    definition: Definition,
    *,
    paper: Paper = Paper.A4,
    marks: Mapping[int, Mark] | None = None,
    identity: bool = True,
) -> str:
    """Return one SVG document with the pages of the sheet one below the other."""
    sheet = draft(definition, paper=paper, marks=marks, show_identity=identity)
    across = max(page.view.width for page in sheet.pages) + 2 * _BETWEEN_PAGES
    y, body = _BETWEEN_PAGES, []
    for page in sheet.pages:
        shift = f"{_n(_BETWEEN_PAGES - page.view.x)} {_n(y - page.view.y)}"
        body.append(f'<g transform="translate({shift})">')
        body += [*_drawn(page, framed=True), "</g>"]
        y += page.view.height + _BETWEEN_PAGES
    ground = f'<rect width="{_n(across)}" height="{_n(y)}" fill="#e5e7eb"/>'
    return _svg(sheet, sheet.title, Rect(0.0, 0.0, across, y), [ground, *body])


def pages(
    definition: Definition,
    *,
    paper: Paper = Paper.A4,
    marks: Mapping[int, Mark] | None = None,
    identity: bool = True,
) -> tuple[str, ...]:
    """Return one SVG document for each page, as large as the paper."""
    sheet = draft(definition, paper=paper, marks=marks, show_identity=identity)
    total = len(sheet.pages)
    return tuple(
        _svg(
            sheet,
            sheet.title if total == 1 else f"{sheet.title}, halaman {number} dari {total}",
            page.view,
            _drawn(page, framed=False),
        )
        for number, page in enumerate(sheet.pages, start=1)
    )


def _svg(sheet: Sheet, title: str, view: Rect, body: Iterable[str]) -> str:
    wide, high = (_n(length / POINTS_PER_MM) for length in (view.width, view.height))
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" font-family="{FONT}"'
            f' width="{wide}mm" height="{high}mm"'
            f' viewBox="{_n(view.x)} {_n(view.y)} {_n(view.width)} {_n(view.height)}">',
            f"<title>{_escaped(title)}</title>",
            f"<desc>{_escaped(sheet.description)}</desc>",
            *body,
            "</svg>\n",
        )
    )


def _drawn(page: Page, *, framed: bool) -> Iterator[str]:
    """Yield the figures of a page, what lies underneath first."""
    edge = f' stroke="{_GRID}" stroke-width="0.6"' if framed else ""
    yield f'<rect {_place(page.view)} fill="#ffffff"{edge}/>'
    for box, fill in page.fills:
        yield f'<rect {_place(box)} fill="{_FILLS[fill]}"/>'
    yield f'<path d="{_path(page.lines)}" fill="none" stroke="{_GRID}" stroke-width="0.6"/>'
    if page.joints:
        yield f'<path d="{_path(page.joints)}" fill="none" stroke="{_INK}" stroke-width="0.9"/>'
    for arrow in page.arrows:
        yield from _arrow(arrow)
    for symbol in page.symbols:
        yield from _symbol(symbol)
    for box in page.ticks:
        yield _tick(box)
    for text in (*page.texts, *page.labels):
        yield from _text(text)


def _path(lines: Iterable[Line]) -> str:
    return "".join(f"M{_at(line.start)}L{_at(line.end)}" for line in lines)


def _arrow(arrow: Arrow) -> Iterator[str]:
    *_, before, tip = arrow.points
    length = hypot(tip.x - before.x, tip.y - before.y) or 1.0
    along = Point((tip.x - before.x) / length, (tip.y - before.y) / length)
    part = min(1.0, 0.8 * length / _HEAD_LENGTH)
    head, wing = _HEAD_LENGTH * part, _HEAD_WIDTH * (0.3 + 0.7 * part) / 2
    back = Point(tip.x - along.x * head, tip.y - along.y * head)
    half = Point(-along.y * wing, along.x * wing)
    line = "L".join(_at(point) for point in (*arrow.points[:-1], back))
    wings = (Point(back.x + half.x, back.y + half.y), Point(back.x - half.x, back.y - half.y))
    yield (
        f'<path d="M{line}" fill="none" stroke="{_INK}" stroke-width="0.95"'
        ' stroke-linejoin="round"/>'
    )
    yield f'<path d="M{_at(tip)}L{_at(wings[0])}L{_at(wings[1])}Z" fill="{_INK}"/>'


def _symbol(symbol: Symbol) -> Iterator[str]:
    ink, thick = (_LIT, "2.2") if symbol.lit else (_INK, "1.1")
    look = f'fill="#ffffff" stroke="{ink}" stroke-width="{thick}" stroke-linejoin="round"'
    yield f"<g><title>{_escaped(symbol.title)}</title>"
    yield f"{_outline(symbol)} {look}/>"
    if symbol.word:
        runs = (Run(symbol.word),)
        box = symbol.box
        if symbol.shape is Shape.PENTAGON:
            box = Rect(box.x, box.y, box.width, box.height * (1 - POINT_OF_PENTAGON / 2))
        yield from _text(Text(runs, box, 7.5, bold=True, align=Align.CENTRE))
    yield "</g>"


def _outline(symbol: Symbol) -> str:
    box = symbol.box
    if symbol.shape is Shape.BOX:
        return f"<rect {_place(box)}"
    if symbol.shape is Shape.CAPSULE:
        return f'<rect {_place(box)} rx="{_n(box.height / 2)}"'
    middle = box.centre
    corners: tuple[Point, ...] = (
        Point(middle.x, box.y),
        Point(box.right, middle.y),
        Point(middle.x, box.bottom),
        Point(box.x, middle.y),
    )
    if symbol.shape is Shape.PENTAGON:
        shoulder = box.bottom - box.height * POINT_OF_PENTAGON
        corners = (
            Point(box.x, box.y),
            Point(box.right, box.y),
            Point(box.right, shoulder),
            Point(middle.x, box.bottom),
            Point(box.x, shoulder),
        )
    return f'<path d="M{"L".join(_at(point) for point in corners)}Z"'


def _tick(box: Rect) -> str:
    points = (
        Point(box.x, box.y + box.height * 0.55),
        Point(box.x + box.width * 0.38, box.bottom - 0.5),
        Point(box.right, box.y + 0.8),
    )
    line = "L".join(_at(point) for point in points)
    return (
        f'<path d="M{line}" fill="none" stroke="{_TICK_INK}" stroke-width="1.8"'
        ' stroke-linecap="round" stroke-linejoin="round"/>'
    )


def _text(text: Text) -> Iterator[str]:
    """Yield a text element for each run: nothing then depends on how a viewer breaks lines."""
    look = f'font-size="{_n(text.size)}" fill="{_QUIET if text.quiet else _INK}"'
    if text.bold:
        look += ' font-weight="bold"'
    if text.turned:
        middle = text.box.centre
        look += f' transform="rotate(-90 {_n(middle.x)} {_n(middle.y)})"'
    for run in text.runs:
        if not run.text:
            continue
        shift = {Align.LEFT: 0.0, Align.CENTRE: 0.5, Align.RIGHT: 1.0}[text.align]
        x = text.left(run) + width(run.text, text.size, bold=text.bold) * shift
        anchor = f' text-anchor="{text.align}"' if shift else ""
        slant = ' font-style="italic"' if run.italic else ""
        place = f'x="{_n(x)}" y="{_n(text.baseline(run))}"'
        yield f"<text {place} {look}{anchor}{slant}>{_escaped(run.text)}</text>"


def _place(box: Rect) -> str:
    return f'x="{_n(box.x)}" y="{_n(box.y)}" width="{_n(box.width)}" height="{_n(box.height)}"'


def _at(point: Point) -> str:
    return f"{_n(point.x)} {_n(point.y)}"


def _n(number: float) -> str:
    """Return a number with at most two decimals, the same on every machine."""
    return f"{number:.2f}".rstrip("0").rstrip(".")


def _escaped(text: str) -> str:
    return _escape_markup(_NOT_XML.sub("\ufffd", text))
