"""The case page: what it offers to whom, and what sending its forms does."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from office.factories import case_of, case_of_text, person_in, sign_in, sop_text
from office.pages import MONDAY, appoint, as_role, codes, day, send, visit
from ppid.office.actions.approvals import APPROVE, Decision, approve_as_head
from ppid.office.actions.bodies import create_body
from ppid.office.actions.items import add_item
from ppid.office.actions.people import add_person, make_appointment
from ppid.office.demo.walk import WORK, act_on, walk_to_end
from ppid.office.models import Case, Determination, Edition, Item, Task
from ppid.sop.definition import Action

pytestmark = pytest.mark.django_db(databases=["default", "public"])
DEAD = b'disabled aria-disabled="true">Selesaikan langkah 2<'


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


def with_sheets(walk, case):
    WORK[Action.TEST](walk, case, Task(case=case), person_in(walk, "petugas_ppid").pk)


def approved(walk, case):
    with_sheets(walk, case)
    decisions = tuple(Decision(item.pk, APPROVE) for item in Item.objects.filter(case=case))
    head = person_in(walk, "pimpinan_badan_publik")
    approve_as_head(case, decisions=decisions, by=head.pk, at=walk.tick())


def step_fields(form, **given):
    """Return what a browser sends for the forms of a step, under their prefix."""
    return {form.add_prefix(name): value for name, value in given.items()}


def sent(client, case, step, *, work=None, status=302, agency="", **given):
    """Send the form of a step as the page offers it, and what its action produces."""
    page = visit(client, "case", case.pk)
    task = next(one for one in page.context["tasks"] if one["waiting"].task.step == step)
    form = task["form"]
    fields = step_fields(form, act=form["act"].initial, note="", **given)
    if task.get("work"):
        fields |= step_fields(task["work"], act=task["work"]["act"].initial, **(work or {}))
    return send(client, "step", case.pk, step, status=status, agency=agency, **fields)


def test_the_page_lights_the_current_step_and_offers_its_form_to_its_performer(client):
    walk, case = case_of("kalteng", before=2)
    as_role(client, walk, "tim_pertimbangan")

    page = visit(client, "case", case.pk)

    assert [line.css for line in page.context["page"].steps] == ["done", "current", "", ""]
    assert [task["key"] for task in page.context["tasks"]] == ["langkah-2"]
    assert page.context["elsewhere"] == []
    assert DEAD not in page.content
    assert b"<svg" in page.content


def test_others_see_for_whom_it_waits_and_why_their_button_is_dead(client):
    walk, case = case_of("kalteng", before=2)
    as_role(client, walk, "ppid_utama")

    page = visit(client, "case", case.pk)

    group = page.context["elsewhere"][0]
    assert page.context["tasks"] == []
    assert codes(group["obstacles"]) == {"not_authorised"}
    assert DEAD in page.content
    assert group["lines"][0]["waiting"].people == ("Tim Pertimbangan 1", "Tim Pertimbangan 2")


def test_what_waits_for_many_agencies_is_one_box(client):
    walk, case = case_of("pontianak", before=3)
    own = walk.agencies[0]
    sign_in(client, walk.body.people.filter(appointments__agency=own).first())

    page = visit(client, "case", case.pk)

    assert [task["key"] for task in page.context["tasks"]] == [f"langkah-3-{own.code}"]
    assert len(page.context["elsewhere"]) == 1
    assert len(page.context["elsewhere"][0]["lines"]) == 2


def test_an_agency_sees_nothing_of_the_others_items_in_a_case(client):
    walk, case = case_of("pontianak", before=4)
    own = walk.agencies[0]
    sign_in(client, walk.body.people.filter(appointments__agency=own).first())
    others = Item.objects.filter(case=case).exclude(agency=own)

    page = visit(client, "case", case.pk)

    assert [line.item.agency for line in page.context["page"].items] == [own]
    assert others.count() == 2
    assert not any(item.title.encode() in page.content for item in others)
    about = {line.about for line in page.context["page"].history}
    assert about == {"", Item.objects.get(agency=own).title}


def test_a_refusal_does_not_name_what_one_may_not_see(client):
    text = sop_text("kalteng").replace('peran = ["ppid_utama", "ppid_pelaksana"]', SHARED)
    text = text.replace('aksi = "kumpulkan"', 'aksi = "uji"')
    walk, case = case_of_text(text)
    clerk = person_in(walk, "petugas_ppid")
    for agency in walk.agencies[:2]:
        add_item(case, agency=agency, title=f"Rahasia {agency.code}", by=clerk.pk, at=walk.tick())
    sign_in(client, walk.body.people.filter(appointments__agency=walk.agencies[0]).first())

    page = visit(client, "case", case.pk)

    held = page.context["tasks"][0]["held"]
    assert codes(held) == {"test_missing"}
    hidden = Item.objects.exclude(agency=page.context["page"].items[0].item.agency).get()
    assert hidden.title.encode() not in page.content
    answer = sent(client, case, 1, status=403)
    assert hidden.title.encode() not in answer.content
    assert "Informasi perangkat daerah lain" in {one.place for one in answer.context["findings"]}


SHARED = 'peran = ["ppid_pelaksana"]'


def test_a_step_whose_work_is_not_done_cannot_be_completed(client):
    walk, case = case_of("kalteng")
    as_role(client, walk, "ppid_utama")

    page = visit(client, "case", case.pk)
    refused = sent(client, case, 1, status=403)

    assert codes(page.context["tasks"][0]["held"]) == {"no_items"}
    assert b"disabled" in page.content
    assert codes(refused.context["findings"]) == {"no_items"}


def test_a_step_is_completed_with_a_note(client):
    walk, case = case_of("kalteng")
    clerk = person_in(walk, "petugas_ppid")
    add_item(case, agency=walk.agencies[0], title="Satu", by=clerk.pk, at=walk.tick())
    as_role(client, walk, "ppid_utama")

    sent(client, case, 1)

    assert Task.objects.get(case=case).step == 2


def test_items_are_decided_and_the_step_is_done_in_one_act(client):
    walk, case = case_of("kalteng", before=2)
    as_role(client, walk, "tim_pertimbangan")
    items = list(Item.objects.filter(case=case))
    decisions = {f"decision_{item.pk.hex}": APPROVE for item in items}

    sent(client, case, 2, work=decisions, outcome="Ya")

    assert Task.objects.get(case=case).step == 3
    assert all(item.approvals.count() == 1 for item in items)


def test_a_refused_item_needs_a_reason_and_then_nothing_is_kept_of_the_rest(client):
    walk, case = case_of("kalteng", before=2)
    as_role(client, walk, "tim_pertimbangan")
    first, *rest = Item.objects.filter(case=case)
    decisions = {f"decision_{item.pk.hex}": APPROVE for item in rest}
    decisions[f"decision_{first.pk.hex}"] = "tolak"

    page = sent(client, case, 2, status=200, work=decisions, outcome="Ya")

    assert set(page.context["form"].errors) == {f"reason_{first.pk.hex}"}
    assert b"govuk-error-summary" in page.content
    assert not any(item.approvals.exists() for item in (first, *rest))
    assert Task.objects.get(case=case).step == 2


def test_going_back_needs_a_reason_and_no_decisions(client):
    walk, case = case_of("kalteng", before=2)
    as_role(client, walk, "tim_pertimbangan")

    without = sent(client, case, 2, status=200, outcome="Tidak")
    sent(client, case, 2, outcome="Tidak", reason="Uraiannya belum jelas.")

    assert set(without.context["form"].errors) == {"reason"}
    assert Task.objects.get(case=case).step == 1


def held_lines(task):
    """Return why each item of the letter cannot be determined now, by title."""
    rows = task["work"].letter_rows
    return {item.title: codes(held) for item, _, _, held in rows if held}


def test_a_letter_says_at_each_line_what_it_still_lacks(client):
    walk, case = case_of("kalteng", before=3)
    as_role(client, walk, "atasan_ppid")

    thin = visit(client, "case", case.pk).context["tasks"][0]
    with_sheets(walk, case)
    tested = visit(client, "case", case.pk).context["tasks"][0]
    approved(walk, case)
    ready = visit(client, "case", case.pk).context["tasks"][0]

    assert [*held_lines(thin).values()] == [{"sheet_incomplete"}] * 3
    assert [*held_lines(tested).values()] == [{"approval_missing"}] * 3
    assert held_lines(ready) == {}


def choices(task, item):
    return [value for value, _ in task["work"].fields[f"decision_{item.pk.hex}"].choices]


def test_what_is_not_ready_may_be_sent_back_or_left_open_but_not_determined(client):
    walk, case = case_of("kalteng", before=3)
    approved(walk, case)
    clerk = person_in(walk, "petugas_ppid")
    late = add_item(case, agency=walk.agencies[0], title="Terlambat", by=clerk.pk, at=walk.tick())
    as_role(client, walk, "atasan_ppid")

    task = visit(client, "case", case.pk).context["tasks"][0]

    assert held_lines(task) == {"Terlambat": {"sheet_incomplete"}}
    assert choices(task, late) == ["kembali", "buka"]
    other = Item.objects.exclude(pk=late.pk).first()
    assert choices(task, other) == ["tetapkan", "kembali", "buka"]


@pytest.mark.parametrize(("step", "role"), [(2, "tim_pertimbangan"), (3, "atasan_ppid")])
def test_nothing_is_chosen_before_the_officer_chooses(client, step, role):
    walk, case = case_of("kalteng", before=step)
    with_sheets(walk, case)
    as_role(client, walk, role)

    shown = visit(client, "case", case.pk).content.decode()

    radios = re.findall(r'<input type="radio"[^>]*>', shown)
    assert len(radios) >= 6
    assert not any("checked" in radio for radio in radios)


def letter(items, *, decision="tetapkan", reason="", **more):
    fields = {"number": "PPID/1", "place": "Kota", "unit": "Dinas"}
    for item in items:
        fields |= {f"decision_{item.pk.hex}": decision, f"reason_{item.pk.hex}": reason}
    return fields | day("determined_on", MONDAY.date()) | more


def test_the_letter_of_a_step_is_issued_with_the_step(client):
    walk, case = case_of("kalteng", before=3)
    approved(walk, case)
    as_role(client, walk, "atasan_ppid")

    sent(client, case, 3, work=letter(Item.objects.all()))

    assert Determination.objects.get().items.count() == 3
    assert Task.objects.get(case=case).step == 4


def test_a_letter_carries_only_the_lines_that_were_decided_so(client):
    walk, case = case_of("kalteng", before=3)
    approved(walk, case)
    as_role(client, walk, "atasan_ppid")
    first, second, third = Item.objects.filter(case=case)
    fields = letter([first]) | letter([second], decision="kembali", reason="Perjelas.")

    sent(client, case, 3, work=fields)

    assert list(Determination.objects.get().items.all()) == [first]
    second.refresh_from_db()
    third.refresh_from_db()
    assert (second.stage, second.returned) == ("usulan", "Perjelas.")
    assert (third.stage, third.returned) == ("usulan", "")
    assert Task.objects.get(case=case).step == 4


def test_a_line_that_may_no_longer_be_determined_is_named_and_the_others_are(client):
    walk, case = case_of("kalteng", before=3)
    approved(walk, case)
    first, second, third = Item.objects.filter(case=case)
    as_role(client, walk, "atasan_ppid")
    fields = letter([first, second, third])
    Item.objects.filter(pk=third.pk).update(public_title="")

    page = sent(client, case, 3, status=200, work=fields)

    assert Determination.objects.get().items.count() == 2
    outcome = {one.item.pk: codes(one.findings) for one in page.context["results"]}
    assert outcome == {first.pk: set(), second.pk: set(), third.pk: {"public_title_missing"}}


def test_a_step_whose_lines_were_all_sent_back_waits_for_its_letter(client):
    walk, case = case_of("kalteng", before=3)
    approved(walk, case)
    as_role(client, walk, "atasan_ppid")
    items = Item.objects.filter(case=case)

    sent(client, case, 3, work=letter(items, decision="kembali", reason="Perjelas."))

    assert Task.objects.get(case=case).step == 3
    assert set(items.values_list("returned", flat=True)) == {"Perjelas."}


def test_a_step_whose_lines_were_all_left_open_is_done(client):
    walk, case = case_of("kalteng", before=3)
    approved(walk, case)
    as_role(client, walk, "atasan_ppid")
    items = Item.objects.filter(case=case)

    sent(client, case, 3, work=letter(items, decision="buka", reason="Tidak ada konsekuensi."))

    assert Task.objects.get(case=case).step == 4
    assert set(items.values_list("stage", flat=True)) == {"ditolak"}


@pytest.mark.parametrize("decision", ["kembali", "buka"])
def test_a_line_that_is_not_determined_needs_a_reason(client, decision):
    walk, case = case_of("kalteng", before=3)
    approved(walk, case)
    as_role(client, walk, "atasan_ppid")
    first = Item.objects.filter(case=case).first()

    page = sent(client, case, 3, status=200, work=letter([first], decision=decision))

    assert set(page.context["form"].errors) == {f"reason_{first.pk.hex}"}


def test_a_letter_without_any_decision_asks_for_one(client):
    walk, case = case_of("kalteng", before=3)
    approved(walk, case)
    as_role(client, walk, "atasan_ppid")

    page = sent(client, case, 3, status=200, work=letter([]))

    assert set(page.context["form"].errors) == {"__all__"}
    assert Task.objects.get(case=case).step == 3


def test_what_the_step_s_letter_left_out_gets_a_letter_beside_the_sop(client):
    walk, case = case_of("kalteng", before=3)
    approved(walk, case)
    as_role(client, walk, "atasan_ppid")
    first, *rest = Item.objects.filter(case=case)
    sent(client, case, 3, work=letter([first]))

    form = visit(client, "case", case.pk).context["letter_form"]
    fields = letter(rest, number="PPID/2", act=form["act"].initial)
    send(client, "letter", case.pk, **step_fields(form, **fields))

    assert Item.objects.filter(stage="dikecualikan").count() == 3
    assert Determination.objects.count() == 2


def test_a_letter_without_its_number_leaves_the_step_where_it_was(client):
    walk, case = case_of("kalteng", before=3)
    approved(walk, case)
    as_role(client, walk, "atasan_ppid")

    page = sent(client, case, 3, status=200, work=letter(Item.objects.all(), number=""))

    assert set(page.context["form"].errors) == {"number"}
    assert Task.objects.get(case=case).step == 3


def test_what_may_be_innocent_is_shown_and_published_with_a_reason(client):
    walk, case = case_of("kalteng", before=4)
    Item.objects.filter(case=case).update(title="Rekam medis", public_title="Rekam medis")
    as_role(client, walk, "ppid_utama")
    before = Edition.objects.count()

    refused = sent(client, case, 4, status=403)
    form = refused.context["tasks"][0]["form"]
    cleared = {"cleared": "Nama jenis dokumen, bukan nama orang"}
    sent(client, case, 4, **cleared)

    assert codes(refused.context["findings"]) == {"inside_title"}
    assert "cleared" in form.fields
    assert Edition.objects.count() == before + 1


def test_publishing_is_one_act_with_its_step(client):
    walk, case = case_of("kalteng", before=4)
    as_role(client, walk, "ppid_utama")
    before = Edition.objects.count()

    sent(client, case, 4)

    assert Edition.objects.count() == before + 1
    assert Case.objects.get(pk=case.pk).ended_at is not None


def test_the_head_approves_beside_the_sop(client):
    walk, case = case_of("kalteng", before=3)
    with_sheets(walk, case)
    as_role(client, walk, "pimpinan_badan_publik")

    form = visit(client, "case", case.pk).context["head_form"]
    decisions = {f"decision_{item.pk.hex}": APPROVE for item in Item.objects.all()}
    send(
        client, "head_approval", case.pk, **step_fields(form, act=form["act"].initial, **decisions)
    )

    assert Item.objects.filter(approvals__by_head=True).count() == 3
    assert visit(client, "case", case.pk).context["head_form"] is None


def test_the_head_may_decide_some_lines_and_leave_the_others(client):
    walk, case = case_of("kalteng", before=3)
    with_sheets(walk, case)
    as_role(client, walk, "pimpinan_badan_publik")
    first = Item.objects.filter(case=case).first()

    form = visit(client, "case", case.pk).context["head_form"]
    fields = {"act": form["act"].initial, f"decision_{first.pk.hex}": APPROVE}
    send(client, "head_approval", case.pk, **step_fields(form, **fields))
    form = visit(client, "case", case.pk).context["head_form"]
    empty = send(
        client, "head_approval", case.pk, status=200, **step_fields(form, act=form["act"].initial)
    )

    assert list(Item.objects.filter(approvals__by_head=True)) == [first]
    assert set(empty.context["form"].errors) == {"__all__"}


def test_nobody_else_approves_as_the_head(client):
    walk, case = case_of("kalteng", before=3)
    with_sheets(walk, case)
    as_role(client, walk, "ppid_utama")
    decisions = {f"pimpinan-decision_{item.pk.hex}": APPROVE for item in Item.objects.all()}
    act = {"pimpinan-act": "3f2504e0-4f89-11d3-9a0c-0305e82c3301"}

    page = visit(client, "case", case.pk)
    refused = send(client, "head_approval", case.pk, status=403, **decisions, **act)

    assert page.context["head_form"] is None
    assert codes(refused.context["findings"]) == {"not_authorised"}


def test_a_letter_beside_the_sop_is_issued_by_the_ppid(client):
    walk, case = case_of("pontianak", before=5)
    as_role(client, walk, "ppid_utama")
    held = visit(client, "case", case.pk)
    approved(walk, case)
    form = visit(client, "case", case.pk).context["letter_form"]
    fields = letter(Item.objects.all(), act=form["act"].initial)

    send(client, "letter", case.pk, **step_fields(form, **fields))

    lines = held.context["page"].candidates
    assert [codes(line.unready) for line in lines] == 3 * [{"approval_missing"}]
    assert Determination.objects.get().items.count() == 3
    assert visit(client, "case", case.pk).context["letter_form"] is None


def test_a_step_that_somebody_else_has_done_is_a_conflict_and_shows_the_case_as_it_is(client):
    walk, case = case_of("kalteng", before=2)
    as_role(client, walk, "ppid_utama")

    for route in ("step", "extend", "decline"):
        page = send(client, route, case.pk, 1, status=409, agency="")
        assert codes(page.context["findings"]) == {"step_not_open"}
        assert b"govuk-error-summary" in page.content
        assert page.context["page"].steps[1].css == "current"


def test_a_confirmation_is_given_or_declined_with_a_reason(client):
    walk, case = case_of("bali", on=date(2021, 6, 1))
    with time_machine.travel(walk.now + timedelta(hours=1), tick=False):
        act_on(walk, case, Task.objects.get(case=case))
    with time_machine.travel(walk.now + timedelta(hours=2), tick=False):
        as_role(client, walk, "tim_pertimbangan")
        task = visit(client, "case", case.pk).context["tasks"][0]
        form = task["decline"]
        missing = send(client, "decline", case.pk, 1, status=200, agency="")
        reasoned = step_fields(form, act=form["act"].initial, reason="Belum lengkap.")
        send(client, "decline", case.pk, 1, agency="", **reasoned)

    assert "work" not in task
    assert missing.context["form"].errors
    assert not Task.objects.get(case=case).confirm


def test_a_step_is_confirmed_without_doing_its_work_again(client):
    walk, case = case_of("bali", on=date(2021, 6, 1))
    act_on(walk, case, Task.objects.get(case=case))
    with time_machine.travel(walk.now + timedelta(hours=1), tick=False):
        as_role(client, walk, "tim_pertimbangan")
        sent(client, case, 1)

    assert Task.objects.get(case=case).step == 2


EXTENDABLE = 'waktu = "10 hari kerja + 7 hari kerja"'


def test_an_extendable_step_is_extended_once_with_a_reason(client):
    text = sop_text("kalteng").replace('waktu = "Tentatif"', EXTENDABLE, 1)
    walk, case = case_of_text(text)
    as_role(client, walk, "ppid_utama")
    due = Task.objects.get(case=case).due_at
    task = visit(client, "case", case.pk).context["tasks"][0]
    form = task["extend"]
    fields = step_fields(form, act=form["act"].initial, reason="Menunggu data.")

    send(client, "extend", case.pk, 1, agency="", **fields)

    assert task["waiting"].extendable
    assert Task.objects.get(case=case).due_at > due
    assert not visit(client, "case", case.pk).context["tasks"][0]["waiting"].extendable


def test_a_case_of_another_body_does_not_exist(client):
    walk, case = case_of("kalteng")
    other = create_body("lain", name="Lain", place="K", timezone="Asia/Jayapura", at=walk.tick())
    stranger = add_person(other, name="Orang lain", at=walk.now)
    make_appointment(
        stranger,
        role="ppid_utama",
        starts_on=date(2026, 1, 1),
        decree_number="SK",
        decree_date=date(2026, 1, 1),
        at=walk.now,
    )
    sign_in(client, stranger)

    visit(client, "case", case.pk, status=404)
    send(client, "step", case.pk, 1, status=404)


def test_the_page_asks_as_many_questions_for_one_item_and_agency_as_for_more(client):
    walk, case = case_of("pontianak", before=3)
    person = appoint(walk, "auditor")
    sign_in(client, person)
    visit(client, "case", case.pk)
    with CaptureQueriesContext(connection) as few:
        visit(client, "case", case.pk)
    clerk = person_in(walk, "petugas_ppid")
    for number in range(3):
        title = f"Tambahan {number}"
        add_item(case, agency=walk.agencies[0], title=title, by=clerk.pk, at=walk.tick())

    with CaptureQueriesContext(connection) as more:
        visit(client, "case", case.pk)

    assert len(more) == len(few)


def test_an_ended_case_asks_nothing_of_anybody(client):
    walk, case = case_of("kalteng")
    list(walk_to_end(walk, case))
    as_role(client, walk, "ppid_utama")

    page = visit(client, "case", case.pk)

    assert (page.context["tasks"], page.context["elsewhere"]) == ([], [])
    assert page.context["head_form"] is None
    assert page.context["letter_form"] is None
    assert codes(page.context["page"].prepare) == {"case_ended"}
