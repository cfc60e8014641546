"""Draw a mark into the pixels of each page of an image file; what its EXIF said is left out."""

import warnings
from collections.abc import Iterator
from typing import BinaryIO

from PIL import Image, ImageDraw, ImageFont, ImageOps, ImageSequence
from PIL.TiffImagePlugin import AppendingTiffWriter

from ppid.vault.inspection_image import FORMATS, MOST_PIXELS, UNREADABLE
from ppid.vault.kinds import Kind
from ppid.vault.traits import refused

SAVED = {
    Kind.PNG: {"format": "PNG"},
    Kind.JPEG: {"format": "JPEG", "quality": 88},
    Kind.TIFF: {"format": "TIFF", "compression": "tiff_adobe_deflate"},
}
PLAIN = {"1": "L", "I;16": "L", "I": "L", "F": "L", "P": "RGB", "PA": "RGBA", "LA": "RGBA"}
FAINT, DARK, LIGHT = 70, 110, 150
"""How much of the mark covers what lies below it, of 255; its grey; the paper at the foot."""


def mark(source: BinaryIO, target: BinaryIO, *, text: str, kind: Kind) -> int:
    """Write the image with the text across each page and at its foot; return how many pages.

    Raises BadInput: `file_damaged`.
    """
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            image = Image.open(source, formats=[FORMATS[kind]])
            if kind is not Kind.TIFF:
                _marked(image, text).save(target, **SAVED[kind])
                return 1
            return _mark_each(image, target, text)
    except (Image.DecompressionBombError, *UNREADABLE):
        raise refused("file_damaged") from None


def _mark_each(image: Image.Image, target: BinaryIO, text: str) -> int:
    """Write one page after the other, so that only one of them is in memory."""
    with AppendingTiffWriter(target, new=True) as writer:
        writer.close = lambda: None  # who opened the target closes it
        pages = 0
        for frame in ImageSequence.Iterator(image):
            _marked(frame, text).save(writer, **SAVED[Kind.TIFF])
            writer.newFrame()
            pages += 1
        writer.finalize()
    return pages


def _marked(frame: Image.Image, text: str) -> Image.Image:
    text = text.replace("\u2013", "-")  # a letter that the drawing's own font has not
    page = ImageOps.exif_transpose(frame)
    page = page.convert(PLAIN.get(page.mode, page.mode))
    size = max(10, min(page.size) // 30)
    tile = _tile(text, size)
    grey = tuple([DARK] * len(page.getbands())) if len(page.getbands()) > 1 else DARK
    for x, y in _places(page.size, tile.size, gap=size * 6):
        page.paste(grey, (x, y), tile)
    _foot(page, text, size)
    for name in ("exif", "xmp", "XML:com.adobe.xmp", "photoshop", "comment"):
        page.info.pop(name, None)
    return page


def _places(page: tuple[int, int], tile: tuple[int, int], *, gap: int) -> Iterator[tuple[int, int]]:
    """Yield where tiles go: lines from left to right, each begun at another place of the text."""
    (width, height), (across, up) = page, tile
    slope = up / across
    for line, start in enumerate(range(-up, int(height + width * slope) + up, gap)):
        begun = across * (line % 3) // 3
        for number in range(width // across + 2):
            x = number * across - begun
            yield x, int(start - x * slope)


def _tile(text: str, size: int) -> Image.Image:
    """Return the text as a mask, slanted; its ends meet those of the next."""
    font = ImageFont.load_default(size)
    left, top, right, bottom = (int(one) for one in font.getbbox(text))
    flat = Image.new("L", (right - left + 2 * size, bottom - top + 4), 0)
    ImageDraw.Draw(flat).text((size - left, 2 - top), text, fill=FAINT * 2, font=font)
    return flat.rotate(20, expand=True)


def _foot(page: Image.Image, text: str, size: int) -> None:
    """Draw the text once more on a strip of paper at the foot, as large as it fits."""
    font = ImageFont.load_default(max(8, size // 2))
    wide = font.getlength(text)
    if wide > page.width - 12:
        font = ImageFont.load_default(max(6, int(font.size * (page.width - 12) / wide)))
    height = int(font.size * 1.7)
    paper, ink = (255, 0) if len(page.getbands()) == 1 else ("white", "black")
    if page.mode == "CMYK":
        paper, ink = (0, 0, 0, 0), (0, 0, 0, 255)
    draw = ImageDraw.Draw(page)
    draw.rectangle((0, page.height - height, page.width, page.height), fill=paper)
    draw.text((6, page.height - height + int(font.size * 0.2)), text, fill=ink, font=font)
