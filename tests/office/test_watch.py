"""The morning's watch: each end recorded once, at its legal date, whenever the watch runs."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from office.offices import (
    ROLES,
    approved,
    assert_sound,
    case_in,
    determined,
    item_in,
    office,
    opened,
    register_item,
    who,
    write_sheet,
)
from office.remembered import remembered
from ppid.law.docket import WORKDAYS_LEFT, Stage, stage_day
from ppid.law.opening import OpeningReason
from ppid.law.term import DateTerm, EventTerm
from ppid.ledger.entry import Entry
from ppid.office.actions.people import end_appointment
from ppid.office.actions.watch import watch
from ppid.office.calendar import body_calendar
from ppid.office.models import Appointment, Event, Item
from ppid.office.queries.history import in_words
from ppid.office.queries.items import status_of
from ppid.office.tasks import watch_bodies

pytestmark = pytest.mark.django_db(databases=["default", "public"])
DAY = timedelta(days=1)
START = date(2026, 3, 2)
END = date(2026, 9, 1)


def ending(walk, day=END, **values):
    """Return a determined item whose term ends on the day."""
    return register_item(walk, term=DateTerm(walk.today, day), **values)


def on_morning(walk, day, *, at=time(6)):
    """Return what the watch wrote on the morning of a day, where the body is."""
    return watch(walk.body, at=datetime.combine(day, at, tzinfo=walk.body.zone))


def said(kind: str) -> list[dict]:
    """Return what the events of a kind say, in order."""
    events = Event.objects.filter(kind=kind).order_by("seq")
    return [dict(Entry.from_bytes(bytes(one.entry)).payload) for one in events]


def test_an_item_opens_by_law_on_its_day_and_the_log_says_that_nobody_acted():
    walk = office()
    item = ending(walk)

    before, on_the_day = on_morning(walk, END - DAY), on_morning(walk, END)

    assert (before.lapsed, on_the_day.lapsed) == (0, 1)
    (event,) = Event.objects.filter(kind="item.lapsed")
    assert (event.actor, event.item) == (None, item.pk)
    assert said("item.lapsed")[0]["opened_on"] == END.isoformat()
    assert "tidak ada penetapan" in in_words(event)
    item.refresh_from_db()
    assert (item.lapsed_on, item.declared_open_on) == (END, None)
    assert_sound()


@pytest.mark.parametrize("late", [0, 1, 30, 400])
def test_running_late_records_the_legal_date_and_not_the_day_of_the_run(late):
    walk = office()
    item = ending(walk)

    on_morning(walk, END + late * DAY)

    item.refresh_from_db()
    assert item.lapsed_on == END


def test_running_it_again_and_again_records_each_end_once():
    walk = office()
    ending(walk)

    runs = [on_morning(walk, END + day * DAY) for day in (0, 0, 1, 30)]

    assert [run.lapsed for run in runs] == [1, 0, 0, 0]
    assert Event.objects.filter(kind="item.lapsed").count() == 1


def test_a_standstill_of_thirty_days_leaves_each_item_opened_once_at_its_own_date():
    walk = office()
    case = case_in(walk)
    items = []
    for number in range(3):
        item = item_in(walk, case, title=f"Informasi {number}")
        write_sheet(walk, item, term=DateTerm(walk.today, END + number * 10 * DAY))
        items.append(item)
    approved(walk, case, *items)
    determined(walk, case, *items)
    on_morning(walk, END - DAY)

    run = on_morning(walk, END + 30 * DAY)

    assert run.lapsed == 3
    found = [date.fromisoformat(one["opened_on"]) for one in said("item.lapsed")]
    assert found == [END, END + 10 * DAY, END + 20 * DAY]
    assert_sound()


def test_the_status_is_right_though_the_watch_never_ran():
    walk = office()
    item = ending(walk)

    assert status_of(item, on=END - DAY) == "dikecualikan"
    assert status_of(item, on=END) == "terbuka"


def test_what_a_person_declared_open_is_not_recorded_as_lapsed():
    walk = office()
    item = ending(walk)
    walk.now = datetime.combine(END - 20 * DAY, time(9), tzinfo=walk.body.zone)
    opened(walk, item, on=END, reason=OpeningReason.TERM_ENDS, document="")

    run = on_morning(walk, END)

    assert (run.lapsed, run.noticed) == (0, 0)
    assert not Event.objects.filter(kind="item.lapsed").exists()


def test_the_ppid_is_told_at_each_stage_once():
    walk = office()
    item = ending(walk)
    first = stage_day(END, Stage.DUE, body_calendar(walk.body)).day
    days = [first - DAY + n * DAY for n in range((END - first).days + 1)]

    for day in days:
        on_morning(walk, day)
        on_morning(walk, day, at=time(18))

    notices = said("docket.noticed")
    assert [one["stage"] for one in notices] == [stage.value for stage in WORKDAYS_LEFT]
    assert {one["ends_on"] for one in notices} == {END.isoformat()}
    told = Appointment.objects.get(role="ppid_utama").person_id
    assert all(one["told"] == [str(told)] for one in notices)
    item.refresh_from_db()
    assert item.noticed_end == Stage.LEFT_1
    assert_sound()


@pytest.mark.parametrize("stage", WORKDAYS_LEFT)
def test_a_notice_comes_on_the_morning_of_its_day_and_not_before(stage):
    walk = office()
    ending(walk)
    day = stage_day(END, stage, body_calendar(walk.body)).day
    on_morning(walk, day - DAY)
    before = Event.objects.filter(kind="docket.noticed").count()

    on_morning(walk, day)

    assert Event.objects.filter(kind="docket.noticed").count() == before + 1
    assert said("docket.noticed")[-1]["stage"] == stage.value


def test_after_a_standstill_only_the_present_stage_is_told():
    walk = office()
    ending(walk)
    day = stage_day(END, Stage.LEFT_5, body_calendar(walk.body)).day

    run = on_morning(walk, day)

    assert run.noticed == 1
    assert [one["stage"] for one in said("docket.noticed")] == ["sisa_5"]


def test_a_review_is_told_and_when_it_passes_nothing_opens():
    walk = office()
    item = register_item(walk, term=EventTerm(walk.today, "putusan inkrah", END))

    on_morning(walk, END - DAY)
    late = on_morning(walk, END + 5 * DAY)

    assert late.lapsed == 0
    notices = [(one["matter"], one["stage"]) for one in said("docket.noticed")]
    assert notices == [("tinjau_ulang", "sisa_1"), ("tinjau_ulang", "tinjau_ulang_lewat")]
    assert status_of(item, on=END + 5 * DAY) == "dikecualikan"


def test_a_new_determination_before_the_end_is_told_of_its_own_end_anew():
    walk = office()
    item = ending(walk)
    day = stage_day(END, Stage.LEFT_20, body_calendar(walk.body)).day
    on_morning(walk, day)
    walk.now = datetime.combine(day, time(9), tzinfo=walk.body.zone)
    case, from_now = item.case, walk.today + 400 * DAY
    write_sheet(walk, item, term=DateTerm(walk.today, from_now))
    approved(walk, case, item)
    determined(walk, case, item, number="2/2026")

    runs = [on_morning(walk, END), on_morning(walk, from_now - DAY), on_morning(walk, from_now)]

    assert [run.lapsed for run in runs] == [0, 0, 1]
    assert said("docket.noticed")[-1]["ends_on"] == from_now.isoformat()
    item.refresh_from_db()
    assert item.lapsed_on == from_now
    assert_sound()


@pytest.mark.parametrize(
    ("timezone", "hour"), [("Asia/Jakarta", 17), ("Asia/Makassar", 16), ("Asia/Jayapura", 15)]
)
def test_the_day_begins_at_midnight_where_the_body_is(timezone, hour):
    walk = office(timezone=timezone)
    ending(walk)
    midnight = datetime.combine(END - DAY, time(hour), tzinfo=UTC)

    before = watch(walk.body, at=midnight - timedelta(seconds=1))
    after = watch(walk.body, at=midnight)

    assert (before.lapsed, after.lapsed) == (0, 1)


def test_a_clock_that_went_backwards_does_nothing_and_says_so():
    walk = office()
    ending(walk)
    on_morning(walk, END - DAY)
    size = Event.objects.count()

    run = on_morning(walk, START)

    assert [one.code for one in run.findings] == ["clock_backwards"]
    assert Event.objects.count() == size


def test_a_notice_without_anybody_to_tell_says_so_and_the_item_opens_all_the_same():
    walk = office(roles=(*ROLES, "pengelola_sistem"))
    ending(walk)
    post = Appointment.objects.get(role="ppid_utama")
    end_appointment(post, ends_on=walk.today, by=who(walk, "pengelola_sistem"), at=walk.tick())

    notice, end = on_morning(walk, END - DAY), on_morning(walk, END)

    assert [one.code for one in notice.findings] == ["nobody_to_tell"]
    assert said("docket.noticed")[0]["told"] == []
    assert end.lapsed == 1


def test_the_items_of_another_body_are_left_alone():
    walk, other = office(), office("kabupaten")
    ending(walk)
    theirs = ending(other)

    on_morning(walk, END)

    theirs.refresh_from_db()
    assert theirs.lapsed_on is None


def test_many_items_are_written_in_several_transactions(monkeypatch):
    monkeypatch.setattr("ppid.office.actions.watch.AT_ONCE", 2)
    walk = office()
    case = case_in(walk)
    items = [item_in(walk, case, title=f"Informasi {number}") for number in range(5)]
    for item in items:
        write_sheet(walk, item, term=DateTerm(walk.today, END))
    approved(walk, case, *items)
    determined(walk, case, *items)

    run = on_morning(walk, END)

    assert run.lapsed == 5
    assert not Item.objects.filter(lapsed_on__isnull=True).exists()


@pytest.fixture
@remembered
def registered():
    walk = office()
    return walk, ending(walk)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(runs=st.lists(st.integers(-70, 90), min_size=1, max_size=8))
def test_however_the_watch_runs_silence_never_prolongs(registered, runs):
    walk, item = registered
    with transaction.atomic():
        for offset in runs:
            on_morning(walk, END + offset * DAY)
        # A run before an earlier one is a clock that went backwards: it wrote nothing.
        last = max(runs)

        item.refresh_from_db()
        assert item.opens_on == END
        assert item.lapsed_on == (END if last >= 0 else None)
        assert Event.objects.filter(kind="item.lapsed").count() == (last >= 0)
        stages = [Stage(one["stage"]) for one in said("docket.noticed")]
        assert all(late.is_nearer_than(early) for early, late in pairwise(stages))
        assert status_of(item, on=END + last * DAY) == ("terbuka" if last >= 0 else "dikecualikan")
        transaction.set_rollback(True)


def test_the_worker_watches_each_body_once_on_each_of_its_own_days():
    west, east = office(timezone="Asia/Jakarta"), office("merauke", timezone="Asia/Jayapura")
    ending(west)
    ending(east)
    midnight_in_the_east = datetime.combine(END, time(0, 30), tzinfo=east.body.zone)
    watched: dict[str, date] = {}
    runs = []

    for hours in (0, 1, 2, 3):
        at = midnight_in_the_east + timedelta(hours=hours)
        for body, day, run in watch_bodies(watched, at=at):
            watched[body.pk] = day
            runs.append((hours, body.pk, run.lapsed))

    assert runs == [(0, "kota", 0), (0, "merauke", 1), (2, "kota", 1)]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="asks SQLite how it runs a query")
def test_a_morning_without_anything_new_reads_by_index_only():
    walk = office()
    ending(walk)
    on_morning(walk, END)

    with CaptureQueriesContext(connection) as made:
        on_morning(walk, END)

    asked = [one["sql"] for one in made if 'FROM "office_item"' in one["sql"]]
    plans = []
    with connection.cursor() as cursor:
        for statement in asked:
            cursor.execute(f"EXPLAIN QUERY PLAN {statement}")
            plans.append("; ".join(step[-1] for step in cursor.fetchall()))
    assert len(plans) == 4
    assert sum("INDEX item_overtaken" in plan for plan in plans) == 1
    assert all("SEARCH office_item USING INDEX item_" in plan for plan in plans)
    assert not any("SCAN" in plan or "MULTI-INDEX" in plan for plan in plans)
