"""The read API: what it answers, how it goes on, and that it does as its own document says."""

from dataclasses import fields
from datetime import date, timedelta

import pytest
import schemathesis
import time_machine
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, connections
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as examples

from ppid.public.api import api
from ppid.public.api_shapes import EntriesOut, EntryOut, HistoryOut
from ppid.public.intake import EntryIn, HistoryIn, accept, plain_content
from public.editions import ON_THE_OPEN_SITE, edition_in, entry_in, note

pytestmark = ON_THE_OPEN_SITE
API = "/api/v1/bodies"
BODY = f"{API}/kota-contoh"
PLAIN = {"Accept-Encoding": "identity"}
FEW = examples(
    max_examples=6,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def ask(client, address, *, status=200):
    with time_machine.travel("2026-04-20 05:00 +0000", tick=False):
        response = client.get(address)
    assert response.status_code == status
    return response.json()


def many(count):
    start = date(2025, 7, 1)
    return [entry_in(f"E{n:03}", decree_date=start + timedelta(days=n // 4)) for n in range(count)]


def test_an_entry_has_exactly_the_fields_that_may_cross_the_wall_and_its_status():
    assert set(EntryOut.model_fields) == {one.name for one in fields(EntryIn)} | {
        "open_from",
        "status",
    }
    assert set(HistoryOut.model_fields) == {one.name for one in fields(HistoryIn)}


def test_an_entry_says_what_its_edition_says(client):
    line = HistoryIn(date=date(2025, 7, 2), kind="ditinjau", text="Ditinjau.")
    entry = entry_in("A", history=(line,), event="putusan")
    accept(edition_in(entry))

    said = ask(client, f"{BODY}/entries/A")

    assert (said.pop("open_from"), said.pop("status")) == ("2027-07-01", "dikecualikan")
    assert said == plain_content(entry)


def test_entries_have_the_shape_that_the_document_shows(client):
    line = HistoryIn(date=date(2025, 7, 2), kind="ditinjau", text="Ditinjau.")
    accept(edition_in(entry_in("A", history=(line,), event="putusan"), entry_in("B")))

    found, one = ask(client, f"{BODY}/entries?limit=1"), ask(client, f"{BODY}/entries/A")

    assert EntriesOut.model_validate(found).model_dump(mode="json") == found
    assert EntryOut.model_validate(one).model_dump(mode="json") == one


def test_the_bodies_are_named_with_their_newest_edition(client):
    accept(edition_in())
    accept(edition_in(number=2))

    (body,) = ask(client, API)["items"]

    assert (body["slug"], body["edition"]["number"], body["letters"]) == ("kota-contoh", 2, "c")
    assert body["today"] == "2026-04-20"
    assert ask(client, BODY) == body


@pytest.mark.parametrize("limit", [7, 25, 60])
def test_entries_go_on_by_key_and_meet_each_once(client, limit):
    accept(edition_in(*many(60)))

    found, after = [], ""
    while after is not None:
        page = ask(client, f"{BODY}/entries?limit={limit}" + (f"&after={after}" if after else ""))
        found += [entry["public_id"] for entry in page["items"]]
        after = page["next"]

    assert len(found) == 60
    assert len(set(found)) == 60


def test_the_whole_list_has_pages_that_later_entries_leave_as_they_are(client, monkeypatch):
    monkeypatch.setattr("ppid.public.api.WHOLE_PAGE", 3)
    accept(edition_in(*many(7)))
    first = [ask(client, f"{BODY}/pages/{number}") for number in (1, 2, 3)]
    older = entry_in("A001", decree_date=date(2020, 1, 1))
    accept(edition_in(older, *many(7), number=2, checkpoint=note(20)))
    later = [ask(client, f"{BODY}/pages/{number}") for number in (1, 2, 3)]

    ids = [[one["public_id"] for one in page["items"]] for page in later]
    assert ids == [["E000", "E001", "E002"], ["E003", "E004", "E005"], ["E006", "A001"]]
    assert (later[:2], first[2]["items"]) == (first[:2], later[2]["items"][:1])
    assert [(page["number"], page["next"]) for page in later] == [(1, 2), (2, 3), (3, None)]
    ask(client, f"{BODY}/pages/4", status=404)


def test_hits_of_a_search_go_on_too_and_a_slip_is_put_right(client):
    accept(edition_in(*many(30), entry_in("X", title="Peta persandian")))

    first = ask(client, f"{BODY}/entries?q=denah")
    second = ask(client, f"{BODY}/entries?q=denah&after={first['next']}")

    assert (len(first["items"]), len(second["items"]), second["next"]) == (25, 5, None)
    assert ask(client, f"{BODY}/entries?q=persanndian")["corrected"] == "persandian"


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("agency=Inspektorat", ["A"]),
        ("agency=Tidak+ada", []),
        ("letter=h", ["B"]),
        ("status=terbuka", ["B"]),
        ("year=2026", ["B"]),
        ("q=gudang&letter=h", []),
    ],
)
def test_entries_are_filtered(client, asked, expected):
    accept(
        edition_in(
            entry_in("A", agency="Inspektorat", title="Denah gudang"),
            entry_in("B", ground_label="Pasal 17 huruf h", term_ends_on=date(2026, 4, 1)),
        )
    )

    found = ask(client, f"{BODY}/entries?{asked}")["items"]
    assert [entry["public_id"] for entry in found] == expected


@pytest.mark.parametrize("after", ["0.0", "9999999.1", "1.999999999999999999"])
@pytest.mark.parametrize("words", ["", "denah"])
def test_a_mark_beyond_the_ends_is_answered_calmly(client, after, words):
    accept(edition_in())

    assert len(ask(client, f"{BODY}/entries?after={after}&q={words}")["items"]) <= 1


def test_editions_go_on_newest_first(client):
    for number in (1, 2, 3):
        accept(edition_in(number=number))

    first = ask(client, f"{BODY}/editions?limit=2")
    second = ask(client, f"{BODY}/editions?limit=2&before={first['next']}")

    assert [one["number"] for one in first["items"] + second["items"]] == [3, 2, 1]
    assert second["next"] is None
    assert ask(client, f"{BODY}/editions/2")["number"] == 2


def test_changes_between_editions_hold_what_was_said_before_and_after(client):
    accept(edition_in(entry_in("A", reason="Satu.")))
    accept(edition_in(entry_in("A", reason="Dua."), entry_in("B"), number=2))

    said = ask(client, f"{BODY}/changes?since=1")
    old, new = said["items"]

    assert (said["since"], said["until"], said["next"]) == (1, 2, None)
    assert (old["kind"], old["fields"], old["before"]["reason"]) == ("changed", ["reason"], "Satu.")
    assert (new["kind"], new["before"], new["after"]["public_id"]) == ("added", None, "B")
    assert [one["kind"] for one in ask(client, f"{BODY}/changes?since=0&until=1")["items"]] == [
        "added"
    ]


def test_the_checkpoint_is_the_newest(client):
    accept(edition_in(checkpoint=note(42)))

    said = ask(client, f"{BODY}/checkpoint")

    assert (said["size"], said["note"]) == (42, note(42))


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        (f"{API}/tidak-ada", 404, "not_found"),
        (f"{API}/tidak-ada/entries", 404, "not_found"),
        (f"{BODY}/entries/TIDAK-ADA", 404, "not_found"),
        (f"{BODY}/editions/9", 404, "not_found"),
        (f"{BODY}/entries?limit=0", 422, "bad_input"),
        (f"{BODY}/entries?limit=101", 422, "bad_input"),
        (f"{BODY}/entries?letter=z", 422, "bad_input"),
        (f"{BODY}/entries?status=rahasia", 422, "bad_input"),
        (f"{BODY}/entries?q=%00", 422, "bad_input"),
        (f"{BODY}/entries?agency=%00", 422, "bad_input"),
        (f"{BODY}/entries?after=kemarin", 422, "bad_input"),
        (f"{BODY}/entries/%00", 422, "bad_input"),
        (f"{API}/KOTA/entries", 422, "bad_input"),
        (f"{BODY}/editions/99999999999999999999", 422, "bad_input"),
    ],
)
def test_what_cannot_be_answered_is_said_with_a_code(client, address, status, code):
    accept(edition_in())

    said = ask(client, address, status=status)

    assert set(said) == {"code", "message", "places"}
    assert said["code"] == code


