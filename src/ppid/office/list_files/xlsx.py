"""Sheets of an XLSX workbook, read cell by cell as text. Formulas are never worked out: what the
workbook kept as their last result is taken, and said."""

import io
import posixpath
import re
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from openpyxl import load_workbook
from openpyxl.utils.cell import coordinate_to_tuple, range_boundaries
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from ppid.errors import BadInput
from ppid.office.list_files.package import BROKEN, damaged, happenings
from ppid.office.list_files.table import (
    MOST_ROWS,
    Cell,
    Oddity,
    Table,
    as_text,
    check_size,
    clean,
    table,
)

RELATIONS = "xl/_rels/workbook.xml.rels"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
UNREADABLE = (
    *(*BROKEN, InvalidFileException, OSError),
    *(KeyError, IndexError, ValueError, TypeError, AttributeError, OverflowError),
)
"""What openpyxl raises over parts that do not fit together; it has no error of its own for that."""


@dataclass(slots=True)
class _Scan:
    """What a look through a sheet's XML finds before openpyxl reads it. Rows, columns from 1."""

    rows: int = 0
    columns: int = 0
    odd: dict[Cell, Oddity] = field(default_factory=dict)
    covered: dict[Cell, Cell] = field(default_factory=dict)


@dataclass(slots=True)
class _Position:
    """The cell that is being read, and what was found in it. A cell may leave its place unsaid."""

    row: int = 0
    column: int = 0
    kind: str = ""
    formula: bool = False
    value: bool = False


def read_xlsx(data: bytes, package: zipfile.ZipFile) -> tuple[Table, ...]:
    """Return the visible sheets that hold anything. Raises BadInput."""
    try:
        scans = {name: _scan(package, part) for name, part in _visible_sheets(package)}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl remarks on styles and extensions it drops
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            sheets = [one for one in book.worksheets if one.title in scans]
            found = [_sheet(one, scans[one.title]) for one in sheets]
    except UNREADABLE:
        raise BadInput(damaged()) from None
    return tuple(one for one in found if one.rows)


def _visible_sheets(package: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Yield the name of each visible sheet, and of the part that holds it."""
    parts = {
        one.get("Id", ""): posixpath.normpath(posixpath.join("/xl", one.get("Target", "")))
        for _, one in happenings(package, RELATIONS)
    }
    for event, sheet in happenings(package, "xl/workbook.xml"):
        if event == "end" and sheet.tag.endswith("}sheet"):
            part = parts[sheet.get(RELATION, "")].lstrip("/")
            if sheet.get("state", "visible") == "visible" and "worksheets/" in part:
                yield sheet.get("name", ""), part


def _scan(package: zipfile.ZipFile, part: str) -> _Scan:
    """Return where the sheet's texts end, and its merged and odd cells. Raises BadInput.

    A sheet may claim to reach to its last possible row; only cells with a value count.
    """
    scan, here = _Scan(), _Position()
    for event, element in happenings(package, part):
        tag = element.tag.rpartition("}")[2]
        match event, tag:
            case "start", "row":
                here.row, here.column = int(element.get("r", here.row + 1)), 0
            case "start", "c":
                _enter(here, element.get("r", ""), kind=element.get("t", ""))
            case "end", "f":
                here.formula = True
            case "end", "v" | "t":
                here.value = here.value or bool(element.text)
            case "end", "c":
                _leave(here, scan)
            case "end", "mergeCell":
                _cover(scan, element.get("ref", ""))
    return scan


def _enter(here: _Position, reference: str, *, kind: str) -> None:
    here.column += 1
    if reference:
        here.row, here.column = coordinate_to_tuple(reference)
    here.kind, here.formula, here.value = kind, False, False


def _leave(here: _Position, scan: _Scan) -> None:
    cell = (here.row - 1, here.column - 1)
    if here.formula:
        scan.odd[cell] = Oddity.FORMULA if here.value else Oddity.FORMULA_WITHOUT_VALUE
    if here.kind == "e" and here.value:
        scan.odd[cell] = Oddity.ERROR_VALUE
    if here.value or here.formula:
        scan.rows, scan.columns = max(scan.rows, here.row), max(scan.columns, here.column)
        check_size(rows=scan.rows, columns=scan.columns)


def _cover(scan: _Scan, reference: str) -> None:
    """Note which cells of the first column of a merged range lie below its first row."""
    left, top, _, bottom = range_boundaries(reference)
    for row in range(top, min(bottom, MOST_ROWS)):
        scan.covered[(row, left - 1)] = (top - 1, left - 1)


def _sheet(sheet: ReadOnlyWorksheet, scan: _Scan) -> Table:
    sheet.reset_dimensions()  # what a file says of its own size is not to be trusted
    rows = sheet.iter_rows(max_row=scan.rows, max_col=scan.columns, values_only=True)
    texts = ([_text(value) for value in row] for row in rows) if scan.rows else ()
    return table(sheet.title, texts, covered=scan.covered, odd=scan.odd)


def _text(value: object) -> str:
    if isinstance(value, str) and "_x" in value:
        value = ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)
        return clean(value)
    return as_text(value)
