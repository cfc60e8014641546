"""Where on the form a finding belongs: from its place in the file to the name of a control."""

import re
from collections.abc import Collection

from ppid.sop.editing.document import Document

ROW = re.compile(r"langkah (\d+)(?:: ([a-z_]+)(?:\.(.*))?)?", re.DOTALL)
PERFORMER = re.compile(r"pelaksana (\d+)(?:: ([a-z_]+))?")
ALIASES = {"keputusan": "hasil-1-nama", "alasan": "hasil-1-nama", "peran": "peran_lain"}


def control_at(place: str, document: Document, *, names: Collection[str]) -> str:
    """Return the control that a place means: the closest one, or "langkah-3", or "".

    names: the controls that the form has.
    """
    for name in _closest(place, document):
        if name in names or re.fullmatch(r"(?:langkah|pelaksana)-\d+", name):
            return name
    return ""


def _closest(place: str, document: Document) -> list[str]:
    row, performer = ROW.fullmatch(place), PERFORMER.fullmatch(place)
    if row:
        return _in_row(row, document)
    if performer:
        whole = f"pelaksana-{performer[1]}"
        key = performer[2] or "nama"
        return [f"{whole}-{ALIASES.get(key, key)}", whole]
    return [place.replace(".", "-"), place.partition(" ")[0]]


def _in_row(found: re.Match[str], document: Document) -> list[str]:
    number, key, outcome = found.groups()
    whole = f"langkah-{number}"
    if key is None:
        return [whole]
    if outcome is None:
        return [f"{whole}-{ALIASES.get(key, key)}", whole]
    outcomes = list(document["langkah"][int(number) - 1]["keputusan"])
    return [f"{whole}-hasil-{outcomes.index(outcome) + 1}-ke", whole]
