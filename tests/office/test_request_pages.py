"""The pages of requests and objections: what they show, what they send, what they refuse."""

from datetime import date, datetime, timedelta

import pytest
import time_machine

from office.asking import (
    ADDRESS,
    PERSON,
    answered,
    asked_office,
    linked,
    objected,
    received,
    refused_request,
    responded,
)
from office.offices import appoint, case_in, opened, register_item, who, write_sheet
from office.pages import as_role, codes, day, send, visit
from ppid.law.consequence_test import Moment
from ppid.law.objection import ObjectionOutcome
from ppid.law.request_answer import Outcome
from ppid.office.actions.requests import propose_item
from ppid.office.models import InformationRequest, Item, Objection, RequestedItem, SopVersion

pytestmark = pytest.mark.django_db(databases=["default", "public"])
DAY = timedelta(days=1)
RECORD = {
    "number": "014/PI/2026",
    "requester": PERSON,
    "address": ADDRESS,
    "subject": "Rekam medis program",
    "purpose": "Penelitian",
    "form": "Salinan cetak",
    "delivery": "Diambil langsung",
}


@pytest.fixture
def walk():
    """An office on 10 March 2026, and the clock of its pages at half past four that day."""
    made = asked_office(on=date(2026, 3, 10))
    with time_machine.travel(datetime(2026, 3, 10, 16, 30, tzinfo=made.body.zone), tick=False):
        yield made


def text(answer):
    return " ".join(answer.content.decode().split())


def test_a_request_is_recorded_on_its_page(client, walk):
    as_role(client, walk, "petugas_ppid")
    visit(client, "request_new")

    answer = send(client, "request_new", **RECORD, **day("received_on", walk.today))

    asked = InformationRequest.objects.get()
    assert answer.url.endswith(f"/permintaan/{asked.pk}/")
    assert (asked.requester, asked.purpose, asked.delivery) == (
        PERSON,
        "Penelitian",
        "Diambil langsung",
    )


def test_an_impossible_day_and_a_day_to_come_are_told(client, walk):
    as_role(client, walk, "petugas_ppid")
    boxes = {"received_on_hari": 31, "received_on_bulan": 2, "received_on_tahun": 2026}
    answer = send(client, "request_new", status=200, **RECORD, **boxes)
    assert "received_on" in answer.context["form"].errors

    tomorrow = day("received_on", walk.today + DAY)
    answer = send(client, "request_new", status=200, **RECORD, **tomorrow)
    assert codes(answer.context["findings"]) == {"date_in_future"}


def test_the_form_is_disabled_for_who_does_not_serve_requests(client, walk):
    as_role(client, walk, "auditor")
    answer = visit(client, "request_new")
    assert codes(answer.context["obstacles"]) == {"not_authorised"}
    send(client, "request_new", status=403, **RECORD, **day("received_on", walk.today))
    assert codes(visit(client, "requests").context["recording"]) == {"not_authorised"}


def test_the_same_record_sent_twice_is_one_request(client, walk):
    as_role(client, walk, "petugas_ppid")
    fields = {**RECORD, **day("received_on", walk.today)}
    act = "0d1d3e0e-7a52-4d2b-9d0d-0a5a9fba2f10"
    send(client, "request_new", act=act, **fields)
    assert send(client, "request_new", act=act, **fields).url.endswith("/permintaan/")
    assert InformationRequest.objects.count() == 1


def test_the_lists_show_the_last_day_and_the_days_left(client, walk):
    asked = received(walk)
    as_role(client, walk, "ppid_utama")
    for route in ("requests", "inbox", "docket"):
        shown = text(visit(client, route))
        assert asked.number in shown, route
        assert "31 Maret 2026" in shown
        assert "Sisa 10 hari kerja" in shown
    assert asked.number in text(visit(client, "requests", keadaan="semua"))


def test_who_asks_is_named_to_those_who_handle_requests_only(client, walk):
    asked = received(walk)
    as_role(client, walk, "auditor")
    assert PERSON not in text(visit(client, "request", asked.pk))
    as_role(client, walk, "ppid_utama")
    assert PERSON in text(visit(client, "request", asked.pk))


def test_who_only_manages_the_system_finds_no_request(client, walk):
    asked = received(walk)
    appoint(walk, "pengelola_sistem")
    as_role(client, walk, "pengelola_sistem")
    visit(client, "request", asked.pk, status=404)
    visit(client, "requests", status=403)


