"""Deliberations of the team: decree, invitation, minutes, and what the approver then sees."""

from datetime import date, datetime, time, timedelta
from uuid import uuid4

import pytest
import time_machine

from office.factories import go_to, sign_in
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
    who,
    write_sheet,
)
from office.pages import as_role, day, send, visit
from office.remembered import remembered
from ppid.errors import BadInput, Conflict, NotFound, Refused
from ppid.law.deliberation import ItemViews as Views
from ppid.law.deliberation import Need, Recusal, Stance, View
from ppid.law.team import Member, Quorum, Team
from ppid.office.actions.bodies import add_agency
from ppid.office.actions.deliberations import (
    Invitation,
    Minutes,
    call_off,
    close_minutes,
    invite,
)
from ppid.office.actions.people import add_person, link_account
from ppid.office.actions.steps import act_on_step
from ppid.office.actions.teams import appoint_team, choose_need, team_on
from ppid.office.demo.team import deliberate
from ppid.office.log import Fact, append
from ppid.office.models import Deliberation, Event, ItemViews, Task
from ppid.office.models import Team as TeamRow
from ppid.office.queries.cases import case_page
from ppid.office.queries.deliberations import advice_lines, meeting_page, teams_page
from ppid.office.writing import writing

pytestmark = pytest.mark.django_db(databases=["default", "public"])
DAY = timedelta(days=1)
NAMES = ("Ani", "Budi", "Citra", "Dedi", "Eka")
SECRET = "ALASAN-RAHASIA"


class Desk:
    """An office with a team of five, a case, and one item with its sheet in it."""

    def __init__(self, **choices):
        self.walk = office(choices=choices)
        self.people = {name: appoint(self.walk, "auditor", name=name) for name in NAMES}
        self.team = appointed(self.walk, self.people)
        self.case = case_in(self.walk)
        self.item = item_in(self.walk, self.case)
        write_sheet(self.walk, self.item)

    def member(self, name):
        return str(self.people[name].pk)

    def invited(self, *items, held_on=None, **more):
        said = {"invited_on": self.walk.today, "place": "Aula", "begins_at": "09.00"}
        held_on = held_on or self.walk.today + DAY
        return invite(
            self.case,
            items=items or (self.item,),
            invitation=Invitation(held_on=held_on, **(said | more)),
            by=who(self.walk, "petugas_ppid"),
            at=self.walk.tick(),
        )

    def to(self, on):
        self.walk.now = datetime.combine(on, time(10), tzinfo=self.walk.body.zone)

    def closed(self, meeting, *, number="BA/1", by=None, **more):
        close_minutes(
            meeting,
            minutes=self.minutes(number=number, **more),
            by=by or who(self.walk, "petugas_ppid"),
            at=self.walk.tick(),
        )

    def minutes(self, *, number="BA/1", present=NAMES, votes=None, recused=(), items=None):
        given = dict.fromkeys(present, Stance.PART) | (votes or {})
        said = Views(
            item="",
            views=tuple(
                View(self.member(name), stance, SECRET)
                for name, stance in given.items()
                if name not in recused
            ),
            recusals=tuple(Recusal(self.member(name), SECRET) for name in recused),
        )
        return Minutes(
            number=number,
            present=frozenset(self.member(name) for name in present),
            items=dict.fromkeys(items or [self.item.pk], said),
            notes="CATATAN-RAHASIA",
        )

    def held(self, **more):
        meeting = self.invited()
        self.to(meeting.held_on)
        self.closed(meeting, **more)
        meeting.refresh_from_db()
        return meeting


def appointed(walk, people, *, by=None, **changes):
    """Return a team of these people, the first of them its chair."""
    members = tuple(
        Member(person=str(one.pk), name=name, position=f"Kepala {name}", chair=number == 0)
        for number, (name, one) in enumerate(people.items())
    )
    usual = {"decree_number": "188/1", "decree_date": walk.today, "starts_on": walk.today}
    team = Team(**(usual | {"members": members} | changes))
    return appoint_team(walk.body, team=team, by=by or who(walk, "ppid_utama"), at=walk.tick())


@pytest.fixture
@remembered
def desk():
    """A body that waits for its team, which is the default."""
    return Desk()


# The team


def test_the_ppid_appoints_a_team_by_decree_and_one_event_says_so(desk):
    event = Event.objects.get(kind="team.appointed")

    assert [one["name"] for one in desk.team.members] == list(NAMES)
    assert desk.team.quorum == Quorum.MORE_THAN_HALF
    assert b"188/1" in bytes(event.entry)
    assert b"Citra" not in bytes(event.entry)
    assert_sound()


