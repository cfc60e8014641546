"""How wide a text is, and where its lines break, without a font at hand.

The advance widths are those of Liberation Sans, which Arial and Helvetica share by design; so what
fits here fits on the screen, on paper and in a PDF. Sizes and widths are in points.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

LEADING = 1.2
ASCENT = 0.74
DESCENT = 0.22

# Thousandths of the size, rounded up. A character that is not listed may come from any font.
_REGULAR = {
    191: "'",
    223: "ijl‘’‚",
    260: "|¦",
    278: " !,./:;I[\\]ft·ÌÍÎÏìíîï",
    334: "()-`r{}¡¨²³´¸¹“”„‹›",
    355: '•"',
    400: "*°ªº",
    500: "Jcksvxyzçýÿ^",
    557: "#$0123456789?L_abdeghnopqu¢£¤¥§«»àáâãäåèéêëðñòóôõöùúûüþ–†‡€±÷≤≥√¶¯",
    584: "+<=>~¬×−µ",
    611: "FTZ¿ßø",
    667: "&ABEKPSVXYÀÁÂÃÄÅÈÉÊËÝÞ",
    723: "CDHNRUwÇÐÑÙÚÛÜ",
    737: "©®",
    778: "GOQÒÓÔÕÖØ",
    834: "Mm¼½¾",
    890: "%æ",
    944: "W",
    1016: "@Æ—…‰™",
}
_BOLD = {
    238: "'",
    280: " ,./I\\ijl·ÌÍÎÏìíîï‘’‚|¦",
    334: "!()-:;[]`ft¡¨²³´¸¹‹›",
    390: "*r{}•ºª",
    400: "°",
    500: "z“”„",
    557: '#$0123456789J_aceksvxy¢£¤¥§«¶»àáâãäåçèéêëýÿ–†‡€"±÷≤≥√¯',
    584: "+<=>^~¬×−µ",
    611: "?FLTZbdghnopqu¿ßðñòóôõöøùúûüþ",
    667: "EPSVXYÈÉÊËÝÞ",
    723: "&ABCDHKNRUÀÁÂÃÄÅÇÐÑÙÚÛÜ",
    737: "©®",
    778: "GOQwÒÓÔÕÖØ",
    834: "M¼½¾",
    890: "%mæ",
    944: "W",
    1000: "@Æ—…‰™",
}
_UNKNOWN = 1400
_ADVANCE = {
    bold: {character: units / 1000 for units, listed in table.items() for character in listed}
    for bold, table in ((False, _REGULAR), (True, _BOLD))
}
_BREAKABLE = re.compile(r"[^-/–]*[-/–]+(?=\w)|.+")


class Run(NamedTuple):
    """A piece of text on one line: line counts from 0, indent is in points from the left edge."""

    text: str
    line: int = 0
    indent: float = 0.0
    italic: bool = False


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of a text set on one line, in points."""
    advance = _ADVANCE[bold]
    return size * sum([advance.get(character, _UNKNOWN / 1000) for character in text])


def longest_part(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of the widest piece of a text that a line break would not divide."""
    parts = [part for word in text.split() for part in _BREAKABLE.findall(word)]
    return max((width(part, size, bold=bold) for part in parts), default=0.0)


def wrap(text: str, room: float, size: float, *, bold: bool = False) -> tuple[str, ...]:
    """Return the lines of a text in `room` points; a line break in it begins a new line.

    Breaks fall at spaces, after "-" and "/" inside a word, and anywhere in a piece too long for
    a line of its own. A line is longer than the room only where one character is.
    """
    lines: list[str] = []
    for paragraph in text.splitlines():
        lines += _filled(paragraph.split(), room, size, bold)
    return tuple(lines)


def _filled(words: list[str], room: float, size: float, bold: bool) -> list[str]:
    lines: list[str] = []
    line, used = "", 0.0
    for word in words:
        gap = " " if line else ""
        for part in _parts(word, room, size, bold):
            wide = width(gap + part, size, bold=bold)
            if line and used + wide > room:
                lines.append(line)
                line, used, gap, wide = "", 0.0, "", width(part, size, bold=bold)
            line, used, gap = line + gap + part, used + wide, ""
    return [*lines, line] if line else lines


def _parts(word: str, room: float, size: float, bold: bool) -> Iterable[str]:
    if width(word, size, bold=bold) <= room:
        return (word,)
    return (
        piece for part in _BREAKABLE.findall(word) for piece in _chopped(part, room, size, bold)
    )


def _chopped(part: str, room: float, size: float, bold: bool) -> Iterable[str]:
    piece, used = "", 0.0
    for character in part:
        wide = width(character, size, bold=bold)
        if piece and used + wide > room:
            yield piece
            piece, used = "", 0.0
        piece, used = piece + character, used + wide
    yield piece


def shortened(lines: tuple[str, ...], most: int) -> tuple[str, ...]:
    """Return at most `most` lines; where some were left out, the last one ends in an ellipsis."""
    if len(lines) <= most:
        return lines
    return (*lines[: most - 1], lines[most - 1][:-2].rstrip() + "…")


def paragraph(text: str, room: float, size: float, *, italic: bool = False) -> tuple[Run, ...]:
    """Return the text as runs, one to a line."""
    lines = wrap(text, room, size)
    return tuple(Run(line, number, italic=italic) for number, line in enumerate(lines))


def listed(
    entries: tuple[str, ...], room: float, size: float, *, numbered: bool = False
) -> tuple[Run, ...]:
    """Return the entries one below the other with a hanging number or dash; one entry has none."""
    if len(entries) < 2:
        return paragraph(" ".join(entries), room, size)
    signs = [f"{number}." if numbered else "–" for number in range(1, len(entries) + 1)]
    indent = max(width(sign, size) for sign in signs) + size * 0.35
    runs: list[Run] = []
    line = 0
    for sign, entry in zip(signs, entries, strict=True):
        lines = wrap(entry, room - indent, size) or ("",)
        runs.append(Run(sign, line))
        runs += [Run(text, line + number, indent) for number, text in enumerate(lines)]
        line += len(lines)
    return tuple(runs)


def stacked(*blocks: tuple[Run, ...]) -> tuple[Run, ...]:
    """Return the blocks one below the other."""
    runs: list[Run] = []
    for block in blocks:
        below = height_in_lines(tuple(runs))
        runs += [run._replace(line=run.line + below) for run in block]
    return tuple(runs)


def height_in_lines(runs: tuple[Run, ...]) -> int:
    """Return how many lines the runs take."""
    return max((run.line for run in runs), default=-1) + 1


def cut(runs: tuple[Run, ...], first: int, count: int) -> tuple[Run, ...]:
    """Return the runs of `count` lines from line `first`, counted from 0 again."""
    return tuple(
        run._replace(line=run.line - first) for run in runs if first <= run.line < first + count
    )
