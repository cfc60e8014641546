"""The page of what a body has chosen for itself, and where the other choices are."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from ppid.errors import Conflict
from ppid.office.accounts import person_of
from ppid.office.actions.bodies import SETTINGS_CHANGED, change_settings
from ppid.office.forms.bodies import SettingsForm
from ppid.office.views.doing import form_page, sent, set_up_obstacles


@login_required
def show_settings(request: HttpRequest) -> HttpResponse:
    """Show the settings of the body; or change them."""
    person, at = person_of(request), timezone.now()
    body = person.body
    form = SettingsForm(request.POST or None, body=body)

    def act() -> None:
        if form.is_stale():
            raise Conflict(SETTINGS_CHANGED)
        choices = {**body.settings, **form.changed()}
        change_settings(body, by=person.pk, at=at, choices=choices)

    _, error = sent(request, form, act, said="Pengaturan tersimpan.")
    obstacles = set_up_obstacles(person)
    return form_page(request, "settings", form, error=error, back="settings", obstacles=obstacles)
