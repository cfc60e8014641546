"""The pages of the store room: its tree, one place, new and changed places, and scanned codes."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from ppid.errors import PpidError
from ppid.office.accounts import person_of
from ppid.office.actions.labels import set_labels
from ppid.office.forms.steps import ActForm
from ppid.office.forms.store_room import LabelForm
from ppid.office.labels import USUAL_SHEET, USUAL_WORDS
from ppid.office.models import Place
from ppid.office.queries.store_room import (
    behind_code,
    place_page,
    store_page,
)
from ppid.office.views.asking import asked
from ppid.office.views.doing import (
    is_over,
    officer_of,
    run,
    set_up_obstacles,
    status_of_answer,
    to_fields,
)
from ppid.office.views.store_acts import (
    place_asked,
    place_change_asked,
    place_end_asked,
    place_seen,
)


def _today(request: HttpRequest) -> date:
    return timezone.now().astimezone(person_of(request).body.zone).date()


@login_required
def show_store(request: HttpRequest) -> HttpResponse:
    """Show the tree of places; a code that was typed leads on to what it is on."""
    if code := request.GET.get("kode", "").strip():
        return redirect("store_code", code=code.rstrip("/").rpartition("/")[2][:60] or "-")
    person, on = person_of(request), _today(request)
    page = store_page(person.body, by=person.pk, on=on)
    return render(request, "office/store_room.html", {"page": page, "day": on.isoformat()})


@login_required
def follow_code(request: HttpRequest, code: str) -> HttpResponse:
    """Lead from a label to what it is on: a place, or the archive entry of an item."""
    person = person_of(request)
    found = behind_code(code, by=person.pk, body=person.body_id, on=_today(request))
    if isinstance(found, Place):
        return redirect("place", place=found.pk)
    return redirect(f"/informasi/{found.pk}/#arsip")


@login_required
def show_place(request: HttpRequest, place: UUID, error: PpidError | None = None) -> HttpResponse:
    """Show a place with what is in it."""
    person = person_of(request)
    page = place_page(place, by=person.pk, body=person.body_id, on=_today(request))
    context = {"page": page, "act": ActForm()["act"]}
    context["findings"] = error.findings if error else ()
    return render(request, "office/place.html", context, status=status_of_answer(error))


@login_required
def new_place(request: HttpRequest) -> HttpResponse:
    """Add a place; `?di=` names the one it stands in."""
    one = officer_of(request)
    page = store_page(one.body, by=one.by, on=one.on)
    what = place_asked(one, request.POST or None, inside=request.GET.get("di", ""))
    result, error = run(request, what)
    if result:
        return redirect("place", place=result.made.pk)
    context = {"title": "Tempat baru", "label": "Tambah tempat", "obstacles": page.keeping}
    return _form(request, what.form, error, **context)


@login_required
def edit_place(request: HttpRequest, place: UUID) -> HttpResponse:
    """Give a place another name, or move it with all that is in it."""
    one = officer_of(request)
    page = place_page(place, by=one.by, body=one.body.pk, on=one.on)
    found = page.place
    what = place_change_asked(one, found, request.POST or None)
    _, error = run(request, what)
    if is_over(request, what, error):
        return redirect("place", place=found.pk)
    context = {"title": f"Ubah {found.label}", "label": "Simpan", "obstacles": page.keeping}
    return _form(request, what.form, error, place=found, **context)


def _form(request: HttpRequest, form: Any, error: PpidError | None, **more: Any) -> HttpResponse:
    if request.method == "POST" and form.is_valid() and error is None:
        return redirect("store_room")
    context = {"form": form, "findings": to_fields(form, error), **more}
    return render(request, "office/place_form.html", context, status=status_of_answer(error))


@login_required
def close(request: HttpRequest, place: UUID) -> HttpResponse:
    """Close an empty place."""
    one = officer_of(request)
    what = place_end_asked(one, place_seen(one, place), request.POST or None)
    if request.method != "POST" or not what.is_valid:
        return redirect("place", place=place)
    _, error = run(request, what)
    return show_place(request, place, error) if error else redirect("store_room")


@login_required
def choose_labels(request: HttpRequest) -> HttpResponse:
    """Choose the sheet of labels and the words on one."""
    person = person_of(request)
    chosen = person.body.settings
    initial = {
        "sheet": chosen.get("label_sheet", USUAL_SHEET),
        "words": list(chosen.get("label_words", USUAL_WORDS)),
    }
    form = LabelForm(request.POST or None, initial=initial)

    def act() -> None:
        data = form.cleaned_data
        set_labels(
            person.body,
            sheet=data["sheet"],
            words=data["words"],
            by=person.pk,
            at=timezone.now(),
        )

    _, error = run(request, asked(form, act, said="Label diatur."))
    context = {"title": "Label", "label": "Simpan", "obstacles": set_up_obstacles(person)}
    return _form(request, form, error, **context)
