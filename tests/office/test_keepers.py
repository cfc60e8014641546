"""Checkpoints leave the machine: to a real witness, by mail, into a folder; failures show."""

import threading
from contextlib import contextmanager
from datetime import timedelta
from smtplib import SMTPServerDisconnected

import pytest
import time_machine
from django.core import mail
from django.test import Client, override_settings

from office.offices import appoint, assert_sound, office, who
from office.pages import as_role, send, visit
from ppid.commands.doctor import State, _keepers
from ppid.commands.ledger_witness import KEY, Witness, serving
from ppid.errors import BadInput, Finding, Refused
from ppid.ledger import checkpoint as notes
from ppid.ledger import cosignature
from ppid.office import keeper_channels, keys, tasks
from ppid.office.actions.editions import publish_edition
from ppid.office.actions.keepers import send_out, set_keepers
from ppid.office.actions.people import add_person
from ppid.office.keepers import Keeper, KeeperKind, is_keepers, keepers_of
from ppid.office.models import Body, Checkpoint, Cosignature, Event, KeeperState
from ppid.office.queries.keepers import kept_outside
from ppid.office.tasks import make_up_deliveries, send_checkpoints
from ppid.public.intake import log_state

pytestmark = pytest.mark.django_db(databases=["default", "public"])
ORIGIN = "sip-ppid/kota"


@pytest.fixture
def walk():
    walk = office()
    appoint(walk, "pengelola_sistem")
    return walk


@pytest.fixture
def witness(tmp_path, walk):
    """A neighbour that knows the log of the body."""
    folder = tmp_path / "saksi"
    keys.create(folder, KEY)
    return Witness("saksi.example", folder, {keys.key_name(walk.body.pk): (walk.body.vkey,)})


@contextmanager
def listening(witness):
    """The witness over HTTP; gives the keeper that an office enters."""
    with serving(witness, host="127.0.0.1", port=0) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            address = f"http://127.0.0.1:{server.server_port}/"
            yield Keeper(KeeperKind.WITNESS, address, witness.vkey())
        finally:
            server.shutdown()
            thread.join()


def choose(walk, *keepers):
    set_keepers(walk.body, keepers, by=who(walk, "pengelola_sistem"), at=walk.tick())
    walk.body = Body.objects.get(pk=walk.body.pk)


def more(walk, count=10):
    """So many more events, and so at least one more checkpoint."""
    for number in range(count):
        add_person(walk.body, name=f"Orang {number} {walk.now}", at=walk.tick())


def sent(walk):
    return send_out(Body.objects.get(pk=walk.body.pk), at=walk.tick())


def newest():
    return Checkpoint.objects.order_by("size").last()


def error_of(keeper):
    return KeeperState.objects.get(keeper=keeper.key).error


def test_a_real_witness_vouches_and_the_site_shows_it(
    walk, witness, django_capture_on_commit_callbacks
):
    with listening(witness) as keeper:
        choose(walk, keeper)
        with django_capture_on_commit_callbacks(execute=True):
            publish_edition(walk.body, by=who(walk, "ppid_utama"), at=walk.tick())
        more(walk)  # the checkpoint on the site is not the newest any more
        assert send_checkpoints(at=walk.tick()) == 2
        make_up_deliveries(at=walk.tick())

    note = notes.parse(log_state(walk.body.pk).note)
    said = cosignature.verify(note, vkey=witness.vkey(), verifier=keys.verifier_with)
    with override_settings(ROOT_URLCONF="ppid.public.urls"):
        page = Client().get(f"/{walk.body.pk}/log/").content.decode()
    assert said.name == "saksi.example"
    assert "saksi.example" in page
    assert kept_outside(walk.body)[0].is_up_to_date
    assert_sound()


def test_a_growing_log_is_vouched_for_again_from_where_the_witness_stands(walk, witness):
    with listening(witness) as keeper:
        choose(walk, keeper)
        assert sent(walk) == 1
        more(walk)
        assert sent(walk) == 1
        assert sent(walk) == 0
        KeeperState.objects.all().delete()  # the office forgot; the witness says where it stands
        more(walk)
        assert sent(walk) == 1
    assert Cosignature.objects.count() == 3


