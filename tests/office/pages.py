"""Asking for the office's pages as somebody would, and sending their forms."""

from datetime import UTC, datetime
from uuid import uuid4

from django.urls import reverse

from office.factories import person_in, sign_in
from ppid.office.actions.people import add_person, make_appointment

MONDAY = datetime(2026, 3, 9, 2, 0, tzinfo=UTC)
"""A week after the cases of the tests began: nine in the morning of 9 March 2026 in Jakarta."""


def visit(client, route, *args, status=200, **query):
    """Return the answer to asking for a page."""
    answer = client.get(reverse(route, args=args), query)
    assert answer.status_code == status
    return answer


def send(client, route, *args, status=302, act=None, **fields):
    """Return the answer to sending a page's form."""
    answer = client.post(reverse(route, args=args), {"act": act or uuid4(), **fields})
    assert answer.status_code == status, answer.context and answer.context.get("findings")
    return answer


def day(name, value):
    """Return the three boxes of a date field."""
    parts = {"hari": value.day, "bulan": value.month, "tahun": value.year}
    return {f"{name}_{part}": number for part, number in parts.items()}


def as_role(client, walk, role, number=0):
    """Sign somebody with the role in, and return the person."""
    person = person_in(walk, role, number)
    sign_in(client, person)
    return person


def appoint(walk, role, *, agency=None, name=None, **more):
    """Return a new person in a role from the day the case began."""
    person = add_person(walk.body, name=name or f"{role} baru", at=walk.now)
    more = {"decree_number": "SK/1", "decree_date": walk.today, "starts_on": walk.today} | more
    make_appointment(person, role=role, agency=agency, at=walk.now, **more)
    return person


def codes(findings):
    """Return the codes of findings."""
    return {finding.code for finding in findings}
