"""The zip package that an XLSX or DOCX file is: looked through before anything in it is read.

What could do more than hold text is refused with a sentence: macros, links to other files,
embedded objects, a document type (entities), a package that unpacks into far more than it is.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from ppid.errors import BadInput, Finding

MOST_PARTS = 2000
MOST_BYTES = 100 * 1024 * 1024
MOST_ELEMENTS = 1_000_000
HIGHEST_RATIO = 150
FREE_BYTES = 4 * 1024 * 1024
"""A part of this size may be packed however tightly: short lists of equal rows are."""

XML_STARTS = (b"<", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
SAVE_AGAIN = "Buka filenya, salin tabelnya ke file baru, simpan sebagai .xlsx, lalu unggah lagi."
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
FORBIDDEN = (
    ("vbaproject", "file_has_macros", "File ini memuat makro."),
    ("/macrosheets/", "file_has_macros", "File ini memuat makro."),
    ("/externallinks/", "file_has_external_links", "File ini mengambil isi dari file lain."),
    ("/connections.xml", "file_has_external_links", "File ini mengambil isi dari luar."),
    ("/embeddings/", "file_has_objects", "File ini memuat file lain di dalamnya."),
    ("/activex/", "file_has_objects", "File ini memuat kontrol yang dapat dijalankan."),
)
HARMLESS = "/hyperlink"
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, SyntaxError, NotImplementedError, RuntimeError)
"""What zipfile and the XML parsers (their errors are SyntaxErrors) raise over a damaged part."""


def open_package(data: bytes) -> zipfile.ZipFile:
    """Return the package, after a look at every part of it. Raises BadInput."""
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
        _check_parts(package)
        for info in package.infolist():
            if _is_xml(package, info.filename):
                _check_xml(package, info.filename)
    except DefusedXmlException:
        raise BadInput(refusal("file_has_entities", "File ini memuat naskah XML.")) from None
    except BROKEN:
        raise BadInput(damaged()) from None
    return package


def damaged() -> Finding:
    """Return the finding of a file that ends early or whose insides do not fit together."""
    return refusal("file_damaged", "File ini rusak atau tidak lengkap.")


def refusal(code: str, text: str) -> Finding:
    """Return a finding with the way out that always works: a new file."""
    return Finding(code, text, place="file", hint=SAVE_AGAIN)


def _check_parts(package: zipfile.ZipFile) -> None:
    parts = package.infolist()
    names = [f"/{part.filename}".lower() for part in parts]
    if len(parts) > MOST_PARTS or len(set(names)) < len(names):
        raise BadInput(refusal("file_odd", "Susunan file ini tidak wajar."))
    if any(part.flag_bits & 1 for part in parts):
        raise BadInput(locked())
    if sum(part.file_size for part in parts) > MOST_BYTES or any(map(_is_bomb, parts)):
        raise BadInput(refusal("file_unpacks_too_large", "Isi file ini terlalu besar."))
    for mark, code, text in FORBIDDEN:
        if any(mark in name for name in names):
            raise BadInput(refusal(code, text))


def _is_bomb(part: zipfile.ZipInfo) -> bool:
    too_tight = part.file_size > HIGHEST_RATIO * max(part.compress_size, 1)
    return part.file_size > FREE_BYTES and too_tight


def locked() -> Finding:
    """Return the finding of a file that opens with a password only."""
    hint = "Buka filenya, hapus kata sandinya, simpan sebagai .xlsx, lalu unggah lagi."
    return Finding("file_locked", "File ini terkunci kata sandi.", place="file", hint=hint)


def _is_xml(package: zipfile.ZipFile, name: str) -> bool:
    """Return whether a part is XML, whatever it is called: any part may be named by another."""
    with package.open(name) as part:
        return part.read(16).lstrip().startswith(XML_STARTS) or name.endswith((".xml", ".rels"))


def _check_xml(package: zipfile.ZipFile, name: str) -> None:
    """Read a part to its end; a document type or a link to another file is refused."""
    for number, (_, element) in enumerate(happenings(package, name)):
        if number > 2 * MOST_ELEMENTS:
            raise BadInput(refusal("file_unpacks_too_large", "Isi file ini terlalu besar."))
        outside = element.get("TargetMode") == "External"
        if outside and not element.get("Type", "").endswith(HARMLESS):
            text = "File ini mengambil isi dari file lain."
            raise BadInput(refusal("file_has_external_links", text))


def happenings(package: zipfile.ZipFile, name: str) -> Iterator[tuple[str, Element]]:
    """Yield "start" and "end" of each element of an XML part; what has ended is emptied after."""
    with package.open(name) as part:
        for event, element in iterparse(part, events=("start", "end"), forbid_dtd=True):
            yield event, element
            if event == "end":
                element.clear()
