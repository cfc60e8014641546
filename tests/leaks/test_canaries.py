"""Canaries in every confidential field: planted by the acts, and searched for in what leaves.

`make campaign-leaks` does the whole of it: every outlet, every role, fifty leaky mutants. Here are
the list of fields, the open site's own answers, its database file, and some of the mutants.
"""

import json
import re

import pytest

from commands.programs import sql
from leaks import fields
from leaks.audiences import may_see, readers_that_saw_nothing, seen_too_much
from leaks.planting import LENGTH, MARK, Canary, Planter
from leaks.public_site import (
    Answer,
    Stranger,
    by_kind,
    crawl,
    kind_of,
    mistakes,
    variants,
)
from leaks.released import released
from leaks.response_times import SEARCHES
from leaks.search import Needles, shapes, texts_found
from leaks.serving import opened, program
from ppid.office.projections import KINDS
from ready_made import copied

BODIES = ("kenari", "kenari-lama")


@pytest.fixture(scope="module")
def data(demo_made, tmp_path_factory):
    """A copy of the demo's data, in which canaries were planted."""
    folder = tmp_path_factory.mktemp("kenari")
    data = copied(demo_made[0], folder / "data")
    program("plant.py", folder / "kenari.json", "quick", data=data)
    return data


@pytest.fixture(scope="module")
def planted(data):
    return json.loads((data.parent / "kenari.json").read_text())


@pytest.fixture(scope="module")
def needles(planted):
    return Needles(Canary(**one) for one in planted["canaries"])


@pytest.fixture(scope="module")
def answers(data, planted):
    """Every answer of the open site about the planted office."""
    with opened(data) as address, Stranger(address) as stranger:
        found = crawl(stranger, planted["papers"])
        some = [at for at in found if at.startswith("/kenari/")][:4]
        return found, variants(stranger, some), mistakes(stranger, some[:2])


def test_there_are_canaries_enough_in_places_enough(planted):
    texts = {one["text"] for one in planted["canaries"]}
    assert len(texts) == len(planted["canaries"]) >= 500
    assert len({one["place"] for one in planted["canaries"]}) >= 150


def test_every_field_of_the_log_that_holds_words_holds_a_canary(data):
    assert fields.unplanted_fields(data, BODIES) == []
    assert fields.empty_fields(data, BODIES) == []


def test_every_kind_of_event_was_written(data):
    written = fields.kinds_of(data, BODIES)
    assert set(KINDS) - written == fields.SILENT | fields.NO_WORDS_SEALED


def test_every_column_that_holds_words_holds_a_canary(data):
    assert fields.unplanted_columns(data) == []


def test_exactly_what_was_released_is_on_the_open_site(answers, planted, needles):
    found, others, wrong = answers
    kinds = by_kind(found)
    seen = [one for outlets in kinds.values() for one in needles.found(outlets)]
    seen += [*needles.found(others), *needles.found(wrong)]

    public = released(planted)

    assert sorted({str(one) for one in seen if one.canary.text not in public}) == []
    assert texts_found(seen) == set(public)
    assert len(kinds) >= 18


def test_what_was_not_released_answers_as_what_never_was(data):
    rows = sql(
        data / "office.sqlite3", "SELECT public_id, id FROM office_item WHERE stage='usulan'"
    )
    hidden = [str(one) for row in rows[:3] for one in row]
    with opened(data) as address, Stranger(address) as stranger:
        for route in ("/kenari/informasi/{}/", "/api/v1/bodies/kenari/entries/{}", "/{}/"):
            known, *others = (_without(stranger, route, one) for one in ("ZZZZZZZZ", *hidden))
            assert known.status == 404
            assert {one.body for one in others} == {known.body}


def test_what_is_hidden_costs_the_site_the_same_work_as_what_never_was(data):
    into = data.parent / "kerja.json"
    program("same_work.py", data.parent / "kenari.json", into, data=data)
    plain, leaky = json.loads(into.read_text()).values()

    assert plain == {}
    assert set(leaky) == set(SEARCHES)


def test_work_on_drafts_changes_nothing_on_the_open_site(data, planted, tmp_path):
    data = copied(data, tmp_path / "data")
    program("drafting.py", data=data)  # what waited for the worker is out
    with opened(data) as address, Stranger(address) as stranger:
        before = some_of_each_kind(crawl(stranger, planted["papers"], most=130))
        program("drafting.py", data=data)
        after = {at: stranger.ask(at) for at in before}

    headers = b"".join(one.headers for one in after.values()).lower()
    assert b"\netag: " in headers
    assert len({kind_of(at) for at in before}) >= 12
    assert {at for at, one in after.items() if not same(one, before[at])} == set()


