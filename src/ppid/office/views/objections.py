"""The pages of an objection: its record, the superior's answer and letter, the dispute after it."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from ppid.errors import Finding, NotFound
from ppid.law.request import ObjectionGround, settles_amicably
from ppid.office.accounts import person_of
from ppid.office.actions.objections import (
    answer_objection,
    decide_dispute,
    exempt_items,
    file_objection,
    register_dispute,
)
from ppid.office.forms.objections import (
    DisputeDecisionForm,
    DisputeForm,
    ObjectionAnswerForm,
    ObjectionForm,
)
from ppid.office.models import Item, Objection
from ppid.office.queries.requests import (
    ObjectionView,
    RequestPage,
    request_page,
    visible_objection,
)
from ppid.office.views.requests import act_on, page_of, today


@login_required
def new_objection(request: HttpRequest, asked: UUID) -> HttpResponse:
    """Record an objection to the answer, or to the silence, on a request."""
    page, person = page_of(request, asked), person_of(request)
    initial = {"filed_on": page.on, "found_on": page.asked.answered_on}
    form = ObjectionForm(request.POST or None, initial=initial)

    def act() -> None:
        act_id = form.cleaned_data["act"]
        file_objection(page.asked, filed=form.filed(), by=person.pk, at=timezone.now(), act=act_id)

    return act_on(
        request,
        form,
        act,
        said="Keberatan tercatat.",
        template="objection_new",
        page=page,
        obstacles=page.objecting,
    )


def _seen(request: HttpRequest, objection: UUID) -> tuple[RequestPage, ObjectionView, Objection]:
    """Return the request and the objection as who asks sees them. Raises NotFound."""
    person = person_of(request)
    found, _ = visible_objection(objection, by=person.pk, body=person.body_id, on=today(request))
    page = request_page(found.request_id, by=person.pk, body=person.body_id, at=timezone.now())
    view = next(one for one in page.objections if one.objection.pk == objection)
    return page, view, found


@login_required
def answer(request: HttpRequest, objection: UUID) -> HttpResponse:
    """Answer an objection, as the PPID's superior."""
    page, view, found = _seen(request, objection)
    person = person_of(request)
    exempt = exempt_items(found, on=page.on)
    form = ObjectionAnswerForm(
        request.POST or None,
        exempt=exempt,
        amicable=all(settles_amicably(ObjectionGround(one)) for one in found.grounds),
        initial={"answered_on": page.on, "items": [str(item.pk) for item in exempt]},
    )

    def act() -> None:
        act_id = form.cleaned_data["act"]
        answer_objection(found, letter=form.letter(), by=person.pk, at=timezone.now(), act=act_id)

    return act_on(
        request,
        form,
        act,
        said="Keberatan ditanggapi.",
        template="objection_answer",
        page=page,
        view=view,
        obstacles=view.answering,
    )


@login_required
def dispute(request: HttpRequest, objection: UUID) -> HttpResponse:
    """Record that the requester went to the Komisi Informasi."""
    page, view, found = _seen(request, objection)
    form = DisputeForm(request.POST or None)

    def act() -> None:
        register_dispute(found, by=person_of(request).pk, at=timezone.now(), **form.cleaned_data)

    return act_on(
        request,
        form,
        act,
        said="Sengketa tercatat.",
        template="dispute",
        page=page,
        view=view,
        heading="Catat sengketa di Komisi Informasi",
        obstacles=view.disputing,
    )


@login_required
def dispute_decision(request: HttpRequest, objection: UUID) -> HttpResponse:
    """Record how the dispute ended."""
    page, view, found = _seen(request, objection)
    form = DisputeDecisionForm(request.POST or None)

    def act() -> None:
        decide_dispute(found, by=person_of(request).pk, at=timezone.now(), **form.cleaned_data)

    return act_on(
        request,
        form,
        act,
        said="Akhir sengketa tercatat. Nyatakan terbuka setiap informasi yang dibuka putusan itu.",
        template="dispute",
        page=page,
        view=view,
        heading="Catat putusan Komisi Informasi",
        obstacles=view.deciding,
    )


@login_required
def show_letter(request: HttpRequest, objection: UUID) -> HttpResponse:
    """Show the superior's answer as a letter, fit for print."""
    page, view, found = _seen(request, objection)
    if found.answered_on is None:
        raise NotFound(Finding("letter_unknown", "Keberatan ini belum ditanggapi."))
    opened = Item.objects.filter(pk__in=found.opened).select_related("determination")
    context: dict[str, Any] = {"page": page, "asked": page.asked, "view": view, "one": found}
    context |= {"opened": opened, "personal": page.personal, "place": found.body.place}
    return render(request, "office/objection_letter.html", context)
