"""What the officers' API does: the acts of the pages, by their forms, with their checks."""

from datetime import date
from uuid import uuid4

import pytest
import time_machine

from office.api_asking import asking
from office.offices import assert_sound, case_in, item_in, office, sheet, who, write_sheet
from office.remembered import remembered
from office.test_officers_api import API, codes, token_of
from ppid.law.consequence_test import from_dict
from ppid.office.demo.walk import act_on
from ppid.office.forms.sheets import initial_of
from ppid.office.models import ApiToken, Draft, Edition, Event, Item, Task
from ppid.office.queries.history import who_in_words

pytestmark = [
    pytest.mark.django_db(databases=["default", "public"]),
    pytest.mark.usefixtures("unhurried"),
]


@pytest.fixture
@remembered
def desk():
    walk = office()
    return walk, case_in(walk)


@pytest.fixture
def api(client, desk):
    """Ask as somebody: method, path, role, what is sent."""
    return asking(client, desk[0])


def words(item="Rekam medis"):
    return {"title": item, "public_title": item, "summary": ""}


def filled(walk):
    """The fields of a whole sheet, as a program would send them."""
    said = initial_of(sheet(walk), ["reason"])
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in said.items()
        if value not in (None, "", [])
    }


def act(case, step, what="complete"):
    return f"/cases/{case.pk}/steps/{step}/{what}"


def test_a_case_comes_to_its_letter_and_edition_by_the_api(desk, api):
    walk, case = desk
    beside = f"/cases/{case.pk}/beside/head-approval"
    agency = str(walk.agencies[0].pk)
    new = {"fields": words() | {"agency": agency}}
    made = api("POST", f"/cases/{case.pk}/items", "petugas_ppid", new)
    item = Item.objects.get(pk=made["id"])
    api("POST", act(case, 1), "petugas_ppid")
    api("POST", f"/items/{item.pk}/sheet", "petugas_ppid", {"fields": filled(walk)})
    api("POST", act(case, 2), "petugas_ppid", {"fields": {"note": "Lembar lengkap."}})
    act_on(walk, case, Task.objects.get())  # the team meets; its minutes have pages of their own
    yes = {f"decision_{item.pk.hex}": "setuju"}
    asked = api("GET", act(case, 4), "tim_pertimbangan")["fields"]
    api("POST", act(case, 4), "tim_pertimbangan", {"fields": yes | {"outcome": "Ya"}})
    api("POST", beside, "pimpinan_badan_publik", {"fields": yes})
    letter = {
        f"decision_{item.pk.hex}": "tetapkan",
        "number": "1/PPID/2026",
        "determined_on": walk.today.isoformat(),
        "place": "Kota",
        "unit": "Dinas Kominfo",
    }
    done = api("POST", act(case, 5), "ppid_utama", {"fields": letter})
    cleared = {"cleared": "Judul itu sendiri tidak membuka apa pun."}
    unclear = api("POST", "/editions", "ppid_utama", status=403)
    edition = api("POST", "/editions", "ppid_utama", cleared)

    assert {one["name"] for one in asked} >= {"outcome", "reason", "note", *yes}
    assert codes(unclear) == ["inside_title"]
    assert done["lines"] == [{"item": str(item.pk), "findings": []}]
    item.refresh_from_db()
    assert item.stage == "dikecualikan"
    assert from_dict(item.determined_test.sheet).term == sheet(walk).term
    assert (edition["number"], Edition.objects.get().content_hash) == (1, edition["content_hash"])
    assert list(Task.objects.values_list("step", flat=True)) == [6]
    assert_sound()


def test_the_log_names_the_token_of_each_act(desk, api):
    walk, case = desk
    item_in(walk, case)
    api("POST", act(case, 1), "petugas_ppid")

    event = Event.objects.get(kind="step.acted")
    token = ApiToken.objects.get()
    names = {token.person_id: token.person.name}
    assert event.actor == who(walk, "petugas_ppid")
    assert who_in_words(event, names) == f"petugas_ppid, lewat token API “{token.name}”"
    assert_sound()


def test_a_token_that_only_reads_does_nothing(client, desk):
    walk, case = desk
    token = token_of(walk, "petugas_ppid")
    with time_machine.travel(walk.now, tick=False):
        answer = client.post(
            f"{API}{act(case, 1)}",
            "{}",
            content_type="application/json",
            headers={"Authorization": f"Bearer {token}"},
        )
        fields = client.get(f"{API}{act(case, 1)}", headers={"Authorization": f"Bearer {token}"})
    assert (answer.status_code, codes(answer.json())) == (403, ["token_reads_only"])
    assert [one["name"] for one in fields.json()["fields"]] == ["note"]
    assert not Event.objects.filter(kind="step.acted").exists()


