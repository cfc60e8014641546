"""Reading what is exempt: whether it leaves a trace. Who may read at all is the office's."""

from datetime import date

from ppid.law.term import Status


def leaves_trace(status: Status | None, *, last_read_on: date | None, on: date) -> bool:
    """Return whether a person's reading of an item on a day is recorded.

    status: of the item on that day, None for a candidate that is still worked on. last_read_on: the
    last day for which a reading by this person is recorded already.
    Source: UU 14/2008 ps. 54 (1) (reading: docs/decisions/0092).
    """
    return status is Status.EXEMPT and (last_read_on is None or last_read_on < on)
