"""Determinations: the law's gate, by the office's own acts (PP 61/2010 ps. 3-10)."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from office.offices import (
    appoint,
    approved,
    assert_sound,
    case_in,
    codes,
    determined,
    item_in,
    letter,
    office,
    opened,
    register_item,
    who,
    write_sheet,
)
from office.remembered import remembered
from ppid.errors import BadInput, Refused
from ppid.law.consequence_test import ConsequenceTest as Sheet
from ppid.law.consequence_test import Part, from_dict
from ppid.law.opening import DISPUTE_REASONS, OpeningReason
from ppid.law.term import ActTerm, DateTerm, EventTerm, PeriodTerm
from ppid.office.actions.consequence_tests import newest_test, write_test
from ppid.office.actions.determinations import determine
from ppid.office.actions.editions import register_of
from ppid.office.actions.items import take_up_item
from ppid.office.actions.people import add_person, link_account
from ppid.office.demo.walk import walk_to_end
from ppid.office.models import Account, Determination, Event, Item

pytestmark = pytest.mark.django_db(databases=["default", "public"])
DAY = timedelta(days=1)


@pytest.fixture
@remembered
def desk():
    """An office, its case, and a tested and approved item in it."""
    walk = office()
    case = case_in(walk)
    item = item_in(walk, case)
    write_sheet(walk, item)
    approved(walk, case, item)
    return walk, case, item


def refused(walk, case, *items, by=None, **values):
    """Return the codes with which a letter is refused, and see that it left nothing behind."""
    before = Event.objects.count()
    with pytest.raises(Refused) as error:
        determine(
            case,
            items=items,
            letter=letter(walk, **values),
            by=by or who(walk, "ppid_utama"),
            at=walk.tick(),
        )
    assert Event.objects.count() == before
    return codes(error)


def refused_sheet(walk, case, **values):
    """Return the codes with which an item with this sheet is refused."""
    item = item_in(walk, case, title=f"Informasi {uuid4()}")
    write_sheet(walk, item, **values)
    approved(walk, case, item)
    return refused(walk, case, item)


def test_a_letter_brings_its_items_into_the_register(desk):
    walk, case, item = desk

    letter_row = determined(walk, case, item)

    item.refresh_from_db()
    assert (item.stage, item.determination_id) == ("dikecualikan", letter_row.pk)
    assert item.opens_on == date(2028, 3, 2)
    assert item.determined_test == newest_test(item)
    assert letter_row.approved_by == who(walk, "pimpinan_badan_publik")
    assert Event.objects.latest("seq").kind == "determination.made"
    assert_sound()


def test_nothing_is_determined_without_a_test(desk):
    walk, case, _ = desk
    untested = item_in(walk, case, title="Belum diuji")
    approved(walk, case, untested)

    found = refused(walk, case, untested)

    assert {"kind_missing", "term_missing", "reason_missing", "approval_missing"} <= found
    assert {"consequence_if_open_missing", "tested_on_missing"} <= found


@pytest.mark.parametrize(
    ("field", "code"),
    [
        ("information", "information_missing"),
        ("consequence_if_open", "consequence_if_open_missing"),
        ("consequence_if_closed", "consequence_if_closed_missing"),
        ("public_interest", "public_interest_missing"),
    ],
)
def test_a_sheet_with_a_gap_is_no_base_for_a_determination(desk, field, code):
    walk, case, _ = desk
    assert code in refused_sheet(walk, case, **{field: ""})


def test_a_test_of_tomorrow_is_no_test(desk):
    walk, case, _ = desk
    assert "tested_in_future" in refused_sheet(walk, case, tested_on=walk.today + DAY)


def test_a_letter_needs_the_approval_of_the_head(desk):
    walk, case, _ = desk
    item = item_in(walk, case, title="Belum disetujui")
    write_sheet(walk, item)
    assert "approval_missing" in refused(walk, case, item)


def test_an_approval_given_before_the_sheet_was_changed_no_longer_counts(desk):
    walk, case, item = desk
    write_sheet(walk, item, place="Aula")
    assert "approval_missing" in refused(walk, case, item)


def test_an_approval_is_not_later_than_the_letter(desk):
    walk, case, item = desk
    assert "approved_late" in refused(walk, case, item, determined_on=walk.today - DAY)


@pytest.mark.parametrize("role", ["petugas_ppid", "tim_pertimbangan", "pimpinan_badan_publik"])
def test_nobody_but_the_ppid_determines(desk, role):
    walk, case, item = desk
    assert "not_authorised" in refused(walk, case, item, by=who(walk, role))


def test_the_ppid_of_another_body_determines_nothing_here(desk):
    walk, case, item = desk
    other = office("kabupaten")
    assert "not_authorised" in refused(walk, case, item, by=who(other, "ppid_utama"))


def test_who_determines_is_not_who_approves(desk):
    walk, case, item = desk
    both = appoint(walk, "ppid_utama", name="Rangkap")
    appoint(walk, "pimpinan_badan_publik", person=both)
    approved(walk, case, item, by=both.pk)

    assert "ppid_approves" in refused(walk, case, item, by=both.pk)


def test_who_tested_does_not_approve(desk):
    walk, case, _ = desk
    head = appoint(walk, "pimpinan_badan_publik", name="Merangkap penguji")
    appoint(walk, "petugas_ppid", person=head)
    item = item_in(walk, case, title="Diuji pimpinan")
    write_sheet(walk, item, by=head.pk)
    write_sheet(walk, item)  # another hand afterwards makes no difference
    approved(walk, case, item, by=head.pk)

    assert "tester_approves" in refused(walk, case, item)


def test_who_proposed_does_not_approve(desk):
    walk, case, _ = desk
    clerk = who(walk, "petugas_ppid")
    item = item_in(walk, case, title="Usulan pimpinan")
    write_sheet(walk, item, by=who(walk, "ppid_utama"))
    appoint(walk, "pimpinan_badan_publik", person=add_to(walk, clerk))
    approved(walk, case, item, by=clerk)

    assert "proposer_approves" in refused(walk, case, item)


def add_to(walk, person):
    return walk.body.people.get(pk=person)


def test_two_accounts_of_one_nip_are_one_person_before_the_law(desk):
    walk, case, item = desk
    nip = "197001012000011001"
    ppid = add_person(walk.body, name="Pejabat", nip=nip, at=walk.now)
    appoint(walk, "ppid_utama", person=ppid)
    appoint(walk, "pimpinan_badan_publik", person=ppid)
    link_account(ppid, username="sebagai.ppid", at=walk.now)
    link_account(ppid, username="sebagai.pimpinan", at=walk.now)
    by_name = dict(Account.objects.values_list("username", "person_id"))
    with pytest.raises(BadInput) as error:
        add_person(walk.body, name="Nama lain", nip=nip, at=walk.now)

    approved(walk, case, item, by=by_name["sebagai.pimpinan"])

    assert codes(error) == {"nip_known"}
    assert "ppid_approves" in refused(walk, case, item, by=by_name["sebagai.ppid"])


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"number": " "}, "number_missing"),
        ({"place": ""}, "place_and_date_missing"),
        ({"determined_on": None}, "place_and_date_missing"),
        ({"unit": ""}, "body_missing"),
        ({"determined_on": date(2026, 3, 20)}, "determined_in_future"),
    ],
)
def test_a_letter_has_its_six_parts(desk, values, code):
    walk, case, item = desk
    assert code in refused(walk, case, item, **values)


def test_a_letter_determines_something(desk):
    walk, case, _ = desk
    assert "items_missing" in refused(walk, case)


def test_an_item_of_another_case_is_not_quietly_left_out(desk):
    walk, case, item = desk
    other = item_in(walk, case_in(walk), title="Di berkas lain")
    with pytest.raises(BadInput) as error:
        determined(walk, case, item, other)
    assert codes(error) == {"item_unknown"}
    assert not Determination.objects.exists()


def test_a_decree_number_is_used_once(desk):
    walk, case, item = desk
    second = item_in(walk, case, title="Kedua")
    write_sheet(walk, second)
    approved(walk, case, second)
    determined(walk, case, item, number="7/2026")

    assert refused(walk, case, second, number=" 7/2026 ") == {"decree_number_used"}


def test_two_bodies_may_use_the_same_number():
    one, other = office("kota"), office("kabupaten")

    register_item(one, number="7/2026")
    register_item(other, number="7/2026")

    assert Determination.objects.filter(number="7/2026").count() == 2
    assert_sound()


def test_a_title_that_everybody_may_read_is_needed(desk):
    walk, case, _ = desk
    item = item_in(walk, case, title="Tanpa judul umum", public_title=" ")
    write_sheet(walk, item)
    approved(walk, case, item)
    assert refused(walk, case, item) == {"public_title_missing"}


def test_nothing_is_determined_in_a_case_that_has_ended(desk):
    walk, case, item = desk
    determined(walk, case, item)
    list(walk_to_end(walk, case))
    assert "case_ended" in refused(walk, case, item, number="2/2026")


def test_what_is_never_exempt_is_not_determined(desk):
    walk, case, item = desk
    answers = dict(from_dict(newest_test(item).sheet).never_exempt_checked)
    answers[next(iter(answers))] = True
    found = refused_sheet(walk, case, never_exempt_checked=answers)
    assert {one for one in found if "never_exempt" in one}


@pytest.mark.parametrize(
    ("sample", "term", "code"),
    [
        (2, EventTerm(date(2026, 3, 2), "selamanya", date(2027, 3, 2)), "term_permanent"),
        (2, PeriodTerm(date(2026, 3, 2), years=31), "term_over_max_years"),
        (0, DateTerm(date(2025, 3, 2), date(2026, 3, 2)), "term_already_over"),
    ],
)
def test_a_term_that_the_law_does_not_know_is_refused(desk, sample, term, code):
    walk, case, _ = desk
    assert code in refused_sheet(walk, case, sample=sample, term=term)


def test_the_ground_of_another_act_needs_an_act(desk):
    walk, case, _ = desk
    found = refused_sheet(walk, case, ground="j", statutes=("PP 61/2010 ps. 8",))
    assert "act_missing" in found


def test_the_term_of_that_ground_is_not_in_a_regulation(desk):
    walk, case, _ = desk
    term = ActTerm(walk.today, "PP 61/2010 ps. 8", date(2027, 1, 1))
    assert "term_act_not_statute" in refused_sheet(walk, case, ground="j", term=term)


def test_a_whole_document_is_not_closed_for_a_part(desk):
    walk, case, _ = desk
    found = refused_sheet(walk, case, part=Part.WHOLE, parts="Halaman 3", reason_whole="Semua.")
    assert "whole_closed_for_part" in found


def test_the_term_of_huruf_d_is_fixed_by_the_highest_head():
    walk = office(choices={"head_roles": ["atasan_ppid"]})
    appoint(walk, "atasan_ppid")
    case = case_in(walk)
    item = item_in(walk, case)
    write_sheet(walk, item, ground="d")
    approved(walk, case, item, by=who(walk, "atasan_ppid"))

    assert refused(walk, case, item) == {"term_not_set_by_head"}


def test_a_body_may_say_who_fixes_the_term():
    walk = office(choices={"head_roles": ["atasan_ppid"], "term_roles": ["atasan_ppid"]})
    appoint(walk, "atasan_ppid")
    case = case_in(walk)
    item = item_in(walk, case)
    write_sheet(walk, item, ground="d")
    approved(walk, case, item, by=who(walk, "atasan_ppid"))
    determined(walk, case, item)

    assert Item.objects.get(pk=item.pk).stage == "dikecualikan"


@pytest.mark.parametrize(("later", "code"), [(0, None), (1, "not_authorised")])
def test_an_acting_ppid_determines_up_to_the_last_day_of_the_decree(desk, later, code):
    walk, case, item = desk
    acting = appoint(walk, "ppid_utama", name="Pelaksana harian", kind="plh", ends_on=walk.today)
    walk.now += later * DAY
    if code:
        assert code in refused(walk, case, item, by=acting.pk)
    else:
        assert determined(walk, case, item, by=acting.pk).official == acting.pk


def in_new_case(walk, item):
    """Bring a determined item under a new case, after its own has ended."""
    list(walk_to_end(walk, item.case))
    case = case_in(walk, title="Perubahan")
    take_up_item(case, item=item, by=who(walk, "petugas_ppid"), at=walk.tick())
    item.refresh_from_db()
    return case


def test_what_is_determined_is_not_determined_again_on_the_same_sheet(desk):
    walk, case, item = desk
    determined(walk, case, item)
    found = refused(walk, case, item, number="2/2026")
    assert {"new_test_missing", "new_approval_missing"} <= found


def test_a_change_needs_a_new_test_beside_the_old_and_a_new_approval():
    walk = office()
    item = register_item(walk)
    old = item.determined_test
    walk.now += 30 * DAY
    case = in_new_case(walk, item)

    new = write_sheet(walk, item, place="Aula")
    approved(walk, case, item)
    determined(walk, case, item, number="2/2026")

    item.refresh_from_db()
    old_again = item.consequence_tests.get(pk=old.pk)
    assert item.determined_test == new != old
    assert (old_again.sheet, old_again.version) == (old.sheet, old.version)
    assert_sound()


def test_an_extension_without_a_new_test_is_refused():
    walk = office()
    item = register_item(walk)
    walk.now += 30 * DAY
    case = in_new_case(walk, item)
    longer = replace(from_dict(item.determined_test.sheet), term=PeriodTerm(walk.today, years=9))
    write_test(item, sheet=longer, by=who(walk, "petugas_ppid"), at=walk.tick())
    approved(walk, case, item)

    assert refused(walk, case, item, number="2/2026") == {"new_test_missing"}


@pytest.mark.parametrize(
    ("reason", "obstacle"),
    [
        *((one, "opened_in_dispute") for one in sorted(DISPUTE_REASONS)),
        (OpeningReason.CONSENT, "already_open"),
    ],
)
def test_what_was_declared_open_is_not_closed_again(reason, obstacle):
    walk = office()
    item = register_item(walk)
    opened(walk, item, reason=reason)
    walk.now += 30 * DAY
    case = in_new_case(walk, item)
    write_sheet(walk, item, place="Aula")
    approved(walk, case, item)

    assert refused(walk, case, item, number="2/2026") == {obstacle}


def test_the_thirty_years_of_huruf_a_count_from_the_first_term_of_all():
    walk = office()
    item = register_item(walk, sample=2, term=PeriodTerm(walk.today, years=10))
    for years, number in ((8, "2/2026"), (6, "3/2026")):
        walk.now += years * 365 * DAY
        case = in_new_case(walk, item)
        write_sheet(walk, item, sample=2, term=PeriodTerm(walk.today, years=10))
        approved(walk, case, item)
        determined(walk, case, item, number=number)
        item.refresh_from_db()
    walk.now += 6 * 365 * DAY
    case = in_new_case(walk, item)
    write_sheet(walk, item, sample=2, term=PeriodTerm(walk.today, years=11))
    approved(walk, case, item)

    assert refused(walk, case, item, number="4/2026") == {"term_over_max_years"}


def test_a_case_may_hold_two_letters(desk):
    walk, case, item = desk
    second = item_in(walk, case, title="Kedua")
    write_sheet(walk, second)
    approved(walk, case, second)

    determined(walk, case, item, number="1/2026")
    determined(walk, case, second, number="2/2026")

    assert {one.determination.number for one in register_of(walk.body)} == {"1/2026", "2/2026"}


def test_the_lines_of_a_letter_stand_beside_the_log(desk):
    walk, case, item = desk
    determined(walk, case, item)
    event = Event.objects.latest("seq")
    assert str(item.pk).encode() not in bytes(event.entry)
    assert event.sealed["lines"]["value"][0]["item"] == str(item.pk)


def test_an_empty_sheet_is_a_sheet_with_every_gap(desk):
    walk, case, item = desk
    write_test(item, sheet=Sheet(), by=who(walk, "petugas_ppid"), at=walk.tick())
    approved(walk, case, item)
    assert len(refused(walk, case, item)) > 10
