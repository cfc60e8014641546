"""A list of any length: pressed part by part, each in a process of its own, and joined.

Typst keeps about 200 MB for each 1,000 rows until it has written them; a part's process gives that
back before the next begins. The first part has the letterhead, the last the signatures.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from ppid.papers.apart import press_apart
from ppid.papers.joining import joined, page_count
from ppid.papers.letterhead import Letterhead
from ppid.papers.paper import Paper
from ppid.papers.press import press

LIST = "daftar"
"""The template that a list of any length has."""
ROWS_IN_A_PART = 2000
ROWS_WITH_SIGNATURES = 50
"""Typst sets the last part twice, to see what comes on the page of the signatures."""


def press_list(paper: Paper, letterhead: Letterhead, *, on: date) -> bytes:
    """Return a list as a PDF, however many rows it has; its content is that of `daftar.typ`.

    Raises BadInput (paper_not_printable).
    """
    if len(paper.content["rows"]) <= ROWS_IN_A_PART:
        return press(paper, letterhead, on=on)
    pressed: list[bytes] = []
    pages = 0
    for part in _parts(paper):
        numbered = replace(part, content={**part.content, "pages_before": pages})
        pressed.append(press_apart(numbered, letterhead, on=on))
        pages += page_count(pressed[-1])
    return joined(pressed, one_table=True)


def _parts(paper: Paper) -> Iterator[Paper]:
    rows, count = paper.content["rows"], {"count": len(paper.content["rows"])}
    ends = _ends(len(rows))
    for start, end in zip((0, *ends), ends, strict=False):
        which = {"begins": start == 0, "ends": end == len(rows)}
        yield replace(paper, content={**paper.content, "rows": rows[start:end], **count, **which})


def _ends(count: int) -> tuple[int, ...]:
    """Return where each part ends: alike in size, before a short one that has the signatures."""
    before = count - ROWS_WITH_SIGNATURES
    parts = -(-before // ROWS_IN_A_PART)
    return (*(before * part // parts for part in range(1, parts + 1)), count)
