"""The task inbox, the list of cases, and opening a case."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from office.factories import case_of, case_of_text, go_to, person_in, sign_in, sop_text
from office.pages import MONDAY, appoint, as_role, codes, send, visit
from ppid.law.consequence_test import from_dict
from ppid.law.term import DateTerm, EventTerm, last_day_to_declare_open
from ppid.office.actions.approvals import APPROVE, Decision, approve_as_head
from ppid.office.actions.cases import open_case
from ppid.office.actions.consequence_tests import write_test
from ppid.office.actions.people import end_appointment, make_appointment
from ppid.office.calendar import body_calendar
from ppid.office.demo.samples import SAMPLES
from ppid.office.demo.walk import WORK, act_on, walk_to_end
from ppid.office.models import Case, Item, SopVersion, Task
from ppid.office.queries.inbox import inbox
from ppid.sop.definition import Action
from ppid.sop.record import state_from_text

pytestmark = pytest.mark.django_db(databases=["default", "public"])


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


def inbox_of(walk, person, at=MONDAY):
    return inbox(walk.body, by=person.pk, at=at)


def test_a_step_waits_for_those_who_hold_its_role_and_for_nobody_else(client):
    walk, case = case_of("kalteng")
    as_role(client, walk, "ppid_utama")

    page = visit(client, "inbox").context["page"]

    assert [(line.case.pk, line.step.number) for line in page.mine] == [(case.pk, 1)]
    assert inbox_of(walk, person_in(walk, "tim_pertimbangan")).mine == ()


def test_each_number_leads_to_a_place_of_the_page_even_when_nothing_is_there(client):
    walk, _ = case_of("kalteng")
    as_role(client, walk, "ppid_utama")

    text = visit(client, "inbox").content.decode()

    led_to = set(re.findall(r'href="#([^"]+)"', text))
    assert led_to >= {"menunggu", "terlambat"}
    assert led_to <= set(re.findall(r' id="([^"]+)"', text))


def test_a_confirmation_waits_for_the_other_performer_only():
    walk, case = case_of("bali", on=date(2021, 6, 1))
    act_on(walk, case, Task.objects.get(case=case))

    team = inbox_of(walk, person_in(walk, "tim_pertimbangan"), at=walk.now)
    official = inbox_of(walk, person_in(walk, "ppid_utama"), at=walk.now)

    assert [line.task.confirm for line in team.mine] == [True]
    assert official.mine == ()


def test_who_acted_is_not_asked_to_confirm_the_own_act():
    walk, case = case_of("bali", on=date(2021, 6, 1))
    line = act_on(walk, case, Task.objects.get(case=case))
    first = walk.body.people.get(name=line.person)
    appoint(walk, "tim_pertimbangan", name="lain")

    make_appointment(
        first,
        role="tim_pertimbangan",
        starts_on=walk.today,
        decree_number="SK/2",
        decree_date=walk.today,
        at=walk.now,
    )

    assert inbox_of(walk, first, at=walk.now).mine == ()


def test_a_step_of_an_agency_waits_for_its_own_officers():
    walk, _ = case_of("pontianak", before=3)
    own = walk.agencies[0]
    person = walk.body.people.filter(appointments__agency=own).first()

    mine = inbox_of(walk, person).mine

    assert [line.task.agency for line in mine] == [own]
    assert mine[0].anchor == f"langkah-3-{own.code}"


def test_an_agency_without_officers_is_served_by_the_general_ones():
    walk, _ = case_of("pontianak", before=3)
    person = appoint(walk, "ppid_pelaksana", name="umum")
    empty = walk.agencies[0]
    for one in empty.appointments.all():
        end_appointment(one, ends_on=walk.today, at=walk.now, by=None)

    assert [line.task.agency for line in inbox_of(walk, person).mine] == [empty]


def test_who_acted_in_a_barred_step_is_not_asked():
    text = sop_text("kalteng").replace('aksi = "umumkan"', 'aksi = "umumkan"\nbukan_pelaku = [1]')
    walk, case = case_of_text(text, before=4)
    first = walk.body.people.get(pk=state_from_text(case.state).done[0].actor)
    other = next(
        person_in(walk, "ppid_utama", number)
        for number in (0, 1)
        if person_in(walk, "ppid_utama", number) != first
    )

    assert inbox_of(walk, first).mine == ()
    assert [line.step.number for line in inbox_of(walk, other).mine] == [4]


def test_a_late_step_is_told_to_whom_it_waits_for_and_to_the_others():
    walk, _ = case_of("kalteng", before=3)
    due = Task.objects.get().due_at
    superior, official = person_in(walk, "atasan_ppid"), person_in(walk, "ppid_utama")

    on_time = inbox_of(walk, superior, at=due)
    late = inbox_of(walk, superior, at=due + timedelta(seconds=1))
    seen = inbox_of(walk, official, at=due + timedelta(seconds=1))

    assert (on_time.late, late.late) == (0, 1)
    assert [line.people for line in seen.late_elsewhere] == [("Atasan PPID 1", "Atasan PPID 2")]


def test_who_only_manages_the_system_sees_no_case_and_no_item(client):
    walk, case = case_of("kalteng", before=3)
    sign_in(client, appoint(walk, "pengelola_sistem"))

    page = visit(client, "inbox").context["page"]
    visit(client, "cases", status=403)
    visit(client, "case", case.pk, status=404)

    assert not page.reader
    assert (page.waiting, page.late_elsewhere, page.my_cases, page.opening) == (0, (), (), ())


def test_the_menu_leaves_out_what_one_may_not_read(client):
    walk, _ = case_of("kalteng")
    sign_in(client, appoint(walk, "pengelola_sistem"))

    labels = [link["label"] for link in visit(client, "inbox").context["menu"]]

    assert labels == ["Kotak tugas", "Kalender", "SOP", "Orang"]


def with_sheets(walk, case):
    WORK[Action.TEST](walk, case, Task(case=case), person_in(walk, "petugas_ppid").pk)


def test_the_head_is_asked_where_the_sop_has_no_row_for_it():
    walk, case = case_of("kalteng", before=3)
    head = person_in(walk, "pimpinan_badan_publik")
    assert inbox_of(walk, head).law_acts == ()

    with_sheets(walk, case)
    acts = inbox_of(walk, head).law_acts

    assert [(act.case.pk, act.anchor, act.items) for act in acts] == [(case.pk, "pimpinan", 3)]


def test_the_head_is_asked_again_when_a_sheet_changed_after_the_approval():
    walk, case = case_of("kalteng", before=3)
    head = person_in(walk, "pimpinan_badan_publik")
    with_sheets(walk, case)
    decisions = tuple(Decision(item.pk, APPROVE) for item in Item.objects.all())
    approve_as_head(case, decisions=decisions, by=head.pk, at=walk.tick())
    assert inbox_of(walk, head).law_acts == ()

    item = Item.objects.first()
    test = item.consequence_tests.get()

    clerk = person_in(walk, "petugas_ppid")
    write_test(item, sheet=from_dict(test.sheet), by=clerk.pk, at=walk.tick())

    assert [act.items for act in inbox_of(walk, head).law_acts] == [1]


def test_a_head_with_a_row_of_the_sop_is_not_asked_beside_it():
    text = sop_text("kalteng").replace('peran = ["tim_pertimbangan"]', HEAD_ROW)
    walk, case = case_of_text(text, before=2)
    with_sheets(walk, case)

    page = inbox_of(walk, person_in(walk, "pimpinan_badan_publik"))

    assert page.law_acts == ()
    assert [line.step.number for line in page.mine] == [2]


HEAD_ROW = 'peran = ["pimpinan_badan_publik"]'


def test_a_letter_waits_where_the_sop_has_no_row_for_it():
    walk, case = case_of("pontianak", before=5)
    head, official = person_in(walk, "pimpinan_badan_publik"), person_in(walk, "ppid_utama")
    decisions = tuple(Decision(item.pk, APPROVE) for item in Item.objects.all())
    approve_as_head(case, decisions=decisions, by=head.pk, at=walk.tick())

    acts = inbox_of(walk, official).law_acts

    assert [(act.anchor, act.items) for act in acts] == [("penetapan", 3)]


def test_a_case_without_agencies_waits_for_who_may_choose_them(client):
    walk, case = blocked_case()
    official = person_in(walk, "ppid_utama")
    agency = walk.body.people.filter(appointments__agency=walk.agencies[0]).first()

    page = inbox_of(walk, official)

    assert [line.case.pk for line in page.without_agencies] == [case.pk]
    assert page.mine == ()
    assert inbox_of(walk, agency).without_agencies == ()
    sign_in(client, official)
    assert b"Tetapkan perangkat daerah peserta" in visit(client, "inbox").content
    assert b"Tetapkan perangkat daerah peserta" in visit(client, "case", case.pk).content


def blocked_case():
    """Return a case of Pontianak's SOP that stands on its repeated step without agencies."""
    walk, _ = case_of("pontianak", before=5)
    opener = person_in(walk, "pejabat_bidang")
    version = SopVersion.objects.get()
    case = open_case(version, title="Tanpa peserta", by=opener.pk, at=walk.tick())
    go_to(walk, case, before=3)
    return walk, case


