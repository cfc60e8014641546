"""Declare information open (PP 61/2010 ps. 11 (1)): an act, though the law needs none."""

from datetime import date, datetime
from uuid import UUID

from ppid.errors import BadInput, Finding, Refused
from ppid.office.authority import MAY, Right, authority_in, not_authorised
from ppid.office.log import Fact, append, lock
from ppid.office.models import Body, Case, Item
from ppid.office.projections.cases import definition_of
from ppid.office.writing import writing
from ppid.sop.definition import Action


def opening_obstacles(item: Item, *, opened_on: date) -> tuple[Finding, ...]:
    """Return why the item cannot be declared open from that day."""
    findings = []
    if item.stage != "dikecualikan":
        findings.append(
            Finding("item_not_determined", "Informasi ini belum pernah ditetapkan dikecualikan.")
        )
    if item.declared_open_on is not None:
        findings.append(
            Finding(
                "already_declared_open",
                f"Informasi ini sudah dinyatakan terbuka per {item.declared_open_on:%d-%m-%Y}.",
            )
        )
    if item.opens_on is not None and opened_on > item.opens_on:
        findings.append(
            Finding(
                "opening_after_term",
                f"Informasi ini terbuka demi hukum pada {item.opens_on:%d-%m-%Y}; "
                "tanggal terbuka tidak boleh sesudahnya.",
                place="opened_on",
                source="PP 61/2010 ps. 11 (3)",
            )
        )
    return tuple(findings)


def declare_open(
    item: Item,
    *,
    opened_on: date,
    reason: str,
    by: UUID,
    at: datetime,
    case: Case | None = None,
    act: UUID | None = None,
) -> None:
    """Declare the item open from a day on, with its reason. Raises BadInput or Refused.

    by: a PPID, or in a case whoever the SOP lets do its step `buka`.
    Source: PP 61/2010 ps. 11 (1)
    """
    if not reason.strip():
        raise BadInput(Finding("reason_missing", "Alasan pembukaan wajib diisi.", place="reason"))
    with writing(act=act, at=at):
        lock(item.body_id)
        item.refresh_from_db()
        authority = authority_in(item.body, by=by, at=at)
        findings = opening_obstacles(item, opened_on=opened_on)
        if not may_open(authority.roles, case):
            findings += (not_authorised(MAY[Right.OPEN_ITEM]),)
        if findings:
            raise Refused(*findings)
        said = {"opened_on": opened_on.isoformat(), "reason": reason.strip()}
        fact = Fact("item.opened", said, case=case.pk if case else None, item=item.pk)
        append(fact, body=item.body_id, by=by, at=at)


def may_open(roles: frozenset[str], case: Case | None) -> bool:
    """Return whether the roles may open items: a PPID's, or those of the case's waiting `buka`."""
    if not roles.isdisjoint(MAY[Right.OPEN_ITEM]):
        return True
    return case is not None and _waits_to_open(case, roles)


def opening_case(body: Body, roles: frozenset[str]) -> Case | None:
    """Return the running case whose step `buka` waits for one of the roles, if there is one."""
    rows = Case.objects.filter(body=body, ended_at__isnull=True).select_related("sop")
    return next((one for one in rows.prefetch_related("tasks") if _waits_to_open(one, roles)), None)


def _waits_to_open(case: Case, roles: frozenset[str]) -> bool:
    sop = definition_of(case.sop.text)
    return any(
        sop.step(task.step).action is Action.OPEN and not roles.isdisjoint(task.roles)
        for task in case.tasks.all()
    )
