"""Read a file as tables, by what it is and not by what it is called."""

from ppid.errors import BadInput, Finding
from ppid.office.list_files.delimited import read_csv, read_pasted
from ppid.office.list_files.docx import DOCUMENT, read_docx
from ppid.office.list_files.package import OLE, locked, open_package, refusal
from ppid.office.list_files.table import LARGEST_FILE, Table
from ppid.office.list_files.xlsx import RELATIONS, read_xlsx

ZIP = b"PK\x03\x04"
PDF_HINT = "Salin tabelnya ke Excel, periksa kolomnya, lalu simpan sebagai .xlsx."
LOCKED_STREAM = "EncryptedPackage".encode("utf-16-le")


def read_file(data: bytes) -> tuple[Table, ...]:
    """Return the tables of an XLSX, DOCX or CSV file, at least one. Raises BadInput."""
    if len(data) > LARGEST_FILE:
        megabytes = LARGEST_FILE // (1024 * 1024)
        raise BadInput(refusal("file_too_large", f"File ini lebih besar dari {megabytes} MB."))
    if not data.strip():
        raise BadInput(Finding("file_empty", "File ini kosong.", place="file"))
    if data.startswith(OLE):
        raise BadInput(_ole(data))
    if data.startswith(b"%PDF"):
        text = "PDF tidak dapat diimpor."
        raise BadInput(Finding("file_pdf", text, place="file", hint=PDF_HINT))
    return _filled(_package(data) if data.startswith(ZIP) else (read_csv(data),))


def read_text(text: str) -> tuple[Table, ...]:
    """Return the pasted table. Raises BadInput."""
    if len(text) > LARGEST_FILE:
        raise BadInput(refusal("file_too_large", "Tabel yang ditempelkan terlalu panjang."))
    return _filled((read_pasted(text),))


def _filled(tables: tuple[Table, ...]) -> tuple[Table, ...]:
    found = tuple(one for one in tables if one.rows)
    if not found:
        text, hint = "Tidak ada tabel di dalamnya.", "Pilih file yang memuat daftarnya."
        raise BadInput(Finding("no_table", text, place="file", hint=hint))
    return found


def _package(data: bytes) -> tuple[Table, ...]:
    package = open_package(data)
    names = set(package.namelist())
    if RELATIONS in names:
        return read_xlsx(data, package)
    if DOCUMENT in names:
        return read_docx(package)
    if "mimetype" in names:
        raise BadInput(refusal("file_open_document", "File OpenDocument belum dapat dibaca."))
    raise BadInput(refusal("file_unknown", "File ini bukan tabel XLSX, DOCX, atau CSV."))


def _ole(data: bytes) -> Finding:
    """Return what is wrong with a file of the old container: a password, or an old format."""
    if LOCKED_STREAM in data:
        return locked()
    text = "File ini berformat lama (.xls atau .doc)."
    hint = "Buka filenya, simpan sebagai .xlsx atau .docx, lalu unggah lagi."
    return Finding("file_old_format", text, place="file", hint=hint)
