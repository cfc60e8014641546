"""The words and strokes of a PDF with a text layer, in points from the lower left corner."""

import ctypes
from collections.abc import Iterator
from itertools import pairwise
from typing import BinaryIO

import pypdfium2
import pypdfium2.raw as pdfium

from ppid.errors import BadInput, Finding
from ppid.sop.transcription.page import Box, Page

MOST_PAGES = 60
MOST_DEPTH = 5
HYPHENS = "\x02\u00ad\ufffe"
"""What pdfium says for a hyphen at the end of a line."""

THIN, SYMBOL = 1.6, 7.0
Edges = tuple[float, float, float, float]
Point = tuple[float, float]


def pages_of(source: BinaryIO) -> list[Page]:
    """Return what stands on each page. Raises BadInput (pdf_damaged, pdf_too_long)."""
    try:
        document = pypdfium2.PdfDocument(source)
        count = len(document)
    except pypdfium2.PdfiumError:
        text = "PDF ini rusak atau terkunci."
        raise BadInput(Finding("pdf_damaged", text, place="berkas")) from None
    if count > MOST_PAGES:
        text = f"PDF ini lebih dari {MOST_PAGES} halaman."
        raise BadInput(Finding("pdf_too_long", text, place="berkas", hint="Ambil lembar SOP-nya."))
    return [_page(page) for page in document]


def _page(page: pypdfium2.PdfPage) -> Page:
    strokes: list[Edges] = []
    symbols: list[Edges] = []
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=MOST_DEPTH):
        for outline in _outlines(item):
            _take(outline, strokes, symbols)
    return Page(
        words=tuple(_words(page.get_textpage())),
        strokes=tuple(Box(*one) for one in strokes),
        symbols=tuple(Box(*one) for one in symbols),
    )


def _outlines(item: pypdfium2.PdfObject) -> Iterator[list[Point]]:
    """Yield the points of each part of a path; the first again at the end of a closed one."""
    matrix = item.get_matrix()
    points: list[Point] = []
    for number in range(pdfium.FPDFPath_CountSegments(item.raw)):
        segment = pdfium.FPDFPath_GetPathSegment(item.raw, number)
        x, y = ctypes.c_float(), ctypes.c_float()
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO and points:
            yield points
            points = []
        points.append(matrix.on_point(x.value, y.value))
        if pdfium.FPDFPathSegment_GetClose(segment) and points[-1] != points[0]:
            points.append(points[0])
    if points:
        yield points


def _take(points: list[Point], strokes: list[Edges], symbols: list[Edges]) -> None:
    """Take an outline: a thin or open one as its strokes, a closed one as a symbol too."""
    edges = _edges(points)
    wide, tall = edges[2] - edges[0], edges[3] - edges[1]
    if min(wide, tall) <= THIN:  # a line, or the thin box that some programs draw for one
        strokes.append(edges)
        return
    closed = len(points) > 3 and points[0] == points[-1]
    if closed and wide >= SYMBOL and tall >= SYMBOL:
        symbols.append(edges)
    for one, other in pairwise(points):
        side = _edges([one, other])
        if min(side[2] - side[0], side[3] - side[1]) <= THIN:
            strokes.append(side)


def _edges(points: list[Point]) -> Edges:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _words(text: pypdfium2.PdfTextPage) -> Iterator[Box]:
    """Yield the words: letters side by side, as far as no space stands between them."""
    word, box = "", (0.0, 0.0, 0.0, 0.0)
    for number in range(text.count_chars()):
        letter = chr(pdfium.FPDFText_GetUnicode(text.raw, number))
        left, low, right, high = text.get_charbox(number, loose=True)
        apart = left - box[2] > (high - low) * 0.3 or left < box[0] or abs(low - box[1]) > 2
        if word and (letter.isspace() or apart):
            yield Box(*box, word)
            word = ""
        if letter in HYPHENS:
            letter = "-"
        if letter.isspace() or not letter.isprintable():
            continue
        box = (
            (box[0], min(box[1], low), right, max(box[3], high))
            if word
            else (left, low, right, high)
        )
        word += letter
    if word:
        yield Box(*box, word)
