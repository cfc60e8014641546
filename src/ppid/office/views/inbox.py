"""The task inbox (*Kotak tugas*), the list of cases, and opening a case."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from ppid.office.accounts import person_of
from ppid.office.actions.cases import agencies_obstacles
from ppid.office.authority import Right, authority_of, demand
from ppid.office.queries.cases import case_lines, case_page
from ppid.office.queries.fixity import damaged_for
from ppid.office.queries.inbox import inbox
from ppid.office.views.doing import is_over, officer_of, run, status_of_answer
from ppid.office.views.start_acts import agencies_asked, case_asked, sop_seen

STATES = (("berjalan", "Berjalan"), ("selesai", "Selesai"), ("semua", "Semua"))
ENDED = {"berjalan": False, "selesai": True, "semua": None}


@login_required
def show_inbox(request: HttpRequest) -> HttpResponse:
    """Show what waits for this person, what is late, and what is coming."""
    person, at = person_of(request), timezone.now()
    context = {
        "page": inbox(person.body, by=person.pk, at=at),
        "damaged": damaged_for(person.body, by=person.pk, at=at),
    }
    return render(request, "office/inbox.html", context)


@login_required
def show_cases(request: HttpRequest) -> HttpResponse:
    """List the cases: those that run, those that have ended, or all."""
    person = person_of(request)
    at = timezone.now()
    demand(authority_of(person.pk, on=at.astimezone(person.body.zone).date()), Right.READ)
    state = request.GET.get("keadaan", "")
    state = state if state in ENDED else "berjalan"
    part, lines = case_lines(
        person.body, ended=ENDED[state], at=at, page=request.GET.get("halaman")
    )
    context = {"lines": lines, "part": part, "state": state, "states": STATES}
    return render(request, "office/cases.html", context | {"query": f"keadaan={state}&"})


@login_required
def new_case(request: HttpRequest, sop: UUID) -> HttpResponse:
    """Open a case on an SOP version."""
    one = officer_of(request)
    page = sop_seen(one, sop)
    asked = case_asked(one, page, request.POST or None)
    result, error = run(request, asked)
    if is_over(request, asked, error):
        return redirect("case", case=result.made.pk) if result else redirect("cases")
    context = {"form": asked.form, "page": page, "findings": error.findings if error else ()}
    return render(request, "office/case_new.html", context, status=status_of_answer(error))


@login_required
def choose_agencies(request: HttpRequest, case: UUID) -> HttpResponse:
    """Say which agencies take part in a case."""
    one = officer_of(request)
    page = case_page(case, by=one.by, body=one.body.pk, at=one.at)
    asked = agencies_asked(one, page, request.POST or None)
    _, error = run(request, asked)
    if is_over(request, asked, error):
        return redirect("case", case=case)
    obstacles = agencies_obstacles(page.case, authority=page.here.authority, at=one.at)
    context = {"form": asked.form, "case": page.case, "obstacles": obstacles}
    context["findings"] = error.findings if error else ()
    return render(request, "office/agencies.html", context, status=status_of_answer(error))
