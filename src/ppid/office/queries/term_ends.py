"""Whether items are open, soon to open, or due for review on a day: as conditions on the register.

Nothing of it is stored: it follows from the facts that the determination fixed and from the day.
"""

from datetime import date

from django.db.models import Q

from ppid.law.docket import last_end_due
from ppid.law.workdays import WorkCalendar

DETERMINED = Q(stage="dikecualikan")


def is_open(on: date) -> Q:
    """Return the condition that an item is open on the day.

    Source: PP 61/2010 ps. 11 (3)
    """
    return DETERMINED & (Q(opens_on__lte=on) | Q(declared_open_on__lte=on))


def is_exempt(on: date) -> Q:
    """Return the condition that an item is exempt on the day."""
    by_term = Q(opens_on__isnull=True) | Q(opens_on__gt=on)
    by_act = Q(declared_open_on__isnull=True) | Q(declared_open_on__gt=on)
    return DETERMINED & by_term & by_act


def opens_soon(on: date, calendar: WorkCalendar) -> Q:
    """Return the condition that an item's term is in its last 30 working days, or just before.

    Source: PP 61/2010 ps. 11 (2)
    """
    return is_exempt(on) & Q(opens_on__lte=last_end_due(on, calendar))


def review_due(on: date, calendar: WorkCalendar) -> Q:
    """Return the condition that an exempt item's review lies behind or within the same reach."""
    return is_exempt(on) & Q(review_on__lte=last_end_due(on, calendar))
