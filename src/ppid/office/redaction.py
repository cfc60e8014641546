"""Look into a document, search it, cover it and check the copy: always in a process set apart.

The bytes of the document pass through this process and are kept nowhere; what reads them has
neither network nor keys (ppid.vault.apart).
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ppid.errors import BadInput, Finding
from ppid.office.models import SoftCopy
from ppid.office.queries.vault import content_of
from ppid.vault.apart import MIB, Done, Limits, work_apart
from ppid.vault.redaction.marks import Mark, PageSize
from ppid.vault.redaction.searching import Hit

JOB = "ppid.vault.redaction.job"
LARGEST = 100 * MIB
LIMITS = Limits(memory=2048 * MIB, output=512 * MIB, source=512 * MIB, seconds=180)
SCREEN = 1.6
"""Pixels a point of a page on the screen."""


@dataclass(frozen=True, slots=True)
class Survey:
    """The pages of a document, and whether its letters are known."""

    pages: tuple[PageSize, ...]
    text: bool


def bytes_of(copy: SoftCopy) -> bytes:
    """Return the plain bytes of a soft copy.

    Raises BadInput: `document_too_large`, what the storage refuses; CorruptData.
    """
    if copy.plain_size > LARGEST:
        text = f"Berkas ini lebih besar dari {LARGEST // MIB} MiB."
        raise BadInput(Finding("document_too_large", text, hint="Pecah berkasnya lebih dahulu."))
    with content_of(copy) as file:
        return file.read()


def survey(document: bytes) -> Survey:
    """Return the pages of a document. Raises BadInput for what cannot be shown."""
    said = _asked("survey", document).said
    return Survey(tuple(PageSize(*one) for one in said["pages"]), said["text"])


def page_picture(document: bytes, page: int) -> bytes:
    """Return a page, counted from 1, as PNG. Raises BadInput: `page_unknown`."""
    return _asked("picture", document, page=page, scale=SCREEN).file.read()


def hits_in(document: bytes, words: str) -> tuple[Hit, ...]:
    """Return where the words stand, in order."""
    return tuple(Hit(**one) for one in _asked("find", document, words=words).said["hits"])


def covered(document: bytes, marks: Sequence[Mark], paper: bytes) -> tuple[bytes, int]:
    """Return the public copy with the paper behind it, and how many pages the document has.

    Raises BadInput for the marks.
    """
    done = _asked("copy", document, paper, marks=_data(marks))
    return done.file.read(), done.said["pages"]


def leaks_and_remarks(
    document: bytes,
    copy: bytes,
    marks: Sequence[Mark],
    *,
    allowed: str,
    older: tuple[bytes, Sequence[Mark]] | None = None,
) -> dict[str, tuple[Finding, ...]]:
    """Return what the check found: "leaks", "remarks", "opened", "closed".

    older: the public copy before this one with its marks; opened and closed are against it.
    """
    parts = (document, copy, older[0]) if older else (document, copy)
    said = _asked(
        "check",
        *parts,
        marks=_data(marks),
        older_marks=_data(older[1]) if older else [],
        allowed=allowed,
    ).said
    against = said.get("older", {"leaks": [], "remarks": []})
    return {
        "leaks": _findings(said["leaks"]),
        "remarks": _findings(said["remarks"]),
        "opened": _findings(against["leaks"]),
        "closed": _findings(against["remarks"]),
    }


def _data(marks: Sequence[Mark]) -> list[dict[str, Any]]:
    return [one.as_dict() for one in marks]


def _findings(data: list[dict[str, str]]) -> tuple[Finding, ...]:
    return tuple(Finding(**one) for one in data)


def _asked(act: str, *parts: bytes, **asked: Any) -> Done:
    sizes = [len(one) for one in parts]
    source = io.BytesIO(b"".join(parts))
    return work_apart(JOB, source, asked={"act": act, "parts": sizes, **asked}, limits=LIMITS)
