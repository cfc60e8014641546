"""The docket (*jatuh tempo*): what ends, decided line by line; and the list of what was opened."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from ppid.errors import Conflict, Finding
from ppid.office.authority import Right, authority_of
from ppid.office.forms.steps import ActForm
from ppid.office.queries.docket import DocketPage, docket, ending_cases
from ppid.office.queries.opened_list import opened_list
from ppid.office.queries.requests import owed_requests
from ppid.office.views.asking import Asked, Officer, Results
from ppid.office.views.doing import officer_of, run, status_of_answer
from ppid.office.views.start_acts import docket_asked, ending_case_asked, sop_seen


@login_required
def show_docket(request: HttpRequest) -> HttpResponse:
    """Show what ends; or carry out each line's own decision, and say what became of each."""
    one = officer_of(request)
    asked = docket_asked(one, _page(request, one), request.POST or None)
    if request.method != "POST" or not asked.is_valid:
        return _render(request, one, asked=asked)
    try:
        answer = asked.act()
    except Conflict as error:
        messages.info(request, error.findings[0].message)
        return redirect("docket")
    if not any(line.findings for line in answer.lines):
        messages.success(request, answer.said)
        return redirect("docket")
    return _render(request, one, results=answer.lines)


def _page(request: HttpRequest, one: Officer) -> DocketPage:
    return docket(one.body, by=one.by, on=one.on, page=request.GET.get("halaman"))


def _render(
    request: HttpRequest,
    one: Officer,
    *,
    asked: Asked | None = None,
    results: Results = (),
    findings: tuple[Finding, ...] = (),
) -> HttpResponse:
    """Show the docket as it stands now, with the form as it was sent if it had mistakes."""
    page = _page(request, one)
    form = (asked or docket_asked(one, page, None)).form
    authority = authority_of(one.by, on=one.on)
    context: dict[str, Any] = {
        "page": page,
        "form": form,
        "decidable": any(field for _, field in form.rows),
        "results": results,
        "findings": findings,
        "ending": ending_cases(one.body, by=one.by, at=one.at) if page.lines else (),
        "act": ActForm()["act"],
        "on": one.on,
        "requests": owed_requests(one.body, authority, on=one.on),
    }
    return render(request, "office/docket.html", context)


@login_required
@require_POST
def open_case(request: HttpRequest, sop: UUID) -> HttpResponse:
    """Open a case on the SOP's own step for what ends, with all that is due."""
    one = officer_of(request)
    asked = ending_case_asked(one, sop_seen(one, sop), request.POST)
    if not asked.is_valid:
        return redirect("docket")
    result, error = run(request, asked)
    if error is None:
        return redirect("case", case=result.made.pk) if result else redirect("docket")
    answer = _render(request, one, findings=error.findings)
    answer.status_code = status_of_answer(error)
    return answer


@login_required
def show_opened(request: HttpRequest) -> HttpResponse:
    """Show the list of what was declared open, fit for print."""
    one = officer_of(request)
    whole = authority_of(one.by, on=one.on).agencies(Right.READ) is None
    found = opened_list(one.body, by=one.by, on=one.on)
    context = {"list": found, "on": one.on, "whole_body": whole}
    return render(request, "office/opened_list.html", context)
