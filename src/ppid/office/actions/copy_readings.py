"""Hand out a soft copy: the reading is recorded first, then the copy is made that names who reads.

What is handed out was compared with its hash before, to its end; what is not the one never is.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO
from uuid import UUID

from django.db.models import Max

from ppid.errors import BadInput, Finding, Refused
from ppid.office.authority import MAY, Authority, Right, authority_in, not_authorised
from ppid.office.log import Fact, append, lock
from ppid.office.models import Body, CopyReading, Item, SoftCopy
from ppid.office.queries.vault import content_of
from ppid.office.templatetags.ppid_words import moment
from ppid.office.writing import writing
from ppid.vault.apart import work_apart
from ppid.vault.kinds import Kind

SHORTEST_REASON = 10
ONLY_FOR_A_CASE = frozenset({"tim_pertimbangan"})
"""Roles that have to do with an item only while a case about it runs."""


@dataclass(frozen=True, slots=True)
class HandedOut:
    """What the reader gets. marked: how many pages say who reads it, 0 where none can."""

    file: BinaryIO
    kind: Kind
    file_name: str
    number: int
    marked: int


def reading_copy_obstacles(item: Item, authority: Authority) -> tuple[Finding, ...]:
    """Return why this person may not open the soft copies of an item; empty when they may.

    That they may see the item at all is asked before (`visible_item`).
    Source: UU 14/2008 ps. 54 (1)
    """
    if not authority.may(Right.READ):
        return (not_authorised(MAY[Right.READ]),)
    if authority.roles & MAY[Right.READ] <= ONLY_FOR_A_CASE and not is_in_a_case(item):
        text = "Anda membaca dokumen hanya selama berkas tentang informasi ini berjalan."
        hint = "Minta PPID Utama, atau baca lembar ujinya."
        return (Finding("case_needed", text, hint=hint, source="UU 14/2008 ps. 54 (1)"),)
    return ()


def is_in_a_case(item: Item) -> bool:
    """Return whether a case about the item runs."""
    return item.case is not None and item.case.ended_at is None


def read_copy(
    copy: SoftCopy,
    *,
    reason: str,
    by: UUID,
    at: datetime,
    for_case: bool = False,
    act: UUID | None = None,
) -> HandedOut:
    """Record that the person reads the copy, and return it with the reader on each page.

    for_case: whether it is read for the case that runs. Raises BadInput: `reason_short`,
    `no_case_runs`, what marking finds (the reading stays recorded, nothing is handed out); Refused;
    Conflict: `already_done`; CorruptData: the copy is not the one, nothing is recorded.
    Source: UU 14/2008 ps. 54; UU 43/2009 ps. 85
    """
    item, told = copy.item, reason.strip()
    _demand(item, told, by=by, at=at, for_case=for_case)
    plain = content_of(copy)
    kind = Kind(copy.kind or Kind.TXT)
    with writing(act=act, at=at):
        lock(item.body_id)
        case = item.case_id if for_case else None
        marked = kind.takes_watermark
        number = record_copy_reading(copy, reason=told, by=by, at=at, marked=marked, case=case)
    if not kind.takes_watermark:
        return HandedOut(plain, kind, copy.file_name, number, 0)
    text = mark_text(authority_in(item.body, by=by, at=at), item.body, number=number, at=at)
    done = work_apart("ppid.vault.watermark", plain, asked={"kind": kind, "text": text})
    plain.close()
    return HandedOut(done.file, kind, copy.file_name, number, done.said["pages"])


def record_copy_reading(
    copy: SoftCopy,
    *,
    reason: str,
    by: UUID,
    at: datetime,
    marked: bool,
    case: UUID | None = None,
) -> int:
    """Append the reading of a copy and return its number. Inside `writing()`, after `lock()`.

    marked: whether what is handed out says on each page who reads it.
    Source: UU 14/2008 ps. 54
    """
    number = next_number(copy.item.body)
    said = {
        "document": str(copy.document),
        "version": copy.version,
        "number": number,
        "marked": marked,
    }
    fact = Fact("document.read", said, {"reason": reason}, case=case, item=copy.item_id)
    append(fact, body=copy.item.body_id, by=by, at=at)
    return number


def mark_text(authority: Authority, body: Body, *, number: int, at: datetime) -> str:
    """Return what stands on each page: the number of the reading, who reads, and when."""
    return f"Salinan baca nomor {number} \u2013 {authority.name} \u2013 {moment(at, body)}"


def next_number(body: Body) -> int:
    """Return the number of the next reading of a copy in the body."""
    found = CopyReading.objects.filter(body=body).aggregate(last=Max("number"))
    return (found["last"] or 0) + 1


def _demand(item: Item, reason: str, *, by: UUID, at: datetime, for_case: bool) -> None:
    refused = reading_copy_obstacles(item, authority_in(item.body, by=by, at=at))
    if refused:
        raise Refused(*refused)
    if len(reason) < SHORTEST_REASON:
        text = f"Tulis alasan membaca, paling sedikit {SHORTEST_REASON} huruf."
        raise BadInput(Finding("reason_short", text, place="reason"))
    if for_case and not is_in_a_case(item):
        text = "Tidak ada berkas yang berjalan tentang informasi ini."
        raise BadInput(Finding("no_case_runs", text, place="purpose"))
