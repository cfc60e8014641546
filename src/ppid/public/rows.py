"""Entries as the pages asked most need them, read by queries whose SQL is kept (ppid.reading).

A query is built once for each combination of filters; what varies within one (body, day, agency,
the place in the list) is given as its arguments.
"""

from collections import namedtuple
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet

from ppid.public.edition import EntryIn
from ppid.public.filters import Filters
from ppid.public.models import Body, Entry, EntryVersion
from ppid.reading import Argument, Reading

Columns = tuple[str, ...]
Cursor = tuple[date, int]
"""A place in the list, newest decree first: the day of an entry's decree, and its key."""

FIELDS = tuple(EntryIn.__dataclass_fields__)
SHORT = (
    *("id", "body_id", "public_id", "agency", "title", "ground_label", "legal_basis", "scope"),
    *("consequence_if_open", "consequence_if_closed", "term_text", "review_on", "decree_date"),
    *("open_from", "opens_soon_from"),
)
"""What a line of the list shows of an entry."""
WHOLE = (*FIELDS, "id", "ground_letters", "open_from")
"""What an edition says of an entry, and what follows from it."""
TOLD = (
    *("number", "edition__published_at", "is_new", "changed", "place"),
    "edition__log_entry__leaf",
)
"""What an entry's page says of one of its versions, of its edition, and of the proof."""


class Side(StrEnum):
    """Which part of the list a page is cut from."""

    ALL = "all"
    BELOW = "below"
    ABOVE = "above"


# Stand-ins for arguments: values that nothing else in a query equals.
BODY, KEY, FIRST_ID = 2**60, 2**61, 2**62
TODAY, DAY = date(1, 1, 2), date(1, 1, 3)
TEXT = "\x01"


class Rows:
    """A query whose SQL is kept, and the named tuples that it gives; arguments as in Reading."""

    def __init__(self, build: Callable[..., Any], columns: Columns, **like: Argument) -> None:
        self._reading = Reading(lambda **given: build(**given).values_list(*columns), **like)
        names = [column.rpartition("__")[2] for column in columns]
        self._make = namedtuple("Row", names)._make

    def ask(self, **arguments: Argument) -> list[Any]:
        """Return the rows; what no argument of the query is, is ignored."""
        rows = self._reading.rows(db=settings.PUBLIC_DATABASE, **arguments)
        return [self._make(row) for row in rows]


def after(
    filters: Filters, body: Body, cursor: Cursor | None, *, on: date, columns: Columns, most: int
) -> list[Any]:
    """Return up to `most` entries below a place in the list, from its top without one."""
    side = Side.BELOW if cursor else Side.ALL
    return _ask(_page(_shape(filters), side, columns, most), filters, body, cursor, on=on)


def before(
    filters: Filters, body: Body, cursor: Cursor, *, on: date, columns: Columns, most: int
) -> list[Any]:
    """Return up to `most` entries above a place in the list, the nearest first."""
    return _ask(_page(_shape(filters), Side.ABOVE, columns, most), filters, body, cursor, on=on)


def by_id(ids: Sequence[int], columns: Columns) -> list[Any]:
    """Return the entries with these keys, in their order."""
    if not ids:
        return []
    given = {f"id{n}": pk for n, pk in enumerate(ids)}
    found = {row.id: row for row in _of_ids(len(ids), columns).ask(**given)}
    return [found[pk] for pk in ids]


def one(body: Body, public_id: str) -> Any:
    """Return a whole entry, or None if the body lists none of this id."""
    return next(iter(_ONE.ask(body=body.pk, public_id=public_id)), None)


def told(entry_id: int) -> list[Any]:
    """Return the versions of an entry, oldest first, each with TOLD."""
    return _TOLD.ask(entry=entry_id)


def below(entries: QuerySet[Entry], cursor: Cursor | None) -> QuerySet[Entry]:
    """Return the entries below a place in the list, all without one; newest decree first."""
    if cursor:
        day, pk = cursor
        entries = entries.filter(Q(decree_date__lte=day) & (Q(decree_date__lt=day) | Q(pk__lt=pk)))
    return entries.order_by("-decree_date", "-id")


def _above(entries: QuerySet[Entry], cursor: Cursor) -> QuerySet[Entry]:
    day, pk = cursor
    newer = entries.filter(Q(decree_date__gte=day) & (Q(decree_date__gt=day) | Q(pk__gt=pk)))
    return newer.order_by("decree_date", "id")


def _shape(filters: Filters) -> Filters:
    """Return the filters with a stand-in for the agency: all that have the same SQL are equal."""
    return replace(filters, text="", agency=TEXT if filters.agency else "", past=None)


@lru_cache(maxsize=256)
def _page(shape: Filters, side: Side, columns: Columns, most: int) -> Rows:
    def build(*, body: int, on: date, agency: str, day: date, key: int) -> QuerySet[Entry]:
        condition = replace(shape, agency=agency if shape.agency else "").condition(on=on)
        entries = Entry.objects.filter(condition, body=body)
        if side is Side.ABOVE:
            return _above(entries, (day, key))[:most]
        return below(entries, (day, key) if side is Side.BELOW else None)[:most]

    return Rows(build, columns, body=BODY, on=TODAY, agency=TEXT, day=DAY, key=KEY)


@lru_cache(maxsize=256)
def _of_ids(count: int, columns: Columns) -> Rows:
    def build(**ids: int) -> QuerySet[Entry]:
        return Entry.objects.filter(pk__in=ids.values())

    return Rows(build, columns, **{f"id{n}": FIRST_ID + n for n in range(count)})


_ONE = Rows(
    lambda body, public_id: Entry.objects.filter(body=body, public_id=public_id),
    WHOLE,
    body=BODY,
    public_id=TEXT,
)
_TOLD = Rows(
    lambda entry: EntryVersion.objects.filter(entry=entry).order_by("edition__number"),
    TOLD,
    entry=KEY,
)


def _ask(rows: Rows, filters: Filters, body: Body, cursor: Cursor | None, *, on: date) -> list[Any]:
    day, key = cursor or (DAY, KEY)
    return rows.ask(body=body.pk, on=on, agency=filters.agency, day=day, key=key)
