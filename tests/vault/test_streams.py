"""Hashing aside: the same hashes as one after the other, and no thread is left behind."""

import hashlib
import io
import threading

import pytest

from ppid.vault import age
from ppid.vault.streams import BLOCK, HashingAside, Meter, digest_of
from vault.vaults import some_bytes

SIZES = (0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * HashingAside.BATCH, 5 * HashingAside.BATCH + 7)


def threads():
    return [one for one in threading.enumerate() if one.name == "vault-hash"]


@pytest.mark.parametrize("size", SIZES)
def test_what_is_hashed_aside_has_its_own_hash(size):
    data = some_bytes(size)

    found = digest_of(io.BytesIO(data))

    assert (found.size, found.sha256) == (size, hashlib.sha256(data).hexdigest())
    assert threads() == []


@pytest.mark.parametrize("size", SIZES)
def test_both_hashes_of_a_seal_are_those_of_what_went_in_and_came_out(size):
    data, target = some_bytes(size), io.BytesIO()
    keys = [age.recipient_of(age.generate_identity()) for _ in range(2)]

    plain, sealed = age.seal(io.BytesIO(data), target, recipients=keys)

    assert plain.sha256 == hashlib.sha256(data).hexdigest()
    assert sealed.sha256 == hashlib.sha256(target.getvalue()).hexdigest()
    assert (plain.size, sealed.size) == (size, len(target.getvalue()))


def test_a_source_that_breaks_off_leaves_no_thread():
    class Breaking(io.BytesIO):
        def read(self, size=-1):
            if self.tell() >= 4 * HashingAside.BATCH:
                raise OSError(5, "rusak")
            return super().read(size)

    source = Breaking(some_bytes(6 * HashingAside.BATCH))
    keys = [age.recipient_of(age.generate_identity())]

    with pytest.raises(OSError, match="rusak"):
        age.seal(source, io.BytesIO(), recipients=keys)

    assert threads() == []


def test_a_small_file_starts_no_thread():
    with HashingAside() as aside:
        meter = Meter(aside=aside)
        meter.count(b"kecil")
        assert threads() == []
    assert meter.digest().sha256 == hashlib.sha256(b"kecil").hexdigest()
