"""Write a mark into the content of each page of a PDF."""

from collections import Counter
from typing import BinaryIO

import pikepdf

from ppid.vault.inspection_pdf import UNREADABLE
from ppid.vault.kinds import Kind
from ppid.vault.traits import refused

SLANT = "0.82 0.57 -0.57 0.82"
"""Cosine and sine of 35 degrees: the direction of the lines."""
WIDTH = 0.52
"""Mean width of a letter of Helvetica, in its size."""
LARGEST_CONTENT = 4 << 20
"""Bytes of a page's content up to which its brackets are counted."""


def mark(source: BinaryIO, target: BinaryIO, *, text: str, kind: Kind) -> int:
    """Write the PDF with the text across each page and at its foot; return how many pages.

    Raises BadInput: `file_damaged`.
    """
    try:
        with pikepdf.open(source) as pdf:
            pdf.flatten_annotations()  # what lies on a page would lie on the mark too
            for page in pdf.pages:
                _mark_page(pdf, page, _escaped(text))
            pdf.save(target, fix_metadata_version=False)
            return len(pdf.pages)
    except UNREADABLE:
        raise refused("file_damaged") from None


def _mark_page(pdf: pikepdf.Pdf, page: pikepdf.Page, text: bytes) -> None:
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type1,
        BaseFont=pikepdf.Name.Helvetica,
        Encoding=pikepdf.Name.WinAnsiEncoding,
    )
    names = [
        page.add_resource(one, kind, prefix="Ppid")
        for one, kind in (
            (font, pikepdf.Name.Font),
            (pikepdf.Dictionary(ca=0.24), pikepdf.Name.ExtGState),
            (pikepdf.Dictionary(ca=0.8), pikepdf.Name.ExtGState),
        )
    ]
    drawing = _drawing(page, text, names=[str(name).encode() for name in names])
    page.contents_coalesce()
    content = page.obj.get("/Contents")
    before = content.read_bytes() if content is not None else b""
    missing = _left_open(page, before)
    opening, closing = b"q\n" * (1 + max(0, -missing)), b"\nQ" * (1 + max(0, missing))
    page.obj.Contents = pdf.make_stream(opening + before + closing + drawing)


def _left_open(page: pikepdf.Page, content: bytes) -> int:
    """Return how many states a page saves and never restores, which would move the mark."""
    if len(content) > LARGEST_CONTENT:
        return 0
    counts = Counter(str(one.operator) for one in pikepdf.parse_content_stream(page, "q Q"))
    return counts["q"] - counts["Q"]


def _drawing(page: pikepdf.Page, text: bytes, *, names: list[bytes]) -> bytes:
    """Return the operators that draw the mark over the page as it is seen, turned or not."""
    font, faint, strong = names
    frame, width, height = _frame(page)
    size = max(7.0, min(width, height) / 30)
    length, gap = len(text) * WIDTH * size, size * 5.5
    lines = [
        b"%.1f %.1f Td (%s) Tj %.1f %.1f Td" % (x, y, text, -x, -y)
        for row, y in enumerate(_steps(-height, height * 1.6, gap))
        for x in _steps(-length * (0.5 if row % 2 else 0), width * 1.6, length + 3 * size)
    ]
    foot = min(size * 0.5, (width - 12) / max(1.0, len(text) * WIDTH))
    return b"\n".join(
        [
            b"\nq %s cm %s gs 0.35 g" % (frame, faint),
            b"q %s 0 0 cm BT %s %.1f Tf" % (SLANT.encode(), font, size),
            *lines,
            b"ET Q",
            b"%s gs 1 g 0 0 %.1f %.1f re f" % (strong, width, foot * 1.9),
            b"0 g BT %s %.2f Tf 6 %.2f Td (%s) Tj ET Q" % (font, foot, foot * 0.6, text),
        ]
    )


def _frame(page: pikepdf.Page) -> tuple[bytes, float, float]:
    """Return the matrix of the page as it is seen, its origin at the lower left; width, height."""
    left, low, right, high = (float(one) for one in page.cropbox)
    left, right, low, high = min(left, right), max(left, right), min(low, high), max(low, high)
    width, height = right - left, high - low
    turned = _turned(page)
    matrix = {
        90: (0, 1, -1, 0, right, low),
        180: (-1, 0, 0, -1, right, high),
        270: (0, -1, 1, 0, left, high),
    }.get(turned, (1, 0, 0, 1, left, low))
    seen = (height, width) if turned in (90, 270) else (width, height)
    return b"%g %g %g %g %.2f %.2f" % matrix, *seen


def _turned(page: pikepdf.Page) -> int:
    """Return by how many degrees the page is turned, which a parent of it may say."""
    node = page.obj
    while "/Rotate" not in node and "/Parent" in node:
        node = node.Parent
    return int(node.get("/Rotate", 0)) % 360


def _steps(start: float, end: float, step: float) -> list[float]:
    count = max(1, min(200, int((end - start) / step) + 1))
    return [start + number * step for number in range(count)]


def _escaped(text: str) -> bytes:
    """Return the text as a string of the page's content, in the letters that every reader has."""
    data = text.encode("cp1252", "replace")
    for letter in (b"\\", b"(", b")"):
        data = data.replace(letter, b"\\" + letter)
    return data.replace(b"\r", b" ").replace(b"\n", b" ")
