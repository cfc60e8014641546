"""A case of each of the four SOPs, through the same actions as the pages."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from office.factories import case_of, case_of_text, go_to, person_in, sop_text
from office.offices import SHORT_SOP
from ppid.errors import BadInput, Conflict, NotFound, Refused
from ppid.law.consequence_test import ConsequenceTest as Sheet
from ppid.office.actions.approvals import APPROVE, REFUSE, RETURN, Decision, decide
from ppid.office.actions.cases import open_case, set_agencies
from ppid.office.actions.consequence_tests import write_test
from ppid.office.actions.items import add_item
from ppid.office.actions.people import end_appointment
from ppid.office.actions.sops import adopt_sop
from ppid.office.actions.step_work import items_in_work
from ppid.office.actions.steps import act_on_step, decline_step, extend_step
from ppid.office.demo.walk import act_on, set_up, walk_to_end
from ppid.office.models import Appointment, Approval, Case, Edition, Event, Item, SopVersion, Task
from ppid.office.rebuild import check_all

pytestmark = pytest.mark.django_db(databases=["default", "public"])


def codes(error) -> set[str]:
    return {finding.code for finding in error.value.findings}


def act(walk, case, step, role, number=0, **more):
    act_on_step(case.pk, step=step, by=person_in(walk, role, number).pk, at=walk.tick(), **more)


@pytest.mark.parametrize(
    ("name", "on", "acts"),
    [
        ("kalteng", date(2026, 3, 2), 4),
        ("bontang", date(2026, 3, 2), 6),
        ("bali", date(2021, 6, 1), 4),
        ("pontianak", date(2026, 3, 2), 7),
    ],
)
def test_each_sop_runs_from_first_step_to_end(name, on, acts):
    walk, case = case_of(name, on=on)

    lines = list(walk_to_end(walk, case))

    case.refresh_from_db()
    assert len(lines) == acts
    assert case.ended_at == walk.now
    assert not Task.objects.filter(case=case).exists()
    assert check_all().findings == ()


def test_different_people_act_in_the_steps():
    walk, case = case_of("kalteng")

    lines = list(walk_to_end(walk, case))

    assert len({line.person for line in lines}) == len(lines)


def test_a_case_cannot_start_after_its_sop_has_ended():
    with pytest.raises(Refused) as error:
        set_up(sop_text("bali"), on=date(2022, 1, 1))
    assert codes(error) == {"sop_ended"}


def test_a_case_can_start_on_the_last_day_of_its_sop():
    _, case = set_up(sop_text("bali"), on=date(2021, 12, 31))
    assert case.number == "001/2021"


def test_a_case_keeps_the_version_it_began_with():
    walk, case = case_of("kalteng")
    before = case.sop.content_hash
    changed = sop_text("kalteng").replace("Menetapkan Daftar", "Menetapkan daftar")
    version = SopVersion.objects.get(pk=case.sop_id)

    newer = adopt_sop(walk.body, text=changed, at=walk.tick())

    case.refresh_from_db()
    assert newer.pk != version.pk
    assert case.sop.content_hash == before


def test_a_case_needs_a_title():
    walk, case = case_of("kalteng")
    with pytest.raises(BadInput) as error:
        open_case(case.sop, title=" ", by=person_in(walk, "petugas_ppid").pk, at=walk.tick())
    assert codes(error) == {"title_missing"}


def test_somebody_without_the_role_cannot_open_a_case():
    walk, case = case_of("kalteng")
    with pytest.raises(Refused) as error:
        open_case(case.sop, title="X", by=person_in(walk, "tim_pertimbangan").pk, at=walk.tick())
    assert codes(error) == {"not_authorised"}


def test_somebody_without_the_role_cannot_act():
    walk, case = case_of("kalteng", before=2)
    with pytest.raises(Refused) as error:
        act(walk, case, 2, "petugas_ppid", outcome="Ya")
    assert "not_authorised" in codes(error)


def test_a_refusal_needs_a_reason():
    walk, case = case_of("kalteng", before=2)
    with pytest.raises(Refused) as error:
        act(walk, case, 2, "tim_pertimbangan", outcome="Tidak")
    assert codes(error) == {"reason_missing"}


@pytest.mark.parametrize(
    ("name", "on", "step", "role"),
    [
        ("kalteng", date(2026, 3, 2), 2, "tim_pertimbangan"),
        ("bontang", date(2026, 3, 2), 2, "ppid_utama"),
        ("bali", date(2021, 6, 1), 2, "atasan_ppid"),
    ],
)
def test_a_refusal_sends_the_case_back_where_the_sop_says(name, on, step, role):
    walk, case = case_of(name, on=on, before=step)

    act(walk, case, step, role, outcome="Tidak", reason="Belum jelas.")

    assert [task.step for task in Task.objects.filter(case=case)] == [1]
    go_to(walk, case, before=step)
    list(walk_to_end(walk, case))
    case.refresh_from_db()
    assert case.ended_at is not None


def test_the_reason_of_a_refusal_is_not_in_the_leaf():
    walk, case = case_of("kalteng", before=2)
    act(walk, case, 2, "tim_pertimbangan", outcome="Tidak", reason="RAHASIA-SEKALI")

    event = Event.objects.filter(case=case.pk).latest("seq")

    assert b"RAHASIA-SEKALI" not in bytes(event.entry)
    assert event.sealed["reason"]["value"] == "RAHASIA-SEKALI"


def test_of_two_who_act_on_the_same_step_the_second_is_told():
    walk, case = case_of("kalteng", before=3)
    act_on(walk, case, Task.objects.get(case=case))
    with pytest.raises(Conflict) as error:
        act(walk, case, 3, "atasan_ppid", 1)
    assert codes(error) == {"step_not_open"}


def test_a_double_click_does_one_thing():
    walk, case = case_of("pontianak", before=2)
    click = uuid4()
    act(walk, case, 2, "ppid_utama", act=click)
    events = Event.objects.count()

    with pytest.raises(Conflict) as error:
        act(walk, case, 2, "ppid_utama", act=click)

    assert codes(error) == {"already_done"}
    assert Event.objects.count() == events


def test_a_step_that_does_not_exist_is_named():
    walk, case = case_of("kalteng")
    with pytest.raises(BadInput) as error:
        act(walk, case, 9, "petugas_ppid")
    assert codes(error) == {"step_unknown"}


def test_an_unknown_case_is_not_found():
    walk, _ = case_of("kalteng")
    with pytest.raises(NotFound):
        act_on_step(uuid4(), step=1, by=person_in(walk, "ppid_utama").pk, at=walk.tick())


def test_collecting_nothing_does_not_complete_the_step():
    walk, case = case_of("kalteng")
    with pytest.raises(Refused) as error:
        act(walk, case, 1, "ppid_utama")
    assert codes(error) == {"no_items"}


def test_three_agencies_test_side_by_side():
    walk, case = case_of("pontianak", before=3)

    tasks = Task.objects.filter(case=case)

    assert sorted(task.agency.code for task in tasks) == ["bkd", "dinkes", "inspektorat"]


def test_the_case_waits_until_the_last_agency_is_ready():
    walk, case = case_of("pontianak", before=3)
    first, second, _ = Task.objects.filter(case=case)

    act_on(walk, case, first)
    act_on(walk, case, second)

    assert [task.step for task in Task.objects.filter(case=case)] == [3]


def test_an_official_of_one_agency_cannot_act_for_another():
    walk, case = case_of("pontianak", before=3)
    stranger = next(
        one
        for one in (person_in(walk, "ppid_pelaksana", number) for number in range(8))
        if one.appointments.filter(agency__code="bkd").exists()
    )
    with pytest.raises(Refused) as error:
        act_on_step(case.pk, step=3, by=stranger.pk, at=walk.tick(), agency="dinkes")
    assert "other_agency" in codes(error)


def test_a_test_step_asks_for_the_sheets_of_its_agency():
    walk, case = case_of("pontianak", before=3)
    tester = next(
        one
        for one in (person_in(walk, "ppid_pelaksana", number) for number in range(8))
        if one.appointments.filter(agency__code="dinkes").exists()
    )
    with pytest.raises(Refused) as error:
        act_on_step(case.pk, step=3, by=tester.pk, at=walk.tick(), agency="dinkes")
    assert codes(error) == {"test_missing"}


def test_agencies_cannot_change_while_they_are_at_work():
    walk, case = case_of("pontianak", before=3)
    with pytest.raises(Refused) as error:
        set_agencies(
            case,
            agencies=walk.agencies[:1],
            by=person_in(walk, "ppid_utama").pk,
            at=walk.tick(),
        )
    assert codes(error) == {"agencies_in_use"}


def test_a_joint_step_waits_for_its_confirmation():
    walk, case = case_of("bali", on=date(2021, 6, 1))
    act_on(walk, case, Task.objects.get(case=case))

    task = Task.objects.get(case=case)

    assert (task.step, task.confirm, task.roles) == (1, True, ["tim_pertimbangan"])


def test_a_declined_confirmation_goes_back_to_the_first():
    walk, case = case_of("bali", on=date(2021, 6, 1))
    act_on(walk, case, Task.objects.get(case=case))

    decline_step(
        case.pk,
        step=1,
        by=person_in(walk, "tim_pertimbangan").pk,
        at=walk.tick(),
        reason="Daftar belum lengkap.",
    )

    task = Task.objects.get(case=case)
    assert (task.step, task.confirm, task.roles) == (1, False, ["ppid_utama"])
    assert check_all().findings == ()


EXTENDABLE = """
format = 1
kode = "perpanjangan"
nama = "Menjawab"
[[pelaksana]]
kode = "petugas"
nama = "Petugas PPID"
peran = ["petugas_ppid"]
[[langkah]]
kegiatan = "Menjawab"
pelaksana = ["petugas"]
waktu = "10 hari kerja + 7 hari kerja"
[[langkah]]
kegiatan = "Selesai"
pelaksana = ["petugas"]
"""


def test_an_extendable_time_is_extended_once_with_a_reason():
    walk, case = case_of_text(EXTENDABLE)
    before = Task.objects.get(case=case).due_at
    officer = person_in(walk, "petugas_ppid").pk

    extend_step(case.pk, step=1, by=officer, at=walk.tick(), reason="Dokumen di arsip statis.")

    after = Task.objects.get(case=case).due_at
    assert before.astimezone(walk.body.zone).date() == date(2026, 3, 16)
    assert after.astimezone(walk.body.zone).date() == date(2026, 4, 1)
    with pytest.raises(Refused):
        extend_step(case.pk, step=1, by=officer, at=walk.tick(), reason="Lagi.")


def test_a_step_waits_when_nobody_holds_its_role():
    walk, case = case_of("kalteng")
    for one in Appointment.objects.filter(role="tim_pertimbangan"):
        end_appointment(one, ends_on=walk.today, at=walk.tick(), by=None)
    act_on(walk, case, Task.objects.get(case=case))
    walk.now += timedelta(days=2)

    with pytest.raises(Refused) as error:
        act_on(walk, case, Task.objects.get(case=case))

    assert codes(error) == {"nobody_holds_role"}


def decisions(case, first, reason=""):
    head, *rest = items_in_work(case)
    return (Decision(head.pk, first, reason), *(Decision(one.pk, APPROVE) for one in rest))


def test_a_refused_item_leaves_the_case_and_the_others_go_on():
    walk, case = case_of("kalteng", before=2)
    member = person_in(walk, "tim_pertimbangan").pk

    decide(case, decisions=decisions(case, REFUSE, "Bukan rahasia."), by=member, at=walk.tick())

    assert items_in_work(case).count() == 2
    act(walk, case, 2, "tim_pertimbangan", outcome="Ya")
    list(walk_to_end(walk, case))
    assert Item.objects.filter(stage="dikecualikan").count() == 2
    assert len(Edition.objects.get().content["entries"]) == 2


def test_a_returned_item_is_marked_with_its_reason():
    walk, case = case_of("kalteng", before=2)
    member = person_in(walk, "tim_pertimbangan").pk

    decide(case, decisions=decisions(case, RETURN, "Perjelas."), by=member, at=walk.tick())

    assert [item.returned for item in items_in_work(case)].count("Perjelas.") == 1


def test_a_refused_item_without_reason_is_not_recorded():
    walk, case = case_of("kalteng", before=2)
    member = person_in(walk, "tim_pertimbangan").pk
    with pytest.raises(BadInput) as error:
        decide(case, decisions=decisions(case, REFUSE), by=member, at=walk.tick())
    assert codes(error) == {"reason_missing"}
    assert not Approval.objects.exists()


def test_an_unknown_decision_is_named():
    walk, case = case_of("kalteng", before=2)
    member = person_in(walk, "tim_pertimbangan").pk
    with pytest.raises(BadInput) as error:
        decide(case, decisions=decisions(case, "mungkin"), by=member, at=walk.tick())
    assert codes(error) == {"decision_unknown"}


def test_an_item_of_another_case_cannot_be_decided_here():
    walk, case = case_of("kalteng", before=2)
    member = person_in(walk, "tim_pertimbangan").pk
    with pytest.raises(BadInput) as error:
        decide(case, decisions=(Decision(uuid4(), APPROVE),), by=member, at=walk.tick())
    assert codes(error) == {"item_unknown"}


def test_nothing_is_added_to_a_case_that_has_ended():
    walk, case = case_of("kalteng")
    list(walk_to_end(walk, case))
    case = Case.objects.get(pk=case.pk)
    with pytest.raises(Refused) as error:
        add_item(
            case,
            agency=walk.agencies[0],
            title="Terlambat",
            by=person_in(walk, "petugas_ppid").pk,
            at=walk.tick(),
        )
    assert codes(error) == {"case_ended"}


def test_a_classifying_step_asks_for_ground_and_term():
    text = SHORT_SOP.replace('aksi = "setujui"', 'aksi = "klasifikasi"')
    walk, case = case_of_text(text, before=4)
    item = items_in_work(case).first()
    write_test(item, sheet=Sheet(), by=person_in(walk, "petugas_ppid").pk, at=walk.tick())
    with pytest.raises(Refused) as error:
        act(walk, case, 4, "tim_pertimbangan", outcome="Ya")
    assert codes(error) == {"classification_missing"}


def test_an_outcome_that_the_sop_does_not_know_is_named():
    walk, case = case_of("kalteng", before=2)
    with pytest.raises(Refused) as error:
        act(walk, case, 2, "tim_pertimbangan", outcome="Mungkin")
    assert "outcome_unknown" in codes(error)


@pytest.mark.parametrize(
    ("before", "role", "code"),
    [
        (3, "tim_pertimbangan", "deliberation_missing"),
        (5, "ppid_utama", "determination_missing"),
        (6, "petugas_ppid", "archive_missing"),
        (8, "ppid_utama", "edition_missing"),
    ],
)
def test_a_step_is_not_done_before_its_work(before, role, code):
    walk, case = case_of_text(SHORT_SOP, before=before)
    with pytest.raises(Refused) as error:
        act(walk, case, before, role)
    assert codes(error) == {code}
    assert check_all().findings == ()
