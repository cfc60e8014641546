"""Letters that are signed beside those of a determination: answers, invitations, receipts."""

from datetime import date, datetime, time
from uuid import UUID

from ppid.errors import NotFound
from ppid.office.labels import code_of
from ppid.office.models import Body, Deliberation
from ppid.office.queries.deliberations import meeting_page
from ppid.office.queries.destructions import destruction_page
from ppid.office.queries.loan_docket import visible_loan
from ppid.office.queries.loans import loan_lines
from ppid.office.queries.papers.deliberations import invitation
from ppid.office.queries.papers.destructions import destruction_minutes
from ppid.office.queries.papers.draft import UNKNOWN, Draft
from ppid.office.queries.papers.loans import receipt
from ppid.office.queries.papers.requests import answer_letter, objection_letter, sheets_behind
from ppid.office.queries.requests import RequestPage, request_page, visible_objection
from ppid.office.signing_rules import PaperKind

LENT, BACK = "pinjam-", "kembali-"
"""What a receipt's subject begins with, before the id of the loan."""


def answer(subject: str, body: Body, *, by: UUID, on: date) -> Draft:
    """Return the answer to a request with its sheets, for who may see whom it is addressed to."""
    page = _asked(UUID(subject), body, by=by, on=on)
    asked = page.asked
    if asked.answered_on is None:
        raise NotFound(UNKNOWN)
    return Draft(
        kind=PaperKind.ANSWER,
        subject=subject,
        paper=answer_letter(page),
        number=asked.answer_number,
        on=asked.answered_on,
        attached=sheets_behind(asked, on=on),
    )


def objection(subject: str, body: Body, *, by: UUID, on: date) -> Draft:
    """Return the superior's answer to an objection, likewise."""
    found, _ = visible_objection(UUID(subject), by=by, body=body.pk, on=on)
    if found.answered_on is None:
        raise NotFound(UNKNOWN)
    page = _asked(found.request_id, body, by=by, on=on)
    view = next(one for one in page.objections if one.objection.pk == found.pk)
    return Draft(
        kind=PaperKind.OBJECTION_ANSWER,
        subject=subject,
        paper=objection_letter(page, view),
        number=found.answer_number,
        on=found.answered_on,
    )


def _asked(request: UUID, body: Body, *, by: UUID, on: date) -> RequestPage:
    """Return the request with the requester's name and address. Raises NotFound without these."""
    page = request_page(request, by=by, body=body.pk, at=_noon(on, body))
    if not page.personal:
        raise NotFound(UNKNOWN)
    return page


def _noon(on: date, body: Body) -> datetime:
    return datetime.combine(on, time(12), tzinfo=body.zone)


def invited(subject: str, body: Body, *, by: UUID, on: date) -> Draft:
    """Return the invitation to a meeting, for who may see all of its agenda."""
    if not Deliberation.objects.filter(pk=subject, case__body=body).exists():
        raise NotFound(UNKNOWN)
    page = meeting_page(UUID(subject), by=by, body=body.pk, on=on)
    if page.hidden:
        raise NotFound(UNKNOWN)
    return Draft(
        kind=PaperKind.INVITATION,
        subject=subject,
        paper=invitation(page),
        number="",
        on=page.meeting.invited_on,
        items=tuple(page.agenda),
        case=page.meeting.case_id,
    )


def receipted(subject: str, body: Body, *, by: UUID, on: date) -> Draft:
    """Return the receipt of a loan ("pinjam-<id>") or of its return ("kembali-<id>")."""
    loan, _ = visible_loan(UUID(subject.rpartition("-")[2]), by=by, body=body.pk, on=on)
    returned = subject.startswith(BACK)
    moment = loan.returned_at if returned else loan.lent_at
    if moment is None or subject != receipt_subject(loan.pk, returned=returned):
        raise NotFound(UNKNOWN)
    (line,) = loan_lines(body, [loan], on=on)
    return Draft(
        kind=PaperKind.RECEIPT,
        subject=subject,
        paper=receipt(line, body, returned=returned),
        number=code_of(loan.item_id),
        on=moment.astimezone(body.zone).date(),
        items=(loan.item,),
    )


def receipt_subject(loan: UUID, *, returned: bool) -> str:
    """Return what the address of a receipt's page ends with; 40 letters at most."""
    return f"{BACK if returned else LENT}{loan.hex}"


def destruction(subject: str, body: Body, *, by: UUID, on: date) -> Draft:
    """Return the minutes of a destruction that was carried out."""
    page = destruction_page(UUID(subject), by=by, body=body, on=on)
    done = page.destruction.carried_out_at
    if done is None:
        raise NotFound(UNKNOWN)
    day = done.astimezone(body.zone).date()
    return Draft(
        kind=PaperKind.DESTRUCTION,
        subject=subject,
        paper=destruction_minutes(page, on=day),
        number=page.destruction.minutes,
        on=day,
        items=tuple(item for item, _ in page.items),
    )
