"""Working days: against a naive count, at the calendar's edges, and the holiday data itself."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law.seed_holidays import COLLECTIVE, OFFICIAL
from ppid.errors import BadInput
from ppid.law.workdays import (
    ProvisionalDate,
    WorkCalendar,
    add_workdays,
    count_workdays,
    day_off_name,
    is_provisional,
    is_workday,
    national_calendar,
)
from ppid.office.holiday_seed import days_off

A_DAY = timedelta(days=1)
DAYS = st.dates(min_value=date(2018, 1, 1), max_value=date(2029, 12, 31))
CALENDARS = st.builds(
    national_calendar,
    days_per_week=st.sampled_from((5, 6)),
    collective_leave_works=st.booleans(),
    regional=st.dictionaries(DAYS, st.just("Libur daerah"), max_size=40),
)


def naive_is_workday(day: date, calendar: WorkCalendar) -> bool:
    """Say in so many words whether the office works on a day."""
    if day.weekday() not in calendar.working_weekdays or day in calendar.holidays:
        return False
    return calendar.collective_leave_works or day not in calendar.collective_leave


def naive_add(start: date, n: int, calendar: WorkCalendar) -> ProvisionalDate:
    """Walk day by day and note every day that is passed."""
    day, passed = start, []
    while sum(naive_is_workday(each, calendar) for each in passed) < abs(n):
        day = day + A_DAY if n > 0 else day - A_DAY
        passed.append(day)
    unknown = [each for each in passed if not calendar.known_from <= each <= calendar.horizon]
    return ProvisionalDate(day, bool(unknown))


@given(start=DAYS, n=st.integers(-70, 70), calendar=CALENDARS)
def test_adding_agrees_with_a_day_by_day_walk(start, n, calendar):
    assert add_workdays(start, n, calendar) == naive_add(start, n, calendar)


@given(after=DAYS, days=st.integers(0, 900), calendar=CALENDARS)
def test_counting_agrees_with_a_day_by_day_count(after, days, calendar):
    through = after + days * A_DAY
    passed = [after + n * A_DAY for n in range(1, days + 1)]

    found = count_workdays(after, through, calendar)

    assert found == sum(naive_is_workday(day, calendar) for day in passed)


@given(start=DAYS, n=st.integers(-300, 300), calendar=CALENDARS)
def test_counting_undoes_adding_in_both_directions(start, n, calendar):
    found = add_workdays(start, n, calendar).day

    assert count_workdays(start, found, calendar) == n
    assert n == 0 or is_workday(found, calendar)


def test_every_day_of_eleven_years_agrees_with_the_naive_rule_on_every_calendar():
    calendars = [
        national_calendar(days_per_week=week, collective_leave_works=works)
        for week in (5, 6)
        for works in (False, True)
    ]
    days = [date(2018, 1, 1) + n * A_DAY for n in range(4000)]

    differences = [
        (day, calendar)
        for calendar in calendars
        for day in days
        if is_workday(day, calendar) != naive_is_workday(day, calendar)
    ]

    assert differences == []


def test_a_day_outside_the_known_years_makes_the_count_between_provisional():
    calendar = WorkCalendar(known_from=date(2026, 1, 1), horizon=date(2026, 12, 31))

    assert not is_provisional(date(2025, 12, 31), date(2026, 12, 31), calendar)
    assert is_provisional(date(2025, 12, 30), date(2026, 12, 31), calendar)
    assert is_provisional(date(2025, 12, 31), date(2027, 1, 1), calendar)
    assert not is_provisional(date(2030, 1, 1), date(2030, 1, 1), calendar)


def test_the_national_calendar_ends_with_the_last_decreed_year_and_begins_with_2020():
    calendar = national_calendar()

    assert (calendar.known_from, calendar.horizon) == (date(2020, 1, 1), date(2026, 12, 31))
    assert (calendar.opens_at, calendar.closes_at) == (time(7, 30), time(16, 0))
    assert date(2027, 1, 1) in calendar.holidays, "an estimate helps, but decrees nothing"


def test_every_year_between_the_first_and_the_horizon_is_entered():
    calendar = national_calendar()

    years = {day.year for day in calendar.holidays}

    assert set(range(calendar.known_from.year, calendar.horizon.year + 1)) <= years


@pytest.mark.parametrize("year", range(2020, 2027))
def test_the_entered_days_off_are_those_of_the_seed(year):
    calendar = national_calendar()

    entered = {day for day in calendar.holidays if day.year == year}
    leave = {day for day in calendar.collective_leave if day.year == year}

    assert entered == set(days_off(year, OFFICIAL))
    assert leave == set(days_off(year, COLLECTIVE))


def test_a_day_off_has_a_name_and_a_working_day_has_none():
    calendar = national_calendar(regional={date(2026, 7, 6): "Hari jadi kota"})

    assert day_off_name(date(2026, 8, 17), calendar) == "Hari Kemerdekaan Republik Indonesia"
    assert day_off_name(date(2026, 12, 24), calendar) == "Cuti Bersama Hari Raya Natal"
    assert day_off_name(date(2026, 7, 6), calendar) == "Hari jadi kota"
    assert day_off_name(date(2026, 7, 7), calendar) == ""


def test_a_calendar_does_not_change_with_the_mapping_it_was_made_of():
    holidays = {date(2026, 7, 6): "Hari jadi kota"}
    calendar = WorkCalendar(horizon=date(2026, 12, 31), holidays=holidays)

    holidays.clear()

    assert not is_workday(date(2026, 7, 6), calendar)
    with pytest.raises(TypeError):
        calendar.holidays[date(2026, 7, 7)] = "x"


def test_equal_calendars_are_one_key():
    assert len({national_calendar(), national_calendar(), national_calendar(days_per_week=6)}) == 2


@pytest.mark.parametrize("weekdays", [frozenset(), frozenset({7}), frozenset({-1, 2})])
def test_a_week_without_a_possible_working_day_is_refused(weekdays):
    with pytest.raises(BadInput) as refused:
        WorkCalendar(horizon=date(2026, 12, 31), working_weekdays=weekdays)

    assert refused.value.codes == ("working_weekdays_invalid",)


def test_a_calendar_works_monday_to_friday_unless_told_otherwise():
    usual = WorkCalendar(horizon=date(2026, 12, 31))
    always = WorkCalendar(horizon=date(2026, 12, 31), working_weekdays=frozenset(range(7)))
    week = [date(2026, 7, 6) + n * A_DAY for n in range(7)]

    assert [is_workday(day, usual) for day in week] == [True] * 5 + [False] * 2
    assert all(is_workday(day, always) for day in week)


def test_a_week_of_four_days_is_unknown():
    with pytest.raises(BadInput) as refused:
        national_calendar(days_per_week=4)

    assert refused.value.codes == ("days_per_week_unknown",)


@pytest.mark.parametrize(("start", "n"), [(date.max, 1), (date.min, -1)])
def test_a_count_that_leaves_the_calendar_is_refused(start, n):
    with pytest.raises(BadInput) as refused:
        add_workdays(start, n, national_calendar())

    assert refused.value.codes == ("date_out_of_range",)
