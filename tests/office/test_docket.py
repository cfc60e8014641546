"""The docket: what it shows, what each line may be decided to be, and who may do so."""

from datetime import date, datetime, time, timedelta
from uuid import uuid4

import pytest
import time_machine

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
    who,
    write_sheet,
)
from office.pages import as_role, send, visit
from office.remembered import remembered
from ppid.errors import BadInput, Conflict, Refused
from ppid.law.accessible_list import Basis
from ppid.law.docket import Matter, Stage
from ppid.law.opening import OpeningReason
from ppid.law.term import DateTerm, EventTerm
from ppid.ledger.entry import Entry
from ppid.office.actions.bodies import add_agency
from ppid.office.actions.docket import Choice, LineDecision, decide_lines, open_ending_case
from ppid.office.actions.editions import publish_edition, register_of
from ppid.office.actions.sops import adopt_sop
from ppid.office.actions.watch import watch
from ppid.office.demo.walk import walk_to_end
from ppid.office.models import Appointment, Case, Event, SopVersion, Task
from ppid.office.queries.cases import case_page
from ppid.office.queries.docket import docket, due_lines, ending_cases
from ppid.office.queries.items import status_of
from ppid.office.queries.opened_list import opened_list

pytestmark = pytest.mark.django_db(databases=["default", "public"])
DAY = timedelta(days=1)
END = date(2026, 9, 1)
WITH_TRIGGER = SHORT_SOP.replace('kode = "singkat"', 'kode = "pembukaan"').replace(
    'kegiatan = "Membuka"', 'pemicu = "masa_berakhir"\nkegiatan = "Membuka"'
)


@pytest.fixture
@remembered
def due():
    """An office twenty days before the end of three terms; the case they came from has ended."""
    walk = office()
    case = case_in(walk)
    terms = {
        "Rekam medis": DateTerm(walk.today, END),
        "Hasil uji": DateTerm(walk.today, END + DAY),
        "Perkara": EventTerm(walk.today, "putusan inkrah", END),
        "Jauh": DateTerm(walk.today, END + 400 * DAY),
    }
    items = {title: item_in(walk, case, title=title) for title in terms}
    for title, item in items.items():
        write_sheet(walk, item, term=terms[title])
    approved(walk, case, *items.values())
    determined(walk, case, *items.values())
    list(walk_to_end(walk, case))
    to(walk, END - 20 * DAY)
    for item in items.values():
        item.refresh_from_db()
    return walk, items


def to(walk, day):
    walk.now = datetime.combine(day, time(9), tzinfo=walk.body.zone)


def decide(walk, *decisions, role="ppid_utama", **more):
    lines = [LineDecision(item.pk, choice) for item, choice in decisions]
    by = who(walk, role)
    return decide_lines(walk.body, lines=lines, by=by, at=walk.tick(), **more)


def titles(walk, role="ppid_utama"):
    page = docket(walk.body, by=who(walk, role), on=walk.today)
    return [line.item.title for line in page.lines]


def test_the_sheet_shows_what_is_due_the_nearest_end_first_and_reviews_after(due):
    walk, _ = due

    assert titles(walk) == ["Rekam medis", "Hasil uji", "Perkara"]
    matters = [line.standing.matter for line in due_lines(walk.body, on=walk.today)]
    assert matters == [Matter.END, Matter.END, Matter.REVIEW]


def test_what_ended_in_silence_stays_on_the_sheet_until_somebody_declares_it(due):
    walk, items = due
    to(walk, END)
    watch(walk.body, at=walk.tick())

    lines = {line.item.title: line for line in due_lines(walk.body, on=walk.today)}
    assert lines["Rekam medis"].standing.stage is Stage.OPEN_BY_LAW
    (done,) = decide(walk, (items["Rekam medis"], Choice.OPEN))

    assert done.findings == ()
    assert "Rekam medis" not in titles(walk)
    assert_sound()


