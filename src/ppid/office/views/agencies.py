"""The agencies of a body: seen by everybody signed in, changed by who sets up the office."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from ppid.errors import Finding, NotFound
from ppid.office.accounts import person_of
from ppid.office.actions.bodies import add_agency, rename_agency
from ppid.office.forms.agencies import AgencyForm, AgencyNameForm
from ppid.office.models import Agency
from ppid.office.views.doing import form_page, sent, set_up_obstacles
from ppid.office.writing import writing


@login_required
def show_agencies(request: HttpRequest) -> HttpResponse:
    """List the agencies; or add one."""
    person = person_of(request)
    form = AgencyForm(request.POST or None)

    def act() -> Agency:
        data, at = dict(form.cleaned_data), timezone.now()
        with writing(act=data.pop("act"), at=at):
            return add_agency(person.body, **data, at=at, by=person.pk)

    _, error = sent(request, form, act, said="Perangkat daerah ditambahkan.")
    more = {"obstacles": set_up_obstacles(person), "agencies": person.body.agencies.all()}
    return form_page(request, "agency_list", form, error=error, back="agencies", **more)


@login_required
def rename(request: HttpRequest, agency: UUID) -> HttpResponse:
    """Give an agency its new name."""
    person = person_of(request)
    found = person.body.agencies.filter(pk=agency).first()
    if found is None:
        raise NotFound(Finding("agency_unknown", "Perangkat daerah tidak ditemukan."))
    form = AgencyNameForm(request.POST or None, initial={"name": found.name})

    def act() -> None:
        data, at = dict(form.cleaned_data), timezone.now()
        with writing(act=data.pop("act"), at=at):
            rename_agency(found, **data, at=at, by=person.pk)

    _, error = sent(request, form, act, said="Nama baru tercatat.")
    more = {"obstacles": set_up_obstacles(person), "agency": found}
    return form_page(request, "agency_rename", form, error=error, back="agencies", **more)
