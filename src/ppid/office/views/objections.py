"""The pages of an objection: its record, the superior's answer and letter, the dispute after it."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ppid.errors import Finding, NotFound
from ppid.office.models import Item
from ppid.office.views.doing import officer_of
from ppid.office.views.objection_acts import (
    dispute_asked,
    dispute_decision_asked,
    objection_answer_asked,
    objection_asked,
    objection_seen,
)
from ppid.office.views.request_acts import request_seen
from ppid.office.views.requests import act_on


@login_required
def new_objection(request: HttpRequest, asked: UUID) -> HttpResponse:
    """Record an objection to the answer, or to the silence, on a request."""
    one = officer_of(request)
    page = request_seen(one, asked)
    what = objection_asked(one, page, request.POST or None)
    return act_on(request, what, template="objection_new", page=page, obstacles=page.objecting)


@login_required
def answer(request: HttpRequest, objection: UUID) -> HttpResponse:
    """Answer an objection, as the PPID's superior."""
    one = officer_of(request)
    seen = objection_seen(one, objection)
    return act_on(
        request,
        objection_answer_asked(one, seen, request.POST or None),
        template="objection_answer",
        page=seen.page,
        view=seen.view,
        obstacles=seen.view.answering,
    )


@login_required
def dispute(request: HttpRequest, objection: UUID) -> HttpResponse:
    """Record that the requester went to the Komisi Informasi."""
    one = officer_of(request)
    seen = objection_seen(one, objection)
    return act_on(
        request,
        dispute_asked(one, seen, request.POST or None),
        template="dispute",
        page=seen.page,
        view=seen.view,
        heading="Catat sengketa di Komisi Informasi",
        obstacles=seen.view.disputing,
    )


@login_required
def dispute_decision(request: HttpRequest, objection: UUID) -> HttpResponse:
    """Record how the dispute ended."""
    one = officer_of(request)
    seen = objection_seen(one, objection)
    return act_on(
        request,
        dispute_decision_asked(one, seen, request.POST or None),
        template="dispute",
        page=seen.page,
        view=seen.view,
        heading="Catat putusan Komisi Informasi",
        obstacles=seen.view.deciding,
    )


@login_required
def show_letter(request: HttpRequest, objection: UUID) -> HttpResponse:
    """Show the superior's answer as a letter, fit for print."""
    seen = objection_seen(officer_of(request), objection)
    page, found = seen.page, seen.found
    if found.answered_on is None:
        raise NotFound(Finding("letter_unknown", "Keberatan ini belum ditanggapi."))
    opened = Item.objects.filter(pk__in=found.opened).select_related("determination")
    context: dict[str, Any] = {"page": page, "asked": page.asked, "view": seen.view, "one": found}
    context |= {"opened": opened, "personal": page.personal, "place": found.body.place}
    return render(request, "office/objection_letter.html", context)
