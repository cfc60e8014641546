"""The docket: its cases, and each stage against a calendar that is walked day by day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law.test_cases import cases
from law.test_workdays import naive_add
from ppid.law.docket import (
    WORKDAYS_LEFT,
    Matter,
    Stage,
    TermFacts,
    last_end_due,
    stage_day,
    standing,
    standings,
)
from ppid.law.reference import parse
from ppid.law.term import DateTerm, Status, status
from ppid.law.workdays import is_workday, national_calendar

USUAL = date(2026, 12, 31)
DAY = timedelta(days=1)
CALENDARS = [
    national_calendar(days_per_week=week, collective_leave_works=leave)
    for week in (5, 6)
    for leave in (False, True)
]
ENDS = st.dates(min_value=date(2020, 6, 1), max_value=date(2028, 12, 31))


def naive_stage(ends_on: date, *, on: date, calendar) -> tuple[Stage, int]:
    """Walk from the end back to the day, one leaf of the calendar at a time."""
    if on >= ends_on:
        return Stage.OPEN_BY_LAW, 0
    stage, left, day = Stage.NOT_YET, 0, ends_on
    begins = {}
    while day > on:
        day -= DAY
        if is_workday(day, calendar):
            left += 1
            begins[left] = day
    for one, n in WORKDAYS_LEFT.items():
        # It has begun if walking on never reaches its day, or reaches it today.
        if left < n or begins.get(n) == on:
            stage = one
    return stage, left


@pytest.mark.parametrize("case", cases("docket"))
def test_where_it_stands(case):
    due = case.get("berakhir", USUAL)
    review = case.get("tinjau", False)
    calendar = national_calendar(
        days_per_week=case.get("hari_per_pekan", 5),
        collective_leave_works=case.get("cuti_bersama_bekerja", False),
    )
    facts = TermFacts(
        opens_on=None if review else due,
        review_on=due if review else None,
        declared_open_on=case.get("dinyatakan"),
    )

    (found,) = standings(facts, on=case["hari"], calendar=calendar)

    assert found.matter is (Matter.REVIEW if review else Matter.END)
    assert (found.stage, found.workdays_left) == (Stage(case["tahap"]), case["sisa"])
    assert found.provisional == case.get("sementara", False)
    assert found.ends_on == due


def test_every_case_has_a_source_that_can_be_read_and_a_sentence_of_its_own():
    found = [parameter.values[0] for parameter in cases("docket")]
    assert all(parse(case["sumber"]).article for case in found)
    assert len({case["kalimat"] for case in found}) == len(found)


@given(ends_on=ENDS, back=st.integers(-3, 70), calendar=st.sampled_from(CALENDARS))
def test_the_stage_is_what_walking_the_days_gives(ends_on, back, calendar):
    on = ends_on - timedelta(days=back)

    found = standing(Matter.END, ends_on, on=on, calendar=calendar)

    assert (found.stage, found.workdays_left) == naive_stage(ends_on, on=on, calendar=calendar)


@given(ends_on=ENDS, calendar=st.sampled_from(CALENDARS), stage=st.sampled_from([*WORKDAYS_LEFT]))
def test_a_stage_begins_on_its_day_and_not_the_day_before(ends_on, calendar, stage):
    first = stage_day(ends_on, stage, calendar)

    assert first == naive_add(ends_on, -WORKDAYS_LEFT[stage], calendar)
    assert standing(Matter.END, ends_on, on=first.day, calendar=calendar).stage is stage
    before = standing(Matter.END, ends_on, on=first.day - DAY, calendar=calendar)
    assert before.stage is not stage


@given(on=ENDS, calendar=st.sampled_from(CALENDARS))
def test_the_last_end_that_is_due_is_due_and_the_day_after_is_not(on, calendar):
    last = last_end_due(on, calendar)

    assert standing(Matter.END, last, on=on, calendar=calendar).stage is Stage.DUE
    after = standing(Matter.END, last + DAY, on=on, calendar=calendar)
    assert after.stage is Stage.NOT_YET


@given(ends_on=ENDS, back=st.integers(0, 400), later=st.integers(0, 800))
def test_silence_never_prolongs(ends_on, back, later):
    on = ends_on - timedelta(days=back) + timedelta(days=later)

    found = standing(Matter.END, ends_on, on=on, calendar=CALENDARS[0])

    given_term = DateTerm(ends_on - timedelta(days=900), ends_on)
    is_open = status(given_term, on=on) is Status.OPEN
    assert found.ends_on == ends_on
    assert (found.stage is Stage.OPEN_BY_LAW) == is_open


def test_a_term_with_an_end_and_a_review_has_both_until_it_opens():
    facts = TermFacts(opens_on=USUAL, review_on=date(2026, 12, 15))

    def matters(on):
        return [each.matter for each in standings(facts, on=on, calendar=CALENDARS[0])]

    assert matters(USUAL - DAY) == [Matter.END, Matter.REVIEW]
    assert matters(USUAL) == [Matter.END]


def test_what_was_declared_open_needs_no_review():
    facts = TermFacts(review_on=USUAL, declared_open_on=date(2026, 6, 1))
    assert standings(facts, on=USUAL, calendar=CALENDARS[0]) == ()


def test_an_item_without_a_day_is_not_in_the_docket():
    assert standings(TermFacts(), on=USUAL, calendar=CALENDARS[0]) == ()


def test_days_past_the_horizon_make_the_number_provisional_and_never_the_end():
    calendar = CALENDARS[0]
    ends_on = calendar.horizon + timedelta(days=40)

    before = standing(Matter.END, ends_on, on=calendar.horizon, calendar=calendar)
    at_end = standing(Matter.END, ends_on, on=ends_on, calendar=calendar)

    assert before.provisional
    assert not at_end.provisional
    assert at_end.stage is Stage.OPEN_BY_LAW


def test_the_stages_come_one_after_the_other_and_each_has_its_words():
    nearer = [one.is_nearer_than(Stage.LEFT_10) for one in WORKDAYS_LEFT]
    assert nearer == [False, False, False, True, True]
    assert len({one.label for one in Stage}) == len(Stage)
