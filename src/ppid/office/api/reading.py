"""What the officers' API reads: each answer by the query of the page that shows the same."""

from collections.abc import Iterable
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router

from ppid.errors import Finding
from ppid.office.actions.readings import record_reading
from ppid.office.api.access import READING, Asker, finding
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
from ppid.office.authority import Right, authority_in, demand, role_name
from ppid.office.log import by_token
from ppid.office.models import Determination, Edition, Item
from ppid.office.queries.cases import CasePage, ItemLine, Waiting, case_lines, case_page
from ppid.office.queries.documents import item_documents
from ppid.office.queries.history import HistoryLine
from ppid.office.queries.inbox import inbox, visible_items
from ppid.office.queries.items import ItemPage, item_page
from ppid.office.queries.parts import ListPart, part_of
from ppid.office.queries.register import RegisterLine, register_page, register_rows
from ppid.office.queries.requests import RequestLine, request_lines, request_page
from ppid.office.queries.tasks import TaskLine

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
        "mine": [_task(line) for line in page.mine],
        "late_elsewhere": [_task(line) for line in page.late_elsewhere],
        "law_acts": [
            {"case": act.case.pk, "act": act.anchor, "items": act.items, "source": act.source}
            for act in page.law_acts
        ],
        "requests": [_request(line) for line in page.my_requests],
        "opening": [_item(item) for item in page.opening],
        "reviews": [_item(item) for item in page.reviews],
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
    return _paged(part, items)


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
        "waiting": [_waiting(one) for one in page.waiting],
        "items": [_case_item(line) for line in page.items],
        "history": [_history(line) for line in page.history],
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
    return _paged(found.part, [_register(line) for line in found.lines])


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
    return _item(item) | {
        "public_title": item.public_title,
        "summary": item.summary,
        "case": item.case_id,
        "status": page.status,
        "term": page.term_text,
        "determination": item.determination.number if item.determination else "",
        "sheet": page.test.sheet if page.test else None,
        "publishable": list(page.test.publishable) if page.test else [],
        "missing": _findings(page.missing),
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
        "history": [_history(line) for line in page.history],
        "preparing": _findings(page.prepare),
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
    return _paged(part, [_determination(row, items) for row in part.rows])


@router.get("/editions", response=answers(EditionsOut), summary="The editions of the public list")
def list_editions(request: HttpRequest, page: Page = 1) -> dict[str, Any]:
    """Return a page of the editions, newest first; what they say is on the open site."""
    one = asker_of(request)
    _demand_reading(one)
    rows = Edition.objects.filter(body=one.body).defer("content")
    part = part_of(rows, page=str(page))
    names = ("number", "published_at", "content_hash")
    return _paged(part, [{name: getattr(row, name) for name in names} for row in part.rows])


@router.get("/requests", response=answers(RequestsOut), summary="The information requests")
def list_requests(
    request: HttpRequest, state: Literal["owed", "all"] = "owed", page: Page = 1
) -> dict[str, Any]:
    """Return a page of the requests: those the office owes something, nearest first, or all."""
    one = asker_of(request)
    part, lines = request_lines(
        one.body, by=one.by, on=one.on, owed=state == "owed", page=str(page)
    )
    return _paged(part, [_request(line) for line in lines])


@router.get("/requests/{asked}", response=answers(RequestOut), summary="One information request")
def get_request(request: HttpRequest, asked: UUID) -> dict[str, Any]:
    """Return a request; who asks is told to those who work with requests."""
    one = asker_of(request)
    page = request_page(asked, by=one.by, body=one.body.pk, at=one.at)
    row = page.asked
    return _request(page.line) | {
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


def _paged(part: ListPart, items: list[dict[str, Any]]) -> dict[str, Any]:
    return {"items": items, "next": part.next or None}


def _task(line: TaskLine) -> dict[str, Any]:
    task = line.task
    return {
        "case": line.case.pk,
        "case_number": line.case.number,
        "step": task.step,
        "row": line.step.row,
        "activity": line.step.activity,
        "agency": task.agency.code if task.agency else "",
        "people": list(line.people),
        "due_at": task.due_at,
        "late": line.late,
        "mine": line.mine,
    }


def _waiting(one: Waiting) -> dict[str, Any]:
    return {
        "step": one.task.step,
        "row": one.step.row,
        "agency": one.task.agency or "",
        "performer": one.performer,
        "confirm": one.task.confirm,
        "due_at": one.due_at,
        "late": one.late,
        "people": list(one.people),
        "mine": one.mine,
        "obstacles": _findings(one.obstacles),
        "work": _findings(one.work),
    }


def _case_item(line: ItemLine) -> dict[str, Any]:
    return {
        "id": line.item.pk,
        "public_id": line.item.public_id,
        "title": line.item.title,
        "agency": line.item.agency.name,
        "state": line.state,
        "gaps": line.gaps,
        "head_approved": line.head_approved,
        "archived": line.archived,
        "unready": _findings(line.unready),
    }


def _item(item: Item) -> dict[str, Any]:
    return {
        "id": item.pk,
        "public_id": item.public_id,
        "title": item.title,
        "agency": item.agency.name,
        "stage": item.stage,
        "opens_on": item.opens_on,
        "review_on": item.review_on,
    }


def _register(line: RegisterLine) -> dict[str, Any]:
    letter = line.item.determination
    return _item(line.item) | {
        "status": line.status,
        "ground": line.ground,
        "determination": letter.number if letter else "",
    }


def _determination(row: Determination, items: list[tuple[Any, Any]]) -> dict[str, Any]:
    return {
        "id": row.pk,
        "number": row.number,
        "determined_on": row.determined_on,
        "place": row.place,
        "unit": row.unit,
        "official": row.official_name,
        "official_position": row.official_position,
        "approved_by": row.approved_by_name,
        "case": row.case_id,
        "items": sorted({item for letter, item in items if letter == row.pk}, key=str),
    }


def _request(line: RequestLine) -> dict[str, Any]:
    row, clock = line.asked, line.next
    return {
        "id": row.pk,
        "number": row.number,
        "received_on": row.received_on,
        "subject": row.subject,
        "stage": clock.stage.value,
        "due": clock.due,
        "overdue": clock.overdue,
        "provisional": clock.provisional,
    }


def _history(line: HistoryLine) -> dict[str, Any]:
    return {"at": line.at, "who": line.who, "what": line.what, "about": line.about}


def _findings(found: Iterable[Finding]) -> list[dict[str, Any]]:
    return [finding(one) for one in found]
