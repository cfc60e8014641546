"""Statements whose SQL is kept do what the ORM does."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from office.offices import appoint, case_in, office, who
from ppid.errors import NotFound
from ppid.office import authority, log, statements
from ppid.office.actions.people import end_appointment
from ppid.office.models import Appointment, Case, Checkpoint, Log, Task
from ppid.office.projections.standing import CASE, standing_in, standing_of

pytestmark = pytest.mark.django_db(databases=["default", "public"])


def held_by_orm(person):
    names = ("role", "agency_id", "position", "person__body_id", "person__name")
    rows = Appointment.objects.filter(person_id=person).order_by("role", "starts_on")
    found = rows.values_list(*names, "starts_on", "ends_on")
    return [[*row[:5], False, *row[5:]] for row in found]  # no mandate concerns them


def granted_by_orm(person, on):
    rows = Appointment.objects.filter(authority.in_force(on), person_id=person)
    return [*rows.order_by("role", "starts_on").values_list("role", "agency_id", "position")]


def test_a_reading_gives_each_person_their_own_rows():
    walk = office()
    officer = appoint(walk, "petugas_ppid", agency=walk.agencies[0], name="Dewi")
    appoint(walk, "auditor", person=officer, starts_on=walk.today + timedelta(days=3))
    people = [officer.pk, who(walk, "auditor")]

    found = [authority.HELD.rows(person=person) for person in people]

    assert [len(rows) for rows in found] == [2, 1]
    assert found == [held_by_orm(person) for person in people]


def test_an_appointment_counts_from_its_first_to_its_last_day():
    walk = office()
    officer = appoint(walk, "petugas_ppid", agency=walk.agencies[0], name="Dewi")
    first = Appointment.objects.get(person=officer)
    end_appointment(first, ends_on=walk.today, at=walk.tick(), by=None)
    appoint(walk, "auditor", person=officer, starts_on=walk.today + timedelta(days=3))
    days = [walk.today + timedelta(days=n) for n in (-1, 0, 1, 2, 3)]

    found = [authority.authority_of(officer.pk, on=day).grants for day in days]

    assert [len(grants) for grants in found] == [0, 1, 0, 0, 1]
    assert [[(one.role, one.agency, one.position) for one in grants] for grants in found] == [
        granted_by_orm(officer.pk, day) for day in days
    ]


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

    with transaction.atomic():
        found = log.LOG_OF_CASE.rows(case=case.pk)
        unknown = log.LOG_OF_CASE.rows(case=uuid4())

    head = Log.objects.get(body="kota")
    assert (found, unknown) == ([["kota", head.size, head.frontier]], [])


def test_an_update_changes_the_rows_it_names_and_no_others():
    walk = office()
    case, other = case_in(walk, title="A"), case_in(walk, title="B")

    statements.update(Task, {"case_id": case.pk}, roles=["auditor"], step=2)

    assert Task.objects.get(case=case).roles == ["auditor"]
    assert Task.objects.get(case=other).step == 1


def test_a_deletion_takes_the_rows_it_names_and_no_others():
    walk = office()
    case, other = case_in(walk, title="A"), case_in(walk, title="B")

    statements.delete(Task, {"case_id": case.pk})

    assert [task.case_id for task in Task.objects.all()] == [other.pk]


def test_what_is_sent_together_runs_in_its_order():
    walk = office()
    case = case_in(walk)

    with transaction.atomic(), statements.together():
        before = CASE.ask(case=case.pk)
        statements.update(Case, {"id": case.pk}, version=7)
        after = CASE.ask(case=case.pk)

    assert [standing_in(found.rows()).case.version for found in (before, after)] == [1, 7]


def test_a_fault_in_what_is_sent_together_rolls_all_of_it_back():
    at = office().now

    @transaction.atomic
    def twice():
        with statements.together():
            for _ in range(2):
                statements.insert(Checkpoint, body="desa", size=10, note="isi", at=at)

    with pytest.raises(IntegrityError):
        twice()

    assert not Checkpoint.objects.filter(body="desa").exists()


def test_nothing_is_sent_in_a_transaction_that_has_to_be_rolled_back():
    with transaction.atomic():
        transaction.set_rollback(True)
        with pytest.raises(transaction.TransactionManagementError):
            CASE.rows(case=uuid4())


def test_whoever_counts_queries_sees_these_too(django_assert_num_queries):
    case = case_in(office())
    standing_of(case.pk)

    with django_assert_num_queries(2), statements.together():
        found = CASE.ask(case=case.pk), CASE.ask(case=uuid4())

    assert [len(answer.rows()) for answer in found] == [1, 0]


def test_an_inserted_row_reads_as_it_was_given():
    at = office().now

    statements.insert(Checkpoint, body="desa", size=10, note="isi", at=at)

    row = Checkpoint.objects.get(body="desa")
    assert (row.size, row.note, row.at) == (10, "isi", at)
