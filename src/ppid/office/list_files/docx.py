"""Tables of a DOCX document, as text: each paragraph of a cell a line, deleted words left out."""

import zipfile
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from ppid.errors import BadInput
from ppid.office.list_files.package import BROKEN, damaged, happenings
from ppid.office.list_files.table import Cell, Table, check_size, clean, table

DOCUMENT = "word/document.xml"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BREAKS = {"p": "\n", "br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "-"}


@dataclass(slots=True)
class _Table:
    """A table that is being read. open: column -> the row in which a merged cell began."""

    rows: list[list[str]] = field(default_factory=list)
    covered: dict[Cell, Cell] = field(default_factory=dict)
    merged: dict[int, int] = field(default_factory=dict)
    text: list[str] = field(default_factory=list)
    span: int = 1
    merge: str | None = None


def read_docx(package: zipfile.ZipFile) -> tuple[Table, ...]:
    """Return the tables of the document that hold anything. Raises BadInput.

    A table within a cell is text of that cell.
    """
    found: list[_Table] = []
    depth = 0
    try:
        for event, element in happenings(package, DOCUMENT):
            tag = element.tag.removeprefix(W)
            if tag == "tbl":
                depth += 1 if event == "start" else -1
                if depth == 1 and event == "start":
                    found.append(_Table())
            elif depth and found:
                _take(found[-1], tag, event, element, nested=depth > 1)
    except (*BROKEN, KeyError, ValueError):
        raise BadInput(damaged()) from None
    tables = [
        table(f"Tabel {number}", one.rows, covered=one.covered)
        for number, one in enumerate(found, 1)
    ]
    return tuple(one for one in tables if one.rows)


def _take(one: _Table, tag: str, event: str, element: Element, *, nested: bool) -> None:
    """Take what a cell says, and note where cells and rows begin and end."""
    match event, tag:
        case "end", "t":
            one.text.append(element.text or "")
        case "end", "p" | "br" | "cr" | "tab" | "noBreakHyphen":
            one.text.append(BREAKS[tag])
        case _ if nested:
            return
        case "start", "tr":
            one.rows.append([])
            check_size(rows=len(one.rows))
        case "start", "tc":
            one.text, one.span, one.merge = [], 1, None
        case "end", "gridSpan":
            one.span = int(element.get(f"{W}val", "1"))
        case "end", "vMerge":
            one.merge = element.get(f"{W}val", "continue")
        case "end", "tc":
            _end_cell(one)


def _end_cell(one: _Table) -> None:
    row = one.rows[-1]
    check_size(columns=len(row) + one.span)
    here, column = len(one.rows) - 1, len(row)
    if one.merge == "continue" and column in one.merged:
        one.covered[(here, column)] = (one.merged[column], column)
    elif one.merge == "restart":
        one.merged[column] = here
    text = "" if one.merge == "continue" else clean("".join(one.text))
    row.extend([text, *[""] * (max(one.span, 1) - 1)])
