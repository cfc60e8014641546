"""Objections: filed, answered by the PPID's superior, taken to the Komisi Informasi, decided."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from ppid.errors import BadInput, Finding, Refused
from ppid.law import objection as law
from ppid.law.objection import ObjectionOutcome
from ppid.law.opening import OpeningReason
from ppid.law.request import ObjectionGround
from ppid.law.request_answer import Outcome, Standing
from ppid.office.actions.openings import declare_open
from ppid.office.actions.requests import (
    letter_number_obstacles,
    local_day,
    may_do,
    number_used,
    requested_items,
    standing_of,
)
from ppid.office.authority import MAY, Authority, Right, authority_in
from ppid.office.log import Fact, append, lock
from ppid.office.models import InformationRequest, Item, Objection
from ppid.office.writing import writing


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledObjection:
    """What is written down of an objection. statement: the requester's case (kasus posisi)."""

    number: str = ""
    filed_on: date | None = None
    found_on: date | None = None
    grounds: tuple[ObjectionGround, ...] = ()
    statement: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionLetter:
    """What the superior fills in on the answer. items: those that the answer opens."""

    number: str = ""
    answered_on: date | None = None
    outcome: ObjectionOutcome | None = None
    reason: str = ""
    items: frozenset[UUID] = frozenset()


def filing_obstacles(asked: InformationRequest, authority: Authority) -> tuple[Finding, ...]:
    """Return why no objection to the request can be recorded now by this person."""
    waiting = Objection.objects.filter(request=asked, answered_on__isnull=True).first()
    if waiting is None:
        return may_do(Right.RECORD_REQUEST, authority)
    text = f"Keberatan {waiting.number} atas permintaan ini masih menunggu tanggapan."
    return (Finding("objection_waits", text), *may_do(Right.RECORD_REQUEST, authority))


def file_objection(
    asked: InformationRequest,
    *,
    filed: FiledObjection,
    by: UUID,
    at: datetime,
    act: UUID | None = None,
) -> Objection:
    """Record an objection; a late one too, for the superior to judge. Raises Refused, BadInput.

    Source: UU 14/2008 ps. 35 (1) (reading: docs/decisions/0029)
    """
    objection = uuid4()
    with writing(act=act, at=at):
        lock(asked.body_id)
        asked = InformationRequest.objects.select_related("body").get(pk=asked.pk)
        if found := filing_obstacles(asked, authority_in(asked.body, by=by, at=at)):
            raise Refused(*found)
        if wrong := _filed_wrongly(asked, filed, on=local_day(asked.body, at)):
            raise BadInput(*wrong)
        said = {
            "id": str(objection),
            "request": str(asked.pk),
            "number": filed.number.strip(),
            "filed_on": str(filed.filed_on),
            "found_on": str(filed.found_on),
            "grounds": [one.value for one in filed.grounds],
        }
        kept = {"statement": filed.statement.strip()}
        append(Fact("objection.filed", said, kept), body=asked.body_id, by=by, at=at)
    return Objection.objects.get(pk=objection)


def _filed_wrongly(
    asked: InformationRequest, filed: FiledObjection, *, on: date
) -> tuple[Finding, ...]:
    number = filed.number.strip()
    text = "Nomor keberatan belum diisi."
    missing = Finding("objection_number_missing", text, "number", "Beri nomor dari buku register.")
    refused = asked.outcome in (Outcome.PART, Outcome.REFUSED)
    objection = law.Objection(
        filed_on=filed.filed_on, found_on=filed.found_on, grounds=filed.grounds
    )
    return (
        *(number_used(number, asked.body) if number else (missing,)),
        *law.filing_obstacles(objection, received_on=asked.received_on, refused=refused, on=on),
    )


def exempt_items(objection: Objection, *, on: date) -> list[Item]:
    """Return the items of the request that are exempt on a day: what a granted objection opens."""
    items = requested_items(objection.request)
    return [item for item in items if standing_of(item, on=on) is Standing.EXEMPT]


def as_law(objection: Objection) -> law.Objection:
    """Return a recorded objection as the law sees it."""
    return law.Objection(
        filed_on=objection.filed_on,
        found_on=objection.found_on,
        grounds=tuple(ObjectionGround(one) for one in objection.grounds),
    )


def answering_obstacles(objection: Objection, authority: Authority) -> tuple[Finding, ...]:
    """Return why this person may not answer the objection, whatever the answer."""
    if objection.answered_on is None:
        return may_do(Right.ANSWER_OBJECTION, authority)
    text = "Keberatan ini sudah ditanggapi."
    return (Finding("objection_answered", text), *may_do(Right.ANSWER_OBJECTION, authority))


def answer_objection(
    objection: Objection,
    *,
    letter: ObjectionLetter,
    by: UUID,
    at: datetime,
    act: UUID | None = None,
) -> None:
    """Answer an objection as the PPID's superior; what it grants opens at once. Raises Refused.

    What it opens is never exempt again (UU 14/2008 ps. 18 (1) huruf g).
    Source: UU 14/2008 ps. 36 (2); UU 14/2008 ps. 11 (2)
    """
    with writing(act=act, at=at):
        lock(objection.body_id)
        objection = _fresh(objection)
        on, authority = local_day(objection.body, at), authority_in(objection.body, by=by, at=at)
        opened = _opened(objection, letter, on=on)
        found = (
            *answering_obstacles(objection, authority),
            *letter_number_obstacles(letter.number.strip(), objection.body),
            *_answered_wrongly(objection, letter, opened, on=on),
        )
        if found:
            raise Refused(*found)
        fact = _answer_fact(objection, letter, opened, authority=authority)
        append(fact, body=objection.body_id, by=by, at=at)
        for item in opened:
            _open(item, letter, by=by, at=at)


