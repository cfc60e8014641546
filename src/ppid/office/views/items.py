"""The pages of an item: its words, its consequence-test sheet, its archive entry, its opening."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from ppid.errors import Conflict, PpidError
from ppid.law.grounds import grounds, never_exempt
from ppid.office.accounts import person_of
from ppid.office.actions.archive import file_item
from ppid.office.actions.consequence_tests import newest_test, sheet_of, write_test
from ppid.office.actions.items import add_item, change_item
from ppid.office.actions.openings import declare_open
from ppid.office.authority import Right, authority_of
from ppid.office.forms.items import ArchiveForm, ItemWordsForm, NewItemForm, OpeningForm
from ppid.office.forms.sheets import SheetForm, initial_of
from ppid.office.models import Agency, Case, Item
from ppid.office.queries.cases import case_page
from ppid.office.queries.items import item_page, visible_item


def _today(request: HttpRequest) -> date:
    return timezone.now().astimezone(person_of(request).body.zone).date()


def _visible(request: HttpRequest, item: UUID) -> Item:
    person = person_of(request)
    return visible_item(item, by=person.pk, body=person.body_id, on=_today(request))[0]


def _done(request: HttpRequest, act: Any, done: str) -> tuple[Any, PpidError | None]:
    """Run the act; return its result, or the error that the page has to show."""
    try:
        result = act()
    except Conflict as error:
        if error.codes != ("already_done",):
            return None, error
        messages.info(request, error.findings[0].message)
        return None, None
    except PpidError as error:
        return None, error
    messages.success(request, done)
    return result, None


@login_required
def show_item(request: HttpRequest, item: UUID) -> HttpResponse:
    """Show the item with its sheet, decisions, history and status today."""
    person = person_of(request)
    page = item_page(item, by=person.pk, body=person.body_id, on=_today(request))
    return render(request, "office/item.html", {"page": page, "item": page.item})


@login_required
def new_item(request: HttpRequest, case: UUID) -> HttpResponse:
    """Add a candidate to a case."""
    person = person_of(request)
    page = case_page(case, by=person.pk, body=person.body_id, at=timezone.now())
    form = NewItemForm(request.POST or None, agencies=_own_agencies(request))
    error = None
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        _, error = _done(
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
    context = {"form": form, "case": page.case, "findings": error.findings if error else ()}
    return render(request, "office/item_new.html", context)


def _own_agencies(request: HttpRequest) -> list[Agency]:
    person = person_of(request)
    limit = authority_of(person.pk, on=_today(request)).agencies(Right.PREPARE)
    rows = Agency.objects.filter(body=person.body)
    return list(rows if limit is None else rows.filter(pk__in=limit))


@login_required
def change(request: HttpRequest, item: UUID) -> HttpResponse:
    """Change a candidate's words."""
    found = _visible(request, item)
    words = {name: getattr(found, name) for name in ("title", "public_title", "summary")}
    form = ItemWordsForm(request.POST or None, initial=words)

    def act() -> None:
        change_item(found, by=person_of(request).pk, at=timezone.now(), **form.cleaned_data)

    return _edit(request, found, form, act, template="item_change", done="Informasi diubah.")


def _edit(
    request: HttpRequest, item: Item, form: Any, act: Any, *, template: str, done: str, **more: Any
) -> HttpResponse:
    """Show a form of an item, or run its act and go back to where the item is worked on."""
    error = None
    if request.method == "POST" and form.is_valid():
        _, error = _done(request, act, done)
        if error is None:
            return redirect("item", item=item.pk)
    status = 409 if isinstance(error, Conflict) else 200
    context = {"form": form, "item": item, "findings": error.findings if error else (), **more}
    return render(request, f"office/{template}.html", context, status=status)


@login_required
def edit_sheet(request: HttpRequest, item: UUID) -> HttpResponse:
    """Fill in the consequence-test sheet; it may be saved incomplete."""
    found = _visible(request, item)
    test = newest_test(found)
    on = _today(request)
    initial = initial_of(sheet_of(found), test.publishable if test else [])
    initial["place"] = initial["place"] or found.body.place
    form = SheetForm(
        request.POST or None,
        grounds=grounds(on=on),
        never_exempt=never_exempt(on=on),
        initial=initial,
    )

    def act() -> None:
        data = form.cleaned_data
        write_test(
            found,
            sheet=data["sheet"],
            publishable=data["publishable"],
            by=person_of(request).pk,
            at=timezone.now(),
            act=data["act"],
        )

    return _edit(request, found, form, act, template="sheet", done="Lembar uji tersimpan.")


@login_required
def edit_archive(request: HttpRequest, item: UUID) -> HttpResponse:
    """Record where the copies are kept."""
    found = _visible(request, item)
    kept = getattr(found, "archive", None)
    names = ("soft_copy", "hard_copy", "classification_code", "quantity", "security")
    initial = {name: getattr(kept, name) for name in names} if kept else None
    form = ArchiveForm(request.POST or None, initial=initial)

    def act() -> None:
        file_item(found, by=person_of(request).pk, at=timezone.now(), **form.cleaned_data)

    return _edit(request, found, form, act, template="archive", done="Tempat arsip tercatat.")


@login_required
def open_item(request: HttpRequest, item: UUID) -> HttpResponse:
    """Declare the item open."""
    found = _visible(request, item)
    form = OpeningForm(request.POST or None, initial={"opened_on": _today(request)})
    case = Case.objects.filter(pk=found.case_id).first()

    def act() -> None:
        data = form.cleaned_data
        declare_open(
            found,
            opened_on=data["opened_on"],
            reason=data["reason"],
            by=person_of(request).pk,
            at=timezone.now(),
            case=case,
            act=data["act"],
        )

    return _edit(request, found, form, act, template="open", done="Informasi dinyatakan terbuka.")
