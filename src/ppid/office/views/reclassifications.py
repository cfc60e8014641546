"""The page that begins a change of classification, which some call an extension."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from ppid.office.accounts import person_of
from ppid.office.actions.reclassifications import begin_change, change_obstacles
from ppid.office.forms.reclassifications import ReclassificationForm
from ppid.office.queries.classifications import classifications
from ppid.office.queries.docket import cases_for_tests
from ppid.office.queries.items import visible_item
from ppid.office.views.doing import done, status_of_answer


@login_required
def change_classification(request: HttpRequest, item: UUID) -> HttpResponse:
    """Say what a change of classification is, and bring the item under a case for a new test."""
    person, at = person_of(request), timezone.now()
    on = at.astimezone(person.body.zone).date()
    found, authority = visible_item(item, by=person.pk, body=person.body_id, on=on)
    obstacles = change_obstacles(found, authority=authority, on=on)
    into = cases_for_tests(person.body, by=person.pk, at=at)
    form = ReclassificationForm(request.POST or None, into=into)
    error = None
    if request.method == "POST" and form.is_valid():
        case, error = done(
            request,
            lambda: begin_change(
                found,
                into=form.chosen(),
                reason=form.cleaned_data["reason"],
                by=person.pk,
                at=at,
                act=form.cleaned_data["act"],
            ),
            "Informasi dibawa ke berkas. Tulis lembar uji yang baru.",
        )
        if error is None:
            return redirect("case", case=case.pk) if case else redirect("item", item=item)
    context = {
        "form": form,
        "item": found,
        "obstacles": obstacles,
        "nowhere": not into,
        "classifications": classifications(found),
        "findings": error.findings if error else (),
    }
    return render(request, "office/reclassify.html", context, status=status_of_answer(error))
