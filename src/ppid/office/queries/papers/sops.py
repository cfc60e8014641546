"""The sheet of an SOP as a paper, from the same drawing as on the screen."""

from datetime import date

from ppid.papers.letterhead import Letterhead, PaperSize
from ppid.papers.paper import Paper
from ppid.sop.definition import Definition
from ppid.sop.drafting import draft
from ppid.sop.sheet import Paper as SheetPaper
from ppid.sop.svg import pages

UNDATED = date(2000, 1, 1)


def sop_sheet(sop: Definition, *, size: PaperSize) -> Paper:
    """Return the official sheet, identity block and matrix, one picture to a page.

    Source: Permen PAN-RB 35/2012 lampiran
    """
    paper = SheetPaper(size.value)
    sheet = draft(sop, paper=paper)
    width, height = paper.millimetres
    return Paper(
        template="sop",
        title=sheet.title,
        foot=f"{sop.code} {sop.number}",
        content={"width": width, "height": height, "description": sheet.description},
        pictures=pages(sop, paper=paper),
    )


def letterhead_of_sop(sop: Definition) -> Letterhead:
    """Return whose paper it is: the sheet has its own head, so only the name is used."""
    return Letterhead(body=sop.institution or sop.name)


def day_of_sop(sop: Definition) -> date:
    """Return the day that stands for the file's own: of force, of approval, or of making."""
    dates = (sop.dates.effective, sop.dates.approved, sop.dates.made)
    return next((each for each in dates if isinstance(each, date)), UNDATED)
