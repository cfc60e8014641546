"""What has become of a paper by a day: in force, replaced, opened; never stored as truth.

It follows from what the newest edition says of the items that the paper is about; of a printed
list, from whether there is a newer one; of an answer to an objection, from whether the Komisi
Informasi has decided the dispute over it.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _

from ppid.public.models import Edition, Entry, Paper


class PaperStatus(StrEnum):
    """The status of a public paper on a day."""

    UNSIGNED = "belum"
    WITHDRAWN = "ditarik"
    IN_FORCE = "berlaku"
    REPLACED = "diganti"
    OPENED = "dibuka"
    DECIDED = "diputus"

    @property
    def label(self) -> str:
        """Return the word shown to people, in the language of the page."""
        return {
            "belum": _("Belum selesai ditandatangani"),
            "ditarik": _("Ditarik sebelum selesai ditandatangani"),
            "berlaku": _("Berlaku"),
            "diganti": _("Diganti"),
            "dibuka": _("Dibuka"),
            "diputus": _("Diputus Komisi Informasi"),
        }[self.value]

    @property
    def mark(self) -> str:
        """Return the name of its look in the style sheet."""
        marks = {"berlaku": "exempt", "diganti": "late", "diputus": "late", "dibuka": "open"}
        return marks.get(self.value, "soon")


@dataclass(frozen=True, slots=True)
class PaperState:
    """The status with what it rests on: how many of the paper's items are still as it says.

    elsewhere: items that another letter now rules, numbers: of these letters. unlisted: items that
    no edition has named yet.
    """

    status: PaperStatus
    standing: int = 0
    elsewhere: int = 0
    numbers: tuple[str, ...] = ()
    opened: int = 0
    unlisted: int = 0


def paper_state(paper: Paper, *, on: date) -> PaperState:
    """Return what has become of a public paper by a day of its body's calendar.

    Source: PP 61/2010 ps. 10 and 11 (3); UU 14/2008 ps. 46 (1).
    """
    if paper.completed_at is None:
        return PaperState(PaperStatus.WITHDRAWN if paper.withdrawn else PaperStatus.UNSIGNED)
    if paper.decided_on is not None:
        return PaperState(PaperStatus.DECIDED)
    if paper.edition is not None or paper.replaced_by:
        newer = Edition.objects.filter(body=paper.body_id, number__gt=paper.edition or 0)
        gone = bool(paper.replaced_by) or newer.exists()
        return PaperState(PaperStatus.REPLACED if gone else PaperStatus.IN_FORCE)
    entries = list(Entry.objects.filter(body=paper.body_id, public_id__in=paper.items))
    opened = [one for one in entries if one.open_from is not None and one.open_from <= on]
    # A refusal stands as long as the item is closed, by whichever letter.
    others = [
        one
        for one in entries
        if one not in opened and not paper.refuses and one.decree_number != paper.number
    ]
    standing = len(entries) - len(opened) - len(others)
    return PaperState(
        _status(paper, len(opened), len(others)),
        standing=standing,
        elsewhere=len(others),
        numbers=tuple(sorted({one.decree_number for one in others})),
        opened=len(opened),
        unlisted=len(paper.items) - len(entries),
    )


def _status(paper: Paper, opened: int, others: int) -> PaperStatus:
    """A letter is opened or replaced when nothing that it determined still stands."""
    if not paper.items or opened + others < len(paper.items):
        return PaperStatus.IN_FORCE
    return PaperStatus.REPLACED if others else PaperStatus.OPENED
