"""Make a public copy of a document that is exempt in part, and let a second person decide on it.

Nothing is stored of a copy that leaks: it is made, checked as a stranger would check it, and only
then sealed and recorded. It may be handed out when somebody else than its maker has approved it.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

from ppid.errors import BadInput, Conflict, Finding, PpidError, Refused
from ppid.law.grounds import grounds
from ppid.office import redaction, vault
from ppid.office.actions.copy_readings import reading_copy_obstacles, record_copy_reading
from ppid.office.actions.vault import keys_of
from ppid.office.authority import MAY, Authority, Right, authority_in, head_roles, not_authorised
from ppid.office.log import Fact, append, lock
from ppid.office.models import Body, Item, PublicCopy, SoftCopy
from ppid.office.queries.papers.letterheads import letterhead
from ppid.office.queries.papers.redactions import ground_on_box, redaction_list, words_of_list
from ppid.office.writing import writing
from ppid.papers.press import press
from ppid.vault.copies import SealedCopy, seal_copy
from ppid.vault.kinds import Kind
from ppid.vault.redaction.marks import SOURCE, Mark, mark_of

APPROVE, REFUSE = "setuju", "tolak"
REASON_TO_OPEN = "Penghitaman untuk salinan umum"


@dataclass(frozen=True, slots=True)
class _Made:
    """A copy that has passed its check."""

    data: bytes
    pages: int
    remarks: tuple[Finding, ...]


def redacting_obstacles(authority: Authority) -> tuple[Finding, ...]:
    """Return why this person may not blacken documents; empty when they may."""
    return () if authority.holds(MAY[Right.PREPARE]) else (not_authorised(MAY[Right.PREPARE]),)


def deciding_roles(body: Body) -> frozenset[str]:
    """Return who may approve a public copy: the PPID, its superior, the head."""
    return MAY[Right.DETERMINE] | MAY[Right.ANSWER_OBJECTION] | frozenset(head_roles(body))


def deciding_obstacles(copy: PublicCopy, authority: Authority) -> tuple[Finding, ...]:
    """Return why this person may not decide on the copy: made by themself, decided, no such role.

    Source: PP 61/2010 ps. 3 (2)
    """
    if copy.decision:
        return (Finding("copy_decided", "Salinan ini sudah diputus."),)
    roles = deciding_roles(copy.item.body)
    found = () if authority.holds(roles) else (not_authorised(roles),)
    if authority.person == copy.made_by:
        text = "Anda membuat salinan ini; orang lain yang memeriksa dan memutusnya."
        found += (Finding("copy_own", text, hint="Minta pejabat lain.", source=SOURCE),)
    return found


def copies_of(source: SoftCopy) -> list[PublicCopy]:
    """Return the public copies of a document, of whichever version, the newest last."""
    return list(PublicCopy.objects.filter(source=source.document).order_by("version"))


def marks_in(copy: PublicCopy) -> list[Mark]:
    """Return what is black in a public copy."""
    return [mark_of(one) for one in copy.marks]


def make_public_copy(
    source: SoftCopy,
    *,
    marks: Sequence[Mark],
    by: UUID,
    at: datetime,
    opened_reason: str = "",
    act: UUID | None = None,
) -> PublicCopy:
    """Make, check, seal and record a public copy of a soft copy; return its row.

    opened_reason: why something is open now that the last approved copy had closed.
    Raises BadInput for marks, documents that cannot be shown, and each leak; Refused:
    `not_authorised`, `opened_now`, `vault_without_keys`; Conflict: `version_taken`,
    `vault_keys_changed`.
    Source: UU 14/2008 ps. 22 (7) huruf e
    """
    item = source.item
    _demand(item, by=by, at=at)
    earlier = copies_of(source)
    before = next((one for one in reversed(earlier) if one.decision == APPROVE), None)
    made = _checked_copy(source, marks, before, on=at, reason=opened_reason.strip())
    keys = keys_of(item.body)
    sealed = seal_copy(
        BytesIO(made.data),
        document=earlier[-1].document if earlier else uuid4(),
        version=len(earlier) + 1,
        storage=vault.storage(),
        recipients=keys.recipients,
    )
    try:
        with writing(act=act, at=at):
            lock(item.body_id)
            _demand(item, by=by, at=at)
            _demand_still(source, earlier=len(earlier), keys_version=keys.version)
            said = _said(source, made, marks, reason=opened_reason.strip())
            append(_fact(source, sealed, keys.version, said), body=item.body_id, by=by, at=at)
    except PpidError:
        # Raised by us before the commit: no row names the file. See actions.documents.
        with suppress(BadInput):
            vault.storage().remove(sealed.name)
        raise
    return PublicCopy.objects.select_related("item").get(
        document=sealed.document, version=sealed.version
    )


def open_for_redaction(source: SoftCopy, *, by: UUID, at: datetime) -> None:
    """Record that the person opens the document to blacken it. Raises Refused.

    Source: UU 14/2008 ps. 54; UU 43/2009 ps. 85
    """
    item = source.item
    with writing():
        lock(item.body_id)
        _demand(item, by=by, at=at)
        refused = reading_copy_obstacles(item, authority_in(item.body, by=by, at=at))
        if refused:
            raise Refused(*refused)
        record_copy_reading(source, reason=REASON_TO_OPEN, by=by, at=at, marked=False)


def _demand(item: Item, *, by: UUID, at: datetime) -> None:
    refused = redacting_obstacles(authority_in(item.body, by=by, at=at))
    if refused:
        raise Refused(*refused)


def _checked_copy(
    source: SoftCopy, marks: Sequence[Mark], before: PublicCopy | None, *, on: datetime, reason: str
) -> _Made:
    """Return the copy. Raises BadInput: each leak; Refused: `opened_now` without a reason."""
    document = redaction.bytes_of(source)
    day = on.astimezone(source.item.body.zone).date()
    _demand_known_grounds(marks, {ground_on_box(one) for one in grounds(on=day)})
    paper = redaction_list(source.item, marks, on=day)
    pressed = press(paper, letterhead(source.item.body), on=day)
    data, pages = redaction.covered(document, marks, pressed)
    found = redaction.leaks_and_remarks(
        document,
        data,
        marks,
        allowed=words_of_list(source.item, marks, on=day),
        older=_as_handed_out(before) if before else None,
    )
    if found["leaks"]:
        raise BadInput(*found["leaks"])
    if found["opened"] and not reason:
        raise Refused(*(_needs_reason(one) for one in found["opened"]))
    remarks = (*found["remarks"], *found["closed"], *found["opened"])
    return _Made(data, pages, remarks)


def _demand_known_grounds(marks: Sequence[Mark], known: set[str]) -> None:
    for number, mark in enumerate(marks, start=1):
        if mark.ground not in known:
            text = f"Dasar “{mark.ground}” tidak dikenal Pasal 17."
            raise BadInput(Finding("ground_unknown", text, f"tanda {number}", source=SOURCE))


def _as_handed_out(copy: PublicCopy) -> tuple[bytes, list[Mark]]:
    row = SoftCopy.objects.select_related("item").get(document=copy.document, version=copy.version)
    return redaction.bytes_of(row), marks_in(copy)


def _needs_reason(opened: Finding) -> Finding:
    hint = "Tulis alasan membukanya, atau tandai kembali."
    return Finding(opened.code, opened.message, opened.place, hint, SOURCE)


def _demand_still(source: SoftCopy, *, earlier: int, keys_version: int) -> None:
    """Raise Conflict for what has changed while the copy was being made."""
    again = "Muat ulang halaman, lalu ulangi."
    if keys_of(source.item.body).version != keys_version:
        text = "Kunci brankas diganti selagi salinan disegel."
        raise Conflict(Finding("vault_keys_changed", text, hint=again))
    if len(copies_of(source)) != earlier:
        text = "Salinan yang lebih baru sudah dibuat orang lain."
        raise Conflict(Finding("version_taken", text, hint=again))


def _said(
    source: SoftCopy, made: _Made, marks: Sequence[Mark], *, reason: str
) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """Return what the event says openly and what sealed; places and reasons would tell."""
    said = {
        "copy": str(uuid4()),
        "source": str(source.document),
        "source_version": source.version,
        "pages": made.pages,
        "count": len(marks),
        "grounds": sorted({one.ground for one in marks}),
    }
    kept = {
        "marks": [one.as_dict() for one in marks],
        "remarks": [one.as_dict() for one in made.remarks],
        "opened_reason": reason,
    }
    return said, kept


def _fact(
    source: SoftCopy,
    sealed: SealedCopy,
    keys_version: int,
    said: tuple[Mapping[str, Any], Mapping[str, Any]],
) -> Fact:
    openly, kept = said
    stored = {
        "document": str(sealed.document),
        "version": sealed.version,
        "name": sealed.name,
        "sealed": {"size": sealed.sealed.size, "sha256": sealed.sealed.sha256},
        "keys_version": keys_version,
    }
    # What is handed out is no secret, but its hash would tell which request had which answer.
    file = {
        "file_name": f"salinan-{source.item.public_id}-{sealed.version}.pdf",
        "plain": {"size": sealed.plain.size, "sha256": sealed.plain.sha256},
        "kind": Kind.PDF.value,
    }
    item = source.item
    everything = (dict(openly) | stored, dict(kept) | file)
    return Fact("document.redacted", *everything, case=item.case_id, item=item.pk)


def decide_public_copy(
    copy: PublicCopy,
    *,
    decision: str,
    by: UUID,
    at: datetime,
    reason: str = "",
    act: UUID | None = None,
) -> None:
    """Approve a public copy, or refuse it with a reason; the maker may not.

    Raises BadInput: `decision_unknown`, `reason_missing`; Refused: `copy_own`, `copy_decided`,
    `not_authorised`.
    Source: UU 14/2008 ps. 22 (7) huruf e
    """
    if decision not in (APPROVE, REFUSE):
        raise BadInput(Finding("decision_unknown", "Pilih setuju atau tolak.", "decision"))
    if decision == REFUSE and not reason.strip():
        text = "Tulis apa yang perlu diperbaiki."
        raise BadInput(Finding("reason_missing", text, "reason"))
    with writing(act=act, at=at):
        lock(copy.item.body_id)
        copy = PublicCopy.objects.select_related("item__body").get(pk=copy.pk)
        refused = deciding_obstacles(copy, authority_in(copy.item.body, by=by, at=at))
        if refused:
            raise Refused(*refused)
        said = {"copy": str(copy.pk), "decision": decision}
        fact = Fact("redaction.decided", said, {"reason": reason.strip()}, item=copy.item_id)
        append(fact, body=copy.item.body_id, by=by, at=at)