def test_a_witness_that_has_seen_more_than_there_is_raises_the_alarm(walk, witness):
    with listening(witness) as keeper:
        choose(walk, keeper)
        more(walk, 20)
        sent(walk)
        last = newest().size
        Checkpoint.objects.filter(size=last).delete()
        KeeperState.objects.all().delete()
        assert sent(walk) == 0
    assert str(last) in error_of(keeper)
    assert "ppid check" in error_of(keeper)


def test_a_witness_refuses_a_log_that_was_rewritten(walk, witness, settings):
    with listening(witness) as keeper:
        choose(walk, keeper)
        sent(walk)
        more(walk)
        head = notes.parse_checkpoint(notes.parse(newest().note).text)
        signer = keys.signer(settings.KEYS, walk.body.pk)
        false = notes.sign(
            notes.Checkpoint(head.origin, head.size, bytes(32)),
            key_name=head.origin,
            public_key=keys.public_key(settings.KEYS, walk.body.pk),
            sign=signer,
        )
        Checkpoint.objects.filter(size=head.size).update(note=false)
        assert sent(walk) == 0
    assert "ditulis ulang" in error_of(keeper)
    assert not Cosignature.objects.filter(size=head.size).exists()


@pytest.mark.parametrize("change", ["unknown", "other key"])
def test_a_witness_that_does_not_know_the_log_or_signs_with_another_key_is_shown(
    walk, witness, tmp_path, change
):
    known = {} if change == "unknown" else witness.logs
    keys.create(tmp_path / "lain", KEY)
    with listening(Witness(witness.name, tmp_path / "lain", known)) as keeper:
        asked = Keeper(keeper.kind, keeper.address, witness.vkey())
        choose(walk, asked)
        assert sent(walk) == 0
    assert error_of(asked) != ""
    assert not Cosignature.objects.exists()


def test_mail_goes_out_with_the_checkpoint_attached(walk):
    keeper = Keeper(KeeperKind.MAIL, "ki@example.go.id")
    choose(walk, keeper)

    assert sent(walk) == 1

    [letter] = mail.outbox
    assert letter.to == ["ki@example.go.id"]
    assert letter.attachments[0][1] == newest().note
    assert walk.body.vkey in letter.body


def test_a_folder_gets_each_checkpoint_once_and_never_another_in_its_place(walk, tmp_path):
    keeper = Keeper(KeeperKind.FOLDER, str(tmp_path / "luar"))
    (tmp_path / "luar").mkdir()
    choose(walk, keeper)
    assert sent(walk) == 1
    [file] = (tmp_path / "luar").iterdir()
    assert file.read_text() == newest().note

    KeeperState.objects.all().delete()
    assert sent(walk) == 1  # the same again is the same
    KeeperState.objects.all().delete()
    file.write_text(newest().note.replace("\n", "\nx", 1))
    assert sent(walk) == 0
    assert "berbeda" in error_of(keeper)


def test_a_failure_never_stops_an_act_is_shown_and_tried_again_later(walk, client):
    keeper = Keeper(KeeperKind.WITNESS, "http://127.0.0.1:9/", cosignature.vkey("x", bytes(32)))
    folder = Keeper(KeeperKind.FOLDER, "/nowhere/at/all")
    choose(walk, keeper, folder)
    at = walk.tick()

    assert send_out(walk.body, at=at) == 0
    more(walk)  # acts go on
    assert send_out(walk.body, at=at + timedelta(seconds=30)) == 0
    assert {one.tries for one in KeeperState.objects.all()} == {1}
    assert send_out(walk.body, at=at + timedelta(minutes=2)) == 0
    assert {one.tries for one in KeeperState.objects.all()} == {2}

    as_role(client, walk, "pengelola_sistem")
    with time_machine.travel(walk.tick(), tick=False):
        page = visit(client, "keepers").content.decode()
    assert "Gagal 2 kali" in page
    assert [one.state for one in _keepers()] == [State.WARNING, State.WARNING]


