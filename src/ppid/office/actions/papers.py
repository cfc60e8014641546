"""Have a paper signed: prepare it, take each signature, or the scan of one signed with ink.

Sign, check, then commit: a signature is recorded when the file that came back was read apart, found
to be the paper that was sent with one more good signature of the right person, and kept. Until then
the step stays open. Nothing that is signed is ever pressed, packed or written to again.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from ppid.errors import BadInput, Conflict, Finding, Refused
from ppid.office.actions.editions import deliver
from ppid.office.authority import MAY, Right, authority_in, not_authorised
from ppid.office.log import Fact, append, lock
from ppid.office.models import Body, OfficePaper, PaperRevision
from ppid.office.paper_checks import check_of
from ppid.office.paper_files import content_of, digest, keep
from ppid.office.queries.papers.draft import Draft
from ppid.office.queries.papers.letterheads import letterhead
from ppid.office.signing_rules import PaperKind, Rules, rules_of
from ppid.office.writing import writing
from ppid.papers.acceptance import Expected, return_findings
from ppid.papers.joining import page_count
from ppid.papers.long_list import LIST, press_list
from ppid.papers.press import press
from ppid.papers.scans import check_scan
from ppid.papers.signature import Level, Signatory, Way, as_data, signature_of
from ppid.papers.signing import Signer, ToSign, examine_apart
from ppid.papers.signing_form import with_form

LONGEST_STATEMENT = 1000
SEAL = "Naskah berubah sejak halaman ini dibuka."
AGAIN = "Muat ulang halaman ini, lalu lanjutkan dari yang terakhir."
SAME_SCAN = Finding(
    "scan_not_stated",
    "Nyatakan bahwa pindaian ini naskah yang sama, lengkap, dan sudah ditandatangani.",
    "same",
    source="UU 30/2014 ps. 38",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """A paper signed with ink, as it was scanned. same: the officer states that it is the paper.

    signed_on: when the last of the signers signed. statement: what else the officer notes.
    """

    content: bytes
    signed_on: date | None
    same: bool
    statement: str = ""


def open_paper(body: Body, kind: PaperKind, subject: str) -> OfficePaper | None:
    """Return the paper of a subject that is being signed or is signed; None if there is none."""
    rows = OfficePaper.objects.filter(body=body, kind=kind, subject=subject, withdrawn="")
    return rows.order_by("-prepared_at").first()


def revisions(paper: OfficePaper) -> list[PaperRevision]:
    """Return the revisions of a paper, the unsigned one first."""
    return list(paper.revisions.order_by("place"))


def preparing_obstacles(
    draft: Draft, body: Body, *, number: str, by: UUID, at: datetime
) -> tuple[Finding, ...]:
    """Return why the paper may not be prepared to be signed."""
    way = rules_of(body).way(draft.kind)
    return (
        *_preparers(body, by=by, at=at),
        *draft.findings,
        *_prepared_already(draft, body),
        *(_unknown_signers(draft) if way.electronic else ()),
        *_number_findings(draft, body, number, way=way),
    )


def _preparers(body: Body, *, by: UUID, at: datetime) -> tuple[Finding, ...]:
    authority = authority_in(body, by=by, at=at)
    rights = (Right.PREPARE, Right.DETERMINE)
    if any(authority.may(right) for right in rights):
        return ()
    return (not_authorised(frozenset().union(*(MAY[right] for right in rights))),)


def _prepared_already(draft: Draft, body: Body) -> tuple[Finding, ...]:
    if open_paper(body, draft.kind, draft.subject) is None:
        return ()
    text = "Naskah ini sudah disiapkan untuk ditandatangani."
    return (Finding("paper_prepared_already", text, hint="Tarik dahulu yang lama bila salah."),)


def _unknown_signers(draft: Draft) -> list[Finding]:
    hint = "Catat penugasannya pada halaman orang dan penugasan."
    return [
        Finding(
            "signer_missing",
            f"Penanda tangan sebagai {one['position']} belum diketahui.",
            "signers",
            hint,
        )
        for one in draft.signers
        if not one["person"]
    ]


def _number_findings(draft: Draft, body: Body, number: str, *, way: Way) -> list[Finding]:
    if draft.number:
        return []
    if not number.strip() and way.electronic:
        text = "Nomor naskah wajib diisi sebelum ditandatangani secara elektronik."
        hint = "Nomor tidak dapat ditulis kemudian: naskah yang ditandatangani tidak berubah lagi."
        return [Finding("number_missing", text, "number", hint)]
    rows = OfficePaper.objects.filter(body=body, kind=draft.kind, number=number.strip())
    if number.strip() and rows.filter(withdrawn="").exists():
        text = f"Nomor {number.strip()} sudah dipakai naskah lain."
        return [Finding("number_used", text, "number", "Periksa buku nomor surat.")]
    return []


def prepare(
    draft: Draft, body: Body, *, number: str = "", by: UUID, at: datetime, act: UUID | None = None
) -> OfficePaper:
    """Press the paper as it will be signed, keep it, and say who signs in which order.

    Raises Refused, BadInput (also `paper_not_printable`).
    Source: PP 71/2019 ps. 59-64
    """
    found = preparing_obstacles(draft, body, number=number, by=by, at=at)
    if found:
        raise Refused(*found)
    rules, paper = rules_of(body), uuid4()
    way = rules.way(draft.kind)
    content = _pressed(draft, body, rules, paper=paper, number=number.strip())
    said = {
        "id": str(paper),
        "kind": draft.kind.value,
        "subject": draft.subject,
        "number": draft.number or number.strip(),
        "way": way.value,
        "level": rules.level.value if way.electronic else "",
        "sha256": digest(content),
        "size": len(content),
    }
    kept = {"title": draft.paper.title[:500], "signers": draft.signers}
    with writing(act=act, at=at):
        lock(body.pk)
        again = _prepared_already(draft, body)
        if again := (*again, *_number_findings(draft, body, number, way=way)):
            raise Conflict(*again)
        keep(content)
        append(Fact("paper.prepared", said, kept, case=draft.case), body=body.pk, by=by, at=at)
        _tell_the_public(body, at=at)
    return OfficePaper.objects.get(pk=paper)


def _pressed(draft: Draft, body: Body, rules: Rules, *, paper: UUID, number: str) -> bytes:
    """Return the bytes to be signed; only a paper that is signed in the file says so on it."""
    way, check = rules.way(draft.kind), check_of(paper, rules)
    footer = rules.footer_of(way)
    issued = draft.numbered(number).issued(check, electronic=footer)
    if issued.template == LIST:
        pressed = press_list(issued, letterhead(body), on=draft.on)
    else:
        behind = [one.issued(check, electronic=footer) for one in draft.attached]
        pressed = press(issued, letterhead(body), on=draft.on, attached=behind)
    return with_form(pressed) if way.electronic else pressed


def _tell_the_public(body: Body, *, at: datetime) -> None:
    """Bring the page of the paper up to date once this is committed; else the worker does."""
    transaction.on_commit(lambda: deliver(body, at=at), robust=True)


def next_place(paper: OfficePaper) -> int:
    """Return the place of the signature that is missing next, counted from 1."""
    newest = paper.revisions.order_by("place").last()
    return (newest.place if newest else 0) + 1


def next_signer(paper: OfficePaper) -> dict[str, str] | None:
    """Return who signs next; None when all have, or the paper was withdrawn."""
    if paper.withdrawn or paper.completed_at is not None:
        return None
    signer: dict[str, str] = paper.signers[next_place(paper) - 1]
    return signer


def signing_obstacles(paper: OfficePaper, *, by: UUID) -> tuple[Finding, ...]:
    """Return why this person may not sign the paper electronically now."""
    if paper.withdrawn:
        return (Finding("paper_withdrawn", "Naskah ini sudah ditarik."),)
    signer = next_signer(paper)
    if signer is None:
        return (Finding("paper_complete", "Naskah ini sudah selesai ditandatangani."),)
    if signer["person"] != str(by):
        text = f"Yang menandatangani sekarang adalah {signer['name']}."
        hint = "Tanda tangan dibubuhkan sendiri oleh penanda tangannya, menurut urutan."
        return (Finding("not_your_turn", text, hint=hint, source="PP 71/2019 ps. 59"),)
    return ()


def sign(
    paper: OfficePaper, *, signer: Signer, by: UUID, at: datetime, act: UUID | None = None
) -> PaperRevision:
    """Have the paper signed by whose turn it is; nothing is recorded unless all of it is right.

    at: the clock of the server, aware. Raises Refused with the signer's own message or with what
    speaks against the file that came back; BadInput; Conflict: `already_done`, `paper_moved_on`.
    Source: PP 71/2019 ps. 59-64
    """
    if found := signing_obstacles(paper, by=by):
        raise Refused(*found)
    with writing(act=act, at=at):
        # The form is used up before the signer is asked: of two clicks only one signs.
        place = next_place(paper)
    sent = content_of(revisions(paper)[-1].sha256)
    where = f"TandaTangan{place}"
    told = ToSign(pdf=sent, field=where, level=Level(paper.level), reason=paper.title[:200])
    returned = signer.sign(told)
    signature = _checked(paper, sent, returned, place=place, at=at)
    return _commit(paper, returned, place=place, signature=signature, by=by, at=at)


def _checked(
    paper: OfficePaper, sent: bytes, returned: bytes, *, place: int, at: datetime
) -> dict[str, Any]:
    """Return what was found of the new signature. Raises Refused unless all is as it was asked."""
    who = paper.signers[place - 1]
    before = [signature_of(one.signature) for one in revisions(paper)[1:place]]
    expected = Expected(
        sent,
        Signatory(who["name"], re.sub(r"\D", "", who["nip"])),
        Level(paper.level),
        at,
        before,
    )
    anchors = rules_of(paper.body).anchors
    since = len(sent) if returned.startswith(sent) else 0
    found = examine_apart(returned, anchors=anchors, at=at, since=since)
    if wrong := tuple(return_findings(returned, found, expected)):
        raise Refused(*wrong)
    data: dict[str, Any] = as_data(found)["signatures"][-1]
    return data


def _commit(
    paper: OfficePaper,
    content: bytes,
    *,
    place: int,
    signature: dict[str, Any],
    by: UUID,
    at: datetime,
) -> PaperRevision:
    """Keep the bytes and append the event, if the paper still waits for this signature."""
    last = place == len(paper.signers)
    said = {
        "paper": str(paper.pk),
        "kind": paper.kind,
        "number": paper.number,
        "place": place,
        "last": last,
        "signer": paper.signers[place - 1]["person"] or None,
        "way": paper.way,
        "level": signature.get("level", ""),
        "sha256": digest(content),
        "size": len(content),
    }
    with writing(at=at):
        lock(paper.body_id)
        now = OfficePaper.objects.get(pk=paper.pk)
        if now.withdrawn or now.completed_at or next_place(paper) > place:
            raise Conflict(Finding("paper_moved_on", SEAL, hint=AGAIN))
        keep(content)
        fact = Fact("paper.signed", said, {"signature": signature}, case=paper.case)
        append(fact, body=paper.body_id, by=by, at=at)
        _tell_the_public(paper.body, at=at)
    return PaperRevision.objects.get(paper=paper, place=place)


def file_scan(
    paper: OfficePaper, scan: Scan, *, by: UUID, at: datetime, act: UUID | None = None
) -> PaperRevision:
    """Keep the scan of a paper that everybody signed with ink, with the officer's statement.

    Raises Refused, BadInput: what the scan or the statement lacks.
    Source: UU 30/2014 ps. 38
    """
    if found := filing_obstacles(paper, by=by, at=at):
        raise Refused(*found)
    on = at.astimezone(paper.body.zone).date()
    if wrong := _scan_findings(paper, scan, on=on):
        raise BadInput(*wrong)
    pages = check_scan(scan.content)
    if pages < (asked := page_count(content_of(revisions(paper)[0].sha256))):
        text = f"Pindaian ini {pages} halaman, padahal naskahnya {asked} halaman."
        hint = "Pindai semua halaman menjadi satu PDF, dan periksa bahwa naskahnya benar."
        raise BadInput(Finding("scan_pages_differ", text, "scan", hint))
    stated = {
        "signed_on": scan.signed_on.isoformat() if scan.signed_on else "",
        "statement": scan.statement.strip(),
        "pages": pages,
    }
    with writing(act=act, at=at):
        place = len(paper.signers)
        return _commit(paper, scan.content, place=place, signature=stated, by=by, at=at)


def filing_obstacles(paper: OfficePaper, *, by: UUID, at: datetime) -> tuple[Finding, ...]:
    """Return why this person may not file the scan of the paper."""
    if paper.withdrawn:
        return (Finding("paper_withdrawn", "Naskah ini sudah ditarik."),)
    if paper.completed_at is not None:
        return (Finding("paper_complete", "Naskah ini sudah selesai ditandatangani."),)
    if Way(paper.way).electronic:
        text = "Naskah ini ditandatangani secara elektronik; pindaiannya bukan penggantinya."
        return (Finding("paper_is_electronic", text),)
    return _preparers(paper.body, by=by, at=at)


def _scan_findings(paper: OfficePaper, scan: Scan, *, on: date) -> list[Finding]:
    found = [] if scan.same else [SAME_SCAN]
    prepared = paper.prepared_at.astimezone(paper.body.zone).date()
    if scan.signed_on is None or not prepared <= scan.signed_on <= on:
        text = "Tanggal tanda tangan tidak mungkin sebelum naskah disiapkan atau sesudah hari ini."
        found.append(Finding("scan_day_impossible", text, "signed_on"))
    if len(scan.statement) > LONGEST_STATEMENT:
        text = f"Keterangan paling panjang {LONGEST_STATEMENT} huruf."
        found.append(Finding("statement_too_long", text, "statement"))
    if digest(scan.content) in [one.sha256 for one in revisions(paper)]:
        text = "Berkas ini naskah yang belum ditandatangani, bukan pindaiannya."
        found.append(Finding("scan_is_the_draft", text, "scan"))
    other = PaperRevision.objects.filter(sha256=digest(scan.content)).exclude(paper=paper).first()
    if other is not None:
        text = f"Pindaian ini sudah dipakai untuk naskah lain: {other.paper.title}."
        found.append(Finding("scan_of_another", text, "scan"))
    return found


def withdraw(
    paper: OfficePaper, *, reason: str, by: UUID, at: datetime, act: UUID | None = None
) -> None:
    """Take a paper back before all have signed it, so that a corrected one can be prepared.

    Raises Refused: `paper_complete`, `not_authorised`; BadInput: `reason_missing`.
    """
    if not reason.strip():
        raise BadInput(Finding("reason_missing", "Tulis alasan naskah ini ditarik.", "reason"))
    if found := withdrawing_obstacles(paper, by=by, at=at):
        raise Refused(*found)
    with writing(act=act, at=at):
        lock(paper.body_id)
        now = OfficePaper.objects.get(pk=paper.pk)
        if now.withdrawn or now.completed_at:
            raise Conflict(Finding("paper_moved_on", SEAL, hint=AGAIN))
        said, kept = {"paper": str(paper.pk)}, {"reason": reason.strip()}
        fact = Fact("paper.withdrawn", said, kept, case=paper.case)
        append(fact, body=paper.body_id, by=by, at=at)
        _tell_the_public(paper.body, at=at)


def withdrawing_obstacles(paper: OfficePaper, *, by: UUID, at: datetime) -> tuple[Finding, ...]:
    """Return why this person may not take the paper back."""
    if paper.withdrawn:
        return (Finding("paper_withdrawn", "Naskah ini sudah ditarik."),)
    if paper.completed_at is not None:
        text = "Naskah ini sudah ditandatangani semua orang; perbaikannya adalah naskah baru."
        return (Finding("paper_complete", text),)
    return _preparers(paper.body, by=by, at=at)
