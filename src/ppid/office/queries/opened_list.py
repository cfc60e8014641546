"""The list of what may be had on request, because the end of its term opened it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ppid.errors import Finding
from ppid.law.accessible_list import Basis, Ended, basis, list_findings
from ppid.law.opening import OpeningReason
from ppid.office.authority import Right, authority_of, demand
from ppid.office.models import Body, Event, Item
from ppid.office.queries.inbox import visible_items
from ppid.office.queries.term_ends import is_open


@dataclass(frozen=True, slots=True)
class OpenedLine:
    """One item of the list. list_number, list_on: of the list that its opening made; 0 by law."""

    item: Item
    basis: Basis
    opens_on: date
    list_number: int = 0
    list_on: date | None = None


@dataclass(frozen=True, slots=True)
class OpenedList:
    """The list on a day. number: of the newest opening, so each opening makes the next list."""

    number: int
    lines: tuple[OpenedLine, ...]
    findings: tuple[Finding, ...]


def opened_list(body: Body, *, by: UUID, on: date, today: date | None = None) -> OpenedList:
    """Return what the end of its term has opened, up to a day, as this person may see it.

    today: the day whose appointments count, when the list is of another one.
    Raises Refused for who may not read.
    Source: PP 61/2010 ps. 11 (1) (penjelasan)
    """
    authority = authority_of(by, on=today or on)
    demand(authority, Right.READ)
    rows = visible_items(body.pk, authority=authority).select_related("determination")
    acts = Event.objects.filter(body=body.pk, kind="item.opened").order_by("seq")
    openings = {
        item: (number, at.astimezone(body.zone).date())
        for number, (item, at) in enumerate(acts.values_list("item", "at"), start=1)
    }
    known = [(item, _ended(item)) for item in rows.filter(is_open(on))]
    lines = [
        _line(item, ended, why, openings.get(item.pk, (0, None)))
        for item, ended in known
        if (why := basis(ended, on=on))
    ]
    listed = {line.item.pk for line in lines}
    return OpenedList(
        number=acts.count(),
        lines=tuple(sorted(lines, key=lambda one: (one.opens_on, one.item.public_title))),
        findings=list_findings(ended for item, ended in known if item.pk in listed),
    )


def _ended(item: Item) -> Ended:
    reason = item.opening_reason
    return Ended(
        item=item.title,
        title=item.public_title,
        holder=item.agency.name,
        decree_number=item.determination.number,
        decree_on=item.determination.determined_on,
        opens_on=item.opens_on,
        declared_open_on=item.declared_open_on,
        reason=OpeningReason(reason) if reason in [*OpeningReason] else None,
    )


def _line(item: Item, ended: Ended, why: Basis, opening: tuple[int, date | None]) -> OpenedLine:
    if why is Basis.BY_LAW:
        return OpenedLine(item, why, ended.opens_on)
    return OpenedLine(item, why, ended.declared_open_on, *opening)
