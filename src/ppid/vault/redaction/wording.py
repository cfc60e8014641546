"""Which words under a mark would tell what is closed, and whether a text has them in any guise.

A single word such as "pasien" tells nothing and stands in every reason; a name, a number or a run
of words tells. Guises: other letter forms and ligatures, words divided at the end of a line,
letters set apart, other capitals.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator

SHORTEST = 3
BROKEN = re.compile(r"[-\u00ad\u2010\u2011]\s*[\r\n]+\s*")
WORD = re.compile(r"\w+")
DIGITS = re.compile(r"\d[\d .,/:-]{2,}\d")
TELLING_DIGITS = 4
RUN = 3


def plain(text: str) -> str:
    """Return the text in one form: no ligature, no hidden letter, no word divided at a line."""
    one = unicodedata.normalize("NFKC", BROKEN.sub("", text))
    return "".join(each for each in one if unicodedata.category(each) != "Cf")


def compact(text: str) -> str:
    """Return the letters and digits of the text alone, small."""
    return "".join(WORD.findall(plain(text).casefold())).replace("_", "")


def telling(text: str) -> frozenset[str]:
    """Return the pieces of a closed text, compact, each of which would tell something of it.

    The whole, each run of three words, two words with capitals together, each longer number.
    """
    bare = plain(text)
    words = WORD.findall(bare)
    pieces = {compact(bare)}
    pieces |= {compact(" ".join(words[at : at + RUN])) for at in range(len(words) - RUN + 1)}
    pairs = zip(words, words[1:], strict=False)
    pieces |= {compact(f"{one}{two}") for one, two in pairs if _is_name(one) and _is_name(two)}
    numbers = {compact(found) for found in DIGITS.findall(bare)}
    pieces |= {one for one in numbers if len(one) >= TELLING_DIGITS}
    return frozenset(one for one in pieces if len(one) >= SHORTEST)


def _is_name(word: str) -> bool:
    return len(word) > 1 and word[0].isupper()


def told(pieces: Collection[str], text: str) -> frozenset[str]:
    """Return which of the pieces the text has, in whatever guise.

    A short piece counts as a word of its own only: "ani" is no part of "Indonesia ini".
    """
    if not pieces:
        return frozenset()
    whole, words = compact(text), frozenset(_words(text))
    return frozenset(one for one in pieces if (one in whole if len(one) >= 6 else one in words))


def _words(text: str) -> Iterator[str]:
    """Yield each word, and letters ("S i t i") and digits that stand apart as what they make."""
    bare, apart = plain(text).casefold(), ""
    yield from (compact(found) for found in DIGITS.findall(bare))
    for word in WORD.findall(bare):
        yield word
        if len(word) == 1:
            apart += word
            continue
        yield apart
        apart = ""
    yield apart
