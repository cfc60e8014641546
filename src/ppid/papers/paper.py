"""A paper before it is pressed: its template, what stands on it, and both as JSON."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ppid.papers.glyphs import drawable, marked
from ppid.papers.letterhead import Letterhead


@dataclass(frozen=True, slots=True)
class Check:
    """Where anybody can check the paper. address: to read; qr: an SVG that leads there."""

    address: str
    qr: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One document. template: its .typ file without the ending; content: what the template reads.

    title: as the reader of the PDF shows it. mark: printed at the head of each page, for papers
    that must not leave the office. foot: printed at the left of each page's foot. pictures: SVG.
    check: where a paper that is being issued can be checked. electronic: the sentence at the foot
    of a paper that goes to be signed electronically, and of no other. working: what a print says of
    itself that is not the paper; `check` then leads to the paper itself, if there is one.
    """

    template: str
    title: str
    content: Mapping[str, Any] = field(default_factory=dict)
    mark: str = ""
    foot: str = ""
    pictures: tuple[str, ...] = ()
    check: Check | None = None
    electronic: str = ""
    working: str = ""

    def issued(self, check: Check, *, electronic: str = "") -> "Paper":
        """Return the paper as it goes to be signed, with where it can be checked."""
        return replace(self, check=check, electronic=electronic)

    def as_print(self, words: str, check: Check | None) -> "Paper":
        """Return the paper as a print that is not of record. check: where that one is checked."""
        return replace(self, working=words, check=check)


def as_json(paper: Paper, letterhead: Letterhead) -> str:
    """Return what the templates read, every text made of characters that the fonts can draw."""
    plain = {
        "mark": paper.mark,
        "foot": paper.foot,
        "content": paper.content,
        "electronic": paper.electronic,
        "working": paper.working,
        "check": {"address": paper.check.address} if paper.check else None,
        "letterhead": {
            "body": letterhead.body,
            "unit": letterhead.unit,
            "lines": letterhead.lines,
            "place": letterhead.place,
            "size": letterhead.size,
            "footer": letterhead.footer,
        },
    }
    data = _told(plain, lambda text: marked(drawable(text)))
    data["title"] = drawable(paper.title)
    if paper.check:
        data["check"] |= {"plain": paper.check.address, "qr": paper.check.qr}
    data["pictures"] = _told(paper.pictures, drawable)
    data["letterhead"]["logo"] = list(letterhead.logo)
    return json.dumps(data, ensure_ascii=False)


def _told(value: Any, words: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return words(value)
    if isinstance(value, Mapping):
        return {key: _told(each, words) for key, each in value.items()}
    return [_told(each, words) for each in value] if isinstance(value, list | tuple) else value