@pytest.mark.parametrize("role", ["petugas_ppid", "tim_pertimbangan", "pimpinan_badan_publik"])
def test_nobody_but_the_ppid_appoints_a_team(desk, role):
    with pytest.raises(Refused) as error:
        appointed(desk.walk, desk.people, by=who(desk.walk, role))
    assert codes(error) == {"not_authorised"}


def test_everything_that_is_wrong_with_a_decree_is_told_at_once(desk):
    with pytest.raises(BadInput) as error:
        appointed(desk.walk, {}, decree_number=" ", decree_date=desk.walk.today + DAY)
    assert codes(error) == {
        "team_members_missing",
        "team_decree_in_future",
        "team_before_decree",
        "team_decree_missing",
    }


def test_two_accounts_of_one_person_are_one_member(desk):
    for name in ("budi", "budi.lama"):
        link_account(desk.people["Budi"], username=name, at=desk.walk.tick())
    twice = [Member(person=desk.member("Budi"), name="Budi", position="X")] * 2
    chair = Member(person=desk.member("Ani"), name="Ani", position="X", chair=True)
    with pytest.raises(BadInput) as error:
        appointed(desk.walk, {}, members=(chair, *twice))
    assert codes(error) == {"member_twice"}


def test_who_belongs_to_another_body_is_no_member(desk):
    other = office("kabupaten")
    stranger = add_person(other.body, name="Orang lain", at=other.tick())
    with pytest.raises(BadInput) as error:
        appointed(desk.walk, {"Orang lain": stranger}, decree_number="188/2")
    assert codes(error) == {"member_unknown"}


def test_a_decree_stands_for_one_team_but_its_entry_can_be_put_right(desk):
    again = appointed(desk.walk, desk.people, notice_days=3)
    with pytest.raises(BadInput) as error:
        appointed(desk.walk, desk.people, starts_on=desk.walk.today + DAY)

    assert codes(error) == {"team_decree_used"}
    assert team_on(desk.walk.body, desk.walk.today) == again


def test_the_newest_team_that_has_begun_is_the_team(desk):
    start = desk.walk.today + 10 * DAY
    newer = appointed(
        desk.walk, desk.people, decree_number="188/2", starts_on=start, ends_on=start + DAY
    )
    body = desk.walk.body

    assert team_on(body, desk.walk.today - DAY) is None
    assert team_on(body, start - DAY) == desk.team
    assert team_on(body, start) == newer
    assert team_on(body, start + DAY) == newer
    assert team_on(body, start + 2 * DAY) is None


# Invitation, minutes, calling off


def test_a_meeting_is_invited_for_and_held_and_its_positions_stay_beside_the_log(desk):
    meeting = desk.held(votes={"Eka": Stance.OPEN}, recused=("Dedi",))

    (row,) = meeting.items.all()
    kinds = list(Event.objects.order_by("-seq").values_list("kind", flat=True)[:2])
    entries = b"".join(bytes(one.entry) for one in Event.objects.all())
    assert kinds == ["deliberation.held", "deliberation.invited"]
    assert (meeting.number, len(meeting.present)) == ("BA/1", 5)
    assert (len(row.views), len(row.recusals)) == (4, 1)
    assert row.test_version == 1
    for hidden in (SECRET, "CATATAN-RAHASIA", "Aula", "terbuka"):
        assert hidden.encode() not in entries
    assert_sound()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"invited_on": None}, "invitation_missing"),
        ({"place": " "}, "invitation_missing"),
        ({"held_on": date(2026, 3, 2)}, "invited_late"),
        ({"held_on": date(2026, 3, 1), "invited_on": date(2026, 2, 20)}, "team_missing"),
    ],
)
def test_an_invitation_that_is_wrong_is_told_so(desk, changes, code):
    with pytest.raises(BadInput) as error:
        desk.invited(**changes)
    assert codes(error) == {code}
    assert not Deliberation.objects.exists()


def test_the_team_is_not_invited_to_what_is_not_in_the_case(desk):
    elsewhere = item_in(desk.walk, case_in(desk.walk, title="Lain"))
    with pytest.raises(BadInput) as error:
        desk.invited(elsewhere)
    assert codes(error) == {"item_unknown"}


@pytest.mark.parametrize("role", ["auditor", "pimpinan_badan_publik", "arsiparis"])
def test_who_does_not_serve_the_team_keeps_no_minutes(desk, role):
    meeting = desk.invited()
    desk.to(meeting.held_on)
    with pytest.raises(Refused) as error:
        desk.closed(meeting, by=who(desk.walk, role))
    assert codes(error) == {"not_authorised"}
    assert not ItemViews.objects.exists()


