"""Destructions: by their procedure alone, and not while anything keeps the archive."""

from datetime import timedelta

import pytest

from office.asking import asked_office, linked, objected, received, refused_request, responded
from office.offices import (
    assert_sound,
    case_in,
    codes,
    item_in,
    office,
    register_item,
    who,
)
from office.store import borrow, put, shelf
from office.vaults import names, recovery_key, store
from ppid.errors import BadInput, Refused
from ppid.law.destruction import Consent, Element
from ppid.law.objection import ObjectionOutcome
from ppid.law.term import PeriodTerm
from ppid.office.actions.destructions import (
    Approval,
    Minutes,
    approve,
    archive_obstacles,
    carry_out,
    hold,
    propose,
    withdraw,
)
from ppid.office.actions.loans import take_back
from ppid.office.actions.objections import register_dispute
from ppid.office.actions.steps import act_on_step
from ppid.office.models import ArchiveEntry, Event, Item, SoftCopy

pytestmark = pytest.mark.django_db(databases=["default", "public"])
PANEL = {Element.CHAIR: "Ani", Element.UNIT: "Budi", Element.ARCHIVIST: "Citra"}
WITNESSES = ("Dewi, Bagian Hukum", "Eko, Inspektorat")
RETENTION = {"active_years": 1, "inactive_years": 2, "fate": "musnah"}
ONE_STEP = """
format = 1
kode = "satu"
nama = "Satu langkah"
[[pelaksana]]
kode = "petugas"
nama = "Petugas PPID"
peran = ["petugas_ppid"]
[[langkah]]
kegiatan = "Mengumpulkan"
pelaksana = ["petugas"]
aksi = "kumpulkan"
"""


def end(walk, case):
    """Do the one step of a case."""
    act_on_step(case.pk, step=1, by=who(walk, "petugas_ppid"), at=walk.tick())


@pytest.fixture
def desk():
    return expired()


def expired():
    """Return an office, and an item whose term ended and whose retention is over."""
    walk = office()
    case = case_in(walk, text=ONE_STEP)
    item = register_item(walk, case, term=PeriodTerm(walk.today, years=1))
    end(walk, case)
    put(walk, item, shelf(walk)[0], closed_on=walk.today - timedelta(days=30), **RETENTION)
    walk.now += timedelta(days=4 * 366)
    item.refresh_from_db()
    return walk, fresh(item)


def fresh(item):
    return Item.objects.select_related("archive", "body", "case").get(pk=item.pk)


def today(walk):
    return walk.now.astimezone(walk.body.zone).date()


def kept_by(walk, item):
    return {one.code for one in archive_obstacles(fresh(item), on=today(walk), procedure_done=True)}


def proposed(walk, *items, by=None, panel=PANEL, decree="1/SK/2030"):
    return propose(
        walk.body,
        items=[one.pk for one in items],
        panel=panel,
        panel_decree=decree,
        by=by or who(walk, "arsiparis"),
        at=walk.tick(),
    )


def approved(walk, one, *, by=None, **values):
    usual = {"opinion": "2/2030", "consent": Consent.REGION, "consent_number": "3/2030"}
    approval = Approval(**usual | {"decision": "4/2030"} | values)
    approve(one, approval, by=by or who(walk, "pimpinan_badan_publik"), at=walk.tick())
    one.refresh_from_db()


def carried_out(walk, one, *, by=None, witnesses=WITNESSES, number="5/BA/2030"):
    minutes = Minutes(number=number, witnesses=witnesses)
    carry_out(one, minutes, by=by or who(walk, "arsiparis"), at=walk.tick())
    one.refresh_from_db()


def test_an_archive_is_destroyed_by_its_procedure_and_its_events_stay(desk):
    walk, item = desk
    recovery_key(walk)
    store(walk, item)
    before = Event.objects.filter(item=item.pk).count()

    one = proposed(walk, item)
    approved(walk, one)
    carried_out(walk, one)

    entry = ArchiveEntry.objects.get()
    assert one.stage == "dimusnahkan"
    assert entry.destroyed_at
    assert entry.place is None
    assert not SoftCopy.objects.exists()
    assert not [name for name in names() if name.endswith(".age")]
    assert Event.objects.filter(item=item.pk).count() == before + 1
    assert Event.objects.filter(kind="document.stored").count() == 1
    assert_sound()


def test_what_was_destroyed_is_neither_filed_nor_lent_nor_destroyed_again(desk):
    walk, item = desk
    one = proposed(walk, item)
    approved(walk, one)
    carried_out(walk, one)
    for act, code in (
        (lambda: put(walk, fresh(item), hard="Lemari"), "archive_destroyed"),
        (lambda: store(walk, fresh(item)), "archive_destroyed"),
        (lambda: borrow(walk, fresh(item)), "no_hard_copy"),
        (lambda: proposed(walk, item), "archive_unknown"),
        (lambda: carried_out(walk, one), "destruction_moved_on"),
    ):
        with pytest.raises(Refused) as error:
            act()
        assert codes(error) == {code}


def test_nothing_is_destroyed_without_the_stages_before(desk):
    walk, item = desk
    one = proposed(walk, item)
    with pytest.raises(Refused) as early:
        carried_out(walk, one)
    approved(walk, one)
    with pytest.raises(Refused) as twice:
        approved(walk, one)
    assert codes(early) == codes(twice) == {"destruction_moved_on"}
    assert not Event.objects.filter(kind="archive.destroyed").exists()


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"panel": {Element.CHAIR: "Ani", Element.UNIT: " "}}, "panel_incomplete"),
        ({"decree": " "}, "decree_missing"),
    ],
)
def test_a_list_needs_its_panel(desk, values, code):
    walk, item = desk
    with pytest.raises(BadInput) as error:
        proposed(walk, item, **values)
    assert codes(error) == {code}


