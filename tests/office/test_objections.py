"""Objections: recorded, answered by the superior alone, opening at once; disputes after them."""

from datetime import date, timedelta

import pytest

from office.asking import (
    answered,
    asked_office,
    linked,
    objected,
    received,
    refused_request,
    responded,
    to,
)
from office.offices import (
    approved,
    assert_sound,
    case_in,
    codes,
    letter,
    opened,
    register_item,
    who,
    write_sheet,
)
from office.remembered import remembered
from ppid.errors import BadInput, NotFound, Refused
from ppid.law.objection import ObjectionOutcome
from ppid.law.opening import OpeningReason
from ppid.law.request import ObjectionGround
from ppid.law.request_answer import Standing
from ppid.law.request_stage import Stage
from ppid.law.term import DateTerm
from ppid.office.actions.determinations import determine
from ppid.office.actions.objections import decide_dispute, register_dispute
from ppid.office.actions.openings import declare_open
from ppid.office.actions.requests import standing_of
from ppid.office.demo.walk import walk_to_end
from ppid.office.models import Event, Objection
from ppid.office.queries.inbox import inbox
from ppid.office.queries.requests import request_page, visible_objection

pytestmark = pytest.mark.django_db(databases=["default", "public"])
DAY = timedelta(days=1)


@pytest.fixture
@remembered
def walk():
    return asked_office(on=date(2026, 3, 10))


@pytest.fixture
def refused(walk):
    return refused_request(walk)


def page(walk, asked, role="ppid_utama"):
    return request_page(asked.pk, by=who(walk, role), body=walk.body.pk, at=walk.now)


def dispute(walk, objection, *, by="petugas_ppid", number="012/REG-PSI/2026", on=None):
    register_dispute(
        objection, number=number, registered_on=on or walk.today, by=who(walk, by), at=walk.tick()
    )


def decide(walk, objection, *, number="012/PTSN/2026", on=None):
    by = who(walk, "petugas_ppid")
    decide_dispute(objection, number=number, decided_on=on or walk.today, by=by, at=walk.tick())


def test_an_objection_waits_thirty_working_days_for_the_superior(walk, refused):
    asked, _ = refused

    objection = objected(walk, asked)

    clock = page(walk, asked).line.next
    assert (clock.stage, clock.workdays_left) == (Stage.OBJECTION_ANSWER, 30)
    superior = inbox(walk.body, by=who(walk, "atasan_ppid"), at=walk.now)
    assert [line.asked.pk for line in superior.my_requests] == [asked.pk]
    assert objection.grounds == ["a"]
    assert_sound()


def test_a_granted_objection_opens_the_item_at_once_and_for_good(walk, refused):
    asked, item = refused
    objection = objected(walk, asked)

    responded(walk, objection, item)

    item.refresh_from_db()
    assert (item.declared_open_on, item.opening_reason) == (walk.today, OpeningReason.OBJECTION)
    assert item.opening_document == "480/2/Setda/2026"
    assert standing_of(item, on=walk.today) is Standing.OPEN
    assert page(walk, asked).line.next.stage is Stage.DISPUTE_OPEN
    assert_sound()


def test_an_objection_opens_at_once_what_was_declared_open_for_a_later_day(walk):
    case = case_in(walk)
    asked, item = refused_request(walk, case=case, term=DateTerm(walk.today, date(2026, 4, 1)))
    ends = {"reason": OpeningReason.TERM_ENDS, "document": ""}
    opened(walk, item, on=date(2026, 4, 1), **ends)
    objection = objected(walk, asked)

    responded(walk, objection, item)

    item.refresh_from_db()
    assert (item.declared_open_on, item.opening_reason) == (walk.today, OpeningReason.OBJECTION)
    with pytest.raises(Refused) as error:
        opened(walk, item, on=walk.today - DAY, reason=OpeningReason.CONSENT)
    assert codes(error) == {"already_declared_open"}
    assert_sound()


def test_what_an_objection_opened_is_not_exempted_again(walk, refused):
    asked, item = refused
    responded(walk, objected(walk, asked), item)
    item.refresh_from_db()
    to(walk, walk.today + DAY)
    case = item.case
    write_sheet(walk, item, information="Uraian lain")
    approved(walk, case, item)
    with pytest.raises(Refused) as error:
        determine(
            case,
            items=[item],
            letter=letter(walk, "2/PPID/2026"),
            by=who(walk, "ppid_utama"),
            at=walk.tick(),
        )
    assert "opened_in_dispute" in codes(error)


@pytest.mark.parametrize("role", ["ppid_utama", "petugas_ppid", "pimpinan_badan_publik"])
def test_only_the_superior_answers_an_objection(walk, refused, role):
    asked, item = refused
    objection = objected(walk, asked)
    with pytest.raises(Refused) as error:
        responded(walk, objection, item, by=role)
    assert codes(error) == {"not_authorised"}
    assert not Event.objects.filter(kind="item.opened").exists()


def test_the_superior_opens_for_no_other_reason_than_an_objection(walk, refused):
    _, item = refused
    with pytest.raises(Refused) as error:
        opened(walk, item, reason=OpeningReason.COMMISSION, by=who(walk, "atasan_ppid"))
    assert codes(error) == {"not_authorised"}
    by = who(walk, "auditor")
    with pytest.raises(Refused):
        declare_open(
            item,
            opened_on=walk.today,
            reason=OpeningReason.OBJECTION,
            document="1",
            by=by,
            at=walk.tick(),
        )


def test_a_refusal_is_not_settled_amicably(walk, refused):
    asked, _ = refused
    objection = objected(walk, asked)
    with pytest.raises(Refused) as error:
        responded(walk, objection, outcome=ObjectionOutcome.SETTLED, reason="Sepakat")
    assert codes(error) == {"refusal_settled_amicably"}


