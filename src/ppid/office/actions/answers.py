"""Answer a request (pemberitahuan tertulis, UU 14/2008 ps. 22 (7)), with the sheets it rests on."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from ppid.errors import Finding, Refused
from ppid.law import request_answer as law
from ppid.law import term
from ppid.law.consequence_test import from_dict
from ppid.law.grounds import ground
from ppid.law.request_answer import Outcome, Standing
from ppid.office.actions.editions import shown_of
from ppid.office.actions.requests import (
    letter_number_obstacles,
    line_on,
    local_day,
    open_obstacles,
    requested_items,
    standing_of,
)
from ppid.office.authority import MAY, Authority, Right, authority_in
from ppid.office.log import Fact, append, lock
from ppid.office.models import DeterminationLine, InformationRequest, Item
from ppid.office.writing import writing


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerLetter:
    """What the officer fills in on the answer.

    given: the matter that is given. redaction: what is blacked out, and why. holder: which body
    holds it, where this one does not. cost: what it costs and how to pay.
    """

    number: str = ""
    answered_on: date | None = None
    outcome: Outcome | None = None
    given: str = ""
    redaction: str = ""
    delivery: str = ""
    cost: str = ""
    holder: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedLine:
    """What a letter says of one exempt item: only what may be shown to the requester.

    reason, opened, closed: empty unless the officers marked them as fit for the public.
    """

    item: str
    title: str
    ground: str
    statutes: tuple[str, ...]
    decree: str
    decreed_on: str
    term: str
    part: str
    reason: str
    opened: str
    closed: str


def drafted(asked: InformationRequest, *, letter: AnswerLetter, on: date) -> law.Answer:
    """Return the answer as the law sees it, complete or not; on: today, for an undated draft."""
    day = letter.answered_on or on
    return law.Answer(
        outcome=letter.outcome,
        answered_on=letter.answered_on,
        given=letter.given,
        redaction=letter.redaction,
        delivery=letter.delivery,
        items=tuple(_asked(item, on=day) for item in requested_items(asked)),
    )


def _asked(item: Item, *, on: date) -> law.AskedItem:
    found, line = standing_of(item, on=on), line_on(item, on=on)
    if found is not Standing.EXEMPT or line is None:
        return law.AskedItem(title=item.title, standing=found)
    sheet = from_dict(line.test.sheet)
    return law.AskedItem(title=item.title, standing=found, ground=sheet.ground, part=sheet.part)


def answer_obstacles(
    asked: InformationRequest, *, letter: AnswerLetter, authority: Authority, on: date
) -> tuple[Finding, ...]:
    """Return every reason why the request may not be answered so today by this person.

    Source: UU 14/2008 ps. 22 (7) (reading: docs/decisions/0028)
    """
    return (
        *open_obstacles(asked, Right.ANSWER_REQUEST, authority),
        *letter_number_obstacles(letter.number.strip(), asked.body),
        *law.answer_obstacles(
            drafted(asked, letter=letter, on=on), received_on=asked.received_on, on=on
        ),
    )


def answer_request(
    asked: InformationRequest,
    *,
    letter: AnswerLetter,
    by: UUID,
    at: datetime,
    act: UUID | None = None,
) -> None:
    """Answer the request by a letter. Raises Refused with every obstacle.

    What the letter says of each sheet is kept as it stands on this day.
    Source: UU 14/2008 ps. 22 (7)
    """
    with writing(act=act, at=at):
        lock(asked.body_id)
        asked = InformationRequest.objects.select_related("body").get(pk=asked.pk)
        on, authority = local_day(asked.body, at), authority_in(asked.body, by=by, at=at)
        if found := answer_obstacles(asked, letter=letter, authority=authority, on=on):
            raise Refused(*found)
        append(_fact(asked, letter, authority), body=asked.body_id, by=by, at=at)


def _fact(asked: InformationRequest, letter: AnswerLetter, authority: Authority) -> Fact:
    said = {
        "request": str(asked.pk),
        "number": letter.number.strip(),
        "answered_on": str(letter.answered_on),
        "outcome": str(letter.outcome),
    }
    return Fact("request.answered", said, {"answer": _content(asked, letter, authority)})


def _content(
    asked: InformationRequest, letter: AnswerLetter, authority: Authority
) -> dict[str, Any]:
    """Return what the letter says, only what belongs to its outcome."""
    outcome = letter.outcome
    texts = {
        "given": letter.given if outcome in (Outcome.GRANTED, Outcome.PART) else "",
        "redaction": letter.redaction if outcome is Outcome.PART else "",
        "delivery": letter.delivery if outcome in (Outcome.GRANTED, Outcome.PART) else "",
        "cost": letter.cost if outcome in (Outcome.GRANTED, Outcome.PART) else "",
        "holder": letter.holder if outcome is Outcome.NOT_HELD else "",
    }
    refuses = outcome in (Outcome.PART, Outcome.REFUSED)
    lines = refused_lines(asked, on=letter.answered_on) if refuses and letter.answered_on else ()
    return {name: text.strip() for name, text in texts.items()} | {
        "lines": [asdict(line) for line in lines],
        "official_name": authority.name,
        "official_position": authority.position(MAY[Right.ANSWER_REQUEST]),
    }


def refused_lines(asked: InformationRequest, *, on: date) -> Iterable[RefusedLine]:
    """Return what a letter of that day may say of each exempt item that the request asks for.

    Source: UU 14/2008 ps. 22 (7) huruf c; PP 61/2010 ps. 2
    """
    for item in requested_items(asked):
        line = line_on(item, on=on)
        if line and standing_of(item, on=on) is Standing.EXEMPT:
            yield _refused(item, line)


def _refused(item: Item, line: DeterminationLine) -> RefusedLine:
    decree, sheet, shown = line.determination, from_dict(line.test.sheet), shown_of(line.test)
    basis = ground(sheet.ground, on=decree.determined_on)
    return RefusedLine(
        item=str(item.pk),
        title=item.public_title,
        ground=f"{basis.label}: {basis.summary}",
        statutes=sheet.statutes,
        decree=decree.number,
        decreed_on=decree.determined_on.isoformat(),
        term=term.describe(sheet.term) if sheet.term else "",
        part=sheet.part.value if sheet.part else "",
        reason=shown["reason"] or "",
        opened=shown["consequence_if_open"] or "",
        closed=shown["consequence_if_closed"] or "",
    )
