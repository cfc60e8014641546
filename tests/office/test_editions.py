"""Editions: what leaves the office, by whom, and that it arrives exactly once."""

import io
import json
import zipfile
from dataclasses import fields
from datetime import date

import pytest
from django.db import connections
from django.db.backends.sqlite3.base import DatabaseWrapper

from office.factories import sop_text
from office.offices import (
    approved,
    assert_sound,
    case_in,
    codes,
    determined,
    item_in,
    office,
    opened,
    register_item,
    who,
    write_sheet,
)
from ppid.config import settings_public
from ppid.errors import Refused
from ppid.law.consequence_test import Participant
from ppid.law.term import EventTerm
from ppid.office.actions.approvals import REFUSE
from ppid.office.actions.archive import file_item
from ppid.office.actions.editions import deliver, publish_edition
from ppid.office.actions.sops import adopt_sop
from ppid.office.models import Edition, Event
from ppid.office.rebuild import IN_MEMORY
from ppid.office.tasks import make_up_deliveries
from ppid.public import models as public
from ppid.public.intake import EntryIn
from ppid.sop.load import loads
from public.outlets import ENTRY, EVERYWHERE, SOP

pytestmark = pytest.mark.django_db(databases=["default", "public"])


def publish(walk, role="ppid_utama", **more):
    return publish_edition(walk.body, by=who(walk, role), at=walk.tick(), **more)


@pytest.fixture
def broken_public(settings):
    """A public database that cannot be reached."""
    entry = connections.settings["default"] | IN_MEMORY | {"NAME": "/nowhere/public.sqlite3"}
    connections["broken"] = DatabaseWrapper(entry, "broken")
    settings.PUBLIC_DATABASE = "broken"
    yield
    del connections["broken"]


def test_an_edition_holds_exactly_the_publishable_fields():
    walk = office()
    register_item(walk)

    entry = publish(walk).content["entries"][0]

    assert set(entry) == {field.name for field in fields(EntryIn)}
    assert (entry["title"], entry["opens_on"]) == ("Rekam medis pasien", "2028-03-02")


def an_office_full_of_canaries():
    """An office with one item in the list, and a canary in every confidential place."""
    walk = office()
    case = case_in(walk, title="CANARY-case")
    item = item_in(walk, case, title="CANARY-title")
    write_sheet(
        walk,
        item,
        document="CANARY-document",
        information="CANARY-information",
        consequence_if_closed="CANARY-closed: tidak ditandai untuk umum",
        participants=(Participant("CANARY-name", "CANARY-position"),),
        parts="CANARY-parts",
    )
    approved(walk, case, item)
    determined(walk, case, item)
    file_item(
        item,
        soft_copy="CANARY-soft",
        hard_copy="CANARY-hard",
        by=who(walk, "arsiparis"),
        at=walk.tick(),
    )
    refused = item_in(walk, case, title="Lain", public_title="CANARY-refused")
    approved(walk, case, refused, decision=REFUSE, reason="CANARY-reason")
    item_in(walk, case, title="Calon", public_title="CANARY-candidate")
    return walk


def test_nothing_confidential_leaves_the_office(django_capture_on_commit_callbacks):
    walk = an_office_full_of_canaries()

    with django_capture_on_commit_callbacks(execute=True):
        edition = publish(walk)

    arrived = list(public.EntryVersion.objects.values_list("content", flat=True))
    rows = list(public.Entry.objects.values()) + list(public.Body.objects.values())
    assert len(arrived) == 1
    assert "CANARY" not in json.dumps([edition.content, arrived, rows], default=str)


@pytest.mark.urls("ppid.public.urls")
def test_no_address_of_the_open_site_holds_what_is_confidential(client, settings, tmp_path):
    settings.MIDDLEWARE = settings_public.MIDDLEWARE
    settings.STATIC_ROOT = tmp_path
    walk = an_office_full_of_canaries()
    publish(walk)
    deliver(walk.body, at=walk.tick())
    entry, sop = public.Entry.objects.get().public_id, public.Sop.objects.get().content_hash

    for address in EVERYWHERE:
        own = address.replace("kota-contoh", "kota").replace(ENTRY, entry).replace(SOP, sop)
        response = client.get(own)
        text = b"".join(response) if response.streaming else response.content
        if own.endswith(".xlsx"):
            text = zipfile.ZipFile(io.BytesIO(text)).read("xl/worksheets/sheet1.xml")
        assert response.status_code == 200, own
        assert b"canary" not in (text + str(response.headers).encode()).lower(), own


def test_what_was_marked_for_everybody_is_in_it_and_the_rest_is_not():
    walk = office()
    register_item(walk)

    entry = publish(walk).content["entries"][0]

    assert entry["reason"].startswith("Kebutuhan publik")
    assert entry["consequence_if_open"]
    assert entry["consequence_if_closed"] is None


