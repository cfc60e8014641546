"""What is not there, and what is not for somebody, is not found: in the same words for both."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

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
from office.pages import as_role, visit
from office.remembered import remembered
from office.store import borrow, put, scan, shelf
from office.test_destructions import approved, carried_out, desk, proposed, today
from ppid.errors import NotFound
from ppid.office.labels import code_of
from ppid.office.log import Fact, append
from ppid.office.models import ArchiveEntry
from ppid.office.queries.destructions import destruction_page, destructions_page
from ppid.office.queries.loan_docket import visible_loan
from ppid.office.queries.stock_takes import stock_page
from ppid.office.queries.store_room import behind_code, visible_place
from ppid.office.writing import writing

__all__ = ["desk"]  # a fixture
pytestmark = pytest.mark.django_db(databases=["default", "public"])


@pytest.fixture
@remembered
def shelved():
    """An office with a paper of the first agency in its first box."""
    walk = office()
    item = item_in(walk, case_in(walk))
    boxes = shelf(walk)
    put(walk, item, boxes[0])
    return walk, item, boxes


def asked(walk, *, by=None):
    return {"by": by or who(walk, "arsiparis"), "body": walk.body.pk, "on": walk.today}


def missed(query, *args, **more):
    """Return the codes with which a query finds nothing."""
    with pytest.raises(NotFound) as error:
        query(*args, **more)
    return codes(error)


def test_a_place_a_loan_and_a_stock_take_that_never_were(shelved):
    walk, _, _ = shelved
    assert missed(visible_place, uuid4(), **asked(walk)) == {"place_unknown"}
    assert missed(visible_loan, uuid4(), **asked(walk)) == {"loan_unknown"}
    assert missed(stock_page, uuid4(), **asked(walk)) == {"stock_take_unknown"}
    assert missed(behind_code, code_of(uuid4()), **asked(walk)) == {"code_unknown"}


def test_a_loan_and_a_code_of_another_agency_are_as_unknown_as_none(shelved):
    walk, item, _ = shelved
    loan = borrow(walk, item)
    other = appoint(walk, "ppid_pelaksana", agency=walk.agencies[1]).pk
    own = appoint(walk, "ppid_pelaksana", agency=walk.agencies[0]).pk
    assert missed(visible_loan, loan.pk, **asked(walk, by=other)) == {"loan_unknown"}
    assert missed(behind_code, code_of(item.pk), **asked(walk, by=other)) == {"code_unknown"}
    assert visible_loan(loan.pk, **asked(walk, by=own))[0] == loan
    assert behind_code(code_of(item.pk), **asked(walk, by=own)) == item


def test_the_system_manager_finds_nothing_behind_a_code(shelved):
    walk, item, boxes = shelved
    loan = borrow(walk, item)
    manager = appoint(walk, "pengelola_sistem").pk
    for one in (item, boxes[0]):
        assert missed(behind_code, code_of(one.pk), **asked(walk, by=manager)) == {"code_unknown"}
    assert missed(visible_loan, loan.pk, **asked(walk, by=manager)) == {"loan_unknown"}


def test_the_keeper_of_another_body_finds_nothing_of_ours(shelved):
    walk, item, boxes = shelved
    loan, taken = borrow(walk, item), scan(walk, boxes[0], item)
    theirs = asked(office("kabupaten"))
    assert missed(visible_place, boxes[0].pk, **theirs) == {"place_unknown"}
    assert missed(visible_loan, loan.pk, **theirs) == {"loan_unknown"}
    assert missed(stock_page, taken.pk, **theirs) == {"stock_take_unknown"}
    assert missed(behind_code, code_of(item.pk), **theirs) == {"code_unknown"}


@pytest.mark.parametrize("role", ["auditor", "tim_pertimbangan", "pimpinan_badan_publik"])
def test_the_result_of_a_stock_take_is_unknown_to_who_only_reads(shelved, role):
    walk, item, boxes = shelved
    taken = scan(walk, boxes[0], item)
    reader = asked(walk, by=who(walk, role))
    assert missed(stock_page, taken.pk, **reader) == {"stock_take_unknown"}
    assert stock_page(taken.pk, **asked(walk)).who == "arsiparis"


def test_a_list_for_destruction_is_unknown_to_an_agency_and_to_another_body(desk):
    walk, item = desk
    one = proposed(walk, item)
    agency, other = who(walk, "ppid_pelaksana"), office("kabupaten")
    mine = {"body": walk.body, "on": today(walk)}
    theirs = {"by": who(other, "arsiparis"), "body": other.body, "on": other.today}
    assert missed(destructions_page, walk.body, by=agency, on=today(walk)) == {
        "destruction_unknown"
    }
    assert missed(destruction_page, one.pk, by=agency, **mine) == {"destruction_unknown"}
    assert missed(destruction_page, one.pk, **theirs) == {"destruction_unknown"}
    keeper = who(walk, "arsiparis")
    assert missed(destruction_page, uuid4(), by=keeper, **mine) == {"destruction_unknown"}
    assert destruction_page(one.pk, by=keeper, **mine).to_approve


def test_what_was_destroyed_has_no_label_any_more(client, desk):
    walk, item = desk
    as_role(client, walk, "arsiparis")
    assert visit(client, "paper_item_label", item.pk).content.startswith(b"%PDF")
    one = proposed(walk, item)
    approved(walk, one)
    carried_out(walk, one)
    assert codes_of(visit(client, "paper_item_label", item.pk, status=404)) == {"entry_unknown"}


def test_an_unknown_list_and_minutes_that_are_not_there_are_named(client, desk):
    walk, item = desk
    one = proposed(walk, item)
    as_role(client, walk, "arsiparis")
    found = [
        visit(client, "paper_archive_list", "berkas2", status=404),
        visit(client, "paper_destruction", one.pk, status=404),
    ]
    assert [codes_of(answer) for answer in found] == [{"list_unknown"}, {"minutes_unknown"}]


def codes_of(answer):
    """Return the codes that a page which was not found names."""
    return {one.code for one in answer.context["findings"]}


def test_the_page_of_an_opened_item_leads_an_agency_to_no_destruction(client):
    walk = office(on=timezone.now().date() - timedelta(days=30))
    item = register_item(walk)
    put(walk, item, shelf(walk)[0])
    for role, leads in (("arsiparis", True), ("ppid_pelaksana", False)):
        as_role(client, walk, role)
        page = visit(client, "item", item.pk).content.decode()
        assert ("/ruang-simpan/pemusnahan/" in page) is leads


FIRST = {"soft_copy": "Brankas", "hard_copy": "Lemari 1"}


@pytest.mark.parametrize(
    ("kept", "quantity", "classification"),
    [
        (FIRST, "", ""),
        (FIRST | {"quantity": "2 boks"}, "2 boks", ""),
        (FIRST | {"classification_code": "400.7"}, "", "400.7"),
        (FIRST | {"quantity": "1", "classification_code": "5", "period": "2020"}, "1", "5"),
    ],
)
def test_entries_of_the_first_schema_replay_with_what_they_had(
    shelved, kept, quantity, classification
):
    walk, _, _ = shelved
    old = item_in(walk, case_in(walk), title="Lama")
    fact = Fact("archive.filed", {"security": "terbatas"}, kept, case=old.case_id, item=old.pk)
    with writing():
        append(fact, body=walk.body.pk, by=who(walk, "arsiparis"), at=walk.tick())
    entry = ArchiveEntry.objects.get(item=old)
    assert (entry.quantity, entry.classification_code) == (quantity, classification)
    assert (entry.hard_copy, entry.security, entry.place) == ("Lemari 1", "terbatas", None)
    assert entry.schedule.fate is None
    assert borrow(walk, old, party="BPK").item == old
    assert_sound()
