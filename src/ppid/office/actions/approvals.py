"""Say yes or no to items: in the SOP's own step, or as the head, whom the law asks for."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid4

from ppid.errors import BadInput, Finding, Refused
from ppid.office.actions.consequence_tests import newest_test
from ppid.office.actions.items import determined_already
from ppid.office.actions.lines import LineResult
from ppid.office.actions.step_work import items_in_work
from ppid.office.actions.tasks import demand_task
from ppid.office.authority import Authority, authority_in, head_roles, not_authorised
from ppid.office.log import Fact, append, lock
from ppid.office.mandate import MandatedAct
from ppid.office.models import Case, Item
from ppid.office.writing import writing
from ppid.sop.definition import Action

APPROVE, REFUSE, RETURN = "setuju", "tolak", "kembali"
DECISIONS = (APPROVE, REFUSE, RETURN)


@dataclass(frozen=True, slots=True)
class Decision:
    """One item's decision. A refusal and a return need a reason."""

    item: UUID
    decision: str
    reason: str = ""


def decision_findings(decisions: tuple[Decision, ...]) -> tuple[Finding, ...]:
    """Return what is wrong with the decisions as they were filled in."""
    findings = []
    for one in decisions:
        if one.decision not in DECISIONS:
            findings.append(
                Finding("decision_unknown", "Pilih setuju, tolak, atau kembali.", str(one.item))
            )
        elif one.decision != APPROVE and not one.reason.strip():
            findings.append(
                Finding(
                    "reason_missing",
                    "Penolakan dan pengembalian memerlukan alasan tertulis.",
                    place=str(one.item),
                    source="UU 14/2008 ps. 7 (4)",
                )
            )
    return tuple(findings)


def head_obstacles(case: Case, *, authority: Authority) -> tuple[Finding, ...]:
    """Return why this person may not approve as the head of the body."""
    if case.ended_at is not None:
        return (Finding("case_ended", "Berkas ini sudah selesai."),)
    roles = head_roles(case.body)
    authority = authority.acting(MandatedAct.HEAD_APPROVAL)
    return () if authority.holds(roles) else (not_authorised(roles),)


def approve_as_head(
    case: Case,
    *,
    decisions: tuple[Decision, ...],
    by: UUID,
    at: datetime,
    act: UUID | None = None,
) -> tuple[LineResult, ...]:
    """Give the approval of the pimpinan that every determination needs, item by item.

    Returns what became of each decision, in order; see `record_decisions`.
    Source: PP 61/2010 ps. 3 (2)
    """
    with writing(act=act, at=at):
        lock(case.body_id)
        case.refresh_from_db()
        authority = authority_in(case.body, by=by, at=at)
        findings = head_obstacles(case, authority=authority)
        if findings:
            raise Refused(*findings)
        roles = head_roles(case.body)
        authority = authority.acting(MandatedAct.HEAD_APPROVAL)
        return record_decisions(case, decisions=decisions, authority=authority, roles=roles, at=at)


def record_decisions(
    case: Case,
    *,
    decisions: tuple[Decision, ...],
    authority: Authority,
    roles: Collection[str],
    at: datetime,
) -> tuple[LineResult, ...]:
    """Append one event per item; whose role is the head's approves as the head.

    Inside `writing()`. roles: those in which the person may decide here. What one line may not, the
    others still may: the result says which line and why. Raises BadInput for a missing reason or an
    item that is not in the case; Refused when no line at all could be decided.
    """
    findings = decision_findings(decisions)
    if findings:
        raise BadInput(*findings)
    items = {item.pk: item for item in items_in_work(case).select_related("determination")}
    if any(one.item not in items for one in decisions):
        raise BadInput(Finding("item_unknown", "Informasi ini bukan bagian berkas.", "items"))
    results = tuple(
        LineResult(items[one.item], one.decision, _settled(one, items[one.item], case))
        for one in decisions
    )
    if results and all(one.findings for one in results):
        raise Refused(*(finding for one in results for finding in one.findings))
    heads = [role for role in head_roles(case.body) if role in authority.roles]
    role = heads[0] if heads else min(authority.roles.intersection(roles))
    for one, result in zip(decisions, results, strict=True):
        if result.findings:
            continue
        test = newest_test(items[one.item])
        said = {
            "id": str(uuid4()),
            "decision": one.decision,
            "role": role,
            "by_head": bool(heads),
            "test": str(test.pk) if test else None,
            "test_version": test.version if test else 0,
            **authority.said_of([role]),
        }
        kept = {"reason": one.reason.strip()}
        fact = Fact("approval.given", said, kept, case=case.pk, item=one.item)
        append(fact, body=case.body_id, by=authority.person, at=at)
    return results


def _settled(decision: Decision, item: Item, case: Case) -> tuple[Finding, ...]:
    """Return why the item cannot be refused or sent back: a letter of this case determined it."""
    if decision.decision == APPROVE or not determined_in(item, case):
        return ()
    return tuple(replace(one, place=item.title) for one in determined_already(item))


def determined_in(item: Item, case: Case) -> bool:
    """Return whether a letter of this very case has determined the item."""
    return item.determination is not None and item.determination.case_id == case.pk


def decide(
    case: Case,
    *,
    decisions: tuple[Decision, ...],
    by: UUID,
    at: datetime,
    act: UUID | None = None,
) -> tuple[LineResult, ...]:
    """Decide items in the SOP's own step `setujui`, by whoever may act on it now.

    Raises Refused `not_authorised`, BadInput.
    """
    with writing(act=act, at=at):
        lock(case.body_id)
        case = Case.objects.select_related("body", "sop").get(pk=case.pk)
        authority = authority_in(case.body, by=by, at=at).acting(MandatedAct.STEP)
        roles = demand_task(case, Action.APPROVE, authority=authority)
        return record_decisions(case, decisions=decisions, authority=authority, roles=roles, at=at)
