"""What the acts of the officers' API are done on, each list by the query of its page."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from ppid.office.api.access import READING
from ppid.office.api.list_shapes import (
    DocketOut,
    LoansOut,
    MeetingOut,
    MeetingsOut,
    ObjectionsOut,
    PlacesOut,
    SopsOut,
)
from ppid.office.api.reading import Page, answers, asker_of, case_seen
from ppid.office.api.telling import findings_told, paged
from ppid.office.authority import authority_of
from ppid.office.queries.docket import DocketLine, docket
from ppid.office.queries.loan_docket import loans_page
from ppid.office.queries.sops import sop_lines
from ppid.office.queries.store_room import store_page
from ppid.office.views.meeting_acts import meeting_seen
from ppid.office.views.request_acts import request_seen

router = Router(auth=READING)


@router.get("/sops", response=answers(SopsOut), summary="The adopted SOPs")
def list_sops(request: HttpRequest) -> dict[str, Any]:
    """Return the adopted SOPs, and why this person may not start a case on one."""
    one = asker_of(request)
    authority = authority_of(one.by, on=one.on)
    return {
        "items": [
            {
                "id": line.version.pk,
                "name": line.sop.name,
                "state": line.state,
                "running": line.running,
                "obstacles": findings_told(line.obstacles),
            }
            for line in sop_lines(one.body, authority=authority, at=one.at)
        ]
    }


@router.get("/docket", response=answers(DocketOut), summary="What ends or is to be reviewed")
def list_docket(request: HttpRequest, page: Page = 1) -> dict[str, Any]:
    """Return a page of the docket, nearest first."""
    one = asker_of(request)
    found = docket(one.body, by=one.by, on=one.on, page=str(page))
    lines = paged(found.part, [_docket_line(line) for line in found.lines])
    return lines | {"opening": findings_told(found.opening)}


def _docket_line(line: DocketLine) -> dict[str, Any]:
    item, standing = line.item, line.standing
    return {
        "item": item.pk,
        "public_id": item.public_id,
        "title": item.title,
        "agency": item.agency.name,
        "ground": line.ground,
        "matter": standing.matter.value,
        "stage": standing.stage.value,
        "ends_on": standing.ends_on,
        "workdays_left": standing.workdays_left,
        "provisional": standing.provisional,
        "busy": line.busy.pk if line.busy else None,
        "testing": findings_told(line.testing),
    }


@router.get(
    "/cases/{case}/meetings", response=answers(MeetingsOut), summary="The meetings of a case"
)
def list_meetings(request: HttpRequest, case: UUID) -> dict[str, Any]:
    """Return the meetings of the team on a case."""
    found = case_seen(asker_of(request), case).deliberations
    return {
        "items": [
            {
                "id": meeting.pk,
                "held_on": meeting.held_on,
                "minutes": meeting.number,
                "called_off": bool(meeting.called_off),
            }
            for meeting in found.meetings
        ],
        "inviting": findings_told(found.inviting),
    }


@router.get("/meetings/{meeting}", response=answers(MeetingOut), summary="One meeting of the team")
def get_meeting(request: HttpRequest, meeting: UUID) -> dict[str, Any]:
    """Return a meeting; what was said in it stands on its page and with the item."""
    page = meeting_seen(asker_of(request), meeting)
    found = page.meeting
    return {
        "id": found.pk,
        "case": found.case_id,
        "invited_on": found.invited_on,
        "held_on": found.held_on,
        "begins_at": found.begins_at,
        "place": found.place,
        "items": [item.pk for item in page.agenda],
        "hidden": page.hidden,
        "minutes": found.number,
        "closed_at": found.closed_at,
        "called_off": found.called_off,
        "obstacles": findings_told(page.obstacles),
    }


@router.get(
    "/requests/{asked}/objections",
    response=answers(ObjectionsOut),
    summary="The objections on a request",
)
def list_objections(request: HttpRequest, asked: UUID) -> dict[str, Any]:
    """Return the objections on a request."""
    page = request_seen(asker_of(request), asked)
    return {
        "items": [
            {
                "id": view.objection.pk,
                "number": view.objection.number,
                "filed_on": view.objection.filed_on,
                "grounds": list(view.objection.grounds),
                "answer_until": view.answer_until.day,
                "answered_on": view.objection.answered_on,
                "outcome": view.objection.outcome,
                "disputed_on": view.objection.disputed_on,
            }
            for view in page.objections
        ]
    }


@router.get("/places", response=answers(PlacesOut), summary="The places of the store room")
def list_places(request: HttpRequest) -> dict[str, Any]:
    """Return the open places of the store room."""
    one = asker_of(request)
    page = store_page(one.body, by=one.by, on=one.on)
    return {
        "items": [
            {
                "id": node.place.pk,
                "code": node.code,
                "kind": node.place.kind,
                "path": node.path,
                "papers": node.papers,
            }
            for node in page.nodes
        ]
    }


@router.get("/loans", response=answers(LoansOut), summary="The papers that are out")
def list_loans(request: HttpRequest) -> dict[str, Any]:
    """Return the loans of items that this person may see."""
    one = asker_of(request)
    return {
        "items": [
            {
                "id": line.loan.pk,
                "item": line.loan.item_id,
                "title": line.loan.item.title,
                "who": line.who,
                "due_on": line.loan.due_on,
                "late": line.late,
            }
            for line in loans_page(one.body, by=one.by, on=one.on).out
        ]
    }
