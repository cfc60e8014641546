"""Files as offices have them, and files as nobody should send them; all made here."""

import io
import zipfile

from openpyxl import Workbook
from openpyxl.styles import numbers

HEADINGS = ("No", "Jenis Informasi", "Dasar Hukum", "Akibat Bila Dibuka", "Jangka Waktu")
ROW = ("1.", "Rekam medis", "UU 14/2008 Pasal 17 huruf h", "Rahasia terbuka", "Selamanya")
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
DOCX_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def workbook(*rows, title="Daftar", sheets=(), merged=(), formats=None):
    """Return an XLSX with these rows. sheets: (title, rows) of more. formats: cell -> format."""
    book = Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    for one in merged:
        sheet.merge_cells(one)
    for cell, form in (formats or {}).items():
        sheet[cell].number_format = form
    for name, more in sheets:
        other = book.create_sheet(name)
        for row in more:
            other.append(row)
    return saved(book)


def saved(book):
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def package(parts, *, compression=zipfile.ZIP_DEFLATED):
    """Return a zip of name -> text or bytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as zipped:
        for name, content in parts.items():
            zipped.writestr(name, content)
    return stream.getvalue()


def parts_of(data):
    with zipfile.ZipFile(io.BytesIO(data)) as zipped:
        return {name: zipped.read(name) for name in zipped.namelist()}


def with_part(data, name, content):
    """Return the package with one part replaced or added."""
    return package(parts_of(data) | {name: content})


def document(*tables):
    """Return a DOCX with these tables. A cell is a text, or (text, properties in XML)."""
    body = "".join(f"<w:tbl>{''.join(map(_row, rows))}</w:tbl>" for rows in tables)
    text = f'<?xml version="1.0"?><w:document {W}><w:body>{body}</w:body></w:document>'
    return package({"[Content_Types].xml": DOCX_TYPES, "word/document.xml": text})


def _row(cells):
    return f"<w:tr>{''.join(map(_cell, cells))}</w:tr>"


def _cell(cell):
    text, properties = cell if isinstance(cell, tuple) else (cell, "")
    lines = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.split("\n"))
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{lines}</w:tc>"


def dated(value):
    """Return a workbook whose term is a day, as Excel keeps days: a number with a format."""
    form = {"E2": numbers.FORMAT_DATE_DDMMYY}
    return workbook(HEADINGS, (*ROW[:4], value), formats=form)
