"""The pages of the calendar: the year, a decree as text, its preview, the weeks, what has moved."""

from datetime import date
from uuid import uuid4

import pytest
import time_machine

from office.offices import SHORT_SOP, assert_sound, case_in, office
from office.pages import as_role, codes, day, send, visit
from ppid.law.decree import Scope
from ppid.office.calendar import body_calendar
from ppid.office.forms.calendar import DecreeForm
from ppid.office.models import CalendarChange, CalendarDecree, Task, Week

pytestmark = pytest.mark.django_db
NOON = "2026-12-14T05:00:00Z"
TODAY = date(2026, 12, 14)
TEN_DAYS = SHORT_SOP.replace('aksi = "kumpulkan"', 'aksi = "kumpulkan"\nwaktu = "15 hari kerja"')
HOLIDAYS = "1 Januari 2027: Tahun Baru\nSenin, 4 Januari: Isra Mikraj\n2027-01-06 Libur lain"
LEAVE = "24 Desember 2027 Cuti Bersama Natal"


def filled(**changes):
    """Return a filled form of the decree of 2027."""
    made = {
        "number": "Keppres 40/2026",
        "source": "https://jdih.setneg.go.id/",
        "holidays": HOLIDAYS,
        "collective_leave": LEAVE,
        "checked": "on",
        **day("decreed_on", date(2026, 12, 1)),
    }
    return made | changes


@pytest.fixture
def walk(client):
    """An office with a case that waits past the horizon, seen by its PPID on 14 December 2026."""
    made = office(on=TODAY)
    case_in(made, text=TEN_DAYS)
    with time_machine.travel(NOON, tick=False):
        as_role(client, made, "ppid_utama")
        yield made


def mistakes(**changes):
    """Return the codes of the mistakes that the form finds in the lists."""
    form = DecreeForm(filled(**changes) | {"act": uuid4()}, year=2027, scope=Scope.NATIONAL)
    form.is_valid()
    return {error.code for errors in form.errors.as_data().values() for error in errors}


def test_the_year_says_what_is_decreed_and_what_only_helps_to_plan(client, walk):
    this, following = (visit(client, "calendar_year", year) for year in (2026, 2027))

    assert (this.context["page"].firm, this.context["page"].workdays) == (True, 240)
    assert following.context["page"].firm is False
    assert "Sementara" in following.content.decode()
    assert visit(client, "calendar").context["page"].year == 2026


@pytest.mark.parametrize("year", [2019, 2101, 99999])
def test_a_year_out_of_reach_does_not_exist(client, walk, year):
    for route in ("calendar_year", "decree_new", "regional_new"):
        visit(client, route, year, status=404)


def test_a_new_decree_starts_from_a_suggestion_that_says_what_it_lacks(client, walk):
    near, far = (visit(client, "decree_new", year) for year in (2027, 2028))

    assert "1 Januari 2027: Tahun Baru Masehi" in near.content.decode()
    assert near.context["suggestion"].collective_leave
    assert not far.context["suggestion"].collective_leave
    assert "tidak memuat cuti bersama" in far.content.decode()


def test_what_would_move_is_shown_before_anything_is_saved(client, walk):
    answer = send(client, "decree_new", 2027, status=200, preview="1", **filled(checked=""))

    (line,) = answer.context["preview"].lines
    assert (line.old, line.new, line.moved) == (date(2027, 1, 8), date(2027, 1, 11), True)
    assert codes(answer.context["preview"].notes) == {"few_holidays"}
    assert not CalendarDecree.objects.exists()


def test_a_decree_is_entered_and_its_page_tells_what_moved(client, walk):
    answer = send(client, "decree_new", 2027, **filled())

    change = CalendarChange.objects.get()
    page = client.get(answer.url)
    assert page.context["page"].change == change
    assert page.context["page"].moved == 1
    assert CalendarDecree.objects.get().holidays["2027-01-04"] == "Isra Mikraj"
    assert Task.objects.get().due_at.astimezone(walk.body.zone).date() == date(2027, 1, 11)
    assert_sound()


def test_what_moved_is_announced_in_the_inbox_and_the_missing_year_is_asked_for(client, walk):
    before = visit(client, "inbox").context["page"]
    send(client, "decree_new", 2027, **filled())

    after = visit(client, "inbox").context["page"]

    assert (before.year_missing, before.news) == (2027, None)
    assert (after.year_missing, after.news) == (0, CalendarChange.objects.get())
    as_role(client, walk, "petugas_ppid")
    assert visit(client, "inbox").context["page"].year_missing == 0


def test_a_decree_is_saved_only_when_it_was_compared_with_its_text(client, walk):
    answer = send(client, "decree_new", 2027, status=200, **filled(checked=""))

    assert "checked" in answer.context["form"].errors
    assert not CalendarDecree.objects.exists()


@pytest.mark.parametrize(
    ("holidays", "code"),
    [
        ("Tahun Baru", "day_off_unreadable"),
        ("31 Februari 2027: Libur", "day_off_impossible"),
        ("1 Foo 2027: Libur", "day_off_impossible"),
        ("2027-13-01 Libur", "day_off_impossible"),
        ("1 Januari 2027", "day_off_unnamed"),
        ("10 Maret 2027: Idul Fitri (perkiraan)", "day_off_estimated"),
        ("1 Januari 2027: Satu\n1 Jan: Dua", "day_off_twice"),
        ("", "required"),
    ],
)
def test_a_bad_line_is_named(holidays, code):
    assert mistakes(holidays=holidays) == {code}


