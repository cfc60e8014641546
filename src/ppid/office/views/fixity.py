"""The page that says how whole the vault is, and has all of it read now."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from ppid.office.accounts import person_of
from ppid.office.actions.fixity import wish_check
from ppid.office.authority import authority_in
from ppid.office.forms.steps import ActForm
from ppid.office.queries.fixity import vault_care, wish_obstacles
from ppid.office.views.doing import form_page, sent


@login_required
def show_vault_care(request: HttpRequest) -> HttpResponse:
    """Show the last full round, what is damaged, the last backups; or have everything read."""
    person, at = person_of(request), timezone.now()
    body = person.body
    page = vault_care(body, by=person.pk, at=at)
    form = ActForm(request.POST or None)
    _, error = sent(
        request,
        form,
        lambda: wish_check(body, by=person.pk, at=at, act=form.cleaned_data["act"]),
        said="Pekerja membaca seluruh brankas mulai sekarang.",
    )
    return form_page(
        request,
        "vault_care",
        form,
        error=error,
        back="vault_care",
        page=page,
        obstacles=wish_obstacles(body, authority_in(body, by=person.pk, at=at)),
    )
