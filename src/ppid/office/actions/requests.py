"""Record a request that meets the list, link it to items or to a new test, extend its time once."""

from datetime import date, datetime
from uuid import UUID, uuid4

from ppid.errors import BadInput, Finding, Refused
from ppid.law import term
from ppid.law.consequence_test import from_dict
from ppid.law.grounds import ground
from ppid.law.request import extension_obstacles
from ppid.law.request_answer import Standing
from ppid.law.request_record import RequestRecord, record_obstacles
from ppid.office.actions.cases import open_case
from ppid.office.actions.items import add_item, take_up_item, taking_up_obstacles
from ppid.office.authority import MAY, Authority, Right, authority_in, not_authorised
from ppid.office.calendar import body_calendar
from ppid.office.log import Fact, append, lock
from ppid.office.models import (
    Agency,
    Body,
    Case,
    DeterminationLine,
    InformationRequest,
    Item,
    Objection,
    RequestedItem,
    SopVersion,
)
from ppid.office.writing import writing

ANSWERED = Finding(
    "request_answered",
    "Permintaan ini sudah dijawab.",
    hint="Yang sudah dijawab tidak diubah; pemohon dapat mengajukan keberatan.",
)
UNKNOWN = Finding("item_unknown", "Informasi ini bukan milik badan publik ini.", "item")


def may_do(right: Right, authority: Authority) -> tuple[Finding, ...]:
    """Return why this person may not act on requests by a right; empty when they may."""
    return () if authority.may(right) else (not_authorised(MAY[right]),)


def open_obstacles(
    asked: InformationRequest, right: Right, authority: Authority
) -> tuple[Finding, ...]:
    """Return why this person may not link, extend or answer the request: answered, or no right."""
    answered = (ANSWERED,) if asked.answered_on else ()
    return (*answered, *may_do(right, authority))


def number_used(number: str, body: Body) -> tuple[Finding, ...]:
    """Return that a registration or letter number has been used for another request or objection.

    A registration and the letter that answers it may bear one number; two of a kind may not.
    """
    requests = InformationRequest.objects.filter(body=body, number=number)
    objections = Objection.objects.filter(body=body, number=number)
    return _used(number) if requests.exists() or objections.exists() else ()


def letter_number_obstacles(number: str, body: Body) -> tuple[Finding, ...]:
    """Return why a letter that answers a request or an objection may not bear this number."""
    if not number:
        text = "Nomor surat belum diisi."
        return (Finding("letter_number_missing", text, "number", "Isi nomor surat jawaban."),)
    requests = InformationRequest.objects.filter(body=body, answer_number=number)
    objections = Objection.objects.filter(body=body, answer_number=number)
    return _used(number) if requests.exists() or objections.exists() else ()


def _used(number: str) -> tuple[Finding, ...]:
    text = f"Nomor {number} sudah dipakai."
    hint = "Periksa buku nomor Anda, lalu isi nomor yang benar."
    return (Finding("number_used", text, "number", hint),)


def local_day(body: Body, at: datetime) -> date:
    """Return the body's local date at a moment."""
    return at.astimezone(body.zone).date()


def record_request(
    body: Body,
    *,
    record: RequestRecord,
    by: UUID,
    at: datetime,
    purpose: str = "",
    act: UUID | None = None,
) -> InformationRequest:
    """Record a request with its number. Raises Refused, BadInput.

    purpose: what the requester wants it for. Name and address are sealed in the log.
    Source: UU 14/2008 ps. 22 (2); UU 14/2008 ps. 22 (4)
    """
    request = uuid4()
    with writing(act=act, at=at):
        lock(body.pk)
        if found := may_do(Right.RECORD_REQUEST, authority_in(body, by=by, at=at)):
            raise Refused(*found)
        number = record.number.strip()
        wrong = record_obstacles(record, on=local_day(body, at)) + number_used(number, body)
        if wrong:
            raise BadInput(*wrong)
        said = {"id": str(request), "number": number, "received_on": str(record.received_on)}
        kept = {
            "requester": record.requester.strip(),
            "address": record.address.strip(),
            "subject": record.subject.strip(),
            "purpose": purpose.strip(),
            "form": record.form.strip(),
            "delivery": record.delivery.strip(),
        }
        append(Fact("request.received", said, kept), body=body.pk, by=by, at=at)
    return InformationRequest.objects.get(pk=request)


