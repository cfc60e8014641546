"""The docket as a sheet: what ends soon, nearest first, then reviews, then what has ended.

Nothing is written for it: stage and days left follow from the term and the day.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Case, Q, QuerySet, Value, When

from ppid.errors import Finding
from ppid.law.consequence_test import from_dict
from ppid.law.docket import Matter, Stage, Standing, TermFacts, last_end_due, standings
from ppid.law.grounds import ground
from ppid.law.workdays import ProvisionalDate, WorkCalendar, add_workdays
from ppid.office import models
from ppid.office.actions.cases import opening_obstacles
from ppid.office.actions.docket import trigger_step
from ppid.office.actions.items import preparing_obstacles, taking_up_obstacles
from ppid.office.actions.openings import first_open_day, may_open, opening_case
from ppid.office.actions.watch import in_force_on
from ppid.office.authority import MAY, Authority, Right, authority_of, demand, not_authorised
from ppid.office.calendar import body_calendar
from ppid.office.mandate import MandatedAct
from ppid.office.models import Body, Item, SopVersion
from ppid.office.projections.cases import definition_of
from ppid.office.queries.inbox import visible_items
from ppid.office.queries.parts import ListPart, part_of
from ppid.sop.definition import Step

MOST_CASES = 50


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
    def first_open_day(self) -> date | None:
        """Return the first open day: a new term may end before the day that was declared."""
        return first_open_day(self.item)

    @property
    def busy(self) -> models.Case | None:
        """Return the running case that has the item in hand, if there is one."""
        case = self.item.case
        taken = case is not None and case.ended_at is None
        return case if taken else None

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
    case: models.Case | None


@dataclass(frozen=True, slots=True)
class EndingCase:
    """An SOP with a step for what ends (pemicu masa_berakhir). running: a case that waits on it."""

    version: SopVersion
    step: Step
    running: models.Case | None
    obstacles: tuple[Finding, ...]


def due_items(on: date, calendar: WorkCalendar) -> Q:
    """Return the condition that an item belongs on the docket of a day.

    Source: PP 61/2010 ps. 11 (2)
    """
    last = last_end_due(on, calendar)
    silent = Q(declared_open_on__isnull=True)
    ends = silent & Q(opens_on__lte=last)
    # Not "opens_on is null or later": an OR there has SQLite read all that is still closed.
    reviews = silent & Q(review_on__lte=last) & ~Q(opens_on__lte=on)
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
    roles = authority.acting(MandatedAct.OPEN).roles
    case = opening_case(body, roles)
    allowed = may_open(roles, case)
    opening = () if allowed else (not_authorised(MAY[Right.OPEN_ITEM]),)
    return DocketPage(part, lines, opening, case)


def _in_order(body: Body, rows: QuerySet[Item], *, on: date) -> QuerySet[Item]:
    found = rows.filter(due_items(on, body_calendar(body)))
    found = found.select_related("agency", "determination", "determined_test")
    over = When(opens_on__lte=on, then=Value(2))
    coming = When(opens_on__gt=on, then=Value(0))
    urgency = Case(coming, over, default=Value(1))
    return found.order_by(urgency, "opens_on", "review_on", "title", "public_id")


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


def cases_for_tests(body: Body, *, by: UUID, at: datetime) -> tuple[models.Case | SopVersion, ...]:
    """Return where a new test may go: the SOPs by which this person may open a case, then cases."""
    on = at.astimezone(body.zone).date()
    authority = authority_of(by, on=on)
    fresh = [
        version
        for version in versions_in_force(body, on=on)
        if not opening_obstacles(version, authority=authority, at=at)
    ]
    running = models.Case.objects.filter(body=body, ended_at__isnull=True)
    return (*fresh, *(running[:MOST_CASES] if authority.may(Right.PREPARE) else ()))


def ending_cases(body: Body, *, by: UUID, at: datetime) -> tuple[EndingCase, ...]:
    """Return the SOPs in force with a step of their own for what ends, and whether it runs.

    Source: PP 61/2010 ps. 11 (2) (reading: docs/decisions/0025)
    """
    on = at.astimezone(body.zone).date()
    authority = authority_of(by, on=on)
    return tuple(
        EndingCase(
            version=version,
            step=definition_of(version.text).step(step),
            running=_running(version, step),
            obstacles=opening_obstacles(version, authority=authority, at=at, step=step),
        )
        for version in versions_in_force(body, on=on)
        if (step := trigger_step(version))
    )


def _running(version: SopVersion, step: int) -> models.Case | None:
    running = models.Case.objects.filter(sop=version, ended_at__isnull=True, tasks__step=step)
    return running.order_by("opened_at").first()


def versions_in_force(body: Body, *, on: date) -> list[SopVersion]:
    """Return the body's SOP versions in force on a day."""
    rows = SopVersion.objects.filter(in_force_on(on), body=body)
    return list(rows.select_related("body"))
