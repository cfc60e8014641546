"""What is asked of a document in a process set apart: look, search, cover, check.

The source is several files one behind the other; asked["parts"] has their sizes in bytes. See
ACTS for what can be asked.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any, BinaryIO

from ppid.errors import BadInput, Finding
from ppid.vault.redaction.checking import Checked, between, check
from ppid.vault.redaction.copying import public_copy
from ppid.vault.redaction.marks import Mark, mark_findings, mark_of
from ppid.vault.redaction.pages import pages_of
from ppid.vault.redaction.searching import hits

LARGEST_SCALE = 3.0


def survey(parts: list[bytes], target: BinaryIO, asked: Mapping[str, Any]) -> Any:
    """Return "pages": width and height of each in points; "text": whether letters are known."""
    with pages_of(parts[0]) as pages:
        sizes = [(round(one.width, 2), round(one.height, 2)) for one in pages.sizes]
        has_text = any(pages.letters(page) for page in range(min(5, len(sizes))))
        return {"pages": sizes, "text": has_text}


def picture(parts: list[bytes], target: BinaryIO, asked: Mapping[str, Any]) -> Any:
    """Write one page as PNG. asked: "page" from 1; "scale", pixels a point, at most 3."""
    with pages_of(parts[0]) as pages:
        if not 1 <= asked["page"] <= len(pages.sizes):
            raise BadInput(Finding("page_unknown", "Halaman ini tidak ada."))
        scale = min(float(asked["scale"]), LARGEST_SCALE)
        pages.picture(asked["page"] - 1, scale=scale).save(target, "PNG", compress_level=3)
    return {}


def find(parts: list[bytes], target: BinaryIO, asked: Mapping[str, Any]) -> Any:
    """Return "hits": where asked["words"] stand."""
    with pages_of(parts[0]) as pages:
        return {"hits": [asdict(one) for one in hits(pages, asked["words"])]}


def copy(parts: list[bytes], target: BinaryIO, asked: Mapping[str, Any]) -> Any:
    """Write the public copy; the second part is the list. Raises BadInput for the marks."""
    source, paper = parts
    with pages_of(source) as pages:
        marks = _marks(asked["marks"])
        if findings := mark_findings(marks, pages.sizes):
            raise BadInput(*findings)
        target.write(public_copy(pages, marks, paper))
        return {"pages": len(pages.sizes)}


def checked(parts: list[bytes], target: BinaryIO, asked: Mapping[str, Any]) -> Any:
    """Return "leaks" and "remarks" of a copy, the second part; an older one may be the third."""
    source, made, *older = parts
    marks = _marks(asked["marks"])
    with pages_of(source) as pages:
        found = _told(check(made, pages, marks, allowed=asked["allowed"]))
    for one in older:
        found["older"] = _told(
            between(made, one, marks=marks, older_marks=_marks(asked["older_marks"]))
        )
    return found


def _told(found: Checked) -> dict[str, Any]:
    leaks, remarks = ([one.as_dict() for one in each] for each in (found.leaks, found.remarks))
    return {"leaks": leaks, "remarks": remarks}


def _marks(data: list[dict[str, Any]]) -> list[Mark]:
    return [mark_of(one) for one in data]


ACTS: Mapping[str, Callable[[list[bytes], BinaryIO, Mapping[str, Any]], Any]] = {
    "survey": survey,
    "picture": picture,
    "find": find,
    "copy": copy,
    "check": checked,
}


def work(source: BinaryIO, target: BinaryIO, asked: Mapping[str, Any]) -> Any:
    """Return what was asked for (`act`); files go to the target. Raises BadInput."""
    parts = [source.read(size) for size in asked["parts"]]
    return ACTS[asked["act"]](parts, target, asked)
