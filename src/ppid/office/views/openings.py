"""The page that declares an item open: first the reason, then what that reason asks."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from ppid.law.opening import OpeningReason
from ppid.office.accounts import person_of
from ppid.office.actions.openings import (
    declare_open,
    may_open,
    opening_case,
    opening_obstacles,
    opening_reasons,
)
from ppid.office.authority import MAY, Right, not_authorised
from ppid.office.forms.openings import ASKED, OpeningForm
from ppid.office.mandate import MandatedAct
from ppid.office.queries.items import visible_item
from ppid.office.views.doing import done, status_of_answer


@login_required
def open_item(request: HttpRequest, item: UUID) -> HttpResponse:
    """Offer the reasons of the law for this item's ground; declare it open for the chosen one."""
    person, at = person_of(request), timezone.now()
    on = at.astimezone(person.body.zone).date()
    found, authority = visible_item(item, by=person.pk, body=person.body_id, on=on)
    roles = authority.acting(MandatedAct.OPEN).roles
    case = opening_case(found.body, roles)
    obstacles = opening_obstacles(found, on=on)
    if not may_open(roles, case):
        obstacles = (*obstacles, not_authorised(MAY[Right.OPEN_ITEM]))
    reasons = opening_reasons(found)
    chosen = request.POST.get("reason") or request.GET.get("alasan") or ""
    context = {"item": found, "obstacles": obstacles}
    if chosen not in reasons:
        context["reasons"] = [(one, ASKED[one]) for one in reasons]
        return render(request, "office/open.html", context)
    reason = OpeningReason(chosen)
    form = OpeningForm(
        request.POST or None,
        reason=reason,
        on=on,
        named=found.opens_on is None,
        initial={"opened_on": found.opens_on or on},
    )
    error = None
    if request.method == "POST" and form.is_valid():
        _, error = done(
            request,
            lambda: declare_open(
                found,
                opened_on=form.opened_on(),
                reason=reason,
                document=form.document(),
                by=person.pk,
                at=at,
                case=case,
                act=form.cleaned_data["act"],
            ),
            "Informasi dinyatakan terbuka.",
        )
        if error is None:
            return redirect("item", item=item)
    context |= {
        "form": form,
        "reason": reason,
        "asked": ASKED[reason],
        "at_once": reason is not OpeningReason.TERM_ENDS,
        "findings": error.findings if error else (),
    }
    return render(request, "office/open.html", context, status=status_of_answer(error))