def some_of_each_kind(answers):
    """Up to four addresses of each kind of outlet, with what they answered."""
    kinds = {}
    for at in answers:
        kinds.setdefault(kind_of(at), []).append(at)
    return {at: answers[at] for found in kinds.values() for at in found[:4]}


def same(one, other):
    """Whether two answers are the same but for the moment at which they were sent."""
    undated = [re.sub(rb"(?i)\ndate: .*", b"", b"\n" + given.headers) for given in (one, other)]
    return (one.status, one.body, undated[0]) == (other.status, other.body, undated[1])


def _without(stranger, route, name):
    """The answer, with the name that was asked for taken out."""
    given = stranger.ask(route.format(name))
    return Answer(given.status, b"", given.body.replace(name.encode(), b"?"))


def test_the_public_database_file_holds_nothing_else(data, planted, needles):
    files = {one.name: one.read_bytes() for one in data.glob("public.sqlite3*")}
    assert texts_found(needles.found(files)) <= set(released(planted))
    assert texts_found(needles.found(files)) >= {
        one.text for one in released(planted).values() if one.place == "add_item.public_title"
    }


SAMPLE = (
    *("nothing changed", "a comment in the list", "the Atom feed", "an ETag made of a draft"),
    *("a hidden sheet in XLSX", "the page of an internal paper says its title"),
)


def test_the_search_sees_a_leaky_site(data):
    into = data.parent / "mutan.json"
    program("mutants_public.py", data.parent / "kenari.json", into, 75, *SAMPLE, data=data)
    found = json.loads(into.read_text())

    assert {name for name, seen in found.items() if not seen} == {"nothing changed"}
    assert set(found) == set(SAMPLE)


def test_who_keeps_the_system_sees_no_content(data):
    into = data.parent / "peran.json"
    program("officers.py", data.parent / "kenari.json", into, 1, "pengelola_sistem", data=data)
    found = json.loads(into.read_text())

    assert found["pages"]["pengelola_sistem"] > 20
    assert "kenari add_person.name" in found["seen"]["pengelola_sistem"]
    assert seen_too_much(found["seen"]) == []
    assert found["beside"] == []


def test_what_an_officer_may_not_see_is_told_as_what_never_was(data):
    into = data.parent / "tanpa.json"
    program("unknown_ids.py", data.parent / "kenari.json", into, "quick", data=data)
    found = json.loads(into.read_text())

    assert found["differing"] == {"outsider": [], "neighbour": []}
    assert found["nothing of"] == []
    assert found["routes"] > 140
    assert found["control"], "an office that tells the two apart was not noticed"


def test_the_table_of_audiences_bars_what_it_must():
    assert not may_see("pengelola_sistem", "kenari", "add_item.title")
    assert not may_see("ppid_pelaksana lain", "kenari", "write_test.sheet.document")
    assert not may_see("ppid.kalteng", "kenari", "add_person.name")
    assert not may_see("kenari-lama ppid_utama", "kenari", "add_item.title")
    assert not may_see("ppid_utama", "kenari", "draft.sheet")
    assert not may_see("bekas auditor", "kenari", "make_appointment.decree_number")
    assert may_see("kenari-lama ppid_utama", "kenari-lama", "add_item.title")
    assert may_see("petugas_ppid", "kenari", "draft.sheet")
    seen = {"pengelola_sistem": {"kenari add_item.title": "/"}, "auditor": {}}
    assert seen_too_much(seen) == ["pengelola_sistem: kenari add_item.title in /"]
    assert readers_that_saw_nothing(seen) == ["auditor"]


def test_every_shape_of_a_canary_is_seen_and_told_from_the_others():
    canary = Canary(Planter(7).canary("a place"), "a place", "kenari")
    known = shapes(canary.text)
    assert len(set(known.values())) == len(known) >= 10
    for shape, data in known.items():
        hits = Needles([canary]).found({"outlet": b"<p>" + data + b"</p>"})
        assert shape in {one.shape for one in hits}


def test_canaries_are_random_and_the_same_in_each_run():
    first, again = (Planter(3).canary("a place") for _ in range(2))
    assert first == again
    assert re.fullmatch(rf"{MARK}[A-Z2-7]{{{LENGTH}}}", first)
