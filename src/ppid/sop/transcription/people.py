"""Who acts: the headings of the performers' columns, and the roles they stand for."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from ppid.sop.transcription.source import one_line

ROLES = (
    (r"pendukung|pembantu|pelaksana|opd|skpd", "ppid_pelaksana"),
    (r"petugas", "petugas_ppid"),
    (r"atasan", "atasan_ppid"),
    (r"tim\b|pertimbangan", "tim_pertimbangan"),
    (r"pejabat|kepala bidang|kabid", "pejabat_bidang"),
    (r"pimpinan|gubernur|bupati|wali ?kota|menteri", "pimpinan_badan_publik"),
    (r"arsip", "arsiparis"),
    (r"pemohon|masyarakat", "pemohon"),
    (r"ppid", "ppid_utama"),
)
"""What a heading says -> the role. The first that fits; "PPID Utama dan PPID Pembantu" has two."""

HEADINGS = (
    ("petugas", "Petugas PPID"),
    ("ketua", "Ketua PPID"),
    ("utama", "PPID Utama"),
    ("pembantu", "PPID Pembantu"),
    ("pendukung", "PPID Pendukung"),
    ("atasan", "Atasan PPID"),
    ("pertimbangan", "Tim Pertimbangan"),
    ("pimpinan", "Pimpinan Badan Publik"),
    ("pejabat", "Pejabat Bidang"),
    ("arsiparis", "Arsiparis"),
    ("pemohon", "Pemohon"),
)
"""The word that tells a performer from the others -> how it is called."""

CLOSE, LONG, CLOSE_IF_LONG = 0.8, 10, 0.55
"""How alike a scanned word must be (difflib's ratio); a long word may be worse."""


@dataclass(frozen=True, slots=True)
class Person:
    """A performer of the draft. guessed: whether the heading could not be read as it stands."""

    code: str
    name: str
    roles: tuple[str, ...]
    guessed: bool = False


def person(name: str, *, taken: set[str], guessed: bool = False) -> Person:
    """Return the performer with a heading; `taken` gets the new code."""
    name = one_line(name)
    roles = roles_of(name)
    stem = roles[0] if roles[0] != "ppid_pelaksana" else slug(name)
    code, number = stem, 2
    while code in taken:
        code, number = f"{stem}_{number}", number + 1
    taken.add(code)
    return Person(code, name, roles, guessed)


def roles_of(name: str) -> tuple[str, ...]:
    """Return the roles that a heading names; its own slug when it names none that is known."""
    found: list[str] = []
    for part in re.split(r"\bdan\b(?= PPID)|/|,|;", name, flags=re.IGNORECASE):
        role = next((role for mark, role in ROLES if re.search(mark, part, re.IGNORECASE)), "")
        if role and role not in found:
            found.append(role)
    return tuple(found) or (slug(name),)


def named_in(text: str) -> list[str]:
    """Return the headings that stand in the words of a table's head, in their order.

    Some letters may be wrong: "etugas", "yetua".
    """
    words = [re.sub(r"[^a-z]", "", one) for one in text.casefold().split()]
    found = {}
    for mark, heading in HEADINGS:
        likeness = [SequenceMatcher(None, one, mark).ratio() for one in words]
        best = max(likeness, default=0)
        if best >= (CLOSE_IF_LONG if len(mark) >= LONG else CLOSE):
            found[likeness.index(best)] = heading
    return [found[at] for at in sorted(found)]


def mentioned(text: str, people: tuple[Person, ...]) -> list[Person]:
    """Return the performers whose name stands in a text, in its order."""
    words = _key(text)
    found = [(words.find(_key(one.name)), one) for one in people]
    return [one for at, one in sorted(found, key=lambda pair: pair[0]) if at >= 0]


def _key(text: str) -> str:
    text = re.sub(r"[^a-z0-9 ]", " ", text.casefold())
    return one_line(re.sub(r"\btim ppid\b", "ppid", text))


def slug(name: str) -> str:
    """Return a name as a code of a-z, 0-9 and "_"."""
    return re.sub(r"[^a-z0-9]+", "_", name.casefold()).strip("_")[:40] or "pelaksana"
