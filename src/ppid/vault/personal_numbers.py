"""Numbers that belong to a person, found in a text that is to be made public.

Digits count in every script and with single blanks, dots or hyphens between them, because that is
how people write them; what cannot be seen is dropped first, so that it does not hide a number.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from stdnum.id import nik, npwp


class NumberKind(StrEnum):
    """What a number is, as an officer calls it."""

    NIK = "NIK"
    NPWP = "NPWP"
    NIP = "NIP"
    MOBILE = "nomor telepon seluler"


@dataclass(frozen=True, slots=True)
class PersonalNumber:
    """A number of a person. start, end: where it stands in the text as it is given, half-open."""

    kind: NumberKind
    start: int
    end: int


_CHAIN = re.compile(r"[0-9]+(?:[ .\-][0-9]+)*")
_GROUP = re.compile("[0-9]+")
_LENGTHS = range(10, 19)
_MOBILE = re.compile(r"(?:62|0)8[1-9][0-9]{7,10}")
_NIP_DIGITS = 18
_YOUNGEST_SERVANT = 15
"""Years between the birth and the appointment that stand in a NIP."""


def personal_numbers(text: str) -> tuple[PersonalNumber, ...]:
    """Return the numbers of persons in a text, in order.

    Source: UU 14/2008 ps. 17 huruf h
    """
    plain, places = _seen(text)
    return tuple(
        PersonalNumber(kind, places[start], places[end - 1] + 1)
        for chain in _CHAIN.finditer(plain)
        for kind, start, end in _in_chain(plain, chain.start(), chain.end())
    )


def _in_chain(plain: str, start: int, end: int) -> Iterator[tuple[NumberKind, int, int]]:
    """Yield the numbers in groups of digits that follow one another, the longest first from each.

    A number of another thing may stand right before or after one ("Nomor 5 3171...").
    """
    groups = [(one.start(), one.end()) for one in _GROUP.finditer(plain, start, end)]
    done = start
    for begin, _ in groups:
        for _, stop in reversed(groups):
            kind = _kind(plain[begin:stop]) if done <= begin < stop else None
            if kind is not None:
                yield kind, begin, stop
                done = stop
                break


def _seen(text: str) -> tuple[str, list[int]]:
    """Return the text with ASCII digits and without what is invisible, and where each stood."""
    letters, places = [], []
    for place, letter in enumerate(text):
        digit = unicodedata.decimal(letter, None)
        category = unicodedata.category(letter)
        if category == "Cf":
            continue
        dash = "-" if category == "Pd" else " " if category == "Zs" else letter
        letters.append(str(digit) if digit is not None else dash)
        places.append(place)
    return "".join(letters), places


def _kind(written: str) -> NumberKind | None:
    digits = re.sub(r"[^0-9]", "", written)
    if len(digits) not in _LENGTHS:
        return None
    return next((kind for kind, is_one in _KINDS if is_one(digits)), None)


def _is_nip(digits: str) -> bool:
    """Return whether 18 digits are birth, month of appointment, sex and a serial number."""
    if len(digits) != _NIP_DIGITS or digits[14] not in "12":
        return False
    try:
        born = date.fromisoformat(digits[:8])
        appointed = date.fromisoformat(f"{digits[8:14]}01")
    except ValueError:
        return False
    return appointed.year - born.year >= _YOUNGEST_SERVANT


def _is_mobile(digits: str) -> bool:
    return _MOBILE.fullmatch(digits) is not None


_KINDS: tuple[tuple[NumberKind, Callable[[str], bool]], ...] = (
    (NumberKind.NIP, _is_nip),
    (NumberKind.NIK, nik.is_valid),
    (NumberKind.NPWP, npwp.is_valid),
    (NumberKind.MOBILE, _is_mobile),
)


def excerpt(text: str, number: PersonalNumber, around: int = 30) -> str:
    """Return the words around a number, with every number of a person in them blacked out."""
    black = list(text)
    for one in personal_numbers(text):
        black[one.start : one.end] = "█" * (one.end - one.start)
    first, last = max(number.start - around, 0), number.end + around
    before, after = "…" if first else "", "…" if last < len(text) else ""
    return before + "".join(black[first:last]).strip() + after
