"""Signed notes and checkpoints: the specification's examples, and real Ed25519 keys."""

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from ppid.errors import BadInput, CorruptData
from ppid.ledger import checkpoint as notes
from ppid.ledger.checkpoint import Checkpoint

# C2SP signed-note, the example at its end
FOO = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
FOO_NOTE = (
    "This is an example message.\n\n— example.com/foo "
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
)
# golang.org/x/mod/sumdb/note, the example of its documentation
NEUMANN = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
NEUMANN_NOTE = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n\n— PeterNeumann "
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
# C2SP signed-note, its first example: the text holds an empty line
POEM = (
    "Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\ned è subito sera.\n\n"
    "— quasimodo.example/salvatore "
    "NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=\n"
)
# C2SP tlog-cosignature, its example: a checkpoint with the log's signature and a witness's
SOFA = (
    "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
    "— example.com/behind-the-sofa "
    "Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
    "— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2"
    "oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n"
)

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key().public_bytes_raw()
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(32))
NAME = "sip-ppid/bontang"
VKEY = notes.vkey(NAME, PUBLIC)
HEAD = Checkpoint(NAME, 12, b"\x0a" * 32)


def by(vkey):
    public = Ed25519PublicKey.from_public_bytes(notes.parse_vkey(vkey).public_key)

    def verify(signature, message):
        try:
            public.verify(signature, message)
        except InvalidSignature:
            return False
        return True

    return verify


def signed(head=HEAD, key=KEY, name=NAME):
    return notes.sign(
        head, key_name=name, public_key=key.public_key().public_bytes_raw(), sign=key.sign
    )


def checked(note, **more):
    return notes.verify(note, vkey=VKEY, verify=by(VKEY), **more)


@pytest.mark.parametrize(("vkey", "note"), [(FOO, FOO_NOTE), (NEUMANN, NEUMANN_NOTE)])
def test_the_published_notes_verify(vkey, note):
    assert notes.open_note(note, vkey=vkey, verify=by(vkey)).to_text() == note


@pytest.mark.parametrize(("vkey", "note"), [(FOO, FOO_NOTE), (NEUMANN, NEUMANN_NOTE)])
def test_the_published_notes_do_not_verify_with_another_text(vkey, note):
    with pytest.raises(CorruptData) as refused:
        notes.open_note(note.replace("e", "a", 1), vkey=vkey, verify=by(vkey))
    assert refused.value.codes == ("signature_invalid",)


@pytest.mark.parametrize(
    "vkey",
    [
        FOO,
        NEUMANN,
        "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8",
        "logandmap+38581672+Ab/PCr1eCclRPRMBqw/r5An1xO71MCnImLiospEq6b4l",
    ],
)
def test_published_verifier_keys_are_read_and_written_alike(vkey):
    key = notes.parse_vkey(vkey)
    assert notes.vkey(key.name, key.public_key) == vkey


def test_the_published_checkpoint_is_read_with_its_witness():
    note = notes.parse(SOFA)

    head = notes.parse_checkpoint(note.text)

    assert (head.origin, head.size) == ("example.com/behind-the-sofa", 20852163)
    assert head.root.hex() == "0ac5186a91863e8e1d90c808014aa89bf5da8e3ee1d9f07630f0378f68f1ab62"
    assert head.text() == note.text
    assert [one.name for one in note.signatures] == [head.origin, "witness.example.com/w1"]
    assert note.to_text() == SOFA


def test_a_text_may_hold_empty_lines():
    note = notes.parse(POEM)
    assert note.text.endswith("sole:\n\ned è subito sera.\n")
    assert note.to_text() == POEM


def test_a_signed_checkpoint_does_not_drift():
    # Ed25519 is deterministic: same key, same checkpoint, same bytes
    assert signed() == (
        "sip-ppid/bontang\n12\nCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgo=\n\n"
        "— sip-ppid/bontang "
        "t7CTjQRHA2AdzXWrGfEJEBZZS6idIQha3Hb3WBX+Uv5mC1tMqHRqnKZgatMBUPMLxLGSfelStBOCVUk8NQosJm9njAU=\n"
    )


@given(
    st.integers(0, 10**18),
    st.binary(min_size=32, max_size=32),
    st.lists(st.text("abc —é+", min_size=1), max_size=3),
)
def test_any_checkpoint_comes_back_verified(size, root, extensions):
    head = Checkpoint(NAME, size, root, tuple(extensions))
    assert checked(signed(head)) == head


def test_signatures_of_others_are_kept_and_ignored():
    own = notes.parse(signed())
    witness = notes.Signature("witness.example/w1", b"\x01\x02\x03\x04", b"anything")
    same_name = notes.Signature(NAME, b"\x01\x02\x03\x04", b"after a change of key")

    note = notes.SignedNote(own.text, (witness, *own.signatures, same_name)).to_text()

    assert checked(note) == HEAD
    assert notes.parse(note).signatures == (witness, *own.signatures, same_name)


def test_one_bad_signature_of_the_known_key_spoils_the_note():
    own = notes.parse(signed())
    forged = notes.Signature(NAME, own.signatures[0].key_id, b"\x00" * 64)

    note = notes.SignedNote(own.text, (*own.signatures, forged)).to_text()

    with pytest.raises(CorruptData) as refused:
        checked(note)
    assert refused.value.codes == ("signature_invalid",)


