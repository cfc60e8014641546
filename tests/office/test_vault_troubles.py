"""A storage in trouble under an act: one sentence, nothing half-done, and other work goes on."""

import errno
import os
import socket
from contextlib import closing
from threading import Thread

import pytest

from office.offices import assert_sound, case_in, item_in, office, who
from office.vaults import content, names, recovery_key, store
from ppid.errors import BadInput, CorruptData, PpidError
from ppid.office import vault as places
from ppid.office.actions.archive import file_item
from ppid.office.models import ArchiveEntry, Event, SoftCopy
from ppid.vault import folder, s3

pytestmark = pytest.mark.django_db(databases=["default", "public"])


@pytest.fixture
def desk():
    walk = office()
    item = item_in(walk, case_in(walk))
    recovery_key(walk)
    return walk, item, store(walk, item, b"sudah ada")


def refused(act, kind=PpidError):
    with pytest.raises(kind) as error:
        act()
    assert all(one.hint for one in error.value.findings)
    return error.value.codes


def other_work(walk, item):
    """File the item's paper, which has nothing to do with the vault."""
    by = who(walk, "arsiparis")
    file_item(item, soft_copy="", hard_copy="Lemari 3", by=by, at=walk.tick())
    return ArchiveEntry.objects.filter(item=item).exists()


def untouched(walk, item):
    """Whether nothing of the failed upload is left, and other work goes on."""
    stored = Event.objects.filter(kind="document.stored").count()
    return (SoftCopy.objects.count(), stored, other_work(walk, item)) == (1, 1, True)


def failing(monkeypatch, call, number):
    """Make a call of the folder fail as the system does."""

    def fails(*_, **__):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(folder, "os", type("os", (), {**vars(os), call: staticmethod(fails)}))


@pytest.mark.parametrize(
    ("call", "number", "code"),
    [
        ("fsync", errno.ENOSPC, "storage_full"),
        ("fsync", errno.EDQUOT, "storage_full"),
        ("open", errno.EROFS, "storage_read_only"),
        ("open", errno.EACCES, "storage_read_only"),
        ("fsync", errno.EIO, "storage_failed"),
    ],
)
def test_a_disk_that_refuses_is_told_and_leaves_nothing(desk, monkeypatch, call, number, code):
    walk, item, _ = desk
    with monkeypatch.context() as patch:
        failing(patch, call, number)
        assert refused(lambda: store(walk, item), BadInput) == (code,)

    assert untouched(walk, item)
    assert names() == [SoftCopy.objects.get().name]
    assert content(store(walk, item)) == b"isi"
    assert_sound()


def test_a_vault_that_is_not_mounted_is_told_and_not_made_anew(desk, settings):
    walk, item, copy = desk
    settings.VAULT.rename(settings.VAULT.with_name("lain"))

    assert refused(lambda: store(walk, item), BadInput) == ("storage_missing",)
    assert refused(lambda: content(copy), PpidError) == ("storage_missing",)

    assert not settings.VAULT.exists()
    assert untouched(walk, item)


@pytest.mark.parametrize("text", ["", "bukan kunci"])
def test_a_garbled_service_key_stops_reading_and_not_storing(desk, text):
    walk, item, copy = desk
    ring = places.keyring_of(walk.body.pk)
    ring.write_text(text)

    assert refused(lambda: content(copy), CorruptData) == ("keyring_garbled",)

    assert store(walk, item).version == 1
    assert other_work(walk, item)


def on_bucket(settings, monkeypatch, port):
    """Let the vault be a bucket of a service on this machine."""
    settings.STORAGE = "s3://brankas/kota"
    for name, value in (
        ("AWS_ENDPOINT_URL_S3", f"http://127.0.0.1:{port}"),
        ("AWS_ACCESS_KEY_ID", "kunci"),
        ("AWS_SECRET_ACCESS_KEY", "rahasia"),
        ("AWS_REGION", "us-east-1"),
    ):
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(s3, "TRIES", 1)
    places._storage.cache_clear()


def answering(listener, answer):
    """Answer each that connects with these bytes, and hang up."""
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        with connection:
            connection.recv(1 << 16)
            connection.sendall(answer)


NO = b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"
FULL = b"HTTP/1.1 507 Insufficient Storage\r\nContent-Length: 0\r\n\r\n"
CUT = b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\npotong"


@pytest.mark.parametrize(
    ("answer", "codes"),
    [
        (NO, {"storage_refused"}),
        (FULL, {"storage_full"}),
        (CUT, {"storage_unreachable"}),
        (b"", {"storage_unreachable"}),
    ],
)
def test_a_service_that_refuses_or_breaks_off_is_told(desk, settings, monkeypatch, answer, codes):
    walk, item, _ = desk
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        Thread(target=answering, args=(listener, answer), daemon=True).start()
        on_bucket(settings, monkeypatch, listener.getsockname()[1])

        assert set(refused(lambda: store(walk, item), BadInput)) <= codes

    assert untouched(walk, item)


def test_a_service_that_never_answers_is_given_up(desk, settings, monkeypatch):
    walk, item, _ = desk
    with closing(socket.create_server(("127.0.0.1", 0))) as silent:
        on_bucket(settings, monkeypatch, silent.getsockname()[1])
        monkeypatch.setattr(s3, "READ_SECONDS", 1)
        monkeypatch.setattr(
            places, "_storage", lambda *_: s3.Bucket("brankas", prefix="kota", wait=1)
        )

        assert refused(lambda: store(walk, item), BadInput) == ("storage_unreachable",)

    assert untouched(walk, item)
