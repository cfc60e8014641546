"""The page that declares an item open: first the reason, then what that reason asks."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from ppid.errors import Finding
from ppid.law.opening import OpeningReason
from ppid.office.actions.openings import may_open, opening_obstacles, opening_reasons
from ppid.office.authority import MAY, Right, not_authorised
from ppid.office.forms.openings import ASKED
from ppid.office.mandate import MandatedAct
from ppid.office.views.asking import Officer
from ppid.office.views.doing import is_over, officer_of, run, status_of_answer
from ppid.office.views.item_acts import OPENINGS, ItemSeen, item_seen


@login_required
def open_item(request: HttpRequest, item: UUID) -> HttpResponse:
    """Offer the reasons of the law for this item's ground; declare it open for the chosen one."""
    one = officer_of(request)
    seen = item_seen(one, item)
    reasons = opening_reasons(seen.item)
    chosen = request.POST.get("reason") or request.GET.get("alasan") or ""
    context: dict[str, Any] = {"item": seen.item, "obstacles": _obstacles(one, seen)}
    if chosen not in reasons:
        context["reasons"] = [(reason, ASKED[reason]) for reason in reasons]
        return render(request, "office/open.html", context)
    reason = OpeningReason(chosen)
    asked = OPENINGS[reason](one, seen, request.POST or None)
    _, error = run(request, asked)
    if is_over(request, asked, error):
        return redirect("item", item=item)
    context |= {
        "form": asked.form,
        "reason": reason,
        "asked": ASKED[reason],
        "at_once": reason is not OpeningReason.TERM_ENDS,
        "findings": error.findings if error else (),
    }
    return render(request, "office/open.html", context, status=status_of_answer(error))


def _obstacles(one: Officer, seen: ItemSeen) -> tuple[Finding, ...]:
    obstacles = opening_obstacles(seen.item, on=one.on)
    roles = seen.authority.acting(MandatedAct.OPEN).roles
    if not may_open(roles, seen.case):
        obstacles = (*obstacles, not_authorised(MAY[Right.OPEN_ITEM]))
    return obstacles
