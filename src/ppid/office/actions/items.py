"""Candidates: items of information that an agency proposes to keep closed."""

import secrets
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4

from ppid.errors import BadInput, Finding, Refused
from ppid.office.authority import MAY, Authority, Right, authority_in, not_authorised
from ppid.office.log import Fact, append, lock
from ppid.office.models import Agency, Case, Item
from ppid.office.queries.release import hard, title_release
from ppid.office.writing import writing

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
ID_LENGTH = 8


def preparing_obstacles(
    case: Case | None, *, authority: Authority, agency: UUID | None
) -> tuple[Finding, ...]:
    """Return why this person may not prepare items of the agency in the case, if so."""
    findings = []
    if case is not None and case.ended_at is not None:
        findings.append(
            Finding("case_ended", "Berkas ini sudah selesai.", hint="Mulai berkas baru.")
        )
    if not authority.may(Right.PREPARE):
        findings.append(not_authorised(MAY[Right.PREPARE]))
    elif agency and agency not in (authority.agencies(Right.PREPARE) or {agency}):
        findings.append(
            Finding("other_agency", "Anda hanya menyiapkan informasi perangkat daerah Anda.")
        )
    return tuple(findings)


def add_item(
    case: Case,
    *,
    agency: Agency,
    title: str,
    by: UUID,
    at: datetime,
    public_title: str = "",
    summary: str = "",
    act: UUID | None = None,
) -> Item:
    """Add a candidate to a case. title: internal; public_title: safe for everybody to read.

    Raises BadInput (no title) or Refused.
    """
    if not title.strip():
        raise BadInput(Finding("title_missing", "Nama informasi wajib diisi.", place="title"))
    item = uuid4()
    with writing(act=act, at=at):
        lock(case.body_id)
        case.refresh_from_db()
        _demand(case, by=by, at=at, agency=agency)
        said = {"public_id": _public_id(), "agency_id": str(agency.pk)}
        kept = {
            "title": title.strip(),
            "public_title": public_title.strip(),
            "summary": summary.strip(),
        }
        fact = Fact("item.added", said, kept, case=case.pk, item=item)
        append(fact, body=case.body_id, by=by, at=at)
    return Item.objects.get(pk=item)


def determined_already(item: Item) -> tuple[Finding, ...]:
    """Return why the item's words stand fast: it has been determined. Empty for a candidate."""
    if item.stage != "dikecualikan":
        return ()
    return (
        Finding(
            "item_determined",
            "Informasi ini sudah ditetapkan dan tidak diubah.",
            hint="Pengubahan klasifikasi adalah uji, persetujuan, dan penetapan baru.",
            source="PP 61/2010 ps. 10",
        ),
    )


def change_item(
    item: Item, *, title: str, public_title: str, summary: str, by: UUID, at: datetime
) -> None:
    """Change a candidate's words. Raises Refused once it has been determined."""
    if not title.strip():
        raise BadInput(Finding("title_missing", "Nama informasi wajib diisi.", place="title"))
    with writing():
        lock(item.body_id)
        item.refresh_from_db()
        if determined_already(item):
            raise Refused(*determined_already(item))
        _demand(item.case, by=by, at=at, agency=item.agency)
        kept = {
            "title": title.strip(),
            "public_title": public_title.strip(),
            "summary": summary.strip(),
        }
        fact = Fact("item.changed", {}, kept, case=item.case_id, item=item.pk)
        append(fact, body=item.body_id, by=by, at=at)


def correcting_obstacles(item: Item, *, authority: Authority) -> tuple[Finding, ...]:
    """Return why this person may not correct the public title, if so: a candidate's is changed."""
    if not determined_already(item):
        text = "Informasi ini belum ditetapkan; judulnya masih dapat diubah."
        return (Finding("item_not_determined", text),)
    return () if authority.may(Right.DETERMINE) else (not_authorised(MAY[Right.DETERMINE]),)


def correct_public_title(
    item: Item, *, public_title: str, reason: str, by: UUID, at: datetime
) -> None:
    """Correct the public title of a determined item; the next edition says so in its history.

    The classification stands as it was determined, and editions that were published keep the title
    they had. Raises BadInput: a title that is missing, unchanged, or may not be public; Refused.
    """
    public_title, reason = public_title.strip(), reason.strip()
    with writing():
        lock(item.body_id)
        item.refresh_from_db()
        authority = authority_in(item.body, by=by, at=at)
        if obstacles := correcting_obstacles(item, authority=authority):
            raise Refused(*obstacles)
        if findings := _correction_findings(item, public_title, reason):
            raise BadInput(*findings)
        kept = {"public_title": public_title, "reason": reason}
        append(
            Fact("item.title_corrected", {}, kept, item=item.pk), body=item.body_id, by=by, at=at
        )


def _correction_findings(item: Item, public_title: str, reason: str) -> tuple[Finding, ...]:
    findings = []
    if not public_title:
        findings.append(Finding("public_title_missing", "Judul umum wajib diisi.", "public_title"))
    elif public_title == item.public_title:
        text = "Judul ini sama dengan yang sekarang."
        findings.append(Finding("title_unchanged", text, "public_title"))
    if not reason:
        findings.append(Finding("reason_missing", "Alasan wajib diisi.", "reason"))
    stops = hard(title_release(item, public_title))
    return (*findings, *(replace(one, place="public_title") for one in stops))


def taking_up_obstacles(item: Item) -> tuple[Finding, ...]:
    """Return why an item cannot come under another case: it is no part of the register, or busy."""
    if item.stage != "dikecualikan":
        return (Finding("item_not_determined", "Informasi ini belum pernah ditetapkan."),)
    if item.case is None or item.case.ended_at is not None:
        return ()
    text = f"Informasi ini masih dalam berkas {item.case.number}, yang belum selesai."
    return (Finding("item_in_case", text, hint="Selesaikan berkas itu lebih dahulu."),)


def take_up_item(case: Case, *, item: Item, by: UUID, at: datetime, reason: str = "") -> None:
    """Bring an item of the register under a case: its term ends, or it is to be tested anew.

    Raises Refused, BadInput for an item of another body.
    """
    with writing():
        lock(case.body_id)
        case.refresh_from_db()
        item.refresh_from_db()
        _demand(case, by=by, at=at, agency=item.agency)
        if found := taking_up_obstacles(item):
            raise Refused(*found)
        kept = {"reason": reason.strip()} if reason.strip() else {}
        fact = Fact("item.taken_up", {}, kept, case=case.pk, item=item.pk)
        append(fact, body=case.body_id, by=by, at=at)


def _demand(case: Case, *, by: UUID, at: datetime, agency: Agency) -> None:
    if agency.body_id != case.body_id:
        text = "Perangkat daerah ini bukan bagian badan publik ini."
        raise BadInput(Finding("agency_unknown", text, place="agency"))
    authority = authority_in(case.body, by=by, at=at)
    findings = preparing_obstacles(case, authority=authority, agency=agency.pk)
    if findings:
        raise Refused(*findings)


def _public_id() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(ID_LENGTH))
