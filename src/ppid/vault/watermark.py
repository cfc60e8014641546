"""A job that draws who reads a copy, when, and under which number, on each of its pages.

In a PDF the mark is written into the content of each page, so there is no annotation, layer or
object of its own that could be deleted; in an image it is drawn into the pixels. It tells honest
readers what they hold, and names who passed a copy on; who redraws every page can be rid of it.
"""

from collections.abc import Mapping
from typing import Any, BinaryIO

from ppid.vault import watermark_image, watermark_pdf
from ppid.vault.kinds import Kind


def work(source: BinaryIO, target: BinaryIO, asked: Mapping[str, Any]) -> dict[str, int]:
    """Write the marked copy; return how many pages carry the mark.

    asked: "kind", of the file; "text", one line that says everything. Raises BadInput.
    """
    kind = Kind(asked["kind"])
    draw = watermark_pdf.mark if kind is Kind.PDF else watermark_image.mark
    return {"pages": draw(source, target, text=asked["text"], kind=kind)}