def test_my_cases_say_for_whom_they_wait_now():
    walk, case = case_of("kalteng", before=2)
    actor = walk.body.people.get(pk=state_from_text(case.state).done[0].actor)

    mine = inbox_of(walk, actor).my_cases

    assert [(one.pk, lines[0].people) for one, lines in mine] == [
        (case.pk, ("Tim Pertimbangan 1", "Tim Pertimbangan 2"))
    ]


def determined(*, ends_on=None, review_on=None):
    """Return an office whose first item's term ends, or is reviewed, on a day."""
    walk, case = case_of("kalteng")
    term = (
        DateTerm(walk.today, ends_on)
        if ends_on
        else EventTerm(walk.today, "Putusan pengadilan berkekuatan hukum tetap", review_on)
    )
    walk.terms = {SAMPLES[0].title: term}
    list(walk_to_end(walk, case))
    return walk


def test_a_term_is_coming_from_thirty_working_days_before_its_end(client):
    walk = determined(ends_on=date(2027, 3, 1))
    official = person_in(walk, "ppid_utama")
    before = datetime(2027, 1, 10, 3, tzinfo=UTC)
    first = next(
        at
        for at in (before + timedelta(days=number) for number in range(30))
        if inbox_of(walk, official, at=at).opening
    )

    expected = last_day_to_declare_open(date(2027, 3, 1), body_calendar(walk.body)).day
    assert first.date() == expected


