"""The text of a document with its places: find words in it, and read what stands under marks."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from ppid.vault.redaction.marks import Mark, PageSize
from ppid.vault.redaction.pages import Letter, Pages
from ppid.vault.redaction.wording import compact

MOST_HITS = 500
EDGE = 1.0
"""Points that a hit gets on every side, so that no part of a letter looks out."""
WORD_GAP = 2.0
"""How many letters' height may lie between two letters of one line."""
UNDER = 0.3
"""A letter is under a mark if this share of it is."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where the words stand, in one line. number: of the finding, which may have two."""

    number: int
    page: int
    left: float
    bottom: float
    right: float
    top: float


def hits(pages: Pages, words: str) -> list[Hit]:
    """Return where the words stand, a box a line; at most 500 findings. page: from 1.

    Capitals, spaces, line ends and signs make no difference.
    """
    wanted = compact(words)
    found: list[Hit] = []
    number = 0
    for page, size in enumerate(pages.sizes):
        for letters in _places(pages.letters(page), wanted) if wanted else ():
            number += 1
            if number > MOST_HITS:
                return found
            found += [_hit(number, page + 1, line, size) for line in _lines(letters)]
    return found


def _places(letters: Sequence[Letter], wanted: str) -> Iterator[list[Letter]]:
    """Yield the letters of each place where the words stand."""
    spelled, owners = [], []
    for letter in letters:
        for one in compact(letter.text):
            spelled.append(one)
            owners.append(letter)
    text = "".join(spelled)
    at = text.find(wanted)
    while at >= 0:
        yield owners[at : at + len(wanted)]
        at = text.find(wanted, at + len(wanted))


def _lines(letters: Sequence[Letter]) -> Iterator[list[Letter]]:
    """Yield the letters line by line, whichever way the lines run."""
    line: list[Letter] = []
    for letter in letters:
        if line and not _follows(letter, line[-1]):
            yield line
            line = []
        line.append(letter)
    yield line


def _follows(one: Letter, last: Letter) -> bool:
    """Return whether a letter stands beside the one before, not in another line or column."""
    across = max(one.left, last.left) - min(one.right, last.right)
    up = max(one.bottom, last.bottom) - min(one.top, last.top)
    near = WORD_GAP * max(last.top - last.bottom, last.right - last.left)
    return min(across, up) < 0 and max(across, up) < near


def _hit(number: int, page: int, line: Sequence[Letter], size: PageSize) -> Hit:
    return Hit(
        number,
        page,
        round(max(0.0, min(one.left for one in line) - EDGE), 2),
        round(max(0.0, min(one.bottom for one in line) - EDGE), 2),
        round(min(size.width, max(one.right for one in line) + EDGE), 2),
        round(min(size.height, max(one.top for one in line) + EDGE), 2),
    )


def text_under(pages: Pages, marks: Sequence[Mark]) -> list[str]:
    """Return what stands under each mark, in order; empty where no letter is known."""
    letters = {page: pages.letters(page - 1) for page in {mark.page for mark in marks}}
    return ["".join(one.text for one in _under(mark, letters[mark.page])) for mark in marks]


def _under(mark: Mark, letters: Sequence[Letter]) -> Iterator[Letter]:
    """Yield the letters under a mark; a space between two of them stays."""
    for under, run in groupby(letters, lambda one: _share(one, mark) >= UNDER):
        if under:
            yield from run
        else:
            yield Letter(" ", 0, 0, 0, 0)


def _share(letter: Letter, mark: Mark) -> float:
    """Return which share of a letter's box is under the mark; a space has none of its own."""
    area = (letter.right - letter.left) * (letter.top - letter.bottom)
    across = min(letter.right, mark.right) - max(letter.left, mark.left)
    up = min(letter.top, mark.top) - max(letter.bottom, mark.bottom)
    return max(0.0, across) * max(0.0, up) / area if area > 0 else float(across >= 0 and up >= 0)


def cut_letters(pages: Pages, marks: Sequence[Mark]) -> Mapping[int, str]:
    """Return by page (from 1) which letters a mark covers in part only, so that they show."""
    found: dict[int, str] = {}
    for page in sorted({mark.page for mark in marks}):
        own = [mark for mark in marks if mark.page == page]
        for letter in pages.letters(page - 1):
            share = max(_share(letter, mark) for mark in own)
            if UNDER <= share < 0.6 and letter.text.isalnum():
                found[page] = found.get(page, "") + letter.text
    return found


def texts(pages: Pages, marks: Sequence[Mark]) -> list[str]:
    """Return the text of each page that no mark covers."""
    found = []
    for page in range(len(pages.sizes)):
        own = [mark for mark in marks if mark.page == page + 1]
        letters = pages.letters(page)
        found.append(
            "".join(
                " " if any(_share(one, mark) >= UNDER for mark in own) else one.text
                for one in letters
            )
        )
    return found
