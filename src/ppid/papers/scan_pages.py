"""Count the pages of a scan by opening it; a job for `ppid.vault.apart`."""

from collections.abc import Mapping
from typing import Any, BinaryIO

import pypdfium2
from PIL import Image, UnidentifiedImageError

from ppid.errors import BadInput
from ppid.papers.scans import UNREADABLE

MOST_PIXELS = 150_000_000


def work(source: BinaryIO, target: BinaryIO, asked: Mapping[str, Any]) -> int:
    """Return how many pages the scan has. Raises BadInput: `scan_unreadable`."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        return _pages(source) if asked["kind"] == "pdf" else _picture(source)
    except (pypdfium2.PdfiumError, UnidentifiedImageError, OSError, SyntaxError, ValueError):
        raise BadInput(UNREADABLE) from None


def _pages(source: BinaryIO) -> int:
    document = pypdfium2.PdfDocument(source.read())
    for page in document:
        page.get_size()
    return len(document)


def _picture(source: BinaryIO) -> int:
    with Image.open(source) as picture:
        picture.load()
    return 1
