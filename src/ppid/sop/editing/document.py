"""An SOP file as plain values: read, written, and told what is wrong with it.

A document is what TOML reads, so that a file with mistakes can be put right here. No act changes
the document that it is given.
"""

import re
import tomllib
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

from ppid.errors import Finding
from ppid.sop.definition import Definition
from ppid.sop.load import read
from ppid.sop.transcription.writing import written

Document = Mapping[str, Any]
REMOVED = 0
"""The number that stands where a step was named that is gone: an error at that place."""

COMMENT = re.compile(
    r'"""(?:\\.|[^\\])*?"""|\'\'\'.*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|(?P<comment>#)',
    re.DOTALL,
)
BLANK: Document = {
    "format": 1,
    "kode": "sop-baru",
    "nama": "",
    "pelaksana": [{"kode": "petugas_ppid", "nama": "Petugas PPID", "peran": ["petugas_ppid"]}],
    "langkah": [{"kegiatan": "", "pelaksana": ["petugas_ppid"]}],
}


@dataclass(frozen=True, slots=True)
class Reading:
    """What a document says. sop: as far as it can be made out; mistakes: why it cannot be used."""

    sop: Definition
    mistakes: tuple[Finding, ...]


def document_of(text: str) -> dict[str, Any]:
    """Return the values of an SOP file that TOML can read."""
    return tomllib.loads(text.removeprefix("\ufeff"))


def text_of(document: Document) -> str:
    """Return the document as an SOP file; of an opened file only the comments are not in it."""
    return written(document)


def copied(document: Document) -> dict[str, Any]:
    """Return a copy that may be changed."""
    return deepcopy(dict(document))


def has_comments(text: str) -> bool:
    """Return whether a file says something behind a "#", which editing does not keep."""
    return any(found["comment"] for found in COMMENT.finditer(text))


def reading(document: Document) -> Reading:
    """Return what the document says, and every mistake of it at its place."""
    sop, mistakes = read(text_of(document), name="naskah")
    return Reading(sop, tuple(_told(one, document) for one in mistakes))


def _told(finding: Finding, document: Document) -> Finding:
    """Return the finding; of a step that was deleted it says so."""
    place = re.fullmatch(r"langkah (\d+): ([a-z_]+)(?:\.(.*))?", finding.place, re.DOTALL)
    if finding.code != "no_such_step" or place is None:
        return finding
    value = document["langkah"][int(place[1]) - 1][place[2]]
    said = value[place[3]] if place[3] is not None else value
    if REMOVED not in (said if isinstance(said, list) else [said]):
        return finding
    return replace(
        finding,
        code="removed_step",
        message="Langkah yang dituju belum dipilih atau sudah dihapus; pilih langkahnya.",
    )


def drawable(sop: Definition) -> Definition | None:
    """Return the SOP with those performers that exist, to be drawn; None where a row has none."""
    known = {one.code for one in sop.performers}
    steps = tuple(
        replace(
            step,
            performers=tuple(dict.fromkeys(code for code in step.performers if code in known)),
        )
        for step in sop.steps
    )
    drawn = sop.columns and steps and all(step.performers for step in steps)
    return replace(sop, steps=steps) if drawn else None