def test_a_note_of_another_key_is_not_signed():
    with pytest.raises(CorruptData) as refused:
        checked(signed(key=OTHER))
    assert refused.value.codes == ("signature_missing",)


def test_a_checkpoint_of_another_log_is_refused_though_the_key_is_right():
    note = signed(Checkpoint("sip-ppid/bali", 12, b"\x0a" * 32))

    with pytest.raises(CorruptData) as refused:
        checked(note)

    assert refused.value.codes == ("checkpoint_of_other_log",)
    assert checked(note, origin="sip-ppid/bali").origin == "sip-ppid/bali"


@given(st.integers(0, len(signed()) - 1), st.sampled_from("0aZ+= \n—"))
def test_a_changed_letter_never_verifies_as_something_else(at, letter):
    note = signed()
    changed = note[:at] + letter + note[at + 1 :]
    try:
        head = checked(changed)
    except CorruptData:
        head = None
    assert (head == HEAD) is (changed == note)


@pytest.mark.parametrize(
    "note",
    [
        "",
        "\n\n",
        "text without signatures\n",
        "text\n\n",
        FOO_NOTE.rstrip("\n"),
        FOO_NOTE + "\n",
        FOO_NOTE + "trailing line\n",
        FOO_NOTE.replace("—", "-"),
        FOO_NOTE.replace("example.com/foo ", "example.com/foo  "),
        FOO_NOTE.replace("example.com/foo ", "a+b "),
        FOO_NOTE.replace("example.com/foo ", " "),
        FOO_NOTE.replace("yaQM=", "yaQN="),
        FOO_NOTE.replace("yaQM=", "yaQM"),
        FOO_NOTE.replace("yaQM=", "yaQ—"),
        "text\n\n— name AAAAAA==\n",
        FOO_NOTE.replace("This", "Th\tis"),
        FOO_NOTE.replace("This", "Th\ud800is"),
        "text\n\n" + "— name AAAAAAAA\n" * 101,
        "a" * 1_000_001 + "\n\n— name AAAAAAAA\n",
    ],
)
def test_a_damaged_note_is_refused(note):
    with pytest.raises(CorruptData) as refused:
        notes.parse(note)
    assert refused.value.codes == ("note_malformed",)


def test_a_note_may_have_a_hundred_signatures():
    assert len(notes.parse("text\n\n" + "— name AAAAAAAA\n" * 100).signatures) == 100


ROOT = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="


@pytest.mark.parametrize(
    "text",
    [
        "Log\n123\n",
        f"\n123\n{ROOT}\n",
        f"Log\n123\n{ROOT}",
        f"Log\nbananas\n{ROOT}\n",
        f"Log\n-34\n{ROOT}\n",
        f"Log\n0123\n{ROOT}\n",
        f"Log\n3438945738945739845734895735\n{ROOT}\n",
        "Log\n123\nThisIsn'tBase64\n",
        "Log\n123\nYmFuYW5hcw==\n",
        f"Log\n123\n{ROOT}\n\n",
        f"Log\n123\n{ROOT}\nmore\x00\n",
    ],
)
def test_a_damaged_checkpoint_is_refused(text):
    with pytest.raises(CorruptData) as refused:
        notes.parse_checkpoint(text)
    assert refused.value.codes == ("checkpoint_malformed",)


@pytest.mark.parametrize(
    "head",
    [
        Checkpoint("", 1, b"\x0a" * 32),
        Checkpoint("two\nlines", 1, b"\x0a" * 32),
        Checkpoint(NAME, -1, b"\x0a" * 32),
        Checkpoint(NAME, 1, b"\x0a" * 31),
        Checkpoint(NAME, 1, b"\x0a" * 32, ("",)),
    ],
)
def test_what_is_no_checkpoint_is_not_signed(head):
    with pytest.raises(BadInput) as refused:
        signed(head)
    assert refused.value.codes == ("checkpoint_malformed",)


@pytest.mark.parametrize(
    "vkey",
    [
        "",
        "name",
        "name+530d903a",
        FOO.replace("530d903a", "530d903b"),
        FOO.replace("530d903a", "530D903A"),
        FOO.replace("foo", "bar"),
        FOO.replace("foo", "f oo"),
        FOO.replace("+Ae", "+Be"),
        FOO[:-4],
        FOO + "=",
        "+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "\ud800" + FOO,
        # an ECDSA key, which is none of ours
        "rekor.example+c0d23d6a+AjBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABNhtmPtrWm3U1eQXBogSMdGv",
    ],
)
def test_a_wrong_verifier_key_is_refused(vkey):
    with pytest.raises(BadInput) as refused:
        notes.parse_vkey(vkey)
    assert refused.value.codes == ("vkey_malformed",)


@pytest.mark.parametrize("name", ["", "two words", "a+b", "line\n"])
def test_nobody_signs_under_a_name_that_no_note_can_hold(name):
    with pytest.raises(BadInput) as refused:
        signed(name=name)
    assert refused.value.codes == ("vkey_malformed",)
