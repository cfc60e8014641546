"""A printed page as blocks: words and strokes with their places become lines and rows of cells.

Lengths in points, from the lower left corner. A stroke belongs to a table's grid when both its ends
meet one that crosses it; the arrows of a flowchart end in the middle of a cell and fall out.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ppid.sop.transcription.source import MARK, Block, Line, Row

NEAR = 2.5
SHORTEST = 12.0
LARGE_ENOUGH = 0.3
"""Of the area of the largest group of strokes: what is smaller is a symbol or an arrow."""

LIST_MARK = re.compile(r"(?:\d{1,2}[.)]|[-–•])\s")


@dataclass(frozen=True, slots=True)
class Box:
    """A word, a stroke or a symbol, by its edges. text: of a word."""

    left: float
    low: float
    right: float
    high: float
    text: str = ""

    @property
    def middle(self) -> tuple[float, float]:
        """Return the centre."""
        return (self.left + self.right) / 2, (self.low + self.high) / 2


@dataclass(frozen=True, slots=True)
class Page:
    """A page. strokes: level or upright lines; symbols: closed outlines."""

    words: tuple[Box, ...]
    strokes: tuple[Box, ...] = ()
    symbols: tuple[Box, ...] = ()


def blocks_of_page(page: Page) -> tuple[Block, ...]:
    """Return the blocks of a page from its top to its foot."""
    level, upright = _grid(page.strokes)
    lefts = _merged(one.left for one in upright)
    bands = [*_bands(level)]
    found: list[tuple[float, Block]] = []
    taken: set[Box] = set()
    for high, low in bands:
        inside = [one for one in page.words if low < one.middle[1] < high]
        inside = [one for one in inside if _between(one, lefts)]
        edges = [x for x in lefts if any(_crosses(one, x, low=low, high=high) for one in upright)]
        if len(edges) < 2:
            continue
        taken.update(inside)
        symbols = [one for one in page.symbols if low < one.middle[1] < high]
        found.append((high, Row(_cells(inside, symbols, edges, lefts))))
    rest = [one for one in page.words if one not in taken]
    found += [(high, Line(text)) for high, text in _lines(rest)]
    found.sort(key=lambda pair: -pair[0])
    return tuple(block for _, block in found)


def _grid(strokes: Sequence[Box]) -> tuple[list[Box], list[Box]]:
    """Return the level and the upright strokes of the tables.

    Strokes whose ends meet hang together; a table is a group about as large as the largest one.
    """
    long = [one for one in strokes if max(one.right - one.left, one.high - one.low) >= SHORTEST]
    groups = _groups(long)
    areas = [_area(group) for group in groups]
    tables = [
        one
        for group, area in zip(groups, areas, strict=True)
        if area >= LARGE_ENOUGH * max(areas)
        for one in group
    ]
    level = [one for one in tables if one.high - one.low < one.right - one.left]
    return level, [one for one in tables if one.high - one.low > one.right - one.left]


def _groups(strokes: Sequence[Box]) -> list[list[Box]]:
    """Return the strokes in groups: an end of one lies on another, or the other way round."""
    left = list(strokes)
    groups: list[list[Box]] = []
    while left:
        group, fresh = [], [left.pop()]
        while fresh:
            one = fresh.pop()
            group.append(one)
            touching = [other for other in left if _meet(one, other)]
            left = [other for other in left if other not in touching]
            fresh += touching
        groups.append(group)
    return groups


def _meet(one: Box, other: Box) -> bool:
    return any(_on(end, b) for a, b in ((one, other), (other, one)) for end in _ends(a))


def _ends(stroke: Box) -> tuple[tuple[float, float], tuple[float, float]]:
    return (stroke.left, stroke.low), (stroke.right, stroke.high)


def _on(point: tuple[float, float], stroke: Box) -> bool:
    x, y = point
    is_beside = stroke.left - NEAR <= x <= stroke.right + NEAR
    return is_beside and stroke.low - NEAR <= y <= stroke.high + NEAR


def _area(group: Sequence[Box]) -> float:
    wide = max(one.right for one in group) - min(one.left for one in group)
    return wide * (max(one.high for one in group) - min(one.low for one in group))


def _merged(places: Iterable[float]) -> list[float]:
    found: list[float] = []
    for one in sorted(places):
        if not found or one - found[-1] > NEAR:
            found.append(one)
    return found


def _bands(level: Sequence[Box]) -> Iterable[tuple[float, float]]:
    ys = _merged(one.low for one in level)
    return zip(ys[1:], ys, strict=False)


def _between(word: Box, edges: Sequence[float]) -> bool:
    return bool(edges) and edges[0] <= word.middle[0] <= edges[-1]


def _crosses(stroke: Box, x: float, *, low: float, high: float) -> bool:
    meets = stroke.low - NEAR <= low and stroke.high + NEAR >= high
    return abs(stroke.left - x) <= NEAR and meets


def _cells(
    words: Sequence[Box], symbols: Sequence[Box], edges: Sequence[float], lefts: Sequence[float]
) -> tuple[str, ...]:
    """Return the cells of a band, one for each column of the page; a merged one at its first."""
    cells = [""] * (len(lefts) - 1)
    for left, right in zip(edges, edges[1:], strict=False):
        here = [one for one in words if left <= one.middle[0] < right]
        drawn = any(left < one.left and one.right < right for one in symbols)
        text = _wrapped([line for _, line in _lines(here)])
        cells[lefts.index(left)] = f"{text} {MARK}".strip() if drawn else text
    return tuple(cells)


def _wrapped(lines: Sequence[str]) -> str:
    """Return the text of a cell: a new line only where an item of a list begins."""
    text = ""
    for line in lines:
        joint = "\n" if LIST_MARK.match(line) else "" if text.endswith("-") else " "
        text += joint + line
    return text.strip()


def _lines(words: Sequence[Box]) -> list[tuple[float, str]]:
    """Return the lines of the words, each with its height on the page, from the top."""
    lines: list[list[Box]] = []
    for word in sorted(words, key=lambda one: -one.middle[1]):
        last = lines[-1][-1] if lines else None
        if last and abs(last.middle[1] - word.middle[1]) < (last.high - last.low) * 0.6:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [
        (line[0].high, " ".join(one.text for one in sorted(line, key=lambda box: box.left)))
        for line in lines
    ]
