"""The page of a consequence-test sheet, and the draft that it keeps while it is written."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from ppid.law.consequence_sheet import renewed
from ppid.law.consequence_test import Moment
from ppid.law.grounds import grounds, never_exempt
from ppid.office.accounts import person_of
from ppid.office.actions.consequence_tests import write_test
from ppid.office.actions.readings import record_reading
from ppid.office.actions.sheet_drafts import drop_sheet_draft, keep_sheet_draft, sheet_draft
from ppid.office.forms.sheet_drafts import from_draft
from ppid.office.forms.sheet_sections import sections
from ppid.office.forms.sheets import SheetForm, initial_of
from ppid.office.models import Draft, Item
from ppid.office.queries.deliberations import participants_of
from ppid.office.queries.items import ItemPage, item_page, visible_item
from ppid.office.views.doing import done, status_of_answer

NOT_KEPT = frozenset({"csrfmiddlewaretoken", "act"})
TAKEN_UP = "pakai"


@login_required
def edit_sheet(request: HttpRequest, item: UUID) -> HttpResponse:
    """Fill in the sheet; it may be saved incomplete, and goes on from the person's own draft."""
    person, at = person_of(request), timezone.now()
    on = at.astimezone(person.body.zone).date()
    page = item_page(item, by=person.pk, body=person.body_id, on=on)
    record_reading(page.item, by=person.pk, at=at)
    draft = sheet_draft(page.item, by=person.pk)
    taken_up = draft is not None and request.GET.get("draf") == TAKEN_UP
    known = {"grounds": grounds(on=on), "never_exempt": never_exempt(on=on)}
    initial = _initial(page)
    if draft and taken_up:
        initial = initial | from_draft(SheetForm(**known), draft.content)
    form = SheetForm(request.POST or None, **known, initial=initial)
    error = None
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        _, error = done(
            request,
            lambda: write_test(
                page.item,
                sheet=data["sheet"],
                publishable=data["publishable"],
                by=person.pk,
                at=timezone.now(),
                act=data["act"],
            ),
            "Lembar uji tersimpan.",
        )
        if error is None:
            drop_sheet_draft(page.item, by=person.pk)
            return redirect("item", item=item)
    context = _context(page, form, draft=None if taken_up else draft)
    context |= {
        "sections": sections(
            form, gaps=page.missing if page.test else (), grounds=known["grounds"]
        ),
        "findings": error.findings if error else (),
        "taken_up": taken_up,
    }
    return render(request, "office/sheet.html", context, status=status_of_answer(error))


def _is_renewing(page: ItemPage) -> bool:
    return page.is_changing and page.rests_on_sheet


def _initial(page: ItemPage) -> dict[str, Any]:
    sheet = renewed(page.sheet) if _is_renewing(page) else page.sheet
    initial = initial_of(sheet, page.test.publishable if page.test else [])
    initial["place"] = initial["place"] or page.item.body.place
    if page.tested_on_request:
        initial["moment"] = Moment.ON_REQUEST
    initial["participants"] = initial["participants"] or "\n".join(
        f"{name}; {position}" for name, position in participants_of(page.item)
    )
    return initial


def _context(page: ItemPage, form: SheetForm, *, draft: Draft | None) -> dict[str, Any]:
    renewing = _is_renewing(page)
    return {
        "page": page,
        "item": page.item,
        "form": form,
        "draft": draft,
        "obstacles": page.prepare,
        "renewing": renewing,
        "started": page.test is not None and not renewing,
    }


def _own(request: HttpRequest, item: UUID) -> Item:
    person = person_of(request)
    on = timezone.now().astimezone(person.body.zone).date()
    found, _ = visible_item(item, by=person.pk, body=person.body_id, on=on)
    return found


@login_required
@require_POST
def keep(request: HttpRequest, item: UUID) -> HttpResponse:
    """Keep the draft: with no content for the script, and back to the sheet for the button."""
    content = {name: values for name, values in request.POST.lists() if name not in NOT_KEPT}
    at = timezone.now()
    keep_sheet_draft(_own(request, item), content=content, by=person_of(request).pk, at=at)
    if request.headers.get("X-Requested-With") == "fetch":
        return HttpResponse(status=204)
    messages.success(request, "Draf tersimpan. Hanya Anda yang dapat melihatnya.")
    return redirect(f"{request.path.removesuffix('draf/')}?draf={TAKEN_UP}")


@login_required
@require_POST
def drop(request: HttpRequest, item: UUID) -> HttpResponse:
    """Forget the person's draft and show the sheet as it was saved."""
    drop_sheet_draft(_own(request, item), by=person_of(request).pk)
    messages.success(request, "Draf dibuang.")
    return redirect("sheet", item=item)
