"""Requests as a person sees them: what is due next, what they ask for, what may be done now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from ppid.errors import Finding, NotFound
from ppid.law.objection import dispute_remarks, filing_remarks
from ppid.law.request import (
    ObjectionGround,
    answer_due,
    dispute_due,
    objection_answer_due,
    objection_due,
)
from ppid.law.request_answer import Outcome, Standing
from ppid.law.request_stage import RequestStanding, Stage
from ppid.law.workdays import ProvisionalDate, WorkCalendar
from ppid.office.actions import objections as acts
from ppid.office.actions.objections import as_law
from ppid.office.actions.requests import (
    extending_obstacles,
    open_obstacles,
    retesting_obstacles,
    standing_of,
)
from ppid.office.authority import MAY, Authority, Right, authority_of, demand
from ppid.office.calendar import body_calendar
from ppid.office.models import (
    Body,
    InformationRequest,
    Item,
    Objection,
    Person,
    PublicCopy,
    RequestedItem,
)
from ppid.office.queries.parts import ListPart, part_of
from ppid.office.request_clocks import NEWEST, OWED, clocks_of

UNKNOWN = Finding("request_unknown", "Permintaan informasi tidak ditemukan.")
HANDLING = MAY[Right.RECORD_REQUEST] | MAY[Right.ANSWER_REQUEST] | MAY[Right.ANSWER_OBJECTION]
"""Who works with requests, and so sees who asks; others see what is asked only."""

ACTS = {Stage.ANSWER: Right.ANSWER_REQUEST, Stage.OBJECTION_ANSWER: Right.ANSWER_OBJECTION}
APPROVED = Prefetch(
    "item__public_copies",
    PublicCopy.objects.filter(decision="setuju").order_by("-made_at"),
    to_attr="approved_copies",
)
WORDS = {
    Standing.UNDER_TEST: "Masih diuji",
    Standing.EXEMPT: "Dikecualikan",
    Standing.OPEN: "Terbuka",
}


@dataclass(frozen=True, slots=True)
class RequestLine:
    """A request in a list. clocks: those that run, what the office owes first."""

    asked: InformationRequest
    clocks: tuple[RequestStanding, ...]

    @property
    def next(self) -> RequestStanding:
        """Return the clock that is shown."""
        return self.clocks[0]

    @property
    def css(self) -> str:
        """Return the modifier of the status mark."""
        return css_of(self.next)

    @property
    def decided(self) -> bool:
        """Return whether nothing is to come because the Komisi Informasi decided the dispute."""
        decided = any(one.dispute_decided_on for one in self.asked.filed[-1:])
        return decided and self.next.stage is Stage.CLOSED


@dataclass(frozen=True, slots=True)
class AskedLine:
    """An item that the request asks for. retesting: why no new test may be started for it.

    copies: its public copies that may be handed out, the newest first.
    """

    link: RequestedItem
    standing: Standing
    words: str
    retesting: tuple[Finding, ...]
    copies: tuple[PublicCopy, ...]


@dataclass(frozen=True, slots=True)
class ObjectionView:
    """An objection with its clocks and what may be done. dispute_until: 14 working days."""

    objection: Objection
    grounds: tuple[str, ...]
    outcome: str
    answer_until: ProvisionalDate
    dispute_until: ProvisionalDate
    remarks: tuple[Finding, ...]
    answering: tuple[Finding, ...]
    disputing: tuple[Finding, ...]
    deciding: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class RequestPage:
    """All that the page of a request shows.

    linking, extending, answering, objecting: why this person may not do so; empty when they may.
    personal: whether name and address are shown.
    """

    asked: InformationRequest
    line: RequestLine
    items: tuple[AskedLine, ...]
    answer_until: ProvisionalDate
    objection_until: ProvisionalDate
    objections: tuple[ObjectionView, ...]
    outcome: str
    recorded_by: str
    personal: bool
    linking: tuple[Finding, ...]
    extending: tuple[Finding, ...]
    answering: tuple[Finding, ...]
    objecting: tuple[Finding, ...]
    on: date

    @property
    def late(self) -> bool:
        """Return whether the answer came after its last day."""
        answered = self.asked.answered_on
        return answered is not None and answered > self.answer_until.day


def css_of(clock: RequestStanding) -> str:
    """Return the modifier of the mark: late, soon (5 working days or fewer), or none."""
    if clock.overdue:
        return "late"
    if clock.stage.waits_for_office:
        return "soon" if clock.workdays_left <= 5 else "exempt"
    return "open" if clock.stage is Stage.CLOSED else ""


def visible_requests(body: str, authority: Authority) -> QuerySet[InformationRequest]:
    """Return the requests this person may see: an agency's PPID those for the agency's items."""
    rows = InformationRequest.objects.filter(body=body)
    limit = authority.agencies(Right.READ)
    if limit is None:
        return rows
    return rows.filter(requested__item__agency__in=limit).distinct()


def request_lines(
    body: Body, *, by: UUID, on: date, owed: bool, page: str | None = None
) -> tuple[ListPart, tuple[RequestLine, ...]]:
    """Return a page of the requests: those the office owes something, nearest first, or all.

    Raises Refused for who may not read.
    """
    authority = authority_of(by, on=on)
    demand(authority, Right.READ)
    rows = visible_requests(body.pk, authority)
    rows = rows.filter(OWED).distinct().order_by("received_on", "at") if owed else rows
    part = part_of(rows.prefetch_related(NEWEST), page=page)
    lines = _lines(part.rows, on=on, calendar=body_calendar(body))
    return part, tuple(sorted(lines, key=_urgency) if owed else lines)


def owed_requests(body: Body, authority: Authority, *, on: date) -> tuple[RequestLine, ...]:
    """Return every request that the office owes an answer, nearest first, as the person sees it."""
    if not authority.may(Right.READ):
        return ()
    rows = visible_requests(body.pk, authority).filter(OWED).distinct()
    lines = _lines(rows.prefetch_related(NEWEST), on=on, calendar=body_calendar(body))
    return tuple(sorted(lines, key=_urgency))


def waiting_requests(lines: Iterable[RequestLine], authority: Authority) -> tuple[RequestLine, ...]:
    """Return those of the lines in which a clock waits for this person's own act."""
    return tuple(
        line
        for line in lines
        if any(authority.may(ACTS[clock.stage]) for clock in line.clocks if clock.stage in ACTS)
    )


