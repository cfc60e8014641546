"""The acts of the pages by the officers' API: the same forms, actions and refusals."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.urls import reverse

from office.api_asking import asking
from office.asking import ADDRESS, PERSON, asked_office, objected, received, refused_request
from office.offices import (
    SHORT_SOP,
    assert_sound,
    case_in,
    item_in,
    register_item,
    who,
)
from office.pages import as_role, codes
from office.remembered import remembered
from office.store import borrow, put, shelf
from office.test_deliberations import Desk
from office.test_officers_api import codes as api_codes
from ppid.law.deliberation import Stance
from ppid.law.docket import Matter
from ppid.law.term import PeriodTerm
from ppid.office.actions.sops import adopt_sop
from ppid.office.demo.walk import walk_to_end
from ppid.office.labels import code_of
from ppid.office.models import (
    Case,
    Deliberation,
    Event,
    InformationRequest,
    Loan,
    Objection,
    StockTake,
)
from ppid.office.queries.history import who_in_words

AS_THE_API_SAYS = {302: 200, 200: 422}
"""What a page answers with a way on, or with its form and the mistakes in it."""

pytestmark = [
    pytest.mark.django_db(databases=["default", "public"]),
    pytest.mark.usefixtures("unhurried"),
]


@pytest.fixture
@remembered
def walk():
    return asked_office()


@pytest.fixture
def api(client, walk):
    return asking(client, walk)


def fields(**said):
    return {"fields": said}


def request_fields(walk):
    return fields(
        number="014/PI/2026",
        received_on=walk.today.isoformat(),
        requester=PERSON,
        address=ADDRESS,
        subject="Rekam medis tahun 2025",
        form="Salinan elektronik",
        delivery="Surat elektronik",
    )


def test_a_case_is_opened_by_its_sop(walk, api):
    version = adopt_sop(walk.body, text=SHORT_SOP, at=walk.now)
    path = f"/sops/{version.pk}/acts/open-case"
    [sop] = api("GET", "/sops", "petugas_ppid")["items"]
    asked = {one["name"]: one for one in api("GET", path, "petugas_ppid")["fields"]}
    said = fields(title="Triwulan I", step=asked["step"]["value"])
    refused = api("POST", path, "ppid_utama", said, status=403)
    made = api("POST", path, "petugas_ppid", said)

    assert (sop["id"], sop["state"], sop["obstacles"]) == (str(version.pk), "berlaku", [])
    assert api_codes(refused) == ["not_authorised"]
    assert str(Case.objects.get().pk) == made["made"]
    assert "lewat token API" in who_in_words(Event.objects.get(kind="case.opened"), {})
    assert_sound()


def test_no_case_for_what_ends_is_opened_by_an_sop_without_such_a_step(walk, api):
    version = adopt_sop(walk.body, text=SHORT_SOP, at=walk.now)
    said = api("POST", f"/sops/{version.pk}/acts/open-ending-case", "petugas_ppid", status=404)
    assert api_codes(said) == ["sop_unknown"]


def test_a_request_comes_from_its_record_to_the_dispute(walk, api):
    item = register_item(walk)
    begun = walk.now
    asked = api("POST", "/new/request", "petugas_ppid", request_fields(walk))["made"]
    on = f"/requests/{asked}/acts"
    api("POST", f"{on}/link", "petugas_ppid", fields(item=str(item.pk)))
    api("POST", f"{on}/extend", "ppid_utama", fields(reason="Tersebar di tiga unit."))
    letter = {
        one["name"]: one["value"] for one in api("GET", f"{on}/answer", "ppid_utama")["fields"]
    }
    letter |= {"number": "480/1", "outcome": "dikabulkan_sebagian", "given": "Rekapitulasi"}
    letter |= {"redaction": "Nama pasien"}
    api("POST", f"{on}/answer", "ppid_utama", fields(**letter))
    today = walk.today.isoformat()
    objection = {"number": "1/KB", "filed_on": today, "found_on": today, "grounds": ["a"]}
    made = api("POST", f"{on}/object", "petugas_ppid", fields(**objection))["made"]
    against = f"/objections/{made}/acts"
    upheld = {"number": "480/2", "answered_on": today, "outcome": "dikuatkan", "reason": "Benar."}
    api("POST", f"{against}/answer", "atasan_ppid", fields(**upheld))
    filed = {"number": "1/REG", "registered_on": today}
    api("POST", f"{against}/dispute", "petugas_ppid", fields(**filed))
    ended = {"number": "1/PTSN", "decided_on": today}
    api("POST", f"{against}/dispute-decision", "petugas_ppid", fields(**ended))
    [told] = api("GET", f"/requests/{asked}/objections", "petugas_ppid")["items"]

    row = InformationRequest.objects.get(pk=asked)
    assert (row.extended_on, row.answered_on, row.outcome) == (
        walk.today,
        walk.today,
        "dikabulkan_sebagian",
    )
    assert (told["id"], told["outcome"], told["disputed_on"]) == (made, "dikuatkan", today)
    assert Objection.objects.get().dispute_decision == "1/PTSN"
    acts = Event.objects.filter(at__gt=begun, kind__regex=r"^(request|objection|dispute)\.")
    assert acts.count() == 8
    assert [one.kind for one in acts if "lewat token" not in who_in_words(one, {})] == []
    assert_sound()


def test_what_is_asked_for_is_tested_anew_or_no_longer_linked(walk, api):
    case = case_in(walk)
    item = register_item(walk, case)
    asked = received(walk)
    api("POST", f"/requests/{asked.pk}/acts/link", "petugas_ppid", fields(item=str(item.pk)))
    on = f"/requests/{asked.pk}/items/{item.pk}/acts"
    [into] = api("GET", f"{on}/retest", "petugas_ppid")["fields"]
    proposed = {"agency": str(walk.agencies[0].pk), "title": "Baru", "into": str(case.pk)}
    api("POST", f"/requests/{asked.pk}/acts/propose", "petugas_ppid", fields(**proposed))
    refused = api("POST", f"{on}/retest", "petugas_ppid", fields(into=str(case.pk)), status=403)
    api("POST", f"{on}/unlink", "petugas_ppid")
    unknown = api("POST", f"{on}/unlink", "petugas_ppid", status=404)

    assert str(case.pk) in into["choices"]
    assert len(into["labels"]) == len(into["choices"])
    assert api_codes(refused) != []
    assert api_codes(unknown) == ["item_unknown"]
    assert [link.item.title for link in asked.requested.all()] == ["Baru"]


@pytest.mark.parametrize("item", ["x", "00000000-0000-4000-8000-000000000000"])
def test_what_is_not_in_the_register_is_not_linked(walk, api, item):
    asked = received(walk)
    said = fields(item=item)
    refused = api("POST", f"/requests/{asked.pk}/acts/link", "petugas_ppid", said, status=422)
    assert [(one["code"], one["place"]) for one in refused["findings"]] == [
        ("invalid_choice", "item")
    ]


def test_the_agencies_of_a_case_are_told_and_chosen(walk, api):
    case = case_in(walk)
    path = f"/cases/{case.pk}/acts/agencies"
    [asked] = api("GET", path, "petugas_ppid")["fields"]
    refused = api("POST", path, "auditor", fields(agencies=asked["choices"]), status=403)
    assert (asked["name"], asked["value"]) == ("agencies", [])
    assert sorted(asked["labels"]) == sorted(one.name for one in walk.agencies)
    assert api_codes(refused) == ["not_authorised"]


def test_a_change_of_classification_is_begun_in_a_case(walk, api):
    item = register_item(walk)
    list(walk_to_end(walk, item.case))
    path = f"/items/{item.pk}/acts/reclassify"
    why, into = api("GET", path, "petugas_ppid")["fields"]
    changed = fields(reason="Penyidikan berlanjut.", into=into["choices"][0])
    refused = api("POST", path, "auditor", changed, status=422)
    made = api("POST", path, "petugas_ppid", changed)["made"]

    item.refresh_from_db()
    assert (why["name"], why["required"], into["name"]) == ("reason", True, "into")
    assert api_codes(refused) == ["invalid_choice"]
    assert str(item.case_id) == made
    assert_sound()


def test_an_item_is_declared_open_by_who_may(walk, api):
    item = register_item(walk)
    on = f"/items/{item.pk}/acts"
    said = fields(number="1/PTUN", giver="PTUN Palangka Raya", dated=walk.today.isoformat())
    unknown = api("POST", f"{on}/open-nothing", "ppid_utama", said, status=422)
    refused = api("POST", f"{on}/open-court", "petugas_ppid", said, status=403)
    api("POST", f"{on}/open-court", "ppid_utama", said)

    assert (api_codes(unknown), api_codes(refused)) == (["bad_input"], ["not_authorised"])
    item.refresh_from_db()
    assert item.declared_open_on == walk.today
    assert_sound()


def test_a_reason_that_the_ground_does_not_have_opens_nothing(walk, api):
    item = register_item(walk)
    said = fields(number="12/Pid", giver="PN Palangka Raya", dated=walk.today.isoformat())
    refused = api("POST", f"/items/{item.pk}/acts/open-hearing", "ppid_utama", said, status=403)
    assert api_codes(refused) == ["opening_reason_not_for_ground"]


def test_words_are_changed_before_and_the_title_corrected_after_the_letter(walk, api):
    item = item_in(walk, case_in(walk))
    words = fields(title="Rekam medis 2025", public_title="Rekam medis", summary="")
    api("POST", f"/items/{item.pk}/acts/change-words", "petugas_ppid", words)
    exempt = register_item(walk, item.case, title="Lain", number="2/PPID/2026")
    corrected = fields(public_title="Judul lain", reason="Salah ketik.")
    refused = api(
        "POST", f"/items/{item.pk}/acts/correct-title", "ppid_utama", corrected, status=403
    )
    api("POST", f"/items/{exempt.pk}/acts/correct-title", "ppid_utama", corrected)
    held = api("GET", f"/items/{item.pk}/acts/change-words", "petugas_ppid")["fields"]

    assert api_codes(refused) != []
    exempt.refresh_from_db()
    assert exempt.public_title == "Judul lain"
    assert [one["value"] for one in held] == ["Rekam medis 2025", "Rekam medis", ""]


def test_the_store_room_is_kept_by_the_api(walk, api):
    item = register_item(walk)
    room = api("POST", "/new/place", "arsiparis", fields(kind="ruang", name="Arsip"))["made"]
    inside = fields(kind="boks", name="1", parent=room)
    box = api("POST", "/new/place", "arsiparis", inside)["made"]
    renamed = fields(name="2", parent=room)
    api("POST", f"/places/{box}/acts/change", "arsiparis", renamed)
    strange = fields(place=box, security="rahasia", amount=24)
    api("POST", f"/items/{item.pk}/acts/archive", "auditor", strange, status=403)
    api("POST", f"/items/{item.pk}/acts/archive", "arsiparis", strange)
    seen = fields(scans=code_of(item.pk))
    taken = api("POST", f"/places/{box}/acts/stock-take", "arsiparis", seen)["made"]
    lent = fields(borrower=str(who(walk, "petugas_ppid")), reason="Sidang", workdays=3)
    loan = api("POST", f"/items/{item.pk}/acts/lend", "arsiparis", lent)["made"]
    twice = api("POST", f"/items/{item.pk}/acts/lend", "arsiparis", lent, status=403)
    [out] = api("GET", "/loans", "arsiparis")["items"]
    api("POST", f"/loans/{loan}/acts/return", "arsiparis", fields(condition="Lengkap"))
    full = api("POST", f"/places/{box}/acts/close", "arsiparis", status=403)
    places = api("GET", "/places", "arsiparis")["items"]

    assert [one["path"] for one in places] == ["Ruang Arsip", "Ruang Arsip, Boks 2"]
    assert (str(item.archive.place_id), item.archive.amount) == (box, 24)
    assert str(StockTake.objects.get().pk) == taken
    assert (out["id"], out["item"], out["who"]) == (loan, str(item.pk), "petugas_ppid")
    assert "already_lent" in api_codes(twice)
    assert Loan.objects.get().returned_at is not None
    assert api_codes(full) != []
    assert_sound()


def test_the_docket_is_decided_line_by_line(walk, api):
    item = register_item(walk, term=PeriodTerm(walk.today, months=1))
    before = api("GET", "/docket", "ppid_utama")
    [line] = before["items"]
    name = f"line_{item.pk.hex}"
    asked = {one["name"]: one for one in api("GET", "/docket/decide", "ppid_utama")["fields"]}
    done = api("POST", "/docket/decide", "ppid_utama", fields(**{name: "buka"}))

    assert (line["item"], line["matter"], before["opening"]) == (str(item.pk), Matter.END.value, [])
    assert "buka" in asked[name]["choices"]
    assert done["lines"] == [{"item": str(item.pk), "findings": []}]
    item.refresh_from_db()
    assert item.declared_open_on == item.opens_on
    api("POST", "/docket/decide", "ppid_utama", fields(**{name: "buka"}), status=422)


def test_the_team_is_invited_and_its_minutes_closed(client):
    desk = Desk()
    walk, api = desk.walk, asking(client, desk.walk)
    on, tomorrow = f"/cases/{desk.case.pk}", walk.today + timedelta(days=1)
    said = {"held_on": tomorrow.isoformat(), "invited_on": walk.today.isoformat()}
    said |= {"place": "Aula", "items": [str(desk.item.pk)]}
    refused = api("POST", f"{on}/acts/invite-team", "auditor", fields(**said), status=403)
    off = api("POST", f"{on}/acts/invite-team", "petugas_ppid", fields(**said))["made"]
    why = fields(reason="Pindah hari.")
    api("POST", f"/meetings/{off}/acts/call-off", "petugas_ppid", why)
    again = api("POST", f"/meetings/{off}/acts/call-off", "petugas_ppid", why, status=409)
    made = api("POST", f"{on}/acts/invite-team", "petugas_ppid", fields(**said))["made"]
    desk.to(tomorrow)
    held = {"number": "BA/1", "present": [desk.member(name) for name in ("Ani", "Budi", "Citra")]}
    held |= {f"rest_{desk.item.pk.hex}": Stance.PART.value}
    asked = api("GET", f"/meetings/{made}/acts/close-minutes", "petugas_ppid")["fields"]
    api("POST", f"/meetings/{made}/acts/close-minutes", "petugas_ppid", fields(**held))
    over = api("GET", f"/meetings/{made}/acts/close-minutes", "petugas_ppid", status=409)
    told = api("GET", f"/meetings/{made}", "petugas_ppid")
    listed = api("GET", f"{on}/meetings", "petugas_ppid")["items"]

    assert api_codes(refused) == ["not_authorised"]
    assert api_codes(again) != []
    assert api_codes(over) == ["meeting_closed"]
    assert {"number", "present", f"rest_{desk.item.pk.hex}"} <= {one["name"] for one in asked}
    assert (told["minutes"], told["items"], told["hidden"]) == ("BA/1", [str(desk.item.pk)], 0)
    assert {one["id"]: one["called_off"] for one in listed} == {off: True, made: False}
    assert Deliberation.objects.get(pk=made).closed_at is not None
    assert_sound()


def test_minutes_are_written_by_who_sees_the_whole_agenda(client):
    desk = Desk()
    walk, api = desk.walk, asking(client, desk.walk)
    meeting = desk.invited()
    desk.item.agency = walk.agencies[1]
    desk.item.save(update_fields=["agency"])
    said = api("GET", f"/meetings/{meeting.pk}/acts/close-minutes", "ppid_pelaksana", status=403)
    assert api_codes(said) == ["agenda_hidden"]


@pytest.fixture
@remembered
def full():
    """An office with a request, an objection, a place and a loan; and what is sent about them."""
    walk = asked_office()
    asked, item = refused_request(walk)
    objection = objected(walk, asked)
    (box,) = shelf(walk, boxes=1)
    put(walk, item, box)
    loan = borrow(walk, item)
    why = {"reason": "Karena perlu."}
    acts = (
        ("item_title", item.pk, f"items/{item.pk}/acts/correct-title", {"public_title": "B"} | why),
        ("archive", item.pk, f"items/{item.pk}/acts/archive", {"security": "rahasia"}),
        ("loan_return", loan.pk, f"loans/{loan.pk}/acts/return", {}),
        ("place_change", box.pk, f"places/{box.pk}/acts/change", {"name": "9"}),
        ("request_extend", asked.pk, f"requests/{asked.pk}/acts/extend", why),
        ("objection_answer", objection.pk, f"objections/{objection.pk}/acts/answer", {}),
        ("request_new", None, "new/request", {}),
    )
    return walk, acts


@pytest.mark.parametrize("role", ["petugas_ppid", "ppid_utama", "arsiparis", "ppid_pelaksana"])
def test_the_api_answers_each_role_as_the_page_does(client, full, role):
    walk, acts = full
    api, pages = asking(client, walk), Client()
    as_role(pages, walk, role)
    api("GET", "/me", role)
    for route, about, path, said in acts:
        with transaction.atomic():
            with time_machine.travel(walk.now, tick=False):
                address = reverse(route, args=[about] if about else [])
                page = pages.post(address, {"act": uuid4(), **said})
            transaction.set_rollback(True)
        with transaction.atomic():
            status = AS_THE_API_SAYS.get(page.status_code, page.status_code)
            answer = api("POST", f"/{path}", role, fields(**said), status=status)
            transaction.set_rollback(True)
        if status == 403:
            assert set(api_codes(answer)) == codes(page.context["findings"])
