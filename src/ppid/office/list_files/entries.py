"""The rows of a table as entries of an old list: a dry run that says of each what would become of
it, and where what is wrong. Nothing is saved here."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from ppid.errors import Finding
from ppid.law.defect import LegacyEntry
from ppid.law.term import in_words
from ppid.office.list_files.columns import Header, first_entry, is_ours, plain
from ppid.office.list_files.table import LONGEST_CELL, Oddity, Table, place

EXCEL_DAY_ZERO = date(1899, 12, 30)
SERIALS = range(29_221, 73_051)
"""Days that Excel counts from 1980 to 2099: a five-digit number in this range may be a date."""


EXAMPLE = "Contoh, hapus baris ini"
"""What stands as the number of the example row in the template."""


GROUP_NUMBER = re.compile(r"([IVX]+|[A-H])\.?")
WIDE = 4
"""In a list with fewer columns a number and a title may well be the whole entry."""

UNTITLED_HINT = "Isi selnya; atau tandai, di langkah kolom, bahwa ini lanjutan baris di atasnya."


class Fate(StrEnum):
    """What would become of a row. Only the first is imported, the second when asked for."""

    NEW = "baru"
    NUMBER_KNOWN = "nomor_sudah_ada"
    KNOWN = "sudah_ada"
    IN_REGISTER = "dalam_register"
    TWICE = "ganda"
    WRONG = "salah"

    @property
    def label(self) -> str:
        """Return the fate in words."""
        return _LABELS[self]


_LABELS = {
    Fate.NEW: "Akan diimpor",
    Fate.NUMBER_KNOWN: "Nomornya sudah ada, isinya berbeda",
    Fate.KNOWN: "Sudah diimpor sebelumnya",
    Fate.IN_REGISTER: "Sudah ada dalam register",
    Fate.TWICE: "Sama dengan baris lain dalam file ini",
    Fate.WRONG: "Perlu diperbaiki",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How the officer wants a table read.

    columns: the field of each column, "" for one that is left out. join: a row without a title
    goes on with the entry above it. agency: ours, for rows that name none of ours.
    """

    header: Header
    columns: tuple[str, ...]
    join: bool = False
    agency: UUID | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What the body has already. numbers: of imported entries; register: public ids of items."""

    entries: frozenset[LegacyEntry] = frozenset()
    register: frozenset[str] = frozenset()
    agencies: Mapping[str, UUID] = field(default_factory=dict)

    @property
    def numbers(self) -> frozenset[str]:
        """Return the numbers of the entries, without the full stop behind them."""
        return frozenset(number_of(one) for one in self.entries) - {""}


@dataclass(frozen=True, slots=True)
class CheckedRow:
    """One row of the file, from 1, and what would become of it. errors, remarks: at a cell each."""

    row: int
    entry: LegacyEntry
    agency: UUID | None
    fate: Fate
    errors: tuple[Finding, ...] = ()
    remarks: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class DryRun:
    """What an import would do. passed_over: headings in between, and repeated ones, by row."""

    rows: tuple[CheckedRow, ...]
    passed_over: Mapping[int, str] = field(default_factory=dict)

    def of(self, fate: Fate) -> tuple[CheckedRow, ...]:
        """Return the rows with that fate."""
        return tuple(one for one in self.rows if one.fate is fate)


@dataclass(slots=True)
class _Row:
    """A row that is being put together: its texts by field, each with the cell it came from."""

    row: int
    texts: dict[str, list[str]] = field(default_factory=dict)
    cells: dict[str, tuple[int, int]] = field(default_factory=dict)
    errors: list[Finding] = field(default_factory=list)
    remarks: list[Finding] = field(default_factory=list)


def number_of(entry: LegacyEntry) -> str:
    """Return an entry's number without the full stop or bracket behind it."""
    return entry.number.strip().rstrip(".)").strip()


def agency_names(agencies: Iterable[tuple[UUID, str, str]]) -> dict[str, UUID]:
    """Return our agencies (id, code, name) by every word an old list may name them with."""
    return {plain(word): key for key, code, name in agencies for word in (code, name)}


def dry_run(table: Table, reading: Reading, *, known: Known) -> DryRun:
    """Return what importing the table would do, row by row, in the file's order."""
    passed_over: dict[int, str] = {}
    rows = [_finished(one, reading) for one in _rows(table, reading, passed_over)]
    seen: set[LegacyEntry] = set()
    numbers = known.numbers
    checked = []
    for one, entry in rows:
        fate = _fate(one, entry, known=known, numbers=numbers, seen=seen)
        seen.add(entry)
        agency = known.agencies.get(plain(entry.agency), reading.agency)
        if entry.agency and agency is None:
            one.remarks.append(_agency_unknown(one, entry.agency))
        errors, remarks = tuple(one.errors), tuple(one.remarks)
        checked.append(CheckedRow(one.row + 1, entry, agency, fate, errors, remarks))
    return DryRun(tuple(checked), passed_over)


def _fate(
    one: _Row,
    entry: LegacyEntry,
    *,
    known: Known,
    numbers: frozenset[str],
    seen: set[LegacyEntry],
) -> Fate:
    number = number_of(entry)
    if one.errors:
        return Fate.WRONG
    if entry in known.entries:
        return Fate.KNOWN
    if number in known.register:
        return Fate.IN_REGISTER
    if entry in seen:
        return Fate.TWICE
    return Fate.NUMBER_KNOWN if number and number in numbers else Fate.NEW


