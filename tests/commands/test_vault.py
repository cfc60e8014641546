"""`ppid vault`: a recovery key is shown once and asked back; the rest says what it did."""

import re
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from office.offices import case_in, item_in, office
from office.vaults import content, names, recovery_key, store
from ppid.commands import vault as command
from ppid.commands.check import check
from ppid.errors import BadInput, CorruptData, NotFound, PpidError, Refused
from ppid.office import vault as places
from ppid.office.models import Event, SoftCopy, VaultKeys
from ppid.vault import age

pytestmark = pytest.mark.django_db(databases=["default", "public"])
IDENTITY = re.compile(r"AGE-SECRET-KEY-1[0-9A-Z]{58}")


@pytest.fixture
def walk(settings, tmp_path, monkeypatch):
    settings.KEYS = tmp_path / "keys"
    settings.DATA = tmp_path
    settings.VAULT = tmp_path / "vault"
    monkeypatch.setattr(command, "demand_ready", lambda *_: None)  # the test database has no file
    monkeypatch.setattr("ppid.commands.check.demand_ready", lambda *_: None)
    return office()


def run(*arguments, typed=""):
    return CliRunner().invoke(command.vault, arguments, input=typed)


def refused(done, kind, code):
    return isinstance(done.exception, kind) and done.exception.codes == (code,)


def documents(walk, count=2):
    recovery_key(walk)
    item = item_in(walk, case_in(walk))
    return [store(walk, item, f"isi {n}".encode()) for n in range(count)]


def test_a_recovery_key_is_shown_once_asked_back_and_kept_nowhere(walk, settings, monkeypatch):
    made = age.generate_identity()
    only = SimpleNamespace(generate_identity=lambda: made, recipient_of=age.recipient_of)
    monkeypatch.setattr(command, "age", only)

    done = run("key", "kota", typed=f"salah\n{made.lower()}\n")

    assert done.exit_code == 0
    assert IDENTITY.findall(done.output) == [made]
    assert VaultKeys.objects.get().recovery == [age.recipient_of(made)]
    files = [path for path in settings.DATA.rglob("*") if path.is_file()]
    assert not [path for path in files if made.encode() in path.read_bytes()]
    assert made not in str([event.sealed for event in Event.objects.all()])


def test_a_key_that_is_not_typed_back_is_not_recorded(walk):
    done = run("key", "kota", typed="salah\n" * 3)

    assert refused(done, BadInput, "recovery_not_typed")
    assert VaultKeys.objects.count() == 0


def test_a_key_that_was_made_elsewhere_is_recorded_and_dropped(walk):
    documents(walk)
    recipient = age.recipient_of(age.generate_identity())

    added = run("key", "kota", "--recipient", recipient)
    assert added.exit_code == 0
    assert "2 soft copy" in added.output
    assert "SECRET" not in added.output
    assert run("drop", "kota", recipient).exit_code == 0
    assert refused(run("drop", "kota", recipient), Refused, "recovery_unknown")


def test_rotating_seals_everything_anew(walk):
    copies = documents(walk)
    before = names()

    done = run("rotate", "kota")

    assert done.exit_code == 0
    assert "2 dari 2" in done.output
    assert [content(copy) for copy in copies] == [b"isi 0", b"isi 1"]
    assert not set(before) & set(names())


def test_rotating_names_what_cannot_be_read_and_does_the_rest(walk, settings):
    copies = documents(walk, 3)
    (settings.VAULT / copies[1].name).write_bytes(b"rusak")

    done = run("rotate", "kota")

    assert refused(done, CorruptData, "file_cut")
    assert Event.objects.filter(kind="document.resealed").count() == 2


def test_verifying_and_checking_read_every_file(walk, settings):
    copies = documents(walk)
    assert "2 berkas" in run("verify").output
    assert "2 berkas" in CliRunner().invoke(check).output
    (settings.VAULT / copies[0].name).unlink()

    for done in (run("verify"), run("verify", "kota"), CliRunner().invoke(check)):
        assert refused(done, CorruptData, "file_missing")


def test_checking_reads_every_file_and_records_it(walk, settings):
    copies = documents(walk)
    assert "kota: 2 berkas" in run("check").output
    (settings.VAULT / copies[0].name).unlink()

    assert refused(run("check", "kota"), CorruptData, "file_missing")

    told = Event.objects.filter(kind__in=["vault.checked", "vault.damaged"]).order_by("seq")
    assert [one.kind for one in told] == ["vault.checked", "vault.damaged", "vault.checked"]


def test_an_unknown_body_is_named(walk):
    for arguments in (("key", "tidakada"), ("rotate", "tidakada"), ("verify", "tidakada")):
        assert refused(run(*arguments), NotFound, "body_unknown")


def test_what_nobody_names_is_shown_and_deleted_when_asked(walk, monkeypatch):
    copies = documents(walk)
    SoftCopy.objects.filter(pk=copies[0].pk).delete()
    monkeypatch.setattr(command, "GRACE", -command.GRACE)

    assert "1 berkas tersegel tanpa catatan" in run("verify").output
    assert copies[0].name in run("sweep").output
    assert copies[0].name in names()
    assert run("sweep", "--yes").output.endswith("1 sisa dihapus.\n")
    assert names() == [copies[1].name]


def test_a_storage_address_that_means_nothing_is_a_sentence(walk, settings):
    settings.STORAGE = "ftp://brankas"
    places._storage.cache_clear()
    done = run("key", "kota")
    assert isinstance(done.exception, PpidError)
    assert done.exception.codes == ("storage_address",)
