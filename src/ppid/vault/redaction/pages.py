"""A PDF or a picture as pages: their sizes, their pixels, their letters with their places.

To be used in a process set apart only (ppid.vault.redaction.job).
"""

import ctypes
import io
import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from ppid.errors import BadInput, Finding
from ppid.vault.redaction.marks import PageSize

POINTS = 72
COPY_DPI = 200
PICTURE_DPI = 150
"""What a picture is taken to have that does not say."""
MOST_PIXELS = 16_000_000
MOST_PAGES = 300
FINE = 100
"""Steps a point, when a place in a PDF is worked out."""
WHITE = (255, 255, 255)
Image.MAX_IMAGE_PIXELS = 120_000_000


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter with the box it stands in, in points of the page as shown."""

    text: str
    left: float
    bottom: float
    right: float
    top: float


class Pages(Protocol):
    """A document that can be shown page by page. Pages count from 0 here."""

    @property
    def sizes(self) -> Sequence[PageSize]:
        """Return the size of each page."""

    def picture(self, page: int, *, scale: float) -> Image.Image:
        """Return the page as a picture in RGB, with `PageSize.in_pixels` pixels."""

    def letters(self, page: int) -> list[Letter]:
        """Return the letters of the page in reading order; none for a picture."""


def copy_scale(size: PageSize) -> float:
    """Return how many pixels a point has in a copy; fewer for a page of great size."""
    most = math.sqrt(MOST_PIXELS / (size.width * size.height))
    return min(COPY_DPI / POINTS, most)


@contextmanager
def pages_of(data: bytes) -> Iterator[Pages]:
    """Give a document's pages.

    Raises BadInput: `document_unreadable`, `document_locked`, `document_too_long`.
    """
    if b"%PDF-" in data[:1024]:
        with _pdf(data) as document:
            yield PdfPages(document)
    else:
        yield PicturePages(_frames(data))


@contextmanager
def _pdf(data: bytes) -> Iterator[pypdfium2.PdfDocument]:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
            text = "PDF ini dikunci dengan kata sandi."
            hint = "Simpan tanpa kata sandi, lalu unggah sebagai versi baru."
            raise BadInput(Finding("document_locked", text, hint=hint)) from None
        raise BadInput(_unreadable()) from None
    try:
        if len(document) > MOST_PAGES:
            raise BadInput(_too_long(len(document)))
        document.init_forms()
        yield document
    finally:
        document.close()


def _unreadable() -> Finding:
    text = "Berkas ini tidak dapat ditampilkan sebagai halaman."
    hint = "Yang dapat dihitamkan: PDF, PNG, JPEG, dan TIFF. Simpan dahulu sebagai PDF."
    return Finding("document_unreadable", text, hint=hint)


def _too_long(pages: int) -> Finding:
    text = (
        f"Dokumen ini memiliki {pages} halaman; yang dapat dihitamkan paling banyak {MOST_PAGES}."
    )
    return Finding(
        "document_too_long", text, hint="Pecah dokumennya, lalu unggah bagian-bagiannya."
    )


class PdfPages:
    """The pages of a PDF, as pdfium shows them, filled forms and notes included."""

    def __init__(self, document: pypdfium2.PdfDocument) -> None:
        self.document = document
        self.sizes: Sequence[PageSize] = [
            PageSize(*document.get_page_size(at)) for at in range(len(document))
        ]

    def picture(self, page: int, *, scale: float) -> Image.Image:
        """Return the page as a picture in RGB."""
        bitmap = self.document[page].render(
            scale=scale, rev_byteorder=True, fill_color=(*WHITE, 255)
        )
        picture: Image.Image = bitmap.to_pil().convert("RGB")
        return picture

    def letters(self, page: int) -> list[Letter]:
        """Return the letters of the page in reading order, turned as the page is."""
        shown = self.document[page]
        text = shown.get_textpage()
        found = []
        for at in range(text.count_chars()):
            code = pdfium.FPDFText_GetUnicode(text.raw, at)
            box = text.get_charbox(at, loose=True)
            found.append(Letter(chr(code), *self._shown(page, shown, box)))
        return found

    def _shown(
        self, page: int, shown: pypdfium2.PdfPage, box: tuple[float, ...]
    ) -> tuple[float, float, float, float]:
        """Return a box of the page's own measure in that of the page as shown."""
        size = self.sizes[page]
        wide, high = round(size.width * FINE), round(size.height * FINE)
        left, bottom, right, top = box
        corners = [_place(shown, wide, high, *one) for one in ((left, bottom), (right, top))]
        across, down = zip(*corners, strict=True)
        return (
            min(across) / FINE,
            size.height - max(down) / FINE,
            max(across) / FINE,
            size.height - min(down) / FINE,
        )


def _place(
    page: pypdfium2.PdfPage, wide: int, high: int, across: float, up: float
) -> tuple[int, int]:
    x, y = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDF_PageToDevice(page.raw, 0, 0, wide, high, 0, across, up, x, y)
    return x.value, y.value


class PicturePages:
    """The frames of a picture as pages, each of the size that it says or of 150 pixels an inch."""

    def __init__(self, frames: Sequence[Image.Image]) -> None:
        self.frames = frames
        self.sizes: Sequence[PageSize] = [_size_of(one) for one in frames]

    def picture(self, page: int, *, scale: float) -> Image.Image:
        """Return the frame as a picture in RGB, on white where one looks through it."""
        frame = self.frames[page]
        whole = Image.new("RGB", frame.size, WHITE)
        whole.paste(frame, mask=frame.getchannel("A"))
        return whole.resize(self.sizes[page].in_pixels(scale), Image.Resampling.LANCZOS)

    def letters(self, page: int) -> list[Letter]:
        """Return nothing: no letter of a picture is known."""
        return []


def _size_of(frame: Image.Image) -> PageSize:
    dpi = frame.info.get("dpi", (PICTURE_DPI, PICTURE_DPI))
    across, down = (float(one) if 50 <= one <= 1200 else PICTURE_DPI for one in dpi)
    return PageSize(frame.width * POINTS / across, frame.height * POINTS / down)


def _frames(data: bytes) -> list[Image.Image]:
    """Return the frames of a picture, upright, with a channel for what one looks through."""
    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "TIFF")) as picture:
            count = int(getattr(picture, "n_frames", 1))
            if count > MOST_PAGES:
                raise BadInput(_too_long(count))
            dpi = picture.info.get("dpi")
            frames = [
                ImageOps.exif_transpose(one).convert("RGBA")
                for one in ImageSequence.Iterator(picture)
            ]
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError):
        raise BadInput(_unreadable()) from None
    for frame in frames:
        frame.info = {"dpi": dpi} if dpi else {}
    return frames
