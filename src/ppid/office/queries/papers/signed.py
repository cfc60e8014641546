"""Which paper is signed, by whom, in which order: from a kind and a subject to what is pressed."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import ValidationError

from ppid.errors import Finding, NotFound
from ppid.office.models import Body, Deliberation, Determination, Item
from ppid.office.queries.deliberations import meeting_page
from ppid.office.queries.items import visible_item, visible_test
from ppid.office.queries.papers.consequence_tests import sheet_of_test
from ppid.office.queries.papers.deliberations import minutes
from ppid.office.queries.papers.determinations import letter
from ppid.office.queries.papers.draft import UNKNOWN, Draft
from ppid.office.queries.papers.openings import opening_letter
from ppid.office.queries.papers.signed_letters import (
    answer,
    destruction,
    invited,
    objection,
    receipted,
)
from ppid.office.queries.papers.signed_lists import archives, internal, public, requestable
from ppid.office.signing_rules import PaperKind


def draft_of(kind: PaperKind, subject: str, *, body: Body, by: UUID, on: date) -> Draft:
    """Return the paper of a kind and a subject, for who may read all of it. Raises NotFound."""
    try:
        return DRAFTS[kind](subject, body, by=by, on=on)
    except (ValidationError, ValueError):
        raise NotFound(UNKNOWN) from None


def _determined(
    subject: str, body: Body, *, by: UUID, on: date
) -> tuple[Determination, tuple[Item, ...]]:
    """Return a letter and its items, for who may see all of them. Raises NotFound."""
    rows = Determination.objects.filter(body=body).select_related("body")
    found = rows.filter(pk=subject).first()
    if found is None:
        raise NotFound(UNKNOWN)
    lines = found.lines.values_list("item", flat=True)
    who = {"by": by, "body": body.pk, "on": on, "unknown": UNKNOWN}
    return found, tuple(visible_item(one, **who)[0] for one in lines)


def _determination(subject: str, body: Body, *, by: UUID, on: date) -> Draft:
    found, items = _determined(subject, body, by=by, on=on)
    return Draft(
        kind=PaperKind.DETERMINATION,
        subject=subject,
        paper=letter(found),
        number=found.number,
        on=found.determined_on,
        items=items,
        case=found.case_id,
    )


def _determination_copy(subject: str, body: Body, *, by: UUID, on: date) -> Draft:
    """Return the letter as the public may have it; nothing in it is a reading of an item."""
    found, _ = _determined(subject, body, by=by, on=on)
    return Draft(
        kind=PaperKind.DETERMINATION_COPY,
        subject=subject,
        paper=letter(found, public=True),
        number=found.number,
        on=found.determined_on,
        case=found.case_id,
    )


def _minutes(subject: str, body: Body, *, by: UUID, on: date) -> Draft:
    known = Deliberation.objects.filter(pk=subject, case__body=body).exists()
    if not known:
        raise NotFound(UNKNOWN)
    page = meeting_page(UUID(subject), by=by, body=body.pk, on=on)
    if page.hidden or page.meeting.closed_at is None:
        raise NotFound(UNKNOWN)
    return Draft(
        kind=PaperKind.MINUTES,
        subject=subject,
        paper=minutes(page),
        number=page.meeting.number,
        on=page.meeting.held_on,
        items=tuple(page.agenda),
        case=page.meeting.case_id,
    )


def _opening(subject: str, body: Body, *, by: UUID, on: date) -> Draft:
    day = datetime.strptime(subject, "%Y-%m-%d").replace(tzinfo=body.zone).date()
    paper = opening_letter(body, day, by=by, on=on)
    return Draft(kind=PaperKind.OPENING, subject=subject, paper=paper, number="", on=day)


def _sheet(subject: str, body: Body, *, by: UUID, on: date) -> Draft:
    found = visible_test(UUID(subject), by=by, body=body.pk, on=on)
    item = found.item
    paper = sheet_of_test(found, on=on)
    if paper.content["draft"]:
        text = "Lembar uji ini belum lengkap, jadi belum dapat ditandatangani."
        raise NotFound(Finding("sheet_incomplete", text, hint="Lengkapi lembarnya lebih dahulu."))
    return Draft(
        kind=PaperKind.SHEET,
        subject=subject,
        paper=paper,
        number="",
        on=on,
        items=(item,),
        case=item.case_id,
    )


DRAFTS: Mapping[PaperKind, Callable[..., Draft]] = {
    PaperKind.DETERMINATION: _determination,
    PaperKind.DETERMINATION_COPY: _determination_copy,
    PaperKind.MINUTES: _minutes,
    PaperKind.OPENING: _opening,
    PaperKind.SHEET: _sheet,
    PaperKind.ANSWER: answer,
    PaperKind.OBJECTION_ANSWER: objection,
    PaperKind.PUBLIC_LIST: public,
    PaperKind.INTERNAL_LIST: internal,
    PaperKind.REQUESTABLE_LIST: requestable,
    PaperKind.INVITATION: invited,
    PaperKind.RECEIPT: receipted,
    PaperKind.ARCHIVE_LIST: archives,
    PaperKind.DESTRUCTION: destruction,
}
