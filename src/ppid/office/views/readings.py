"""The page that says who read what is exempt, and when."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from ppid.office.accounts import person_of
from ppid.office.models import Person
from ppid.office.queries.readings import readings


@login_required
def show_readings(request: HttpRequest) -> HttpResponse:
    """Show the readings that were asked for, newest first."""
    person = person_of(request)
    on = timezone.now().astimezone(person.body.zone).date()
    query = request.GET.copy()
    query.pop("halaman", None)
    context = {
        "page": readings(person.body, by=person.pk, on=on, asked=request.GET),
        "people": Person.objects.filter(body=person.body).order_by("name"),
        "asked": request.GET.get("orang", ""),
        "document": request.GET.get("dokumen", ""),
        "query": f"{query.urlencode()}&" if query else "",
    }
    return render(request, "office/readings.html", context)