def test_the_team_of_another_body_keeps_no_minutes_here(desk):
    meeting = desk.invited()
    desk.to(meeting.held_on)
    other = office("kabupaten")
    with pytest.raises(Refused) as error:
        desk.closed(meeting, by=who(other, "tim_pertimbangan"))
    assert codes(error) == {"not_authorised"}


def test_minutes_are_not_closed_the_day_before_the_meeting_but_on_its_day(desk):
    meeting = desk.invited(held_on=desk.walk.today + 2 * DAY)
    desk.to(meeting.held_on - DAY)
    with pytest.raises(Refused) as error:
        desk.closed(meeting)
    desk.to(meeting.held_on)
    desk.closed(meeting)

    assert codes(error) == {"held_in_future"}


def test_minutes_that_the_law_finds_thin_leave_no_trace(desk):
    meeting = desk.invited()
    desk.to(meeting.held_on)
    before = Event.objects.count()
    with pytest.raises(Refused) as error:
        desk.closed(meeting, number=" ", present=("Ani", "Budi"))

    assert codes(error) == {"minutes_number_missing", "quorum_missing"}
    assert Event.objects.count() == before


def test_an_item_that_the_minutes_forget_is_named(desk):
    second = item_in(desk.walk, desk.case, title="Hasil uji")
    meeting = desk.invited(desk.item, second)
    desk.to(meeting.held_on)
    with pytest.raises(Refused) as error:
        desk.closed(meeting)
    assert {one.place for one in error.value.findings} == {"Hasil uji"}
    assert codes(error) == {"view_missing"}


def test_an_item_that_left_the_case_needs_no_position(desk):
    second = item_in(desk.walk, desk.case, title="Hasil uji")
    meeting = desk.invited(desk.item, second)
    approved(desk.walk, desk.case, second, decision="tolak", reason="Bukan rahasia.")
    desk.to(meeting.held_on)

    desk.closed(meeting)

    assert meeting.items.count() == 1


def test_a_number_of_minutes_is_used_once(desk):
    desk.held()
    meeting = desk.invited()
    desk.to(meeting.held_on)
    with pytest.raises(Refused) as error:
        desk.closed(meeting)
    assert codes(error) == {"minutes_number_used"}


def test_a_meeting_is_settled_once(desk):
    meeting = desk.held()
    for again in (
        lambda: desk.closed(meeting, number="BA/2"),
        lambda: called_off(desk, meeting),
    ):
        with pytest.raises(Conflict) as error:
            again()
        assert codes(error) == {"meeting_settled"}


def called_off(desk, meeting, reason="Tidak kuorum."):
    by = who(desk.walk, "petugas_ppid")
    call_off(meeting, reason=reason, by=by, at=desk.walk.tick())


def test_a_meeting_is_called_off_with_a_reason_and_another_may_follow(desk):
    meeting = desk.invited()
    with pytest.raises(BadInput) as error:
        called_off(desk, meeting, reason=" ")
    called_off(desk, meeting)
    meeting.refresh_from_db()

    assert codes(error) == {"reason_missing"}
    assert meeting.called_off == "Tidak kuorum."
    assert desk.held().closed_at is not None
    assert_sound()


def test_the_same_form_sent_twice_closes_the_minutes_once(desk):
    meeting = desk.invited()
    desk.to(meeting.held_on)
    act, by = uuid4(), who(desk.walk, "petugas_ppid")
    close_minutes(meeting, minutes=desk.minutes(), by=by, at=desk.walk.tick(), act=act)
    with pytest.raises(Conflict) as error:
        close_minutes(meeting, minutes=desk.minutes(), by=by, at=desk.walk.tick(), act=act)
    assert codes(error) == {"already_done"}


def test_nobody_is_invited_in_a_case_that_has_ended(desk):
    type(desk.case).objects.filter(pk=desk.case.pk).update(ended_at=desk.walk.now)
    with pytest.raises(Refused) as error:
        desk.invited()
    assert codes(error) == {"case_ended"}


# The determination waits


def test_a_letter_waits_for_the_team_while_there_is_one(desk):
    approved(desk.walk, desk.case, desk.item)
    with pytest.raises(Refused) as error:
        determined(desk.walk, desk.case, desk.item)
    assert codes(error) == {"deliberation_missing"}


def test_an_approval_from_before_the_minutes_is_asked_for_again(desk):
    approved(desk.walk, desk.case, desk.item)
    desk.held()
    with pytest.raises(Refused) as error:
        determined(desk.walk, desk.case, desk.item)
    approved(desk.walk, desk.case, desk.item)
    determined(desk.walk, desk.case, desk.item)

    desk.item.refresh_from_db()
    assert codes(error) == {"approved_before_deliberation"}
    assert desk.item.stage == "dikecualikan"
    assert_sound()


