"""The case page and the forms on it."""

from collections.abc import Callable, Mapping
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
from ppid.office.queries.cases import CasePage, case_page, masked
from ppid.office.views.asking import Asked, Results
from ppid.office.views.case_acts import (
    decline_asked,
    extend_asked,
    head_asked,
    letter_asked,
    step_asked,
    waiting_at,
)
from ppid.office.views.case_forms import (
    head_form,
    law_letter_form,
    own_task,
    tasks_elsewhere,
)
from ppid.office.views.doing import status_of_answer
from ppid.sop.progress import StepStatus
from ppid.sop.svg import Mark, pages


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
    forms: Mapping[str, Any] | None = None,
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


def _answer(request: HttpRequest, case: UUID, asked: Asked) -> HttpResponse:
    """Run the act; show the page again with every obstacle if it was refused, or a line of it."""
    if not asked.is_valid:
        return _render(request, _page(request, case), forms=asked.forms)
    try:
        answer = asked.act()
    except (Refused, BadInput) as error:
        if error.codes == ("already_done",):
            messages.info(request, error.findings[0].message)
            return redirect("case", case=case)
        return _render(request, _page(request, case), forms=asked.forms, error=error)
    messages.success(request, answer.said)
    if any(one.findings for one in answer.lines):
        return _render(request, _page(request, case), results=answer.lines)
    return redirect("case", case=case)


def _on_step(
    request: HttpRequest, case: UUID, step: int, asking: Callable[..., Asked]
) -> HttpResponse:
    page = _page(request, case)
    try:
        waiting = waiting_at(page, step, agency=request.POST.get("agency"))
    except NotFound:
        return _moved_on(request, case)
    return _answer(request, case, asking(page, waiting, request.POST))


@login_required
@require_POST
def complete_step(request: HttpRequest, case: UUID, step: int) -> HttpResponse:
    """Do a step, with what its action produces, in one transaction."""
    return _on_step(request, case, step, step_asked)


def _moved_on(request: HttpRequest, case: UUID) -> HttpResponse:
    finding = Finding(
        "step_not_open",
        "Langkah ini sudah dikerjakan orang lain, atau belum gilirannya.",
        hint="Di bawah ini keadaan berkas yang terbaru.",
    )
    return _render(request, _page(request, case), error=Conflict(finding))


@login_required
@require_POST
def decline(request: HttpRequest, case: UUID, step: int) -> HttpResponse:
    """Refuse to confirm a joint step."""
    return _on_step(request, case, step, decline_asked)


@login_required
@require_POST
def extend(request: HttpRequest, case: UUID, step: int) -> HttpResponse:
    """Extend the time of a step once."""
    return _on_step(request, case, step, extend_asked)


@login_required
@require_POST
def head_approval(request: HttpRequest, case: UUID) -> HttpResponse:
    """Give or refuse the approval of the head, item by item."""
    return _answer(request, case, head_asked(_page(request, case), request.POST))


@login_required
@require_POST
def letter(request: HttpRequest, case: UUID) -> HttpResponse:
    """Decide the lines of a letter beside the SOP, which has no row for it or is past that row."""
    return _answer(request, case, letter_asked(_page(request, case), request.POST))
