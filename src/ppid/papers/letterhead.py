"""What a body's papers look like: its letterhead (kop surat), its paper, its signing place.

Everything has a sane default, so an office can print on its first day.
"""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ppid.errors import BadInput, Finding

MOST_LOGO_BYTES = 200_000
MOST_LINES = 4
LONGEST_LINE = 200
LONGEST_FOOTER = 160
_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"


class PaperSize(StrEnum):
    """The paper of an office. F4 is Indonesia's folio of 215 x 330 mm."""

    A4 = "a4"
    F4 = "f4"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """A letterhead (kop surat). lines: address, telephone, web, one below the other.

    logo: a PNG or JPEG image, or empty. place: where letters are signed. footer: a line at the foot
    of every page, or empty.
    """

    body: str
    unit: str = ""
    lines: tuple[str, ...] = ()
    logo: bytes = b""
    place: str = ""
    size: PaperSize = PaperSize.A4
    footer: str = ""


def letterhead_of(settings: Mapping[str, Any], *, body: str, unit: str, place: str) -> Letterhead:
    """Return the letterhead that a body has set: its lines, logo, paper and footer."""
    return Letterhead(
        body=body,
        unit=unit,
        place=place,
        lines=tuple(settings.get("letterhead_lines", ())),
        logo=base64.b64decode(settings.get("logo", "")),
        size=PaperSize(settings.get("paper_size", PaperSize.A4)),
        footer=settings.get("paper_footer", ""),
    )


def check_logo(image: bytes) -> None:
    """Raise BadInput: logo_too_large (over 200 kB), logo_unreadable (no PNG or JPEG)."""
    if len(image) > MOST_LOGO_BYTES:
        sentence = f"Logo lebih besar dari {MOST_LOGO_BYTES // 1000} kB."
        hint = "Perkecil gambarnya; untuk cetakan cukup selebar 400 titik."
        raise BadInput(Finding("logo_too_large", sentence, "logo", hint))
    if not image.startswith((_PNG, _JPEG)):
        sentence = "Logo bukan gambar PNG atau JPEG."
        raise BadInput(Finding("logo_unreadable", sentence, "logo", "Simpan sebagai PNG."))


def is_letterhead_lines(value: object) -> bool:
    """Return whether a value can stand as the lines below the name of the body."""
    return (
        isinstance(value, list)
        and len(value) <= MOST_LINES
        and all(isinstance(line, str) and len(line) <= LONGEST_LINE for line in value)
    )


def is_footer(value: object) -> bool:
    """Return whether a value can stand as the line at the foot of every page."""
    return isinstance(value, str) and len(value) <= LONGEST_FOOTER and value.isprintable()


def is_logo(value: object) -> bool:
    """Return whether a value is a logo in base64, or empty for none."""
    if not isinstance(value, str):
        return False
    try:
        image = base64.b64decode(value, validate=True)
        if image:
            check_logo(image)
    except (BadInput, binascii.Error, ValueError):
        return False
    return True
