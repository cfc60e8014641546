"""Paragraphs and tables of DOCX and ODT documents, in their order."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from ppid.errors import BadInput
from ppid.office.list_files.package import BROKEN, damaged, refusal
from ppid.office.list_files.table import check_size, clean
from ppid.sop.transcription.source import Block, Line, Row, one_line

MOST_BYTES = 8_000_000
BREAKS = {"br": "\n", "cr": "\n", "line-break": "\n", "tab": "\t", "s": " ", "noBreakHyphen": "-"}


@dataclass(frozen=True, slots=True)
class Format:
    """How a kind of document names its parts. letters: the elements whose text counts."""

    part: str
    table: str
    row: str
    cells: frozenset[str]
    paragraphs: frozenset[str]


DOCX = Format("word/document.xml", "tbl", "tr", frozenset({"tc"}), frozenset({"p"}))
ODT = Format(
    *("content.xml", "table", "table-row"),
    frozenset({"table-cell", "covered-table-cell"}),
    frozenset({"p", "h"}),
)


def blocks_of_document(package: zipfile.ZipFile, kind: Format) -> tuple[Block, ...]:
    """Return the blocks of a document. Raises BadInput (file_damaged, file_unpacks_too_large)."""
    try:
        if package.getinfo(kind.part).file_size > MOST_BYTES:
            raise BadInput(refusal("file_unpacks_too_large", "Isi file ini terlalu besar."))
        root = fromstring(package.read(kind.part), forbid_dtd=True)
    except (*BROKEN, KeyError, DefusedXmlException):
        raise BadInput(damaged()) from None
    return tuple(_blocks(root, kind))


def _blocks(element: Element, kind: Format) -> Iterator[Block]:
    gap = False
    for one in element:
        name = _name(one)
        if name == kind.table:
            yield from _rows(one, kind)
        elif name in kind.paragraphs:
            text = clean(_text(one))
            if "\t" in text:
                yield Row(tuple(part.strip() for part in text.split("\t")))
            else:
                yield from (Line(one_line(part), gap) for part in text.splitlines() if part.strip())
            gap = not text
        else:
            yield from _blocks(one, kind)


def _rows(table: Element, kind: Format) -> Iterator[Row]:
    rows = [one for one in table.iter() if _name(one) == kind.row]
    check_size(rows=len(rows))
    nested = {id(row) for inner in _inner_tables(table, kind) for row in inner.iter()}
    for row in rows:
        if id(row) not in nested:
            cells = [text for cell in _cells(row, kind) for text in _cell(cell, kind)]
            check_size(columns=len(cells))
            yield Row(tuple(cells))


def _inner_tables(table: Element, kind: Format) -> list[Element]:
    return [one for one in table.iter() if _name(one) == kind.table and one is not table]


def _cells(row: Element, kind: Format) -> Iterator[Element]:
    for one in row:
        if _name(one) in kind.cells:
            yield one
        else:
            yield from _cells(one, kind)


def _cell(cell: Element, kind: Format) -> list[str]:
    """Return the text of a cell, and an empty one for each further column that it covers."""
    lines = [_text(one) for one in cell.iter() if _name(one) in kind.paragraphs]
    span = next((_value(one, "val") for one in cell.iter() if _name(one) == "gridSpan"), "")
    spanned = span or _value(cell, "number-columns-spanned")
    # An OpenDocument table has its covered cells itself.
    more = int(spanned) - 1 if spanned.isdigit() and kind is DOCX else 0
    check_size(columns=more)
    return [clean("\n".join(lines)).replace("\t", " "), *[""] * more]


def _text(element: Element) -> str:
    """Return the words of a paragraph: in DOCX those of its `t`, in OpenDocument all there are."""
    is_docx = any(_name(one) in ("r", "t") for one in element.iter())
    return "".join(_pieces(element, only="t" if is_docx else ""))


def _pieces(element: Element, *, only: str) -> Iterator[str]:
    name = _name(element)
    yield BREAKS.get(name, "")
    if not only or name == only:
        yield element.text or ""
    for one in element:
        yield from _pieces(one, only=only)
        if not only:
            yield one.tail or ""


def _value(element: Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if key.endswith(name)), "")


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]
