"""The kinds of regulation (jenis peraturan): short names, ranks, how texts name them.

Decides that "Peraturan Menteri Dalam Negeri" and "PERMENDAGRI" are one kind.
Which regulations exist is the table's business (regulation.py).
"""

import re
from enum import IntEnum


class Rank(IntEnum):
    """Where a kind stands, highest first; the order in which a legal basis is written."""

    CONSTITUTION = 1
    ACT = 2
    GOVERNMENT = 3
    PRESIDENT = 4
    NATIONAL = 5
    REGIONAL = 6
    REGIONAL_HEAD = 7
    DECISION = 8


ACTS = frozenset({"UU", "Perppu"})
REGIONAL_KINDS = frozenset({"Perda", "Qanun", "Pergub", "Perwali", "Perbup"})

_RANKS = {
    "UUD": Rank.CONSTITUTION,
    "UU": Rank.ACT,
    "Perppu": Rank.ACT,
    "PP": Rank.GOVERNMENT,
    "Perpres": Rank.PRESIDENT,
    "Perda": Rank.REGIONAL,
    "Qanun": Rank.REGIONAL,
    "Pergub": Rank.REGIONAL_HEAD,
    "Perwali": Rank.REGIONAL_HEAD,
    "Perbup": Rank.REGIONAL_HEAD,
}

# The first words of a name, without spaces and "-", and the kind they stand for.
_WITHOUT_ORGAN = {
    "undangundang": "UU",
    "uu": "UU",
    "peraturanpemerintahpenggantiundangundang": "Perppu",
    "perppu": "Perppu",
    "perpu": "Perppu",
    "peraturanpemerintah": "PP",
    "pp": "PP",
    "peraturanpresiden": "Perpres",
    "perpres": "Perpres",
    "keputusanpresiden": "Keppres",
    "keppres": "Keppres",
    "instruksipresiden": "Inpres",
    "inpres": "Inpres",
    "peraturankomisiinformasi": "Perki",
    "peraturankomisiinformasipusat": "Perki",
    "perki": "Perki",
}
_WITH_REGION = {
    "peraturandaerah": "Perda",
    "perda": "Perda",
    "qanun": "Qanun",
    "peraturangubernur": "Pergub",
    "pergub": "Pergub",
    "peraturanwalikota": "Perwali",
    "perwali": "Perwali",
    "perwako": "Perwali",
    "peraturanbupati": "Perbup",
    "perbup": "Perbup",
    "keputusangubernur": "Kepgub",
    "kepgub": "Kepgub",
    "keputusanwalikota": "Kepwali",
    "kepwali": "Kepwali",
    "keputusanbupati": "Kepbup",
    "kepbup": "Kepbup",
}
# Organs of the state: what stands after "Permen" or "Peraturan Menteri", without spaces and "dan".
_MINISTRIES = {
    "dagri": "dagri",
    "dalamnegeri": "dagri",
    "pan": "PANRB",
    "panrb": "PANRB",
    "pendayagunaanaparaturnegara": "PANRB",
    "pendayagunaanaparaturnegarareformasibirokrasi": "PANRB",
    "kominfo": "kominfo",
    "komunikasiinformatika": "kominfo",
    "komdigi": "komdigi",
    "komunikasidigital": "komdigi",
    "kes": "kes",
    "kesehatan": "kes",
    "keu": "keu",
    "keuangan": "keu",
    "sos": "sos",
    "sosial": "sos",
    "dikbud": "dikbud",
    "pendidikankebudayaan": "dikbud",
    "kumham": "kumham",
    "hukumhakasasimanusia": "kumham",
    "lu": "lu",
    "luarnegeri": "lu",
}
_AGENCIES = {
    "arsipnasionalrepublikindonesia": "ANRI",
    "arsipnasional": "ANRI",
    "badansibersandinegara": "BSSN",
}
_ACRONYMS = frozenset(
    ["anri", "bnpt", "bkn", "bssn", "bpk", "bps", "bpom", "bin", "dki", "dprd", "dpr", "kpu", "lan"]
    + ["lkpp", "ojk", "polri", "diy", "ntb", "ntt", "panrb", "pupr", "esdm"]
)
_SMALL = frozenset({"dan", "atau", "di", "ke"})
_EXPANDED = {"prov": "provinsi", "propinsi": "provinsi", "kab": "kabupaten"}
_WORD = re.compile(r"[a-z]+", re.ASCII)


def rank_of(kind: str) -> Rank:
    """Return the rank of a kind by its short name ("PP", "Permendagri").

    Rules of ministers, commissions and agencies rank between the President's and the regions', by
    the custom of legal bases: ps. 8 recognises them without placing them.
    Source: UU 12/2011 ps. 7 (1).
    """
    if kind in _RANKS:
        return _RANKS[kind]
    first = kind.split(" ", 1)[0]
    if first.startswith(("Kep", "In", "Surat")):
        return Rank.DECISION
    return Rank.NATIONAL


def name_kind(phrase: str) -> tuple[str, str]:
    """Return the short name of the kind that a phrase names, and its region or "".

    phrase: the words before the number, as found ("PERATURAN DAERAH KOTA BONTANG").
    """
    words = [_EXPANDED.get(word, word) for word in _WORD.findall(phrase.lower())]
    if words[-2:] == ["republik", "indonesia"] and "arsip" not in words:
        words = words[:-2]
    if words[-1] == "ri":
        words = words[:-1]
    whole = "".join(words)
    if whole in _WITHOUT_ORGAN:
        return _WITHOUT_ORGAN[whole], ""
    for length in (1, 2, 3):
        kind = _WITH_REGION.get("".join(words[:length]))
        if kind:
            return kind, _written(words[length:])
    return _organ_kind(words), ""


def _organ_kind(words: list[str]) -> str:
    whole = "".join(word for word in words if word != "dan")
    for long, short in (("peraturanmenteri", "Permen"), ("keputusanmenteri", "Kepmen")):
        stem = long if whole.startswith(long) else short.lower()
        if not whole.startswith(stem):
            continue
        ministry = whole.removeprefix(stem)
        if ministry in _MINISTRIES:
            return short + _MINISTRIES[ministry]
        return _written(words)
    if words[:2] == ["peraturan", "kepala"] or words[0] == "perka":
        agency = words[1:] if words[0] == "perka" else words[2:]
        short = _AGENCIES.get("".join(word for word in agency if word != "dan"), _written(agency))
        return f"Perka {short}".strip()
    return _written(words)


def _written(words: list[str]) -> str:
    return " ".join(
        word.upper()
        if word in _ACRONYMS
        else word
        if place and word in _SMALL
        else word.capitalize()
        for place, word in enumerate(words)
    )
