"""What the officers' API says: the shape of each answer, as its OpenAPI document shows it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from ninja import Field, Schema


class FindingOut(Schema):
    """One thing that is wrong. code: stable, in English; source: the article behind it."""

    code: str
    message: str
    place: str
    hint: str
    source: str


class Problem(Schema):
    """Why a request was refused (RFC 9457), with every finding at once."""

    type: str
    title: str
    status: int
    findings: list[FindingOut]


class MeOut(Schema):
    """Who asks, in which roles today, by which token."""

    person: str
    body: str
    body_name: str
    today: date
    roles: list[str]
    token: str
    token_acts: bool
    token_ends_on: date


class TaskOut(Schema):
    """A step that waits. mine: whether it is this person's turn."""

    case: UUID
    case_number: str
    step: int
    row: str
    activity: str
    agency: str = Field(description="Code of the agency, empty for none")
    people: list[str]
    due_at: datetime | None
    late: bool
    mine: bool


class LawActOut(Schema):
    """What the law asks for in a case though its SOP has no row: the head's yes, or the letter."""

    case: UUID
    act: str
    items: int
    source: str


class ItemRefOut(Schema):
    """An item of information in a list."""

    id: UUID
    public_id: str
    title: str
    agency: str
    stage: str
    opens_on: date | None
    review_on: date | None


class RequestLineOut(Schema):
    """An information request in a list, with the clock that matters most."""

    id: UUID
    number: str
    received_on: date
    subject: str
    stage: str
    due: date | None
    overdue: bool
    provisional: bool


class InboxOut(Schema):
    """What waits for this person, what is late elsewhere, and what is coming."""

    mine: list[TaskOut]
    late_elsewhere: list[TaskOut]
    law_acts: list[LawActOut]
    requests: list[RequestLineOut]
    opening: list[ItemRefOut]
    reviews: list[ItemRefOut]
    running_cases: int


class CaseLineOut(Schema):
    """A case in the list."""

    id: UUID
    number: str
    title: str
    opened_at: datetime
    ended_at: datetime | None
    waiting: list[str] = Field(description="Rows of the SOP that wait now")
    late: bool


class CasesOut(Schema):
    """A page of cases, newest first; next: the page after, null at the end."""

    items: list[CaseLineOut]
    next: int | None


class StepOut(Schema):
    """A row of the SOP with where the case stands on it."""

    step: int
    row: str
    activity: str
    action: str
    status: str
    performers: str
    done_by: list[str]


class WaitingOut(Schema):
    """A step that is open now, with why this person may not do it (empty when they may)."""

    step: int
    row: str
    agency: str
    performer: str
    confirm: bool
    due_at: datetime | None
    late: bool
    people: list[str]
    mine: bool
    obstacles: list[FindingOut]
    work: list[FindingOut]


class CaseItemOut(Schema):
    """An item in a case: how complete its sheet is, and what was decided."""

    id: UUID
    public_id: str
    title: str
    agency: str
    state: str
    gaps: int
    head_approved: bool
    archived: bool
    unready: list[FindingOut]


class HistoryOut(Schema):
    """One act."""

    at: datetime
    who: str
    what: str
    about: str


class CaseOut(Schema):
    """A case as this person sees it now."""

    id: UUID
    number: str
    title: str
    sop: str
    opened_at: datetime
    ended_at: datetime | None
    steps: list[StepOut]
    waiting: list[WaitingOut]
    items: list[CaseItemOut]
    history: list[HistoryOut]
    needs_head: bool
    needs_letter: bool


class RegisterLineOut(ItemRefOut):
    """A line of the register with its status today."""

    status: str
    ground: str
    determination: str


class RegisterOut(Schema):
    """A page of the register; next: the page after, null at the end."""

    items: list[RegisterLineOut]
    next: int | None


class ApprovalOut(Schema):
    """A word on an item."""

    at: datetime
    who: str
    decision: str
    reason: str
    by_head: bool


class ItemOut(ItemRefOut):
    """An item as its page shows it. sheet: the newest consequence test, null before one."""

    public_title: str
    summary: str
    case: UUID | None
    status: str
    term: str
    determination: str
    sheet: dict[str, Any] | None
    publishable: list[str]
    missing: list[FindingOut]
    approvals: list[ApprovalOut]
    history: list[HistoryOut]
    preparing: list[FindingOut] = Field(description="Why this person may not write the sheet")


class DocumentOut(Schema):
    """What is known of a sealed soft copy, never its content."""

    document: UUID
    version: int
    file_name: str
    kind: str
    pages: int
    size: int
    sha256: str
    stored_at: datetime


class DocumentsOut(Schema):
    """The documents of an item, each by its newest version."""

    items: list[DocumentOut]


class DeterminationOut(Schema):
    """A letter of determination, with its items as far as this person may see them."""

    id: UUID
    number: str
    determined_on: date
    place: str
    unit: str
    official: str
    official_position: str
    approved_by: str
    case: UUID
    items: list[UUID]


class DeterminationsOut(Schema):
    """A page of letters, newest first; next: the page after, null at the end."""

    items: list[DeterminationOut]
    next: int | None


class EditionOut(Schema):
    """An edition of the public list."""

    number: int
    published_at: datetime
    content_hash: str


class EditionsOut(Schema):
    """A page of editions, newest first; next: the page after, null at the end."""

    items: list[EditionOut]
    next: int | None


class RequestsOut(Schema):
    """A page of requests; next: the page after, null at the end."""

    items: list[RequestLineOut]
    next: int | None


class AskedItemOut(Schema):
    """An item that a request asks for, as it stands today."""

    id: UUID
    title: str
    standing: str


class RequestOut(RequestLineOut):
    """A request. requester, address: empty for who may not see them."""

    purpose: str
    requester: str
    address: str
    answer_until: date
    extended_on: date | None
    answered_on: date | None
    answer_number: str
    outcome: str
    items: list[AskedItemOut]


class FieldOut(Schema):
    """A field of a form. kind: text, textarea, select, radios, checkboxes, date, ...; a date is
    written 2026-03-09, checkboxes are a list. labels: what each choice says. value: what the page
    proposes, or holds now: what is not sent is taken to be empty.
    """

    name: str
    label: str
    kind: str
    required: bool
    help: str
    choices: list[str]
    labels: list[str]
    value: str | list[str]


class FieldsOut(Schema):
    """What an act asks for."""

    fields: list[FieldOut]


class LineOut(Schema):
    """What became of one item that was decided; findings: why it was not done."""

    item: UUID
    findings: list[FindingOut]


class DoneOut(Schema):
    """What was done, in a sentence. made: the id of what it made; lines: what became of each."""

    said: str
    made: UUID | None
    lines: list[LineOut]


class MadeOut(Schema):
    """The id of what was made or changed."""

    id: UUID
