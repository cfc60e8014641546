"""The page that begins a change of classification, which some call an extension."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from ppid.office.actions.reclassifications import change_obstacles
from ppid.office.queries.classifications import classifications
from ppid.office.views.doing import is_over, officer_of, run, status_of_answer
from ppid.office.views.item_acts import item_seen, reclassification_asked


@login_required
def change_classification(request: HttpRequest, item: UUID) -> HttpResponse:
    """Say what a change of classification is, and bring the item under a case for a new test."""
    one = officer_of(request)
    seen = item_seen(one, item)
    asked = reclassification_asked(one, seen, request.POST or None)
    result, error = run(request, asked)
    if is_over(request, asked, error):
        return redirect("case", case=result.made.pk) if result else redirect("item", item=item)
    context = {
        "form": asked.form,
        "item": seen.item,
        "obstacles": change_obstacles(seen.item, authority=seen.authority, on=one.on),
        "nowhere": not asked.form.cases,
        "classifications": classifications(seen.item, seen.authority),
        "findings": error.findings if error else (),
    }
    return render(request, "office/reclassify.html", context, status=status_of_answer(error))
