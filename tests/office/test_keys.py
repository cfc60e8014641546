"""Signing keys: made once, private, and refused with a sentence when something is wrong."""

import os
import stat

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from ppid.errors import BadInput, Conflict, CorruptData
from ppid.ledger import checkpoint as notes
from ppid.ledger.checkpoint import Checkpoint
from ppid.office import keys

HEAD = Checkpoint("sip-ppid/bontang", 12, b"\x0a" * 32)


def pem(key, encryption=None):
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption or NoEncryption())


@pytest.fixture
def folder(tmp_path):
    keys.create(tmp_path / "keys", "bontang")
    return tmp_path / "keys"


def refusal(error, folder, body="bontang"):
    with pytest.raises(error) as refused:
        keys.signer(folder, body)
    (finding,) = refused.value.findings
    assert finding.hint
    return finding.code


def test_a_checkpoint_signed_with_the_body_s_key_verifies_with_its_public_key_alone(folder):
    note = notes.sign(
        HEAD,
        key_name=keys.key_name("bontang"),
        public_key=keys.public_key(folder, "bontang"),
        sign=keys.signer(folder, "bontang"),
    )
    vkey = keys.vkey(folder, "bontang")

    assert notes.verify(note, vkey=vkey, verify=keys.verifier_of(vkey)) == HEAD
    assert notes.verify(note, vkey=vkey, verify=keys.verifier(folder, "bontang")) == HEAD
    assert not keys.verifier_of(vkey)(b"\x00" * 64, b"message")


def test_making_a_key_returns_its_public_half(tmp_path):
    assert keys.create(tmp_path, "bali") == keys.vkey(tmp_path, "bali")


def test_only_the_owner_can_read_a_key_and_no_draft_stays(folder):
    (path,) = folder.iterdir()
    assert path.name == "bontang.key"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_key_is_never_replaced(folder):
    before = keys.vkey(folder, "bontang")

    with pytest.raises(Conflict) as refused:
        keys.create(folder, "bontang")

    assert refused.value.codes == ("key_exists",)
    assert keys.vkey(folder, "bontang") == before
    assert len(list(folder.iterdir())) == 1


def test_a_missing_key_is_not_made_anew(folder):
    assert refusal(BadInput, folder, "bali") == "key_missing"
    assert refusal(BadInput, folder / "elsewhere") == "key_missing"
    assert len(list(folder.iterdir())) == 1


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"garbage",
        pem(Ed25519PrivateKey.generate())[:-40],
        pem(Ed25519PrivateKey.generate(), BestAvailableEncryption(b"secret")),
        pem(ec.generate_private_key(ec.SECP256R1())),
    ],
    ids=["empty", "garbage", "cut", "with_passphrase", "other_kind"],
)
def test_a_garbled_key_is_refused(folder, content):
    (folder / "bontang.key").write_bytes(content)
    assert refusal(CorruptData, folder) == "key_garbled"


def test_a_key_that_others_can_read_is_refused(folder):
    (folder / "bontang.key").chmod(0o640)
    assert refusal(BadInput, folder) == "key_open_to_others"


def test_a_key_that_cannot_be_opened_is_refused(folder):
    (folder / "bali.key").mkdir()
    assert refusal(BadInput, folder, "bali") == "key_unreadable"


def test_the_key_of_another_body_is_refused(folder):
    known = keys.vkey(folder, "bontang")
    os.replace(folder / "bontang.key", folder / "old.key")
    keys.create(folder, "bontang")

    with pytest.raises(BadInput) as refused:
        keys.signer(folder, "bontang", expected=known)

    assert refused.value.codes == ("key_wrong",)
    assert keys.signer(folder, "bontang", expected=keys.vkey(folder, "bontang"))(b"message")


@pytest.mark.parametrize("body", ["", "../bontang", "a/b", "a b", ".", "a" * 61])
def test_a_body_s_name_never_leads_out_of_the_folder(folder, body):
    assert refusal(BadInput, folder, body) == "key_name_invalid"


def test_a_folder_that_cannot_be_written_is_a_sentence(tmp_path):
    (tmp_path / "file").write_text("not a folder")

    with pytest.raises(BadInput) as refused:
        keys.create(tmp_path / "file", "bontang")
    assert refused.value.codes == ("key_exists",) or refused.value.codes == ("key_folder_unusable",)
