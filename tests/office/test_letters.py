"""The lines of a letter: each by its own decision, and what one may not keeps no other back."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from office.offices import (
    approved,
    assert_sound,
    case_in,
    codes,
    determined,
    item_in,
    letter,
    office,
    register_item,
    who,
    write_sheet,
)
from office.remembered import remembered
from ppid.errors import BadInput, Conflict, Refused
from ppid.law.term import DateTerm
from ppid.office.actions.approvals import APPROVE, RETURN, Decision, approve_as_head
from ppid.office.actions.letters import LetterChoice, LetterLine, decide_letter
from ppid.office.actions.reclassifications import begin_change
from ppid.office.demo.walk import walk_to_end
from ppid.office.models import Determination, Event, Item
from ppid.office.queries.history import in_words

pytestmark = pytest.mark.django_db(databases=["default", "public"])
DAY = timedelta(days=1)
DETERMINE, BACK, OPEN = LetterChoice
END = date(2026, 9, 1)


@pytest.fixture
@remembered
def desk():
    """An office, its case, and three candidates in it that could be determined."""
    walk = office()
    case = case_in(walk)
    items = [item_in(walk, case, title=f"Informasi {number}") for number in "ABC"]
    for item in items:
        write_sheet(walk, item)
    approved(walk, case, *items)
    return walk, case, items


def decided(walk, case, *lines, by=None, act=None, **values):
    """Decide the lines (item, choice[, reason]) by a whole letter; return what became of each."""
    given = [LetterLine(item.pk, choice, *reason) for item, choice, *reason in lines]
    return decide_letter(
        case,
        lines=given,
        letter=letter(walk, **values),
        by=by or who(walk, "ppid_utama"),
        at=walk.tick(),
        act=act,
    )


def found(results):
    """Return the codes of each line, by title."""
    return {one.item.title: {each.code for each in one.findings} for one in results}


def test_each_line_gets_its_own_decision_and_the_letter_carries_only_its_own(desk):
    walk, case, (first, second, third) = desk

    results = decided(
        walk,
        case,
        (first, DETERMINE),
        (second, BACK, "Perjelas."),
        (third, OPEN, "Tak ada ruginya."),
    )

    assert not any(one.findings for one in results)
    assert list(Determination.objects.get().items.all()) == [first]
    stages = list(Item.objects.order_by("title").values_list("stage", "returned"))
    assert stages == [("dikecualikan", ""), ("usulan", "Perjelas."), ("ditolak", "")]
    assert_sound()


def test_a_line_without_a_decision_stays_as_it_was(desk):
    walk, case, (first, second, _) = desk
    decided(walk, case, (first, DETERMINE))
    second.refresh_from_db()
    assert (second.stage, second.determination) == ("usulan", None)


def test_what_one_line_may_not_keeps_the_others_from_nothing(desk):
    walk, case, (first, second, third) = desk
    write_sheet(walk, second, place="Aula")  # the head has not approved this version

    results = decided(walk, case, (first, DETERMINE), (second, DETERMINE), (third, DETERMINE))

    assert found(results) == {
        "Informasi A": set(),
        "Informasi B": {"approval_missing"},
        "Informasi C": set(),
    }
    assert all(one.place.startswith("Informasi B") for one in results[1].findings)
    assert Determination.objects.get().items.count() == 2
    assert Item.objects.get(pk=second.pk).stage == "usulan"


def test_the_other_lines_are_carried_out_where_no_line_can_be_determined(desk):
    walk, case, (first, second, _) = desk
    write_sheet(walk, first, place="Aula")

    results = decided(walk, case, (first, DETERMINE), (second, BACK, "Perjelas."))

    assert found(results) == {"Informasi A": {"approval_missing"}, "Informasi B": set()}
    assert not Determination.objects.exists()


def test_where_nothing_can_be_carried_out_nothing_is_written(desk):
    walk, case, (first, *_) = desk
    write_sheet(walk, first, place="Aula")
    before, act = Event.objects.count(), uuid4()

    with pytest.raises(Refused) as error:
        decided(walk, case, (first, DETERMINE), act=act)

    assert codes(error) == {"approval_missing"}
    assert Event.objects.count() == before
    approved(walk, case, first)
    assert not any(one.findings for one in decided(walk, case, (first, DETERMINE), act=act))


def test_a_letter_that_lacks_a_part_carries_out_no_line(desk):
    walk, case, (first, second, _) = desk
    before = Event.objects.count()
    with pytest.raises(Refused) as error:
        decided(walk, case, (first, DETERMINE), (second, BACK, "Perjelas."), number=" ")
    assert codes(error) == {"number_missing"}
    assert Event.objects.count() == before


def test_a_number_is_used_for_one_letter(desk):
    walk, case, (first, second, _) = desk
    decided(walk, case, (first, DETERMINE))
    with pytest.raises(Refused) as error:
        decided(walk, case, (second, DETERMINE))
    assert codes(error) == {"decree_number_used"}


@pytest.mark.parametrize("role", ["petugas_ppid", "pimpinan_badan_publik", "auditor"])
@pytest.mark.parametrize("choice", [DETERMINE, BACK, OPEN])
def test_only_the_ppid_decides_a_line(desk, role, choice):
    walk, case, (first, *_) = desk
    with pytest.raises(Refused) as error:
        decided(walk, case, (first, choice, "Alasan."), by=who(walk, role))
    assert codes(error) == {"not_authorised"}


@pytest.mark.parametrize("choice", [BACK, OPEN])
def test_what_is_not_determined_needs_its_reason(desk, choice):
    walk, case, (first, *_) = desk
    with pytest.raises(BadInput) as error:
        decided(walk, case, (first, choice, "  "))
    assert codes(error) == {"reason_missing"}


def test_an_item_of_another_case_is_no_line_of_this_letter(desk):
    walk, case, _ = desk
    stranger = item_in(walk, case_in(walk), title="Lain")
    with pytest.raises(BadInput) as error:
        decided(walk, case, (stranger, DETERMINE))
    assert codes(error) == {"item_unknown"}


def test_what_this_case_determined_is_past_sending_back(desk):
    walk, case, (first, second, _) = desk
    determined(walk, case, first)

    results = decided(
        walk, case, (first, BACK, "Perjelas."), (second, DETERMINE), number="2/PPID/2026"
    )

    assert found(results) == {"Informasi A": {"item_determined"}, "Informasi B": set()}


def test_what_was_sent_back_is_determined_only_after_a_new_approval(desk):
    walk, case, (first, second, _) = desk
    decided(walk, case, (first, BACK, "Perjelas."), (second, DETERMINE))

    with pytest.raises(Refused) as error:
        decided(walk, case, (first, DETERMINE), number="2/PPID/2026")
    write_sheet(walk, first, place="Aula")
    approved(walk, case, first)
    again = decided(walk, case, (first, DETERMINE), number="3/PPID/2026")

    assert codes(error) == {"item_returned"}
    assert found(again) == {"Informasi A": set()}


def test_a_form_that_is_sent_twice_decides_once(desk):
    walk, case, (first, second, _) = desk
    act = uuid4()
    decided(walk, case, (first, DETERMINE), act=act)
    with pytest.raises(Conflict):
        decided(walk, case, (second, DETERMINE), number="2/PPID/2026", act=act)
    assert Determination.objects.count() == 1


def test_the_reason_of_a_line_is_in_the_history_but_not_in_the_leaf(desk):
    walk, case, (first, *_) = desk
    decided(walk, case, (first, BACK, "Sebut halamannya."))
    event = Event.objects.get(kind="line.decided")
    assert "Sebut halamannya." in in_words(event)
    assert b"halamannya" not in bytes(event.entry)


def taken_up(walk, *, end):
    """Return a case and an item of the register in it, whose term ends on the day."""
    item = register_item(walk, term=DateTerm(walk.today, end))
    list(walk_to_end(walk, item.case))
    case = case_in(walk)
    by = who(walk, "petugas_ppid")
    begin_change(item, into=case, reason="Berakhir.", by=by, at=walk.tick())
    item.refresh_from_db()
    return case, item


def test_a_line_of_the_register_is_declared_open_in_its_last_thirty_working_days():
    walk = office()
    case, item = taken_up(walk, end=END)
    walk.now += (END - 10 * DAY - walk.today).days * DAY

    results = decided(walk, case, (item, OPEN, "Berakhir."))

    item.refresh_from_db()
    assert found(results) == {item.title: set()}
    assert item.declared_open_on == END
    assert_sound()


def test_a_line_of_the_register_is_not_declared_open_before_its_time():
    walk = office()
    case, item = taken_up(walk, end=END)
    with pytest.raises(Refused) as error:
        decided(walk, case, (item, OPEN, "Berakhir."))
    assert codes(error) == {"declared_too_early"}


def test_one_settled_line_keeps_no_other_from_the_head_s_decision(desk):
    walk, case, (first, second, _) = desk
    determined(walk, case, first)
    write_sheet(walk, second, place="Aula")

    results = approve_as_head(
        case,
        decisions=(Decision(first.pk, RETURN, "Perjelas."), Decision(second.pk, APPROVE)),
        by=who(walk, "pimpinan_badan_publik"),
        at=walk.tick(),
    )

    assert found(results) == {"Informasi A": {"item_determined"}, "Informasi B": set()}
    assert second.approvals.count() == 2
