"""Requests: recorded with number and clock, linked or tested, extended once, answered."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from office.asking import (
    ADDRESS,
    PERSON,
    answered,
    asked_office,
    linked,
    received,
    refused_request,
    to,
)
from office.offices import (
    appoint,
    approved,
    assert_sound,
    case_in,
    codes,
    determined,
    item_in,
    office,
    opened,
    register_item,
    who,
    write_sheet,
)
from office.remembered import remembered
from ppid.errors import BadInput, Conflict, NotFound, Refused
from ppid.law.consequence_test import Moment, Part
from ppid.law.decree import Decree
from ppid.law.request_answer import Outcome, Standing
from ppid.law.request_stage import Stage
from ppid.ledger.entry import Entry
from ppid.office.actions.calendar import enter_decree
from ppid.office.actions.requests import (
    extend_request,
    link_item,
    propose_item,
    retest_item,
    standing_of,
    unlink_item,
)
from ppid.office.authority import authority_of
from ppid.office.demo.walk import walk_to_end
from ppid.office.models import Case, Event, InformationRequest, RequestedItem, SopVersion
from ppid.office.queries.calendar import change_page
from ppid.office.queries.inbox import inbox
from ppid.office.queries.items import item_page
from ppid.office.queries.requests import (
    owed_requests,
    request_lines,
    request_page,
    suggested_number,
    visible_request,
)

pytestmark = pytest.mark.django_db(databases=["default", "public"])
DAY = timedelta(days=1)


@pytest.fixture
@remembered
def walk():
    return asked_office(on=date(2026, 3, 10))


def page(walk, asked, role="ppid_utama"):
    return request_page(asked.pk, by=who(walk, role), body=walk.body.pk, at=walk.now)


def lines(walk, role="ppid_utama", **more):
    more = {"owed": True} | more
    return request_lines(walk.body, by=who(walk, role), on=walk.today, **more)[1]


def extend(walk, asked, *, by="ppid_utama", reason="Dokumen tersebar di tiga dinas"):
    extend_request(asked, reason=reason, by=who(walk, by), at=walk.tick(minutes=1))


def version_of(walk):
    return SopVersion.objects.select_related("body").get(body=walk.body)


def test_a_request_waits_ten_working_days_for_its_answer(walk):
    asked = received(walk)

    (line,) = lines(walk)
    assert (line.asked.pk, line.next.stage) == (asked.pk, Stage.ANSWER)
    assert (line.next.due, line.next.workdays_left) == (date(2026, 3, 31), 10)
    assert_sound()


def test_a_clock_that_has_run_out_stays_on_every_list(walk):
    received(walk)
    to(walk, date(2026, 6, 1))

    (line,) = lines(walk)
    assert line.next.overdue
    assert line.css == "late"
    assert inbox(walk.body, by=who(walk, "ppid_utama"), at=walk.now).late == 1


def test_who_asks_is_sealed_and_shown_to_those_who_handle_requests_only(walk):
    asked = received(walk)

    event = Event.objects.get(kind="request.received")
    assert PERSON.encode() not in bytes(event.entry)
    assert ADDRESS not in str(Entry.from_bytes(bytes(event.entry)).payload)
    assert page(walk, asked, "atasan_ppid").personal
    assert not page(walk, asked, "auditor").personal


@pytest.mark.parametrize("role", ["auditor", "tim_pertimbangan", "atasan_ppid"])
def test_who_does_not_serve_requests_records_none(walk, role):
    with pytest.raises(Refused) as error:
        received(walk, by=role)
    assert codes(error) == {"not_authorised"}


def test_a_record_tells_all_its_mistakes_at_once(walk):
    with pytest.raises(BadInput) as error:
        received(walk, requester=" ", received_on=walk.today + DAY)
    assert codes(error) == {"requester_missing", "date_in_future"}
    assert not InformationRequest.objects.exists()


def test_a_number_is_used_once_in_a_body(walk):
    received(walk)
    with pytest.raises(BadInput) as error:
        received(walk)
    assert codes(error) == {"number_used"}
    elsewhere = asked_office(slug="kabupaten")
    assert received(elsewhere).number == "001/PI/2026"


def test_the_number_that_is_offered_is_the_next_one(walk):
    received(walk)
    assert suggested_number(walk.body, on=walk.today) == "002/PI/2026"


def test_time_is_extended_once_with_a_reason_and_moves_the_clock(walk):
    asked = received(walk)

    extend(walk, asked)

    assert lines(walk)[0].next.due == date(2026, 4, 10)
    with pytest.raises(Refused) as error:
        extend(walk, asked)
    assert codes(error) == {"extended_twice"}
    assert_sound()


def test_after_ten_working_days_nothing_is_extended(walk):
    asked = received(walk)
    to(walk, date(2026, 4, 1))
    with pytest.raises(Refused) as error:
        extend(walk, asked)
    assert codes(error) == {"extension_late"}


def test_the_clerk_does_not_extend_and_a_reason_is_written(walk):
    asked = received(walk)
    with pytest.raises(Refused) as error:
        extend(walk, asked, by="petugas_ppid", reason=" ")
    assert codes(error) == {"not_authorised", "extension_reason_missing"}


def test_an_item_of_the_list_is_linked_once_and_tells_of_the_request(walk):
    item, asked = register_item(walk), received(walk)

    linked(walk, asked, item)

    (link,) = item_page(
        item.pk, by=who(walk, "ppid_utama"), body=walk.body.pk, on=walk.today
    ).requests
    assert link.request_id == asked.pk
    with pytest.raises(Refused) as error:
        linked(walk, asked, item)
    assert codes(error) == {"item_linked"}


def test_an_item_of_another_body_is_not_linked(walk):
    elsewhere = office("kabupaten")
    theirs, asked = item_in(elsewhere, case_in(elsewhere)), received(walk)
    by = who(walk, "petugas_ppid")
    with pytest.raises(Refused) as error:
        linked(walk, asked, theirs)
    assert codes(error) == {"item_unknown"}
    with pytest.raises(Refused) as error:
        retest_item(asked, item=theirs, into=case_in(walk), by=by, at=walk.tick())
    assert codes(error) == {"item_unknown"}


def test_a_wrong_link_is_taken_back(walk):
    item, asked = register_item(walk), received(walk)
    linked(walk, asked, item)
    by = who(walk, "petugas_ppid")

    unlink_item(asked, item=item, by=by, at=walk.tick())

    assert not RequestedItem.objects.exists()
    with pytest.raises(Refused) as error:
        unlink_item(asked, item=item, by=by, at=walk.tick())
    assert codes(error) == {"item_not_linked"}
    assert_sound()


def test_a_test_on_request_opens_a_case_with_the_number_of_the_request(walk):
    case_in(walk)
    asked = received(walk)

    case = propose_item(
        asked,
        into=version_of(walk),
        agency=walk.agencies[0],
        title="Hasil laboratorium",
        by=who(walk, "petugas_ppid"),
        at=walk.tick(),
    )

    assert asked.number in case.title
    (line,) = page(walk, asked).items
    assert (line.link.case_id, line.standing) == (case.pk, Standing.UNDER_TEST)
    seen = item_page(
        line.link.item_id, by=who(walk, "petugas_ppid"), body=walk.body.pk, on=walk.today
    )
    assert seen.tested_on_request
    assert_sound()


def test_a_sheet_that_names_its_moment_is_left_as_it_is(walk):
    asked, case = received(walk), case_in(walk)
    by = who(walk, "petugas_ppid")
    propose_item(asked, into=case, agency=walk.agencies[0], title="Data", by=by, at=walk.tick())
    item = case.items.get()
    write_sheet(walk, item, moment=Moment.ORDERED)
    seen = item_page(item.pk, by=by, body=walk.body.pk, on=walk.today)
    assert not seen.tested_on_request


def test_a_listed_item_is_tested_anew_on_a_request(walk):
    case = case_in(walk)
    item = register_item(walk, case)
    list(walk_to_end(walk, case))
    asked = received(walk)
    linked(walk, asked, item)
    by = who(walk, "petugas_ppid")

    fresh = retest_item(asked, item=item, into=version_of(walk), by=by, at=walk.tick())

    assert RequestedItem.objects.get().case_id == fresh.pk
    assert Case.objects.count() == 2
    seen = item_page(item.pk, by=by, body=walk.body.pk, on=walk.today)
    assert seen.tested_on_request
    assert_sound()


def test_what_is_open_is_not_tested_anew(walk):
    item = register_item(walk)
    opened(walk, item)
    asked = received(walk)
    by = who(walk, "petugas_ppid")
    with pytest.raises(Refused) as error:
        retest_item(asked, item=item, into=item.case, by=by, at=walk.tick())
    assert codes(error) == {"already_open"}


def test_an_item_under_test_carries_no_refusal_until_it_is_determined(walk):
    asked, case = received(walk), case_in(walk)
    by = who(walk, "petugas_ppid")
    propose_item(
        asked,
        into=case,
        agency=walk.agencies[0],
        title="Hasil laboratorium",
        public_title="Hasil laboratorium",
        by=by,
        at=walk.tick(),
    )
    item = case.items.get()
    write_sheet(walk, item, moment=Moment.ON_REQUEST)
    with pytest.raises(Refused) as error:
        answered(walk, asked)
    assert codes(error) == {"refusal_not_determined"}

    approved(walk, case, item)
    determined(walk, case, item)
    answered(walk, asked)

    assert InformationRequest.objects.get().outcome == Outcome.PART
    assert_sound()


def test_an_answer_in_part_carries_ground_determination_and_what_may_be_shown(walk):
    asked, item = refused_request(walk)

    (line,) = asked.answer["lines"]
    assert line["title"] == item.public_title
    assert line["decree"] == "1/PPID/2026"
    assert "huruf h" in line["ground"]
    assert line["opened"]
    assert line["closed"] == ""  # the officers did not mark it as fit to be shown
    assert asked.answer["given"] == "Rekapitulasi per kecamatan"
    assert lines(walk) == ()
    assert page(walk, asked).line.next.stage is Stage.OBJECTION_OPEN
    assert_sound()


def test_what_the_letter_said_does_not_change_with_the_list(walk):
    asked, item = refused_request(walk)
    before = asked.answer
    opened(walk, item)
    asked.refresh_from_db()
    assert asked.answer == before


def test_what_is_closed_in_part_is_not_refused_whole(walk):
    item, asked = register_item(walk), received(walk)
    linked(walk, asked, item)
    with pytest.raises(Refused) as error:
        answered(walk, asked, outcome=Outcome.REFUSED)
    assert codes(error) == {"whole_refused_for_part"}


def test_what_is_closed_whole_is_refused_and_gives_nothing(walk):
    whole = {"part": Part.WHOLE, "parts": "", "reason_whole": "Setiap halaman memuatnya."}
    item, asked = register_item(walk, **whole), received(walk)
    linked(walk, asked, item)

    answered(walk, asked, outcome=Outcome.REFUSED)

    asked.refresh_from_db()
    assert (asked.answer["given"], asked.answer["redaction"]) == ("", "")
    assert asked.answer["lines"][0]["part"] == Part.WHOLE


def test_what_is_open_is_given(walk):
    item, asked = register_item(walk), received(walk)
    opened(walk, item)
    linked(walk, asked, item)
    with pytest.raises(Refused) as error:
        answered(walk, asked, outcome=Outcome.REFUSED)
    assert codes(error) == {"open_information_refused", "refusal_ground_missing"}

    answered(walk, asked, outcome=Outcome.GRANTED)

    asked.refresh_from_db()
    assert asked.answer["lines"] == []


def test_what_was_refused_as_a_candidate_is_no_ground(walk):
    case = case_in(walk)
    item = item_in(walk, case)
    write_sheet(walk, item)
    approved(walk, case, item, decision="tolak", reason="Tidak ada konsekuensi")
    item.refresh_from_db()
    assert standing_of(item, on=walk.today) is Standing.OPEN


def test_an_answer_bears_the_day_on_which_the_item_was_determined_already(walk):
    asked = received(walk)
    to(walk, walk.today + DAY)
    item = register_item(walk)
    linked(walk, asked, item)
    with pytest.raises(Refused) as error:
        answered(walk, asked, answered_on=walk.today - DAY)
    assert codes(error) == {"refusal_not_determined"}


def test_only_the_ppid_answers_and_once(walk):
    asked = received(walk)
    with pytest.raises(Refused) as error:
        answered(walk, asked, by="petugas_ppid", outcome=Outcome.GRANTED)
    assert codes(error) == {"not_authorised"}
    act = uuid4()
    answered(walk, asked, outcome=Outcome.NOT_HELD, act=act)
    with pytest.raises(Conflict):
        answered(walk, asked, outcome=Outcome.NOT_HELD, act=act)
    with pytest.raises(Refused) as error:
        answered(walk, asked, number="480/9/2026", outcome=Outcome.NOT_HELD)
    assert codes(error) == {"request_answered"}


def test_an_answer_before_the_request_and_a_letter_number_used_twice_are_told(walk):
    first = received(walk)
    answered(walk, first, outcome=Outcome.GRANTED)
    second = received(walk, number="002/PI/2026")
    before = walk.today - DAY
    with pytest.raises(Refused) as error:
        answered(walk, second, outcome=Outcome.GRANTED, answered_on=before)
    assert codes(error) == {"date_too_early", "number_used"}
    with pytest.raises(Refused) as error:
        answered(walk, second, outcome=Outcome.GRANTED, number=" ")
    assert codes(error) == {"letter_number_missing"}


def test_an_answered_request_is_linked_no_further(walk):
    asked, item = refused_request(walk)
    other = register_item(walk, item.case, number="2/PPID/2026", title="Lain")
    with pytest.raises(Refused) as error:
        link_item(asked, item=other, by=who(walk, "petugas_ppid"), at=walk.tick())
    assert codes(error) == {"request_answered"}


def test_an_answer_after_its_last_day_is_marked_as_late(walk):
    asked = received(walk)
    to(walk, date(2026, 4, 1))
    answered(walk, asked, outcome=Outcome.NOT_HELD)
    assert page(walk, asked).late


def test_a_request_waits_in_the_inbox_of_who_is_to_answer_it(walk):
    received(walk)
    ppid = inbox(walk.body, by=who(walk, "ppid_utama"), at=walk.now)
    clerk = inbox(walk.body, by=who(walk, "petugas_ppid"), at=walk.now)
    assert (len(ppid.my_requests), len(ppid.requests), ppid.waiting) == (1, 0, 1)
    assert (len(clerk.my_requests), len(clerk.requests), clerk.waiting) == (0, 1, 0)


def test_the_nearest_last_day_comes_first(walk):
    first = received(walk)
    extend(walk, first)
    to(walk, walk.today + DAY)
    received(walk, number="002/PI/2026")
    assert [line.asked.number for line in lines(walk)] == ["002/PI/2026", "001/PI/2026"]
    assert [line.asked.number for line in lines(walk, owed=False)] == ["002/PI/2026", "001/PI/2026"]


def test_an_agencys_ppid_sees_the_requests_for_its_items_only(walk):
    asked = received(walk)
    by = who(walk, "ppid_pelaksana")
    with pytest.raises(NotFound):
        visible_request(asked.pk, by=by, body=walk.body.pk, on=walk.today)
    linked(walk, asked, register_item(walk))
    assert visible_request(asked.pk, by=by, body=walk.body.pk, on=walk.today)[0] == asked
    assert not page(walk, asked, "ppid_pelaksana").personal


def test_who_may_not_read_sees_no_requests(walk):
    manager = appoint(walk, "pengelola_sistem")
    received(walk)
    authority = authority_of(manager.pk, on=walk.today)
    assert owed_requests(walk.body, authority, on=walk.today) == ()


def test_days_past_the_calendar_are_provisional(walk):
    to(walk, date(2026, 12, 28))
    received(walk)
    assert lines(walk)[0].next.provisional


def decreed(walk, *days):
    """Enter the decree of 2027 with these days off, and return what it moved."""
    decree = Decree(
        number="Keppres 40/2026",
        year=2027,
        decreed_on=walk.today,
        entered_on=walk.today,
        holidays=dict.fromkeys(days, "Libur"),
    )
    return enter_decree(walk.body, decree, by=who(walk, "ppid_utama"), at=walk.tick())


def test_a_decree_moves_the_last_day_of_a_request_and_tells_so(walk):
    to(walk, date(2026, 12, 21))
    received(walk)
    assert lines(walk)[0].next.due == date(2027, 1, 8)

    change = decreed(walk, *(date(2027, 1, day) for day in (1, 5, 6)))

    (move,) = change.moves
    assert (move["old"], move["new"]) == ("2027-01-08", "2027-01-11")
    assert (move["was_provisional"], move["provisional"]) == (True, False)
    (line,) = change_page(walk.body, change.pk).lines
    assert "001/PI/2026" in line.what
    walk.body.refresh_from_db()
    assert lines(walk)[0].next.due == date(2027, 1, 11)
    assert_sound()


def test_a_decree_moves_no_clock_that_has_run_out_or_was_over_long_ago(walk):
    received(walk)
    answered(walk, received(walk, number="002/PI/2026"), outcome=Outcome.NOT_HELD)
    to(walk, date(2026, 12, 21))
    assert decreed(walk, date(2027, 1, 1)).moves == []
