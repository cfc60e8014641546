"""Background work: made up by the timer whenever it was missed, so running it twice is safe."""

import logging
from datetime import datetime

from django.db import DatabaseError

from ppid.errors import PpidError
from ppid.office.actions.editions import deliver
from ppid.office.models import Body

log = logging.getLogger(__name__)


def make_up_deliveries(*, at: datetime) -> int:
    """Hand every edition that the public site lacks to it; return how many were handed over.

    What fails for one body is logged and tried again in the next round; the others go on.
    """
    return sum(_deliver(body, at=at) for body in Body.objects.order_by("slug"))


def _deliver(body: Body, *, at: datetime) -> int:
    try:
        return deliver(body, at=at)
    except (PpidError, DatabaseError, OSError):
        log.exception("Edisi %s belum sampai ke situs umum", body.pk)
        return 0
