"""What the officers' API reads: each answer by the query of the page that shows the same."""

from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router

from ppid.office.actions.readings import record_reading
from ppid.office.api.access import READING, Asker
from ppid.office.api.shapes import (
    CaseOut,
    CasesOut,
    DeterminationsOut,
    DocumentsOut,
    EditionsOut,
    InboxOut,
    ItemOut,
    MeOut,
    Problem,
    RegisterOut,
    RequestOut,
    RequestsOut,
)
from ppid.office.api.telling import (
    case_item_told,
    determination_told,
    findings_told,
    history_told,
    item_told,
    paged,
    register_told,
    request_told,
    task_told,
    waiting_told,
)
from ppid.office.authority import Right, authority_in, demand, role_name
from ppid.office.log import by_token
from ppid.office.models import Determination, Edition
from ppid.office.queries.cases import CasePage, case_lines, case_page
from ppid.office.queries.documents import item_documents
from ppid.office.queries.inbox import inbox, visible_items
from ppid.office.queries.items import ItemPage, item_page
from ppid.office.queries.parts import part_of
from ppid.office.queries.register import register_page, register_rows
from ppid.office.queries.requests import request_lines, request_page

router = Router(auth=READING)
Page = Annotated[int, Query(ge=1, le=99_999, description="From 1")]
Words = Annotated[str, Query(max_length=100, pattern=r"^[^\x00]*$")]
Letter = Annotated[str, Query(pattern="^[a-j]?$")]
State = Literal["", "usulan", "dikecualikan", "segera", "tinjau", "terbuka", "ditolak"]
Year = Annotated[int | None, Query(ge=1945, le=9998)]


def answers(shape: Any, *more: int) -> dict[int, Any]:
    """Return what an operation may answer, by status."""
    return {200: shape} | dict.fromkeys((401, 403, 404, 422, 429, *more), Problem)


def asker_of(request: HttpRequest) -> Asker:
    """Return who asks."""
    asker: Asker = request.auth  # type: ignore[attr-defined]
    return asker


@router.get("/me", response=answers(MeOut), summary="Who asks, and in which roles today")
def get_me(request: HttpRequest) -> dict[str, Any]:
    """Return the token's owner and their roles of today."""
    one = asker_of(request)
    authority = authority_in(one.body, by=one.by, at=one.at)
    return {
        "person": one.person.name,
        "body": one.body.pk,
        "body_name": one.body.name,
        "today": one.on,
        "roles": sorted(role_name(role) for role in authority.roles),
        "token": one.token.name,
        "token_acts": one.token.acting,
        "token_ends_on": one.token.ends_on,
    }


@router.get("/inbox", response=answers(InboxOut), summary="What waits for this person")
def get_inbox(request: HttpRequest) -> dict[str, Any]:
    """Return what the inbox shows."""
    one = asker_of(request)
    page = inbox(one.body, by=one.by, at=one.at)
    return {
        "mine": [task_told(line) for line in page.mine],
        "late_elsewhere": [task_told(line) for line in page.late_elsewhere],
        "law_acts": [
            {"case": act.case.pk, "act": act.anchor, "items": act.items, "source": act.source}
            for act in page.law_acts
        ],
        "requests": [request_told(line) for line in page.my_requests],
        "opening": [item_told(item) for item in page.opening],
        "reviews": [item_told(item) for item in page.reviews],
        "running_cases": page.running,
    }


@router.get("/cases", response=answers(CasesOut), summary="The cases")
def list_cases(
    request: HttpRequest,
    state: Literal["running", "ended", "all"] = "running",
    page: Page = 1,
) -> dict[str, Any]:
    """Return a page of the cases, newest first."""
    one = asker_of(request)
    _demand_reading(one)
    ended = {"running": False, "ended": True, "all": None}[state]
    part, lines = case_lines(one.body, ended=ended, at=one.at, page=str(page))
    items = [
        {
            "id": line.case.pk,
            "number": line.case.number,
            "title": line.case.title,
            "opened_at": line.case.opened_at,
            "ended_at": line.case.ended_at,
            "waiting": [step.row for _, step in line.waiting],
            "late": line.late,
        }
        for line in lines
    ]
    return paged(part, items)


@router.get("/cases/{case}", response=answers(CaseOut), summary="One case")
def get_case(request: HttpRequest, case: UUID) -> dict[str, Any]:
    """Return a case: its steps, what waits, its items and its history."""
    return case_out(case_seen(asker_of(request), case))


def case_seen(one: Asker, case: UUID) -> CasePage:
    """Return the case as the person sees it. Raises NotFound."""
    return case_page(case, by=one.by, body=one.body.pk, at=one.at)


def case_out(page: CasePage) -> dict[str, Any]:
    """Return a case as the API says it."""
    case = page.case
    return {
        "id": case.pk,
        "number": case.number,
        "title": case.title,
        "sop": page.here.sop.name,
        "opened_at": case.opened_at,
        "ended_at": case.ended_at,
        "steps": [
            {
                "step": line.step.number,
                "row": line.step.row,
                "activity": line.step.activity,
                "action": line.step.action.value,
                "status": line.status.value,
                "performers": line.performers,
                "done_by": list(line.done_by),
            }
            for line in page.steps
        ],
        "waiting": [waiting_told(one) for one in page.waiting],
        "items": [case_item_told(line) for line in page.items],
        "history": [history_told(line) for line in page.history],
        "needs_head": page.needs_head and not page.head,
        "needs_letter": page.needs_letter,
    }