def test_a_list_is_not_empty_and_no_archive_is_on_two(desk):
    walk, item = desk
    with pytest.raises(BadInput) as empty:
        proposed(walk)
    proposed(walk, item)
    with pytest.raises(BadInput) as twice:
        proposed(walk, item)
    assert (codes(empty), codes(twice)) == ({"nothing_listed"}, {"listed_twice"})


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"opinion": ""}, "opinion_missing"),
        ({"consent": None}, "consent_missing"),
        ({"decision": " "}, "decision_missing"),
    ],
)
def test_the_head_decides_on_paper(desk, values, code):
    walk, item = desk
    one = proposed(walk, item)
    with pytest.raises(BadInput) as error:
        approved(walk, one, **values)
    assert codes(error) == {code}


def test_ten_years_need_the_consent_of_the_national_archive(desk):
    walk, item = desk
    ArchiveEntry.objects.update(inactive_years=9)
    walk.now += timedelta(days=8 * 366)
    one = proposed(walk, item)
    with pytest.raises(BadInput) as error:
        approved(walk, one)
    approved(walk, one, consent=Consent.NATIONAL)
    assert codes(error) == {"consent_of_anri_missing"}
    assert one.stage == "disetujui"


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"witnesses": ("Dewi", "Dewi ")}, "witnesses_missing"),
        ({"number": ""}, "minutes_missing"),
    ],
)
def test_two_witnesses_see_it_and_the_minutes_say_so(desk, values, code):
    walk, item = desk
    one = proposed(walk, item)
    approved(walk, one)
    with pytest.raises(BadInput) as error:
        carried_out(walk, one, **values)
    assert codes(error) == {code}
    assert not ArchiveEntry.objects.get().destroyed_at


def test_each_stage_has_its_people(desk):
    walk, item = desk
    with pytest.raises(Refused) as proposing:
        proposed(walk, item, by=who(walk, "auditor"))
    one = proposed(walk, item)
    with pytest.raises(Refused) as approving:
        approved(walk, one, by=who(walk, "arsiparis"))
    approved(walk, one)
    with pytest.raises(Refused) as carrying:
        carried_out(walk, one, by=who(walk, "pimpinan_badan_publik"))
    assert codes(proposing) == codes(approving) == codes(carrying) == {"not_authorised"}


def test_before_its_retention_ends_and_while_its_term_runs_an_archive_stays():
    walk = office()
    item = register_item(walk)
    put(walk, item, hard="Lemari", **RETENTION)
    assert kept_by(walk, item) >= {"retention_unknown", "exemption_running", "case_pending"}
    with pytest.raises(Refused):
        proposed(walk, item)


def test_a_candidate_is_kept_and_an_item_without_an_entry_is_no_archive():
    walk = office()
    item = item_in(walk, case_in(walk))
    assert "exemption_running" in kept_by(walk, Item.objects.get(pk=item.pk))
    with pytest.raises(Refused) as error:
        proposed(walk, item)
    with pytest.raises(Refused) as unheld:
        hold(item, reason="Penyidik", by=who(walk, "arsiparis"), at=walk.tick())
    assert codes(error) == codes(unheld) == {"archive_unknown"}


def test_a_hold_stops_a_list_that_was_approved_until_it_is_lifted(desk):
    walk, item = desk
    one = proposed(walk, item)
    approved(walk, one)
    hold(item, reason="Surat penyidik 12/2030", by=who(walk, "arsiparis"), at=walk.tick())
    with pytest.raises(Refused) as error:
        carried_out(walk, one)
    hold(item, reason=" ", by=who(walk, "arsiparis"), at=walk.tick())
    carried_out(walk, one)
    assert codes(error) == {"archive_held"}
    assert_sound()


def test_a_paper_that_is_out_is_not_destroyed(desk):
    walk, item = desk
    loan = borrow(walk, item)
    assert kept_by(walk, item) == {"already_lent"}
    take_back(loan, condition="", by=who(walk, "arsiparis"), at=walk.tick())
    assert kept_by(walk, item) == set()


def test_a_list_is_taken_back_with_its_reason(desk):
    walk, item = desk
    one = proposed(walk, item)
    keeper = {"by": who(walk, "arsiparis"), "at": walk.tick()}
    with pytest.raises(BadInput) as silent:
        withdraw(one, reason=" ", **keeper)
    withdraw(one, reason="Masih bernilai guna", **keeper)
    one.refresh_from_db()
    assert codes(silent) == {"reason_missing"}
    assert (one.stage, one.reason) == ("ditarik", "Masih bernilai guna")
    assert proposed(walk, item).stage == "diusulkan"
    assert_sound()


def test_an_unanswered_request_and_an_open_objection_keep_an_archive(desk):
    walk, item = desk
    asked = received(walk)
    linked(walk, asked, item)
    assert kept_by(walk, item) == {"answer_owed"}


def test_an_objection_keeps_an_archive_until_it_is_answered_and_a_dispute_until_it_is_decided():
    walk = asked_office()
    case = case_in(walk, text=ONE_STEP)
    asked, item = refused_request(walk, case=case)
    end(walk, case)
    objection = objected(walk, asked)
    assert "answer_owed" in kept_by(walk, item)

    refused = {"outcome": ObjectionOutcome.UPHELD, "reason": "Dasarnya tetap berlaku."}
    responded(walk, objection, **refused)
    assert {"answer_owed", "case_pending"}.isdisjoint(kept_by(walk, item))

    filed = {"number": "7/KI/2026", "registered_on": walk.today}
    register_dispute(objection, by=who(walk, "petugas_ppid"), at=walk.tick(), **filed)
    assert "case_pending" in kept_by(walk, item)
