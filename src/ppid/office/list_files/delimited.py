"""Tables as text: CSV in whatever encoding and with whatever separator, and pasted tables."""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from itertools import islice

from ppid.errors import BadInput
from ppid.office.list_files.columns import best_score
from ppid.office.list_files.package import refusal
from ppid.office.list_files.table import Table, clean, table

SEPARATORS = ";,\t|"
PASTED_SEPARATORS = "\t|;"
LOOKED_AT = 30
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "'")
"""Cells that begin like this are written with an apostrophe before them; it is taken off here."""

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
RULE = re.compile(r"[\s|:+=-]*-[\s|:+=-]*")
"""The line below the headings of a table drawn with | and -."""


def read_csv(data: bytes) -> Table:
    """Return the table of a CSV file. Raises BadInput."""
    return _read(_decoded(data), separators=SEPARATORS, name="CSV")


def read_pasted(text: str) -> Table:
    """Return a table that was copied from a spreadsheet (tabs) or drawn with |. Raises BadInput."""
    return _read(text, separators=PASTED_SEPARATORS, name="Tabel yang ditempelkan")


def _decoded(data: bytes) -> str:
    """Return the text: by its mark, else UTF-8 if it is that, else Windows-1252."""
    marked = [encoding for mark, encoding in BOMS if data.startswith(mark)]
    for encoding in marked or ("utf-8", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise BadInput(refusal("file_unknown", "File ini bukan tabel XLSX, DOCX, atau CSV."))


def _read(text: str, *, separators: str, name: str) -> Table:
    text, said = _without_hint(text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))
    separator = said or _separator(text, separators)
    try:
        rows = list(_rows(text, separator))
    except csv.Error:
        finding = refusal("file_damaged", "Tanda kutip atau isi sel dalam tabel ini tidak wajar.")
        raise BadInput(finding) from None
    if separator == "|":
        rows = [_without_borders(row) for row in rows if not RULE.fullmatch("|".join(row))]
    return table(name, ([_cell(text) for text in row] for row in rows))


def _without_hint(text: str) -> tuple[str, str]:
    """Take off the first line `sep=;` by which some programs tell Excel the separator."""
    first, _, rest = text.partition("\n")
    said = re.fullmatch(r"\"?sep=(.)\"?", first.strip(" "))
    return (rest, said.group(1)) if said else (text, "")


def _separator(text: str, separators: str) -> str:
    """Return the separator that gives the most known headings, else the most even columns."""
    return max(separators, key=lambda one: _fitness(text, one))


def _fitness(text: str, separator: str) -> tuple[int, int]:
    try:
        rows = [tuple(row) for row in islice(_rows(text, separator), LOOKED_AT)]
    except csv.Error:
        return 0, 0
    widths = [len(row) for row in rows if any(row)]
    usual = max(widths, key=widths.count, default=1)
    return best_score(Table("", tuple(rows))), (usual - 1) * widths.count(usual)


def _rows(text: str, separator: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator)


def _without_borders(row: list[str]) -> list[str]:
    row = row[1:] if row and not row[0].strip() else row
    return row[:-1] if row and not row[-1].strip() else row


def _cell(text: str) -> str:
    if text[:1] == "'" and text[1:2] in FORMULA_STARTS:
        text = text[1:]
    return clean(text)
