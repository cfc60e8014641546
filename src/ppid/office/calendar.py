"""The calendar by which a body counts working days."""

from functools import lru_cache

from ppid.law.workdays import WorkCalendar, national_calendar
from ppid.office.models import Body


@lru_cache(maxsize=8)
def _calendar(days_per_week: int, collective_leave_works: bool) -> WorkCalendar:
    return national_calendar(
        days_per_week=days_per_week, collective_leave_works=collective_leave_works
    )


def body_calendar(body: Body) -> WorkCalendar:
    """Return the national calendar with the body's week and its reading of cuti bersama."""
    settings = body.settings
    return _calendar(
        settings.get("days_per_week", 5), settings.get("collective_leave_works", False)
    )