def test_what_is_open_is_no_longer_coming():
    walk = determined(ends_on=date(2027, 3, 1))
    official = person_in(walk, "ppid_utama")

    last = inbox_of(walk, official, at=datetime(2027, 2, 28, 3, tzinfo=UTC))
    opened = inbox_of(walk, official, at=datetime(2027, 3, 1, 3, tzinfo=UTC))

    assert (len(last.opening), len(opened.opening)) == (1, 0)


def test_a_review_that_is_due_is_coming_until_it_is_done():
    walk = determined(review_on=date(2027, 3, 1))
    official = person_in(walk, "ppid_utama")

    early = inbox_of(walk, official, at=datetime(2026, 12, 1, 3, tzinfo=UTC))
    late = inbox_of(walk, official, at=datetime(2027, 6, 1, 3, tzinfo=UTC))

    assert (len(early.reviews), len(late.reviews)) == (0, 1)


def test_an_agency_sees_only_its_own_terms_coming():
    walk = determined(ends_on=date(2027, 3, 1))
    on = datetime(2027, 2, 22, 3, tzinfo=UTC)
    holder = Item.objects.get(opens_on=date(2027, 3, 1)).agency
    persons = {
        agency: appoint(walk, "ppid_pelaksana", agency=agency, name=agency.name)
        for agency in walk.agencies
    }

    seen = {agency: len(inbox_of(walk, one, at=on).opening) for agency, one in persons.items()}

    assert seen == {agency: int(agency == holder) for agency in walk.agencies}


def test_the_inbox_asks_as_many_questions_for_one_case_as_for_five(client):
    walk, _ = case_of("pontianak", before=3)
    as_role(client, walk, "ppid_utama")
    visit(client, "inbox")
    with CaptureQueriesContext(connection) as few:
        visit(client, "inbox")
    opener, version = person_in(walk, "pejabat_bidang"), SopVersion.objects.get()
    for number in range(4):
        open_case(version, title=f"Lagi {number}", by=opener.pk, at=walk.tick())

    with CaptureQueriesContext(connection) as many:
        visit(client, "inbox")

    assert len(many) == len(few)