def test_mail_that_fails_is_shown(walk, monkeypatch):
    def refuse(self):
        raise SMTPServerDisconnected("gone")

    monkeypatch.setattr(keeper_channels.EmailMessage, "send", refuse)
    keeper = Keeper(KeeperKind.MAIL, "ki@example.go.id")
    choose(walk, keeper)
    assert sent(walk) == 0
    assert "gone" in error_of(keeper)


def test_one_body_that_fails_altogether_does_not_stop_the_others(walk, monkeypatch, caplog):
    other = office("kabupaten")

    def send(body, *, at):
        if body.pk == other.body.pk:
            raise BadInput(Finding("broken", "Rusak."))
        return 1

    monkeypatch.setattr(tasks, "send_out", send)
    assert send_checkpoints(at=walk.tick()) == 1
    assert other.body.pk in caplog.text


HALF = "saksi.example+00000000+x"
GOOD = cosignature.vkey("x", bytes(32))


@pytest.mark.parametrize(
    ("keeper", "code"),
    [
        (Keeper(KeeperKind.WITNESS, "ftp://x/", GOOD), "keeper_address_invalid"),
        (Keeper(KeeperKind.WITNESS, "http://[x", GOOD), "keeper_address_invalid"),
        (Keeper(KeeperKind.WITNESS, "https://x/", HALF), "vkey_malformed"),
        (Keeper(KeeperKind.WITNESS, "https://x/"), "vkey_malformed"),
        (Keeper(KeeperKind.MAIL, "x"), "keeper_address_invalid"),
        (Keeper(KeeperKind.MAIL, "x@example.go.id", "kunci"), "keeper_key_superfluous"),
        (Keeper(KeeperKind.FOLDER, "relatif"), "keeper_address_invalid"),
    ],
)
def test_a_keeper_that_leads_nowhere_is_refused(walk, keeper, code):
    with pytest.raises(BadInput) as raised:
        choose(walk, keeper)
    assert raised.value.codes == (code,)
    assert not is_keepers([keeper.as_dict()])


def test_no_keeper_twice_and_not_too_many(walk):
    one = Keeper(KeeperKind.FOLDER, "/a")
    with pytest.raises(BadInput) as twice:
        choose(walk, one, one)
    with pytest.raises(BadInput) as many:
        choose(walk, *(Keeper(KeeperKind.FOLDER, f"/{number}") for number in range(11)))
    assert (twice.value.codes, many.value.codes) == (("keeper_twice",), ("keepers_too_many",))
    assert not is_keepers("x")
    assert not is_keepers([{"kind": "lain", "address": "/"}])


def test_only_who_sets_the_office_up_chooses(walk):
    with pytest.raises(Refused):
        set_keepers(walk.body, [], by=who(walk, "petugas_ppid"), at=walk.tick())


def test_keepers_are_added_and_removed_on_their_page(walk, client):
    as_role(client, walk, "pengelola_sistem")
    with time_machine.travel(walk.tick(), tick=False):
        assert "Belum ada penyimpan" in visit(client, "keepers").content.decode()
        send(client, "keepers", kind="surel", address="x", vkey="", status=200)
        send(client, "keepers", kind="surel", address="ki@example.go.id", vkey="")
        [keeper] = keepers_of(Body.objects.get(pk=walk.body.pk).settings)
        assert "ki@example.go.id" in visit(client, "keepers").content.decode()
        send(client, "keeper_remove", "lain", status=404)
        send(client, "keeper_remove", keeper.key)
    assert keepers_of(Body.objects.get(pk=walk.body.pk).settings) == ()
    assert Event.objects.filter(kind="body.changed").count() == 2
    assert_sound()


def test_the_doctor_says_who_keeps_them(walk):
    assert [one.state for one in _keepers()] == [State.WARNING]
    choose(walk, Keeper(KeeperKind.MAIL, "ki@example.go.id"))
    sent(walk)
    assert [one.state for one in _keepers()] == [State.OK]