def _urgency(line: RequestLine) -> tuple[date, str]:
    return line.next.due or date.max, line.asked.number


def _lines(
    rows: Iterable[InformationRequest], *, on: date, calendar: WorkCalendar
) -> list[RequestLine]:
    return [_line(asked, on=on, calendar=calendar) for asked in rows]


def _line(asked: InformationRequest, *, on: date, calendar: WorkCalendar) -> RequestLine:
    return RequestLine(asked, clocks_of(asked, calendar, on=on))


def visible_request(
    request: UUID, *, by: UUID, body: str, on: date, unknown: Finding = UNKNOWN
) -> tuple[InformationRequest, Authority]:
    """Return the request if this person may see it. Raises NotFound otherwise.

    unknown: as in visible_item.
    """
    authority = authority_of(by, on=on)
    rows = visible_requests(body, authority).filter(pk=request).select_related("body")
    found = rows.prefetch_related(NEWEST).first()
    if found is None or not authority.may(Right.READ):
        raise NotFound(unknown)
    return found, authority


def visible_objection(
    objection: UUID, *, by: UUID, body: str, on: date
) -> tuple[Objection, Authority]:
    """Return the objection if this person may see its request. Raises NotFound otherwise."""
    unknown = Finding("objection_unknown", "Keberatan tidak ditemukan.")
    found = Objection.objects.filter(pk=objection, body=body).select_related("body").first()
    if found is None:
        raise NotFound(unknown)
    asked = {"by": by, "body": body, "on": on, "unknown": unknown}
    found.request, authority = visible_request(found.request_id, **asked)
    return found, authority


def request_page(request: UUID, *, by: UUID, body: str, at: datetime) -> RequestPage:
    """Return what this person sees of the request at a moment. Raises NotFound."""
    zone = Body.objects.get(pk=body).zone
    on = at.astimezone(zone).date()
    asked, authority = visible_request(request, by=by, body=body, on=on)
    calendar = body_calendar(asked.body)
    due = answer_due(asked.received_on, calendar, extended=asked.extended_on is not None)
    return RequestPage(
        asked=asked,
        line=_line(asked, on=on, calendar=calendar),
        items=tuple(_asked_lines(asked, on=on)),
        answer_until=due,
        objection_until=objection_due(asked.answered_on or due.day, calendar),
        objections=tuple(_view(one, authority, calendar) for one in asked.filed),
        outcome=Outcome(asked.outcome).label if asked.outcome else "",
        recorded_by=_name(asked.recorded_by),
        personal=authority.holds(HANDLING),
        linking=open_obstacles(asked, Right.RECORD_REQUEST, authority),
        extending=_extending(asked, authority, on=on),
        answering=open_obstacles(asked, Right.ANSWER_REQUEST, authority),
        objecting=acts.filing_obstacles(asked, authority),
        on=on,
    )


def _name(person: UUID) -> str:
    return Person.objects.filter(pk=person).values_list("name", flat=True).first() or ""


def _extending(asked: InformationRequest, authority: Authority, *, on: date) -> tuple[Finding, ...]:
    """Return why this person may not extend now, whatever the reason that would be given."""
    return extending_obstacles(asked, on=on, reason="akan ditulis", authority=authority)


def _asked_lines(asked: InformationRequest, *, on: date) -> Iterable[AskedLine]:
    rows = asked.requested.select_related(
        "case", "item__agency", "item__case", "item__determination", "item__determined_test"
    ).prefetch_related(APPROVED)
    for link in rows:
        standing = standing_of(link.item, on=on)
        words = "Tidak dikecualikan" if link.item.stage == "ditolak" else WORDS[standing]
        retesting = retesting_obstacles(asked, link.item, on=on)
        yield AskedLine(link, standing, words, retesting, tuple(link.item.approved_copies))


def _view(one: Objection, authority: Authority, calendar: WorkCalendar) -> ObjectionView:
    until = objection_answer_due(one.filed_on, calendar)
    answered = one.answered_on or until.day
    remarks = filing_remarks(as_law(one), calendar)
    if one.disputed_on:
        remarks += dispute_remarks(one.disputed_on, answered_on=answered, calendar=calendar)
    return ObjectionView(
        objection=one,
        grounds=tuple(ObjectionGround(letter).label for letter in one.grounds),
        outcome=acts.ObjectionOutcome(one.outcome).label if one.outcome else "",
        answer_until=until,
        dispute_until=dispute_due(answered, calendar),
        remarks=remarks,
        answering=acts.answering_obstacles(one, authority),
        disputing=acts.dispute_obstacles(one, authority),
        deciding=acts.decision_obstacles(one, authority),
    )


def requests_for(item: Item) -> tuple[RequestedItem, ...]:
    """Return the requests that ask for an item, the newest last."""
    return tuple(item.requested.select_related("request").order_by("at"))


def suggested_number(body: Body, *, on: date) -> str:
    """Return a registration number that is free this year: "003/PI/2026"."""
    taken = InformationRequest.objects.filter(body=body, number__endswith=f"/PI/{on.year}")
    return f"{taken.count() + 1:03d}/PI/{on.year}"
