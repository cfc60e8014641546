"""The page of who signs which papers."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from ppid.errors import Conflict
from ppid.office.accounts import person_of
from ppid.office.actions.bodies import SETTINGS_CHANGED, change_settings
from ppid.office.forms.paper_signers import PaperSignersForm
from ppid.office.paper_signers import SETTING
from ppid.office.views.doing import form_page, sent, set_up_obstacles


@login_required
def show_paper_signers(request: HttpRequest) -> HttpResponse:
    """Show who signs which papers; or set it."""
    person, at = person_of(request), timezone.now()
    body = person.body
    form = PaperSignersForm(request.POST or None, body=body)

    def act() -> None:
        if form.is_stale():
            raise Conflict(SETTINGS_CHANGED)
        choices = {**body.settings, SETTING: form.chosen()}
        change_settings(body, by=person.pk, at=at, choices=choices)

    _, error = sent(request, form, act, said="Penanda tangan tersimpan.")
    more = {"obstacles": set_up_obstacles(person)}
    return form_page(request, "paper_signers", form, error=error, back="paper_signers", **more)