def test_an_item_is_found_linked_and_taken_off_again(client, walk):
    item, asked = register_item(walk), received(walk)
    register_item(walk, item.case, number="2/PPID/2026", title="Topologi jaringan")
    as_role(client, walk, "petugas_ppid")

    offered = visit(client, "request_link", asked.pk).context["form"].found
    assert [one.title for one in offered.values()] == ["Rekam medis"]
    assert not visit(client, "request_link", asked.pk, cari="paspor").context["form"].found

    send(client, "request_link", asked.pk, item=item.pk)
    assert RequestedItem.objects.get().item == item
    assert "Dikecualikan" in text(visit(client, "request", asked.pk))
    assert asked.number in text(visit(client, "item", item.pk))
    send(client, "request_unlink", asked.pk, item.pk)
    assert not RequestedItem.objects.exists()


def test_a_search_narrows_what_can_be_linked(client, walk):
    item, asked = register_item(walk), received(walk, subject="A b c")
    as_role(client, walk, "petugas_ppid")
    assert not visit(client, "request_link", asked.pk).context["form"].found
    found = visit(client, "request_link", asked.pk, cari="medis rekam").context["form"].found
    assert list(found) == [str(item.pk)]


def test_a_test_on_request_is_begun_and_its_sheet_knows_its_moment(client, walk):
    case_in(walk)
    asked = received(walk)
    as_role(client, walk, "petugas_ppid")
    version = SopVersion.objects.get(body=walk.body)

    send(
        client,
        "request_propose",
        asked.pk,
        into=version.pk,
        agency=walk.agencies[0].pk,
        title="Hasil laboratorium",
        public_title="Hasil laboratorium",
    )

    item = Item.objects.get(title="Hasil laboratorium")
    assert asked.number in item.case.title
    form = visit(client, "sheet", item.pk).context["form"]
    assert form.initial["moment"] == Moment.ON_REQUEST
    assert "Masih diuji" in text(visit(client, "request", asked.pk))


def test_a_listed_item_is_tested_anew_on_its_page(client, walk):
    case = case_in(walk)
    item, asked = register_item(walk, case), received(walk)
    linked(walk, asked, item)
    as_role(client, walk, "petugas_ppid")
    busy = visit(client, "request_retest", asked.pk, item.pk)
    assert codes(busy.context["obstacles"]) == {"item_in_case"}
    fields = {"into": case.pk}
    send(client, "request_retest", asked.pk, item.pk, status=403, **fields)
    other = received(walk, number="002/PI/2026")
    visit(client, "request_retest", other.pk, item.pk, status=404)


def test_who_may_open_no_case_is_told_so(client, walk):
    asked = received(walk)
    as_role(client, walk, "petugas_ppid")
    answer = visit(client, "request_propose", asked.pk)
    assert codes(answer.context["obstacles"]) == {"no_case_possible"}


def test_time_is_extended_on_its_page(client, walk):
    asked = received(walk)
    as_role(client, walk, "ppid_utama")
    send(client, "request_extend", asked.pk, reason="Dokumen tersebar")
    assert "10 April 2026" in text(visit(client, "request", asked.pk))
    answer = send(client, "request_extend", asked.pk, status=403, reason="Lagi")
    assert codes(answer.context["findings"]) == {"extended_twice"}


ANSWER = {
    "number": "480/7/2026",
    "outcome": Outcome.PART.value,
    "given": "Rekapitulasi",
    "redaction": "Nama pasien, karena rahasia pribadi",
    "delivery": "Salinan cetak, diambil langsung",
    "cost": "Rp2.000",
}


def test_an_answer_is_given_on_its_page_and_printed_as_a_letter(client, walk):
    item, asked = register_item(walk), received(walk)
    linked(walk, asked, item)
    as_role(client, walk, "ppid_utama")
    visit(client, "request_letter", asked.pk, status=404)
    form = visit(client, "request_answer", asked.pk).context["form"]
    assert form.initial["redaction"] == "Identitas dan riwayat pasien; data agregat per " + (
        "kecamatan tetap dapat diberikan."
    )

    send(client, "request_answer", asked.pk, **ANSWER, **day("answered_on", walk.today))

    letter = text(visit(client, "request_letter", asked.pk))
    shown = ("480/7/2026", "Rekapitulasi", "Nama pasien", "Rp2.000", "huruf h", "1/PPID/2026")
    assert [one for one in shown if one not in letter] == []
    assert PERSON in letter
    assert item.title != item.public_title
    assert f">{item.title}<" not in letter


