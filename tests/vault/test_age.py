"""Sealing and opening a stream: whole for every size, refused for every kind of damage."""

import io
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ppid.errors import BadInput, CorruptData, PpidError
from ppid.vault import age
from ppid.vault.streams import BLOCK, digest_of
from vault.vaults import CHUNK, WEAK, some_bytes

SERVICE, RECOVERY, STRANGER = (age.generate_identity() for _ in range(3))
RECIPIENTS = [age.recipient_of(SERVICE), age.recipient_of(RECOVERY)]
ABOUT_CHUNKS = st.integers(0, 3).flatmap(
    lambda chunks: st.integers(max(0, chunks * CHUNK - 20), chunks * CHUNK + 20)
)


def sealed(data, recipients=RECIPIENTS):
    target = io.BytesIO()
    age.seal(io.BytesIO(data), target, recipients=recipients)
    return target.getvalue()


def opened(data, identity=SERVICE):
    target = io.BytesIO()
    age.unseal(io.BytesIO(data), target, identities=[identity])
    return target.getvalue()


@settings(max_examples=60, deadline=None)
@given(size=ABOUT_CHUNKS | st.integers(0, 400_000), seed=st.integers(0, 9))
@example(size=0, seed=0)
@example(size=CHUNK, seed=0)
def test_what_was_sealed_opens_with_each_key_and_with_no_other(size, seed):
    data = some_bytes(size, seed=seed)
    file = sealed(data)
    assert opened(file, SERVICE) == opened(file, RECOVERY) == data
    with pytest.raises(BadInput) as refused:
        opened(file, STRANGER)
    assert refused.value.codes == ("identity_not_a_recipient",)