def test_a_batch_does_exactly_each_lines_own_decision(due):
    walk, items = due
    medical, result, court = items["Rekam medis"], items["Hasil uji"], items["Perkara"]

    found = decide(walk, (medical, Choice.OPEN), (court, Choice.TEST))

    assert [(one.choice, [f.code for f in one.findings]) for one in found] == [
        (Choice.OPEN, []),
        (Choice.TEST, ["case_missing"]),
    ]
    for item in items.values():
        item.refresh_from_db()
    assert (medical.declared_open_on, medical.opening_reason) == (END, OpeningReason.TERM_ENDS)
    assert (result.declared_open_on, court.declared_open_on) == (None, None)
    assert_sound()


def test_a_refused_line_keeps_no_other_from_being_done(due):
    walk, items = due
    opened(walk, items["Rekam medis"], on=END, reason=OpeningReason.TERM_ENDS, document="")

    first, second, third = decide(
        walk,
        (items["Rekam medis"], Choice.OPEN),
        (items["Perkara"], Choice.OPEN),
        (items["Hasil uji"], Choice.OPEN),
    )

    assert [one.code for one in first.findings] == ["already_declared_open"]
    assert [one.code for one in second.findings] == ["end_not_fixed"]
    assert third.findings == ()
    assert Event.objects.filter(kind="item.opened").count() == 2


def test_an_end_too_far_away_is_not_declared(due):
    walk, items = due
    (found,) = decide(walk, (items["Jauh"], Choice.OPEN))
    assert [one.code for one in found.findings] == ["declared_too_early"]


def test_who_is_not_the_ppid_declares_nothing(due):
    walk, items = due
    (found,) = decide(walk, (items["Rekam medis"], Choice.OPEN), role="petugas_ppid")
    assert [one.code for one in found.findings] == ["not_authorised"]


def test_a_new_test_opens_one_case_for_all_its_lines(due):
    walk, items = due
    version = SopVersion.objects.select_related("body").get(body=walk.body)
    before = Case.objects.count()

    found = decide(
        walk,
        (items["Rekam medis"], Choice.TEST),
        (items["Perkara"], Choice.TEST),
        role="petugas_ppid",
        into=version,
    )

    assert all(one.findings == () for one in found)
    assert Case.objects.count() == before + 1
    for name in ("Rekam medis", "Perkara"):
        items[name].refresh_from_db()
    assert items["Rekam medis"].case_id == items["Perkara"].case_id
    assert_sound()


def test_a_new_test_that_nobody_may_start_leaves_no_empty_case(due):
    walk, items = due
    version = SopVersion.objects.select_related("body").get(body=walk.body)
    before = Case.objects.count()

    (found,) = decide(walk, (items["Perkara"], Choice.TEST), role="auditor", into=version)

    assert "not_authorised" in {one.code for one in found.findings}
    assert Case.objects.count() == before


def test_what_is_open_already_is_not_tested_anew(due):
    walk, items = due
    version = SopVersion.objects.select_related("body").get(body=walk.body)
    to(walk, END)
    before = Case.objects.count()

    line = items["Rekam medis"], Choice.TEST
    (found,) = decide(walk, line, role="petugas_ppid", into=version)

    assert [one.code for one in found.findings] == ["already_open"]
    assert Case.objects.count() == before


def test_starting_a_new_test_does_not_keep_the_item_closed_a_day_longer(due):
    walk, items = due
    version = SopVersion.objects.select_related("body").get(body=walk.body)
    item = items["Rekam medis"]
    decide(walk, (item, Choice.TEST), role="petugas_ppid", into=version)
    item.refresh_from_db()
    write_sheet(walk, item, term=DateTerm(walk.today, END + 300 * DAY))

    watch(walk.body, at=datetime.combine(END, time(1), tzinfo=walk.body.zone))

    item.refresh_from_db()
    assert item.lapsed_on == END
    assert status_of(item, on=END) == "terbuka"


def test_a_new_test_is_decided_on_in_its_case_like_a_candidate(due):
    walk, items = due
    version = SopVersion.objects.select_related("body").get(body=walk.body)
    item = items["Rekam medis"]
    decide(walk, (item, Choice.TEST), role="petugas_ppid", into=version)
    item.refresh_from_db()

    def candidates():
        by = who(walk, "ppid_utama")
        page = case_page(item.case_id, by=by, body=walk.body.pk, at=walk.now)
        return [line.item.pk for line in page.candidates]

    assert candidates() == []
    write_sheet(walk, item, term=DateTerm(walk.today, END + 300 * DAY))
    assert candidates() == [item.pk]


