"""Bodies and agencies: zone, key, readings, and who may change them."""

from datetime import datetime, time

import pytest

from office.offices import START, assert_sound, codes, office, who
from ppid.errors import BadInput, Refused
from ppid.ledger.entry import Entry
from ppid.office import keys
from ppid.office.actions.bodies import add_agency, change_settings, create_body
from ppid.office.models import Agency, Body, Checkpoint, Event, Log

pytestmark = pytest.mark.django_db(databases=["default", "public"])


def create(slug="kota", *, timezone="Asia/Jayapura", at=None, **more):
    at = datetime.combine(START, time(8)).astimezone()
    return create_body(slug, name="Kota", place="Kota", timezone=timezone, at=at, **more)


def change(walk, role="ppid_utama", by=None, **choices):
    change_settings(walk.body, by=by or who(walk, role), at=walk.tick(), choices=choices)


def test_a_body_begins_its_own_log_with_a_key_and_a_checkpoint(keys_folder):
    body = create()

    event = Event.objects.get()
    assert (event.kind, event.seq) == ("body.created", 0)
    assert body.zone.key == "Asia/Jayapura"
    assert body.vkey == keys.vkey(keys_folder, "kota")
    assert Entry.from_bytes(bytes(event.entry)).payload["vkey"] == body.vkey
    assert Checkpoint.objects.get().size == 1
    assert_sound()


def test_a_body_is_created_once():
    create()
    with pytest.raises(BadInput) as error:
        create()
    assert codes(error) == {"body_exists"}
    assert Log.objects.get().size == 1


def test_a_key_that_an_interrupted_attempt_left_is_taken_up(keys_folder):
    vkey = keys.create(keys_folder, "kota")
    assert create().vkey == vkey


@pytest.mark.parametrize("timezone", ["Asia/Bontang", "", "../etc"])
def test_a_zone_must_exist(timezone, keys_folder):
    with pytest.raises(BadInput) as error:
        create(timezone=timezone)
    assert codes(error) == {"timezone_unknown"}
    assert not keys_folder.exists()


def test_a_name_that_makes_no_key_file_is_refused():
    with pytest.raises(BadInput) as error:
        create("../kota")
    assert codes(error) == {"key_name_invalid"}


@pytest.mark.parametrize(
    "choices",
    [
        {"head_roles": []},
        {"head_roles": "pimpinan"},
        {"term_roles": ["Pimpinan Badan"]},
        {"head_roles": [1]},
        {"days_per_week": 7},
        {"collective_leave_works": "ya"},
        {"expiry_rule": "kapan saja"},
        {"site_text": None},
        {"anything": 1},
    ],
)
def test_a_reading_that_makes_no_sense_is_refused_everywhere(choices):
    with pytest.raises(BadInput) as error:
        create(choices=choices)
    assert codes(error) == {"choice_invalid"}


def test_readings_are_replaced_and_the_change_is_an_event():
    walk = office()

    change(walk, head_roles=["atasan_ppid"], expiry_rule="tenggat")

    assert Body.objects.get().settings == {
        "head_roles": ["atasan_ppid"],
        "expiry_rule": "tenggat",
    }
    assert Event.objects.latest("seq").kind == "body.changed"
    assert_sound()


def test_not_everybody_changes_readings():
    walk = office()
    with pytest.raises(Refused) as error:
        change(walk, "petugas_ppid", days_per_week=6)
    assert codes(error) == {"not_authorised"}


def test_nobody_changes_the_readings_of_another_body():
    walk, other = office(), office("kabupaten")
    with pytest.raises(Refused) as error:
        change(walk, by=who(other, "ppid_utama"), days_per_week=6)
    assert codes(error) == {"not_authorised"}


def test_a_changed_reading_must_make_sense():
    walk = office()
    with pytest.raises(BadInput) as error:
        change(walk, days_per_week=1)
    assert codes(error) == {"choice_invalid"}


def test_an_agency_has_a_code_of_its_own_in_its_body():
    walk, other = office(), office("kabupaten")
    by, at = who(walk, "ppid_utama"), walk.tick()
    add_agency(walk.body, code="dinsos", name="Dinas Sosial", at=at, by=by)
    add_agency(other.body, code="dinsos", name="Dinas Sosial", at=at)

    with pytest.raises(BadInput) as error:
        add_agency(walk.body, code="dinsos", name="Lagi", at=at, by=by)

    assert codes(error) == {"agency_exists"}
    assert Agency.objects.filter(code="dinsos").count() == 2
    assert_sound()


def test_not_everybody_adds_agencies():
    walk = office()
    with pytest.raises(Refused) as error:
        add_agency(walk.body, code="x", name="X", at=walk.tick(), by=who(walk, "petugas_ppid"))
    assert codes(error) == {"not_authorised"}
