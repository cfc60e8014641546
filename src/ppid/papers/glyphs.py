"""Which characters the shipped fonts can draw, and what stands for those that they cannot.

PDF/A forbids a character without a shape, and a silent gap in an official paper would be worse:
what cannot be drawn is printed as its code, [U+4E2D], which a reader sees and can look up.
"""

import re
import unicodedata
from functools import lru_cache
from importlib.resources import files

_SPACES = str.maketrans({"\u200b": None, "\t": " ", "\u2028": "\n", "\u2029": "\n"})
MAY_BREAK = "\u200b"
_LONG = re.compile(r"\S{8,}")
_NARROWEST = 8.0
_TURNING = frozenset(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))))
"""Controls that turn the direction of writing: they can make a paper read as what it is not."""


@lru_cache(maxsize=1)
def covered() -> frozenset[int]:
    """Return the code points that some font here draws, as `fonts/coverage.txt` lists them."""
    text = files("ppid.papers").joinpath("fonts/coverage.txt").read_text(encoding="ascii")
    found: set[int] = set()
    for part in text.split():
        first, _, last = part.partition("-")
        found.update(range(int(first, 16), int(last or first, 16) + 1))
    return frozenset(found)


@lru_cache(maxsize=4096)
def _shown(character: str) -> str:
    return character if _has_shape(character) else f"[U+{ord(character):04X}]"


def _has_shape(character: str) -> bool:
    if character == "\n":
        return True
    if character in _TURNING or unicodedata.category(character) in ("Cc", "Co", "Cn", "Cs"):
        return False
    return ord(character) in covered()


def drawable(text: str) -> str:
    """Return the text in composed form (NFC), with a code for each character without a shape."""
    plain = unicodedata.normalize("NFC", text.replace("\r\n", "\n").translate(_SPACES))
    return plain if plain.isascii() and plain.isprintable() else "".join(map(_shown, plain))


def marked(text: str) -> str:
    """Return the text with U+200B before each word that a narrow column might not hold.

    The templates look at those words alone and break them where they must.
    """
    if len(text) < _NARROWEST:
        return text
    return _LONG.sub(lambda found: f"{MAY_BREAK if _is_broad(found[0]) else ''}{found[0]}", text)


def _is_broad(word: str) -> bool:
    """Return whether a word may be wider than 8 ems: small letters are half an em, others one."""
    small = sum(character.islower() and character.isascii() for character in word)
    return len(word) - small / 2 > _NARROWEST
