"""Look into an Office file (OOXML, OpenDocument): the zip around it, then each part as XML.

Everything is counted before it is unpacked, and unpacked in small pieces. XML is read without
document types, so no entity can grow and no address be fetched.
"""

import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO
from xml.etree.ElementTree import Element

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from ppid.vault.kinds import Kind
from ppid.vault.traits import Remark, Traits, refused

MOST_PARTS, MOST_BYTES, MOST_ELEMENTS = 2000, 512 << 20, 5_000_000
HIGHEST_RATIO, FREE_BYTES = 150, 4 << 20
"""How tightly a part may be packed, and up to which size it may be packed however tightly."""
BLOCK, HEAD = 1 << 16, 100
OOXML = "application/vnd.openxmlformats-officedocument."
MAIN = {
    Kind.DOCX: f"{OOXML}wordprocessingml.document.main+xml",
    Kind.XLSX: f"{OOXML}spreadsheetml.sheet.main+xml",
}
OPEN_DOCUMENT = {
    Kind.ODT: b"application/vnd.oasis.opendocument.text",
    Kind.ODS: b"application/vnd.oasis.opendocument.spreadsheet",
}
BY_PART = (
    (re.compile(r"vbaproject|vbadata|macrosheets|^/basic/|^/scripts/"), "file_has_macros"),
    (re.compile(r"/embeddings/|/activex/|^/object \d+/"), "file_has_objects"),
    (re.compile(r"/externallinks/|/connections\.xml"), "file_has_external_content"),
)
ANOTHER_FILE = (b"PK\x03\x04", b"MZ", b"\x7fELF", bytes.fromhex("d0cf11e0a1b11ae1"), b"%PDF-")
DDE = re.compile(r"\bDDE(AUTO)?\b|[A-Za-z]\w*\|'", re.IGNORECASE)
DDE_PLACES = {"instrText", "f", "formula", "formula1", "formula2", "definedName"}
DDE_ELEMENTS = {"dde-source", "dde-connection", "dde-connection-decl", "ddeLink"}
FETCHING = {
    "image",
    "object",
    "plugin",
    "applet",
    "table-source",
    "section-source",
    "floating-frame",
}
ADDRESS = re.compile(r"^(?:[a-z][a-z0-9+.-]+:|//|\\\\)", re.IGNORECASE)
REMARKS = {
    "comment": Remark.COMMENTS,
    "annotation": Remark.COMMENTS,
    "ins": Remark.CHANGES,
    "del": Remark.CHANGES,
    "tracked-changes": Remark.CHANGES,
}
OF_THE_FILE = ("docprops/core.xml", "docprops/app.xml", "docprops/custom.xml", "meta.xml")
BROKEN = (
    *(zipfile.BadZipFile, zlib.error, EOFError, SyntaxError, NotImplementedError, RuntimeError),
    *(ValueError, KeyError, OSError),
)
"""What zipfile and the XML parsers (their errors are SyntaxErrors) raise over a damaged part."""


def traits_of(source: BinaryIO, kind: Kind) -> Traits:
    """Return what is worth knowing of an Office file. Raises BadInput."""
    try:
        with zipfile.ZipFile(source) as package:
            _demand_sound(package, source)
            _demand_kind(package, kind)
            return _traits(package)
    except DefusedXmlException:
        raise refused("file_has_entities") from None
    except BROKEN:
        raise refused("file_damaged") from None


def _demand_sound(package: zipfile.ZipFile, source: BinaryIO) -> None:
    """Raise BadInput for a zip that is more, or unpacks to more, than it looks like."""
    parts = package.infolist()
    names = {part.filename.lower() for part in parts}
    if len(parts) > MOST_PARTS or len(names) < len(parts) or any(map(_is_odd, parts)):
        raise refused("file_odd")
    if any(part.flag_bits & 1 for part in parts):
        raise refused("file_locked")
    if sum(part.file_size for part in parts) > MOST_BYTES or any(map(_is_bomb, parts)):
        raise refused("file_unpacks_too_large")
    if package.comment or _overlap(parts, package.start_dir):
        raise refused("file_odd")
    for name in names:
        for pattern, code in BY_PART:
            if pattern.search(f"/{name}"):
                raise refused(code)


