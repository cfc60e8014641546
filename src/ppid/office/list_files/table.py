"""A table as it stands in a file: cells as text, each at its place, and what was odd about it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from enum import StrEnum
from typing import Any

from ppid.errors import BadInput, Finding
from ppid.law.term import in_words

LARGEST_FILE = 10 * 1024 * 1024
MOST_ROWS = 6000
MOST_COLUMNS = 200
LONGEST_CELL = 32_000
"""Excel holds 32,767 characters in a cell; what is longer could not be exported again."""

MOST_TEXT = 20_000_000
LAST_OF_PLANES = "".join(chr(plane << 16 | end) for plane in range(17) for end in (0xFFFE, 0xFFFF))
NO_TEXT = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff{LAST_OF_PLANES}]")
"""Control characters, halves of pairs, and the two of each plane that are no characters in XML."""

Cell = tuple[int, int]
"""Row and column, both from 0."""


class Oddity(StrEnum):
    """What was odd about a cell. The first two leave it without a text that could be trusted."""

    ERROR_VALUE = "error_value"
    FORMULA_WITHOUT_VALUE = "formula_without_value"
    FORMULA = "formula"


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet or table. rows: from its first one, so that row 0 is row 1 of the file.

    covered: cell -> the cell above it that it is merged into; its own text is empty.
    """

    name: str
    rows: tuple[tuple[str, ...], ...]
    covered: Mapping[Cell, Cell] = field(default_factory=dict)
    odd: Mapping[Cell, Oddity] = field(default_factory=dict)

    @property
    def width(self) -> int:
        """Return the number of columns of the widest row."""
        return max((len(row) for row in self.rows), default=0)

    def text(self, row: int, column: int) -> str:
        """Return the text of a cell, "" outside the table."""
        cells = self.rows[row]
        return cells[column] if column < len(cells) else ""

    def as_data(self) -> dict[str, Any]:
        """Return the table as plain data, for JSON."""
        return {
            "name": self.name,
            "rows": [list(row) for row in self.rows],
            "covered": [[*cell, *over] for cell, over in self.covered.items()],
            "odd": [[*cell, oddity.value] for cell, oddity in self.odd.items()],
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Table":
        """Return the table that `as_data` gave."""
        return cls(
            name=data["name"],
            rows=tuple(tuple(row) for row in data["rows"]),
            covered={(a, b): (c, d) for a, b, c, d in data["covered"]},
            odd={(a, b): Oddity(oddity) for a, b, oddity in data["odd"]},
        )


def table(
    name: str,
    rows: Iterable[Sequence[str]],
    *,
    covered: Mapping[Cell, Cell] | None = None,
    odd: Mapping[Cell, Oddity] | None = None,
) -> Table:
    """Return a table without empty rows and cells at its ends.

    Raises BadInput as soon as it is too long, too wide or too much.
    """
    kept: list[tuple[str, ...]] = []
    size, last = 0, 0
    for row in rows:
        cells = _trimmed(row)
        size += sum(map(len, cells))
        kept.append(cells)
        last = len(kept) if cells else last
        check_size(rows=last, columns=len(cells), text=size)
    return Table(name, tuple(kept[:last]), covered or {}, odd or {})


def check_size(*, rows: int = 0, columns: int = 0, text: int = 0) -> None:
    """Raise BadInput for a table that is too long, too wide, or too much text."""
    if rows > MOST_ROWS:
        message = f"Tabel ini lebih dari {MOST_ROWS} baris."
        hint = "Bagi daftarnya menjadi beberapa file."
        raise BadInput(Finding("too_many_rows", message, hint=hint))
    if columns > MOST_COLUMNS:
        message = f"Tabel ini lebih dari {MOST_COLUMNS} kolom."
        hint = "Hapus kolom yang tidak termasuk daftar, lalu simpan lagi."
        raise BadInput(Finding("too_many_columns", message, hint=hint))
    if text > MOST_TEXT:
        message = "Isi tabel ini terlalu banyak untuk satu impor."
        raise BadInput(Finding("too_much_text", message, hint="Bagi menjadi beberapa file."))


def _trimmed(row: Sequence[str]) -> tuple[str, ...]:
    end = len(row)
    while end and not row[end - 1]:
        end -= 1
    return tuple(row[:end])


def clean(text: str) -> str:
    """Return a text without what no office file can hold: control characters, lone surrogates.

    Lines end in LF; spaces around the whole are gone. Cleaning twice changes nothing more.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ")
    return NO_TEXT.sub("", lines).strip()


def as_text(value: object) -> str:
    """Return a cell's value as an officer reads it: a date in words, a whole number without .0."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Ya" if value else "Tidak"
    if isinstance(value, datetime):
        clock = f" pukul {value:%H.%M}" if value.time() != time() else ""
        return in_words(value.date()) + clock
    if isinstance(value, time):
        return f"{value:%H.%M}"
    if isinstance(value, float):
        return f"{value:.15g}"
    return clean(str(value))


def column_letter(column: int) -> str:
    """Return what a spreadsheet calls a column, counted from 0: 0 is A, 26 is AA."""
    letters, number = "", column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def place(row: int, column: int) -> str:
    """Return what a spreadsheet calls a cell, both counted from 0: "B5"."""
    return f"{column_letter(column)}{row + 1}"
