"""Terms: against a naive calendar, their plain data, and the last day to declare them open."""

from calendar import isleap
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law.test_workdays import naive_add
from ppid.errors import BadInput
from ppid.law import term
from ppid.law.grounds import ground, grounds
from ppid.law.term import ActTerm, DateTerm, EventTerm, PeriodTerm, Status
from ppid.law.workdays import national_calendar

TODAY = date(2026, 1, 15)
DAYS = st.dates(min_value=date(2011, 1, 1), max_value=date(2090, 12, 31))
TEXTS = st.text(st.characters(categories=("L",)), min_size=1)
TERMS = st.one_of(
    st.builds(DateTerm, DAYS, DAYS),
    st.builds(PeriodTerm, DAYS, st.integers(0, 60), st.integers(0, 30), st.integers(0, 800)),
    st.builds(EventTerm, DAYS, TEXTS, DAYS),
    st.builds(ActTerm, DAYS, TEXTS, st.none() | DAYS, st.none() | DAYS),
)
MONTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def naive_next_month(year: int, month: int) -> tuple[int, int]:
    """Turn one leaf of the calendar."""
    return (year + 1, 1) if month == 12 else (year, month + 1)


def naive_end(starts_on: date, years: int, months: int, days: int) -> date:
    """Turn the leaves one by one, stay within the month, then walk the days."""
    year, month = starts_on.year, starts_on.month
    for _ in range(12 * years + months):
        year, month = naive_next_month(year, month)
    length = 29 if month == 2 and isleap(year) else MONTHS[month - 1]
    day = date(year, month, starts_on.day if starts_on.day <= length else length)
    for _ in range(days):
        day += timedelta(days=1)
    return day


@given(start=DAYS, years=st.integers(0, 40), months=st.integers(0, 40), days=st.integers(0, 400))
def test_a_period_ends_where_a_naive_calendar_ends_it(start, years, months, days):
    found = term.ends_on(PeriodTerm(start, years, months, days))

    assert found == naive_end(start, years, months, days)


def test_what_a_period_leaves_out_is_zero():
    assert term.ends_on(PeriodTerm(TODAY, months=1)) == date(2026, 2, 15)
    assert term.ends_on(PeriodTerm(TODAY, years=1)) == date(2027, 1, 15)


@given(given_term=TERMS)
def test_plain_data_gives_the_same_term_back(given_term):
    assert term.from_dict(term.as_dict(given_term)) == given_term


@given(given_term=TERMS, day=DAYS, declared=st.none() | DAYS, index=st.integers(0, 37))
def test_information_once_open_stays_open_and_is_never_closed_longer(
    given_term, day, declared, index
):
    why = grounds(on=TODAY)[index]
    opens = term.opens_on(given_term, ground=why, declared_open_on=declared)
    today, tomorrow = (
        term.status(given_term, on=on, ground=why, declared_open_on=declared)
        for on in (day, day + timedelta(days=1))
    )

    assert (today, tomorrow) != (Status.OPEN, Status.EXEMPT)
    assert today is (Status.OPEN if opens and day >= opens else Status.EXEMPT)
    limits = (term.ends_on(given_term), declared)
    assert all(opens and opens <= limit for limit in limits if limit)
    if why.letter == "a":
        assert opens
        assert opens <= naive_end(given_term.starts_on, 30, 0, 0)


@given(given_term=TERMS, determined_on=DAYS)
def test_a_term_under_huruf_a_without_obstacle_opens_within_thirty_years(given_term, determined_on):
    why = ground("a.1", on=TODAY)

    found = term.obstacles(given_term, why, determined_on=determined_on, set_by_head=False)

    opens = term.opens_on(given_term, ground=why)
    assert found or (opens and opens <= naive_end(determined_on, 30, 0, 0))


@given(given_term=TERMS, determined_on=DAYS, index=st.integers(0, 37))
def test_a_term_without_obstacle_ends_after_its_determination_or_is_reviewed_in_five_years(
    given_term, determined_on, index
):
    why = grounds(on=TODAY)[index]

    found = term.obstacles(given_term, why, determined_on=determined_on, set_by_head=True)

    end, review = term.ends_on(given_term), term.review_on(given_term)
    lawful_end = end is not None and end > max(determined_on, given_term.starts_on)
    reviewed = review is not None and determined_on < review <= naive_end(determined_on, 5, 0, 0)
    assert found or lawful_end or (end is None and reviewed)


@given(ends_on=DAYS, works=st.booleans())
def test_the_day_to_declare_open_is_the_thirtieth_working_day_before_the_end(ends_on, works):
    calendar = national_calendar(collective_leave_works=works)

    found = term.last_day_to_declare_open(ends_on, calendar)

    assert found == naive_add(ends_on, -30, calendar)


def test_a_term_of_thirty_working_days_can_be_declared_on_its_first_day():
    found = term.last_day_to_declare_open(
        date(2026, 12, 31), national_calendar(), starts_on=date(2026, 11, 17)
    )

    assert found.day == date(2026, 11, 17)


def test_a_term_of_fewer_than_thirty_working_days_is_too_short_to_declare_in_time():
    with pytest.raises(term.TermTooShort) as refused:
        term.last_day_to_declare_open(
            date(2026, 12, 31), national_calendar(), starts_on=date(2026, 11, 18)
        )

    assert refused.value.codes == ("term_too_short",)


def test_an_event_that_is_not_named_is_an_obstacle():
    unnamed = EventTerm(TODAY, "  ", date(2027, 1, 15))

    found = term.obstacles(unnamed, ground("b", on=TODAY), determined_on=TODAY, set_by_head=False)

    assert [each.code for each in found] == ["event_missing"]


def test_the_years_until_a_review_are_a_setting():
    due = EventTerm(TODAY, "kontrak selesai", date(2028, 1, 15))

    found = term.obstacles(
        due,
        ground("b", on=TODAY),
        determined_on=TODAY,
        set_by_head=False,
        max_review_years=1,
    )

    assert [each.code for each in found] == ["review_too_late"]


@pytest.mark.parametrize(
    ("data", "problems"),
    [
        ({}, {("term_kind_unknown", "kind")}),
        ({"kind": "forever"}, {("term_kind_unknown", "kind")}),
        (
            {"kind": "date", "ends_on": "2026-02-30", "selesai": 1},
            {
                ("date_missing", "starts_on"),
                ("date_invalid", "ends_on"),
                ("key_unknown", "selesai"),
            },
        ),
        (
            {"kind": "period", "starts_on": TODAY, "years": -1, "months": "2", "days": True},
            {("count_invalid", "years"), ("count_invalid", "months"), ("count_invalid", "days")},
        ),
        (
            {"kind": "event", "starts_on": "", "event": " ", "review_on": None},
            {
                ("date_missing", "starts_on"),
                ("text_missing", "event"),
                ("date_missing", "review_on"),
            },
        ),
        (
            {"kind": "act", "starts_on": TODAY, "act": 5, "ends_on": "besok"},
            {("text_missing", "act"), ("date_invalid", "ends_on")},
        ),
        (
            {"kind": "period", "starts_on": TODAY, "years": 9000},
            {("date_out_of_range", "term")},
        ),
        (
            {"kind": "period", "starts_on": TODAY, "days": 10**12},
            {("date_out_of_range", "term")},
        ),
    ],
)
def test_plain_data_that_is_no_term_gives_every_mistake_at_its_place(data, problems):
    with pytest.raises(BadInput) as refused:
        term.from_dict(data)

    assert {(each.code, each.place) for each in refused.value.findings} == problems