def test_upholding_needs_a_written_reason_and_opens_nothing(walk, refused):
    asked, item = refused
    objection = objected(walk, asked)
    with pytest.raises(Refused) as error:
        responded(walk, objection, item, outcome=ObjectionOutcome.UPHELD)
    assert codes(error) == {"upholding_reason_missing"}

    responded(walk, objection, item, outcome=ObjectionOutcome.UPHELD, reason="Rahasia pasien")

    item.refresh_from_db()
    assert item.declared_open_on is None
    assert Objection.objects.get().opened == []


def test_granting_for_one_item_of_two_needs_a_reason_for_the_other(walk):
    case, asked = case_in(walk), received(walk)
    items = [
        register_item(walk, case, number=f"{number}/PPID/2026", title=f"Data {number}")
        for number in (1, 2)
    ]
    for item in items:
        linked(walk, asked, item)
    answered(walk, asked)
    asked.refresh_from_db()
    objection = objected(walk, asked)
    with pytest.raises(Refused) as error:
        responded(walk, objection, items[0])
    assert codes(error) == {"upholding_reason_missing"}

    responded(walk, objection, items[0], reason="Data 2 menyebut nama pasien")

    assert [standing_of(fresh(item), on=walk.today) for item in items] == [
        Standing.OPEN,
        Standing.EXEMPT,
    ]


def fresh(item):
    item.refresh_from_db()
    return item


def test_an_objection_is_answered_once_and_one_waits_at_a_time(walk, refused):
    asked, item = refused
    objection = objected(walk, asked)
    with pytest.raises(Refused) as error:
        objected(walk, asked, number="002/KB/2026")
    assert codes(error) == {"objection_waits"}
    responded(walk, objection, item)
    with pytest.raises(Refused) as error:
        responded(walk, objection, number="480/3/Setda/2026", reason="Lagi")
    assert codes(error) == {"objection_answered"}


def test_silence_can_be_objected_to_and_leaves_the_answer_owed(walk):
    asked = received(walk)
    to(walk, date(2026, 4, 9))

    objection = objected(walk, asked, grounds=(ObjectionGround.NOT_ANSWERED,))

    clocks = page(walk, asked).line.clocks
    assert [clock.stage for clock in clocks] == [Stage.ANSWER, Stage.OBJECTION_ANSWER]
    assert clocks[0].overdue
    responded(walk, objection)
    assert page(walk, asked).line.next.stage is Stage.ANSWER


def test_a_wrong_record_of_an_objection_tells_all_its_mistakes(walk):
    asked = received(walk)
    with pytest.raises(BadInput) as error:
        objected(walk, asked, number=" ", filed_on=walk.today + DAY)
    assert codes(error) == {
        "objection_number_missing",
        "objection_without_refusal",
        "date_in_future",
    }


def test_the_number_of_a_request_is_no_number_of_an_objection(walk, refused):
    asked, _ = refused
    with pytest.raises(BadInput) as error:
        objected(walk, asked, number=asked.number)
    assert codes(error) == {"number_used"}


def test_a_late_objection_is_recorded_and_told(walk, refused):
    asked, _ = refused
    found = walk.today
    to(walk, date(2026, 6, 1))

    objected(walk, asked, found_on=found)

    (view,) = page(walk, asked).objections
    assert [one.code for one in view.remarks] == ["objection_late"]


def test_a_dispute_is_recorded_with_its_end(walk, refused):
    asked, _ = refused
    objection = objected(walk, asked)
    responded(walk, objection, outcome=ObjectionOutcome.UPHELD, reason="Rahasia pasien")
    to(walk, date(2026, 4, 10))

    dispute(walk, objection)

    assert page(walk, asked).line.next.stage is Stage.IN_DISPUTE
    (view,) = page(walk, asked).objections
    assert [one.code for one in view.remarks] == ["dispute_late"]
    decide(walk, objection)
    assert page(walk, asked).line.next.stage is Stage.CLOSED
    assert_sound()


def test_a_dispute_is_registered_once_with_a_number_and_not_before_the_objection(walk, refused):
    asked, _ = refused
    objection = objected(walk, asked)
    with pytest.raises(BadInput) as error:
        dispute(walk, objection, number=" ", on=walk.today - DAY)
    assert codes(error) == {"dispute_number_missing", "date_too_early"}
    dispute(walk, objection)
    with pytest.raises(Refused) as error:
        dispute(walk, objection, by="auditor")
    assert codes(error) == {"dispute_registered", "not_authorised"}


def test_only_a_dispute_that_waits_is_decided(walk, refused):
    asked, _ = refused
    objection = objected(walk, asked)
    with pytest.raises(Refused) as error:
        decide(walk, objection)
    assert codes(error) == {"no_dispute_waits"}
    dispute(walk, objection)
    with pytest.raises(BadInput) as error:
        decide(walk, objection, on=walk.today - DAY)
    assert codes(error) == {"date_too_early"}


def test_an_objection_of_another_body_does_not_exist(walk, refused):
    asked, _ = refused
    objection = objected(walk, asked)
    other = asked_office(slug="kabupaten")
    with pytest.raises(NotFound):
        visible_objection(
            objection.pk, by=who(other, "atasan_ppid"), body=other.body.pk, on=other.today
        )


def test_an_item_whose_case_has_ended_opens_too(walk):
    case = case_in(walk)
    asked, item = refused_request(walk, case=case)
    list(walk_to_end(walk, case))
    responded(walk, objected(walk, asked), item)
    item.refresh_from_db()
    assert item.opening_reason == OpeningReason.OBJECTION
