"""The huruf of Pasal 17 as old lists write it: "Pasal 17 huruf h angka 3", "17.h", "h".

Reads which grounds the words name. Whether the words fit the huruf is ground_words'.
"""

import re

from ppid.law.reference import find

_KIP = ("UU", "14", 2008)
# "Pasal 17 ayat (1) huruf h": Pasal 17 has no ayat, yet lists write one.
_NAMED = re.compile(
    r"\b(?:(?:pasal|psl|ps)\.?\s{0,3})?17\s{0,3}(?:ayat\s{0,3}\(?[0-9]\)?\s{0,3})?[,.]?\s{0,3}"
    r"(?:h[u]?r[u]?f|hrf)?\.?\s{0,3}\(?(?P<letter>[a-j])\)?(?![a-z])"
    r"(?:[\s,.]{0,3}(?:angka|butir|nomor|no\.?)?\s{0,3}\(?(?P<point>[1-9])\)?(?![0-9]))?",
    re.IGNORECASE | re.ASCII,
)
_BARE = re.compile(
    r"\s*(?:h[u]?r[u]?f|hrf)?\.?\s{0,3}\(?(?P<letter>[a-j])\)?"
    r"(?:[\s,.]{0,3}(?:angka|butir)?\s{0,3}\(?(?P<point>[1-9])\)?)?[\s.)]*",
    re.IGNORECASE | re.ASCII,
)


def read_grounds(ground: str, *, legal_basis: str = "") -> tuple[str, ...]:
    """Return the codes ("h", "h.3") that an old list names, in order, each once.

    ground: the list's own column; legal_basis is read when that names none, since many lists keep
    both in one. Empty when neither names a huruf.
    Source: UU 14/2008 ps. 17.
    """
    bare = _BARE.fullmatch(ground)
    if bare:
        return (_code(bare["letter"], bare["point"]),)
    for text in (ground, legal_basis):
        # Lists leave out whose Pasal 17 it is.
        cited = _cited(text) or _cited(f"UU 14/2008 {text}")
        letters = {code[0] for code in cited}
        named = [code for code in _named(text) if not cited or code[0] in letters]
        if cited or named:
            return _finest([*cited, *named])
    return ()


def _cited(text: str) -> list[str]:
    cited = [each.citation for each in find(text) if not each.in_title]
    return [
        _code(one.letter, one.point)
        for one in cited
        if (one.kind, one.number, one.year) == _KIP
        and one.article == "17"
        and "a" <= one.letter <= "j"
    ]


def _named(text: str) -> list[str]:
    return [_code(match["letter"], match["point"]) for match in _NAMED.finditer(text)]


def _code(letter: str, point: str | None) -> str:
    return f"{letter.lower()}.{point}" if point else letter.lower()


def _finest(codes: list[str]) -> tuple[str, ...]:
    """Return the codes without a huruf that another of them names down to its angka."""
    fine = {code[0] for code in codes if "." in code}
    kept = [code for code in codes if "." in code or code not in fine]
    return tuple(dict.fromkeys(kept))
