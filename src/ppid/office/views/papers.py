"""Papers as downloads: each is made when it is asked for, from what the office knows that day."""

import re
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from ppid.errors import Finding, NotFound
from ppid.office.accounts import person_of
from ppid.office.actions.legacy import record_export
from ppid.office.actions.readings import record_reading
from ppid.office.authority import Right, authority_of, demand
from ppid.office.models import Body, Determination, Edition
from ppid.office.prints import Of, as_print
from ppid.office.queries.deliberations import MeetingPage, meeting_page
from ppid.office.queries.items import visible_item, visible_test
from ppid.office.queries.papers.consequence_tests import sheet_of_test
from ppid.office.queries.papers.deliberations import invitation, minutes
from ppid.office.queries.papers.determinations import letter
from ppid.office.queries.papers.letterheads import letterhead
from ppid.office.queries.papers.lists import internal_list, public_list, requestable_list
from ppid.office.queries.papers.openings import opening_letter
from ppid.office.queries.papers.requests import answer_letter, objection_letter, sheets_behind
from ppid.office.queries.papers.sops import day_of_sop, sop_sheet
from ppid.office.queries.requests import request_page, visible_objection
from ppid.office.queries.sops import sop_page
from ppid.office.signing_rules import PaperKind
from ppid.papers.letterhead import Letterhead
from ppid.papers.long_list import press_list
from ppid.papers.paper import Paper
from ppid.papers.press import press


class Press(Protocol):
    """How a paper is pressed: at once, or a long list part by part."""

    def __call__(self, paper: Paper, letterhead: Letterhead, *, on: date) -> bytes:
        """Return the paper as a PDF."""


_NOT_IN_A_NAME = re.compile(r"[^a-z0-9]+")
LONGEST_NAME = 80


def _today(request: HttpRequest) -> date:
    return timezone.now().astimezone(person_of(request).body.zone).date()


def print_working(
    paper: Paper, body: Body, *, on: date, of: Of | None = None, by: Press = press
) -> HttpResponse:
    """Return the paper as a print that says of itself that it is not the one of record."""
    return print_paper(as_print(paper, body, of=of), body, on=on, by=by)


