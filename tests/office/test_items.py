"""The pages of an item: its words, its archive entry, its opening, and who may do what when."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from office.factories import case_of, person_in, sign_in
from office.pages import MONDAY, appoint, as_role, codes, day, send, visit
from office.remembered import remembered
from ppid.law.opening import DISPUTE_REASONS, OpeningReason
from ppid.law.term import DateTerm
from ppid.office.actions.editions import publish_edition
from ppid.office.demo.samples import SAMPLES
from ppid.office.demo.walk import walk_to_end
from ppid.office.models import Event, Item

pytestmark = pytest.mark.django_db(databases=["default", "public"])
FIRST = SAMPLES[0].title


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
@remembered
def walk():
    """An office whose case stands on its first step with three candidates."""
    walk, case = case_of("kalteng", before=2)
    walk.case = case
    return walk


@pytest.fixture
@remembered
def determined():
    """An office whose case has ended; the first item's term ends on 1 March 2027."""
    walk, case = case_of("kalteng")
    walk.terms = {FIRST: DateTerm(walk.today, date(2027, 3, 1))}
    list(walk_to_end(walk, case))
    walk.case = case
    return walk


def test_a_candidate_is_added_once_however_often_the_form_is_sent(client, walk):
    as_role(client, walk, "petugas_ppid")
    form = visit(client, "item_new", walk.case.pk).context["form"]
    fields = {
        "act": form["act"].initial,
        "agency": str(walk.agencies[0].pk),
        "title": "Denah ruang server",
        "public_title": "Denah ruang teknis",
        "summary": "Satu lembar.",
    }

    send(client, "item_new", walk.case.pk, **fields)
    send(client, "item_new", walk.case.pk, **fields)

    made = Item.objects.get(title="Denah ruang server")
    assert (made.agency, made.public_title) == (walk.agencies[0], "Denah ruang teknis")


def test_an_agency_adds_items_of_its_own_only(client, walk):
    own, other = walk.agencies[:2]
    sign_in(client, appoint(walk, "ppid_pelaksana", agency=own))

    form = visit(client, "item_new", walk.case.pk).context["form"]
    wrong = send(
        client, "item_new", walk.case.pk, status=200, agency=str(other.pk), title="Bukan milik saya"
    )

    assert form["agency"].field.choices == [(str(own.pk), own.name)]
    assert set(wrong.context["form"].errors) == {"agency"}
    assert not Item.objects.filter(title="Bukan milik saya").exists()


def test_who_may_not_prepare_sees_why(client, walk):
    as_role(client, walk, "atasan_ppid")
    agency = str(walk.agencies[0].pk)

    page = visit(client, "item_new", walk.case.pk)
    send(client, "item_new", walk.case.pk, status=200, agency=agency, title="X")

    assert codes(page.context["obstacles"]) == {"not_authorised"}
    assert b"disabled" in page.content
    assert not Item.objects.filter(title="X").exists()


def test_a_candidates_words_are_changed_until_it_is_determined(client, walk):
    as_role(client, walk, "petugas_ppid")
    item = Item.objects.get(title=FIRST)

    send(client, "item_change", item.pk, title="Nama baru", public_title="Judul baru", summary="R")

    item.refresh_from_db()
    assert (item.title, item.public_title, item.summary) == ("Nama baru", "Judul baru", "R")


def test_a_determined_items_words_stand_fast(client, determined):
    as_role(client, determined, "petugas_ppid")
    item = Item.objects.get(title=FIRST)

    page = visit(client, "item_change", item.pk)
    refused = send(client, "item_change", item.pk, status=403, title="Nama baru")

    assert codes(page.context["obstacles"]) == {"item_determined", "case_ended"}
    assert "item_determined" in codes(refused.context["findings"])
    item.refresh_from_db()
    assert item.title == FIRST


def test_the_page_of_an_item_shows_its_sheet_decisions_and_history(client, determined):
    as_role(client, determined, "ppid_utama")
    item = Item.objects.get(title=FIRST)

    page = visit(client, "item", item.pk).context["page"]

    lines = dict(page.sheet_lines)
    assert lines["Konsekuensi bila dibuka"] == SAMPLES[0].opened
    assert lines["Dasar pengecualian"].startswith("Pasal 17 huruf h angka 2")
    assert lines["Ada persetujuan tertulis"] == "Tidak"
    assert (page.status, page.missing) == ("dikecualikan", ())
    assert [approval.by_head for approval, _ in page.approvals] == [False, True]
    assert page.history[0].at > page.history[-1].at