def test_the_same_form_sent_twice_does_one_thing(due):
    walk, items = due
    act = uuid4()
    decide(walk, (items["Rekam medis"], Choice.OPEN), act=act)
    with pytest.raises(Conflict) as error:
        decide(walk, (items["Hasil uji"], Choice.OPEN), act=act)
    assert codes(error) == {"already_done"}


def test_an_item_of_another_body_is_no_line_of_this_one(due):
    walk, _ = due
    elsewhere = office("kabupaten")
    theirs = item_in(elsewhere, case_in(elsewhere))
    assert decide(walk, (theirs, Choice.OPEN)) == ()


def ending(walk):
    """Return the SOP with a step for what ends, adopted by the body."""
    return adopt_sop(walk.body, text=WITH_TRIGGER, at=walk.tick())


def test_the_sops_own_step_gets_a_case_with_what_is_due(due):
    walk, items = due
    version = ending(walk)
    wanted = [items["Rekam medis"], items["Hasil uji"]]

    case = open_ending_case(version, items=wanted, by=who(walk, "tim_pertimbangan"), at=walk.tick())

    assert Task.objects.get(case=case).step == 7
    assert sorted(case.items.values_list("title", flat=True)) == ["Hasil uji", "Rekam medis"]
    with pytest.raises(Refused) as error:
        open_ending_case(version, items=wanted, by=who(walk, "tim_pertimbangan"), at=walk.tick())
    assert codes(error) == {"nothing_due"}
    assert_sound()


def test_who_may_not_do_the_step_does_not_open_its_case(due):
    walk, items = due
    with pytest.raises(Refused) as error:
        open_ending_case(
            ending(walk),
            items=[items["Rekam medis"]],
            by=who(walk, "petugas_ppid"),
            at=walk.tick(),
        )
    assert codes(error) == {"not_authorised"}


def test_an_sop_without_such_a_step_opens_no_such_case(due):
    walk, items = due
    version = SopVersion.objects.select_related("body").get(body=walk.body)
    with pytest.raises(BadInput) as error:
        open_ending_case(
            version, items=[items["Rekam medis"]], by=who(walk, "ppid_utama"), at=walk.tick()
        )
    assert codes(error) == {"no_such_step"}


def test_the_watch_opens_no_case_but_tells_those_whom_the_sop_names(due):
    walk, _ = due
    ending(walk)
    before = Case.objects.count()

    watch(walk.body, at=walk.tick())

    assert Case.objects.count() == before
    told = {str(who(walk, role)) for role in ("ppid_utama", "tim_pertimbangan")}
    notices = list(Event.objects.filter(kind="docket.noticed"))
    assert [set(payload(one)["told"]) for one in notices] == [told] * 3
    (found,) = ending_cases(walk.body, by=who(walk, "tim_pertimbangan"), at=walk.now)
    assert (found.running, found.obstacles, found.step.number) == (None, (), 7)


def payload(event):
    return Entry.from_bytes(bytes(event.entry)).payload


def test_the_list_on_request_holds_what_was_declared_open_from_its_day(due):
    walk, items = due
    decide(walk, (items["Rekam medis"], Choice.OPEN))
    by = who(walk, "ppid_utama")

    before = opened_list(walk.body, by=by, on=END - DAY)
    after = opened_list(walk.body, by=by, on=END)

    assert before.lines == ()
    listed = {line.item.pk: line for line in after.lines}
    line = listed[items["Rekam medis"].pk]
    assert (line.basis, line.list_number, line.list_on) == (Basis.DETERMINED, 1, walk.today)
    assert {one.basis for one in after.lines if one is not line} <= {Basis.BY_LAW}
    assert (after.number, after.findings) == (1, ())


def test_the_list_on_request_says_what_the_law_opened_and_nobody_determined(due):
    walk, items = due

    found = opened_list(walk.body, by=who(walk, "ppid_utama"), on=END)

    (line,) = [one for one in found.lines if one.item.pk == items["Rekam medis"].pk]
    assert (line.basis, line.list_number, line.opens_on) == (Basis.BY_LAW, 0, END)


