"""Titles of regulations as people write them: how well one fits the promulgated title.

Compares words, not signs: case, "dan" for "&", common abbreviations and a law named without its own
title ("Pelaksanaan UU 14/2008") make no difference.
"""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import IntEnum
from functools import lru_cache

from ppid.law.reference import Mention, find_mentions

_LONGEST = 60
_MOST = 0.7
_ALIKE = 0.75
_WORD = re.compile(r"[a-z]+|[0-9]+", re.ASCII)
_START = re.compile(
    r"\s{0,9}(?:\([^()\n]{0,80}\))?[\s,:]{0,9}(?:tentang|ttg\.?)\s", re.IGNORECASE | re.ASCII
)
# Where a title surely has ended, though the line goes on.
_END = re.compile(
    r"[;()\"”:]|\.(?=\s|$)|\n\s{0,20}(?:[0-9]{1,2}|[a-z])[.)]\s"
    r"|\b(?:sebagaimana|pasal|psl|ps|huruf|ayat|juncto|jo|beserta|lembaran)\b",
    re.IGNORECASE | re.ASCII,
)
_TITLE_OF = frozenset({"atas", "pelaksanaan", "pencabutan", "penetapan", "perubahan", "ketentuan"})
_LOOSE_ENDS = frozenset({"dan", "serta", "dengan", "atau", "maupun", "kedua", "ketiga"})
_ABBREVIATIONS = {
    "kip": ["keterbukaan", "informasi", "publik"],
    "sop": ["standar", "operasional", "prosedur"],
    "kemendagri": ["kementerian", "dalam", "negeri"],
    "pemda": ["pemerintahan", "daerah"],
    "ite": ["informasi", "dan", "transaksi", "elektronik"],
    "pns": ["pegawai", "negeri", "sipil"],
    "kab": ["kabupaten"],
    "ri": [],
    "republik": [],
    "indonesia": [],
}


class Fit(IntEnum):
    """How well a written title fits; higher is better."""

    NONE = 0
    LOOSE = 1
    TRUNCATED = 2
    MISSPELT = 3
    EXACT = 4


@dataclass(frozen=True, slots=True)
class WrittenTitle:
    """What stands after "tentang": its words, a cited law being one word ("UU 14/2008")."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """How a written title fits. slips: wrong words, each with the right one; length: in words."""

    fit: Fit
    length: int = 0
    slips: tuple[tuple[str, str], ...] = ()


def written_title(text: str, mention: Mention, *, others: tuple[Mention, ...]) -> WrittenTitle:
    """Return the title written after a mention; without words where there is no "tentang".

    others: the mentions after it, in order; the first that is no part of the title ends it.
    """
    start = _START.match(text, mention.end)
    if not start:
        return WrittenTitle(())
    words: list[str] = []
    position = start.end()
    for other in others[:4]:
        if other.start < position:
            continue
        piece = text[position : min(other.start, position + 600)]
        end = _END.search(piece)
        words += split(piece[: end.start()] if end else piece)
        if end or not words or words[-1] not in _TITLE_OF:
            return _closed(words)
        words.append(str(other.citation))
        position = other.end
    piece = text[position : position + 600]
    end = _END.search(piece)
    return _closed(words + split(piece[: end.start()] if end else piece))


def match(written: WrittenTitle, title: str) -> Match:
    """Return how a written title fits a promulgated one; LOOSE where most words are the same."""
    close = match_closely(written, title)
    if close.fit is not Fit.NONE:
        return close
    right = title_words(title)
    words = written.words[: len(right) + 2]
    likeness = SequenceMatcher(None, words, right, autojunk=False).ratio()
    return Match(Fit.LOOSE) if likeness >= _MOST else close


def match_closely(written: WrittenTitle, title: str) -> Match:
    """Return how a written title fits a promulgated one word by word; NONE where it does not."""
    words, right = written.words, title_words(title)
    for length in _complete_lengths(right):
        if words[:length] == right[:length]:
            return Match(Fit.EXACT, length)
    slips = _slips(words, right)
    if slips is None:
        return Match(Fit.NONE)
    return Match(Fit.MISSPELT if slips else Fit.TRUNCATED, min(len(words), len(right)), slips)


@lru_cache(maxsize=256)
def title_words(title: str) -> tuple[str, ...]:
    """Return the words of a promulgated title, a cited law being one word."""
    words: list[str] = []
    position = 0
    for mention in find_mentions(title):
        words += [*split(title[position : mention.start]), str(mention.citation)]
        position = mention.end
    return tuple(words + split(title[position:]))


def split(text: str) -> list[str]:
    """Return the words of a text in lower case, abbreviations written out."""
    words: list[str] = []
    for word in _WORD.findall(text.lower().replace("&", " dan ")):
        words += _ABBREVIATIONS.get(word, [word])
    return words


def _closed(words: list[str]) -> WrittenTitle:
    # A lone letter numbers the next line: "... Informasi Publik b. UU ...".
    while words and (len(words[-1]) == 1 or words[-1] in _LOOSE_ENDS | _TITLE_OF):
        words.pop()
    return WrittenTitle(tuple(words[:_LONGEST]))


def _complete_lengths(canonical: tuple[str, ...]) -> list[int]:
    """Return how many words are a whole title: all, or up to a law named without its own title."""
    named = [place + 1 for place, word in enumerate(canonical) if "/" in word]
    return [len(canonical), *reversed(named)]


def _slips(
    words: tuple[str, ...], canonical: tuple[str, ...]
) -> tuple[tuple[str, str], ...] | None:
    """Return the wrong words, each with the right one, or None where it is another title."""
    pairs = [(w, c) for w, c in zip(words, canonical, strict=False) if w != c]
    length = min(len(words), len(canonical))
    if not length or len(pairs) * 2 > length + 1 or not all(_alike(w, c) for w, c in pairs):
        return None
    return tuple(pairs)


def _alike(word: str, right: str) -> bool:
    if "/" in word and "/" in right:
        return _same_but_one(word, right)
    if min(len(word), len(right)) < 4 or "/" in word + right:
        return False
    pair = SequenceMatcher(None, word[:40], right, autojunk=False)
    return pair.real_quick_ratio() >= _ALIKE and pair.ratio() >= _ALIKE


def _same_but_one(word: str, right: str) -> bool:
    """Return whether two cited laws differ in number or year alone."""
    kind, _, rest = word.rpartition(" ")
    right_kind, _, right_rest = right.rpartition(" ")
    number, year = rest.rsplit("/", 1)
    right_number, right_year = right_rest.rsplit("/", 1)
    return kind == right_kind and (number == right_number or year == right_year)
