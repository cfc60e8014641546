"""The pages of an item: its words, its considerations, new and changed candidates."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from ppid.errors import Finding
from ppid.office.actions.items import (
    correcting_obstacles,
    determined_already,
    preparing_obstacles,
)
from ppid.office.actions.readings import record_reading
from ppid.office.models import Item
from ppid.office.queries.cases import case_page
from ppid.office.queries.items import item_page
from ppid.office.queries.written_consideration import consideration_of
from ppid.office.views.asking import Asked
from ppid.office.views.doing import is_over, officer_of, run, status_of_answer
from ppid.office.views.item_acts import candidate_asked, item_seen, title_asked, words_asked


@login_required
def show_item(request: HttpRequest, item: UUID) -> HttpResponse:
    """Show the item with its sheet, decisions, history and status today."""
    one = officer_of(request)
    page = item_page(item, by=one.by, body=one.body.pk, on=one.on)
    record_reading(page.item, by=one.by, at=one.at)
    return render(request, "office/item.html", {"page": page, "item": page.item})


@login_required
def show_consideration(request: HttpRequest, item: UUID) -> HttpResponse:
    """Show the written consideration, fit for print; it holds nothing that is sealed."""
    one = officer_of(request)
    seen = item_seen(one, item)
    context = {"paper": consideration_of(seen.item, on=one.on), "on": one.on}
    return render(request, "office/written_consideration.html", context)


@login_required
def new_item(request: HttpRequest, case: UUID) -> HttpResponse:
    """Add a candidate to a case."""
    one = officer_of(request)
    page = case_page(case, by=one.by, body=one.body.pk, at=one.at)
    asked = candidate_asked(one, page, request.POST or None)
    _, error = run(request, asked)
    if is_over(request, asked, error):
        return redirect("case", case=case)
    context = {"form": asked.form, "case": page.case, "obstacles": page.prepare}
    context["findings"] = error.findings if error else ()
    return render(request, "office/item_new.html", context, status=status_of_answer(error))


@login_required
def change(request: HttpRequest, item: UUID) -> HttpResponse:
    """Change a candidate's words."""
    one = officer_of(request)
    seen = item_seen(one, item)
    found, authority = seen.item, seen.authority
    prepare = preparing_obstacles(found.case, authority=authority, agency=found.agency_id)
    asked = words_asked(one, seen, request.POST or None)
    obstacles = (*determined_already(found), *prepare)
    return _edit(request, found, asked, template="item_change", obstacles=obstacles)


@login_required
def correct_title(request: HttpRequest, item: UUID) -> HttpResponse:
    """Correct the public title of a determined item."""
    one = officer_of(request)
    seen = item_seen(one, item)
    asked = title_asked(one, seen, request.POST or None)
    obstacles = correcting_obstacles(seen.item, authority=seen.authority)
    return _edit(request, seen.item, asked, template="item_title", obstacles=obstacles)


def _edit(
    request: HttpRequest, item: Item, asked: Asked, *, template: str, obstacles: tuple[Finding, ...]
) -> HttpResponse:
    """Show the form of an item, or run its act and go back to where the item is worked on."""
    _, error = run(request, asked)
    if is_over(request, asked, error):
        return redirect("item", item=item.pk)
    context = {"form": asked.form, "item": item, "obstacles": obstacles}
    context["findings"] = error.findings if error else ()
    return render(request, f"office/{template}.html", context, status=status_of_answer(error))
