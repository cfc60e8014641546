"""The page that says how whole the vault is."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from ppid.office.accounts import person_of
from ppid.office.queries.fixity import vault_care


@login_required
def show_vault_care(request: HttpRequest) -> HttpResponse:
    """Show the last full round of the fixity check, what is damaged, and the last backups."""
    person = person_of(request)
    page = vault_care(person.body, by=person.pk, at=timezone.now())
    return render(request, "office/vault_care.html", {"page": page})
