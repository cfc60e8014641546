"""Who read what is exempt, and when: for the head of the body and the auditor."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef

from ppid.errors import Refused
from ppid.office.authority import Authority, authority_of, head_roles, not_authorised
from ppid.office.models import Body, Case, CopyReading, Event, Item, Person, SoftCopy
from ppid.office.queries.parts import ListPart, part_of


@dataclass(frozen=True, slots=True)
class ReadingLine:
    """One reading: who, which item, when; of its page, the first of that day.

    copy: what was opened, if it was a soft copy; number: of that reading; case: for which it was.
    """

    at: datetime
    who: str
    item: Item
    reason: str = ""
    copy: SoftCopy | None = None
    number: int = 0
    marked: bool = False
    case: Case | None = None


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

    asked: "orang", "informasi" and "dokumen" narrow it to a person, an item and its soft copies,
    "halaman" turns the page.
    """
    if not may_see_readings(body, authority_of(by, on=on, body=body.pk)):
        raise Refused(not_authorised(reading_roles(body)))
    rows = Event.objects.filter(body=body.pk, kind="document.read").order_by("-seq")
    for name, column in (("orang", "actor"), ("informasi", "item")):
        if chosen := _id(asked.get(name)):
            rows = rows.filter(**{column: chosen})
    if chosen := _id(asked.get("dokumen")):
        copies = CopyReading.objects.filter(body=body, document=chosen)
        rows = rows.filter(Exists(copies.filter(reader=OuterRef("actor"), at=OuterRef("at"))))
    part = part_of(rows.only("at", "actor", "item"), page=asked.get("halaman"))
    return Readings(part, tuple(_lines(body, part.rows)))


def _lines(body: Body, events: Sequence[Event]) -> Iterator[ReadingLine]:
    names = dict(Person.objects.filter(body=body).values_list("pk", "name"))
    items = Item.objects.select_related("agency").in_bulk({one.item for one in events})
    found = CopyReading.objects.filter(body=body, at__in=[one.at for one in events])
    opened = {(one.reader, one.item_id, one.at): one for one in found}
    documents = [one.document for one in opened.values()]
    copies = {
        (one.document, one.version): one for one in SoftCopy.objects.filter(document__in=documents)
    }
    cases = Case.objects.in_bulk([one.case for one in opened.values() if one.case])
    for event in events:
        line = ReadingLine(event.at, names.get(event.actor, ""), items[event.item])
        if one := opened.get((event.actor, event.item, event.at)):
            line = replace(
                line,
                reason=one.reason,
                copy=copies[one.document, one.version],
                number=one.number,
                marked=one.marked,
                case=cases.get(one.case),
            )
        yield line


def _id(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None