def test_a_body_may_let_its_letters_wait_for_nobody(desk):
    ppid = who(desk.walk, "ppid_utama")
    choose_need(desk.walk.body, need=Need.NEVER, by=ppid, at=desk.walk.tick())
    desk.case.body.refresh_from_db()
    approved(desk.walk, desk.case, desk.item)

    determined(desk.walk, desk.case, desk.item)

    assert desk.case.body.settings["deliberation"] == "tidak"
    assert "not_authorised" in refused_choice(desk, "petugas_ppid")


def refused_choice(desk, role):
    by = who(desk.walk, role)
    with pytest.raises(Refused) as error:
        choose_need(desk.walk.body, need=Need.ALWAYS, by=by, at=desk.walk.tick())
    return codes(error)


def test_a_body_that_always_wants_its_team_waits_also_without_one():
    walk = office(choices={"deliberation": "selalu"})
    case = case_in(walk)
    item = item_in(walk, case)
    write_sheet(walk, item)
    approved(walk, case, item)
    with pytest.raises(Refused) as error:
        determined(walk, case, item)
    assert codes(error) == {"deliberation_missing"}


def test_a_deliberation_in_another_case_is_none_in_this_one(desk):
    desk.held()
    other = case_in(desk.walk, title="Lain")
    item = item_in(desk.walk, other, title="Lain")
    page = page_of(desk, other, "ppid_utama")
    assert [one.place for one in page.undeliberated] == [item.title]


def page_of(desk, case, role):
    by = who(desk.walk, role)
    return case_page(case.pk, by=by, body=desk.walk.body.pk, at=desk.walk.now)


@pytest.mark.parametrize(("day_after", "waits"), [(0, True), (1, False)])
def test_a_letter_waits_on_the_last_day_of_the_team_and_not_the_day_after(desk, day_after, waits):
    last = desk.walk.today + 5 * DAY
    appointed(desk.walk, desk.people, ends_on=last)
    desk.to(last + day_after * DAY)

    page = page_of(desk, desk.case, "ppid_utama")

    assert page.deliberations.needed is waits
    assert [one.code for one in page.undeliberated] == ["deliberation_missing"]


# What people see


def test_the_approver_sees_every_position_dissent_and_recusal(desk):
    desk.held(votes={"Eka": Stance.OPEN}, recused=("Dedi",), present=NAMES[1:])
    page = page_of(desk, desk.case, "pimpinan_badan_publik")

    (line,) = page.deliberations.advice[desk.item.pk]

    assert line.advised == Stance.PART.label
    assert [(one.name, one.kind) for one in line.apart[:2]] == [
        ("Eka", "pendapat"),
        ("Dedi", "mundur"),
    ]
    assert [one.name for one in line.absent] == ["Ani"]
    assert {one.name for one in line.said} == set(NAMES)
    assert line.apart[0].dissents
    assert not line.stale


def test_who_kept_out_of_an_item_is_warned_when_approving_it(desk):
    appoint(desk.walk, "pimpinan_badan_publik", person=desk.people["Dedi"])
    desk.held(recused=("Dedi",))

    def warned(name):
        (line,) = advice_lines([desk.item], reader=desk.people[name].pk)[desk.item.pk]
        return [one.code for one in line.warnings]

    assert warned("Dedi") == ["recused_approves"]
    assert warned("Eka") == []


def test_a_sheet_that_was_written_again_is_marked_and_still_counts(desk):
    desk.held()
    write_sheet(desk.walk, desk.item, place="Ruang lain")
    desk.item.refresh_from_db()

    (line,) = advice_lines([desk.item])[desk.item.pk]
    approved(desk.walk, desk.case, desk.item)
    determined(desk.walk, desk.case, desk.item)

    assert line.stale


def test_a_candidate_that_waits_for_the_team_is_not_ready_for_the_letter(desk):
    approved(desk.walk, desk.case, desk.item)
    before = page_of(desk, desk.case, "ppid_utama")
    desk.held()
    approved(desk.walk, desk.case, desk.item)
    after = page_of(desk, desk.case, "ppid_utama")

    assert [[one.code for one in line.unready] for line in before.candidates] == [
        ["deliberation_missing"]
    ]
    assert [line.unready for line in after.candidates] == [()]