def requested_items(asked: InformationRequest) -> list[Item]:
    """Return the items that the request asks for, as the office has linked them."""
    rows = Item.objects.filter(requested__request=asked).order_by("requested__at")
    return list(rows.select_related("determination", "determined_test", "body", "agency", "case"))


def line_on(item: Item, *, on: date) -> DeterminationLine | None:
    """Return the line of the determination that held on a day, None where none did yet."""
    rows = item.determination_lines.filter(determination__determined_on__lte=on)
    rows = rows.select_related("determination", "test")
    return rows.order_by("determination__determined_on", "determination__at").last()


def standing_of(item: Item, *, on: date) -> Standing:
    """Return where an item stands on the day of an answer.

    What was refused as a candidate is open; what is determined later was under test that day.
    Source: PP 61/2010 ps. 11 (3)
    """
    if item.stage == "ditolak":
        return Standing.OPEN
    line = line_on(item, on=on)
    if line is None:
        return Standing.UNDER_TEST
    sheet = from_dict(line.test.sheet)
    basis = ground(sheet.ground, on=line.determination.determined_on)
    found = term.status(sheet.term, on=on, ground=basis, declared_open_on=item.declared_open_on)
    return Standing.OPEN if found is term.Status.OPEN else Standing.EXEMPT


def linking_obstacles(asked: InformationRequest, item: Item) -> tuple[Finding, ...]:
    """Return why an item cannot be linked to the request: another body's, or linked already."""
    if item.body_id != asked.body_id:
        return (UNKNOWN,)
    if RequestedItem.objects.filter(request=asked, item=item).exists():
        return (Finding("item_linked", "Informasi ini sudah dikaitkan.", "item"),)
    return ()


def link_item(
    asked: InformationRequest, *, item: Item, by: UUID, at: datetime, act: UUID | None = None
) -> None:
    """Say that the request asks for an item that the office has already. Raises Refused."""
    with writing(act=act, at=at):
        asked = _demand(asked, Right.RECORD_REQUEST, by=by, at=at)
        if found := linking_obstacles(asked, item):
            raise Refused(*found)
        _link(asked, item, case=None, by=by, at=at)


def unlink_item(
    asked: InformationRequest, *, item: Item, by: UUID, at: datetime, act: UUID | None = None
) -> None:
    """Take back a link that was made by mistake. Raises Refused, also once it is answered."""
    with writing(act=act, at=at):
        asked = _demand(asked, Right.RECORD_REQUEST, by=by, at=at)
        if not RequestedItem.objects.filter(request=asked, item=item).exists():
            raise Refused(Finding("item_not_linked", "Informasi ini tidak dikaitkan.", "item"))
        fact = Fact("request.unlinked", {"request": str(asked.pk)}, item=item.pk)
        append(fact, body=asked.body_id, by=by, at=at)


def retesting_obstacles(asked: InformationRequest, item: Item, *, on: date) -> tuple[Finding, ...]:
    """Return why an item cannot be tested anew on the request: another body's, open, or busy.

    Source: PP 61/2010 ps. 11 (3)
    """
    if item.body_id != asked.body_id:
        return (UNKNOWN,)
    if item.stage == "dikecualikan" and standing_of(item, on=on) is Standing.OPEN:
        text = "Informasi ini sudah terbuka dan tidak dapat ditutup lagi."
        hint = "Kaitkan saja, lalu berikan informasinya."
        return (Finding("already_open", text, "item", hint, "PP 61/2010 ps. 11 (3)"),)
    return taking_up_obstacles(item)


