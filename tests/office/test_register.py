"""The register: who sees what, and what each filter finds on which day."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from office.factories import case_of, person_in, sign_in
from office.pages import MONDAY, appoint, as_role, codes, visit
from office.remembered import remembered
from ppid.law.docket import last_end_due
from ppid.law.term import DateTerm, EventTerm
from ppid.law.workdays import national_calendar
from ppid.office.actions.approvals import REFUSE, Decision, decide
from ppid.office.actions.bodies import create_body
from ppid.office.actions.items import add_item
from ppid.office.demo.samples import SAMPLES
from ppid.office.demo.walk import walk_to_end
from ppid.office.models import Item
from ppid.office.queries.items import item_page
from ppid.office.queries.parts import PAGE_SIZE, part_of
from ppid.office.queries.register import register_page, register_rows

pytestmark = pytest.mark.django_db(databases=["default", "public"])
TODAY = MONDAY.date()
FIRST, SECOND, THIRD = (sample.title for sample in SAMPLES[:3])


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
@remembered
def walk():
    """An office with three determined items: one ends in 2027, one in 2028, one is reviewed."""
    walk, case = case_of("kalteng")
    walk.terms = {
        FIRST: DateTerm(walk.today, date(2027, 3, 1)),
        SECOND: DateTerm(walk.today, date(2028, 3, 1)),
        THIRD: EventTerm(walk.today, "Putusan berkekuatan hukum tetap", date(2027, 3, 1)),
    }
    list(walk_to_end(walk, case))
    return walk


def found(walk, *, on=TODAY, role="ppid_utama", **asked):
    rows = register_rows(walk.body, by=person_in(walk, role).pk, on=on)
    page = register_page(walk.body, rows, asked=asked, on=on)
    return {line.item.title: line.status for line in page.lines}


def test_an_item_is_open_from_the_day_its_term_ends_though_nobody_acted(walk):
    before = found(walk, on=date(2027, 2, 28))
    after = found(walk, on=date(2027, 3, 1))

    assert (before[FIRST], after[FIRST]) == ("Segera terbuka", "Terbuka")
    assert found(walk, on=date(2027, 3, 1), keadaan="terbuka") == {FIRST: "Terbuka"}
    assert set(found(walk, on=date(2027, 3, 1), keadaan="dikecualikan")) == {SECOND, THIRD}


@pytest.mark.parametrize("on", [date(2026, 3, 9), date(2027, 2, 28), date(2027, 3, 1)])
def test_the_register_and_the_page_of_an_item_agree_on_its_status(walk, on):
    official = person_in(walk, "ppid_utama")

    for item in Item.objects.all():
        status = item_page(item.pk, by=official.pk, body=walk.body.pk, on=on).status
        assert item.title in found(walk, on=on, keadaan=status)


def test_what_ends_or_is_reviewed_soon_is_found(walk):
    on = date(2027, 2, 22)

    assert set(found(walk, on=on, keadaan="segera")) == {FIRST}
    assert set(found(walk, on=on, keadaan="tinjau")) == {THIRD}
    assert found(walk, keadaan="segera") == {}


def test_candidates_and_refused_items_are_found_by_their_state():
    walk, case = case_of("kalteng", before=2)
    first, *_ = Item.objects.order_by("title")
    person = person_in(walk, "tim_pertimbangan").pk
    decisions = (Decision(first.pk, REFUSE, "Bukan informasi yang dikecualikan."),)
    decide(case, decisions=decisions, by=person, at=walk.tick())

    assert found(walk, keadaan="ditolak") == {first.title: "Ditolak"}
    assert len(found(walk, keadaan="usulan")) == 2


@pytest.mark.parametrize(("letter", "titles"), [("h", {FIRST, SECOND}), ("g", set())])
def test_a_letter_finds_its_points_too(walk, letter, titles):
    assert {one for one in found(walk, huruf=letter) if one in {FIRST, SECOND}} == titles


def test_a_candidate_is_found_by_the_letter_of_its_newest_sheet():
    walk, _ = case_of("pontianak", before=4)

    assert FIRST in found(walk, huruf="h", keadaan="usulan")


def test_filters_narrow_together(walk):
    item = Item.objects.get(title=FIRST)

    assert set(found(walk, opd=item.agency_id)) == {FIRST}
    assert set(found(walk, tahun=2028)) == {SECOND}
    assert found(walk, opd=item.agency_id, tahun=2028) == {}


def test_words_are_looked_for_in_titles_summary_and_letter(walk):
    item = Item.objects.get(title=FIRST)
    word = item.summary.split()[-1].strip(".")

    assert FIRST in found(walk, cari=word.upper())
    assert FIRST in found(walk, cari=f"rekam {word}")
    assert len(found(walk, cari=item.determination.number)) == 3
    assert found(walk, cari="tidakadakatainidimanapun") == {}


def test_an_agency_sees_its_own_items_only(client, walk):
    own = Item.objects.get(title=FIRST)
    sign_in(client, appoint(walk, "ppid_pelaksana", agency=own.agency))

    page = visit(client, "register")

    assert [line.item.pk for line in page.context["page"].lines] == [own.pk]
    names = [label for value, label in page.context["form"]["opd"].field.choices if value]
    assert names == [own.agency.name]
    other = Item.objects.get(title=SECOND)
    for route in ("item", "sheet", "archive", "item_open", "item_change"):
        visit(client, route, other.pk, status=404)


def test_who_may_not_read_is_told_who_may(client, walk):
    sign_in(client, appoint(walk, "pengelola_sistem"))

    refused = visit(client, "register", status=403)

    assert codes(refused.context["findings"]) == {"not_authorised"}


def test_the_register_of_another_body_is_not_shown(client, walk):
    stranger = appoint(walk, "ppid_utama")
    other = create_body("lain", name="Lain", place="Kota", timezone="Asia/Jayapura", at=walk.tick())
    rows = register_rows(other, by=stranger.pk, on=MONDAY.date())

    assert not rows.exists()


def test_the_address_keeps_the_filters(client, walk):
    as_role(client, walk, "ppid_utama")

    page = visit(client, "register", keadaan="dikecualikan", huruf="h")

    assert page.context["form"]["keadaan"].value() == "dikecualikan"
    assert page.context["query"] == "keadaan=dikecualikan&huruf=h&"
    assert page.context["filtered"]


def test_a_filter_that_makes_no_sense_narrows_nothing_and_is_told(client, walk):
    as_role(client, walk, "ppid_utama")

    page = visit(client, "register", keadaan="entah", tahun="abc", halaman="-3")

    assert set(page.context["form"].errors) == {"keadaan", "tahun"}
    assert len(page.context["page"].lines) == 3


def test_a_long_register_is_read_page_by_page(client):
    walk, case = case_of("kalteng")
    clerk = person_in(walk, "petugas_ppid")
    for number in range(PAGE_SIZE + 1):
        title = f"Informasi {number:03}"
        add_item(case, agency=walk.agencies[0], title=title, by=clerk.pk, at=walk.tick())
    as_role(client, walk, "ppid_utama")

    with CaptureQueriesContext(connection) as first_queries:
        first = visit(client, "register").context["page"]
    with CaptureQueriesContext(connection) as last_queries:
        last = visit(client, "register", halaman=2).context["page"]

    assert (len(first.lines), first.part.next, first.part.previous) == (PAGE_SIZE, 2, 0)
    assert (len(last.lines), last.part.next, last.part.previous) == (1, 0, 1)
    assert len(first_queries) == len(last_queries)


@pytest.mark.parametrize("asked", [None, "", "0", "x", "²", "9" * 5000])
def test_a_page_number_that_makes_no_sense_is_the_first_page(walk, asked):
    assert part_of(Item.objects.all(), page=asked).number == 1


@pytest.mark.parametrize("days_per_week", [5, 6])
@pytest.mark.parametrize("on", [date(2026, 3, 9), date(2026, 12, 24), date(2026, 2, 14)])
def test_the_reach_is_the_last_end_whose_thirty_working_days_have_begun(on, days_per_week):
    calendar = national_calendar(days_per_week=days_per_week)
    reach = last_end_due(on, calendar)

    def working_days_until(end):
        days = (date.fromordinal(number) for number in range(on.toordinal(), end.toordinal()))
        return sum(works(day) for day in days)

    def works(day):
        return day.weekday() in calendar.working_weekdays and day not in calendar.closed

    most = 30 if works(on) else 29
    after = date.fromordinal(reach.toordinal() + 1)
    assert working_days_until(reach) <= most < working_days_until(after)
