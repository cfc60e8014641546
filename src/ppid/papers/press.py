"""The press: a paper in, a PDF/A-2a that is PDF/UA-1 too out.

Content reaches Typst as JSON and is set as text, never read as markup. The same content gives the
same bytes: no clock, no fonts but those shipped here, and an id worked out from the content.
"""

from collections.abc import Sequence
from datetime import date

from ppid.papers.joining import joined
from ppid.papers.letterhead import Letterhead
from ppid.papers.paper import Paper, as_json
from ppid.papers.typesetting import typeset


def press(
    paper: Paper, letterhead: Letterhead, *, on: date, attached: Sequence[Paper] = ()
) -> bytes:
    """Return the paper as a PDF, with what is attached to it behind it.

    on: the day of the document, which its metadata names.
    Raises BadInput (paper_not_printable), for a logo that is no picture.
    """
    papers = (paper, *attached)
    return joined([pressed(one, letterhead, on=on) for one in papers])


def pressed(paper: Paper, letterhead: Letterhead, *, on: date) -> bytes:
    """Return the paper as Typst writes it. Raises BadInput (paper_not_printable)."""
    return typeset(as_json(paper, letterhead), paper.template, on=on)
