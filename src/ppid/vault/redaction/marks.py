"""A mark: a part of a page that is to be black in the public copy, with its ground and reason.

Places are in points (1/72 inch) from the lower left corner of the page as it is shown, that is cut
to its crop box and turned as it asks.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from ppid.errors import BadInput, Finding

SMALLEST = 2.0
MOST_MARKS = 2000
GRID = 60
SOURCE = "UU 14/2008 ps. 22 (7) e"
NUMBERS = ("page", "left", "bottom", "right", "top")


@dataclass(frozen=True, slots=True)
class PageSize:
    """Width and height of a page as it is shown, in points."""

    width: float
    height: float

    def in_pixels(self, scale: float) -> tuple[int, int]:
        """Return width and height of its picture. scale: pixels a point."""
        return math.ceil(self.width * scale), math.ceil(self.height * scale)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What is to be black, and why. page: from 1. ground: as on the box, "ps. 17 h"."""

    page: int
    left: float
    bottom: float
    right: float
    top: float
    ground: str
    reason: str

    def as_dict(self) -> dict[str, Any]:
        """Return the mark as plain data; the places as text, for a log that takes no fractions."""
        places = {name: f"{getattr(self, name):.2f}" for name in NUMBERS[1:]}
        return asdict(self) | places

    @property
    def area(self) -> tuple[int, float, float, float, float]:
        """Return page and place: what is black, whatever its ground."""
        return self.page, self.left, self.bottom, self.right, self.top

    def pixels(self, size: PageSize, *, scale: float) -> tuple[int, int, int, int]:
        """Return left, upper, right, lower in the page's picture: every pixel that it touches."""
        wide, high = size.in_pixels(scale)
        return (
            max(0, math.floor(self.left * scale)),
            max(0, math.floor((size.height - self.top) * scale)),
            min(wide, math.ceil(self.right * scale)),
            min(high, math.ceil((size.height - self.bottom) * scale)),
        )


def mark_of(data: Mapping[str, Any]) -> Mark:
    """Return the mark that plain data tells. Raises BadInput: `mark_malformed`."""
    try:
        page, *places = (float(data[name]) for name in NUMBERS)
        ground, reason = str(data["ground"]).strip(), str(data["reason"]).strip()
    except (KeyError, TypeError, ValueError):
        raise BadInput(_malformed()) from None
    if not all(map(math.isfinite, (page, *places))) or page != int(page):
        raise BadInput(_malformed())
    left, bottom, right, top = (round(one, 2) for one in places)
    return Mark(
        page=int(page),
        left=min(left, right),
        bottom=min(bottom, top),
        right=max(left, right),
        top=max(bottom, top),
        ground=ground,
        reason=reason,
    )


def _malformed() -> Finding:
    text = "Tanda hitam ini tidak terbaca: halaman dan keempat ukurannya harus angka."
    return Finding("mark_malformed", text, "marks", "Hapus tanda itu, lalu gambar lagi.")


def mark_findings(marks: Sequence[Mark], pages: Sequence[PageSize]) -> tuple[Finding, ...]:
    """Return why no copy can be made with these marks; the place names the mark, from 1.

    A part that is closed closes no whole document: `nothing_left_open`.
    Source: UU 14/2008 ps. 22 (7) e
    """
    if not marks:
        hint = "Tandai bagian yang ditutup, atau berikan dokumen seutuhnya."
        return (Finding("mark_missing", "Belum ada bagian yang ditandai.", "marks", hint, SOURCE),)
    if len(marks) > MOST_MARKS:
        text = f"Tanda hitam paling banyak {MOST_MARKS}."
        return (Finding("mark_too_many", text, "marks", "Gabungkan tanda yang berdekatan."),)
    found = [
        finding
        for place, mark in enumerate(marks, start=1)
        for finding in _findings_of(mark, f"tanda {place}", pages)
    ]
    if not found and all(_is_closed(number, marks, size) for number, size in enumerate(pages, 1)):
        text = "Semua halaman tertutup; bagian yang dikecualikan tidak menutup seluruh dokumen."
        hint = "Sisakan yang tidak dikecualikan, atau tolak permintaannya dengan alasannya."
        found.append(Finding("nothing_left_open", text, "marks", hint, SOURCE))
    return tuple(found)


def _findings_of(mark: Mark, place: str, pages: Sequence[PageSize]) -> list[Finding]:
    found = []
    if not 1 <= mark.page <= len(pages):
        text = f"Halaman {mark.page} tidak ada; dokumen ini memiliki {len(pages)} halaman."
        found.append(Finding("mark_page_unknown", text, place))
    else:
        size = pages[mark.page - 1]
        if mark.left < 0 or mark.bottom < 0 or mark.right > size.width or mark.top > size.height:
            wide, high = f"{size.width:.0f}", f"{size.height:.0f}"
            text = f"Tanda keluar dari halaman, yang berukuran {wide} x {high} titik."
            found.append(Finding("mark_outside_page", text, place))
    if min(mark.right - mark.left, mark.top - mark.bottom) < SMALLEST:
        text = f"Tanda terlalu kecil: tiap sisinya paling sedikit {SMALLEST:.0f} titik."
        found.append(Finding("mark_too_small", text, place))
    if not mark.ground:
        text = "Sebut dasar pengecualian bagian ini."
        found.append(Finding("mark_without_ground", text, place, source=SOURCE))
    if not mark.reason:
        text = "Tulis mengapa bagian ini ditutup."
        found.append(Finding("mark_without_reason", text, place, source=SOURCE))
    return found


def _is_closed(number: int, marks: Sequence[Mark], size: PageSize) -> bool:
    """Return whether the marks leave less than a twentieth of the page, looked at on a grid."""
    own = [mark for mark in marks if mark.page == number]
    points = [
        (size.width * (column + 0.5) / GRID, size.height * (row + 0.5) / GRID)
        for column in range(GRID)
        for row in range(GRID)
    ]
    closed = sum(
        any(m.left <= x <= m.right and m.bottom <= y <= m.top for m in own) for x, y in points
    )
    return closed > len(points) * 0.95


def within(mark: Mark, size: PageSize) -> Mark:
    """Return the mark cut to its page; a pointer and a search may both reach over the edge."""
    return Mark(
        page=mark.page,
        left=max(0.0, mark.left),
        bottom=max(0.0, mark.bottom),
        right=min(size.width, mark.right),
        top=min(size.height, mark.top),
        ground=mark.ground,
        reason=mark.reason,
    )
