"""Labels: the sheets they are printed on, what may stand on one, and the code on each.

The code is the first twelve hex digits of an opaque id, "3F2A-91BC-07DE". It says nothing of what
it marks. Twelve random digits are enough for one store room to tell its papers apart, short enough
to be typed, and a range of ids, so that an index finds them.
"""

import re
from dataclasses import dataclass
from uuid import UUID

DIGITS = 12
_REST = 32 - DIGITS
_CODE = re.compile(r"[0-9a-f]{12}")
_SPACED = re.compile(r"[\s-]")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of labels on A4, as they are sold. Lengths in millimetres."""

    name: str
    columns: int
    rows: int
    width: float
    height: float

    @property
    def labels(self) -> int:
        """Return how many labels stand on one sheet."""
        return self.columns * self.rows


SHEETS = {
    "3x8": Sheet("24 label, 3 x 8 (70 x 37 mm)", 3, 8, 70, 37),
    "2x7": Sheet("14 label, 2 x 7 (99,1 x 38,1 mm)", 2, 7, 99.1, 38.1),
}
WORDS = {
    "nomor": "Nomor",
    "tempat": "Tempat",
    "kode_klasifikasi": "Kode klasifikasi",
    "unit_pengolah": "Unit pengolah",
    "kurun_waktu": "Kurun waktu",
    "keamanan": "Tingkat keamanan",
}
USUAL_SHEET, USUAL_WORDS = "3x8", ("nomor", "tempat")


def code_of(one: UUID) -> str:
    """Return the code of an item or a place, in three groups of four."""
    return grouped(one.hex[:DIGITS])


def grouped(code: str) -> str:
    """Return the twelve digits of a code as a label shows them; any other text as it is."""
    if not _CODE.fullmatch(code):
        return code
    return "-".join(code[start : start + 4] for start in range(0, DIGITS, 4)).upper()


def read_code(text: str) -> str:
    """Return the twelve digits that somebody typed or scanned, "" if there are none.

    A label carries an address that ends with the code; by hand, spaces and dashes are free.
    """
    last = text.strip().rstrip("/").rpartition("/")[2]
    plain = _SPACED.sub("", last).lower()
    return plain if _CODE.fullmatch(plain) else ""


def ids_of(code: str) -> tuple[UUID, UUID]:
    """Return the first and the last id that a code as `read_code` gives it can stand for."""
    return UUID(code + "0" * _REST), UUID(code + "f" * _REST)