def _opened(objection: Objection, letter: ObjectionLetter, *, on: date) -> list[Item]:
    if letter.outcome is not ObjectionOutcome.GRANTED:
        return []
    exempt = exempt_items(objection, on=letter.answered_on or on)
    return [item for item in exempt if item.pk in letter.items]


def _answered_wrongly(
    objection: Objection, letter: ObjectionLetter, opened: Collection[Item], *, on: date
) -> tuple[Finding, ...]:
    answer = law.ObjectionAnswer(
        outcome=letter.outcome,
        answered_on=letter.answered_on,
        reason=letter.reason,
        exempt=len(exempt_items(objection, on=letter.answered_on or on)),
        opened=len(opened),
    )
    return law.answering_obstacles(answer, objection=as_law(objection), on=on)


def _answer_fact(
    objection: Objection, letter: ObjectionLetter, opened: Collection[Item], *, authority: Authority
) -> Fact:
    said = {
        "objection": str(objection.pk),
        "request": str(objection.request_id),
        "number": letter.number.strip(),
        "answered_on": str(letter.answered_on),
        "outcome": str(letter.outcome),
        "opened": [str(item.pk) for item in opened],
        "official_name": authority.name,
        "official_position": authority.position(MAY[Right.ANSWER_OBJECTION]),
    }
    return Fact("objection.answered", said, {"reason": letter.reason.strip()})


def _open(item: Item, letter: ObjectionLetter, *, by: UUID, at: datetime) -> None:
    """Open one item by the answer, from the day it bears."""
    declare_open(
        item,
        opened_on=letter.answered_on or local_day(item.body, at),
        reason=OpeningReason.OBJECTION,
        document=letter.number,
        by=by,
        at=at,
    )


def dispute_obstacles(objection: Objection, authority: Authority) -> tuple[Finding, ...]:
    """Return why no dispute over the objection can be recorded now by this person."""
    if objection.disputed_on is None:
        return may_do(Right.RECORD_REQUEST, authority)
    text = f"Sengketa ini sudah dicatat: {objection.dispute_number}."
    return (Finding("dispute_registered", text), *may_do(Right.RECORD_REQUEST, authority))


def register_dispute(
    objection: Objection,
    *,
    number: str,
    registered_on: date | None,
    by: UUID,
    at: datetime,
    act: UUID | None = None,
) -> None:
    """Record that the requester went to the Komisi Informasi. Raises Refused, BadInput.

    Source: UU 14/2008 ps. 37 (1)
    """
    with writing(act=act, at=at):
        lock(objection.body_id)
        objection = _fresh(objection)
        if found := dispute_obstacles(objection, authority_in(objection.body, by=by, at=at)):
            raise Refused(*found)
        on = local_day(objection.body, at)
        dated = law.dispute_obstacles(registered_on, filed_on=objection.filed_on, on=on)
        if wrong := (*_dispute_number(number), *dated):
            raise BadInput(*wrong)
        said = {
            "objection": str(objection.pk),
            "number": number.strip(),
            "registered_on": str(registered_on),
        }
        append(Fact("dispute.registered", said), body=objection.body_id, by=by, at=at)


def decision_obstacles(objection: Objection, authority: Authority) -> tuple[Finding, ...]:
    """Return why no end of a dispute can be recorded now by this person."""
    if objection.disputed_on is not None and objection.dispute_decided_on is None:
        return may_do(Right.RECORD_REQUEST, authority)
    text = "Tidak ada sengketa yang menunggu putusan."
    return (Finding("no_dispute_waits", text), *may_do(Right.RECORD_REQUEST, authority))


def decide_dispute(
    objection: Objection,
    *,
    number: str,
    decided_on: date | None,
    by: UUID,
    at: datetime,
    act: UUID | None = None,
) -> None:
    """Record how the dispute ended. What the decision opens, the PPID declares open per item.

    Raises Refused, BadInput.
    Source: UU 14/2008 ps. 46 (1)
    """
    with writing(act=act, at=at):
        lock(objection.body_id)
        objection = _fresh(objection)
        if found := decision_obstacles(objection, authority_in(objection.body, by=by, at=at)):
            raise Refused(*found)
        on = local_day(objection.body, at)
        dated = law.decision_obstacles(decided_on, registered_on=objection.disputed_on, on=on)
        if wrong := (*_dispute_number(number), *dated):
            raise BadInput(*wrong)
        said = {
            "objection": str(objection.pk),
            "number": number.strip(),
            "decided_on": str(decided_on),
        }
        append(Fact("dispute.decided", said), body=objection.body_id, by=by, at=at)


def _dispute_number(number: str) -> tuple[Finding, ...]:
    if number.strip():
        return ()
    hint = "Tulis nomor yang diberikan Komisi Informasi."
    return (Finding("dispute_number_missing", "Nomor belum diisi.", "number", hint),)


def _fresh(objection: Objection) -> Objection:
    return Objection.objects.select_related("body", "request__body").get(pk=objection.pk)