@router.get("/items", response=answers(RegisterOut), summary="The register, filtered")
def list_items(
    request: HttpRequest,
    q: Words = "",
    state: State = "",
    letter: Letter = "",
    agency: UUID | None = None,
    year: Year = None,
    page: Page = 1,
) -> dict[str, Any]:
    """Return a page of the items that this person may see, by title."""
    one = asker_of(request)
    rows = register_rows(one.body, by=one.by, on=one.on)
    asked = {"cari": q, "keadaan": state, "huruf": letter, "opd": agency, "tahun": year}
    found = register_page(one.body, rows, asked=asked | {"halaman": str(page)}, on=one.on)
    return paged(found.part, [register_told(line) for line in found.lines])


@router.get("/items/{item}", response=answers(ItemOut), summary="One item")
def get_item(request: HttpRequest, item: UUID) -> dict[str, Any]:
    """Return an item with its newest sheet; reading what is exempt leaves its trace."""
    one = asker_of(request)
    page = item_page(item, by=one.by, body=one.body.pk, on=one.on)
    with by_token(one.token.pk):
        record_reading(page.item, by=one.by, at=one.at)
    return item_out(page)


def item_out(page: ItemPage) -> dict[str, Any]:
    """Return an item as the API says it."""
    item = page.item
    return item_told(item) | {
        "public_title": item.public_title,
        "summary": item.summary,
        "case": item.case_id,
        "status": page.status,
        "term": page.term_text,
        "determination": item.determination.number if item.determination else "",
        "sheet": page.test.sheet if page.test else None,
        "publishable": list(page.test.publishable) if page.test else [],
        "missing": findings_told(page.missing),
        "approvals": [
            {
                "at": word.at,
                "who": who,
                "decision": word.decision,
                "reason": word.reason,
                "by_head": word.by_head,
            }
            for word, who in page.approvals
        ],
        "history": [history_told(line) for line in page.history],
        "preparing": findings_told(page.prepare),
    }


@router.get(
    "/items/{item}/documents", response=answers(DocumentsOut), summary="What is known of documents"
)
def list_documents(request: HttpRequest, item: UUID) -> dict[str, Any]:
    """Return the documents of an item, never their content: that is opened on its page."""
    one = asker_of(request)
    found = item_documents(item, by=one.by, body=one.body.pk, on=one.on)
    return {
        "items": [
            {
                "document": copy.document,
                "version": copy.version,
                "file_name": copy.file_name,
                "kind": copy.kind,
                "pages": copy.pages,
                "size": copy.plain_size,
                "sha256": copy.plain_sha256,
                "stored_at": copy.stored_at,
            }
            for copy in found.documents
        ]
    }


@router.get("/determinations", response=answers(DeterminationsOut), summary="The letters")
def list_determinations(request: HttpRequest, page: Page = 1) -> dict[str, Any]:
    """Return a page of the letters on items that this person may see, newest first."""
    one = asker_of(request)
    authority = _demand_reading(one)
    seen = visible_items(one.body.pk, authority=authority)
    rows = Determination.objects.filter(body=one.body, lines__item__in=seen).distinct()
    part = part_of(rows.order_by("-determined_on", "-at"), page=str(page))
    keys = [row.pk for row in part.rows]
    pairs = seen.filter(determination_lines__determination__in=keys)
    items = list(pairs.values_list("determination_lines__determination", "pk"))
    return paged(part, [determination_told(row, items) for row in part.rows])


@router.get("/editions", response=answers(EditionsOut), summary="The editions of the public list")
def list_editions(request: HttpRequest, page: Page = 1) -> dict[str, Any]:
    """Return a page of the editions, newest first; what they say is on the open site."""
    one = asker_of(request)
    _demand_reading(one)
    rows = Edition.objects.filter(body=one.body).defer("content")
    part = part_of(rows, page=str(page))
    names = ("number", "published_at", "content_hash")
    return paged(part, [{name: getattr(row, name) for name in names} for row in part.rows])


@router.get("/requests", response=answers(RequestsOut), summary="The information requests")
def list_requests(
    request: HttpRequest, state: Literal["owed", "all"] = "owed", page: Page = 1
) -> dict[str, Any]:
    """Return a page of the requests: those the office owes something, nearest first, or all."""
    one = asker_of(request)
    part, lines = request_lines(
        one.body, by=one.by, on=one.on, owed=state == "owed", page=str(page)
    )
    return paged(part, [request_told(line) for line in lines])


@router.get("/requests/{asked}", response=answers(RequestOut), summary="One information request")
def get_request(request: HttpRequest, asked: UUID) -> dict[str, Any]:
    """Return a request; who asks is told to those who work with requests."""
    one = asker_of(request)
    page = request_page(asked, by=one.by, body=one.body.pk, at=one.at)
    row = page.asked
    return request_told(page.line) | {
        "purpose": row.purpose,
        "requester": row.requester if page.personal else "",
        "address": row.address if page.personal else "",
        "answer_until": page.answer_until.day,
        "extended_on": row.extended_on,
        "answered_on": row.answered_on,
        "answer_number": row.answer_number,
        "outcome": row.outcome,
        "items": [
            {
                "id": line.link.item_id,
                "title": line.link.item.title,
                "standing": line.standing.value,
            }
            for line in page.items
        ],
    }


def _demand_reading(one: Asker) -> Any:
    authority = authority_in(one.body, by=one.by, at=one.at)
    demand(authority, Right.READ)
    return authority
