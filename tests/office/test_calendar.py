"""The calendar of a body: its weeks, the decrees it entered, and what a new one moves."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as trying
from hypothesis import strategies as st

from office.offices import SHORT_SOP, assert_sound, case_in, codes, office, register_item, who
from ppid.errors import BadInput, Conflict, Refused
from ppid.law.decree import Decree, Scope, WorkWeek
from ppid.law.term import DateTerm
from ppid.law.workdays import ProvisionalDate, add_workdays, is_workday
from ppid.office.actions.bodies import change_settings
from ppid.office.actions.calendar import enter_decree, set_week
from ppid.office.calendar import body_calendar
from ppid.office.models import Body, CalendarChange, CalendarDecree, Case, Event, Item, Task

FRIDAY = date(2026, 3, 6)
COLLECTIVE_LEAVE = date(2026, 12, 24)
LATE = date(2026, 12, 14)
DECREE = Decree(
    number="Keppres 40/2026",
    year=2027,
    decreed_on=date(2026, 12, 1),
    entered_on=date(2026, 12, 1),
    holidays={date(2027, 1, 1): "Tahun Baru", date(2027, 1, 4): "Isra Mikraj"},
    collective_leave={date(2027, 12, 24): "Cuti Bersama Natal"},
)
TEN_DAYS = SHORT_SOP.replace('aksi = "kumpulkan"', 'aksi = "kumpulkan"\nwaktu = "15 hari kerja"')
IN_ALL = TEN_DAYS.replace('kode = "singkat"', 'kode = "singkat"\nbatas = "20 hari kerja"')


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


def entered(walk, decree=DECREE, **more):
    """Enter the decree as the PPID, who sits in every small office."""
    return enter_decree(walk.body, decree, by=who(walk, "ppid_utama"), at=walk.tick(), **more)


def week(walk, *, days=6, works=False, agency=None, on=None):
    """Set the week of the body or a unit from tomorrow on."""
    starts_on = on or walk.today + timedelta(days=1)
    by = who(walk, "ppid_utama")
    return set_week(
        walk.body, WorkWeek(starts_on, days, works), by=by, at=walk.tick(), agency=agency
    )


@pytest.mark.django_db
def test_a_decree_makes_its_year_firm_and_replaces_the_estimate():
    walk = office(on=LATE)
    before = body_calendar(walk.body)

    entered(walk, source="https://jdih.setneg.go.id/")

    after = body_calendar(walk.body)
    assert (before.horizon, after.horizon) == (date(2026, 12, 31), date(2027, 12, 31))
    assert is_workday(date(2027, 1, 5), after)
    assert not is_workday(date(2027, 1, 5), before)
    assert_sound()


@pytest.mark.django_db
def test_entering_a_decree_moves_what_is_pending_and_tells_what_it_moved():
    walk = office(on=LATE)
    case = case_in(walk, text=IN_ALL)
    task = Task.objects.get(case=case)
    assert (task.provisional, task.due_at.astimezone(walk.body.zone).date()) == (
        True,
        date(2027, 1, 8),
    )

    change = entered(walk)

    task.refresh_from_db()
    case.refresh_from_db()
    assert task.due_at.astimezone(walk.body.zone).date() == date(2027, 1, 8)
    assert not task.provisional
    assert not case.provisional
    assert {one["kind"] for one in change.moves} == {"langkah", "berkas"}
    assert change.told == [str(who(walk, "ppid_utama"))]
    assert_sound()


@pytest.mark.django_db
def test_a_holiday_more_moves_a_pending_day_and_the_log_holds_both_days():
    walk = office(on=LATE)
    case = case_in(walk, text=TEN_DAYS)
    more = replace(DECREE, holidays={**DECREE.holidays, date(2027, 1, 6): "Libur"})

    change = entered(walk, more)

    (move,) = change.moves
    assert (move["old"][:10], move["new"][:10], move["step"]) == ("2027-01-08", "2027-01-11", 1)
    assert Task.objects.get(case=case).due_at.isoformat()[:10] == "2027-01-11"
    logged = Event.objects.get(kind="calendar.recomputed")
    assert logged.sealed["moves"]["value"] == change.moves
    assert_sound()


@pytest.mark.django_db
def test_the_day_to_declare_open_moves_and_the_end_of_the_term_does_not():
    walk = office(on=LATE)
    ends_on = date(2027, 2, 1)
    item = register_item(walk, term=DateTerm(walk.today, ends_on))

    change = entered(walk, replace(DECREE, holidays={date(2027, 1, 1): "Tahun Baru"}))

    item.refresh_from_db()
    (move,) = [one for one in change.moves if one["kind"] == "masa_berakhir"]
    assert item.opens_on == ends_on
    assert (move["subject"], move["count"]) == ("2027-02-01", 1)
    assert (move["old"], move["new"]) == ("2026-12-15", "2026-12-16")
    assert (move["was_provisional"], move["provisional"]) == (True, False)
    assert_sound()


@pytest.mark.django_db
def test_a_review_that_is_due_before_its_year_is_decreed_is_told_of_too():
    walk = office(on=LATE)
    item = register_item(walk)
    Item.objects.filter(pk=item.pk).update(opens_on=None, review_on=date(2027, 3, 1))

    change = entered(walk)

    assert [one["kind"] for one in change.moves] == ["tinjau_ulang"]


@pytest.mark.django_db
def test_a_decree_number_is_used_once_and_an_entry_may_be_put_right():
    walk = office(on=LATE)
    entered(walk)

    with pytest.raises(BadInput) as refused:
        entered(walk, replace(DECREE, number="KEPPRES 40/2026 "))
    entered(
        walk,
        replace(DECREE, holidays={date(2027, 1, 7): "Isra Mikraj"}, corrects="Keppres 40/2026"),
    )

    assert codes(refused) == {"calendar_decree_used"}
    assert not is_workday(date(2027, 1, 7), body_calendar(walk.body))
    assert CalendarDecree.objects.count() == 2
    assert_sound()


@pytest.mark.django_db
def test_a_decree_counts_from_the_day_after_it_was_entered_whatever_it_says_itself():
    walk = office(on=date(2026, 3, 2))
    regional = replace(
        DECREE,
        number="Kepwal 3/2026",
        year=2026,
        decreed_on=date(2026, 2, 2),
        entered_on=date(2026, 1, 1),
        scope=Scope.REGIONAL,
        holidays={date(2026, 3, 2): "Kemarin", date(2026, 3, 4): "Lusa"},
        collective_leave={},
    )

    entered(walk, regional)

    calendar = body_calendar(walk.body)
    assert is_workday(date(2026, 3, 2), calendar)
    assert not is_workday(date(2026, 3, 4), calendar)


@pytest.mark.django_db
def test_the_regional_days_of_one_body_are_not_those_of_another():
    walk, other = office(on=LATE), office("lain", on=LATE)
    regional = replace(DECREE, scope=Scope.REGIONAL, holidays={date(2027, 6, 21): "Hari jadi"})

    entered(walk, regional)

    other.body.refresh_from_db()
    assert not is_workday(date(2027, 6, 21), body_calendar(walk.body))
    assert is_workday(date(2027, 6, 21), body_calendar(other.body))


@pytest.mark.django_db
def test_only_who_sets_up_the_office_enters_decrees_and_weeks():
    walk = office(on=LATE)
    by = who(walk, "petugas_ppid")

    with pytest.raises(Refused) as decree:
        enter_decree(walk.body, DECREE, by=by, at=walk.tick())
    with pytest.raises(Refused) as changed:
        set_week(walk.body, WorkWeek(date(2027, 1, 1), 6, False), by=by, at=walk.tick())

    assert codes(decree) == codes(changed) == {"not_authorised"}
    assert not CalendarDecree.objects.exists()


@pytest.mark.django_db
def test_a_form_that_is_sent_twice_enters_one_decree():
    walk = office(on=LATE)
    act = "5a1f0f3e-7d0c-4c8e-8a53-3c1c9e2f2b11"
    entered(walk, act=act)

    with pytest.raises(Conflict) as twice:
        entered(walk, act=act)

    assert codes(twice) == {"already_done"}
    assert CalendarDecree.objects.count() == 1


@pytest.mark.django_db
def test_a_unit_with_six_days_counts_by_its_own_week_and_the_body_does_not():
    walk = office(on=LATE)
    hospital, other = walk.agencies

    week(walk, agency=hospital, works=True)

    saturday, leave = date(2026, 12, 19), date(2026, 12, 24)
    own, rest = (body_calendar(walk.body, one.pk) for one in (hospital, other))
    assert (is_workday(saturday, own), is_workday(leave, own)) == (True, True)
    assert (is_workday(saturday, rest), is_workday(leave, rest)) == (False, False)
    assert_sound()


@pytest.mark.django_db
def test_the_week_of_the_body_moves_what_is_pending():
    walk = office(on=LATE)
    case_in(walk, text=TEN_DAYS)

    change = week(walk)

    assert [one["new"][:10] for one in change.moves] == ["2027-01-04"]
    assert change.week.days_per_week == 6
    assert_sound()


@pytest.mark.django_db
def test_a_unit_follows_the_body_until_its_own_week_begins():
    walk = office(on=LATE)
    hospital = walk.agencies[0]
    week(walk, agency=hospital, days=5, on=date(2027, 2, 1))
    week(walk, days=6, on=date(2027, 1, 4))

    calendar = body_calendar(walk.body, hospital.pk)

    assert is_workday(date(2027, 1, 9), calendar)
    assert not is_workday(date(2027, 2, 6), calendar)


@pytest.mark.django_db
def test_a_week_of_today_of_four_days_or_of_a_strange_unit_is_refused():
    walk, other = office(on=LATE), office("lain", on=LATE)

    with pytest.raises(BadInput) as today:
        week(walk, on=walk.today)
    with pytest.raises(BadInput) as short:
        week(walk, days=4)
    with pytest.raises(BadInput) as strange:
        week(walk, agency=other.agencies[0])

    assert codes(today) == {"week_starts_late"}
    assert codes(short) == {"days_per_week_unknown"}
    assert codes(strange) == {"agency_unknown"}


@pytest.mark.django_db
def test_the_week_is_not_changed_as_a_setting_because_it_has_a_day_on_which_it_begins():
    walk = office(on=LATE, choices={"days_per_week": 6})
    by = who(walk, "ppid_utama")

    with pytest.raises(BadInput) as refused:
        change_settings(walk.body, by=by, at=walk.tick(), choices={"days_per_week": 5})

    assert codes(refused) == {"week_begins_on_a_day"}
    change_settings(
        walk.body, by=by, at=walk.tick(), choices={"days_per_week": 6, "site_text": "Halo"}
    )


DAYS = st.dates(min_value=date(2026, 12, 1), max_value=date(2027, 3, 31))


@pytest.mark.django_db
@trying(max_examples=15, deadline=None, suppress_health_check=[*HealthCheck])
@given(data=st.data())
def test_whatever_is_decreed_no_day_that_has_come_moves_and_nothing_stays_closed_longer(data):
    number = data.draw(st.integers(1, 10**9))
    walk = office(f"badan-{number}-{Body.objects.count()}", on=LATE)
    case = case_in(walk, text=IN_ALL)
    item = register_item(walk, term=DateTerm(walk.today, date(2027, 2, 1)))
    later = LATE + timedelta(days=data.draw(st.integers(1, 40)))
    walk.now = datetime.combine(later, time(8), tzinfo=walk.body.zone)
    old = {row.pk: row.due_at for row in (*case.tasks.all(), Case.objects.get(pk=case.pk))}
    holidays = data.draw(st.dictionaries(DAYS, st.just("Libur"), min_size=1, max_size=40))
    decree = replace(
        DECREE,
        number=f"K {number}",
        holidays={day: name for day, name in holidays.items() if day.year == 2027}
        or DECREE.holidays,
        collective_leave={},
    )

    entered(walk, decree)
    week(walk, days=data.draw(st.sampled_from((5, 6))), works=data.draw(st.booleans()))

    zone, today = walk.body.zone, walk.today
    for row in (*case.tasks.all(), Case.objects.get(pk=case.pk)):
        before, now = (at.astimezone(zone).date() for at in (old[row.pk], row.due_at))
        assert now == before if before <= today else now > today
    item.refresh_from_db()
    assert item.opens_on == date(2027, 2, 1)
    assert item.declared_open_on is None


@pytest.mark.django_db
def test_a_calendar_is_the_same_for_whoever_reads_the_body_afresh():
    walk = office(on=LATE)
    entered(walk)
    fresh = Body.objects.get(pk=walk.body.pk)

    due = add_workdays(date(2026, 12, 28), 10, body_calendar(fresh))

    assert due == ProvisionalDate(date(2027, 1, 13), provisional=False)
    assert CalendarChange.objects.get().decree.number == "Keppres 40/2026"
