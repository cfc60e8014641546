"""Whether items are open, soon to open, or due for review on a day: as conditions on the register.

Nothing of it is stored: it follows from the facts that the determination fixed and from the day.
"""

from datetime import date, timedelta

from django.db.models import Q

from ppid.law.term import last_day_to_declare_open
from ppid.law.workdays import WorkCalendar

_DAY = timedelta(days=1)
_A_MONTH = timedelta(days=30)
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
    return is_exempt(on) & Q(opens_on__lte=last_end_within_reach(on, calendar))


def review_due(on: date, calendar: WorkCalendar) -> Q:
    """Return the condition that an exempt item's review lies behind or within the same reach."""
    return is_exempt(on) & Q(review_on__lte=last_end_within_reach(on, calendar))


def last_end_within_reach(on: date, calendar: WorkCalendar) -> date:
    """Return the latest end of a term whose last 30 working days have begun on the day."""
    end = on + _A_MONTH
    while last_day_to_declare_open(end + _DAY, calendar).day <= on:
        end += _DAY
    return end
