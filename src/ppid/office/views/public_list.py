"""The page of the list of public information (DIP), as far as it was entered."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from ppid.office.accounts import person_of
from ppid.office.actions.public_list import add_titles, listing_obstacles, remove_title
from ppid.office.authority import Right, authority_in, demand
from ppid.office.forms.public_list import PublicListForm
from ppid.office.models import PublicListEntry
from ppid.office.queries.parts import part_of
from ppid.office.views.doing import done, status_of_answer


@login_required
def show_public_list(request: HttpRequest) -> HttpResponse:
    """Show the titles that were entered; or enter more."""
    person, at = person_of(request), timezone.now()
    authority = authority_in(person.body, by=person.pk, at=at)
    demand(authority, Right.READ)
    form = PublicListForm(request.POST or None)
    error = None
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        _, error = done(
            request,
            lambda: add_titles(
                person.body, rows=data["rows"], by=person.pk, at=at, act=data["act"]
            ),
            "Judul dimasukkan.",
        )
        if error is None:
            return redirect("public_list")
    rows = PublicListEntry.objects.filter(body=person.body)
    context = {
        "form": form,
        "part": part_of(rows, page=request.GET.get("halaman")),
        "obstacles": listing_obstacles(authority),
        "findings": error.findings if error else (),
    }
    return render(request, "office/public_list.html", context, status=status_of_answer(error))


@login_required
@require_POST
def remove(request: HttpRequest, entry: UUID) -> HttpResponse:
    """Take a title off the list."""
    person = person_of(request)
    remove_title(entry, body=person.body, by=person.pk, at=timezone.now())
    return redirect("public_list")