def test_every_bad_line_is_named_at_once_and_empty_lines_are_none(client, walk):
    lines = "1 Januari 2027: Tahun Baru\n\nLibur\n32 Mei: Libur"

    answer = send(client, "decree_new", 2027, status=200, **filled(holidays=lines))

    messages = answer.context["form"].errors["holidays"]
    assert [message.split()[1].rstrip(":") for message in messages] == ["3", "4"]


@pytest.mark.parametrize("button", [{}, {"preview": "1"}])
def test_a_day_of_another_year_is_told_at_its_field(client, walk, button):
    holidays = "1 Januari 2028: Tahun Baru"

    answer = send(client, "decree_new", 2027, status=200, **filled(holidays=holidays), **button)

    assert "holidays" in answer.context["form"].errors
    assert not CalendarDecree.objects.exists()


def test_a_year_whose_predecessor_is_missing_is_refused_above_the_form(client, walk):
    days = {"holidays": "3 Januari 2028: Libur", "collective_leave": ""}

    answer = send(client, "decree_new", 2028, status=200, **filled(**days))

    assert codes(answer.context["findings"]) == {"year_before_missing"}


def test_regional_days_are_entered_by_their_own_form(client, walk):
    page = visit(client, "regional_new", 2027)
    assert "collective_leave" not in page.context["form"].fields

    send(client, "regional_new", 2027, **filled(holidays="21 Juni: Hari jadi kota"))

    assert date(2027, 6, 21) in body_calendar(CalendarDecree.objects.get().body).closed
    shown = visit(client, "calendar_year", 2027)
    kinds = {one.day: one.kind for _, days in shown.context["page"].months for one in days}
    assert kinds[date(2027, 6, 21)] == "Libur daerah"


def test_a_wrong_entry_is_put_right_from_the_years_page(client, walk):
    send(client, "regional_new", 2027, **filled(holidays="21 Juni: Hari jadi kota"))
    wrong = CalendarDecree.objects.get()

    page = visit(client, "decree_correct", wrong.pk)
    send(client, "decree_correct", wrong.pk, **filled(holidays="22 Juni: Hari jadi kota"))

    assert "21 Juni 2027: Hari jadi kota" in page.content.decode()
    assert CalendarDecree.objects.get(corrects=wrong.number).holidays == {
        "2027-06-22": "Hari jadi kota"
    }
    assert_sound()


def test_who_does_not_set_up_the_office_sees_the_calendar_and_why_it_is_not_theirs(client, walk):
    as_role(client, walk, "petugas_ppid")

    page = visit(client, "calendar")
    answer = send(client, "decree_new", 2027, status=403, **filled())

    assert codes(page.context["obstacles"]) == {"not_authorised"}
    assert codes(answer.context["findings"]) == {"not_authorised"}
    assert codes(visit(client, "week_units").context["obstacles"]) == {"not_authorised"}


def test_a_unit_gets_a_week_of_its_own(client, walk):
    hospital = walk.agencies[0]
    assert hospital.name in visit(client, "week_units").content.decode()
    visit(client, "week_unit", hospital.pk)

    send(
        client,
        "week_unit",
        hospital.pk,
        days_per_week="6",
        collective_leave_works="ya",
        **day("starts_on", date(2026, 12, 15)),
    )

    week = Week.objects.get()
    assert (week.agency, week.days_per_week, week.collective_leave_works) == (hospital, 6, True)
    shown = visit(client, "calendar").context["page"].weeks
    assert [(one.agency, len(one.coming)) for one in shown] == [(None, 0), (hospital, 1)]


def test_a_week_of_the_body_counts_for_all_and_leave_days_are_worked(client, walk):
    send(
        client,
        "week",
        days_per_week="6",
        collective_leave_works="ya",
        **day("starts_on", date(2026, 12, 15)),
    )

    page = visit(client, "calendar_year", 2026).context["page"]
    (christmas_eve,) = (
        one for _, days in page.months for one in days if one.day == date(2026, 12, 24)
    )
    assert christmas_eve.kind == "Cuti bersama, kantor bekerja"
    assert visit(client, "calendar_change", CalendarChange.objects.get().pk).context["page"].moved


def test_a_week_that_begins_today_is_told_at_its_field(client, walk):
    answer = send(
        client,
        "week",
        status=200,
        days_per_week="6",
        collective_leave_works="tidak",
        **day("starts_on", TODAY),
    )

    assert "starts_on" in answer.context["form"].errors


def test_a_form_that_was_sent_before_leads_back_to_the_calendar(client, walk):
    act = uuid4()
    send(client, "decree_new", 2027, act=act, **filled())

    answer = send(client, "decree_new", 2027, act=act, **filled())

    assert answer.url == "/kalender/"
    assert CalendarDecree.objects.count() == 1


def test_what_is_of_another_body_does_not_exist(client, walk):
    other = office("lain", on=TODAY)
    visit(client, "week_unit", other.agencies[0].pk, status=404)
    visit(client, "decree_correct", uuid4(), status=404)
    visit(client, "calendar_change", uuid4(), status=404)


def test_the_week_in_force_is_filled_in_at_first(client, walk):
    unit = walk.agencies[0]
    body = visit(client, "week").context["form"]
    own = visit(client, "week_unit", unit.pk).context["form"]

    assert body["days_per_week"].value() == own["days_per_week"].value() == "5"
    assert own["collective_leave_works"].value() == "tidak"