def test_the_minutes_show_a_ppid_of_an_agency_only_its_own_items(desk):
    other = add_agency(desk.walk.body, code="dinsos", name="Dinas Sosial", at=desk.walk.tick())
    desk.held()
    reader = appoint(desk.walk, "ppid_pelaksana", agency=other, name="lain")
    meeting = Deliberation.objects.get()

    page = meeting_page(meeting.pk, by=reader.pk, body=desk.walk.body.pk, on=desk.walk.today)

    assert (page.advice, page.hidden, page.notes) == ((), 1, "")
    whole = meeting_page(
        meeting.pk,
        by=who(desk.walk, "ppid_utama"),
        body=desk.walk.body.pk,
        on=desk.walk.today,
    )
    assert whole.notes == "CATATAN-RAHASIA"


def test_two_members_of_one_name_are_two_in_the_attendance(desk, client):
    twin = add_person(desk.walk.body, name="Ani", at=desk.walk.tick())
    namesake = Member(person=str(twin.pk), name="Ani", position="Analis")
    members = (*(Member(**one) for one in desk.team.members), namesake)
    appointed(desk.walk, {}, members=members)
    meeting = desk.held()
    with time_machine.travel(desk.walk.tick(), tick=False):
        as_role(client, desk.walk, "ppid_utama")
        shown = visit(client, "meeting", meeting.pk).content.decode()
    assert shown.count('data-label="Hadir">Hadir<') == 5
    assert shown.count('data-label="Hadir">Tidak hadir<') == 1


def test_the_meeting_of_another_body_does_not_exist(desk):
    meeting = desk.held()
    other = office("kabupaten")
    with pytest.raises(NotFound):
        meeting_page(meeting.pk, by=who(other, "ppid_utama"), body=other.body.pk, on=other.today)


def test_a_step_in_which_the_team_considers_waits_for_its_minutes(desk):
    text = SHORT_SOP.replace('kode = "singkat"', 'kode = "singkat2"')
    case = case_in(desk.walk, text=text, title="Langkah")
    page = page_of(desk, case, "ppid_utama")
    assert page.considering == ("3", "4")


# The pages


def team_fields(desk, **changes):
    fields = {"decree_number": "188/9", "quorum": "setengah", "notice_days": "2"}
    for number, name in enumerate(NAMES, 1):
        fields |= {f"member_{number}": desk.member(name), f"position_{number}": ""}
    fields |= {"chair": desk.member("Citra")}
    fields |= day("decree_date", desk.walk.today) | day("starts_on", desk.walk.today)
    return fields | changes


def test_the_ppid_appoints_a_team_on_the_page(desk, client):
    with time_machine.travel(desk.walk.tick(), tick=False):
        as_role(client, desk.walk, "ppid_utama")
        visit(client, "team_new", baris="18")
        send(client, "team_new", **team_fields(desk, position_1="Kepala Bagian Hukum"))
        shown = visit(client, "teams").content.decode()

    team = TeamRow.objects.get(decree_number="188/9")
    positions = [one["position"] for one in team.members]
    assert positions == ["Kepala Bagian Hukum", *["Auditor"] * 4]
    assert [one["name"] for one in team.members if one["chair"]] == ["Citra"]
    assert "188/9" in shown


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"decree_number": ""}, "decree_number"),
        ({"decree_date_hari": "31", "decree_date_bulan": "2"}, "decree_date"),
        ({"starts_on_tahun": "2025"}, "starts_on"),
        ({"notice_days": "-1"}, "notice_days"),
        ({"notice_days": "besok"}, "notice_days"),
        ({"quorum": "seperempat"}, "quorum"),
        ({"chair": ""}, "chair"),
        ({"member_3": ""}, "chair"),
        ({"member_1": str(uuid4())}, "member_1"),
    ],
)
def test_a_wrong_team_form_says_what_is_wrong_at_its_field(desk, client, changes, field):
    with time_machine.travel(desk.walk.tick(), tick=False):
        as_role(client, desk.walk, "ppid_utama")
        answer = send(client, "team_new", status=200, **team_fields(desk, **changes))

    assert answer.context["form"].errors[field]
    assert TeamRow.objects.count() == 1


def test_a_member_twice_is_told_above_the_form(desk, client):
    with time_machine.travel(desk.walk.tick(), tick=False):
        as_role(client, desk.walk, "ppid_utama")
        twice = team_fields(desk, member_6=desk.member("Ani"), position_6="X")
        answer = send(client, "team_new", status=200, **twice)
    assert "member_twice" in {one.code for one in answer.context["findings"]}


def test_who_may_not_appoint_a_team_sees_why(desk, client):
    with time_machine.travel(desk.walk.tick(), tick=False):
        as_role(client, desk.walk, "petugas_ppid")
        answer = visit(client, "team_new")
        send(client, "team_new", status=403, **team_fields(desk))
        send(client, "teams", status=403, need="selalu")
    assert [one.code for one in answer.context["obstacles"]] == ["not_authorised"]


