"""Opening a sheet for a judge: it verifies against the log of its day, and is itself recorded."""

import subprocess
import sys

import pytest
import time_machine
from django.conf import settings

from office.offices import assert_sound, codes, office, register_item, who
from office.pages import as_role
from ppid.errors import BadInput, CorruptData, NotFound, Refused
from ppid.ledger import evidence
from ppid.ledger.proof import parse_inclusion
from ppid.office import keys
from ppid.office.actions.log_openings import open_entry
from ppid.office.models import ConsequenceTest, Event

pytestmark = pytest.mark.django_db(databases=["default", "public"])


@pytest.fixture
def walk():
    walk = office()
    walk.item = register_item(walk)
    return walk


def sheet_entry(walk):
    return Event.objects.filter(kind="test.written").order_by("seq").last().seq


def proven(walk, text):
    vkey = keys.vkey(settings.KEYS, walk.body.pk)
    return evidence.verify(parse_inclusion(text), vkey=vkey, verify=keys.verifier_of(vkey))


def test_an_opened_sheet_verifies_against_the_log_of_its_day(walk, tmp_path):
    seq = sheet_entry(walk)

    text = open_entry(walk.body, seq, names=["sheet"], by=who(walk, "ppid_utama"), at=walk.tick())

    found = proven(walk, text)
    value = found.evidence.opened["sheet"]["value"]
    assert value == Event.objects.get(seq=seq).sealed["sheet"]["value"]
    assert (found.entry.seq, found.entry.kind) == (seq, "test.written")
    assert_sound()

    file = tmp_path / "bukti.tlog-proof"  # the judge has the file, the key, and the program
    file.write_text(text)
    command = [sys.executable, "-m", "ppid.cli", "ledger", "verify", file, "--vkey"]
    done = subprocess.run([*command, keys.vkey(settings.KEYS, walk.body.pk)], capture_output=True)
    assert done.returncode == 0


def test_a_changed_reason_does_not_verify(walk):
    text = open_entry(walk.body, sheet_entry(walk), names=[], at=walk.tick())
    proof = parse_inclusion(text)
    false = proof.extra.replace(b'"statutes":[', b'"statutes":["Lain",', 1)
    assert false != proof.extra
    changed = type(proof)(proof.index, proof.path, proof.checkpoint, false)
    with pytest.raises(CorruptData) as raised:
        proven(walk, changed.to_text())
    assert codes(raised) == {"commitment_mismatch"}


def test_the_opening_is_an_event_that_says_no_value(walk):
    seq = sheet_entry(walk)
    open_entry(walk.body, seq, names=["sheet"], by=who(walk, "ppid_utama"), at=walk.tick())
    event = Event.objects.get(kind="commitment.opened")
    assert b'"entry":%d' % seq in bytes(event.entry)
    assert (event.sealed, event.item) == ({}, walk.item.pk)


@pytest.mark.parametrize("names", [["lain"], ["sheet", "lain"]])
def test_a_value_that_was_never_committed_to_is_refused(walk, names):
    with pytest.raises(BadInput) as raised:
        open_entry(walk.body, sheet_entry(walk), names=names, at=walk.tick())
    assert codes(raised) == {"value_unknown"}
    assert not Event.objects.filter(kind="commitment.opened").exists()


def test_an_entry_without_values_or_that_is_not_there_is_refused(walk):
    open_entry(walk.body, sheet_entry(walk), names=[], at=walk.tick())
    last = Event.objects.order_by("seq").last().seq  # the opening itself holds none
    with pytest.raises(BadInput):
        open_entry(walk.body, last, names=[], at=walk.tick())
    with pytest.raises(NotFound):
        open_entry(walk.body, 9_999, names=[], at=walk.tick())


@pytest.mark.parametrize("role", ["auditor", "petugas_ppid", "arsiparis"])
def test_only_who_determines_opens_for_a_judge(walk, role):
    with pytest.raises(Refused):
        open_entry(walk.body, sheet_entry(walk), names=[], by=who(walk, role), at=walk.tick())


def test_the_button_on_the_page_gives_the_file(walk, client):
    test = ConsequenceTest.objects.get(item=walk.item)
    as_role(client, walk, "ppid_utama")
    with time_machine.travel(walk.tick(), tick=False):
        assert "Buat bukti lembar uji" in client.get(f"/informasi/{walk.item.pk}/").content.decode()
        answer = client.post(f"/lembar-uji/{test.pk}/bukti/")
        assert client.get(f"/lembar-uji/{test.pk}/bukti/").status_code == 405
        assert client.post(f"/lembar-uji/{walk.item.pk}/bukti/").status_code == 404
    assert answer["Cache-Control"] == "no-store"
    assert proven(walk, answer.content.decode()).evidence.opened.keys() == {"sheet"}