def test_an_item_without_a_sheet_says_so(client, walk):
    as_role(client, walk, "ppid_utama")
    item = Item.objects.get(title=FIRST)

    page = visit(client, "item", item.pk)

    assert page.context["page"].test is None
    assert b"Lembar uji belum diisi." in page.content


def test_the_places_of_an_item_are_recorded_and_changed(client, determined):
    as_role(client, determined, "petugas_ppid")
    item = Item.objects.get(title=FIRST)

    places = {"soft_copy": "Brankas", "hard_copy": "", "security": "rahasia"}
    send(client, "archive", item.pk, **places)
    send(client, "archive", item.pk, **places | {"hard_copy": "Lemari 2"})

    item.refresh_from_db()
    assert (item.archive.soft_copy, item.archive.hard_copy) == ("Brankas", "Lemari 2")
    form = visit(client, "archive", item.pk).context["form"]
    assert form["hard_copy"].value() == "Lemari 2"
    assert b"Rahasia" in visit(client, "item", item.pk).content


def test_a_place_is_needed(client, determined):
    as_role(client, determined, "petugas_ppid")
    item = Item.objects.get(title=FIRST)

    page = send(client, "archive", item.pk, status=200, security="rahasia")

    assert list(page.context["form"].errors) == ["hard_copy"]


def test_who_may_not_file_sees_why(client, determined):
    as_role(client, determined, "pimpinan_badan_publik")
    item = Item.objects.get(title=FIRST)

    page = visit(client, "archive", item.pk)
    refused = send(
        client, "archive", item.pk, status=403, soft_copy="B", hard_copy="", security="rahasia"
    )

    assert codes(page.context["obstacles"]) == {"not_authorised"}
    assert codes(refused.context["findings"]) == {"not_authorised"}


def test_the_ppid_declares_an_item_open_in_its_last_thirty_working_days(client, determined):
    item = Item.objects.get(title=FIRST)
    end = day("opened_on", date(2027, 3, 1))
    with time_machine.travel(datetime(2027, 2, 22, 3, tzinfo=UTC), tick=False):
        as_role(client, determined, "ppid_utama")
        send(client, "item_open", item.pk, reason="masa_berakhir", **end)
        before = visit(client, "item_open", item.pk)
    with time_machine.travel(datetime(2027, 3, 1, 3, tzinfo=UTC), tick=False):
        as_role(client, determined, "ppid_utama")
        after = visit(client, "item_open", item.pk)

    item.refresh_from_db()
    assert item.declared_open_on == date(2027, 3, 1)
    assert before.context["obstacles"] == ()
    assert codes(after.context["obstacles"]) == {"already_declared_open"}


def test_a_declaration_cannot_come_too_early(client, determined):
    as_role(client, determined, "ppid_utama")
    item = Item.objects.get(title=FIRST)
    end = day("opened_on", date(2027, 3, 1))

    page = send(client, "item_open", item.pk, status=403, reason="masa_berakhir", **end)

    assert codes(page.context["findings"]) == {"declared_too_early"}


def decision(**more):
    """Return what the form of a decision of the Komisi Informasi sends."""
    said = {"number": "12/KI/2026", "giver": "Komisi Informasi Provinsi"}
    return {"reason": "putusan_komisi_informasi", **said, **day("dated", MONDAY.date())} | more


@pytest.mark.parametrize("missing", ["number", "giver", "dated"])
def test_an_opening_by_a_decision_names_number_giver_and_day(client, determined, missing):
    as_role(client, determined, "ppid_utama")
    item = Item.objects.get(title=FIRST)
    fields = {name: value for name, value in decision().items() if not name.startswith(missing)}

    answer = send(client, "item_open", item.pk, status=200, **fields)

    assert set(answer.context["form"].errors) == {missing}
    item.refresh_from_db()
    assert item.declared_open_on is None