@pytest.mark.parametrize("address", [BODY, f"{BODY}/entries", f"{BODY}/changes"])
def test_an_unchanged_answer_is_a_cheap_304(client, address):
    accept(edition_in())
    with time_machine.travel("2026-04-20 05:00 +0000", tick=False):
        tag = client.get(address)["ETag"]
        with CaptureQueriesContext(connections[settings.PUBLIC_DATABASE]) as queries:
            response = client.get(address, headers={"If-None-Match": tag})

    assert response.status_code == 304
    assert len(queries) == 1


def test_a_page_of_entries_costs_the_same_for_any_length(client):
    costs = []
    for number, count in ((1, 3), (2, 60)):
        accept(edition_in(*many(count), number=number))
        with CaptureQueriesContext(connections[settings.PUBLIC_DATABASE]) as queries:
            ask(client, f"{BODY}/entries?limit=100")
        costs.append(len(queries))

    assert costs == [2, 2]


def test_the_guide_names_every_operation(client):
    text = client.get("/api/").content.decode()

    assert all(f"GET {path}" in text for path in api.get_openapi_schema()["paths"])
    assert "http://" not in text.replace("http://testserver", "").replace("http://www.w3.org", "")


@pytest.fixture
def one_connection():
    """The test's own connection, which a server would close after each request."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def test_the_api_does_as_its_document_says(one_connection):
    accept(edition_in(*many(5)))
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())

    for operation in schema.get_all_operations():

        @given(case=operation.ok().as_strategy())
        @FEW
        def does_as_it_says(case):
            case.call_and_validate(headers=PLAIN)

        does_as_it_says()
