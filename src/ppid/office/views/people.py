"""People and their appointments: seen by everybody signed in, changed by who sets up the office."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from ppid.errors import Finding, NotFound, PpidError
from ppid.office.accounts import person_of
from ppid.office.actions.accounts import open_account, reset_password
from ppid.office.actions.people import add_person, end_appointment, make_appointment
from ppid.office.forms.people import AppointmentForm, EndForm, PasswordForm, PersonForm
from ppid.office.models import Agency, Appointment, Person
from ppid.office.queries.people import appointment_line, people_page, role_choices
from ppid.office.views.doing import form_page, sent, set_up_obstacles
from ppid.office.writing import writing

STATES = (("", "Semua orang"), ("berlaku", "Memegang peran hari ini"), ("tanpa", "Tanpa peran"))


def _today(request: HttpRequest) -> date:
    return timezone.now().astimezone(person_of(request).body.zone).date()


def _obstacles(request: HttpRequest) -> tuple[Finding, ...]:
    return set_up_obstacles(person_of(request))


@login_required
def show_people(request: HttpRequest) -> HttpResponse:
    """List the people with their appointments in force, past and to come."""
    body, search = person_of(request).body, request.GET.get("cari", "")[:100]
    state = request.GET.get("keadaan", "")
    part, lines = people_page(
        body, on=_today(request), search=search, state=state, page=request.GET.get("halaman")
    )
    query = request.GET.copy()
    query.pop("halaman", None)
    context = {
        "part": part,
        "lines": lines,
        "search": search,
        "state": state,
        "states": STATES,
        "query": f"{query.urlencode()}&" if query else "",
        "obstacles": _obstacles(request),
    }
    return render(request, "office/people.html", context)


@login_required
def new_person(request: HttpRequest) -> HttpResponse:
    """Add a person, with an account if one is wanted."""
    body = person_of(request).body
    form = PersonForm(request.POST or None)

    def act() -> Person:
        data, at, by = form.cleaned_data, timezone.now(), person_of(request).pk
        with writing(act=data["act"], at=at):
            person = add_person(body, name=data["name"], nip=data["nip"], at=at, by=by)
            if data["username"]:
                account = {"username": data["username"], "password": data["password"]}
                open_account(person, **account, at=at, by=by)
        return person

    person, error = sent(request, form, act, said="Orang ditambahkan.")
    if person:
        return redirect("appointment_new", person=person.pk)
    return _page(request, "person_new", form, error)


def _page(
    request: HttpRequest, name: str, form: Any, error: PpidError | None, **more: Any
) -> HttpResponse:
    more["obstacles"] = _obstacles(request)
    return form_page(request, name, form, error=error, back="people", **more)


@login_required
def new_password(request: HttpRequest, person: UUID) -> HttpResponse:
    """Give a person who forgot it a new password."""
    found = _person(request, person)
    usernames = list(found.accounts.order_by("username").values_list("username", flat=True))
    form = PasswordForm(request.POST or None, usernames=usernames)

    def act() -> Person:
        data, at = dict(form.cleaned_data), timezone.now()
        with writing(act=data.pop("act"), at=at):
            reset_password(found, **data, at=at, by=person_of(request).pk)
        return found

    _, error = sent(request, form, act, said="Kata sandi baru berlaku.")
    return _page(request, "password_reset", form, error, who=found)


def _person(request: HttpRequest, person: UUID) -> Person:
    found = Person.objects.filter(pk=person, body=person_of(request).body)
    one = found.select_related("body").first()
    if one is None:
        raise NotFound(Finding("person_unknown", "Orang tidak ditemukan."))
    return one


@login_required
def new_appointment(request: HttpRequest, person: UUID) -> HttpResponse:
    """Appoint a person to a role by decree."""
    body = person_of(request).body
    found = _person(request, person)
    form = AppointmentForm(
        request.POST or None,
        roles=role_choices(body),
        agencies=list(Agency.objects.filter(body=body)),
    )

    def act() -> Appointment:
        data, at = dict(form.cleaned_data), timezone.now()
        with writing(act=data.pop("act"), at=at):
            data["agency"] = form.chosen_agency()
            return make_appointment(found, **data, at=at, by=person_of(request).pk)

    _, error = sent(request, form, act, said="Penugasan dicatat.")
    return _page(request, "appointment_new", form, error, who=found)


@login_required
def end(request: HttpRequest, appointment: UUID) -> HttpResponse:
    """Set the last day of an appointment."""
    rows = Appointment.objects.select_related("person__body", "agency")
    found = rows.filter(pk=appointment, person__body=person_of(request).body).first()
    if found is None:
        raise NotFound(Finding("appointment_unknown", "Penugasan tidak ditemukan."))
    form = EndForm(request.POST or None, initial={"ends_on": found.ends_on or _today(request)})

    def act() -> Appointment:
        data, at = form.cleaned_data, timezone.now()
        with writing(act=data["act"], at=at):
            end_appointment(found, ends_on=data["ends_on"], at=at, by=person_of(request).pk)
        return found

    _, error = sent(request, form, act, said="Penugasan diakhiri.")
    line = appointment_line(found, on=_today(request))
    return _page(request, "appointment_end", form, error, line=line)