def test_a_decision_opens_at_once_and_for_good(client, determined):
    as_role(client, determined, "ppid_utama")
    item = Item.objects.get(title=FIRST)

    send(client, "item_open", item.pk, **decision())

    item.refresh_from_db()
    page = visit(client, "item", item.pk).context["page"]
    assert (item.declared_open_on, page.status) == (MONDAY.date(), "terbuka")
    assert item.opening_document == "12/KI/2026, Komisi Informasi Provinsi, 9 Maret 2026"
    assert "opened_in_dispute" in codes(page.reclassifying)
    edition = publish_edition(
        determined.body, by=person_in(determined, "ppid_utama").pk, at=determined.tick()
    )
    entry = next(one for one in edition.content["entries"] if one["public_id"] == item.public_id)
    assert "12/KI/2026" in entry["opened_reason"]


def test_a_document_of_tomorrow_opens_nothing(client, determined):
    as_role(client, determined, "ppid_utama")
    item = Item.objects.get(title=FIRST)
    tomorrow = day("dated", MONDAY.date() + timedelta(days=1))

    answer = send(client, "item_open", item.pk, status=200, **decision(**tomorrow))

    assert set(answer.context["form"].errors) == {"dated"}


def test_every_reason_of_the_ground_has_a_form_of_its_own(client, determined):
    as_role(client, determined, "ppid_utama")
    item = Item.objects.get(title=FIRST)
    offered = [one for one, _ in visit(client, "item_open", item.pk).context["reasons"]]

    asked = {
        one: set(visit(client, "item_open", item.pk, alasan=one).context["form"].fields)
        for one in offered
    }

    named = {"act", "number", "giver", "dated"}
    assert asked.pop(OpeningReason.TERM_ENDS) == {"act", "opened_on"}
    assert set(asked) >= {OpeningReason.OBJECTION, *(set(DISPUTE_REASONS))}
    assert all(fields == named for fields in asked.values())


def test_a_reason_that_is_not_for_the_ground_is_not_offered(client, determined):
    as_role(client, determined, "ppid_utama")
    item = Item.objects.get(title=FIRST)
    page = visit(client, "item_open", item.pk, alasan="sidang_terbuka")
    assert OpeningReason.HEARING not in [one for one, _ in page.context["reasons"]]


def test_a_candidate_cannot_be_declared_open(client, walk):
    as_role(client, walk, "ppid_utama")
    item = Item.objects.get(title=FIRST)

    assert codes(visit(client, "item", item.pk).context["page"].opening) == {"item_not_determined"}


def test_who_may_not_open_sees_why(client, determined):
    as_role(client, determined, "tim_pertimbangan")
    item = Item.objects.get(title=FIRST)

    page = visit(client, "item", item.pk)

    assert codes(page.context["page"].opening) == {"not_authorised"}


def test_the_step_that_opens_lets_its_performer_open_the_items_of_earlier_cases(client):
    walk, case = case_of("bontang", before=3)
    as_role(client, walk, "tim_pertimbangan")
    item = Item.objects.first()

    here = visit(client, "item", item.pk).context["page"].opening
    as_role(client, walk, "petugas_ppid")
    elsewhere = visit(client, "item", item.pk).context["page"].opening

    assert codes(here) == {"item_not_determined"}
    assert codes(elsewhere) == {"item_not_determined", "not_authorised"}


def test_a_performer_of_another_step_does_not_open_items(client):
    walk, case = case_of("bontang", before=4)
    as_role(client, walk, "petugas_ppid")

    page = visit(client, "item", Item.objects.first().pk).context["page"]

    assert "not_authorised" in codes(page.opening)


def test_an_item_that_does_not_exist_is_not_found(client, walk):
    as_role(client, walk, "ppid_utama")

    visit(client, "item", walk.case.pk, status=404)


def test_looking_changes_nothing_but_the_trace_of_reading(client, determined):
    as_role(client, determined, "ppid_utama")
    item = Item.objects.get(title=FIRST)
    before = Event.objects.count()

    for route in ("item", "item_change", "sheet", "archive", "item_open"):
        visit(client, route, item.pk)

    read = Event.objects.filter(kind="document.read", item=item.pk)
    assert (Event.objects.count(), read.count()) == (before + 1, 1)
    assert person_in(determined, "ppid_utama")
