"""The day that stands on a paper, from its kind and what it is a paper of."""

from datetime import date, datetime
from uuid import UUID

from ppid.errors import CorruptData, Finding
from ppid.office.models import (
    Deliberation,
    Destruction,
    Determination,
    Edition,
    InformationRequest,
    Loan,
    Objection,
    OfficePaper,
)
from ppid.office.signing_rules import PaperKind


def day_of(paper: OfficePaper) -> date:
    """Return the day that stands on the paper, in the calendar of its body."""
    known = _day(paper)
    return known.astimezone(paper.body.zone).date() if isinstance(known, datetime) else known


def _day(paper: OfficePaper) -> date:
    """Return the day, or the moment that it follows from."""
    subject = paper.subject
    match PaperKind(paper.kind):
        case PaperKind.MINUTES:
            return Deliberation.objects.get(pk=subject).held_on
        case PaperKind.INVITATION:
            return Deliberation.objects.get(pk=subject).invited_on
        case PaperKind.DETERMINATION | PaperKind.DETERMINATION_COPY:
            return Determination.objects.get(pk=subject).determined_on
        case PaperKind.ANSWER:
            return _happened(InformationRequest.objects.get(pk=subject).answered_on)
        case PaperKind.OBJECTION_ANSWER:
            return _happened(Objection.objects.get(pk=subject).answered_on)
        case PaperKind.PUBLIC_LIST:
            return Edition.objects.get(body=paper.body_id, number=subject).published_at
        case PaperKind.DESTRUCTION:
            return _happened(Destruction.objects.get(pk=subject).carried_out_at)
        case PaperKind.RECEIPT:
            what, _, loan = subject.rpartition("-")
            found = Loan.objects.get(pk=UUID(loan))
            return _happened(found.returned_at) if what == "kembali" else found.lent_at
        case PaperKind.SHEET:
            return paper.prepared_at
        case (
            PaperKind.OPENING
            | PaperKind.INTERNAL_LIST
            | PaperKind.REQUESTABLE_LIST
            | PaperKind.ARCHIVE_LIST
        ):
            return date.fromisoformat(subject[-10:])


def _happened(day: date | None) -> date:
    """Return a day that a paper of its kind cannot be without. Raises CorruptData."""
    if day is None:
        raise CorruptData(Finding("paper_without_day", "Naskah ini tidak bertanggal.", "day"))
    return day
