"""List the characters that the shipped fonts draw: `font_coverage.py write` or `check`.

Reads the character maps (cmap, formats 4 and 12) of the fonts in src/ppid/papers/fonts.
"""

import struct
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

FONTS = Path(__file__).resolve().parents[1] / "src/ppid/papers/fonts"
COVERAGE = FONTS / "coverage.txt"
PER_LINE = 10


def mapped(font: bytes) -> Iterator[int]:
    """Yield the code points that a font maps to a glyph of its own."""
    (tables,) = struct.unpack_from(">H", font, 4)
    entries = (struct.unpack_from(">4sLLL", font, 12 + 16 * number) for number in range(tables))
    start = next(offset for tag, _, offset, _ in entries if tag == b"cmap")
    (count,) = struct.unpack_from(">H", font, start + 2)
    for number in range(count):
        (offset,) = struct.unpack_from(">L", font, start + 4 + 8 * number + 4)
        (kind,) = struct.unpack_from(">H", font, start + offset)
        if kind in _READERS:
            yield from _READERS[kind](font, start + offset)


def _segments(font: bytes, at: int) -> Iterator[int]:
    (twice,) = struct.unpack_from(">H", font, at + 6)
    for number in range(twice // 2):
        ends, places = at + 14 + 2 * number, (twice + 2, 2 * twice + 2, 3 * twice + 2)
        (last,) = struct.unpack_from(">H", font, ends)
        first, delta, offset = (struct.unpack_from(">H", font, ends + p)[0] for p in places)
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = code + delta
            if offset:
                place = ends + places[2] + offset + 2 * (code - first)
                (glyph,) = struct.unpack_from(">H", font, place)
            if glyph % 0x10000:
                yield code


def _groups(font: bytes, at: int) -> Iterator[int]:
    (count,) = struct.unpack_from(">L", font, at + 12)
    for number in range(count):
        first, last, glyph = struct.unpack_from(">LLL", font, at + 16 + 12 * number)
        yield from range(first + (glyph == 0), last + 1)


_READERS = {4: _segments, 12: _groups}


def coverage() -> str:
    """Return the code points of all fonts as ranges of hexadecimal numbers."""
    codes = sorted({code for path in FONTS.glob("*.ttf") for code in mapped(path.read_bytes())})
    starts = [codes[0], *(two for one, two in pairwise(codes) if two > one + 1)]
    ends = [*(one for one, two in pairwise(codes) if two > one + 1), codes[-1]]
    ranges = [f"{a:X}" if a == b else f"{a:X}-{b:X}" for a, b in zip(starts, ends, strict=True)]
    lines = [ranges[at : at + PER_LINE] for at in range(0, len(ranges), PER_LINE)]
    return "".join(f"{' '.join(line)}\n" for line in lines)


def main() -> int:
    """Write the list anew, or say whether it is current."""
    if sys.argv[1:] == ["write"]:
        COVERAGE.write_text(coverage(), encoding="ascii")
        return 0
    return 0 if COVERAGE.read_text(encoding="ascii") == coverage() else 1


if __name__ == "__main__":
    sys.exit(main())
