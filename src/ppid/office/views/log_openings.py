"""The button that opens a sheet of the consequence test for a judge, with proof of its day."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from ppid.ledger.entry import Entry
from ppid.office.accounts import person_of
from ppid.office.actions.log_openings import open_entry
from ppid.office.models import ConsequenceTest, Event
from ppid.office.queries.items import visible_test


@login_required
@require_POST
def open_sheet(request: HttpRequest, test: UUID) -> HttpResponse:
    """Hand out the opening of a sheet as it was last written."""
    person, at = person_of(request), timezone.now()
    on = at.astimezone(person.body.zone).date()
    found = visible_test(test, by=person.pk, body=person.body_id, on=on)
    seq = _written(found)
    text = open_entry(person.body, seq, names=["sheet"], at=at, by=person.pk)
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="lembar-uji-{seq}.tlog-proof"'
    response["Cache-Control"] = "no-store"
    return response


def _written(test: ConsequenceTest) -> int:
    """Return the number of the entry by which the sheet was last written."""
    rows = Event.objects.filter(item=test.item_id, kind="test.written").order_by("-seq")
    said = ((one.seq, Entry.from_bytes(bytes(one.entry)).payload["id"]) for one in rows)
    return next(seq for seq, sheet in said if sheet == str(test.pk))
