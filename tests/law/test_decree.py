"""Decrees on days off: what they may say, and that no day that has come ever moves."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law.test_cases import cases, codes
from ppid.errors import BadInput
from ppid.law.decree import (
    Decree,
    Scope,
    WorkWeek,
    calendar_of,
    decree_notes,
    decree_obstacles,
    week_obstacles,
)
from ppid.law.request import answer_due
from ppid.law.workdays import (
    ProvisionalDate,
    add_workdays,
    count_workdays,
    is_weekend,
    is_workday,
    national_calendar,
)

A_DAY = timedelta(days=1)
DECREE = Decree(
    number="Keppres 40/2026",
    year=2027,
    decreed_on=date(2026, 12, 1),
    entered_on=date(2026, 12, 3),
    holidays={date(2027, 1, 1): "Tahun Baru", date(2027, 1, 5): "Isra Mikraj"},
    collective_leave={date(2027, 12, 24): "Cuti Bersama Natal"},
)
REGIONAL = Decree(
    number="Kepgub 12/2026",
    year=2027,
    decreed_on=date(2026, 12, 1),
    entered_on=date(2026, 12, 3),
    scope=Scope.REGIONAL,
    holidays={date(2027, 6, 21): "Hari jadi"},
)
DAYS = st.dates(min_value=date(2026, 1, 1), max_value=date(2029, 12, 31))


def decree_in(case):
    """Return the decree of a legal case."""
    return Decree(
        number=case["nomor"],
        year=case["tahun"],
        decreed_on=case["ditetapkan"],
        entered_on=case["dicatat"],
        scope=Scope(case.get("cakupan", "nasional")),
        holidays=dict.fromkeys(case["libur"], "Libur"),
        collective_leave=dict.fromkeys(case.get("cuti_bersama", ()), "Cuti bersama"),
    )


@pytest.mark.parametrize("case", cases("decrees"))
def test_decrees(case):
    decree, before = decree_in(case), calendar_of()
    known = [replace(DECREE, number=number) for number in case.get("sudah_dicatat", ())]

    refused = decree_obstacles(decree, known=known, calendar=before)
    notes = [one for one in decree_notes(decree, calendar=before) if one.code != "few_holidays"]

    assert codes(refused) == case.get("hambatan", [])
    assert refused or codes(notes) == case.get("catatan", [])
    if "mulai" in case:
        found = add_workdays(case["mulai"], case["hari"], calendar_of([decree]))
        assert found == ProvisionalDate(case["hasil"], case.get("sementara", False))


def test_without_a_decree_the_calendar_is_that_of_the_program():
    assert calendar_of() == national_calendar()
    assert calendar_of(days_per_week=6) == national_calendar(days_per_week=6)


def test_a_later_decree_of_the_same_year_replaces_the_whole_list():
    amended = replace(DECREE, number="Keppres 2/2027", holidays={date(2027, 2, 8): "Imlek"})

    calendar = calendar_of([DECREE, amended])

    assert is_workday(date(2027, 1, 5), calendar)
    assert not is_workday(date(2027, 2, 8), calendar)
    assert calendar.horizon == date(2027, 12, 31)


def test_a_gap_between_the_years_ends_the_horizon():
    after_next = replace(
        DECREE, number="Keppres 50/2027", year=2028, holidays={date(2028, 1, 3): "Libur"}
    )

    assert calendar_of([after_next]).horizon == date(2026, 12, 31)
    assert calendar_of([after_next, DECREE]).horizon == date(2028, 12, 31)


def test_regional_days_of_two_decrees_stand_beside_each_other_and_one_can_be_put_right():
    other = replace(REGIONAL, number="Kepgub 13/2026", holidays={date(2027, 6, 22): "Pemilihan"})
    righted = replace(REGIONAL, holidays={date(2027, 6, 23): "Hari jadi"}, corrects=REGIONAL.number)
    withdrawn = replace(righted, holidays={})

    calendar = calendar_of([REGIONAL, other, righted])

    closed = [day for day in (21, 22, 23) if not is_workday(date(2027, 6, day), calendar)]
    assert closed == [22, 23]
    assert decree_obstacles(righted, known=[REGIONAL, other], calendar=calendar) == ()
    assert decree_obstacles(withdrawn, known=[REGIONAL, other], calendar=calendar) == ()
    assert is_workday(date(2027, 6, 21), calendar_of([REGIONAL, withdrawn]))


def test_a_list_with_two_holidays_is_remarked_on_and_a_regional_one_is_not():
    assert "few_holidays" in codes(decree_notes(DECREE, calendar=calendar_of()))
    assert decree_notes(REGIONAL, calendar=calendar_of()) == ()


def test_a_whole_list_is_entered_without_a_remark_on_its_length():
    days = [date(2027, 3, 1) + n * A_DAY for n in range(40)]
    weekdays = [day for day in days if not is_weekend(day, calendar_of())]
    whole = replace(DECREE, holidays=dict.fromkeys(weekdays, "Libur"))

    assert decree_notes(whole, calendar=calendar_of()) == ()


def test_a_past_year_that_was_never_known_may_still_be_entered():
    late = replace(DECREE, decreed_on=date(2026, 12, 1), entered_on=date(2028, 5, 2))

    assert decree_obstacles(late, known=(), calendar=calendar_of()) == ()


def test_the_week_changes_on_its_day_and_not_before():
    weeks = [WorkWeek(date(2026, 7, 1), 6, True), WorkWeek(date(2026, 9, 1), 5, False)]

    calendar = calendar_of(weeks=weeks)

    saturdays = [date(2026, 6, 27), date(2026, 7, 4), date(2026, 8, 29), date(2026, 9, 5)]
    assert [is_workday(day, calendar) for day in saturdays] == [False, True, True, False]
    assert not is_workday(date(2026, 12, 24), calendar)
    assert is_workday(date(2026, 5, 28), calendar_of(weeks=weeks, collective_leave_works=True))


@pytest.mark.parametrize(("on", "codes_found"), [(30, []), (31, ["week_starts_late"])])
def test_a_week_begins_after_the_day_it_is_entered(on, codes_found):
    week = WorkWeek(date(2026, 7, 31), 6, collective_leave_works=False)

    assert codes(week_obstacles(week, on=date(2026, 7, on))) == codes_found


def test_a_later_week_of_four_days_is_unknown():
    with pytest.raises(BadInput) as refused:
        calendar_of(weeks=[WorkWeek(date(2026, 7, 1), 4, collective_leave_works=False)])

    assert refused.value.codes == ("days_per_week_unknown",)


WEEKS = st.lists(st.builds(WorkWeek, DAYS, st.sampled_from((5, 6)), st.booleans()), max_size=3)


@given(after=DAYS, days=st.integers(0, 500), weeks=WEEKS)
def test_counting_over_changing_weeks_agrees_with_a_day_by_day_count(after, days, weeks):
    calendar = calendar_of([DECREE], weeks)
    passed = [after + n * A_DAY for n in range(1, days + 1)]

    found = count_workdays(after, after + days * A_DAY, calendar)

    assert found == sum(is_workday(day, calendar) for day in passed)


def decrees(entered_on):
    """Return decrees of any scope and year, entered on a day."""
    days = st.dictionaries(DAYS, st.just("Libur"), max_size=30)
    return st.builds(
        Decree,
        number=st.sampled_from(("1/2026", "2/2026")),
        year=st.integers(2026, 2029),
        decreed_on=st.just(entered_on),
        entered_on=st.just(entered_on),
        scope=st.sampled_from([*Scope]),
        holidays=days,
        collective_leave=days,
        corrects=st.sampled_from(("", "1/2026")),
    )


@given(data=st.data(), start=DAYS, n=st.integers(1, 60), entered_on=DAYS)
def test_recomputation_never_moves_a_day_that_has_come(data, start, n, entered_on):
    earlier = data.draw(st.lists(decrees(entered_on - 40 * A_DAY), max_size=2))
    later = data.draw(decrees(entered_on))
    length, works = data.draw(st.sampled_from((5, 6))), data.draw(st.booleans())
    week = WorkWeek(entered_on + A_DAY, length, works)
    old = add_workdays(start, n, calendar_of(earlier)).day

    new = add_workdays(start, n, calendar_of([*earlier, later], [week])).day

    assert new == old if old <= entered_on else new > entered_on


def test_the_clock_of_a_request_follows_the_decree_that_was_entered_in_time():
    received = date(2026, 12, 29)

    provisional = answer_due(received, calendar_of())
    firm = answer_due(received, calendar_of([DECREE]))

    assert (provisional.provisional, firm.provisional) == (True, False)
    assert firm.day == date(2027, 1, 14)