def test_the_list_of_cases_tells_running_from_ended(client):
    walk, case = case_of("kalteng", before=2)
    as_role(client, walk, "ppid_utama")

    running = visit(client, "cases").context["lines"]
    list(walk_to_end(walk, case))
    ended = visit(client, "cases", keadaan="selesai").context["lines"]
    nonsense = visit(client, "cases", keadaan="entah").context

    assert [step.number for _, step in running[0].waiting] == [2]
    assert running[0].late
    assert [line.case.pk for line in ended] == [case.pk]
    assert (nonsense["state"], nonsense["lines"]) == ("berjalan", ())
    assert len(visit(client, "cases", keadaan="semua").context["lines"]) == 1


def test_a_case_is_opened_once_however_often_the_form_is_sent(client):
    walk, case = case_of("kalteng")
    as_role(client, walk, "ppid_utama")
    version = SopVersion.objects.get()
    form = visit(client, "case_new", version.pk).context["form"]
    fields = {"act": form["act"].initial, "title": "Triwulan dua", "step": 1}

    first = send(client, "case_new", version.pk, **fields)
    second = send(client, "case_new", version.pk, **fields)

    made = Case.objects.exclude(pk=case.pk).get()
    assert first.url.endswith(f"/berkas/{made.pk}/")
    assert second.url.endswith("/berkas/")


def test_a_case_whose_sop_repeats_a_step_asks_for_agencies(client):
    walk, _ = case_of("pontianak")
    as_role(client, walk, "pejabat_bidang")
    version = SopVersion.objects.get()

    missing = send(client, "case_new", version.pk, status=200, title="Baru", step=1)
    chosen = [str(agency.pk) for agency in walk.agencies[:2]]
    send(client, "case_new", version.pk, title="Baru", step=1, agencies=chosen)

    assert "agencies" in missing.context["form"].errors
    made = Case.objects.get(title="Baru")
    codes = tuple(agency.code for agency in walk.agencies[:2])
    assert state_from_text(made.state).agencies == codes


def test_a_case_may_begin_where_the_sop_has_a_trigger(client):
    walk, _ = case_of("bontang")
    as_role(client, walk, "tim_pertimbangan")
    version = SopVersion.objects.get()

    form = visit(client, "case_new", version.pk).context["form"]
    send(client, "case_new", version.pk, title="Masa berakhir", step=3)

    assert [value for value, _ in form["step"].field.choices] == [3]
    assert Task.objects.get(case__title="Masa berakhir").step == 3


def test_who_may_not_open_a_case_sees_why_and_cannot(client):
    walk, _ = case_of("kalteng")
    as_role(client, walk, "atasan_ppid")
    version = SopVersion.objects.get()

    page = visit(client, "case_new", version.pk)
    refused = send(client, "case_new", version.pk, status=403, title="Baru", step=1)

    assert codes(page.context["page"].line.obstacles) == {"not_authorised"}
    assert b"disabled" in page.content
    assert codes(refused.context["findings"]) == {"not_authorised"}
    assert Case.objects.count() == 1


def test_agencies_are_chosen_for_a_case_that_waits_for_them(client):
    walk, case = blocked_case()
    as_role(client, walk, "ppid_utama")

    send(client, "agencies", case.pk, agencies=[str(walk.agencies[0].pk)])

    assert [task.agency for task in Task.objects.filter(case=case)] == [walk.agencies[0]]
    page = visit(client, "agencies", case.pk)
    assert codes(page.context["obstacles"]) == {"agencies_in_use"}
    chosen = [str(walk.agencies[1].pk)]
    refused = send(client, "agencies", case.pk, status=403, agencies=chosen)
    assert codes(refused.context["findings"]) == {"agencies_in_use"}


def test_an_agency_does_not_choose_who_takes_part(client):
    walk, case = blocked_case()
    sign_in(client, walk.body.people.filter(appointments__agency=walk.agencies[0]).first())

    chosen = [str(walk.agencies[0].pk)]
    refused = send(client, "agencies", case.pk, status=403, agencies=chosen)

    assert codes(refused.context["findings"]) == {"not_authorised"}
    assert Task.objects.get(case=case).agency is None


def test_a_visitor_is_asked_to_sign_in(client):
    answer = client.get("/")

    assert answer.status_code == 302
    assert answer.url.startswith("/akun/login/")


def test_only_sending_a_form_changes_anything(client):
    walk, case = case_of("kalteng")
    as_role(client, walk, "ppid_utama")
    for route in ("step", "decline", "extend"):
        visit(client, route, case.pk, 1, status=405)
    for route in ("head_approval", "letter"):
        visit(client, route, case.pk, status=405)
