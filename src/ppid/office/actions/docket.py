"""Decide over the docket: each line by its own decision, and nothing for a line without one.

A batch is a convenience of the sheet and no decision of its own: what one line may not, it does not
because of the others, and what one line may, the others do not keep from it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from ppid.errors import BadInput, Finding, PpidError, Refused
from ppid.office.actions.cases import open_case
from ppid.office.actions.items import taking_up_obstacles
from ppid.office.actions.lines import LineResult
from ppid.office.actions.openings import declare_end, opening_obstacles
from ppid.office.actions.reclassifications import begin_change
from ppid.office.log import Fact, append, lock
from ppid.office.models import Body, Case, Item, SopVersion
from ppid.office.projections.cases import definition_of
from ppid.office.writing import writing
from ppid.sop.definition import Trigger

NEW_TESTS = "Uji ulang informasi yang jatuh tempo"
ENDING = "Jangka waktunya akan berakhir, atau harus ditinjau ulang."


class Choice(StrEnum):
    """What a line of the docket may be decided to be; there is no "prolong" (0022)."""

    OPEN = "buka"
    TEST = "uji"


@dataclass(frozen=True, slots=True)
class LineDecision:
    """The decision over one line."""

    item: UUID
    choice: Choice


def decide_lines(
    body: Body,
    *,
    lines: Sequence[LineDecision],
    by: UUID,
    at: datetime,
    into: Case | SopVersion | None = None,
    opening: Case | None = None,
    act: UUID | None = None,
) -> tuple[LineResult, ...]:
    """Carry out exactly each line's own decision and return what became of each, in order.

    into: the case for new tests, or the SOP by which one is opened. opening: the case whose step
    `buka` lets this person declare open. Raises Conflict for a form that was sent before.
    Source: PP 61/2010 ps. 11 (1), ps. 10 (1)
    """
    with writing(act=act, at=at):
        lock(body.pk)
        rows = Item.objects.filter(body=body, pk__in=[line.item for line in lines])
        items = {item.pk: item for item in rows.select_related("agency", "case")}
        results = []
        for line in lines:
            item = items.get(line.item)
            if item is None:
                continue
            if line.choice is Choice.OPEN:
                found = _open(item, by=by, at=at, case=opening)
            else:
                into, found = _test(item, into, by=by, at=at)
            results.append(LineResult(item, line.choice, found))
    return tuple(results)


def _open(item: Item, *, by: UUID, at: datetime, case: Case | None) -> tuple[Finding, ...]:
    """Declare one item open; return why it was refused, with nothing of it written."""
    try:
        declare_end(item, by=by, at=at, case=case)
    except PpidError as error:
        return error.findings
    return ()


def _test(
    item: Item, into: Case | SopVersion | None, *, by: UUID, at: datetime
) -> tuple[Case | SopVersion | None, tuple[Finding, ...]]:
    """Bring one item under a case, opened with the first that comes; return it, or why not."""
    try:
        case = begin_change(item, into=into, reason=ENDING, title=NEW_TESTS, by=by, at=at)
    except PpidError as error:
        return into, error.findings
    return case, ()


def trigger_step(version: SopVersion) -> int:
    """Return the step of an SOP that the end of a term may open a case on, 0 for none."""
    steps = definition_of(version.text).steps
    return next((one.number for one in steps if one.trigger is Trigger.TERM_ENDS), 0)


def open_ending_case(
    version: SopVersion,
    *,
    items: Sequence[Item],
    by: UUID,
    at: datetime,
    act: UUID | None = None,
) -> Case:
    """Open a case on the SOP's own step for what ends, with those items, and return it.

    by: whoever may do that step; the SOP itself puts the items before them, so they need no right
    to prepare. Items that are open already by an act, or busy in another case, stay out. Raises
    Refused (nothing is due, not this person's step) or BadInput (no such step).
    Source: PP 61/2010 ps. 11 (2) (reading: docs/decisions/0025)
    """
    step = trigger_step(version)
    if not step:
        raise BadInput(Finding("no_such_step", "SOP ini tidak punya langkah itu.", place="sop"))
    with writing(act=act, at=at):
        lock(version.body_id)
        rows = Item.objects.filter(body=version.body, pk__in=[item.pk for item in items])
        rows = rows.select_related("case", "body", "determination", "determined_test")
        free = [one for one in rows if not opening_obstacles(one) and not taking_up_obstacles(one)]
        if not free:
            text = "Tidak ada informasi jatuh tempo yang dapat dibawa ke berkas baru."
            raise Refused(Finding("nothing_due", text))
        title = "Pembukaan informasi yang berakhir jangka waktunya"
        case = open_case(version, title=title, by=by, at=at, step=step)
        for item in free:
            fact = Fact("item.taken_up", case=case.pk, item=item.pk)
            append(fact, body=version.body_id, by=by, at=at)
    return case
