"""Which clocks of a request run, from its row and its objections; nothing is written here."""

from datetime import date, timedelta

from django.db.models import Prefetch, Q, QuerySet

from ppid.law.request_stage import RequestFacts, RequestStanding, standings
from ppid.law.workdays import WorkCalendar
from ppid.office.models import InformationRequest, Objection

NEWEST = Prefetch("objections", Objection.objects.order_by("filed_on", "at"), to_attr="filed")
"""Reads the objections of requests in order; what `facts_of` asks for."""

OWED = Q(answered_on__isnull=True) | Q(
    objections__filed_on__isnull=False, objections__answered_on__isnull=True
)
"""The office has still to answer the request, or an objection to it."""

LONGEST = timedelta(days=120)
"""Longer than 30 working days can be: what was answered before that has no clock any more."""


def facts_of(asked: InformationRequest) -> RequestFacts:
    """Return the days of a request and of its newest objection, read with NEWEST."""
    newest = asked.filed[-1] if asked.filed else None
    return RequestFacts(
        received_on=asked.received_on,
        extended=asked.extended_on is not None,
        answered_on=asked.answered_on,
        objected_on=newest and newest.filed_on,
        objection_answered_on=newest and newest.answered_on,
        disputed_on=newest and newest.disputed_on,
        dispute_decided_on=newest and newest.dispute_decided_on,
    )


def clocks_of(
    asked: InformationRequest, calendar: WorkCalendar, *, on: date
) -> tuple[RequestStanding, ...]:
    """Return the clocks that run on a day, what the office owes first.

    Source: UU 14/2008 ps. 36 (reading: docs/decisions/0029)
    """
    return standings(facts_of(asked), on=on, calendar=calendar)


def with_clocks(body: str, *, on: date) -> QuerySet[InformationRequest]:
    """Return the requests of a body in which a clock may still run on a day."""
    late = on - LONGEST
    recent = Q(answered_on__gte=late) | Q(objections__answered_on__gte=late)
    rows = InformationRequest.objects.filter(OWED | recent, body=body).distinct()
    return rows.order_by("received_on", "number").prefetch_related(NEWEST)
