"""What the read API says: the shape of each answer, as its OpenAPI document shows it."""

from datetime import date, datetime
from typing import Literal

from ninja import Field, Schema

from ppid.public.edition import HistoryKind, Scope
from ppid.public.status import Status


class HistoryOut(Schema):
    """One line of an entry's history."""

    date: date
    kind: HistoryKind
    text: str


class EntryOut(Schema):
    """An entry of the list: what its edition says of it, and its status today.

    Without `open_from` and `status` it is what the edition's content hash was made of.
    """

    public_id: str
    agency: str
    title: str
    ground_label: str = Field(description="Letter of Pasal 17 UU 14/2008, in words")
    legal_basis: list[str]
    reason: str
    scope: Scope
    term_text: str
    term_starts_on: date
    decree_number: str
    decree_date: date
    consequence_if_open: str | None
    consequence_if_closed: str | None
    term_ends_on: date | None = Field(description="First day on which it is open by its term")
    event: str | None
    review_on: date | None
    opens_on: date | None
    opened_reason: str | None
    opens_soon_from: date | None
    history: list[HistoryOut]
    open_from: date | None = Field(description="First open day, by whatever cause")
    status: Status


class EditionOut(Schema):
    """An edition of a body's list."""

    number: int
    published_at: datetime
    content_hash: str = Field(description="SHA-256 of the edition's canonical content")
    entry_count: int
    added_count: int
    changed_count: int
    opened_count: int


class BodyOut(Schema):
    """A public body; today: the day on its calendar that statuses are worked out for."""

    slug: str
    name: str
    timezone: str
    site_text: str
    log_origin: str
    vkey: str
    agencies: list[str]
    letters: str
    today: date
    edition: EditionOut


class BodiesOut(Schema):
    """All bodies of this installation, by name."""

    items: list[BodyOut]


class EntriesOut(Schema):
    """A page of entries; next: what to give as `after` for the next one, null at the end.

    corrected: the words really looked for, where those asked for were found nowhere.
    """

    items: list[EntryOut]
    next: str | None
    corrected: str = ""


class WholePageOut(Schema):
    """A hundred entries of the whole list; next: the number of the next page, null at the end."""

    items: list[EntryOut]
    number: int
    next: int | None


class EditionsOut(Schema):
    """A page of editions, newest first; next: what to give as `before`, null at the end."""

    items: list[EditionOut]
    next: int | None


class ChangeOut(Schema):
    """How an entry differs between two editions; before is null where it is new."""

    kind: Literal["added", "changed"]
    public_id: str
    fields: list[str]
    before: dict[str, object] | None
    after: dict[str, object]


class ChangesOut(Schema):
    """A page of differences; next: what to give as `after`, null at the end."""

    since: int
    until: int
    items: list[ChangeOut]
    next: int | None


class CheckpointOut(Schema):
    """The newest checkpoint of the body's log (C2SP tlog-checkpoint)."""

    origin: str
    size: int
    root: str = Field(description="Root hash of the tree, hexadecimal")
    note: str
    vkey: str


class Problem(Schema):
    """What is wrong with a request. code: stable, in English; places: where."""

    code: str
    message: str
    places: list[str] = []
