"""Reading what is exempt leaves a trace in the log (docs/decisions/0092)."""

from datetime import date, datetime
from uuid import UUID

from ppid.law.reading import leaves_trace
from ppid.law.term import Status
from ppid.office.log import Fact, append, lock
from ppid.office.models import Event, Item
from ppid.office.queries.items import status_of
from ppid.office.writing import writing


def record_reading(item: Item, *, by: UUID, at: datetime) -> bool:
    """Record that the person reads an exempt item; return whether the log did not say so today.

    Each person, item and day, where the body is, has one event. Candidates are worked on and open
    items are everybody's: they have none.
    Source: UU 14/2008 ps. 54; UU 43/2009 ps. 85
    """
    on = at.astimezone(item.body.zone).date()
    if not _leaves_trace(item, by=by, on=on):
        return False
    with writing():
        lock(item.body_id)
        if not _leaves_trace(item, by=by, on=on):
            return False
        append(Fact("document.read", item=item.pk), body=item.body_id, by=by, at=at)
    return True


def _leaves_trace(item: Item, *, by: UUID, on: date) -> bool:
    stands = status_of(item, on=on)
    status = Status.EXEMPT if stands == "dikecualikan" else None
    events = Event.objects.filter(item=item.pk, kind="document.read", actor=by)
    last = events.order_by("seq").values_list("at", flat=True).last()
    known = last.astimezone(item.body.zone).date() if last else None
    return leaves_trace(status, last_read_on=known, on=on)