def test_what_was_opened_stays_in_the_list():
    walk = office()
    item = register_item(walk)
    opened(walk, item)

    entry = publish(walk).content["entries"][0]

    assert entry["opens_on"] == "2026-03-02"
    assert "12/2026" in entry["opened_reason"]
    assert [line["kind"] for line in entry["history"]] == ["ditetapkan", "dinyatakan_terbuka"]


def test_an_event_term_has_no_end_but_a_review():
    walk = office()
    case = case_in(walk)
    item = item_in(walk, case)
    write_sheet(walk, item, term=EventTerm(walk.today, "putusan hakim", date(2027, 3, 2)))
    approved(walk, case, item)
    determined(walk, case, item)

    entry = publish(walk).content["entries"][0]

    assert (entry["opens_on"], entry["term_ends_on"], entry["opens_soon_from"]) == (None,) * 3
    assert (entry["event"], entry["review_on"]) == ("putusan hakim", "2027-03-02")


@pytest.mark.parametrize("role", ["auditor", "arsiparis", "pimpinan_badan_publik"])
def test_not_everybody_publishes(role):
    walk = office()
    with pytest.raises(Refused) as error:
        publish(walk, role)
    assert codes(error) == {"not_authorised"}
    assert not Edition.objects.exists()


def test_nobody_publishes_for_another_body():
    walk, other = office(), office("kabupaten")
    with pytest.raises(Refused) as error:
        publish_edition(walk.body, by=who(other, "ppid_utama"), at=walk.tick())
    assert codes(error) == {"not_authorised"}


def test_editions_are_numbered_for_each_body():
    walk, other = office(), office("kabupaten")
    assert [publish(walk).number, publish(walk).number, publish(other).number] == [1, 2, 1]
    assert_sound()


def test_both_sides_hold_the_same_content(django_capture_on_commit_callbacks):
    walk = office()
    register_item(walk)

    with django_capture_on_commit_callbacks(execute=True):
        edition = publish(walk)

    assert public.Edition.objects.get().content_hash == edition.content_hash
    assert public.EntryVersion.objects.get().content == edition.content["entries"][0]


def test_the_checkpoint_that_goes_along_covers_the_edition(django_capture_on_commit_callbacks):
    walk = office()
    with django_capture_on_commit_callbacks(execute=True):
        publish(walk)
    event = Event.objects.get(kind="edition.published")
    assert public.Checkpoint.objects.get().size > event.seq


def test_an_edition_is_the_offices_even_when_the_public_site_is_down(
    broken_public, django_capture_on_commit_callbacks, caplog
):
    walk = office()

    with django_capture_on_commit_callbacks(execute=True):
        publish(walk)

    assert Edition.objects.count() == 1
    assert any("on_commit" in line.message for line in caplog.records)
    assert_sound()


def test_what_did_not_arrive_is_made_up_later_exactly_once(
    settings, request, django_capture_on_commit_callbacks
):
    walk = office()
    register_item(walk)
    request.getfixturevalue("broken_public")
    with django_capture_on_commit_callbacks(execute=True):
        publish(walk)
        publish(walk)
    down = make_up_deliveries(at=walk.tick())
    settings.PUBLIC_DATABASE = "public"

    assert [down, make_up_deliveries(at=walk.tick()), make_up_deliveries(at=walk.tick())] == [
        0,
        2,
        0,
    ]
    assert list(public.Edition.objects.order_by("number").values_list("number", flat=True)) == [
        1,
        2,
    ]
    assert_sound()


def test_a_delivery_that_comes_twice_changes_nothing():
    walk = office()
    publish(walk)
    assert deliver(walk.body, at=walk.tick()) == 1
    assert deliver(walk.body, at=walk.tick()) == 0


def test_later_events_do_not_keep_an_edition_from_arriving():
    walk = office()
    publish(walk)
    register_item(walk)

    assert deliver(walk.body, at=walk.tick()) == 1

    assert_sound()


def test_a_changed_determination_is_a_new_version_of_the_entry():
    walk = office()
    item = register_item(walk)
    publish(walk)
    deliver(walk.body, at=walk.tick())
    opened(walk, item)
    publish(walk)
    deliver(walk.body, at=walk.tick())

    newest = public.EntryVersion.objects.order_by("edition__number").last()
    assert set(newest.changed) == {"opens_on", "opened_reason", "opens_soon_from", "history"}


def test_an_empty_list_is_an_edition_too():
    walk = office()
    item_in(walk, case_in(walk))
    publish(walk)
    assert deliver(walk.body, at=walk.tick()) == 1
    assert public.Entry.objects.count() == 0


def test_the_sops_go_along_drawn_and_without_the_signers_number():
    walk = office()
    version = adopt_sop(walk.body, text=sop_text("bali"), at=walk.tick())
    publish(walk)
    deliver(walk.body, at=walk.tick())
    deliver(walk.body, at=walk.tick())

    sop = public.Sop.objects.get()
    nip = loads(version.text, name="bali").approved_by.nip
    assert (sop.content_hash, len(sop.sheets)) == (version.content_hash, 2)
    assert sop.steps[0]["activity"]
    assert nip
    assert nip not in json.dumps([sop.sheets, sop.steps])
