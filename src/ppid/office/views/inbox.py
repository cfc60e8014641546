"""The task inbox (*Kotak tugas*), the list of cases, and opening a case."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from ppid.office.accounts import person_of
from ppid.office.actions.cases import agencies_obstacles, open_case, set_agencies
from ppid.office.authority import Right, authority_of, demand
from ppid.office.forms.cases import AgenciesForm, NewCaseForm
from ppid.office.models import Agency, Case
from ppid.office.queries.cases import case_lines, case_page
from ppid.office.queries.fixity import damaged_for
from ppid.office.queries.inbox import inbox
from ppid.office.queries.sops import SopPage, sop_page
from ppid.office.views.doing import done, status_of_answer

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
    person, at = person_of(request), timezone.now()
    authority = authority_of(person.pk, on=at.astimezone(person.body.zone).date())
    page = sop_page(sop, body=person.body, authority=authority, at=at)
    form = _case_form(request, page)
    error = None
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        case, error = done(
            request,
            lambda: open_case(
                page.version,
                title=data["title"],
                by=person.pk,
                at=at,
                agencies=form.chosen(),
                step=data["step"],
                act=data["act"],
            ),
            "Berkas dimulai.",
        )
        if error is None:
            return redirect("case", case=case.pk) if case else redirect("cases")
    context = {"form": form, "page": page, "findings": error.findings if error else ()}
    return render(request, "office/case_new.html", context, status=status_of_answer(error))


def _case_form(request: HttpRequest, page: SopPage) -> NewCaseForm:
    steps = page.starts or tuple(page.sop.step(number) for number in page.sop.starts)
    return NewCaseForm(
        request.POST or None,
        starts=steps,
        repeats=page.repeats,
        choices=list(Agency.objects.filter(body=page.version.body)),
    )


@login_required
def choose_agencies(request: HttpRequest, case: UUID) -> HttpResponse:
    """Say which agencies take part in a case."""
    person, at = person_of(request), timezone.now()
    page = case_page(case, by=person.pk, body=person.body_id, at=at)
    form = _agencies_form(request, page.case, taking_part=page.here.state.agencies)
    error = None
    if request.method == "POST" and form.is_valid():
        _, error = done(
            request,
            lambda: set_agencies(
                page.case,
                agencies=form.chosen(),
                by=person.pk,
                at=at,
                act=form.cleaned_data["act"],
            ),
            "Perangkat daerah peserta ditetapkan.",
        )
        if error is None:
            return redirect("case", case=case)
    obstacles = agencies_obstacles(page.case, authority=page.here.authority, at=at)
    context = {"form": form, "case": page.case, "obstacles": obstacles}
    context["findings"] = error.findings if error else ()
    return render(request, "office/agencies.html", context, status=status_of_answer(error))


def _agencies_form(
    request: HttpRequest, case: Case, *, taking_part: tuple[str, ...]
) -> AgenciesForm:
    agencies = list(Agency.objects.filter(body=case.body))
    initial = {"agencies": [str(one.pk) for one in agencies if one.code in taking_part]}
    return AgenciesForm(request.POST or None, choices=agencies, initial=initial)
