"""The case page and the forms on it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from ppid.errors import BadInput, Conflict, Finding, NotFound, PpidError, Refused
from ppid.office.accounts import person_of
from ppid.office.actions.approvals import approve_as_head, decide
from ppid.office.actions.editions import publish_edition
from ppid.office.actions.letters import decide_letter
from ppid.office.actions.lines import LineResult
from ppid.office.actions.steps import Here, act_on_step, decline_step, extend_step, work_obstacles
from ppid.office.forms.decisions import DecisionsForm, LetterForm
from ppid.office.forms.steps import ReasonForm, StepForm
from ppid.office.queries.cases import CasePage, Waiting, case_page, masked
from ppid.office.queries.release import UNSURE
from ppid.office.views.case_forms import (
    candidates,
    head_form,
    key_of,
    law_letter_form,
    letter_form,
    own_task,
    tasks_elsewhere,
    work_form,
)
from ppid.office.views.doing import status_of_answer
from ppid.office.writing import writing
from ppid.sop.definition import Action
from ppid.sop.progress import StepStatus
from ppid.sop.svg import Mark, pages

Results = tuple[LineResult, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """What an act says when it is done, and what became of each line that it decided."""

    said: str
    lines: Results = ()


def _page(request: HttpRequest, case: UUID) -> CasePage:
    person = person_of(request)
    return case_page(case, by=person.pk, body=person.body_id, at=timezone.now())


@login_required
def show_case(request: HttpRequest, case: UUID) -> HttpResponse:
    """Show the case: its sheet with the current step lit, and the form of that step."""
    return _render(request, _page(request, case))


def _render(
    request: HttpRequest,
    page: CasePage,
    *,
    forms: dict[str, Any] | None = None,
    error: PpidError | None = None,
    results: Results = (),
) -> HttpResponse:
    sent = forms or {}
    context = {
        "page": page,
        "case": page.case,
        "sheets": pages(page.here.sop, identity=False, marks=_marks(page)),
        "tasks": [own_task(one, page, sent) for one in page.waiting if one.mine],
        "elsewhere": tasks_elsewhere(page),
        "head_form": head_form(page, sent),
        "letter_form": law_letter_form(page, sent),
        "form": next((one for one in sent.values() if one.errors), None),
        "findings": masked(error.findings, page.hidden) if error else (),
        "results": results,
    }
    return render(request, "office/case.html", context, status=status_of_answer(error))


def _marks(page: CasePage) -> dict[int, Mark]:
    lit = {StepStatus.OPEN: Mark.CURRENT, StepStatus.DONE: Mark.DONE}
    return {line.step.number: lit[line.status] for line in page.steps if line.status in lit}


def _find(page: CasePage, step: int, agency: str | None) -> Waiting:
    for waiting in page.waiting:
        if waiting.task.step == step and (waiting.task.agency or None) == (agency or None):
            return waiting
    raise NotFound(Finding("step_not_open", "Langkah ini tidak sedang menunggu."))


def _answer(
    request: HttpRequest, case: UUID, forms: dict[str, Any], act: Callable[[], Done]
) -> HttpResponse:
    """Run the act; show the page again with every obstacle if it was refused, or a line of it."""
    if any(not form.is_valid() for form in forms.values()):
        return _render(request, _page(request, case), forms=forms)
    try:
        answer = act()
    except (Refused, BadInput) as error:
        if error.codes == ("already_done",):
            messages.info(request, error.findings[0].message)
            return redirect("case", case=case)
        return _render(request, _page(request, case), forms=forms, error=error)
    messages.success(request, answer.said)
    if any(one.findings for one in answer.lines):
        return _render(request, _page(request, case), results=answer.lines)
    return redirect("case", case=case)


@login_required
@require_POST
def complete_step(request: HttpRequest, case: UUID, step: int) -> HttpResponse:
    """Do a step, with what its action produces, in one transaction."""
    page = _page(request, case)
    agency = request.POST.get("agency") or None
    try:
        waiting = _find(page, step, agency)
    except NotFound:
        return _moved_on(request, case)
    key = key_of(waiting)
    form = StepForm(request.POST, step=waiting.step, prefix=key)
    work = None
    if not waiting.task.confirm:
        work = work_form(waiting.step.action, page, key=f"{key}-isi", data=request.POST)
    forms: dict[str, Any] = {key: form}
    if work is not None and not _goes_back(form, waiting):
        forms[f"{key}-isi"] = work

    def act() -> Done:
        person, at = person_of(request).pk, timezone.now()
        lines: Results = ()
        with writing(act=form.cleaned_data["act"], at=at):
            if f"{key}-isi" in forms:
                lines = _do_work(waiting, page, work, person=person, at=at)
            if waiting.step.action is Action.PUBLISH and not waiting.task.confirm:
                _publish(page, form, person=person, at=at)
            if lines and _wants_letter(case, waiting, by=person, at=at):
                return Done(f"Keputusan tercatat. {WANTS_LETTER}", lines)
            act_on_step(
                case,
                step=step,
                by=person,
                at=at,
                agency=agency,
                outcome=form.cleaned_data.get("outcome"),
                reason=form.cleaned_data.get("reason", ""),
                note=form.cleaned_data["note"],
            )
        return Done(f"Langkah {waiting.step.row} tercatat.", lines)

    return _answer(request, case, forms, act)


def _publish(page: CasePage, form: StepForm, *, person: UUID, at: datetime) -> None:
    """Publish an edition; where it is refused for what a reason would clear, ask for the reason."""
    cleared = form.cleaned_data.get("cleared", "")
    try:
        publish_edition(page.case.body, by=person, at=at, case=page.case, cleared=cleared)
    except Refused as error:
        if UNSURE.issuperset(error.codes):
            form.ask_clearance()
        raise


WANTS_LETTER = "Langkah ini baru selesai sesudah ada surat penetapan."


def _wants_letter(case: UUID, waiting: Waiting, *, by: UUID, at: datetime) -> bool:
    """Return whether the lines were all set aside, so that the step still has no letter."""
    if waiting.step.action is not Action.DETERMINE:
        return False
    return bool(work_obstacles(Here.of(case, by=by, at=at), waiting.task, outcome=None))


def _goes_back(form: StepForm, waiting: Waiting) -> bool:
    if not form.is_valid() or not waiting.step.outcomes:
        return False
    targets = waiting.step.targets(form.cleaned_data["outcome"])
    return any(to <= waiting.step.number for to in targets)


def _moved_on(request: HttpRequest, case: UUID) -> HttpResponse:
    finding = Finding(
        "step_not_open",
        "Langkah ini sudah dikerjakan orang lain, atau belum gilirannya.",
        hint="Di bawah ini keadaan berkas yang terbaru.",
    )
    return _render(request, _page(request, case), error=Conflict(finding))


def _do_work(waiting: Waiting, page: CasePage, form: Any, *, person: UUID, at: datetime) -> Results:
    if isinstance(form, DecisionsForm):
        return decide(page.case, decisions=form.decisions(), by=person, at=at)
    if isinstance(form, LetterForm):
        return _decide_letter(page, form, person=person, at=at)
    return ()


def _decide_letter(page: CasePage, form: LetterForm, *, person: UUID, at: datetime) -> Results:
    if not form.lines():
        return ()
    return decide_letter(page.case, lines=form.lines(), letter=form.letter(), by=person, at=at)


@login_required
@require_POST
def decline(request: HttpRequest, case: UUID, step: int) -> HttpResponse:
    """Refuse to confirm a joint step."""
    return _reasoned(request, case, step, suffix="tolak", act=decline_step, done="dikembalikan")


@login_required
@require_POST
def extend(request: HttpRequest, case: UUID, step: int) -> HttpResponse:
    """Extend the time of a step once."""
    return _reasoned(request, case, step, suffix="waktu", act=extend_step, done="diperpanjang")


def _reasoned(
    request: HttpRequest, case: UUID, step: int, *, suffix: str, act: Any, done: str
) -> HttpResponse:
    agency = request.POST.get("agency") or None
    try:
        waiting = _find(_page(request, case), step, agency)
    except NotFound:
        return _moved_on(request, case)
    key = f"{key_of(waiting)}-{suffix}"
    form = ReasonForm(request.POST, prefix=key)

    def run() -> Done:
        act(
            case,
            step=step,
            by=person_of(request).pk,
            at=timezone.now(),
            agency=agency,
            reason=form.cleaned_data["reason"],
            act=form.cleaned_data["act"],
        )
        return Done(f"Langkah {waiting.step.row} {done}.")

    return _answer(request, case, {key: form}, run)


@login_required
@require_POST
def head_approval(request: HttpRequest, case: UUID) -> HttpResponse:
    """Give or refuse the approval of the head, item by item."""
    page = _page(request, case)
    form = DecisionsForm(request.POST, items=candidates(page), prefix="pimpinan")

    def act() -> Done:
        lines = approve_as_head(
            page.case,
            decisions=form.decisions(),
            by=person_of(request).pk,
            at=timezone.now(),
            act=form.cleaned_data["act"],
        )
        return Done("Putusan pimpinan tercatat.", lines)

    return _answer(request, case, {"pimpinan": form}, act)


@login_required
@require_POST
def letter(request: HttpRequest, case: UUID) -> HttpResponse:
    """Decide the lines of a letter beside the SOP, which has no row for it or is past that row."""
    page = _page(request, case)
    form = letter_form(page, prefix="penetapan", data=request.POST)

    def act() -> Done:
        at = timezone.now()
        with writing(act=form.cleaned_data["act"], at=at):
            lines = _decide_letter(page, form, person=person_of(request).pk, at=at)
        return Done("Keputusan tercatat.", lines)

    return _answer(request, case, {"penetapan": form}, act)
