"""Destroy archives by the procedure of PP 28/2012 ps. 66, and by no other way.

List by the archivist, panel, approval of the head, witnesses, minutes. Each stage asks anew whether
each archive may be destroyed: a dispute that came meanwhile stops the whole list.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from ppid.errors import BadInput, Finding, Refused
from ppid.law.destruction import (
    Consent,
    Element,
    approval_obstacles,
    panel_obstacles,
    witness_obstacles,
)
from ppid.law.retention import Retention, Schedule, destruction_obstacles, retention_ends_on
from ppid.office import vault
from ppid.office.actions.places import demand_keeper
from ppid.office.authority import Authority, authority_in, head_roles, not_authorised
from ppid.office.log import Fact, append, lock
from ppid.office.models import ArchiveEntry, Body, Destruction, Item, Loan, Objection, SoftCopy
from ppid.office.writing import writing

PROPOSED, APPROVED, WITHDRAWN = "diusulkan", "disetujui", "ditarik"
OPEN_STAGES = (PROPOSED, APPROVED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """What the head's decision rests on: numbers of the panel's opinion and of the consent."""

    opinion: str
    consent: Consent | None
    consent_number: str
    decision: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes:
    """The minutes of a destruction (berita acara). witnesses: names with their offices."""

    number: str
    witnesses: Sequence[str]


def archive_obstacles(item: Item, *, on: date, procedure_done: bool = False) -> tuple[Finding, ...]:
    """Return why the item's archive may not be destroyed on a day, each with its article.

    Source: UU 43/2009 ps. 51 (1) (reading: docs/decisions/0129)
    """
    entry = getattr(item, "archive", None)
    line = entry.schedule if entry else Schedule()
    known = Retention(
        fate=line.fate,
        ends_on=retention_ends_on(line),
        exempt=_is_exempt(item, on=on),
        pending=(item.case is not None and item.case.ended_at is None) or _disputed(item),
        owed=_owed(item),
        held=bool(entry and entry.hold),
        procedure_done=procedure_done,
    )
    out = Loan.objects.filter(item=item, returned_at__isnull=True).exists()
    text = "Hard copy-nya sedang dipinjam."
    return (
        *destruction_obstacles(known, on=on),
        *((Finding("already_lent", text, hint="Catat kembalinya lebih dahulu."),) if out else ()),
    )


def _is_exempt(item: Item, *, on: date) -> bool:
    """Return whether the item is closed on the day: its term runs, or is not decided yet."""
    if item.stage != "dikecualikan":
        return item.stage == "usulan"
    days = [day for day in (item.opens_on, item.declared_open_on) if day is not None]
    return not days or min(days) > on


def _disputed(item: Item) -> bool:
    rows = Objection.objects.filter(request__requested__item=item, disputed_on__isnull=False)
    return rows.filter(dispute_decided_on__isnull=True).exists()


def _owed(item: Item) -> bool:
    requests = item.requested.filter(request__answered_on__isnull=True)
    objections = Objection.objects.filter(request__requested__item=item, answered_on__isnull=True)
    return requests.exists() or objections.exists()


def propose(
    body: Body,
    *,
    items: Sequence[UUID],
    panel: Mapping[Element, str],
    panel_decree: str,
    by: UUID,
    at: datetime,
    act: UUID | None = None,
) -> Destruction:
    """Put archives on a list for destruction (usul musnah) and return it.

    Raises Refused with what each archive is kept by; BadInput: panel_incomplete, decree_missing,
    nothing_listed, listed_twice.
    Source: PP 28/2012 ps. 66 huruf c, ps. 67 (1)
    """
    made, named = uuid4(), {one.value: name.strip() for one, name in panel.items() if name.strip()}
    with writing(act=act, at=at):
        lock(body.pk)
        demand_keeper(body, by=by, at=at)
        findings = (
            *panel_obstacles([Element(one) for one in named]),
            *_list_findings(body, items, panel_decree),
        )
        if findings:
            raise BadInput(*findings)
        _demand_destroyable(body, items, at=at)
        said = {"id": str(made), "panel_decree": panel_decree.strip()}
        kept = {"items": [str(one) for one in items], "panel": named}
        append(Fact("destruction.proposed", said, kept), body=body.pk, by=by, at=at)
    return Destruction.objects.get(pk=made)


def _list_findings(body: Body, items: Sequence[UUID], decree: str) -> tuple[Finding, ...]:
    found = []
    if not decree.strip():
        text = "Isi nomor keputusan pembentukan panitia penilai."
        source = "PP 28/2012 ps. 67 (1)"
        found.append(Finding("decree_missing", text, "panel_decree", source=source))
    if not items:
        found.append(Finding("nothing_listed", "Pilih paling sedikit satu arsip.", "items"))
    running = Destruction.objects.filter(body=body, stage__in=OPEN_STAGES)
    listed = {one for destruction in running for one in destruction.items}
    if not listed.isdisjoint(map(str, items)):
        text = "Salah satu arsip sudah ada pada usul musnah yang lain."
        found.append(Finding("listed_twice", text, "items"))
    return tuple(found)


def listed_items(destruction: Destruction) -> list[Item]:
    """Return the items on the list, by their public number."""
    rows = Item.objects.filter(body=destruction.body_id, pk__in=destruction.items)
    return list(rows.select_related("agency", "body", "case", "archive").order_by("public_id"))


def list_obstacles(items: Sequence[Item], *, on: date) -> tuple[Finding, ...]:
    """Return what keeps the archives of a list, each with the public number it concerns."""
    return tuple(
        Finding(one.code, one.message, item.public_id, one.hint, one.source)
        for item in items
        for one in archive_obstacles(item, on=on, procedure_done=True)
    )


def _demand_destroyable(body: Body, items: Sequence[object], *, at: datetime) -> list[Item]:
    rows = Item.objects.filter(body=body, pk__in=items, archive__isnull=False)
    rows = rows.filter(archive__destroyed_at__isnull=True)
    found = list(rows.select_related("body", "case", "archive"))
    if len(found) != len(set(map(str, items))):
        text = "Salah satu arsip tidak ada, belum dicatat, atau sudah dimusnahkan."
        raise Refused(Finding("archive_unknown", text, "items"))
    if refused := list_obstacles(found, on=at.astimezone(body.zone).date()):
        raise Refused(*refused)
    return found


def approving_obstacles(destruction: Destruction, authority: Authority) -> tuple[Finding, ...]:
    """Return why this person does not decide over the destruction; empty for the head."""
    roles = head_roles(destruction.body)
    return () if authority.holds(roles) else (not_authorised(roles),)


def approve(
    destruction: Destruction, approval: Approval, *, by: UUID, at: datetime, act: UUID | None = None
) -> None:
    """Decide as the head that the list is destroyed. Raises Refused, BadInput.

    Source: PP 28/2012 ps. 66 huruf e, ps. 66 huruf f
    """
    body = destruction.body
    with writing(act=act, at=at):
        lock(body.pk)
        _demand_stage(destruction, PROPOSED)
        if refused := approving_obstacles(destruction, authority_in(body, by=by, at=at)):
            raise Refused(*refused)
        items = _demand_destroyable(body, destruction.items, at=at)
        findings = approval_obstacles(
            opinion=approval.opinion,
            consent=approval.consent,
            consent_number=approval.consent_number,
            retention_years=max(map(_years, items)),
        )
        if not approval.decision.strip():
            text = "Isi nomor keputusan penetapan pemusnahan."
            source = "PP 28/2012 ps. 66 huruf f"
            findings = (*findings, Finding("decision_missing", text, "decision", source=source))
        if findings or approval.consent is None:
            raise BadInput(*findings)
        said = {
            "id": str(destruction.pk),
            "opinion": approval.opinion.strip(),
            "consent": approval.consent.value,
            "consent_number": approval.consent_number.strip(),
            "decision": approval.decision.strip(),
        }
        append(Fact("destruction.approved", said), body=body.pk, by=by, at=at)


def _years(item: Item) -> int:
    entry: ArchiveEntry = item.archive
    return (entry.active_years or 0) + (entry.inactive_years or 0)


def withdraw(
    destruction: Destruction, *, reason: str, by: UUID, at: datetime, act: UUID | None = None
) -> None:
    """Take the list back: nothing on it is destroyed. Raises Refused, BadInput reason_missing."""
    body = destruction.body
    with writing(act=act, at=at):
        lock(body.pk)
        _demand_stage(destruction, *OPEN_STAGES)
        demand_keeper(body, by=by, at=at)
        if not reason.strip():
            raise BadInput(Finding("reason_missing", "Tulis alasannya.", "reason"))
        fact = Fact("destruction.withdrawn", {"id": str(destruction.pk)}, {"reason": reason})
        append(fact, body=body.pk, by=by, at=at)


def carry_out(
    destruction: Destruction, minutes: Minutes, *, by: UUID, at: datetime, act: UUID | None = None
) -> None:
    """Record that the list was destroyed, and remove its soft copies; the events stay.

    The sealed files go after the events are there; a file that stays behind, because the machine
    stopped in between, is nobody's, and `ppid vault sweep` removes it. Raises Refused, BadInput.
    Source: PP 28/2012 ps. 66 huruf g; UU 43/2009 ps. 51 (2)
    """
    body, seen = destruction.body, [one.strip() for one in minutes.witnesses if one.strip()]
    with writing(act=act, at=at):
        lock(body.pk)
        _demand_stage(destruction, APPROVED)
        demand_keeper(body, by=by, at=at)
        if findings := witness_obstacles(len(set(seen)), minutes=minutes.number):
            raise BadInput(*findings)
        items = _demand_destroyable(body, destruction.items, at=at)
        files = list(SoftCopy.objects.filter(item__in=items).values_list("name", flat=True))
        said = {"id": str(destruction.pk), "minutes": minutes.number.strip()}
        fact = Fact("destruction.carried_out", said, {"witnesses": seen})
        append(fact, body=body.pk, by=by, at=at)
        for item in items:
            fact = Fact("archive.destroyed", {"destruction": str(destruction.pk)}, item=item.pk)
            append(fact, body=body.pk, by=by, at=at)
    for name in files:
        vault.storage().remove(name)


def _demand_stage(destruction: Destruction, *stages: str) -> None:
    destruction.refresh_from_db()
    if destruction.stage not in stages:
        text = "Usul musnah ini sudah tidak pada tahap itu."
        raise Refused(Finding("destruction_moved_on", text, hint="Muat ulang halamannya."))


def hold(item: Item, *, reason: str, by: UUID, at: datetime, act: UUID | None = None) -> None:
    """Keep an archive from destruction for a reason; an empty one ends the hold. Raises Refused.

    Source: UU 43/2009 ps. 51 (1) huruf c
    """
    with writing(act=act, at=at):
        lock(item.body_id)
        demand_keeper(item.body, by=by, at=at)
        if not ArchiveEntry.objects.filter(item=item).exists():
            raise Refused(Finding("archive_unknown", "Arsip ini belum dicatat."))
        fact = Fact("archive.held", {}, {"reason": reason.strip()}, item=item.pk)
        append(fact, body=item.body_id, by=by, at=at)
