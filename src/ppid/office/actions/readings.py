"""Reading what is exempt leaves a trace in the log (docs/decisions/0029)."""

from datetime import datetime, time
from uuid import UUID

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
    local = at.astimezone(item.body.zone)
    if status_of(item, on=local.date()) != "dikecualikan" or _known(item, by=by, at=local):
        return False
    with writing():
        lock(item.body_id)
        if _known(item, by=by, at=local):
            return False
        append(Fact("document.read", item=item.pk), body=item.body_id, by=by, at=at)
    return True


def _known(item: Item, *, by: UUID, at: datetime) -> bool:
    morning = datetime.combine(at.date(), time(), tzinfo=at.tzinfo)
    events = Event.objects.filter(item=item.pk, kind="document.read", actor=by, at__gte=morning)
    return events.exists()
