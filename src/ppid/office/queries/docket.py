"""The docket as a sheet: what ends soon or has ended, nearest first, and what may be decided.

Nothing is written for it: stage and days left follow from the term and the day.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, Q, QuerySet

from ppid.errors import Finding
from ppid.law.consequence_test import from_dict
from ppid.law.docket import Matter, Stage, Standing, TermFacts, last_end_due, standings
from ppid.law.grounds import ground
from ppid.law.opening import OpeningReason
from ppid.law.workdays import ProvisionalDate, WorkCalendar, add_workdays
from ppid.office.actions.items import preparing_obstacles, taking_up_obstacles
from ppid.office.actions.openings import may_open, opening_case
from ppid.office.authority import MAY, Authority, Right, authority_of, demand, not_authorised
from ppid.office.calendar import body_calendar
from ppid.office.models import Body, Case, Event, Item, SopVersion
from ppid.office.queries.inbox import visible_items
from ppid.office.queries.parts import ListPart, part_of


@dataclass(frozen=True, slots=True)
class DocketLine:
    """One item whose end or review is due. last_workday: the last one before that day.

    testing: why no new test may be started for it; empty when one may.
    """

    item: Item
    ground: str
    standing: Standing
    last_workday: ProvisionalDate
    testing: tuple[Finding, ...] = ()

    @property
    def may_be_declared(self) -> bool:
        """Return whether its end can be declared: it has one, and nobody has done so."""
        return self.standing.matter is Matter.END and self.standing.stage is not Stage.SETTLED

    @property
    def css(self) -> str:
        """Return the modifier of the status mark."""
        return {
            Stage.OPEN_BY_LAW: "open",
            Stage.SETTLED: "open",
            Stage.REVIEW_PASSED: "late",
            Stage.LEFT_1: "late",
        }.get(self.standing.stage, "soon")


@dataclass(frozen=True, slots=True)
class DocketPage:
    """One page of the docket. opening: why this person may not declare open; empty when they may.

    case: the running case in which they may, if it is not their own right as PPID.
    """

    part: ListPart
    lines: tuple[DocketLine, ...]
    opening: tuple[Finding, ...]
    case: Case | None


@dataclass(frozen=True, slots=True)
class OpenedList:
    """The list of what may be had on request (penjelasan PP 61/2010 ps. 11 (1)), on a day.

    number: how many openings the log held, so each opening makes the next list.
    """

    number: int
    items: tuple[Item, ...]


def due_items(on: date, calendar: WorkCalendar) -> Q:
    """Return the condition that an item belongs on the docket of a day.

    Source: PP 61/2010 ps. 11 (2)
    """
    last = last_end_due(on, calendar)
    silent, still_closed = Q(declared_open_on__isnull=True), Q(opens_on__isnull=True)
    still_closed |= Q(opens_on__gt=on)
    ends = silent & Q(opens_on__lte=last)
    reviews = silent & still_closed & Q(review_on__lte=last)
    settled = Q(declared_open_on__isnull=False, opens_on__gt=on, opens_on__lte=last)
    return Q(stage="dikecualikan") & (ends | reviews | settled)


def due_lines(body: Body, *, on: date) -> tuple[DocketLine, ...]:
    """Return every line of the docket of a day, whoever asks."""
    rows = Item.objects.filter(body=body)
    return tuple(_line(item, body_calendar(body), on=on) for item in _in_order(body, rows, on=on))


def docket(body: Body, *, by: UUID, on: date, page: str | None = None) -> DocketPage:
    """Return one page of the docket as this person sees it. Raises Refused for who may not read."""
    authority = authority_of(by, on=on)
    demand(authority, Right.READ)
    rows = _in_order(body, visible_items(body.pk, authority=authority), on=on)
    part = part_of(rows.select_related("case"), page=page)
    lines = tuple(
        _line(item, body_calendar(body), on=on, authority=authority) for item in part.rows
    )
    case = opening_case(body, authority.roles)
    allowed = may_open(authority.roles, case)
    opening = () if allowed else (not_authorised(MAY[Right.OPEN_ITEM]),)
    return DocketPage(part, lines, opening, case)


def _in_order(body: Body, rows: QuerySet[Item], *, on: date) -> QuerySet[Item]:
    found = rows.filter(due_items(on, body_calendar(body)))
    found = found.select_related("agency", "determination", "determined_test")
    return found.order_by(F("opens_on").asc(nulls_last=True), "review_on", "title", "public_id")


def _line(
    item: Item, calendar: WorkCalendar, *, on: date, authority: Authority | None = None
) -> DocketLine:
    facts = TermFacts(
        opens_on=item.opens_on, review_on=item.review_on, declared_open_on=item.declared_open_on
    )
    due = [
        one for one in standings(facts, on=on, calendar=calendar) if one.stage is not Stage.NOT_YET
    ]
    sheet = from_dict(item.determined_test.sheet)
    return DocketLine(
        item=item,
        ground=ground(sheet.ground, on=item.determination.determined_on).label,
        standing=due[0],
        last_workday=add_workdays(due[0].ends_on, -1, calendar),
        testing=_testing(item, due[0], authority) if authority else (),
    )


def _testing(item: Item, due: Standing, authority: Authority) -> tuple[Finding, ...]:
    """Return why no new test of the item may be started by this person on the day.

    Source: PP 61/2010 ps. 10 (reading: docs/decisions/0022)
    """
    if due.stage in (Stage.OPEN_BY_LAW, Stage.SETTLED):
        text = "Yang sudah terbuka tidak dapat ditutup lagi."
        return (Finding("already_open", text, source="PP 61/2010 ps. 11 (3)"),)
    prepare = preparing_obstacles(None, authority=authority, agency=item.agency_id)
    return (*taking_up_obstacles(item), *prepare)


def running_cases_for_tests(body: Body) -> list[Case]:
    """Return the running cases that an item may be taken up in, the newest first."""
    return list(Case.objects.filter(body=body, ended_at__isnull=True).select_related("sop")[:50])


def versions_in_force(body: Body, *, on: date) -> list[SopVersion]:
    """Return the body's SOP versions in force on a day."""
    started = Q(starts_on__isnull=True) | Q(starts_on__lte=on)
    not_ended = Q(ends_on__isnull=True) | Q(ends_on__gte=on)
    rows = SopVersion.objects.filter(started & not_ended, body=body)
    return list(rows.select_related("body"))


def opened_list(body: Body, *, by: UUID, on: date) -> OpenedList:
    """Return what the PPID has declared open at the end of its term, up to a day.

    Raises Refused for who may not read.
    Source: PP 61/2010 ps. 11 (1) (penjelasan)
    """
    authority = authority_of(by, on=on)
    demand(authority, Right.READ)
    rows = visible_items(body.pk, authority=authority).select_related("agency", "determination")
    items = rows.filter(
        stage="dikecualikan",
        declared_open_on__lte=on,
        opening_reason=OpeningReason.TERM_ENDS,
    )
    number = Event.objects.filter(body=body.pk, kind="item.opened").count()
    return OpenedList(number, tuple(items.order_by("declared_open_on", "public_title")))
