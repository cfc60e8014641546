"""The calendar (*kalender*): seen by everybody signed in, changed by who sets up the office."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from ppid.errors import Finding, NotFound, PpidError
from ppid.law.decree import Scope
from ppid.office.accounts import person_of
from ppid.office.actions.calendar import enter_decree, obstacles, set_week
from ppid.office.calendar import as_law
from ppid.office.forms.calendar import DecreeForm, WeekForm, as_initial
from ppid.office.holiday_seed import suggested
from ppid.office.models import Agency, CalendarDecree, Person
from ppid.office.queries.calendar import change_page, demand_year, preview, week_in_force, year_page
from ppid.office.views.doing import form_page, sent, set_up_obstacles


def _today(person: Person) -> date:
    return timezone.now().astimezone(person.body.zone).date()


@login_required
def show_calendar(request: HttpRequest, year: int | None = None) -> HttpResponse:
    """Show a year: its days off, the decrees behind them, the weeks, and what has moved."""
    person = person_of(request)
    on = _today(person)
    page = year_page(person.body, year or on.year, on=on)
    context = {"page": page, "obstacles": set_up_obstacles(person), "on": on}
    return render(request, "office/calendar.html", context)


@login_required
def new_decree(request: HttpRequest, year: int) -> HttpResponse:
    """Enter the national decree of a year, starting from a suggestion."""
    demand_year(year)
    known = suggested(year)
    initial = as_initial(known.holidays, known.collective_leave)
    context = {"suggestion": known, "year": year}
    return _decree(request, year, Scope.NATIONAL, initial=initial, context=context)


@login_required
def new_regional_decree(request: HttpRequest, year: int) -> HttpResponse:
    """Enter the days off that a decree of the region names for a year."""
    demand_year(year)
    return _decree(request, year, Scope.REGIONAL, initial={}, context={"year": year})


@login_required
def correct_decree(request: HttpRequest, decree: UUID) -> HttpResponse:
    """Put an entered decree right: the same number, another list."""
    found = CalendarDecree.objects.filter(pk=decree, body=person_of(request).body).first()
    if found is None:
        raise NotFound(Finding("decree_unknown", "Keputusan tidak ditemukan."))
    law = as_law(found)
    initial = as_initial(law.holidays, law.collective_leave) | {
        "number": found.number,
        "decreed_on": found.decreed_on,
        "source": found.source,
    }
    context = {"corrected": found, "year": found.year}
    scope = Scope(found.scope)
    return _decree(request, found.year, scope, initial=initial, context=context, corrects=found)


def _decree(
    request: HttpRequest,
    year: int,
    scope: Scope,
    *,
    initial: dict[str, Any],
    context: dict[str, Any],
    corrects: CalendarDecree | None = None,
) -> HttpResponse:
    person, error, found = person_of(request), None, None
    body, on = person.body, _today(person)
    form = DecreeForm(
        request.POST or None, year=year, scope=scope, corrects=corrects, initial=initial
    )
    if request.method == "POST" and form.previewing and form.is_valid():
        decree = form.decree(on=on)
        _add_errors(form, obstacles(body, decree))
        found = preview(body, decree, on=on)
    else:
        change, error = sent(
            request,
            form,
            lambda: enter_decree(
                body,
                form.decree(on=on),
                source=form.cleaned_data["source"],
                by=person.pk,
                at=timezone.now(),
                act=form.cleaned_data["act"],
            ),
            said="Keputusan dicatat.",
        )
        if change:
            return redirect("calendar_change", change=change.pk)
    context |= {"preview": found, "regional": scope is Scope.REGIONAL}
    return _page(request, "calendar_decree", form, error=error, **context)


def _add_errors(form: DecreeForm, findings: tuple[Finding, ...]) -> None:
    for finding in findings:
        place = finding.place if finding.place in form.fields else None
        form.add_error(place, f"{finding.message} {finding.hint}".strip())


def _page(
    request: HttpRequest, name: str, form: Any, *, error: PpidError | None, **more: Any
) -> HttpResponse:
    more["obstacles"] = set_up_obstacles(person_of(request))
    if more.get("preview"):
        return render(request, f"office/{name}.html", {"form": form, **more})
    return form_page(request, name, form, error=error, back="calendar", **more)


@login_required
def change_week(request: HttpRequest, agency: UUID | None = None) -> HttpResponse:
    """Set the working week of the body, or of a unit, from a day to come."""
    person = person_of(request)
    unit = _unit(person, agency) if agency else None
    on = _today(person)
    now = week_in_force(person.body, agency, on=on)
    initial = {
        "starts_on": on + timedelta(days=1),
        "days_per_week": str(now.days_per_week),
        "collective_leave_works": "ya" if now.collective_leave_works else "tidak",
    }
    form = WeekForm(request.POST or None, initial=initial)
    change, error = sent(
        request,
        form,
        lambda: set_week(
            person.body,
            form.week(),
            agency=unit,
            by=person.pk,
            at=timezone.now(),
            act=form.cleaned_data["act"],
        ),
        said="Pekan kerja dicatat.",
    )
    if change:
        return redirect("calendar_change", change=change.pk)
    return _page(request, "calendar_week", form, error=error, unit=unit)


def _unit(person: Person, agency: UUID) -> Agency:
    found = Agency.objects.filter(pk=agency, body=person.body).first()
    if found is None:
        raise NotFound(Finding("agency_unknown", "Perangkat daerah tidak ditemukan."))
    return found


@login_required
def choose_unit(request: HttpRequest) -> HttpResponse:
    """List the units, each leading to its working week."""
    person = person_of(request)
    agencies = Agency.objects.filter(body=person.body)
    context = {"agencies": agencies, "obstacles": set_up_obstacles(person)}
    return render(request, "office/calendar_units.html", context)


@login_required
def show_change(request: HttpRequest, change: UUID) -> HttpResponse:
    """Show what a decree or a week has moved, day by day."""
    page = change_page(person_of(request).body, change)
    return render(request, "office/calendar_change.html", {"page": page})