def test_the_public_list_says_that_the_law_opened_it_and_nobody_acted(due):
    walk, items = due
    to(walk, END + DAY)
    watch(walk.body, at=walk.tick())
    edition = publish_edition(walk.body, by=who(walk, "ppid_utama"), at=walk.tick())

    entries = {one["public_id"]: one for one in edition.content["entries"]}

    lapsed = entries[items["Rekam medis"].public_id]
    assert lapsed["opens_on"] == END.isoformat()
    assert "demi hukum" in lapsed["opened_reason"]
    assert entries[items["Jauh"].public_id]["opened_reason"] is None


def test_the_ppid_decides_on_the_page_and_sees_what_became_of_each_line(due, client):
    walk, items = due
    with time_machine.travel(walk.tick(), tick=False):
        as_role(client, walk, "ppid_utama")
        page = visit(client, "docket").content.decode()
        assert page.count("Nyatakan terbuka") == 2
        medical, court = items["Rekam medis"], items["Perkara"]
        send(client, "docket", **{f"line_{medical.pk.hex}": "buka"})
        answer = send(client, "docket", status=200, **{f"line_{court.pk.hex}": "uji"})
        assert answer.context["form"].errors

    medical.refresh_from_db()
    assert medical.declared_open_on == END


def test_a_clerk_starts_a_new_test_from_the_page(due, client):
    walk, items = due
    version = SopVersion.objects.get(body=walk.body)
    court = items["Perkara"]
    with time_machine.travel(walk.tick(), tick=False):
        as_role(client, walk, "petugas_ppid")
        fields = {f"line_{court.pk.hex}": "uji", "into": str(version.pk)}
        send(client, "docket", **fields)

    court.refresh_from_db()
    assert court.case.ended_at is None


def test_a_refused_line_is_told_on_the_page(due, client, monkeypatch):
    walk, items = due
    medical = items["Rekam medis"]
    with time_machine.travel(walk.tick(), tick=False):
        as_role(client, walk, "ppid_utama")
        visit(client, "docket")
        monkeypatch.setattr("ppid.office.actions.openings.may_open", lambda *_, **__: False)
        answer = send(client, "docket", status=200, **{f"line_{medical.pk.hex}": "buka"})

    (result,) = answer.context["results"]
    assert [one.code for one in result.findings] == ["not_authorised"]


def test_who_may_only_read_sees_the_sheet_without_decisions(due, client):
    walk, _ = due
    with time_machine.travel(walk.tick(), tick=False):
        as_role(client, walk, "auditor")
        answer = visit(client, "docket")
        visit(client, "opened_list")

    assert answer.context["decidable"] is False


def test_the_team_starts_the_case_from_the_page(due, client):
    walk, _ = due
    version = ending(walk)
    with time_machine.travel(walk.tick(), tick=False):
        as_role(client, walk, "tim_pertimbangan")
        visit(client, "docket")
        send(client, "docket_case", version.pk)
        send(client, "docket_case", version.pk, status=403)
        send(client, "docket_case", uuid4(), status=404)

    assert Case.objects.get(sop=version).items.count() == 2


def test_a_ppid_of_one_agency_sees_only_its_lines(due):
    walk, _ = due
    other = add_agency(walk.body, code="dinsos", name="Dinas Sosial", at=walk.tick())
    assert titles(walk, "ppid_pelaksana") == titles(walk)
    appoint(walk, "ppid_pelaksana", agency=other, name="lain")
    last = Appointment.objects.get(person__name="lain").person_id
    page = docket(walk.body, by=last, on=walk.today)
    assert page.lines == ()


def test_the_register_still_holds_what_has_lapsed(due):
    walk, items = due
    to(walk, END)
    watch(walk.body, at=walk.tick())
    assert len(register_of(walk.body)) == len(items)


def test_the_case_page_shows_as_open_what_the_law_has_opened(due):
    walk, items = due
    item = items["Rekam medis"]

    def state(day):
        at = datetime.combine(day, time(9), tzinfo=walk.body.zone)
        page = case_page(item.case_id, by=who(walk, "ppid_utama"), body=walk.body.pk, at=at)
        return next(line.state for line in page.items if line.item.pk == item.pk)

    assert (state(END - DAY), state(END)) == ("Dikecualikan", "Terbuka")