def test_an_answer_that_may_not_be_tells_every_obstacle(client, walk):
    asked = received(walk)
    as_role(client, walk, "ppid_utama")
    fields = ANSWER | {"redaction": "", **day("answered_on", walk.today - DAY)}
    answer = send(client, "request_answer", asked.pk, status=403, **fields)
    assert codes(answer.context["findings"]) == {
        "date_too_early",
        "refusal_ground_missing",
        "redaction_reason_missing",
    }


def test_an_answer_that_nothing_is_held_names_who_holds_it(client, walk):
    asked = received(walk)
    answered(walk, asked, outcome=Outcome.NOT_HELD, holder="Kantor Pertanahan")
    as_role(client, walk, "ppid_utama")
    assert "Kantor Pertanahan" in text(visit(client, "request_letter", asked.pk))


def test_an_objection_goes_from_its_record_to_the_superiors_letter(client, walk):
    asked, item = refused_request(walk)
    as_role(client, walk, "petugas_ppid")
    days = {**day("filed_on", walk.today), **day("found_on", walk.today)}
    send(client, "objection_new", asked.pk, number="001/KB/2026", grounds=["a"], **days)
    objection = Objection.objects.get()
    visit(client, "objection_letter", objection.pk, status=404)
    as_role(client, walk, "atasan_ppid")
    assert asked.number in text(visit(client, "inbox"))
    visit(client, "objection_answer", objection.pk)

    fields = {"number": "480/8/Setda/2026", "outcome": ObjectionOutcome.GRANTED.value}
    fields |= {"items": [str(item.pk)], **day("answered_on", walk.today)}
    send(client, "objection_answer", objection.pk, **fields)

    item.refresh_from_db()
    assert item.declared_open_on == walk.today
    letter = text(visit(client, "objection_letter", objection.pk))
    assert item.public_title in letter
    assert "Keberatan dikabulkan" in letter


def test_the_ppid_finds_no_way_to_answer_an_objection(client, walk):
    asked, _ = refused_request(walk)
    objection = objected(walk, asked)
    as_role(client, walk, "ppid_utama")
    answer = visit(client, "objection_answer", objection.pk)
    assert codes(answer.context["obstacles"]) == {"not_authorised"}


def test_a_dispute_and_its_end_are_recorded_on_their_pages(client, walk):
    asked, _ = refused_request(walk)
    objection = objected(walk, asked)
    upheld = {"outcome": ObjectionOutcome.UPHELD, "reason": "Rahasia pasien"}
    responded(walk, objection, **upheld)
    as_role(client, walk, "petugas_ppid")
    for route, name in (("dispute", "registered_on"), ("dispute_decision", "decided_on")):
        visit(client, route, objection.pk)
        send(client, route, objection.pk, number=f"12/{name}", **day(name, walk.today))
        decided = [
            one.decided for one in visit(client, "requests", keadaan="semua").context["lines"]
        ]
        assert decided == [route == "dispute_decision"]
    shown = text(visit(client, "request", asked.pk))
    assert "12/registered_on" in shown
    assert "12/decided_on" in shown
    assert shown.count("Diputus Komisi Informasi") == 2


def test_an_objection_that_nobody_knows_is_not_found(client, walk):
    asked, _ = refused_request(walk)
    as_role(client, walk, "atasan_ppid")
    visit(client, "objection_answer", asked.pk, status=404)


def test_silence_is_objected_to_from_the_day_the_reason_was_found(client, walk):
    asked = received(walk)
    as_role(client, walk, "petugas_ppid")
    assert visit(client, "objection_new", asked.pk).context["form"].initial["found_on"] is None


def test_what_was_opened_is_shown_as_open_on_the_request(client, walk):
    item, asked = register_item(walk), received(walk)
    linked(walk, asked, item)
    opened(walk, item)
    as_role(client, walk, "ppid_utama")
    (line,) = visit(client, "request", asked.pk).context["page"].items
    assert line.words == "Terbuka"
    assert codes(line.retesting) == {"already_open"}


def test_a_sheet_already_begun_keeps_its_moment(client, walk):
    case, asked = case_in(walk), received(walk)
    by = who(walk, "petugas_ppid")
    propose_item(asked, into=case, agency=walk.agencies[0], title="Data", by=by, at=walk.tick())
    item = case.items.get()
    write_sheet(walk, item, moment=Moment.ORDERED)
    as_role(client, walk, "petugas_ppid")
    form = visit(client, "sheet", item.pk).context["form"]
    assert form.initial["moment"] == Moment.ORDERED
