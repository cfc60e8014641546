"""The register of items, with its filters in the address."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from ppid.office.accounts import person_of
from ppid.office.authority import Right, authority_of
from ppid.office.forms.register import RegisterForm
from ppid.office.models import Agency
from ppid.office.queries.fixity import may_see_care
from ppid.office.queries.readings import may_see_readings
from ppid.office.queries.register import (
    letters,
    newest_edition,
    register_page,
    register_rows,
    years,
)


@login_required
def show_register(request: HttpRequest) -> HttpResponse:
    """Show the items that were asked for, each with its status today."""
    person = person_of(request)
    on = timezone.now().astimezone(person.body.zone).date()
    rows = register_rows(person.body, by=person.pk, on=on)
    authority = authority_of(person.pk, on=on)
    limit = authority.agencies(Right.READ)
    agencies = Agency.objects.filter(body=person.body)
    form = RegisterForm(
        request.GET,
        letters=letters(on=on),
        agencies=list(agencies if limit is None else agencies.filter(pk__in=limit)),
        years=years(rows),
    )
    form.is_valid()
    asked = form.cleaned_data | {"halaman": request.GET.get("halaman")}
    query = request.GET.copy()
    query.pop("halaman", None)
    context = {
        "form": form,
        "page": register_page(person.body, rows, asked=asked, on=on),
        "query": f"{query.urlencode()}&" if query else "",
        "filtered": any(form.cleaned_data.values()),
        "may_see_readings": may_see_readings(person.body, authority),
        "may_see_care": may_see_care(person.body, authority),
        "on": on,
        "edition": newest_edition(person.body),
        "whole_body": limit is None,
    }
    return render(request, "office/register.html", context)
