"""Performers of an SOP in the making: add, move, delete. Rows know them by their code."""

from typing import Any

from ppid.errors import BadInput, Finding
from ppid.sop.editing.document import Document, copied

MOST_PERFORMERS = 30


def add_performer(document: Document) -> dict[str, Any]:
    """Return the document with one more performer, without a name yet.

    Raises BadInput: `too_many_performers`.
    """
    made = copied(document)
    performers = made["pelaksana"]
    if len(performers) >= MOST_PERFORMERS:
        text = f"SOP ini sudah mempunyai {MOST_PERFORMERS} pelaksana."
        raise BadInput(Finding("too_many_performers", text))
    taken = {one.get("kode") for one in performers}
    number = next(n for n in range(1, len(taken) + 2) if f"pelaksana_{n}" not in taken)
    performers.append({"kode": f"pelaksana_{number}", "nama": "", "peran": ["petugas_ppid"]})
    return made


def move_performer(document: Document, number: int, *, by: int) -> dict[str, Any]:
    """Return the document with a performer's column so many places to the right.

    Raises BadInput: `no_such_performer`.
    """
    made, performers = _performers(document, number)
    performers.insert(min(max(number + by, 1), len(performers)) - 1, performers.pop(number - 1))
    return made


def delete_performer(document: Document, number: int) -> dict[str, Any]:
    """Return the document without a performer; each row that names them has an error there.

    Raises BadInput: `no_such_performer`, `last_performer`.
    """
    made, performers = _performers(document, number)
    if len(performers) == 1:
        text = "SOP memerlukan paling sedikit satu pelaksana."
        raise BadInput(Finding("last_performer", text, place="pelaksana 1"))
    del performers[number - 1]
    return made


def _performers(document: Document, number: int) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    made = copied(document)
    performers = made["pelaksana"]
    if not 1 <= number <= len(performers):
        raise BadInput(Finding("no_such_performer", f"Pelaksana {number} tidak ada lagi."))
    return made, performers
