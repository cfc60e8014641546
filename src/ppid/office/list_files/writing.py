"""Write a list as XLSX or CSV so that no program takes a cell for a formula, and so that reading it
again gives the same texts; and the template that an office fills in."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.writer.excel import save_workbook

from ppid.law.defect import LegacyEntry
from ppid.office.list_files.columns import LABELS
from ppid.office.list_files.delimited import FORMULA_STARTS
from ppid.office.list_files.entries import EXAMPLE

SHEET = "Daftar"
NARROW = frozenset({"number", "ground", "term", "test", "decree"})
HEADING_COLOUR = "DCE6F1"
LOOKS_ESCAPED = re.compile(r"_x(?=[0-9A-Fa-f]{4}_)")
EXAMPLE_ENTRY = LegacyEntry(
    number=EXAMPLE,
    title="Rekam medis pasien program tuberkulosis",
    summary="Identitas, diagnosis, dan riwayat pengobatan pasien di puskesmas",
    agency="Dinas Kesehatan",
    ground="Pasal 17 huruf h angka 2",
    legal_basis="UU 17/2023 tentang Kesehatan",
    consequence_if_open="Riwayat kesehatan seseorang diketahui orang yang tidak berhak",
    consequence_if_closed="Pasien tetap mau memeriksakan diri",
    part="Nama, NIK, dan hasil pemeriksaan",
    term="Sampai 31 Desember 2035",
    document="Buku register pasien 2025",
    remark="Rekapitulasi tanpa nama tetap terbuka",
)
"""Invented. Every field that a list may have, filled in as an officer would."""

HELP = {
    "number": "Nomor urut seperti dalam daftar Anda. Boleh kosong.",
    "title": "Wajib. Nama atau jenis informasinya.",
    "summary": "Isi informasinya, dengan kata-kata daftar Anda.",
    "agency": "Nama perangkat daerah yang menguasai informasi itu.",
    "ground": "Huruf dan angka Pasal 17 UU 14/2008 seperti tertulis dalam daftar.",
    "legal_basis": "Peraturan yang disebut dalam daftar.",
    "consequence_if_open": "Akibat atau konsekuensi bila informasi dibuka.",
    "consequence_if_closed": "Manfaat atau pertimbangan bila informasi ditutup.",
    "part": "Bagian mana yang ditutup, bila tidak seluruhnya.",
    "term": "Jangka waktu seperti tertulis, juga bila tertulis “selama berlaku”.",
    "document": "Dokumen yang memuat informasi itu.",
    "document_link": "Alamat atau tautan dokumen, bila daftar memuatnya.",
    "test": "Nomor dan tanggal uji konsekuensi, bila ada.",
    "decree": "Nomor dan tanggal surat penetapan, bila ada.",
    "remark": "Keterangan lain.",
}
"""What belongs into each column, in the officer's words."""


def as_csv(entries: Iterable[LegacyEntry]) -> bytes:
    """Return the list as CSV: UTF-8 with its mark and semicolons, as Excel here opens it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", quoting=csv.QUOTE_ALL)
    writer.writerow(LABELS.values())
    writer.writerows([_guarded(value) for value in _texts(one)] for one in entries)
    return text.getvalue().encode("utf-8-sig")


def _guarded(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def as_xlsx(entries: Iterable[LegacyEntry]) -> bytes:
    """Return the list as a workbook of texts; nothing in it is a formula."""
    book = Workbook(write_only=True)
    _write_list(book.create_sheet(SHEET), entries)
    return _bytes(book)


def template() -> bytes:
    """Return the workbook to fill in: the headings, one example row, and a sheet of help."""
    book = Workbook(write_only=True)
    _write_list(book.create_sheet(SHEET), [EXAMPLE_ENTRY])
    notes = book.create_sheet("Petunjuk")
    notes.column_dimensions["A"].width, notes.column_dimensions["B"].width = 36, 90
    notes.append([_heading(notes, "Kolom"), _heading(notes, "Yang ditulis di sana")])
    for name, text in HELP.items():
        notes.append([_text(notes, LABELS[name]), _text(notes, text)])
    return _bytes(book)


def _write_list(sheet: WriteOnlyWorksheet, entries: Iterable[LegacyEntry]) -> None:
    sheet.freeze_panes = "C2"
    for number, name in enumerate(LABELS, 1):
        width = 14 if name in NARROW else 36
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.append([_heading(sheet, label) for label in LABELS.values()])
    for one in entries:
        sheet.append([_text(sheet, value) if value else None for value in _texts(one)])


def _heading(sheet: WriteOnlyWorksheet, text: str) -> WriteOnlyCell:
    cell = _text(sheet, text)
    cell.font = Font(bold=True)
    cell.fill = PatternFill("solid", fgColor=HEADING_COLOUR)
    return cell


def _text(sheet: WriteOnlyWorksheet, text: str) -> WriteOnlyCell:
    """Return a cell that is text whatever it begins with, also after it was edited in Excel."""
    cell = WriteOnlyCell(sheet, LOOKS_ESCAPED.sub("_x005F_x", text))
    cell.data_type = "s"
    cell.quotePrefix = text.startswith(FORMULA_STARTS)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _texts(entry: LegacyEntry) -> Sequence[str]:
    texts = asdict(entry)
    return [texts[name] for name in LABELS]


def _bytes(book: Workbook) -> bytes:
    stream = io.BytesIO()
    save_workbook(book, stream)
    return stream.getvalue()
