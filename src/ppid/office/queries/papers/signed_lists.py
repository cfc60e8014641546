"""Lists that are signed: an edition as it was published, and what stands on a list on one day.

A list of a day is prepared on that day: a day later the tables say something else.
"""

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from ppid.errors import Finding, NotFound
from ppid.office.authority import Right, authority_of, demand
from ppid.office.models import Body, Edition, Event
from ppid.office.queries.papers.archive_lists import LISTS, archive_list
from ppid.office.queries.papers.draft import UNKNOWN, Draft
from ppid.office.queries.papers.lists import internal_list, public_list, requestable_list
from ppid.office.signing_rules import PaperKind
from ppid.papers.paper import Paper

DAY = 10
"""The letters of a day at the end of a subject, "2026-03-02"."""


def public(subject: str, body: Body, *, by: UUID, on: date) -> Draft:
    """Return an edition of the public list, as of the day of its publication. Raises NotFound."""
    demand(authority_of(by, on=on), Right.READ)
    found = Edition.objects.filter(body=body, number=int(subject)).first()
    if found is None:
        raise NotFound(UNKNOWN)
    day = found.published_at.astimezone(body.zone).date()
    paper = public_list(body, found, on=day)
    number = f"Edisi {found.number}"
    return Draft(kind=PaperKind.PUBLIC_LIST, subject=subject, paper=paper, number=number, on=day)


def internal(subject: str, body: Body, *, by: UUID, on: date) -> Draft:
    """Return the list of what is exempt on a day, for who sees the whole body."""
    _whole(by, on=on)
    day = day_in(subject, body)
    paper = _numbered(internal_list(body, by=by, on=day, today=on))
    return _of_a_day(PaperKind.INTERNAL_LIST, subject, paper, body=body, on=on)


def requestable(subject: str, body: Body, *, by: UUID, on: date) -> Draft:
    """Return the list of what may be had on request on a day, for who sees the whole body."""
    _whole(by, on=on)
    day = day_in(subject, body)
    paper = requestable_list(body, by=by, on=day, today=on)
    known = Event.objects.filter(body=body.pk, kind="item.opened").count()
    number = f"Daftar nomor {known}" if known else ""
    paper = paper if number else _numbered(paper)
    kind = PaperKind.REQUESTABLE_LIST
    return _of_a_day(kind, subject, paper, body=body, on=on, number=number)


def archives(subject: str, body: Body, *, by: UUID, on: date) -> Draft:
    """Return one of the lists of PP 28/2012, for who sees the whole body."""
    _whole(by, on=on)
    kind = subject[: -DAY - 1]
    if kind not in LISTS:
        raise NotFound(UNKNOWN)
    paper = _numbered(archive_list(body, kind, by=by, on=day_in(subject, body), today=on))
    return _of_a_day(PaperKind.ARCHIVE_LIST, subject, paper, body=body, on=on)


def day_in(subject: str, body: Body) -> date:
    """Return the day that a subject ends with. Raises ValueError."""
    return datetime.strptime(subject[-DAY:], "%Y-%m-%d").replace(tzinfo=body.zone).date()


def _whole(by: UUID, *, on: date) -> None:
    """Raise NotFound for who sees only a part: the body signs no list of a part."""
    authority = authority_of(by, on=on)
    demand(authority, Right.READ)
    if authority.agencies(Right.READ) is not None:
        raise NotFound(UNKNOWN)


def _numbered(paper: Paper) -> Paper:
    """Return the list with room for a number, which it is given on preparing."""
    return replace(paper, content={**paper.content, "number": ""})


def _of_a_day(
    kind: PaperKind, subject: str, paper: Paper, *, body: Body, on: date, number: str = ""
) -> Draft:
    day = day_in(subject, body)
    text = "Daftar keadaan suatu hari hanya dapat disiapkan pada hari itu."
    hint = "Siapkan daftar hari ini dari halaman daftarnya."
    other = () if day == on else (Finding("list_of_another_day", text, hint=hint),)
    return Draft(
        kind=kind,
        subject=subject,
        paper=paper,
        number=number,
        on=day,
        exported=0 if kind.public else len(paper.content["rows"]),
        findings=other,
    )
