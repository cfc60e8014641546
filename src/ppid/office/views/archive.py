"""The page on which an item is filed: where its copies are, and what kind of archive it is."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from ppid.office.actions.archive import filing_obstacles
from ppid.office.queries.filing import filing_of
from ppid.office.views.doing import form_page, is_over, officer_of, run, to_fields
from ppid.office.views.item_acts import archive_asked, item_seen


@login_required
def edit_archive(request: HttpRequest, item: UUID) -> HttpResponse:
    """Record where the copies are kept, with a place proposed in the order of the ends."""
    one = officer_of(request)
    seen = item_seen(one, item)
    asked = archive_asked(one, seen, request.POST or None)
    _, error = run(request, asked)
    if is_over(request, asked, error):
        return redirect("item", item=item)
    to_fields(asked.form, error)
    return form_page(
        request,
        "archive",
        asked.form,
        error=error,
        back=reverse("item", args=[item]),
        item=seen.item,
        filing=filing_of(seen.item),
        entry=getattr(seen.item, "archive", None),
        obstacles=filing_obstacles(seen.authority),
    )
