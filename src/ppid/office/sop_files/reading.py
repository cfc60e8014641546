"""Read a file that holds an SOP sheet, by what it is and not by what it is called.

Only a process apart does it to a stranger's file: `ppid.office.sop_files.drafting`.
"""

import io
from itertools import chain

from ppid.errors import BadInput, Finding
from ppid.office.list_files.package import open_package, refusal
from ppid.office.list_files.reading import ZIP
from ppid.office.list_files.table import LARGEST_FILE
from ppid.office.list_files.xlsx import RELATIONS, read_xlsx
from ppid.office.sop_files.pdf import pages_of
from ppid.office.sop_files.written import DOCX, ODT, blocks_of_document
from ppid.sop.transcription.page import blocks_of_page
from ppid.sop.transcription.source import Block, Row, blocks_of_text

SCANNED = "Pakai pengenal teks (OCR) lebih dahulu, atau salin teksnya ke berkas .txt."


def blocks_of_file(data: bytes) -> tuple[Block, ...]:
    """Return the blocks of a DOCX, ODT, XLSX, PDF or text file. Raises BadInput."""
    if len(data) > LARGEST_FILE:
        megabytes = LARGEST_FILE // (1024 * 1024)
        raise BadInput(refusal("file_too_large", f"File ini lebih besar dari {megabytes} MB."))
    if data.startswith(ZIP):
        return _of_package(data)
    if data.startswith(b"%PDF"):
        return _of_pdf(data)
    return blocks_of_text(_decoded(data))


def _of_package(data: bytes) -> tuple[Block, ...]:
    package = open_package(data)
    names = set(package.namelist())
    if RELATIONS in names:
        tables = read_xlsx(data, package)
        return tuple(Row(row) for table in tables for row in table.rows if any(row))
    for kind in (DOCX, ODT):
        if kind.part in names:
            return blocks_of_document(package, kind)
    raise BadInput(_unknown())


def _of_pdf(data: bytes) -> tuple[Block, ...]:
    """Return the blocks of every page."""
    pages = pages_of(io.BytesIO(data))
    blocks = tuple(chain.from_iterable(blocks_of_page(one) for one in pages))
    if not blocks:
        text = "PDF ini tidak mempunyai teks; isinya gambar hasil pindai."
        raise BadInput(Finding("pdf_without_text", text, place="berkas", hint=SCANNED))
    return blocks


def _decoded(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput(_unknown()) from None
    if "\x00" in text:
        raise BadInput(_unknown())
    return text


def _unknown() -> Finding:
    text = "Berkas ini bukan DOCX, ODT, XLSX, PDF, atau teks UTF-8."
    return Finding("file_unknown", text, place="berkas", hint="Simpan ulang sebagai salah satunya.")