@settings(max_examples=60, deadline=None)
@given(size=ABOUT_CHUNKS, share=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_a_changed_bit_anywhere_is_refused(size, share, bit):
    file = bytearray(sealed(some_bytes(size)))
    file[int(share * len(file))] ^= 1 << bit
    with pytest.raises(PpidError) as refused:
        opened(bytes(file))
    assert refused.value.codes[0] in ("seal_broken", "identity_not_a_recipient")


def parts_of(file, plain_size):
    """Return where each class of byte of a sealed file begins: version, stanza, MAC, nonce, ..."""
    header = re.search(rb"\n--- [A-Za-z0-9+/]{43}\n", file).end()
    payload = header + 16
    return {
        "version": 0,
        "stanza": file.index(b"-> X25519 ") + 12,
        "wrapped key": file.index(b"\n", file.index(b"-> X25519 ")) + 5,
        "header mac": header - 20,
        "nonce": header + 3,
        "first chunk": payload + 10,
        "tag of the first chunk": payload + CHUNK + 3,
        "last chunk": payload + plain_size // CHUNK * (CHUNK + 16) + 1,
        "last byte": len(file) - 1,
    }


WHOLE = 2 * CHUNK + 100
CLASSES = list(parts_of(sealed(some_bytes(WHOLE)), WHOLE))


@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize("name", CLASSES)
def test_damage_to_each_part_of_a_sealed_file_is_refused(name):
    file = bytearray(sealed(some_bytes(WHOLE)))
    file[parts_of(bytes(file), WHOLE)[name]] ^= 1
    with pytest.raises(PpidError):
        opened(bytes(file))


@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize("after", ["header", "nonce", "first chunk", "second chunk", "half a tag"])
def test_a_file_cut_at_any_border_is_refused(after):
    file = sealed(some_bytes(WHOLE))
    nonce = parts_of(file, WHOLE)["nonce"] - 3
    ends = {
        "header": nonce,
        "nonce": nonce + 16,
        "first chunk": nonce + 16 + CHUNK + 16,
        "second chunk": nonce + 16 + 2 * (CHUNK + 16),
        "half a tag": len(file) - 8,
    }
    with pytest.raises(CorruptData) as refused:
        opened(file[: ends[after]])
    assert refused.value.codes == ("seal_broken",)


@pytest.mark.usefixtures("engine")
def test_two_chunks_that_changed_places_are_refused():
    file = sealed(some_bytes(WHOLE))
    start = parts_of(file, WHOLE)["nonce"] - 3 + 16
    one, two = start + CHUNK + 16, start + 2 * (CHUNK + 16)
    with pytest.raises(CorruptData):
        opened(file[:start] + file[one:two] + file[start:one] + file[two:])


LINE = b"A" * 43
NO_BASE64 = b"age-encryption.org/v1\n-> X25519 !!\n" + LINE + b"\n--- " + LINE + b"\n" + bytes(32)


@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize(
    "garbage", [b"", b"\0" * 500, b"%PDF-1.7\n", b"age-encryption.org/v1\n", NO_BASE64]
)
def test_what_is_no_sealed_file_is_refused(garbage):
    with pytest.raises(CorruptData) as refused:
        opened(garbage)
    assert refused.value.codes == ("seal_broken",)


@pytest.mark.usefixtures("engine")
def test_the_digests_are_those_of_the_bytes():
    data, target = some_bytes(300_001), io.BytesIO()
    plain, file = age.seal(io.BytesIO(data), target, recipients=RECIPIENTS)
    assert plain == digest_of(io.BytesIO(data))
    assert file == digest_of(io.BytesIO(target.getvalue()))


class Full(io.BytesIO):
    def write(self, data):
        raise OSError(28, "No space left on device")


class Torn(io.BytesIO):
    def read(self, size=-1):
        raise OSError(5, "Input/output error")


class FullAtTheEnd(io.BytesIO):
    """Has no room for the last few bytes."""

    def write(self, data):
        if self.tell() + len(data) > 2 * BLOCK:
            raise OSError(28, "No space left on device")
        return super().write(data)


class TornAtTheEnd(io.BytesIO):
    def read(self, size=-1):
        if self.tell() >= 2 * BLOCK:
            raise OSError(5, "Input/output error")
        return super().read(size)


LARGE = bytes(2 * BLOCK + 1)


@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize(
    ("act", "number"),
    [
        (lambda: age.seal(io.BytesIO(b"x" * 99_999), Full(), recipients=RECIPIENTS), 28),
        (lambda: age.seal(Torn(), io.BytesIO(), recipients=RECIPIENTS), 5),
        (lambda: age.unseal(io.BytesIO(sealed(b"x")), Full(), identities=[SERVICE]), 28),
        (lambda: age.seal(io.BytesIO(b"x"), Full(), recipients=RECIPIENTS), 28),
        (lambda: age.seal(io.BytesIO(LARGE), FullAtTheEnd(), recipients=RECIPIENTS), 28),
        (lambda: age.seal(TornAtTheEnd(LARGE), io.BytesIO(), recipients=RECIPIENTS), 5),
        (lambda: age.seal(TornAtTheEnd(LARGE), FullAtTheEnd(), recipients=RECIPIENTS), 5),
        (lambda: age.unseal(Torn(), io.BytesIO(), identities=[SERVICE]), 5),
    ],
)
def test_an_error_of_a_stream_stays_what_it_was(act, number):
    with pytest.raises(OSError, match="Errno") as raised:
        act()
    assert raised.value.errno == number


@pytest.mark.parametrize("text", ["", "age1x", "AGE-SECRET-KEY-1", "ssh-ed25519 AAAA", "é"])
def test_a_key_that_is_not_whole_is_named(text):
    for read, code in (
        (age.recipient_of, "identity_malformed"),
        (age.check_recipient, "recipient_malformed"),
    ):
        with pytest.raises(BadInput) as refused:
            read(text)
        assert refused.value.codes == (code,)


@pytest.mark.parametrize("recipient", WEAK)
def test_a_recipient_that_hides_nothing_is_refused(recipient):
    with pytest.raises(BadInput) as refused:
        age.check_recipient(recipient)
    assert refused.value.codes == ("recipient_weak",)


def test_who_breaks_off_while_a_recipient_is_looked_at_is_not_held_up(monkeypatch):
    def broken_off(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(age.pyrage, "encrypt", broken_off)
    with pytest.raises(KeyboardInterrupt):
        age.check_recipient(RECIPIENTS[0])


def test_a_key_may_be_typed_in_small_letters_with_spaces_around():
    assert age.recipient_of(f" {SERVICE.lower()}\n") == RECIPIENTS[0]
    assert age.check_recipient(f" {RECIPIENTS[0].upper()} ") == RECIPIENTS[0]


def test_no_error_shows_a_key():
    with pytest.raises(BadInput) as refused:
        age.recipient_of(SERVICE[:-1])
    shown = f"{refused.value} {refused.value.findings} {refused.value.__cause__}"
    assert SERVICE[20:40] not in shown
