"""Who read what is exempt, and when: for the head of the body and the auditor."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from ppid.errors import Refused
from ppid.office.authority import Authority, authority_of, head_roles, not_authorised
from ppid.office.models import Body, Event, Item, Person
from ppid.office.queries.parts import ListPart, part_of


@dataclass(frozen=True, slots=True)
class ReadingLine:
    """One reading: who, which item, when first on that day."""

    at: datetime
    who: str
    item: Item


@dataclass(frozen=True, slots=True)
class Readings:
    """One page of readings, newest first."""

    part: ListPart
    lines: tuple[ReadingLine, ...]


def reading_roles(body: Body) -> frozenset[str]:
    """Return whose holders may see who read what: the head's and the auditor's.

    Source: UU 14/2008 ps. 54
    """
    return frozenset({*head_roles(body), "auditor"})


def may_see_readings(body: Body, authority: Authority) -> bool:
    """Return whether the person may see who read what."""
    return authority.holds(reading_roles(body))


def readings(body: Body, *, by: UUID, on: date, asked: Mapping[str, Any]) -> Readings:
    """Return one page of who read what. Raises Refused.

    asked: "orang" and "informasi" narrow it to a person and an item, "halaman" turns the page.
    """
    if not may_see_readings(body, authority_of(by, on=on, body=body.pk)):
        raise Refused(not_authorised(reading_roles(body)))
    rows = Event.objects.filter(body=body.pk, kind="document.read").order_by("-seq")
    for name, column in (("orang", "actor"), ("informasi", "item")):
        if chosen := _id(asked.get(name)):
            rows = rows.filter(**{column: chosen})
    part = part_of(rows.only("at", "actor", "item"), page=asked.get("halaman"))
    names = dict(Person.objects.filter(body=body).values_list("pk", "name"))
    items = Item.objects.select_related("agency").in_bulk({one.item for one in part.rows})
    lines = tuple(
        ReadingLine(one.at, names.get(one.actor, ""), items[one.item]) for one in part.rows
    )
    return Readings(part, lines)


def _id(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None
