"""Look into a PDF: what runs, fetches, hides a file or is locked is refused."""

import re
from collections.abc import Iterator
from typing import Any, BinaryIO
from xml.etree.ElementTree import Element

import pikepdf
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from ppid.vault.kinds import Kind
from ppid.vault.traits import Remark, Traits, refused

MOST_PAGES, MOST_OBJECTS, DEEPEST = 3000, 1_000_000, 50
TAIL = 2048
AT_THE_END = re.compile(rb"%%EOF[\s\0]*\Z")
BY_KEY = {
    "/JS": "file_has_script",
    "/JavaScript": "file_has_script",
    "/EmbeddedFiles": "file_has_attachments",
    "/EF": "file_has_attachments",
    "/XFA": "file_has_xfa",
    "/RichMediaContent": "file_has_media",
    "/3DD": "file_has_media",
}
BY_ACTION = {
    "/JavaScript": "file_has_script",
    **dict.fromkeys(
        ("/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/GoToR", "/Rendition"),
        "file_has_action",
    ),
    **dict.fromkeys(("/Movie", "/Sound"), "file_has_media"),
}
BY_ITSELF = ("/OpenAction", "/AA")
OF_LISTS = {"li", "Seq", "Bag", "Alt"}
OF_THE_FORMAT = {"xmptk", "about", "lang", "parseType", "resource"}
HARMLESS = ("/GoTo", "/Named")
UNREADABLE = (
    *(pikepdf.PdfError, RuntimeError, ArithmeticError, LookupError),
    *(AttributeError, ValueError, TypeError),
)
"""What qpdf and our own steps raise over entries that are missing or of another type."""


def traits_of(source: BinaryIO, kind: Kind) -> Traits:
    """Return what is worth knowing of a PDF. Raises BadInput."""
    if not _ends_well(source):
        raise refused("file_polyglot")
    try:
        with pikepdf.open(source, attempt_recovery=False) as pdf:
            return _traits(pdf)
    except pikepdf.PasswordError:
        raise refused("file_locked") from None
    except UNREADABLE:
        raise refused("file_damaged") from None


def _ends_well(source: BinaryIO) -> bool:
    """Return whether nothing stands behind the end of the file, which could be another file."""
    size = source.seek(0, 2)
    source.seek(max(0, size - TAIL))
    tail = source.read()
    source.seek(0)
    return b"%%EOF" not in tail or AT_THE_END.search(tail) is not None


def _traits(pdf: pikepdf.Pdf) -> Traits:
    if pdf.is_encrypted:
        raise refused("file_locked")
    if len(pdf.objects) > MOST_OBJECTS:
        raise refused("file_odd")
    # The tree's own word first: to count the pages of a long one takes long.
    if int(pdf.Root.Pages.Count) > MOST_PAGES or len(pdf.pages) > MOST_PAGES:
        raise refused("too_many_pages")
    remarks = set()
    for one in pdf.objects:
        for dictionary in _dictionaries(one):
            if code := _problem(dictionary):
                raise refused(code)
            if dictionary.get("/ByteRange") is not None and "/Contents" in dictionary:
                remarks.add(Remark.SIGNED.value)
    return Traits(len(pdf.pages), tuple(remarks), tuple(_metadata(pdf)))


def _dictionaries(one: Any, depth: int = 0) -> Iterator[Any]:
    """Yield the dictionary of an object and those inside it; references are not followed."""
    if depth > DEEPEST:
        raise refused("file_odd")
    if isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
        yield one
        inside = list(one.as_dict().values() if isinstance(one, pikepdf.Dictionary) else ())
        if isinstance(one, pikepdf.Stream):
            inside = [one.get(key) for key in one.keys()]  # noqa: SIM118  a stream is no mapping
    elif isinstance(one, pikepdf.Array):
        inside = list(one)
    else:
        return
    for part in inside:
        if isinstance(part, pikepdf.Object) and not part.is_indirect:
            yield from _dictionaries(part, depth + 1)


def _problem(one: Any) -> str:
    """Return the code of what a dictionary does besides being read, or nothing."""
    for key, code in BY_KEY.items():
        if key in one:
            return code
    action = str(one.get("/S", "")) if isinstance(one.get("/S"), pikepdf.Name) else ""
    if action in BY_ACTION:
        return BY_ACTION[action]
    for key in BY_ITSELF:
        found = one.get(key)
        for name in _actions(found) if isinstance(found, pikepdf.Dictionary) else ():
            if name not in HARMLESS:
                return BY_ACTION.get(name, "file_has_action")
    return ""


def _actions(found: Any) -> list[str]:
    """Return the names of what is done; /AA holds one action for each occasion."""
    actions = [found] if "/S" in found else list(found.as_dict().values())
    return [str(one.get("/S", "")) for one in actions]


def _metadata(pdf: pikepdf.Pdf) -> Iterator[tuple[str, str]]:
    for key, value in pdf.docinfo.items():
        yield key.lstrip("/"), str(value)
    found = pdf.Root.get("/Metadata")
    if not isinstance(found, pikepdf.Stream):
        return
    try:
        root = fromstring(found.read_bytes(), forbid_dtd=True)
    except (SyntaxError, ValueError, DefusedXmlException):
        return
    yield from _values(root, "")


def _values(element: Element, above: str) -> Iterator[tuple[str, str]]:
    """Yield what an XMP element and those below it say, named by the nearest that has a name."""
    own = element.tag.rpartition("}")[2]
    name = above if own in OF_LISTS else own
    if element.text and element.text.strip():
        yield f"XMP {name}", element.text.strip()
    for key, value in element.attrib.items():
        label = key.rpartition("}")[2]
        if label not in OF_THE_FORMAT:
            yield f"XMP {label}", value
    for part in element:
        yield from _values(part, name)
