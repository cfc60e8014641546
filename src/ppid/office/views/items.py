"""The pages of an item: its words, its considerations, new and changed candidates."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from ppid.office.accounts import person_of
from ppid.office.actions.items import (
    add_item,
    change_item,
    correct_public_title,
    correcting_obstacles,
    determined_already,
    preparing_obstacles,
)
from ppid.office.actions.readings import record_reading
from ppid.office.authority import Authority, Right, authority_of
from ppid.office.forms.items import CorrectionForm, ItemWordsForm, NewItemForm
from ppid.office.models import Agency, Item
from ppid.office.queries.cases import case_page
from ppid.office.queries.items import item_page, visible_item
from ppid.office.queries.written_consideration import consideration_of
from ppid.office.views.doing import done, status_of_answer
from ppid.office.writing import writing


def _today(request: HttpRequest) -> date:
    return timezone.now().astimezone(person_of(request).body.zone).date()


def _visible(request: HttpRequest, item: UUID) -> tuple[Item, Authority]:
    person = person_of(request)
    return visible_item(item, by=person.pk, body=person.body_id, on=_today(request))


@login_required
def show_item(request: HttpRequest, item: UUID) -> HttpResponse:
    """Show the item with its sheet, decisions, history and status today."""
    person = person_of(request)
    page = item_page(item, by=person.pk, body=person.body_id, on=_today(request))
    record_reading(page.item, by=person.pk, at=timezone.now())
    return render(request, "office/item.html", {"page": page, "item": page.item})


@login_required
def show_consideration(request: HttpRequest, item: UUID) -> HttpResponse:
    """Show the written consideration, fit for print; it holds nothing that is sealed."""
    found, _ = _visible(request, item)
    on = _today(request)
    context = {"paper": consideration_of(found, on=on), "on": on}
    return render(request, "office/written_consideration.html", context)


@login_required
def new_item(request: HttpRequest, case: UUID) -> HttpResponse:
    """Add a candidate to a case."""
    person = person_of(request)
    page = case_page(case, by=person.pk, body=person.body_id, at=timezone.now())
    form = NewItemForm(request.POST or None, agencies=_own_agencies(request))
    error = None
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        _, error = done(
            request,
            lambda: add_item(
                page.case,
                agency=Agency.objects.get(pk=data["agency"]),
                title=data["title"],
                public_title=data["public_title"],
                summary=data["summary"],
                by=person.pk,
                at=timezone.now(),
                act=data["act"],
            ),
            "Informasi ditambahkan.",
        )
        if error is None:
            return redirect("case", case=case)
    context = {"form": form, "case": page.case, "obstacles": page.prepare}
    context["findings"] = error.findings if error else ()
    return render(request, "office/item_new.html", context, status=status_of_answer(error))


def _own_agencies(request: HttpRequest) -> list[Agency]:
    person = person_of(request)
    limit = authority_of(person.pk, on=_today(request)).agencies(Right.PREPARE)
    rows = Agency.objects.filter(body=person.body)
    return list(rows if limit is None else rows.filter(pk__in=limit))


@login_required
def change(request: HttpRequest, item: UUID) -> HttpResponse:
    """Change a candidate's words."""
    found, authority = _visible(request, item)
    words = {name: getattr(found, name) for name in ("title", "public_title", "summary")}
    form = ItemWordsForm(request.POST or None, initial=words)
    prepare = preparing_obstacles(found.case, authority=authority, agency=found.agency_id)

    def act() -> None:
        change_item(found, by=person_of(request).pk, at=timezone.now(), **form.cleaned_data)

    edit = Edit(found, form, act, "item_change", "Informasi diubah.")
    return _edit(request, edit, obstacles=(*determined_already(found), *prepare))


@login_required
def correct_title(request: HttpRequest, item: UUID) -> HttpResponse:
    """Correct the public title of a determined item."""
    found, authority = _visible(request, item)
    form = CorrectionForm(request.POST or None, initial={"public_title": found.public_title})

    def act() -> None:
        data, at = dict(form.cleaned_data), timezone.now()
        with writing(act=data.pop("act"), at=at):
            correct_public_title(found, **data, by=person_of(request).pk, at=at)

    edit = Edit(found, form, act, "item_title", "Judul umum diralat. Edisi berikutnya memuatnya.")
    return _edit(request, edit, obstacles=correcting_obstacles(found, authority=authority))


@dataclass(frozen=True, slots=True)
class Edit:
    """A form of an item, what it does, its template, and what is said when it is done."""

    item: Item
    form: Any
    act: Callable[[], Any]
    template: str
    said: str


def _edit(request: HttpRequest, edit: Edit, **more: Any) -> HttpResponse:
    """Show the form of an item, or run its act and go back to where the item is worked on."""
    error = None
    if request.method == "POST" and edit.form.is_valid():
        _, error = done(request, edit.act, edit.said)
        if error is None:
            return redirect("item", item=edit.item.pk)
    context = {"form": edit.form, "item": edit.item, **more}
    context["findings"] = error.findings if error else ()
    return render(request, f"office/{edit.template}.html", context, status=status_of_answer(error))
