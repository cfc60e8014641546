"""The pages of a stock-take: scan or type the codes of a shelf, and read what came of it."""

from datetime import date
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from ppid.office.accounts import person_of
from ppid.office.actions.places import keeping_obstacles
from ppid.office.authority import authority_of
from ppid.office.forms.store_room import StockForm
from ppid.office.queries.places import path_in_words
from ppid.office.queries.stock_takes import expected_codes, stock_page
from ppid.office.queries.store_room import visible_place
from ppid.office.views.doing import form_page, officer_of, run, to_fields
from ppid.office.views.store_acts import place_seen, stock_asked

WORKER = settings.PACKAGE / "static" / "ppid" / "stock_take_offline.js"


def _today(request: HttpRequest) -> date:
    return timezone.now().astimezone(person_of(request).body.zone).date()


@login_required
def new_stock_take(request: HttpRequest, place: UUID) -> HttpResponse:
    """Compare the labels on a shelf with what belongs there."""
    one = officer_of(request)
    found = place_seen(one, place)
    asked = stock_asked(one, found, request.POST or None)
    result, error = run(request, asked)
    if result:
        return redirect("stock_take", taken=result.made.pk)
    to_fields(asked.form, error)
    return form_page(
        request,
        "stock_take_new",
        asked.form,
        error=error,
        back=reverse("place", args=[found.pk]),
        place=found,
        path=path_in_words(found),
        expected=expected_codes(found),
        obstacles=keeping_obstacles(authority_of(one.by, on=one.on)),
    )


@login_required
def show_offline(request: HttpRequest, place: UUID) -> HttpResponse:
    """Show the page that a browser keeps for a room without signal: codes, and nobody's name."""
    person, at = person_of(request), timezone.now()
    found, _ = visible_place(place, by=person.pk, body=person.body_id, on=_today(request))
    about = {"place": found, "at": at, "form": StockForm(), "expected": expected_codes(found)}
    return HttpResponse(render_to_string("office/stock_take_offline.html", about))


@login_required
def get_worker(request: HttpRequest, place: UUID) -> HttpResponse:
    """Return the script that keeps this page; from its address follows that it reaches no other."""
    person = person_of(request)
    visible_place(place, by=person.pk, body=person.body_id, on=_today(request))
    return HttpResponse(WORKER.read_bytes(), content_type="text/javascript")


@login_required
def show_stock_take(request: HttpRequest, taken: UUID) -> HttpResponse:
    """Show what is missing, misplaced, unknown, and on loan."""
    person = person_of(request)
    page = stock_page(taken, by=person.pk, body=person.body_id, on=_today(request))
    return render(request, "office/stock_take.html", {"page": page})
