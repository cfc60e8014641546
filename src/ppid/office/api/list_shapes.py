"""The shapes of what acts are done on: SOPs, the docket, meetings, places, loans, objections."""

from datetime import date, datetime
from uuid import UUID

from ninja import Field, Schema

from ppid.office.api.shapes import FindingOut


class SopOut(Schema):
    """An adopted SOP. state: berlaku, belum berlaku, berakhir; obstacles: why no case may start."""

    id: UUID
    name: str
    state: str
    running: int
    obstacles: list[FindingOut]


class SopsOut(Schema):
    """The body's SOPs, those in force first."""

    items: list[SopOut]


class DocketLineOut(Schema):
    """An item whose end or review is due. busy: the running case that has it in hand."""

    item: UUID
    public_id: str
    title: str
    agency: str
    ground: str
    matter: str
    stage: str
    ends_on: date
    workdays_left: int
    provisional: bool
    busy: UUID | None
    testing: list[FindingOut] = Field(description="Why no new test may be started for it")


class DocketOut(Schema):
    """A page of the docket, nearest first; opening: why this person may not declare open."""

    items: list[DocketLineOut]
    next: int | None
    opening: list[FindingOut]


class MeetingOut(Schema):
    """A meeting of the team. items: of its agenda, as far as this person may see them."""

    id: UUID
    case: UUID
    invited_on: date
    held_on: date
    begins_at: str
    place: str
    items: list[UUID]
    hidden: int
    minutes: str = Field(description="Number of the minutes, empty until they are closed")
    closed_at: datetime | None
    called_off: str
    obstacles: list[FindingOut]


class MeetingRefOut(Schema):
    """A meeting of a case in its list."""

    id: UUID
    held_on: date
    minutes: str
    called_off: bool


class MeetingsOut(Schema):
    """The meetings of a case, in the order of their days; inviting: why there may be no more."""

    items: list[MeetingRefOut]
    inviting: list[FindingOut]


class PlaceOut(Schema):
    """A place of the store room. path: it and what it stands in, in words."""

    id: UUID
    code: str
    kind: str
    path: str
    papers: int


class PlacesOut(Schema):
    """The open places, in the order in which one walks past them."""

    items: list[PlaceOut]


class LoanOut(Schema):
    """A paper that is out. late: working days since it was due, 0 for none."""

    id: UUID
    item: UUID
    title: str
    who: str
    due_on: date
    late: int


class LoansOut(Schema):
    """The papers that are out, the most pressing first."""

    items: list[LoanOut]


class ObjectionOut(Schema):
    """An objection to the answer on a request, or to the silence."""

    id: UUID
    number: str
    filed_on: date
    grounds: list[str]
    answer_until: date
    answered_on: date | None
    outcome: str
    disputed_on: date | None


class ObjectionsOut(Schema):
    """The objections on a request."""

    items: list[ObjectionOut]
