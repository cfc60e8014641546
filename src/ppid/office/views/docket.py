"""The docket (*jatuh tempo*): what ends, decided line by line; and the list of what was opened."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from ppid.errors import Conflict, Finding, NotFound
from ppid.office.accounts import person_of
from ppid.office.actions.docket import Choice, decide_lines, open_ending_case
from ppid.office.actions.lines import LineResult
from ppid.office.authority import Right, authority_of
from ppid.office.calendar import body_calendar
from ppid.office.forms.docket import DocketForm
from ppid.office.forms.steps import ActForm
from ppid.office.models import Item, Person
from ppid.office.queries.docket import (
    DocketLine,
    DocketPage,
    cases_for_tests,
    docket,
    due_items,
    ending_cases,
)
from ppid.office.queries.opened_list import opened_list
from ppid.office.queries.requests import owed_requests
from ppid.office.views.doing import done, status_of_answer


def _on(person: Person, at: datetime) -> date:
    return at.astimezone(person.body.zone).date()


def _page(request: HttpRequest, person: Person, *, at: datetime) -> DocketPage:
    asked = request.GET.get("halaman")
    return docket(person.body, by=person.pk, on=_on(person, at), page=asked)


@login_required
def show_docket(request: HttpRequest) -> HttpResponse:
    """Show what ends; or carry out each line's own decision, and say what became of each."""
    person, at = person_of(request), timezone.now()
    page = _page(request, person, at=at)
    form = _form(request, page, person=person, at=at)
    if request.method != "POST" or not form.is_valid():
        return _render(request, page, form=form, person=person, at=at)
    try:
        results = decide_lines(
            person.body,
            lines=form.decisions(),
            into=form.into(),
            opening=page.case,
            by=person.pk,
            at=at,
            act=form.cleaned_data["act"],
        )
    except Conflict as error:
        messages.info(request, error.findings[0].message)
        return redirect("docket")
    if not any(one.findings for one in results):
        messages.success(request, _summary(results))
        return redirect("docket")
    return _render(request, _page(request, person, at=at), person=person, at=at, results=results)


def _summary(results: tuple[LineResult, ...]) -> str:
    opened = sum(one.choice is Choice.OPEN for one in results)
    parts = [
        f"{opened} informasi dinyatakan terbuka" if opened else "",
        f"{len(results) - opened} dibawa ke uji ulang" if len(results) > opened else "",
    ]
    return ", ".join(part for part in parts if part) + "."


def _form(
    request: HttpRequest, page: DocketPage, *, person: Person, at: datetime, fresh: bool = False
) -> DocketForm:
    into = cases_for_tests(person.body, by=person.pk, at=at)
    lines = [(line, _choices(line, page, can_test=bool(into))) for line in page.lines]
    data = request.POST if request.method == "POST" and not fresh else None
    return DocketForm(data, lines=lines, into=into)


def _choices(line: DocketLine, page: DocketPage, *, can_test: bool) -> list[Choice]:
    open_it = line.may_be_declared and not page.opening
    test_it = can_test and not line.testing
    return [one for one, may in ((Choice.OPEN, open_it), (Choice.TEST, test_it)) if may]


def _render(
    request: HttpRequest,
    page: DocketPage,
    *,
    person: Person,
    at: datetime,
    form: DocketForm | None = None,
    results: tuple[LineResult, ...] = (),
    findings: tuple[Finding, ...] = (),
) -> HttpResponse:
    form = form or _form(request, page, person=person, at=at, fresh=True)
    context: dict[str, Any] = {
        "page": page,
        "form": form,
        "decidable": any(field for _, field in form.rows),
        "results": results,
        "findings": findings,
        "ending": ending_cases(person.body, by=person.pk, at=at) if page.lines else (),
        "act": ActForm()["act"],
        "on": _on(person, at),
        "requests": owed_requests(
            person.body, authority_of(person.pk, on=_on(person, at)), on=_on(person, at)
        ),
    }
    return render(request, "office/docket.html", context)


@login_required
@require_POST
def open_case(request: HttpRequest, sop: UUID) -> HttpResponse:
    """Open a case on the SOP's own step for what ends, with all that is due."""
    person, at = person_of(request), timezone.now()
    found = {one.version.pk: one for one in ending_cases(person.body, by=person.pk, at=at)}
    if sop not in found:
        raise NotFound(Finding("sop_unknown", "SOP tidak ditemukan."))
    form = ActForm(request.POST)
    if not form.is_valid():
        return redirect("docket")
    on = _on(person, at)
    due = Item.objects.filter(due_items(on, body_calendar(person.body)), body=person.body)
    case, error = done(
        request,
        lambda: open_ending_case(
            found[sop].version,
            items=list(due.filter(opens_on__isnull=False)),
            by=person.pk,
            at=at,
            act=form.cleaned_data["act"],
        ),
        "Berkas pembukaan dimulai.",
    )
    if error is None:
        return redirect("case", case=case.pk) if case else redirect("docket")
    page = _page(request, person, at=at)
    answer = _render(request, page, person=person, at=at, findings=error.findings)
    answer.status_code = status_of_answer(error)
    return answer


@login_required
def show_opened(request: HttpRequest) -> HttpResponse:
    """Show the list of what was declared open, fit for print."""
    person, at = person_of(request), timezone.now()
    on = _on(person, at)
    whole = authority_of(person.pk, on=on).agencies(Right.READ) is None
    found = opened_list(person.body, by=person.pk, on=on)
    context = {"list": found, "on": on, "whole_body": whole}
    return render(request, "office/opened_list.html", context)