def _rows(table: Table, reading: Reading, passed_over: dict[int, str]) -> Iterator[_Row]:
    """Yield the rows that are entries, with the rows that go on with them joined."""
    group, waiting = "", None
    for row in range(first_entry(table, reading.header), len(table.rows)):
        if not any(table.rows[row]):
            continue
        if heading := _group_heading(table, reading, row):
            group, passed_over[row + 1] = heading, f"Judul kelompok: {heading}"
            continue
        if reason := _no_entry(table, reading, row):
            passed_over[row + 1] = reason
            continue
        if waiting and _goes_on(table, reading, row):
            _take(waiting, table, reading, row)
            continue
        if waiting:
            yield waiting
        waiting = _Row(row)
        _take(waiting, table, reading, row)
        if group and "ground" not in waiting.texts:
            waiting.texts["ground"] = [group]
    if waiting:
        yield waiting


def _no_entry(table: Table, reading: Reading, row: int) -> str:
    """Return why a row is none of the list's, "" if it is one."""
    header, cells = reading.header, table.rows[row]
    if cells in table.rows[header.first : header.last + 1]:
        return "Judul kolom yang diulang"
    return "Baris contoh dari templat" if EXAMPLE in cells else ""


def _group_heading(table: Table, reading: Reading, row: int) -> str:
    """Return the text of a row that is a heading: one cell only, and not under the title; or a
    title behind "II" or "B" and nothing else, which our own headings never have below them."""
    filled = [column for column, text in enumerate(table.rows[row]) if text]
    covered = any((row, column) in table.covered for column in range(len(reading.columns)))
    if covered or len(reading.columns) < 2:
        return ""
    names = [reading.columns[n] if n < len(reading.columns) else "" for n in filled]
    texts = [table.text(row, column) for column in filled]
    if names in (["number"], [""]):
        return texts[0] if re.search(r"[A-Za-z]{3}", texts[0]) else ""
    grouped = names == ["number", "title"] and not is_ours(reading.header)
    wide = sum(map(bool, reading.columns)) >= WIDE
    return " ".join(texts) if grouped and wide and GROUP_NUMBER.fullmatch(texts[0]) else ""


def _goes_on(table: Table, reading: Reading, row: int) -> bool:
    """Return whether a row belongs to the entry above: its title cell is merged into that one.

    Never if it has a number of its own.
    """
    places = list(enumerate(reading.columns))
    titles = [column for column, name in places if name == "title"]
    if any(table.text(row, column) for column, name in places if name in ("title", "number")):
        return False
    return reading.join or any((row, column) in table.covered for column in titles)


def _take(one: _Row, table: Table, reading: Reading, row: int) -> None:
    """Add a row's texts, and note what is odd about its cells.

    A cell merged into one above has its text, unless that one was taken with this very entry.
    """
    for column, name in enumerate(reading.columns):
        over = table.covered.get((row, column), (row, column))
        if not name or one.row <= over[0] < row:
            continue
        text, cell = table.text(*over), place(row, column)
        if text:
            one.texts.setdefault(name, []).append(text)
            one.cells.setdefault(name, (row, column))
        _remark(one, text, name=name, cell=cell, odd=table.odd.get(over))


def _remark(one: _Row, text: str, *, name: str, cell: str, odd: Oddity | None) -> None:
    match odd:
        case Oddity.ERROR_VALUE:
            said = f"Sel ini berisi kesalahan Excel ({text})."
            one.errors.append(_at(cell, "cell_error_value", said, "Perbaiki rumusnya di Excel."))
        case Oddity.FORMULA_WITHOUT_VALUE:
            said = "Sel ini berisi rumus yang belum dihitung."
            hint = "Buka file di Excel, simpan lagi, lalu unggah; atau ganti rumus dengan teks."
            one.errors.append(_at(cell, "formula_without_value", said, hint))
        case Oddity.FORMULA:
            said = "Sel ini berisi rumus; yang diambil hasil terakhirnya."
            one.remarks.append(_at(cell, "cell_is_formula", said))
    if len(text) > LONGEST_CELL:
        said = f"Isi sel ini lebih dari {LONGEST_CELL} karakter."
        one.errors.append(_at(cell, "text_too_long", said, "Persingkat, atau bagi."))
    if name == "term" and text.isascii() and text.isdigit() and int(text[:6]) in SERIALS:
        day = in_words(EXCEL_DAY_ZERO + timedelta(int(text)))
        said = f"Angka {text} mungkin tanggal {day} yang kehilangan bentuknya."
        hint = "Bila benar, ubah bentuk sel menjadi Tanggal di Excel, lalu unggah lagi."
        one.remarks.append(_at(cell, "date_as_number", said, hint))


def _at(cell: str, code: str, text: str, hint: str = "") -> Finding:
    return Finding(code, text, place=cell, hint=hint)


def _finished(one: _Row, reading: Reading) -> tuple[_Row, LegacyEntry]:
    texts = {name: "\n".join(found) for name, found in one.texts.items()}
    if not texts.get("title"):
        column = reading.columns.index("title") if "title" in reading.columns else 0
        said = "Nama informasi kosong."
        hint = "Isi selnya." if texts.get("number") else UNTITLED_HINT
        one.errors.append(_at(place(one.row, column), "title_missing", said, hint))
    for name, text in texts.items():
        if len(text) > LONGEST_CELL and len(one.texts.get(name, ())) > 1:
            said = f"Isi gabungan lebih dari {LONGEST_CELL} karakter."
            cell = place(*one.cells[name])
            one.errors.append(_at(cell, "text_too_long", said, "Persingkat, atau bagi."))
    return one, LegacyEntry(**texts)


def _agency_unknown(one: _Row, name: str) -> Finding:
    cell = place(*one.cells["agency"]) if "agency" in one.cells else str(one.row + 1)
    said = f"“{name}” tidak ada dalam daftar perangkat daerah Anda."
    hint = "Baris ini tetap diimpor; perangkat daerahnya dipilih saat diperbaiki."
    return _at(cell, "agency_unknown", said, hint)
