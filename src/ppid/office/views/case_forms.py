"""The forms of the case page: of the steps that wait for this person, and of what the law asks."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import QueryDict

from ppid.errors import Finding
from ppid.office.forms.decisions import DecisionsForm, LetterForm
from ppid.office.forms.steps import ReasonForm, StepForm
from ppid.office.models import Item
from ppid.office.queries.cases import CasePage, Waiting
from ppid.sop.definition import Action

WorkForm = DecisionsForm | LetterForm
Sent = Mapping[str, Any]
"""Forms that were sent and are shown again with their mistakes, by prefix."""

MADE_WITH_THE_STEP = frozenset({Action.APPROVE, Action.PUBLISH})


def key_of(waiting: Waiting) -> str:
    """Return the prefix of a task's forms, which is its anchor on the page too."""
    agency = f"-{waiting.task.agency}" if waiting.task.agency else ""
    return f"langkah-{waiting.task.step}{agency}"


def own_task(waiting: Waiting, page: CasePage, sent: Sent) -> dict[str, Any]:
    """Return a task of this person with its forms.

    held: what the step must still produce before its button can be used.
    """
    key, action = key_of(waiting), waiting.step.action
    found: dict[str, Any] = {
        "waiting": waiting,
        "key": key,
        "action": action.value,
        "held": _held(waiting, page),
        "form": sent.get(key) or StepForm(step=waiting.step, prefix=key),
        "decline": sent.get(f"{key}-tolak") or ReasonForm(prefix=f"{key}-tolak"),
        "extend": sent.get(f"{key}-waktu") or ReasonForm(prefix=f"{key}-waktu"),
    }
    if not waiting.task.confirm:
        found["work"] = sent.get(f"{key}-isi") or work_form(action, page, key=f"{key}-isi")
    return found


def _held(waiting: Waiting, page: CasePage) -> tuple[Finding, ...]:
    action = waiting.step.action
    if waiting.step.outcomes or action in MADE_WITH_THE_STEP:
        return ()
    return () if action is Action.DETERMINE and page.candidates else waiting.work


def tasks_elsewhere(page: CasePage) -> list[dict[str, Any]]:
    """Return what waits for others, one group for each step, with why this person may not act."""
    groups: dict[tuple[int, bool], list[Waiting]] = {}
    for waiting in page.waiting:
        if not waiting.mine:
            groups.setdefault((waiting.task.step, waiting.task.confirm), []).append(waiting)
    return [
        {
            "step": lines[0].step,
            "blocked": lines[0].task.blocked,
            "lines": [{"waiting": one, "key": key_of(one)} for one in lines],
            "obstacles": tuple({f.code: f for one in lines for f in one.obstacles}.values()),
        }
        for lines in groups.values()
    ]


def candidates(page: CasePage) -> list[Item]:
    """Return the items that are decided on."""
    return [line.item for line in page.candidates]


def work_form(
    action: Action, page: CasePage, *, key: str, data: QueryDict | None = None
) -> WorkForm | None:
    """Return the form of what the action produces beside completing the step, if it has one."""
    if action is Action.APPROVE:
        return DecisionsForm(data, items=candidates(page), every=True, prefix=key)
    if action is Action.DETERMINE and page.candidates:
        return letter_form(page, prefix=key, data=data)
    return None


def letter_form(page: CasePage, *, prefix: str, data: QueryDict | None = None) -> LetterForm:
    """Return the form of the letter, a line for each item that is decided on."""
    body = page.case.body
    initial = {"determined_on": _today(page), "place": body.place, "unit": body.unit}
    return LetterForm(
        data,
        items=candidates(page),
        held={line.item.pk: line.unready for line in page.candidates if line.unready},
        optional=page.has_letter,
        prefix=prefix,
        initial=initial,
    )


def head_form(page: CasePage, sent: Sent) -> DecisionsForm | None:
    """Return the form of the head's approval, None unless it is asked of this person."""
    if not page.needs_head or page.head:
        return None
    return sent.get("pimpinan") or DecisionsForm(items=candidates(page), prefix="pimpinan")


def law_letter_form(page: CasePage, sent: Sent) -> LetterForm | None:
    """Return the form of a letter that the SOP has no row for, None unless this person makes it."""
    if not page.needs_letter:
        return None
    return sent.get("penetapan") or letter_form(page, prefix="penetapan")


def _today(page: CasePage) -> date:
    return page.here.at.astimezone(page.case.body.zone).date()