def _is_odd(part: zipfile.ZipInfo) -> bool:
    """Return whether a part is a link, or is named like a place outside the package."""
    steps = part.filename.replace("\\", "/").split("/")
    return (
        stat.S_ISLNK(part.external_attr >> 16) or not steps[0] or ".." in steps or ":" in steps[0]
    )


def _is_bomb(part: zipfile.ZipInfo) -> bool:
    too_tight = part.file_size > HIGHEST_RATIO * max(part.compress_size, 1)
    return part.file_size > FREE_BYTES and too_tight


def _overlap(parts: list[zipfile.ZipInfo], end: int) -> bool:
    """Return whether two parts share bytes, or the first does not stand at the beginning."""
    placed = sorted((part.header_offset, part.compress_size) for part in parts)
    nexts = [offset for offset, _ in placed[1:]] + [end]
    clash = any(at + size > then for (at, size), then in zip(placed, nexts, strict=True))
    return clash or (bool(placed) and placed[0][0] != 0)


def _demand_kind(package: zipfile.ZipFile, kind: Kind) -> None:
    """Raise BadInput if the package says that it is something else."""
    if kind in OPEN_DOCUMENT:
        with package.open("mimetype") as part:
            if part.read(HEAD) != OPEN_DOCUMENT[kind]:
                raise refused("file_odd")
        return
    types = {one.get("ContentType", "") for one in _elements(package, "[Content_Types].xml")}
    if any("macroenabled" in one.lower() for one in types):
        raise refused("file_has_macros")
    if MAIN[kind] not in types:
        raise refused("file_odd")


def _traits(package: zipfile.ZipFile) -> Traits:
    remarks: set[str] = set()
    metadata: list[tuple[str, str]] = []
    for part in package.infolist():
        head = _read_through(package, part)
        if head.startswith(ANOTHER_FILE):
            raise refused("file_has_objects")
        if not _is_xml(part.filename, head):
            continue
        own = part.filename.lower() in OF_THE_FILE
        for element in _elements(package, part.filename):
            name = element.tag.rpartition("}")[2]
            _demand_harmless(element, name)
            remarks |= _remarks(element, name)
            if own and element.text and element.text.strip():
                metadata.append((name, element.text.strip()))
    return Traits(0, tuple(remarks), tuple(metadata))


def _read_through(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    """Return the first bytes of a part, after its last: sizes and checksums are true then."""
    with package.open(part) as file:
        head = block = file.read(BLOCK)
        while block:
            block = file.read(BLOCK)
    return head[:HEAD]


def _is_xml(name: str, head: bytes) -> bool:
    """Return whether a part is XML, whatever it is called."""
    starts = (b"<", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
    return head.lstrip().startswith(starts) or name.lower().endswith((".xml", ".rels"))


def _elements(package: zipfile.ZipFile, name: str) -> Iterator[Element]:
    """Yield each element of an XML part at its end, and empty it after."""
    with package.open(name) as part:
        for number, (_, element) in enumerate(iterparse(part, forbid_dtd=True)):
            if number > MOST_ELEMENTS:
                raise refused("file_unpacks_too_large")
            yield element
            element.clear()


def _demand_harmless(element: Element, name: str) -> None:
    """Raise BadInput for an element that fetches, calls or runs something."""
    if element.get("TargetMode") == "External" and not element.get("Type", "").endswith(
        "/hyperlink"
    ):
        raise refused("file_has_external_content")
    words = [element.text or ""] if name in DDE_PLACES else []
    if name == "fldSimple":
        words += element.attrib.values()
    if name in DDE_ELEMENTS or any(map(DDE.search, words)):
        raise refused("file_has_dde")
    if name in ("event-listener", "script"):
        raise refused("file_has_macros")
    if name == "encryption-data":
        raise refused("file_locked")
    href = next((text for key, text in element.items() if key.endswith("}href")), "")
    if name in FETCHING and ADDRESS.match(href):
        raise refused("file_has_external_content")


def _remarks(element: Element, name: str) -> set[str]:
    found = {REMARKS[name].value} if name in REMARKS else set()
    if name == "sheet" and element.get("state", "visible") != "visible":
        found.add(Remark.HIDDEN_SHEETS.value)
    return found
