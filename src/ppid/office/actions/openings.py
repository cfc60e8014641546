"""Declare information open (PP 61/2010 ps. 11 (1)): an act, though the law needs none."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from ppid.errors import BadInput, Finding, Refused
from ppid.law import opening as law
from ppid.law.consequence_test import from_dict
from ppid.law.grounds import ground
from ppid.law.opening import Opening, OpeningReason
from ppid.law.term import ExpiryRule, in_words
from ppid.office.authority import MAY, Right, authority_in, not_authorised
from ppid.office.calendar import body_calendar
from ppid.office.log import Fact, append, lock
from ppid.office.mandate import MandatedAct
from ppid.office.models import Body, Case, Item
from ppid.office.projections.cases import definition_of
from ppid.office.writing import writing
from ppid.sop.definition import Action

PLACES = {"opens_on": "opened_on", "declared_on": "opened_on"}
"""What the law calls a place -> the field of the form that holds it."""


def opening_obstacles(
    item: Item, *, opening: Opening | None = None, on: date | None = None
) -> tuple[Finding, ...]:
    """Return why the item cannot be declared open; without an opening, whatever the reason.

    on: today, without an opening. What was declared for a later day can still be opened sooner: a
    consent or a decision does not wait for it. What a dispute opened keeps that as its reason.
    Source: PP 61/2010 ps. 11 (1)
    """
    if item.determined_test is None or item.determination is None:
        return (_not_determined(),)
    sooner = opening.opens_on if opening else on
    declared, disputed = item.declared_open_on, item.opening_reason in law.DISPUTE_REASONS
    if declared is not None and (disputed or sooner is None or sooner >= declared):
        return (_declared_already(declared),)
    if opening is None:
        return ()
    sheet, settings = from_dict(item.determined_test.sheet), item.body.settings
    found = law.opening_obstacles(
        opening,
        ground=ground(sheet.ground, on=item.determination.determined_on),
        term=sheet.term,
        calendar=body_calendar(item.body),
        rule=ExpiryRule(settings.get("expiry_rule", ExpiryRule.WINDOW)),
    )
    return tuple(replace(one, place=PLACES.get(one.place, one.place)) for one in found)


def opening_reasons(item: Item) -> tuple[OpeningReason, ...]:
    """Return the reasons that may open the item, by its ground; all before it is determined."""
    if item.determined_test is None or item.determination is None:
        return tuple(OpeningReason)
    code = from_dict(item.determined_test.sheet).ground
    return law.reasons_for(ground(code, on=item.determination.determined_on))


def _not_determined() -> Finding:
    text = "Informasi ini belum pernah ditetapkan dikecualikan."
    return Finding("item_not_determined", text, hint="Keluarkan usulannya dari berkas.")


def _declared_already(day: date) -> Finding:
    text = f"Informasi ini sudah dinyatakan terbuka per {in_words(day)}."
    return Finding("already_declared_open", text)


def declare_open(
    item: Item,
    *,
    opened_on: date,
    reason: OpeningReason,
    by: UUID,
    at: datetime,
    document: str = "",
    case: Case | None = None,
    act: UUID | None = None,
) -> None:
    """Declare the item open from a day on. Raises BadInput (no such reason) or Refused.

    by: a PPID, or in a case whoever the SOP lets do its step `buka`, or on an objection the PPID's
    superior. document: number of the consent, decision or minutes behind it.
    Source: PP 61/2010 ps. 11 (1)
    """
    if reason not in [*OpeningReason]:
        text = "Alasan pembukaan ini tidak dikenal undang-undang."
        raise BadInput(Finding("opening_reason_unknown", text, place="reason"))
    with writing(act=act, at=at):
        lock(item.body_id)
        fresh = Item.objects.select_related("body", "determination", "determined_test")
        item = fresh.get(pk=item.pk)
        opening = Opening(
            reason=OpeningReason(reason),
            declared_on=at.astimezone(item.body.zone).date(),
            opens_on=opened_on,
            document=document.strip(),
        )
        findings = opening_obstacles(item, opening=opening)
        authority = authority_in(item.body, by=by, at=at).acting(MandatedAct.OPEN)
        if not may_open(authority.roles, case, reason=reason):
            findings += (not_authorised(MAY[Right.OPEN_ITEM]),)
        if findings:
            raise Refused(*findings)
        acting = authority.said_of(opening_roles(case, reason=reason))
        append(_fact(item, opening, case=case, acting=acting), body=item.body_id, by=by, at=at)


def declare_end(item: Item, *, by: UUID, at: datetime, case: Case | None = None) -> None:
    """Declare the end of the item's term. Raises Refused, also for a term without a known end.

    Source: PP 61/2010 ps. 11 (1)
    """
    if item.opens_on is None:
        text = "Jangka waktu ini berakhir dengan suatu peristiwa; sebutkan dokumennya."
        hint = "Buka halaman informasinya, lalu nyatakan terbuka di sana."
        raise Refused(Finding("end_not_fixed", text, hint=hint, source="PP 61/2010 ps. 11 (1)"))
    reason = OpeningReason.TERM_ENDS
    declare_open(item, opened_on=item.opens_on, reason=reason, by=by, at=at, case=case)


def _fact(item: Item, opening: Opening, *, case: Case | None, acting: Mapping[str, object]) -> Fact:
    said = {"opened_on": opening.opens_on.isoformat(), "reason": opening.reason.value, **acting}
    kept = {"document": opening.document} if opening.document else {}
    return Fact("item.opened", said, kept, case=case.pk if case else None, item=item.pk)


def first_open_day(item: Item) -> date | None:
    """Return the first open day as far as it is known: of the term's end and what was declared.

    Source: PP 61/2010 ps. 11 (3)
    """
    days = (item.declared_open_on, item.opens_on)
    return min((day for day in days if day is not None), default=None)


def opened_by_law(item: Item) -> bool:
    """Return whether the end of the term opened the item, not an act.

    Source: PP 61/2010 ps. 11 (3)
    """
    return item.lapsed_on is not None and first_open_day(item) != item.declared_open_on


def words_of_opening(item: Item) -> str:
    """Return why the item was declared open, in words, with its document; empty if it was not."""
    return reason_in_words(item.opening_reason, item.opening_document)


def reason_in_words(reason: str, document: str) -> str:
    """Return the reason of an opening in words, with its document."""
    if reason not in [*OpeningReason]:
        return reason  # said in words by earlier versions
    text = OpeningReason(reason).label
    return f"{text} ({document})" if document else text


def may_open(
    roles: frozenset[str], case: Case | None, *, reason: OpeningReason | None = None
) -> bool:
    """Return whether the roles may open items for the reason, or for any that needs no other."""
    return not roles.isdisjoint(opening_roles(case, reason=reason))


def opening_roles(case: Case | None, *, reason: OpeningReason | None = None) -> frozenset[str]:
    """Return who may open items: a PPID, and for whom the case's step `buka` waits.

    Who answers objections may open for that reason (UU 14/2008 ps. 11 (2)).
    """
    objections = MAY[Right.ANSWER_OBJECTION] if reason is OpeningReason.OBJECTION else frozenset()
    return MAY[Right.OPEN_ITEM] | objections | (_waiting_to_open(case) if case else frozenset())


def opening_case(body: Body, roles: frozenset[str]) -> Case | None:
    """Return the running case whose step `buka` waits for one of the roles, if there is one."""
    rows = Case.objects.filter(body=body, ended_at__isnull=True).select_related("sop")
    waiting = rows.prefetch_related("tasks")
    return next((one for one in waiting if not roles.isdisjoint(_waiting_to_open(one))), None)


def _waiting_to_open(case: Case) -> frozenset[str]:
    sop = definition_of(case.sop.text)
    return frozenset(
        role
        for task in case.tasks.all()
        if sop.step(task.step).action is Action.OPEN
        for role in task.roles
    )
