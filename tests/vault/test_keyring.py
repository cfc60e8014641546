"""The file of a body's own identities: private, whole, the newest first."""

import os
import stat

import pytest

from ppid.errors import BadInput, Conflict, CorruptData
from ppid.vault import age, keyring


@pytest.fixture
def path(tmp_path):
    return tmp_path / "keys" / "kota.brankas"


def code_when(act, kind=BadInput):
    with pytest.raises(kind) as refused:
        act()
    return refused.value.codes[0]


def test_it_is_made_once_and_for_its_owner_alone(path):
    recipient = keyring.create(path)
    assert keyring.recipients(path) == (recipient,)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert code_when(lambda: keyring.create(path), Conflict) == "keyring_exists"
    assert keyring.recipients(path) == (recipient,)


def test_a_newer_identity_stands_above_until_the_older_ones_retire(path):
    first = keyring.create(path)
    second = keyring.add(path)
    assert keyring.recipients(path) == (second, first)
    assert keyring.retire(path) == 1
    assert keyring.retire(path) == 0
    assert keyring.recipients(path) == (second,)
    assert os.listdir(path.parent) == [path.name]


def test_what_cannot_be_used_is_named(path):
    assert code_when(lambda: keyring.identities(path)) == "keyring_missing"
    keyring.create(path)
    path.chmod(0o640)
    assert code_when(lambda: keyring.identities(path)) == "keyring_open_to_others"
    path.unlink()
    path.mkdir()
    assert code_when(lambda: keyring.identities(path)) == "keyring_unusable"


@pytest.mark.parametrize("text", ["", "# kosong\n", "AGE-SECRET-KEY-1CUT\n", "é\n"])
def test_a_garbled_file_is_corrupt_and_not_shown(path, text):
    keyring.create(path)
    path.write_text(text)
    assert code_when(lambda: keyring.identities(path), CorruptData) == "keyring_garbled"


def test_a_disk_that_refuses_leaves_the_old_file(path, monkeypatch):
    recipient = keyring.create(path)

    def refuse(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(keyring.os, "fsync", refuse)
    assert code_when(lambda: keyring.add(path)) == "keyring_unusable"
    assert keyring.recipients(path) == (recipient,)
    assert os.listdir(path.parent) == [path.name]


def test_what_is_written_are_identities_of_the_format(path):
    recipient = keyring.create(path)
    (identity,) = keyring.identities(path)
    assert age.recipient_of(identity) == recipient
