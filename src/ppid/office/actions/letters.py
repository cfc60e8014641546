"""Decide the lines of a letter of determination: each by its own decision, and only those.

The letter carries exactly the items that were decided so and may be. What stands in the way of one
line neither keeps the others back nor is carried by them: the result says which line and why.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from ppid.errors import BadInput, Finding, PpidError, Refused
from ppid.office.actions.approvals import determined_in
from ppid.office.actions.determinations import (
    Letter,
    deciding_obstacles,
    issue,
    letter_obstacles,
    line_obstacles,
)
from ppid.office.actions.items import determined_already
from ppid.office.actions.lines import LineResult
from ppid.office.actions.openings import declare_end
from ppid.office.actions.step_work import items_in_work
from ppid.office.authority import Authority, authority_in
from ppid.office.log import Fact, append, lock
from ppid.office.models import Case, Item
from ppid.office.writing import writing


class LetterChoice(StrEnum):
    """What a line of a letter may be decided to be."""

    DETERMINE = "tetapkan"
    RETURN = "kembali"
    OPEN = "buka"


@dataclass(frozen=True, slots=True)
class LetterLine:
    """The decision over one item. What is not determined needs a reason."""

    item: UUID
    choice: LetterChoice
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Desk:
    """The case, the letter and who decides, as they are now."""

    case: Case
    letter: Letter
    authority: Authority
    at: datetime


def decide_letter(
    case: Case,
    *,
    lines: Sequence[LetterLine],
    letter: Letter,
    by: UUID,
    at: datetime,
    act: UUID | None = None,
) -> tuple[LineResult, ...]:
    """Carry out each line's own decision and return what became of each, in order.

    Raises BadInput (an item that is not in the case, a reason that is missing), and Refused where
    the letter itself may not be issued or no line at all could be carried out: then nothing is.
    Source: PP 61/2010 ps. 3 (1), ps. 4 (2)
    """
    with writing(act=act, at=at):
        lock(case.body_id)
        case = Case.objects.select_related("body", "sop").get(pk=case.pk)
        items = {item.pk: item for item in items_in_work(case)}
        if wrong := _unreadable(lines, items):
            raise BadInput(*wrong)
        authority = authority_in(case.body, by=by, at=at)
        if barred := deciding_obstacles(case, authority=authority):
            raise Refused(*barred)
        desk = _Desk(case, letter, authority, at)
        wanted = [items[one.item] for one in lines if one.choice is LetterChoice.DETERMINE]
        kept_out = _determine(wanted, desk)
        results = tuple(
            LineResult(
                items[one.item],
                one.choice,
                kept_out[one.item]
                if one.choice is LetterChoice.DETERMINE
                else _set_aside(one, items[one.item], desk),
            )
            for one in lines
        )
        if all(one.findings for one in results):
            raise Refused(*(finding for one in results for finding in one.findings))
    return results


def _unreadable(lines: Sequence[LetterLine], items: Mapping[UUID, Item]) -> list[Finding]:
    found = []
    for one in lines:
        if one.item not in items:
            found.append(Finding("item_unknown", "Informasi ini bukan bagian berkas.", "items"))
        elif one.choice is not LetterChoice.DETERMINE and not one.reason.strip():
            found.append(
                Finding(
                    "reason_missing",
                    "Pengembalian dan pembukaan memerlukan alasan tertulis.",
                    place=items[one.item].title,
                    source="UU 14/2008 ps. 7 (4)",
                )
            )
    return found


def _determine(wanted: Sequence[Item], desk: _Desk) -> Mapping[UUID, tuple[Finding, ...]]:
    """Issue the letter with those that may be determined; return what keeps each other one out.

    Raises Refused for a letter that may not be issued at all.
    """
    on = desk.at.astimezone(desk.case.body.zone).date()
    of = {"letter": desk.letter, "authority": desk.authority}
    found = {item.pk: line_obstacles(desk.case, item=item, on=on, **of) for item in wanted}
    clear = [item for item in wanted if not found[item.pk]]
    if clear:
        barred = letter_obstacles(desk.case, items=clear, on=on, **of)
        if barred:
            raise Refused(*barred, *(one for each in found.values() for one in each))
        issue(desk.case, items=clear, at=desk.at, **of)
    return found


def _set_aside(line: LetterLine, item: Item, desk: _Desk) -> tuple[Finding, ...]:
    """Send the item back or leave it open; return why that was not done."""
    if determined_in(item, desk.case):
        return tuple(replace(one, place=item.title) for one in determined_already(item))
    by, at = desk.authority.person, desk.at
    if line.choice is LetterChoice.OPEN and item.determination is not None:
        try:
            declare_end(item, by=by, at=at, case=desk.case)
        except PpidError as error:
            return tuple(replace(one, place=item.title) for one in error.findings)
    said, kept = {"decision": line.choice.value}, {"reason": line.reason.strip()}
    fact = Fact("line.decided", said, kept, case=desk.case.pk, item=item.pk)
    append(fact, body=desk.case.body_id, by=by, at=at)
    return ()