def test_who_manages_the_system_sees_the_teams_and_chooses_but_appoints_nobody(desk, client):
    appoint(desk.walk, "pengelola_sistem")
    with time_machine.travel(desk.walk.tick(), tick=False):
        as_role(client, desk.walk, "pengelola_sistem")
        page = visit(client, "teams").context["page"]
        send(client, "teams", need="selalu")
        send(client, "team_new", status=403, **team_fields(desk))

    desk.walk.body.refresh_from_db()
    assert ([one.code for one in page.appointing], page.choosing) == (["not_authorised"], ())
    assert desk.walk.body.settings["deliberation"] == "selalu"


def test_the_teams_stand_with_their_state_on_the_day(desk):
    body, start = desk.walk.body, desk.walk.today + 10 * DAY
    appointed(desk.walk, desk.people, decree_number="188/2", starts_on=start)
    by = who(desk.walk, "auditor")

    def states(on):
        return [line.state for line in teams_page(body, by=by, on=on).teams]

    assert states(desk.walk.today) == ["akan datang", "bertugas"]
    assert states(start) == ["bertugas", "selesai"]


def test_who_is_no_officer_of_the_body_any_more_reads_no_minutes(desk, client):
    meeting = desk.held()
    former = add_person(desk.walk.body, name="Mantan", at=desk.walk.tick())
    with time_machine.travel(desk.walk.tick(), tick=False):
        sign_in(client, former)
        visit(client, "meeting", meeting.pk, status=403)
        visit(client, "meeting_record", meeting.pk, status=403)
        visit(client, "meeting_new", desk.case.pk, status=403)


def test_the_approver_is_told_that_the_team_has_said_nothing_yet(desk, client):
    with time_machine.travel(desk.walk.tick(), tick=False):
        as_role(client, desk.walk, "pimpinan_badan_publik")
        shown = visit(client, "case", desk.case.pk).content.decode()
    assert "Tim belum mempertimbangkan informasi ini." in shown
    assert "Penetapan menunggu pertimbangan" in shown


def test_a_dissent_that_is_markup_stays_text(desk, client):
    meeting = desk.invited()
    desk.to(meeting.held_on)
    attack = "<script>alert(1)</script>"
    with time_machine.travel(desk.walk.tick(), tick=False):
        as_role(client, desk.walk, "petugas_ppid")
        given = minutes_fields(desk, **{f"why_{desk.item.pk.hex}_4": attack, "notes": attack})
        send(client, "meeting_record", meeting.pk, **given)
        shown = visit(client, "meeting", meeting.pk).content.decode()
    assert attack not in shown
    assert shown.count("&lt;script&gt;") == 2


def test_the_ppid_chooses_on_the_page_when_a_deliberation_is_needed(desk, client):
    with time_machine.travel(desk.walk.tick(), tick=False):
        as_role(client, desk.walk, "ppid_utama")
        send(client, "teams", need="tidak")
        answer = send(client, "teams", status=200, need="kadang")
    desk.walk.body.refresh_from_db()
    assert desk.walk.body.settings["deliberation"] == "tidak"
    assert answer.context["form"].errors["need"]


def invitation_fields(desk, **changes):
    on = desk.walk.today
    fields = {"place": "Aula", "begins_at": "9:00", "items": [str(desk.item.pk)]}
    return fields | day("invited_on", on) | day("held_on", on + DAY) | changes


def minutes_fields(desk, **changes):
    key = desk.item.pk.hex
    fields = {"number": "BA/7", "present": [desk.member(name) for name in NAMES], "notes": ""}
    fields |= {f"stance_{key}_{number}": "sebagian" for number in range(5)}
    fields |= {f"stance_{key}_4": "terbuka", f"why_{key}_4": "Sudah pernah diumumkan."}
    fields |= {f"stance_{key}_3": "mundur", f"why_{key}_3": "Ikut menyusun."}
    return fields | changes


