"""Cosignatures: the specification's layout, and real keys."""

from hashlib import sha256

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from ledger.logs import KEY, OUTSIDE, STRANGER
from ledger.test_checkpoint import SOFA
from ppid.errors import BadInput, CorruptData
from ppid.ledger import checkpoint as notes
from ppid.ledger import cosignature
from ppid.ledger.checkpoint import SignedNote
from ppid.ledger.cosignature import Cosignature

WITNESS = Ed25519PrivateKey.from_private_bytes(bytes([7] * 32))
NAME = "saksi.example/ki"
VKEY = cosignature.vkey(NAME, WITNESS.public_key().public_bytes_raw())
OTHER = cosignature.vkey("lain.example", STRANGER.public_key().public_bytes_raw())
AT = 1_772_442_000


def verifier(public_key):
    """The check of one public key."""

    def verify(signature, message):
        try:
            Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
        except InvalidSignature:
            return False
        return True

    return verify


def vouched_note(at=AT, vkey=VKEY, key=WITNESS, note=OUTSIDE):
    """The note with one more line under it."""
    signed = notes.parse(note)
    line = cosignature.cosign(signed.text, vkey=vkey, sign=key.sign, at=at)
    return SignedNote(signed.text, (*signed.signatures, line))


def test_a_cosignature_says_who_and_when():
    signed = notes.parse(vouched_note().to_text())
    said = cosignature.verify(signed, vkey=VKEY, verifier=verifier)
    assert said == Cosignature(NAME, AT)


def test_what_is_signed_is_what_the_specification_shows():
    text = notes.parse(SOFA).text
    assert cosignature.message(text, at=1679315147) == (
        b"cosignature/v1\ntime 1679315147\nexample.com/behind-the-sofa\n20852163\n"
        b"CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    )


def test_the_published_cosignature_has_eight_bytes_of_time_and_a_signature():
    blob = notes.parse(SOFA).signatures[1].blob
    assert len(blob) == 72
    assert int.from_bytes(blob[:8], "big") == 1679315147


def test_the_key_id_is_made_as_the_specification_says():
    public = WITNESS.public_key().public_bytes_raw()
    key_id = sha256(NAME.encode() + b"\n\x04" + public).digest()[:4]
    assert cosignature.parse_vkey(VKEY).key_id == key_id
    assert VKEY.split("+")[1] == key_id.hex()


def test_a_key_that_signs_notes_is_no_key_of_a_witness_and_the_other_way_round():
    of_log = notes.vkey(NAME, WITNESS.public_key().public_bytes_raw())
    with pytest.raises(BadInput) as one:
        cosignature.parse_vkey(of_log)
    with pytest.raises(BadInput) as other:
        notes.parse_vkey(VKEY)
    assert one.value.codes == other.value.codes == ("vkey_malformed",)


def test_the_signature_of_the_log_still_verifies_under_a_cosigned_note():
    vkey = notes.vkey("sip-ppid/bontang", KEY.public_key().public_bytes_raw())
    check = verifier(KEY.public_key().public_bytes_raw())
    assert notes.verify(vouched_note().to_text(), vkey=vkey, verify=check).size == 25


def test_a_witness_that_did_not_sign_is_missing():
    with pytest.raises(CorruptData) as refused:
        cosignature.verify(notes.parse(OUTSIDE), vkey=VKEY, verifier=verifier)
    assert refused.value.codes == ("cosignature_missing",)


@given(st.integers(0, 71), st.integers(1, 255))
def test_a_changed_cosignature_is_refused(at, flip):
    signed = vouched_note()
    blob = bytearray(signed.signatures[-1].blob)
    blob[at] ^= flip
    damaged = notes.Signature(NAME, signed.signatures[-1].key_id, bytes(blob))
    with pytest.raises(CorruptData) as refused:
        cosignature.verify(SignedNote(signed.text, (damaged,)), vkey=VKEY, verifier=verifier)
    assert refused.value.codes == ("cosignature_invalid",)


@pytest.mark.parametrize("blob", [b"", bytes(71), bytes(73), bytes(72), b"\xff" * 72])
def test_a_cosignature_without_time_or_of_another_length_is_refused(blob):
    signed = vouched_note()
    line = notes.Signature(NAME, signed.signatures[-1].key_id, blob)
    with pytest.raises(CorruptData) as refused:
        cosignature.verify(SignedNote(signed.text, (line,)), vkey=VKEY, verifier=verifier)
    assert refused.value.codes == ("cosignature_invalid",)


def test_a_cosignature_moved_to_another_checkpoint_is_refused():
    line = vouched_note().signatures[-1]
    text = notes.parse(SOFA).text
    with pytest.raises(CorruptData) as refused:
        cosignature.verify(SignedNote(text, (line,)), vkey=VKEY, verifier=verifier)
    assert refused.value.codes == ("cosignature_invalid",)


@pytest.mark.parametrize("at", [0, -1, 2**63])
def test_a_witness_never_leaves_the_time_out(at):
    with pytest.raises(ValueError, match="time"):
        vouched_note(at=at)


def test_of_the_known_witnesses_those_that_signed_are_named():
    signed = vouched_note()
    assert cosignature.vouched(signed, witnesses=[OTHER, VKEY], verifier=verifier) == (
        Cosignature(NAME, AT),
    )
    assert cosignature.vouched(signed, witnesses=[OTHER], verifier=verifier) == ()


def test_a_false_line_under_the_name_of_a_known_witness_spoils_the_note():
    signed = vouched_note(key=STRANGER)
    with pytest.raises(CorruptData) as refused:
        cosignature.vouched(signed, witnesses=[VKEY], verifier=verifier)
    assert refused.value.codes == ("cosignature_invalid",)
