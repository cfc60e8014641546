"""Approvals: who says yes or no to an item, and which word of the head counts."""

import pytest

from office.offices import (
    appoint,
    approved,
    assert_sound,
    case_in,
    codes,
    determined,
    item_in,
    office,
    register_item,
    who,
    write_sheet,
)
from office.remembered import remembered
from ppid.errors import BadInput, Refused
from ppid.office.actions.approvals import APPROVE, REFUSE, RETURN, Decision, decide
from ppid.office.actions.determinations import head_approval
from ppid.office.actions.items import take_up_item
from ppid.office.demo.walk import walk_to_end
from ppid.office.models import Approval, Case, Event, Item

pytestmark = pytest.mark.django_db(databases=["default", "public"])


@pytest.fixture
@remembered
def desk():
    """An office, its case, and a tested item in it."""
    walk = office()
    case = case_in(walk)
    item = item_in(walk, case)
    write_sheet(walk, item)
    return walk, case, item


def test_the_head_approves_an_item_and_one_event_says_so(desk):
    walk, case, item = desk
    before = Event.objects.count()

    approved(walk, case, item)

    approval = head_approval(item)
    assert (approval.person, approval.role) == (
        who(walk, "pimpinan_badan_publik"),
        "pimpinan_badan_publik",
    )
    assert Event.objects.count() == before + 1
    assert Event.objects.latest("seq").kind == "approval.given"
    assert_sound()


@pytest.mark.parametrize("role", ["ppid_utama", "petugas_ppid", "tim_pertimbangan", "auditor"])
def test_nobody_but_the_head_approves_as_the_head(desk, role):
    walk, case, item = desk
    with pytest.raises(Refused) as error:
        approved(walk, case, item, by=who(walk, role))
    assert codes(error) == {"not_authorised"}
    assert not Approval.objects.exists()


def test_the_head_of_another_body_is_nobody_here(desk):
    walk, case, item = desk
    other = office("kabupaten")
    with pytest.raises(Refused) as error:
        approved(walk, case, item, by=who(other, "pimpinan_badan_publik"))
    assert codes(error) == {"not_authorised"}


def test_a_body_may_name_other_roles_as_its_head():
    walk = office(choices={"head_roles": ["atasan_ppid"]}, roles=("petugas_ppid", "atasan_ppid"))
    case = case_in(walk)
    item = item_in(walk, case)
    write_sheet(walk, item)

    approved(walk, case, item, by=who(walk, "atasan_ppid"))

    assert head_approval(item).role == "atasan_ppid"


def test_who_holds_several_roles_of_the_head_approves_in_the_first_that_the_body_names():
    both = {"head_roles": ["pimpinan_badan_publik", "atasan_ppid"]}
    walk = office(choices=both)
    case = case_in(walk)
    item = item_in(walk, case)
    write_sheet(walk, item)
    head = appoint(walk, "atasan_ppid", name="Kepala")
    appoint(walk, "pimpinan_badan_publik", person=head)

    approved(walk, case, item, by=head.pk)

    assert head_approval(item).role == "pimpinan_badan_publik"


def test_an_approval_counts_no_longer_once_the_sheet_was_changed(desk):
    walk, case, item = desk
    approved(walk, case, item)

    write_sheet(walk, item, place="Aula")

    assert head_approval(item) is None
    assert_sound()


def test_it_is_the_sheet_that_counts_and_not_the_clock(desk):
    walk, case, item = desk
    write_sheet(walk, item)
    approved(walk, case, item)
    walk.now = walk.now.replace(hour=8)  # the clock of the machine was put back

    write_sheet(walk, item, place="Aula")

    assert head_approval(item) is None


def test_an_approval_of_an_item_without_a_sheet_is_worth_nothing():
    walk = office()
    case = case_in(walk)
    item = item_in(walk, case)

    approved(walk, case, item)

    assert head_approval(item) is None


def test_the_last_word_of_the_head_counts(desk):
    walk, case, item = desk
    approved(walk, case, item)

    approved(walk, case, item, decision=RETURN, reason="Perjelas.")

    item.refresh_from_db()
    assert head_approval(item) is None
    assert item.returned == "Perjelas."
    assert_sound()


def test_a_new_approval_takes_the_mark_of_the_return_away(desk):
    walk, case, item = desk
    approved(walk, case, item, decision=RETURN, reason="Perjelas.")

    approved(walk, case, item)

    item.refresh_from_db()
    assert item.returned == ""
    assert head_approval(item) is not None


@pytest.mark.parametrize("decision", [REFUSE, RETURN])
def test_a_no_needs_a_reason(desk, decision):
    walk, case, item = desk
    with pytest.raises(BadInput) as error:
        approved(walk, case, item, decision=decision, reason="  ")
    assert codes(error) == {"reason_missing"}


def test_a_refused_item_leaves_the_case_and_cannot_be_decided_again(desk):
    walk, case, item = desk
    approved(walk, case, item, decision=REFUSE, reason="Bukan rahasia.")

    with pytest.raises(BadInput) as error:
        approved(walk, case, item)

    item.refresh_from_db()
    assert item.stage == "ditolak"
    assert codes(error) == {"item_unknown"}
    assert_sound()


def test_the_reason_stands_beside_the_log_and_not_in_it(desk):
    walk, case, item = desk
    approved(walk, case, item, decision=REFUSE, reason="ALASAN-RAHASIA")

    event = Event.objects.latest("seq")

    assert b"ALASAN-RAHASIA" not in bytes(event.entry)
    assert event.sealed["reason"]["value"] == "ALASAN-RAHASIA"


@pytest.mark.parametrize("decision", [REFUSE, RETURN])
def test_what_was_determined_is_not_refused_out_of_the_register(desk, decision):
    walk, case, item = desk
    approved(walk, case, item)
    determined(walk, case, item)

    with pytest.raises(Refused) as error:
        approved(walk, case, item, decision=decision, reason="Berubah pikiran.")

    assert codes(error) == {"item_determined"}
    assert Item.objects.get(pk=item.pk).stage == "dikecualikan"


def test_a_change_that_is_refused_leaves_the_old_determination_in_force():
    walk = office()
    item = register_item(walk)
    first = item.case
    list(walk_to_end(walk, first))
    second = case_in(walk, title="Perubahan")
    take_up_item(second, item=item, by=who(walk, "petugas_ppid"), at=walk.tick())
    write_sheet(walk, item, place="Aula")

    approved(walk, second, item, decision=REFUSE, reason="Tidak perlu diubah.")

    item.refresh_from_db()
    assert (item.stage, item.case_id) == ("dikecualikan", first.pk)
    assert_sound()


def test_the_head_cannot_approve_in_a_case_that_has_ended():
    walk = office()
    item = register_item(walk)
    list(walk_to_end(walk, item.case))
    with pytest.raises(Refused) as error:
        approved(walk, Case.objects.get(pk=item.case_id), item)
    assert codes(error) == {"case_ended"}


def test_the_step_is_decided_only_while_it_waits(desk):
    walk, case, item = desk
    with pytest.raises(Refused) as error:
        decide(
            case,
            decisions=(Decision(item.pk, APPROVE),),
            by=who(walk, "tim_pertimbangan"),
            at=walk.tick(),
        )
    assert codes(error) == {"not_authorised"}