def test_a_meeting_goes_from_its_invitation_to_its_minutes_on_the_pages(desk, client):
    with time_machine.travel(desk.walk.tick(), tick=False) as clock:
        as_role(client, desk.walk, "petugas_ppid")
        visit(client, "meeting_new", desk.case.pk)
        send(client, "meeting_new", desk.case.pk, **invitation_fields(desk))
        meeting = Deliberation.objects.get()
        early = visit(client, "meeting", meeting.pk).content.decode()
        clock.shift(DAY)
        as_role(client, desk.walk, "petugas_ppid")
        visit(client, "meeting_record", meeting.pk)
        send(client, "meeting_record", meeting.pk, **minutes_fields(desk))
        minutes = visit(client, "meeting", meeting.pk).content.decode()
        send(client, "meeting_record", meeting.pk, **minutes_fields(desk))
        as_role(client, desk.walk, "pimpinan_badan_publik")
        approval = visit(client, "case", desk.case.pk).content.decode()
        item = visit(client, "item", desk.item.pk).content.decode()

    assert "belum berlangsung" in early
    assert meeting.begins_at == "9.00"
    for shown in (minutes, approval, item):
        assert "Sudah pernah diumumkan." in shown
        assert "Ikut menyusun." in shown
    assert ItemViews.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"invited_on_hari": ""}, "invited_on"),
        ({"held_on_hari": "31", "held_on_bulan": "4"}, "held_on"),
        ({"invited_on_hari": "3"}, "invited_on"),
        ({"begins_at": "pagi"}, "begins_at"),
        ({"place": ""}, "place"),
        ({"items": []}, "items"),
        ({"items": [str(uuid4())]}, "items"),
    ],
)
def test_a_wrong_invitation_says_what_is_wrong_at_its_field(desk, client, changes, field):
    with time_machine.travel(desk.walk.tick(), tick=False):
        as_role(client, desk.walk, "petugas_ppid")
        given = invitation_fields(desk, **changes)
        answer = send(client, "meeting_new", desk.case.pk, status=200, **given)

    assert answer.context["form"].errors[field]
    assert not Deliberation.objects.exists()


def test_one_choice_stands_for_all_who_are_there_and_say_nothing_else(desk, client):
    meeting = desk.invited()
    desk.to(meeting.held_on)
    key = desk.item.pk.hex
    blank = {f"stance_{key}_{number}": "" for number in (0, 1, 2)}
    present = [desk.member(name) for name in NAMES if name != "Ani"]
    with time_machine.travel(desk.walk.tick(), tick=False):
        as_role(client, desk.walk, "petugas_ppid")
        given = minutes_fields(desk, present=present, **blank, **{f"rest_{key}": "seluruhnya"})
        send(client, "meeting_record", meeting.pk, **given | {f"why_{key}_1": "Semua bernama."})

    row = ItemViews.objects.get()
    stances = {one["member"]: one["stance"] for one in row.views}
    assert stances == {
        desk.member("Budi"): "seluruhnya",
        desk.member("Citra"): "seluruhnya",
        desk.member("Eka"): "terbuka",
    }
    assert [one["member"] for one in row.recusals] == [desk.member("Dedi")]


def without_reason(desk):
    return {f"why_{desk.item.pk.hex}_4": ""}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (lambda desk: {"number": ""}, "number"),
        (lambda desk: {"present": []}, "present"),
        (lambda desk: {"present": [str(uuid4())]}, "present"),
        (lambda desk: {f"stance_{desk.item.pk.hex}_0": "entah"}, "stance"),
        (without_reason, "dissent_reason_missing"),
        (lambda desk: {f"stance_{desk.item.pk.hex}_0": ""}, "view_missing"),
        (lambda desk: {f"why_{desk.item.pk.hex}_3": ""}, "recusal_ground_missing"),
    ],
)
def test_wrong_minutes_say_what_is_wrong(desk, client, changes, said):
    meeting = desk.invited()
    desk.to(meeting.held_on)
    with time_machine.travel(desk.walk.tick(), tick=False):
        as_role(client, desk.walk, "petugas_ppid")
        given = minutes_fields(desk, **changes(desk))
        answer = client.post(f"/pertimbangan/{meeting.pk}/catat/", given | {"act": uuid4()})

    told = {one.code for one in answer.context["findings"]}
    fields = {name.partition("_")[0] for name in answer.context["form"].errors}
    assert said in told | fields
    assert all(one.message.startswith("Rekam medis: ") for one in answer.context["findings"])
    assert not ItemViews.objects.exists()


def test_a_meeting_is_called_off_on_its_page(desk, client):
    meeting = desk.invited()
    with time_machine.travel(desk.walk.tick(), tick=False):
        as_role(client, desk.walk, "petugas_ppid")
        empty = send(client, "meeting_cancel", meeting.pk, status=200)
        act = {"batal-act": uuid4()}
        send(client, "meeting_cancel", meeting.pk, **act, **{"batal-reason": "Tidak kuorum."})
        gone = {"batal-act": uuid4(), "batal-reason": "Lagi."}
        send(client, "meeting_cancel", meeting.pk, status=409, **gone)
        shown = visit(client, "case", desk.case.pk).content.decode()

    assert empty.context["form"].errors["reason"]
    assert "Tidak kuorum." in shown


