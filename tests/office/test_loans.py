"""Loans: who may take a paper out, until when, and how it comes back."""

from datetime import date, timedelta

import pytest

from office.offices import (
    appoint,
    assert_sound,
    case_in,
    codes,
    item_in,
    office,
    register_item,
    who,
)
from office.store import borrow, put, shelf
from ppid.errors import BadInput, Refused
from ppid.office.actions.loans import take_back
from ppid.office.authority import authority_of
from ppid.office.models import Event, Loan
from ppid.office.queries.loans import loan_lines, overdue_loans

pytestmark = pytest.mark.django_db(databases=["default", "public"])


@pytest.fixture
def desk():
    """An office and an item whose paper stands in a box."""
    walk = office()
    item = item_in(walk, case_in(walk))
    put(walk, item, shelf(walk)[0])
    return walk, item


def give_back(walk, loan, *, condition="lengkap", by=None):
    take_back(loan, condition=condition, by=by or who(walk, "arsiparis"), at=walk.tick())
    loan.refresh_from_db()


def overdue(walk, role, on):
    return overdue_loans(walk.body, authority_of(who(walk, role), on=on), on=on)


def test_a_paper_is_due_by_working_days_and_comes_back(desk):
    walk, item = desk  # 2 March 2026 is a Monday

    loan = borrow(walk, item, workdays=5)
    give_back(walk, loan)

    assert loan.due_on == date(2026, 3, 9)
    assert (loan.condition, loan.returned_by) == ("lengkap", who(walk, "arsiparis"))
    assert_sound()


def test_neither_borrower_nor_reason_is_in_the_leaf(desk):
    walk, item = desk
    borrow(walk, item, party="Pengadilan Negeri RAHASIA", reason="RAHASIA")
    assert b"RAHASIA" not in bytes(Event.objects.latest("seq").entry)


def test_what_is_out_is_not_lent_again_before_it_is_back(desk):
    walk, item = desk
    loan = borrow(walk, item)
    with pytest.raises(Refused) as error:
        borrow(walk, item)
    assert codes(error) == {"already_lent"}

    give_back(walk, loan)
    with pytest.raises(Refused) as twice:
        give_back(walk, loan)

    assert codes(twice) == {"not_lent"}
    assert borrow(walk, item).returned_at is None


def test_what_is_on_no_shelf_is_not_lent(desk):
    walk, _ = desk
    item = item_in(walk, case_in(walk), title="Lain")
    with pytest.raises(Refused) as unfiled:
        borrow(walk, item)
    put(walk, item, soft="Brankas lama")
    with pytest.raises(Refused) as soft_only:
        borrow(walk, item)
    assert codes(unfiled) == codes(soft_only) == {"no_hard_copy"}


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"party": ""}, "borrower_unclear"),
        ({"reason": " "}, "reason_missing"),
        ({"workdays": 0}, "loan_too_long"),
        ({"workdays": 61}, "loan_too_long"),
    ],
)
def test_what_a_loan_lacks_is_named(desk, values, code):
    walk, item = desk
    with pytest.raises(BadInput) as error:
        borrow(walk, item, **values)
    assert codes(error) == {code}


def test_a_borrower_of_another_body_is_nobody_here(desk):
    walk, item = desk
    with pytest.raises(BadInput) as error:
        borrow(walk, item, borrower=who(office("kabupaten"), "auditor"), party="")
    assert codes(error) == {"borrower_unknown"}


def test_who_may_not_read_the_item_does_not_borrow_it(desk):
    walk, item = desk
    manager = appoint(walk, "pengelola_sistem")
    other = appoint(walk, "ppid_pelaksana", agency=walk.agencies[1])
    for person in (manager, other):
        with pytest.raises(Refused) as error:
            borrow(walk, item, borrower=person.pk)
        assert codes(error) == {"borrower_may_not_read"}


def test_only_keepers_lend_and_take_back(desk):
    walk, item = desk
    with pytest.raises(Refused) as lending:
        borrow(walk, item, by=who(walk, "auditor"))
    loan = borrow(walk, item)
    with pytest.raises(Refused) as back:
        give_back(walk, loan, by=who(walk, "tim_pertimbangan"))
    assert codes(lending) == codes(back) == {"not_authorised"}


def test_an_overdue_paper_is_told_to_keeper_and_borrower_and_to_nobody_else(desk):
    walk, item = desk
    borrow(walk, item, role="tim_pertimbangan", workdays=1)
    due, late = date(2026, 3, 3), date(2026, 3, 5)

    assert overdue(walk, "arsiparis", due) == ()
    assert [one.late for one in overdue(walk, "arsiparis", late)] == [2]
    assert [one.who for one in overdue(walk, "tim_pertimbangan", late)] == ["tim_pertimbangan"]
    assert overdue(walk, "auditor", late) == ()


def test_the_weekend_after_the_due_day_is_not_late(desk):
    walk, item = desk
    borrow(walk, item, workdays=4, party="BPK")  # until Friday, 6 March

    assert overdue(walk, "arsiparis", date(2026, 3, 8)) == ()
    (line,) = overdue(walk, "arsiparis", date(2026, 3, 9))
    assert (line.late, line.who) == (1, "BPK")


def test_what_is_back_is_not_late(desk):
    walk, item = desk
    give_back(walk, borrow(walk, item, workdays=1))
    (line,) = loan_lines(walk.body, Loan.objects.all(), on=walk.today + timedelta(days=90))
    assert not line.overdue


def test_a_determined_paper_is_lent_like_any_other(desk):
    walk, _ = desk
    item = register_item(walk, title="Lain")
    put(walk, item, hard="Lemari lama")
    assert borrow(walk, item).item == item