def retest_item(
    asked: InformationRequest,
    *,
    item: Item,
    into: Case | SopVersion,
    by: UUID,
    at: datetime,
    act: UUID | None = None,
) -> Case:
    """Bring an item of the register under a case for a new test on this request; return the case.

    into: a running case, or the SOP by which one is opened. Raises Refused, BadInput.
    Source: Perki 1/2021 ps. 49 (1)
    """
    with writing(act=act, at=at):
        asked = _demand(asked, Right.RECORD_REQUEST, by=by, at=at)
        if found := retesting_obstacles(asked, item, on=local_day(asked.body, at)):
            raise Refused(*found)
        case = _case(asked, into, by=by, at=at)
        take_up_item(case, item=item, by=by, at=at)
        _link(asked, item, case=case, by=by, at=at)
    return case


def propose_item(
    asked: InformationRequest,
    *,
    into: Case | SopVersion,
    agency: Agency,
    title: str,
    by: UUID,
    at: datetime,
    public_title: str = "",
    act: UUID | None = None,
) -> Case:
    """Add a candidate that this request asks for, in a case for its test; return the case.

    Raises Refused, BadInput.
    Source: Perki 1/2021 ps. 49 (1)
    """
    with writing(act=act, at=at):
        asked = _demand(asked, Right.RECORD_REQUEST, by=by, at=at)
        case = _case(asked, into, by=by, at=at)
        item = add_item(
            case,
            agency=agency,
            title=title,
            public_title=public_title,
            summary=asked.subject,
            by=by,
            at=at,
        )
        _link(asked, item, case=case, by=by, at=at)
    return case


def extending_obstacles(
    asked: InformationRequest, *, on: date, reason: str, authority: Authority
) -> tuple[Finding, ...]:
    """Return why the time to answer may not be extended on a day by this person.

    Source: UU 14/2008 ps. 22 (8)
    """
    found = extension_obstacles(
        asked.received_on,
        body_calendar(asked.body),
        on=on,
        reason=reason,
        extended=asked.extended_on is not None,
    )
    return (*open_obstacles(asked, Right.ANSWER_REQUEST, authority), *found)


def extend_request(
    asked: InformationRequest, *, reason: str, by: UUID, at: datetime, act: UUID | None = None
) -> None:
    """Give 7 working days more to answer, once, with the written reason. Raises Refused.

    Source: UU 14/2008 ps. 22 (8)
    """
    with writing(act=act, at=at):
        lock(asked.body_id)
        asked = _fresh(asked)
        on, authority = local_day(asked.body, at), authority_in(asked.body, by=by, at=at)
        if found := extending_obstacles(asked, on=on, reason=reason, authority=authority):
            raise Refused(*found)
        said = {"request": str(asked.pk), "extended_on": on.isoformat()}
        fact = Fact("request.extended", said, {"reason": reason.strip()})
        append(fact, body=asked.body_id, by=by, at=at)


def _demand(
    asked: InformationRequest, right: Right, *, by: UUID, at: datetime
) -> InformationRequest:
    """Return the request as it stands under the lock. Raises Refused."""
    lock(asked.body_id)
    asked = _fresh(asked)
    if found := open_obstacles(asked, right, authority_in(asked.body, by=by, at=at)):
        raise Refused(*found)
    return asked


def _fresh(asked: InformationRequest) -> InformationRequest:
    return InformationRequest.objects.select_related("body").get(pk=asked.pk)


def _case(asked: InformationRequest, into: Case | SopVersion, *, by: UUID, at: datetime) -> Case:
    if isinstance(into, Case):
        return into
    return open_case(into, title=f"Uji atas permintaan {asked.number}", by=by, at=at)


def _link(
    asked: InformationRequest, item: Item, *, case: Case | None, by: UUID, at: datetime
) -> None:
    said = {"request": str(asked.pk), "number": asked.number}
    fact = Fact("request.linked", said, case=case.pk if case else None, item=item.pk)
    append(fact, body=asked.body_id, by=by, at=at)
