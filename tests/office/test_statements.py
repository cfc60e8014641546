"""Statements whose SQL is kept do what the ORM does."""

from datetime import timedelta
from uuid import uuid4

import pytest

from office.offices import appoint, case_in, office, who
from ppid.errors import NotFound
from ppid.office import authority, log, statements
from ppid.office.models import Appointment, Case, Checkpoint, Log, Task
from ppid.office.projections.standing import standing_of

pytestmark = pytest.mark.django_db(databases=["default", "public"])


def held_by_orm(person, on):
    rows = Appointment.objects.filter(authority.in_force(on), person_id=person)
    names = ("role", "agency_id", "position", "person__body_id", "person__name")
    ordered = rows.order_by("role", "starts_on").values_list(*names)
    return [[*row, False] for row in ordered]  # no mandate concerns them


def test_a_reading_gives_each_person_and_day_their_own_rows():
    walk = office()
    officer = appoint(walk, "petugas_ppid", agency=walk.agencies[0], name="Dewi")
    appoint(walk, "auditor", person=officer, starts_on=walk.today + timedelta(days=3))
    days = [walk.today + timedelta(days=n) for n in (-1, 0, 3)]

    found = [authority.HELD.rows(person=officer.pk, on=day) for day in days]

    assert [len(rows) for rows in found] == [0, 1, 2]
    assert found == [held_by_orm(officer.pk, day) for day in days]
    assert authority.HELD.rows(person=who(walk, "auditor"), on=walk.today) == held_by_orm(
        who(walk, "auditor"), walk.today
    )


def test_a_case_stands_as_the_orm_reads_it():
    walk = office()
    case = case_in(walk)

    found = standing_of(case.pk).case

    read = Case.objects.select_related("body", "sop").get(pk=case.pk)
    names = statements.columns(Case)
    assert [getattr(found, name) for name in names] == [getattr(read, name) for name in names]
    assert (found.body.zone, found.body.settings) == (read.body.zone, read.body.settings)
    assert found.sop.text == read.sop.text


def test_what_was_not_read_of_the_body_is_read_when_asked_for():
    walk = office()
    assert standing_of(case_in(walk).pk).case.body.name == walk.body.name


@pytest.mark.parametrize("unknown", [uuid4(), None])
def test_an_unknown_case_stands_nowhere(unknown):
    with pytest.raises(NotFound):
        standing_of(unknown)


def test_the_log_of_a_case_is_that_of_its_body():
    case = case_in(office("kota"))
    case_in(office("desa"))

    found = log.lock_of_case(case.pk)

    assert (found.body, found.size) == ("kota", Log.objects.get(body="kota").size)
    assert log.lock_of_case(uuid4()) is None


def test_an_update_says_how_many_rows_it_changed():
    walk = office()
    case, other = case_in(walk, title="A"), case_in(walk, title="B")

    changed = statements.update(Task, {"case_id": case.pk}, roles=["auditor"], step=2)

    assert changed == 1
    assert statements.update(Task, {"case_id": uuid4()}, step=3) == 0
    assert Task.objects.get(case=case).roles == ["auditor"]
    assert Task.objects.get(case=other).step == 1


def test_an_inserted_row_reads_as_it_was_given():
    at = office().now

    statements.insert(Checkpoint, body="desa", size=10, note="isi", at=at)

    row = Checkpoint.objects.get(body="desa")
    assert (row.size, row.note, row.at) == (10, "isi", at)