def test_the_sheet_is_offered_those_who_were_there_as_its_participants(desk, client):
    write_sheet(desk.walk, desk.item, participants=())
    desk.held(present=NAMES[:3])
    with time_machine.travel(desk.walk.tick(), tick=False):
        as_role(client, desk.walk, "petugas_ppid")
        form = visit(client, "sheet", desk.item.pk).context["form"]
    assert form["participants"].value().splitlines() == [
        f"{name}; Kepala {name}" for name in NAMES[:3]
    ]


def test_a_case_asks_no_more_questions_for_more_items(desk, client, django_assert_max_num_queries):
    desk.held()
    with time_machine.travel(desk.walk.tick(), tick=False):
        as_role(client, desk.walk, "pimpinan_badan_publik")
        visit(client, "case", desk.case.pk)
        with django_assert_max_num_queries(200) as one:
            visit(client, "case", desk.case.pk)
        for number in range(4):
            write_sheet(desk.walk, item_in(desk.walk, desk.case, title=f"Lagi {number}"))
        with django_assert_max_num_queries(len(one)):
            visit(client, "case", desk.case.pk)


# The history, the demo, and logs from before


def test_the_history_of_the_case_says_what_the_team_did_and_not_what_it_said(desk):
    called_off(desk, desk.invited())
    desk.held(votes={"Eka": Stance.OPEN})

    told = [line.what for line in page_of(desk, desk.case, "ppid_utama").history]

    assert told[0] == "Berita acara pertimbangan ditutup: BA/1"
    assert told[1].startswith("Tim Pertimbangan diundang untuk 3 Maret 2026")
    assert told[2] == "Rapat Tim Pertimbangan dibatalkan. Alasan: Tidak kuorum."
    assert SECRET not in "".join(told)


def test_a_consideration_from_before_there_were_deliberations_stays_in_the_log(desk):
    old = Fact("consideration.recorded", {"id": str(uuid4())}, {"minutes": "x"}, case=desk.case.pk)
    with writing():
        append(old, body=desk.walk.body.pk, by=who(desk.walk, "ppid_utama"), at=desk.walk.tick())

    told = [line.what for line in page_of(desk, desk.case, "ppid_utama").history]

    assert told[0] == "Berita acara pertimbangan dicatat"
    assert_sound()


def test_an_office_at_work_invites_waits_for_the_day_and_differs(desk):
    second = item_in(desk.walk, desk.case, title="Hasil uji")
    appointed(desk.walk, desk.people, decree_number="188/3", notice_days=2)
    before = desk.walk.today

    deliberate(desk.walk, desk.case)
    deliberate(desk.walk, desk.case)

    (meeting,) = Deliberation.objects.all()
    said = [one for (line,) in advice_lines([desk.item, second]).values() for one in line.said]
    assert meeting.held_on == desk.walk.today == before + 2 * DAY
    assert [one.name for one in said if one.dissents] == ["Eka"]
    assert [one.name for one in said if one.kind == "mundur"] == ["Budi"]
    assert_sound()


def test_an_office_without_a_team_gets_one_of_its_role():
    walk = office(choices={})
    case = case_in(walk)
    item_in(walk, case)

    deliberate(walk, case)

    assert [one["name"] for one in TeamRow.objects.get().members] == ["tim_pertimbangan"]


def test_a_step_of_the_team_is_done_once_its_minutes_are_closed(desk):
    case = case_in(desk.walk, text=SHORT_SOP.replace('"singkat"', '"singkat2"'), title="Langkah")
    item = item_in(desk.walk, case)
    go_to(desk.walk, case, before=3)
    member = who(desk.walk, "tim_pertimbangan")
    done = {"step": 3, "by": member}
    with pytest.raises(Refused) as error:
        act_on_step(case.pk, **done, at=desk.walk.tick())
    deliberate(desk.walk, case)
    act_on_step(case.pk, **done, at=desk.walk.tick())

    assert codes(error) == {"deliberation_missing"}
    assert [one.place for one in error.value.findings] == [item.title]
    assert Task.objects.get(case=case).step == 4


@pytest.mark.parametrize("role", ["tim_pertimbangan", "auditor"])
def test_the_box_of_the_case_offers_an_invitation_only_to_who_may_send_it(desk, client, role):
    with time_machine.travel(desk.walk.tick(), tick=False):
        as_role(client, desk.walk, role)
        page = visit(client, "case", desk.case.pk)
        visit(client, "meeting_new", desk.case.pk)
        wanted = 302 if role == "tim_pertimbangan" else 403
        send(client, "meeting_new", desk.case.pk, status=wanted, **invitation_fields(desk))

    barred = page.context["page"].deliberations.inviting
    assert [one.code for one in barred] == ([] if wanted == 302 else ["not_authorised"])
