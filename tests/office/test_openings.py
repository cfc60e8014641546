"""Openings: information opens when its term ends; a declaration may only make it earlier."""

from datetime import date, timedelta

import pytest

from office.factories import go_to
from office.offices import (
    assert_sound,
    case_in,
    codes,
    item_in,
    office,
    opened,
    register_item,
    who,
)
from ppid.errors import BadInput, Refused
from ppid.law.opening import OpeningReason
from ppid.law.term import DateTerm
from ppid.office.actions.editions import publish_edition
from ppid.office.actions.openings import opening_case, opening_reasons
from ppid.office.models import Event, Item
from ppid.office.queries.items import status_of

pytestmark = pytest.mark.django_db(databases=["default", "public"])
DAY = timedelta(days=1)
ENDS = date(2027, 5, 3)
TERM_ENDS = {"reason": OpeningReason.TERM_ENDS, "document": ""}


@pytest.mark.parametrize("timezone", ["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"])
def test_information_opens_when_its_term_ends_even_if_nobody_acts(timezone):
    walk = office(timezone=timezone)
    item = register_item(walk, term=DateTerm(walk.today, ENDS))
    events = Event.objects.count()

    before, after = status_of(item, on=ENDS - DAY), status_of(item, on=ENDS)

    assert (before, after) == ("dikecualikan", "terbuka")
    assert item.opens_on == ENDS
    assert Event.objects.count() == events


def test_the_list_that_was_published_before_says_when_it_opens():
    walk = office()
    register_item(walk, term=DateTerm(walk.today, ENDS))
    edition = publish_edition(walk.body, by=who(walk, "ppid_utama"), at=walk.tick())
    entry = edition.content["entries"][0]
    assert entry["opens_on"] == "2027-05-03"
    assert entry["opens_soon_from"] < entry["opens_on"]


def test_a_candidate_is_neither_exempt_nor_open():
    walk = office()
    item = item_in(walk, case_in(walk))
    assert status_of(item, on=ENDS) == "usulan"


def test_a_declaration_opens_from_its_day_on():
    walk = office()
    tomorrow = walk.today + DAY
    item = register_item(walk, term=DateTerm(walk.today, tomorrow + DAY))

    opened(walk, item, on=tomorrow, **TERM_ENDS)

    assert [status_of(item, on=day) for day in (walk.today, tomorrow)] == [
        "dikecualikan",
        "terbuka",
    ]
    assert Event.objects.latest("seq").kind == "item.opened"
    assert_sound()


def test_a_declaration_cannot_prolong_a_term():
    walk = office()
    item = register_item(walk, term=DateTerm(walk.today, ENDS))
    walk.now += (ENDS - walk.today).days * DAY
    with pytest.raises(Refused) as error:
        opened(walk, item, on=ENDS + DAY, **TERM_ENDS)
    assert codes(error) == {"opens_after_term"}
    assert Item.objects.get(pk=item.pk).declared_open_on is None


def test_a_late_declaration_names_the_day_the_law_opened_it():
    walk = office()
    item = register_item(walk, term=DateTerm(walk.today, ENDS))
    walk.now += 600 * DAY

    opened(walk, item, on=ENDS, **TERM_ENDS)

    assert status_of(item, on=ENDS) == "terbuka"


def test_information_is_declared_open_once():
    walk = office()
    item = register_item(walk)
    opened(walk, item)
    with pytest.raises(Refused) as error:
        opened(walk, item)
    assert codes(error) == {"already_declared_open"}


def test_a_candidate_is_not_declared_open():
    walk = office()
    item = item_in(walk, case_in(walk))
    with pytest.raises(Refused) as error:
        opened(walk, item)
    assert codes(error) == {"item_not_determined"}


def test_an_opening_has_a_reason_that_the_law_knows():
    walk = office()
    item = register_item(walk)
    with pytest.raises(BadInput) as error:
        opened(walk, item, reason="Begitu saja")
    assert codes(error) == {"opening_reason_unknown"}


def test_an_opening_has_the_document_behind_it():
    walk = office()
    item = register_item(walk)
    with pytest.raises(Refused) as error:
        opened(walk, item, document=" ")
    assert codes(error) == {"opening_document_missing"}


@pytest.mark.parametrize("role", ["petugas_ppid", "tim_pertimbangan", "auditor"])
def test_not_everybody_opens(role):
    walk = office()
    item = register_item(walk)
    with pytest.raises(Refused) as error:
        opened(walk, item, by=who(walk, role))
    assert codes(error) == {"not_authorised"}


def test_the_ppid_of_another_body_opens_nothing_here():
    walk, other = office(), office("kabupaten")
    item = register_item(walk)
    with pytest.raises(Refused) as error:
        opened(walk, item, by=who(other, "ppid_utama"))
    assert codes(error) == {"not_authorised"}


def test_in_a_case_the_sop_says_who_opens_while_its_step_waits():
    walk = office()
    item = register_item(walk)
    case = case_in(walk)
    team = who(walk, "tim_pertimbangan")
    with pytest.raises(Refused) as error:
        opened(walk, item, by=team, case=case)

    go_to(walk, case, before=7)
    opened(walk, item, by=team, case=case)

    assert codes(error) == {"not_authorised"}
    assert opening_case(walk.body, frozenset({"tim_pertimbangan"})) == case
    assert status_of(item, on=walk.today) == "terbuka"
    assert_sound()


def test_the_reasons_offered_are_those_of_the_ground():
    walk = office()
    item = register_item(walk)
    candidate = item_in(walk, item.case, title="Calon")
    assert OpeningReason.CONSENT in opening_reasons(item)
    assert OpeningReason.HEARING not in opening_reasons(item)
    assert set(opening_reasons(candidate)) == set(OpeningReason)


def test_what_was_declared_for_a_later_day_opens_sooner_by_a_decision():
    walk = office()
    item = register_item(walk, term=DateTerm(walk.today, walk.today + 20 * DAY))
    opened(walk, item, on=walk.today + 20 * DAY, **TERM_ENDS)

    opened(walk, item, reason=OpeningReason.COURT, document="7/G/2026")

    assert (item.declared_open_on, item.opening_reason) == (walk.today, OpeningReason.COURT)
    assert status_of(item, on=walk.today) == "terbuka"
    assert_sound()


def test_what_was_declared_is_not_declared_for_a_later_day():
    walk = office()
    item = register_item(walk, term=DateTerm(walk.today, walk.today + 20 * DAY))
    opened(walk, item, on=walk.today + 20 * DAY, **TERM_ENDS)
    with pytest.raises(Refused) as error:
        opened(walk, item, on=walk.today + 21 * DAY, reason=OpeningReason.COURT)
    assert codes(error) == {"already_declared_open"}