@pytest.mark.parametrize("sent", [b"x", b"\xff", b"[1"])
def test_what_is_no_json_is_refused_as_a_problem(client, desk, sent):
    walk, case = desk
    token = token_of(walk, "petugas_ppid", acting=True)
    with time_machine.travel(walk.now, tick=False):
        answer = client.post(
            f"{API}{act(case, 1)}",
            sent,
            content_type="application/json",
            headers={"Authorization": f"Bearer {token}"},
        )
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert codes(answer.json()) == ["not_json"]


def test_the_same_key_acts_once(desk, api):
    walk, case = desk
    key = str(uuid4())
    said = {"fields": words() | {"agency": str(walk.agencies[0].pk)}}
    api("POST", f"/cases/{case.pk}/items", "petugas_ppid", said, key=key)
    again = api("POST", f"/cases/{case.pk}/items", "petugas_ppid", said, key=key, status=409)
    assert codes(again) == ["already_done"]
    assert Item.objects.count() == 1


def test_who_may_not_act_on_the_page_may_not_by_the_api(desk, api):
    walk, case = desk
    item_in(walk, case)
    refused = api("POST", act(case, 1), "ppid_utama", status=403)
    assert "not_authorised" in codes(refused)
    api("POST", "/editions", "auditor", status=403)
    api("POST", f"/cases/{case.pk}/items", "auditor", {"fields": words()}, status=422)
    assert not Event.objects.filter(kind="step.acted").exists()


def test_what_the_sop_and_the_law_want_first_is_named(desk, api):
    _, case = desk
    refused = api("POST", act(case, 1), "petugas_ppid", status=403)
    assert codes(refused) != []
    assert codes(api("POST", act(case, 5), "ppid_utama", status=404)) == ["step_not_open"]


def test_a_step_is_extended_or_declined_with_a_reason_only(desk, api):
    _, case = desk
    for what, status in (("extend", 403), ("decline", 409)):
        bare = api("POST", act(case, 1, what), "petugas_ppid", status=422)
        assert [(one["code"], one["place"]) for one in bare["findings"]] == [("required", "reason")]
        said = {"fields": {"reason": "Menunggu data."}}
        refused = api("POST", act(case, 1, what), "petugas_ppid", said, status=status)
        assert codes(refused) != []


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({"lain": "x"}, ("field_unknown", "lain")),
        ({"tested_on": "kemarin"}, ("date_part_not_a_number", "tested_on")),
        ({"tested_on": "2026-02-30"}, ("date_does_not_exist", "tested_on")),
        ({"ground": "z"}, ("invalid_choice", "ground")),
    ],
)
def test_what_is_filled_in_wrongly_is_named_at_its_field(desk, api, fields, found):
    walk, case = desk
    item = item_in(walk, case)
    said = api("POST", f"/items/{item.pk}/sheet", "petugas_ppid", {"fields": fields}, status=422)
    assert [(one["code"], one["place"]) for one in said["findings"]] == [found]


def test_the_letter_beside_the_sop_asks_for_its_parts(desk, api):
    walk, case = desk
    item = item_in(walk, case)
    write_sheet(walk, item)
    path = f"/cases/{case.pk}/beside/letter"
    names = {one["name"]: one for one in api("GET", path, "ppid_utama")["fields"]}
    assert names["determined_on"]["kind"] == "date"
    assert f"decision_{item.pk.hex}" in names
    said = {"fields": {f"decision_{item.pk.hex}": "tetapkan"}}
    assert codes(api("POST", path, "ppid_utama", said, status=422)) != []


def test_a_draft_is_kept_for_its_writer_and_goes_on_on_the_page(desk, api):
    walk, case = desk
    item = item_in(walk, case)
    path, half = f"/items/{item.pk}/sheet-draft", {"document": "Berkas", "tested_on": "2026-03-09"}
    api("PUT", path, "petugas_ppid", {"fields": half | {"participants": "", "consent": "ya"}})
    kept = Draft.objects.get().content
    assert (kept["document"], kept["tested_on_bulan"]) == (["Berkas"], ["03"])
    api("PUT", path, "auditor", {"fields": half}, status=403)
    assert Draft.objects.count() == 1
