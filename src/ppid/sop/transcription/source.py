"""A sheet as a file gives it: lines of text and rows of cells, in their order, without mark-up."""

import re
from dataclasses import dataclass

MARK = "●"
"""What stands in a cell for a symbol that was drawn there."""

MARKUP = re.compile(r"<[^<>]{0,200}>")
EMPHASIS = re.compile(r"\*{1,3}([^*\n]*)\*{1,3}|\*{2,3}")
RULES = re.compile(r"^[\s*\"'|_\[\]\-–—.]+(?=\w)|[\s|_\[]+$")
"""What scans make of the lines of a table, at both ends of a line."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of running text, never empty. gap: whether an empty line stands before it."""

    text: str
    gap: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: the text of each cell, "" where it is empty; a cell may have lines."""

    cells: tuple[str, ...]

    def cell(self, column: int) -> str:
        """Return the text of a cell, "" outside the row."""
        return self.cells[column] if column < len(self.cells) else ""


Block = Line | Row


def blocks_of_text(text: str) -> tuple[Block, ...]:
    """Return the lines of a text; a line with tabs is a row of cells."""
    found: list[Block] = []
    gap = False
    for raw in plain(text).splitlines():
        cells = tuple(one.strip() for one in raw.split("\t"))
        if len(cells) > 1 and any(cells):
            found.append(Row(cells))
        elif cells[0]:
            found.append(Line(one_line(cells[0]), gap))
        gap = not any(cells)
    return tuple(found)


def plain(text: str) -> str:
    """Return a text without the tags and stars of HTML and Markdown."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    return EMPHASIS.sub(r"\1", MARKUP.sub("", text))


def unruled(text: str) -> str:
    """Return a line without what a scan made of the table's lines around it."""
    return RULES.sub("", text).strip()


def one_line(text: str) -> str:
    """Return a text on one line."""
    return " ".join(text.split())