def print_paper(paper: Paper, body: Body, *, on: date, by: Press = press) -> HttpResponse:
    """Return the paper as a download that no cache keeps."""
    answer = HttpResponse(by(paper, letterhead(body), on=on), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{file_name(paper)}"'
    answer["Cache-Control"] = "no-store"
    return answer


def file_name(paper: Paper) -> str:
    """Return a name of plain letters for the file, from what its foot says."""
    plain = _NOT_IN_A_NAME.sub("-", f"{paper.template} {paper.foot}".lower())
    return f"{plain[:LONGEST_NAME].strip('-')}.pdf"


@login_required
def consequence_test(request: HttpRequest, test: UUID, *, public: bool = False) -> HttpResponse:
    """Print a consequence-test sheet; `public`: only what may leave the office."""
    person, on = person_of(request), _today(request)
    found = visible_test(test, by=person.pk, body=person.body_id, on=on)
    if not public:
        record_reading(found.item, by=person.pk, at=timezone.now())
    of = None if public else (PaperKind.SHEET, str(test))
    paper = sheet_of_test(found, on=on, public=public)
    return print_working(paper, person.body, on=on, of=of)


@login_required
def determination(request: HttpRequest, letter_id: UUID, *, public: bool = False) -> HttpResponse:
    """Print a letter of determination or of change; `public`: what may leave the office."""
    person, on = person_of(request), _today(request)
    rows = Determination.objects.filter(body=person.body_id).select_related("body")
    found = rows.filter(pk=letter_id).first()
    unknown = Finding("letter_unknown", "Surat penetapan tidak ditemukan.")
    if found is None:
        raise NotFound(unknown)
    who = {"by": person.pk, "body": person.body_id, "on": on, "unknown": unknown}
    items = [visible_item(one, **who)[0] for one in found.lines.values_list("item", flat=True)]
    if not public:
        for item in items:
            record_reading(item, by=person.pk, at=timezone.now())
    kind = PaperKind.DETERMINATION_COPY if public else PaperKind.DETERMINATION
    paper, of = letter(found, public=public), (kind, str(letter_id))
    return print_working(paper, found.body, on=found.determined_on, of=of)


@login_required
def exempt_list(request: HttpRequest) -> HttpResponse:
    """Print the internal list of what is exempt today."""
    person, on = person_of(request), _today(request)
    paper = internal_list(person.body, by=person.pk, on=on)
    rows = len(paper.content["rows"])
    record_export(person.body, kind="pdf", rows=rows, by=person.pk, at=timezone.now())
    of = (PaperKind.INTERNAL_LIST, on.isoformat())
    return print_working(paper, person.body, on=on, of=of, by=press_list)


@login_required
def edition(request: HttpRequest) -> HttpResponse:
    """Print the newest edition of the public list."""
    person, on = person_of(request), _today(request)
    demand(authority_of(person.pk, on=on), Right.READ)
    newest = Edition.objects.filter(body=person.body_id).first()
    if newest is None:
        raise NotFound(Finding("edition_unknown", "Daftar belum pernah diumumkan."))
    paper = public_list(person.body, newest, on=on)
    of = (PaperKind.PUBLIC_LIST, str(newest.number))
    return print_working(paper, person.body, on=on, of=of, by=press_list)


@login_required
def requestable(request: HttpRequest) -> HttpResponse:
    """Print the list of what may be had on request since its term ended."""
    person, on = person_of(request), _today(request)
    paper = requestable_list(person.body, by=person.pk, on=on)
    of = (PaperKind.REQUESTABLE_LIST, on.isoformat())
    return print_working(paper, person.body, on=on, of=of, by=press_list)


@login_required
def opening(request: HttpRequest, day: str) -> HttpResponse:
    """Print the letter on what was declared open on a day (2026-03-09)."""
    person, on = person_of(request), _today(request)
    try:
        opened = datetime.strptime(day, "%Y-%m-%d").replace(tzinfo=person.body.zone).date()
    except ValueError:
        raise NotFound(Finding("opening_unknown", "Pada hari itu tidak ada pembukaan.")) from None
    paper = opening_letter(person.body, opened, by=person.pk, on=on)
    return print_working(paper, person.body, on=opened, of=(PaperKind.OPENING, day))


@login_required
def sop(request: HttpRequest, version: UUID) -> HttpResponse:
    """Print the sheet of an adopted SOP on the office's paper."""
    person, at = person_of(request), timezone.now()
    authority = authority_of(person.pk, on=_today(request))
    page = sop_page(version, body=person.body, authority=authority, at=at)
    paper = sop_sheet(page.sop, size=letterhead(person.body).size)
    return print_paper(paper, person.body, on=day_of_sop(page.sop))


@login_required
def minutes_of(request: HttpRequest, meeting: UUID) -> HttpResponse:
    """Print the minutes of a meeting, before it a form to write on by hand."""
    page = _whole_meeting(request, meeting)
    of = (PaperKind.MINUTES, str(meeting))
    return print_working(minutes(page), page.meeting.case.body, on=page.meeting.held_on, of=of)


@login_required
def invitation_to(request: HttpRequest, meeting: UUID) -> HttpResponse:
    """Print the letter that invites the team."""
    page = _whole_meeting(request, meeting)
    paper, on = invitation(page), page.meeting.invited_on
    of = (PaperKind.INVITATION, str(meeting))
    return print_working(paper, page.meeting.case.body, on=on, of=of)


def _whole_meeting(request: HttpRequest, meeting: UUID) -> MeetingPage:
    """Return the meeting for who may see all of its agenda. Raises NotFound."""
    person, on = person_of(request), _today(request)
    page = meeting_page(meeting, by=person.pk, body=person.body_id, on=on)
    if page.hidden:
        raise NotFound(Finding("meeting_unknown", "Rapat tidak ditemukan."))
    for item in page.agenda:
        record_reading(item, by=person.pk, at=timezone.now())
    return page


@login_required
def answer(request: HttpRequest, asked: UUID) -> HttpResponse:
    """Print the answer to a request, with copies of the sheets that a refusal rests on."""
    person, at = person_of(request), timezone.now()
    page = request_page(asked, by=person.pk, body=person.body_id, at=at)
    found = page.asked
    if found.answered_on is None:
        raise NotFound(Finding("letter_unknown", "Permintaan ini belum dijawab."))
    attached = sheets_behind(found, on=_today(request))

    def whole(paper: Paper, head: Letterhead, *, on: date) -> bytes:
        behind = [one.as_print(paper.working, paper.check) for one in attached]
        return press(paper, head, on=on, attached=behind)

    paper, of = answer_letter(page), (PaperKind.ANSWER, str(asked))
    return print_working(paper, found.body, on=found.answered_on, of=of, by=whole)


@login_required
def objection_answer(request: HttpRequest, objection: UUID) -> HttpResponse:
    """Print the superior's answer to an objection."""
    person, on = person_of(request), _today(request)
    found, _ = visible_objection(objection, by=person.pk, body=person.body_id, on=on)
    page = request_page(found.request_id, by=person.pk, body=person.body_id, at=timezone.now())
    if found.answered_on is None:
        raise NotFound(Finding("letter_unknown", "Keberatan ini belum ditanggapi."))
    view = next(one for one in page.objections if one.objection.pk == objection)
    of = (PaperKind.OBJECTION_ANSWER, str(objection))
    return print_working(objection_letter(page, view), found.body, on=found.answered_on, of=of)
