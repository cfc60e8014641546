"""Mandates: seen by everybody signed in, recorded by who sets up the office."""

from datetime import date
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from ppid.errors import Finding, NotFound
from ppid.office.accounts import person_of
from ppid.office.actions.mandates import end_mandate, give_mandate, kept_roles
from ppid.office.forms.people import EndForm, MandateForm
from ppid.office.mandate import MandatedAct
from ppid.office.models import Mandate, Person
from ppid.office.queries.people import mandate_lines, role_choices
from ppid.office.views.doing import form_page, sent, set_up_obstacles
from ppid.office.writing import writing


def _today(person: Person) -> date:
    return timezone.now().astimezone(person.body.zone).date()


@login_required
def show_mandates(request: HttpRequest) -> HttpResponse:
    """List the mandates, those in force first."""
    person = person_of(request)
    lines = mandate_lines(person.body, on=_today(person))
    context = {"lines": lines, "obstacles": set_up_obstacles(person)}
    return render(request, "office/mandates.html", context)


@login_required
def new_mandate(request: HttpRequest) -> HttpResponse:
    """Record a mandate by its letter."""
    person = person_of(request)
    kept = kept_roles(person.body)
    roles = [one for one in role_choices(person.body) if one[0] not in kept]
    people = list(Person.objects.filter(body=person.body).select_related("body"))
    initial = {"letter_date": _today(person), "starts_on": _today(person)}
    form = MandateForm(request.POST or None, roles=roles, people=people, initial=initial)
    if kept:
        form.leave_out(MandatedAct.HEAD_APPROVAL)

    def act() -> Mandate:
        at = timezone.now()
        with writing(act=form.cleaned_data["act"], at=at):
            return give_mandate(**form.values(), at=at, by=person.pk)

    _, error = sent(request, form, act, said="Mandat dicatat.")
    obstacles = set_up_obstacles(person)
    return form_page(
        request, "mandate_new", form, error=error, back="mandates", obstacles=obstacles
    )


@login_required
def end(request: HttpRequest, mandate: UUID) -> HttpResponse:
    """Bring the last day of a mandate forward."""
    person = person_of(request)
    rows = Mandate.objects.select_related("giver__body", "holder")
    found = rows.filter(pk=mandate, giver__body=person.body).first()
    if found is None:
        raise NotFound(Finding("mandate_unknown", "Mandat tidak ditemukan."))
    form = EndForm(request.POST or None, initial={"ends_on": _today(person)})

    def act() -> Mandate:
        data, at = form.cleaned_data, timezone.now()
        with writing(act=data["act"], at=at):
            end_mandate(found, ends_on=data["ends_on"], at=at, by=person.pk)
        return found

    _, error = sent(request, form, act, said="Mandat diakhiri.")
    more = {"mandate": found, "obstacles": set_up_obstacles(person)}
    return form_page(request, "mandate_end", form, error=error, back="mandates", **more)
