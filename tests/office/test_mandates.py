"""Mandates (a.n., u.b.): who acts for whom on a day, what is recorded, what they never carry."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as trying
from hypothesis import strategies as st

from office.offices import (
    SHORT_SOP,
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
from office.test_papers import paper
from papers.reading import text_of
from ppid.errors import BadInput, Refused
from ppid.law.term import PeriodTerm
from ppid.office.actions.mandates import end_mandate, give_mandate
from ppid.office.actions.people import add_person, end_appointment
from ppid.office.actions.steps import act_on_step
from ppid.office.authority import Right, authority_of, holders
from ppid.office.mandate import MandatedAct
from ppid.office.models import Approval, Determination, Event, Mandate, Person
from ppid.office.queries.cases import case_page
from ppid.office.queries.inbox import inbox
from ppid.office.queries.items import item_page

pytestmark = pytest.mark.django_db
ALL = (MandatedAct.STEP, MandatedAct.DETERMINE, MandatedAct.OPEN)
WEEK = timedelta(days=7)


def person_of(walk, role):
    """Return the first holder of a role as a person."""
    return Person.objects.get(pk=who(walk, role))


def mandate(walk, holder, *, role="ppid_utama", giver=None, acts=ALL, **more):
    """Let the giver, the holder of the role unless told otherwise, lend the role for a week."""
    given_by = giver or person_of(walk, role)
    values = {
        "starts_on": walk.today,
        "ends_on": walk.today + WEEK,
        "letter_number": f"SM/{Mandate.objects.count() + 1}",
        "letter_date": walk.today,
        "by": who(walk, "ppid_utama"),
    }
    return give_mandate(given_by, holder, role=role, acts=acts, at=walk.tick(), **(values | more))


@pytest.fixture
@remembered
def walk():
    return office()


@pytest.fixture
def secretary(walk):
    """Somebody without any appointment."""
    return add_person(walk.body, name="Sekretaris", at=walk.now)


def ready(walk):
    """Return a case with an item that was tested and approved."""
    case = case_in(walk)
    item = item_in(walk, case)
    write_sheet(walk, item)
    approved(walk, case, item)
    return case, item


def test_who_has_a_mandate_determines_for_the_ppid_and_the_letter_says_so(walk, secretary):
    case, item = ready(walk)
    given = mandate(walk, secretary, acts=[MandatedAct.DETERMINE])

    determined(walk, case, item, by=secretary.pk)

    made = Determination.objects.get()
    assert made.official == secretary.pk
    assert made.official_name == "Sekretaris"
    assert made.official_position == "a.n. ppid_utama"
    assert made.behalf == [str(given.giver_id)]
    assert_sound()


def test_the_history_says_for_whom_somebody_acted(walk, secretary):
    case, item = ready(walk)
    mandate(walk, secretary)
    determined(walk, case, item, by=secretary.pk)

    page = case_page(case.pk, by=who(walk, "ppid_utama"), body=walk.body.pk, at=walk.tick())

    assert page.history[0].who == "Sekretaris, a.n. ppid_utama"
    shown = item_page(item.pk, by=secretary.pk, body=walk.body.pk, on=walk.today)
    assert "Sekretaris, a.n. ppid_utama" not in [line.who for line in shown.history[1:]]


def test_only_the_named_acts_are_lent(walk, secretary):
    case, item = ready(walk)
    mandate(walk, secretary, acts=[MandatedAct.OPEN])

    with pytest.raises(Refused) as refused:
        determined(walk, case, item, by=secretary.pk)

    assert "not_authorised" in codes(refused)
    assert not Determination.objects.exists()


def test_who_has_a_mandate_declares_open_for_the_ppid(walk, secretary):
    item = register_item(walk)
    given = mandate(walk, secretary, acts=[MandatedAct.OPEN])

    opened(walk, item, by=secretary.pk)

    event = Event.objects.get(kind="item.opened")
    assert str(given.giver_id) in str(bytes(event.entry))
    assert item.declared_open_on == walk.today
    assert_sound()


def test_who_has_no_mandate_for_it_declares_nothing_open(walk, secretary):
    item = register_item(walk)
    mandate(walk, secretary, acts=[MandatedAct.STEP, MandatedAct.DETERMINE])

    with pytest.raises(Refused) as refused:
        opened(walk, item, by=secretary.pk)

    assert codes(refused) == {"not_authorised"}


def test_a_step_is_done_by_mandate_and_waits_in_the_holders_inbox(walk, secretary):
    case = case_in(walk)
    item_in(walk, case)
    mandate(walk, secretary, role="petugas_ppid", acts=[MandatedAct.STEP])
    mine = inbox(walk.body, by=secretary.pk, at=walk.tick()).mine

    act_on_step(case.pk, step=1, by=secretary.pk, at=walk.tick())

    assert [line.step.number for line in mine] == [1]
    payload = str(bytes(Event.objects.get(kind="step.acted").entry))
    assert "a.n. petugas_ppid" in payload
    assert_sound()


def test_without_the_act_of_steps_no_step_is_done(walk, secretary):
    case = case_in(walk)
    item_in(walk, case)
    mandate(walk, secretary, role="petugas_ppid", acts=[MandatedAct.OPEN])

    with pytest.raises(Refused) as refused:
        act_on_step(case.pk, step=1, by=secretary.pk, at=walk.tick())

    assert codes(refused) == {"not_authorised"}
    assert inbox(walk.body, by=secretary.pk, at=walk.tick()).mine == ()


@pytest.mark.parametrize(("days", "may"), [(-1, False), (0, True), (7, True), (8, False)])
def test_a_mandate_holds_on_its_days_and_on_no_other(walk, secretary, days, may):
    mandate(walk, secretary)

    found = authority_of(secretary.pk, on=walk.today + timedelta(days=days))

    assert found.may(Right.DETERMINE) is may
    assert found.may(Right.READ) is may


def test_a_mandate_lends_nothing_once_its_giver_lost_the_role(walk, secretary):
    mandate(walk, secretary)
    (appointment,) = holders(walk.body.pk, ["ppid_utama"], on=walk.today)[:1]
    end_appointment(appointment, ends_on=walk.today, at=walk.tick(), by=None)

    today = authority_of(secretary.pk, on=walk.today)
    tomorrow = authority_of(secretary.pk, on=walk.today + timedelta(days=1))

    assert (today.may(Right.DETERMINE), tomorrow.may(Right.DETERMINE)) == (True, False)


def test_what_no_mandate_carries_stays_with_the_own_roles(walk, secretary):
    mandate(walk, secretary)
    found = authority_of(secretary.pk, on=walk.today).acting(MandatedAct.STEP)

    assert not found.may(Right.SET_UP)
    assert not found.may(Right.PREPARE)
    assert not found.may(Right.ADOPT_SOP)


def test_an_own_role_is_acted_in_before_a_lent_one(walk):
    second = appoint(walk, "ppid_utama", name="z, PPID kedua")
    mandate(walk, second)

    found = authority_of(second.pk, on=walk.today).acting(MandatedAct.DETERMINE)

    assert found.behalf(["ppid_utama"]) is None
    assert found.said_of(["ppid_utama"]) == {}


def test_the_head_is_not_stood_in_for_by_mandate(walk, secretary):
    with pytest.raises(BadInput) as refused:
        mandate(
            walk,
            secretary,
            role="pimpinan_badan_publik",
            acts=[MandatedAct.HEAD_APPROVAL],
        )

    assert codes(refused) == {"mandate_of_head"}


def heads_mandate(walk, holder):
    return mandate(walk, holder, role="pimpinan_badan_publik", acts=[MandatedAct.HEAD_APPROVAL])


def test_where_the_bodys_own_rule_lets_it_the_heads_approval_is_given_by_mandate(secretary):
    walk = office("aturan", choices={"mandate_of_head": True})
    deputy = add_person(walk.body, name="Wakil", at=walk.now)
    case = case_in(walk)
    item = item_in(walk, case)
    write_sheet(walk, item)
    given = heads_mandate(walk, deputy)

    approved(walk, case, item, by=deputy.pk)
    determined(walk, case, item)

    approval = Approval.objects.get()
    assert (approval.by_head, approval.behalf) == (True, [str(given.giver_id)])
    assert approval.acting == "a.n. pimpinan_badan_publik"
    shown = item_page(item.pk, by=who(walk, "ppid_utama"), body=walk.body.pk, on=walk.today)
    assert shown.approvals[0][1] == "Wakil, a.n. pimpinan_badan_publik"
    assert_sound()


def test_the_printed_letter_names_both_who_signs_and_who_approves_for_another(client, secretary):
    walk = office("aturan", choices={"mandate_of_head": True})
    deputy = add_person(walk.body, name="Wakil", at=walk.now)
    signer = add_person(walk.body, name="Sekretaris Dinas", at=walk.now)
    case = case_in(walk)
    item = item_in(walk, case)
    write_sheet(walk, item)
    heads_mandate(walk, deputy)
    mandate(walk, signer, acts=[MandatedAct.DETERMINE])
    approved(walk, case, item, by=deputy.pk)
    determined(walk, case, item, by=signer.pk)

    printed = text_of(paper(client, walk, "paper_letter", Determination.objects.get().pk))

    assert "disetujui Wakil, a.n. pimpinan_badan_publik, sebagai pimpinan" in printed
    assert "Sekretaris Dinas" in printed
    assert "a.n. ppid_utama" in printed


def test_a_mandate_never_fixes_the_term_of_huruf_c_to_f():
    walk = office("aturan", choices={"mandate_of_head": True})
    deputy = add_person(walk.body, name="Wakil", at=walk.now)
    case = case_in(walk)
    item = item_in(walk, case)
    write_sheet(walk, item, ground="d", term=PeriodTerm(walk.today, years=2))
    heads_mandate(walk, deputy)
    approved(walk, case, item, by=deputy.pk)

    with pytest.raises(Refused) as refused:
        determined(walk, case, item)

    assert "term_not_set_by_head" in codes(refused)


def test_the_tester_does_not_approve_through_another():
    walk = office("aturan", choices={"mandate_of_head": True})
    deputy = add_person(walk.body, name="Wakil", at=walk.now)
    head = person_of(walk, "pimpinan_badan_publik")
    appoint(walk, "petugas_ppid", person=head)
    case = case_in(walk)
    item = item_in(walk, case)
    write_sheet(walk, item, by=head.pk)
    heads_mandate(walk, deputy)
    approved(walk, case, item, by=deputy.pk)

    with pytest.raises(Refused) as refused:
        determined(walk, case, item)

    assert "tester_approves" in codes(refused)


def test_who_approved_does_not_determine_by_mandate_either(walk):
    case, item = ready(walk)
    head = person_of(walk, "pimpinan_badan_publik")
    mandate(walk, head)

    with pytest.raises(Refused) as refused:
        determined(walk, case, item, by=head.pk)

    assert "ppid_approves" in codes(refused)


FOUR_EYES = SHORT_SOP.replace('aksi = "uji"', 'aksi = "uji"\nbukan_pelaku = [1]')


def test_other_eyes_are_not_those_of_who_lent_the_role(walk, secretary):
    case = case_in(walk, text=FOUR_EYES)
    write_sheet(walk, item_in(walk, case))
    act_on_step(case.pk, step=1, by=who(walk, "petugas_ppid"), at=walk.tick())
    mandate(walk, secretary, role="petugas_ppid", acts=[MandatedAct.STEP])

    with pytest.raises(Refused) as refused:
        act_on_step(case.pk, step=2, by=secretary.pk, at=walk.tick())

    assert codes(refused) == {"four_eyes"}


def test_nor_those_of_who_lent_it_after_the_other_has_acted(walk, secretary):
    case = case_in(walk, text=FOUR_EYES)
    write_sheet(walk, item_in(walk, case))
    mandate(walk, secretary, role="petugas_ppid", acts=[MandatedAct.STEP])
    act_on_step(case.pk, step=1, by=secretary.pk, at=walk.tick())

    with pytest.raises(Refused) as refused:
        act_on_step(case.pk, step=2, by=who(walk, "petugas_ppid"), at=walk.tick())

    assert codes(refused) == {"four_eyes"}
    third = appoint(walk, "petugas_ppid", name="Petugas kedua")
    act_on_step(case.pk, step=2, by=third.pk, at=walk.tick())


def test_a_mandate_is_passed_on_once_and_both_givers_are_named(walk, secretary):
    first = mandate(walk, secretary)
    clerk = add_person(walk.body, name="Kepala Bidang", at=walk.now)

    passed = mandate(walk, clerk, giver=secretary, acts=[MandatedAct.DETERMINE])

    found = authority_of(clerk.pk, on=walk.today).acting(MandatedAct.DETERMINE)
    behalf = found.behalf(["ppid_utama"])
    assert passed.through == first
    assert behalf.people == (secretary.pk, first.giver_id)
    assert behalf.words == "a.n. ppid_utama u.b. Sekretaris"
    last = add_person(walk.body, name="Staf", at=walk.now)
    with pytest.raises(BadInput) as refused:
        mandate(walk, last, giver=clerk, acts=[MandatedAct.DETERMINE])
    assert codes(refused) == {"giver_lacks_role"}


def test_what_was_passed_on_ends_with_the_first_mandate(walk, secretary):
    first = mandate(walk, secretary)
    clerk = add_person(walk.body, name="Kepala Bidang", at=walk.now)
    mandate(walk, clerk, giver=secretary)

    end_mandate(first, ends_on=walk.today, at=walk.tick())

    tomorrow = walk.today + timedelta(days=1)
    assert authority_of(clerk.pk, on=walk.today).may(Right.DETERMINE)
    assert not authority_of(clerk.pk, on=tomorrow).may(Right.DETERMINE)
    assert_sound()


def test_no_more_is_passed_on_than_was_given(walk, secretary):
    mandate(walk, secretary, acts=[MandatedAct.OPEN])
    clerk = add_person(walk.body, name="Kepala Bidang", at=walk.now)

    with pytest.raises(BadInput) as refused:
        mandate(walk, clerk, giver=secretary, acts=[MandatedAct.DETERMINE])

    assert codes(refused) == {"mandate_beyond_own"}


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"letter_number": " "}, "mandate_letter_missing"),
        ({"ends_on": date(2026, 3, 1)}, "end_before_start"),
        ({"letter_date": date(2026, 3, 3)}, "mandate_backdated"),
        ({"acts": []}, "mandate_without_act"),
        ({"acts": [MandatedAct.HEAD_APPROVAL]}, "mandate_act_unfit"),
    ],
)
def test_a_mandate_that_cannot_be_is_told_why(walk, secretary, more, code):
    with pytest.raises(BadInput) as refused:
        mandate(walk, secretary, **more)

    assert codes(refused) == {code}
    assert not Mandate.objects.exists()


def test_a_letter_is_recorded_once(walk, secretary):
    mandate(walk, secretary, letter_number="SM/7")

    with pytest.raises(BadInput) as refused:
        mandate(walk, secretary, letter_number="sm/7")

    assert codes(refused) == {"mandate_letter_used"}


def test_nobody_lends_to_themself_to_a_stranger_or_what_they_have_not(walk, secretary):
    stranger = add_person(office("lain").body, name="Orang lain", at=walk.now)

    with pytest.raises(BadInput) as own:
        mandate(walk, person_of(walk, "ppid_utama"))
    with pytest.raises(BadInput) as foreign:
        mandate(walk, stranger)
    with pytest.raises(BadInput) as lacking:
        mandate(walk, secretary, giver=person_of(walk, "auditor"))

    assert codes(own) == {"mandate_to_self"}
    assert codes(foreign) == {"person_unknown"}
    assert codes(lacking) == {"giver_lacks_role"}


def test_a_mandate_is_shortened_and_never_made_longer(walk, secretary):
    given = mandate(walk, secretary)

    with pytest.raises(BadInput) as longer:
        end_mandate(given, ends_on=given.ends_on + WEEK, at=walk.tick())
    with pytest.raises(BadInput) as early:
        end_mandate(given, ends_on=given.starts_on - WEEK, at=walk.tick())
    with pytest.raises(Refused) as strange:
        end_mandate(given, ends_on=walk.today, at=walk.tick(), by=who(walk, "auditor"))

    assert codes(longer) == {"mandate_not_extended"}
    assert codes(early) == {"end_before_start"}
    assert codes(strange) == {"not_authorised"}


def test_two_accounts_of_one_nip_are_one_person(walk, secretary):
    """A second person of the same NIP is refused, so a mandate cannot be lent to oneself."""
    nip = "198001012005011001"
    first = add_person(walk.body, name="Rina", nip=nip, at=walk.now)

    with pytest.raises(BadInput) as refused:
        add_person(walk.body, name="Rina kedua", nip=nip, at=walk.now)

    assert codes(refused) == {"nip_known"}
    assert Person.objects.get(nip=nip) == first


@trying(max_examples=20, deadline=None, suppress_health_check=[*HealthCheck])
@given(data=st.data())
def test_whoever_lends_whatever_to_whom_two_acts_stay_two_persons(data):
    """However roles are lent, no item is determined by, approved by or tested by one person."""
    walk = office(f"b-{uuid4().hex[:12]}", choices={"mandate_of_head": True})
    officer, ppid, head = (
        person_of(walk, role) for role in ("petugas_ppid", "ppid_utama", "pimpinan_badan_publik")
    )
    secretary = add_person(walk.body, name="Sekretaris", at=walk.now)
    if head_tests := data.draw(st.booleans()):
        appoint(walk, "petugas_ppid", person=head)
    deputy = data.draw(st.sampled_from([officer, ppid, secretary]))
    signer = data.draw(st.sampled_from([officer, head, secretary]))
    heads_mandate(walk, deputy)
    mandate(walk, signer)
    case = case_in(walk)
    item = item_in(walk, case)
    write_sheet(walk, item, by=(head if head_tests else officer).pk)
    approver, determiner = (
        data.draw(st.sampled_from(pair)).pk for pair in ((head, deputy), (ppid, signer))
    )
    approved(walk, case, item, by=approver)
    try:
        determined(walk, case, item, by=determiner)
    except Refused:
        return
    made, yes = Determination.objects.get(body=walk.body), Approval.objects.get(case=case)
    determiners = {str(made.official), *made.behalf}
    approvers = {str(yes.person), *yes.behalf}
    assert determiners.isdisjoint(approvers)
    assert approvers.isdisjoint(item.consequence_tests.get().testers)
    assert str(item.added_by) not in approvers
