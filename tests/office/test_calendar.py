"""The calendar of a body: its week, and its reading of cuti bersama."""

from datetime import date

import pytest

from ppid.law.workdays import add_workdays
from ppid.office.calendar import body_calendar
from ppid.office.models import Body

FRIDAY = date(2026, 3, 6)
COLLECTIVE_LEAVE = date(2026, 12, 24)


@pytest.mark.parametrize(
    ("choices", "after", "expected"),
    [
        ({}, FRIDAY, date(2026, 3, 9)),
        ({"days_per_week": 6}, FRIDAY, date(2026, 3, 7)),
        ({}, date(2026, 12, 23), date(2026, 12, 28)),
        ({"collective_leave_works": True}, date(2026, 12, 23), COLLECTIVE_LEAVE),
    ],
)
def test_the_next_working_day_follows_the_bodys_readings(choices, after, expected):
    calendar = body_calendar(Body(slug="kota", settings=choices))
    assert add_workdays(after, 1, calendar).day == expected
