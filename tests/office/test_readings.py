"""Reading what is exempt leaves one trace a person, item and day; head and auditor see them."""

from datetime import date, timedelta

import pytest
import time_machine

from office.factories import sign_in
from office.offices import (
    appoint,
    assert_sound,
    case_in,
    codes,
    item_in,
    office,
    opened,
    register_item,
    who,
)
from office.pages import visit
from office.remembered import remembered
from ppid.errors import Refused
from ppid.law.term import DateTerm
from ppid.office.actions.readings import record_reading
from ppid.office.models import Event, Person
from ppid.office.queries.readings import readings

pytestmark = pytest.mark.django_db(databases=["default", "public"])
DAY = timedelta(days=1)


@pytest.fixture
@remembered
def kept():
    walk = office()
    return walk, register_item(walk)


def read(walk, item, role="auditor", *, at=None):
    return record_reading(item, by=who(walk, role), at=at or walk.tick())


def traces():
    return Event.objects.filter(kind="document.read")


def test_the_first_reading_of_a_day_is_recorded_and_the_others_are_not(kept):
    walk, item = kept
    assert [read(walk, item) for _ in range(3)] == [True, False, False]
    assert traces().get().actor == who(walk, "auditor")
    assert_sound()


def test_another_day_and_another_person_are_another_reading(kept):
    walk, item = kept
    read(walk, item)
    read(walk, item, "petugas_ppid")
    walk.now += DAY
    read(walk, item)
    assert traces().count() == 3


def test_the_day_is_the_body_s_own():
    walk = office(timezone="Asia/Jayapura")
    item = register_item(walk)
    evening = walk.now.replace(hour=23, minute=50)
    assert read(walk, item, at=evening)
    assert not read(walk, item, at=evening + timedelta(minutes=9))
    assert read(walk, item, at=evening + timedelta(minutes=11))


def test_a_candidate_is_worked_on_and_not_read():
    walk = office()
    item = item_in(walk, case_in(walk))
    assert not read(walk, item)


def test_what_is_open_is_everybody_s():
    walk = office()
    by_law = register_item(walk, term=DateTerm(walk.today, date(2026, 9, 1)))
    declared = register_item(walk, number="2/PPID/2026", title="Lain")
    opened(walk, declared)
    walk.now += 300 * DAY
    assert not read(walk, by_law)
    assert not read(walk, declared)


def test_opening_the_page_of_an_item_or_its_sheet_is_reading_it(client, kept):
    walk, item = kept
    with time_machine.travel(walk.now, tick=False):
        for role, page in (("auditor", "item"), ("petugas_ppid", "sheet")):
            sign_in(client, Person.objects.get(pk=who(walk, role)))
            for _ in range(2):
                visit(client, page, item.pk)
    readers = set(traces().values_list("actor", flat=True))
    assert readers == {who(walk, "auditor"), who(walk, "petugas_ppid")}
    assert traces().count() == 2


def test_who_may_not_see_an_item_leaves_no_trace_of_reading(client, kept):
    walk, item = kept
    other = appoint(walk, "ppid_pelaksana", name="BKD", agency=walk.agencies[1])
    with time_machine.travel(walk.now, tick=False):
        sign_in(client, other)
        visit(client, "item", item.pk, status=404)
    assert not traces().exists()


def test_the_history_of_an_item_is_not_filled_with_readings(client, kept):
    walk, item = kept
    with time_machine.travel(walk.now, tick=False):
        sign_in(client, Person.objects.get(pk=who(walk, "auditor")))
        visit(client, "item", item.pk)
        page = visit(client, "item", item.pk).context["page"]
    assert not any("dibaca" in line.what for line in page.history)


@pytest.mark.parametrize("role", ["pimpinan_badan_publik", "auditor"])
def test_head_and_auditor_see_who_read_what(client, kept, role):
    walk, item = kept
    read(walk, item, "petugas_ppid")
    with time_machine.travel(walk.now, tick=False):
        sign_in(client, Person.objects.get(pk=who(walk, role)))
        page = visit(client, "readings")
        register = visit(client, "register").content.decode()
    (line,) = page.context["page"].lines
    assert (line.who, line.item) == ("petugas_ppid", item)
    assert "register/pembacaan/" in register


@pytest.mark.parametrize("role", ["ppid_utama", "petugas_ppid", "tim_pertimbangan"])
def test_nobody_else_sees_who_read_what(client, kept, role):
    walk, _ = kept
    with time_machine.travel(walk.now, tick=False):
        sign_in(client, Person.objects.get(pk=who(walk, role)))
        visit(client, "readings", status=403)
        register = visit(client, "register").content.decode()
    assert "register/pembacaan/" not in register


def test_readings_are_narrowed_to_a_person_and_an_item(kept):
    walk, item = kept
    other = register_item(walk, number="2/PPID/2026", title="Lain")
    for one, role in ((item, "petugas_ppid"), (other, "petugas_ppid"), (other, "ppid_utama")):
        read(walk, one, role)

    def found(**asked):
        page = readings(walk.body, by=who(walk, "auditor"), on=walk.today, asked=asked)
        return [(line.who, line.item.title) for line in page.lines]

    assert len(found()) == 3
    assert found(orang=str(who(walk, "ppid_utama"))) == [("ppid_utama", "Lain")]
    assert found(informasi=str(item.pk)) == [("petugas_ppid", item.title)]
    assert len(found(orang="bukan-nomor")) == 3


def test_another_body_s_readings_are_not_shown(kept):
    walk, item = kept
    read(walk, item)
    other = office("kabupaten")
    page = readings(other.body, by=who(other, "auditor"), on=other.today, asked={})
    assert page.lines == ()
    with pytest.raises(Refused) as error:
        readings(walk.body, by=who(other, "auditor"), on=walk.today, asked={})
    assert codes(error) == {"not_authorised"}
