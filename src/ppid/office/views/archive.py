"""The page on which an item is filed: where its copies are, and what kind of archive it is."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from ppid.office.accounts import person_of
from ppid.office.actions.archive import file_item, filing_obstacles
from ppid.office.forms.archive import ArchiveForm
from ppid.office.queries.filing import filing_of
from ppid.office.queries.items import visible_item
from ppid.office.views.doing import form_page, sent


@login_required
def edit_archive(request: HttpRequest, item: UUID) -> HttpResponse:
    """Record where the copies are kept, with a place proposed in the order of the ends."""
    person, at = person_of(request), timezone.now()
    on = at.astimezone(person.body.zone).date()
    found, authority = visible_item(item, by=person.pk, body=person.body_id, on=on)
    entry, filing = getattr(found, "archive", None), filing_of(found)
    fresh = {"place": filing.proposal.place if filing.proposal else ""}
    fresh |= {"processing_unit": found.agency.name}
    form = ArchiveForm(
        request.POST or None,
        nodes=filing.nodes,
        entry=entry,
        initial=None if entry else fresh,
    )

    def act() -> None:
        file_item(found, by=person.pk, at=timezone.now(), **form.filing())

    _, error = sent(request, form, act, said="Tempat arsip tercatat.")
    if request.method == "POST" and form.is_valid() and error is None:
        return redirect("item", item=found.pk)
    return form_page(
        request,
        "archive",
        form,
        error=error,
        back=reverse("item", args=[found.pk]),
        item=found,
        filing=filing,
        entry=entry,
        obstacles=filing_obstacles(authority),
    )
