"""What may stand in a public copy: a picture a page, and for the list drawings and fonts.

Everything that is allowed is named; whatever else a PDF can hold is an object that a copy must not
have, whether it holds anything or not.
"""

import re
from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from ppid.errors import Finding
from ppid.vault.redaction.copying import RESOURCES, TAGGING, drawing
from ppid.vault.redaction.marks import PageSize

TRAILER = {"/Root", "/Size", "/ID"}
CATALOG = {"/Type", "/Pages", "/Lang"}
TREE = {"/Type", "/Kids", "/Count", "/Parent"}
PAGE = {"/Type", "/Parent", "/MediaBox", "/Resources", "/Contents"}
IMAGE = {
    *("/Type", "/Subtype", "/Width", "/Height", "/ColorSpace", "/BitsPerComponent"),
    *("/Filter", "/Length"),
}
COLOURS = (Name.DeviceGray, Name.DeviceRGB)
IN_A_LIST = {
    *("/Type", "/Subtype", "/Name", "/Length", "/Length1", "/Length2", "/Length3", "/Filter"),
    *("/DecodeParms", "/N", "/Range", "/Alternate", "/BaseFont", "/DescendantFonts"),
    *("/Encoding", "/ToUnicode", "/CIDSystemInfo", "/CIDToGIDMap", "/DW", "/W", "/FontDescriptor"),
    *("/FirstChar", "/LastChar", "/Widths", "/Ordering", "/Registry", "/Supplement", "/FontName"),
    *("/Ascent", "/CapHeight", "/Descent", "/Flags", "/FontBBox", "/ItalicAngle", "/StemV"),
    *("/XHeight", "/Leading", "/AvgWidth", "/MissingWidth", "/StemH", "/CIDSet", "/FontFile2"),
    *("/FontFile3", "/FontFile", "/FontFamily", "/FontStretch", "/FontWeight", "/UseCMap"),
    *("/CMapName", "/WMode", "/Columns", "/Predictor", "/Colors", "/BitsPerComponent"),
    *("/CA", "/ca", "/BM", "/SMask", "/AIS", "/SA", "/OP", "/op", "/OPM", "/LW"),
}
FONT_NAME = re.compile(r"/[fcg]s?\d+")
NOT_DRAWN = TAGGING | {"Do", "INLINE IMAGE", "BI", "sh"}


def foreign_objects(copy: Pdf, sizes: list[PageSize]) -> list[Finding]:
    """Return what stands in the copy and must not. sizes: of its pages that are pictures."""
    found = [
        *_others(copy.trailer, TRAILER, "trailer"),
        *_others(copy.Root, CATALOG, "katalog"),
        *_others(copy.Root.Pages, TREE, "pohon halaman"),
    ]
    for number, page in enumerate(copy.pages, start=1):
        place = f"halaman {number}"
        found += _others(page.obj, PAGE, place)
        if number <= len(sizes):
            found += _in_a_picture(page.obj, sizes[number - 1], place)
        else:
            found += _in_the_list(page, place)
    known = {one.objgen for _, one in reached(copy.trailer) if one.is_indirect}
    loose = [one.objgen for one in copy.objects if one is not None and one.objgen not in known]
    return found + [_forbidden("objek yang tidak dirujuk", f"objek {one}") for one, _ in loose]


def _forbidden(what: str, place: str) -> Finding:
    text = f"Salinan memuat {what}, yang dapat menyimpan bagian yang ditutup."
    return Finding("object_forbidden", text, place)


def _others(held: Object, allowed: set[str], place: str) -> list[Finding]:
    """Return a finding for each key that is not allowed there."""
    return [_forbidden(key, place) for key in held.keys() if key not in allowed]  # noqa: SIM118


def _in_a_picture(page: Object, size: PageSize, place: str) -> list[Finding]:
    resources = page.get(Name.Resources, Dictionary())
    images = resources.get(Name.XObject, Dictionary())
    found = _others(resources, {"/XObject"}, place) + _others(images, {"/Page"}, place)
    if found or Name.Page not in images:
        return found or [_forbidden("halaman tanpa gambarnya", place)]
    image = images.Page
    found = _others(image, IMAGE, f"{place}, gambar")
    if image.get(Name.Subtype) != Name.Image or image.get(Name.ColorSpace) not in COLOURS:
        found.append(_forbidden("gambar yang bukan gambar", place))
    content = page.get(Name.Contents)
    if not isinstance(content, Stream) or content.read_bytes() != drawing(size):
        found.append(_forbidden("isi di samping gambarnya", place))
    elif extra := _others(content, {"/Length", "/Filter"}, f"{place}, isi"):
        found += extra
    return found


def _in_the_list(page: pikepdf.Page, place: str) -> list[Finding]:
    resources = page.obj.get(Name.Resources, Dictionary())
    found = _others(resources, set(RESOURCES), place)
    for _, one in reached(resources):
        if isinstance(one, Dictionary | Stream):
            named = [key for key in one.keys() if not FONT_NAME.fullmatch(key)]  # noqa: SIM118
            found += [
                _forbidden(key, place) for key in named if key not in {*IN_A_LIST, *RESOURCES}
            ]
    drawn = {str(one.operator) for one in pikepdf.parse_content_stream(page)}
    return found + [_forbidden(f"perintah {one}", place) for one in sorted(drawn & NOT_DRAWN)]


def reached(root: Object) -> Iterator[tuple[str, Object]]:
    """Yield every object that the root leads to, once, each with the way to it."""
    seen: set[tuple[int, int]] = set()
    waiting: list[tuple[str, Object]] = [("", root)]
    while waiting:
        way, one = waiting.pop()
        if isinstance(one, Object) and one.is_indirect:
            if one.objgen in seen:
                continue
            seen.add(one.objgen)
        if not isinstance(one, Object):
            continue
        yield way, one
        if isinstance(one, Dictionary | Stream):
            waiting += [(f"{way}{key}", value) for key, value in one.items()]
        elif isinstance(one, Array):
            waiting += [(way, value) for value in one]


def strings_and_streams(root: Object) -> Iterator[str]:
    """Yield every string and every stream that is no picture, as text, in each way to read it."""
    for _, one in reached(root):
        if isinstance(one, pikepdf.String):
            yield str(one)
        elif isinstance(one, Stream) and one.get(Name.Subtype) != Name.Image:
            data = one.read_bytes()
            yield data.decode("latin-1")
            yield data.decode("utf-16-be", errors="ignore")
