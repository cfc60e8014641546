"""Work aside: the same hashes as one after the other, errors arrive, no thread is left behind."""

import hashlib
import io
import threading

import pytest

from ppid.vault import age
from ppid.vault.streams import BLOCK, Aside, Chunks, digest_of, read_whole
from vault.vaults import some_bytes

SIZES = (0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK, 5 * BLOCK + 7)


def threads():
    return [one for one in threading.enumerate() if one.name == "vault-aside"]


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


def test_a_source_that_gives_little_at_a_time_is_hashed_and_sealed_as_one_that_gives_much():
    data, target = some_bytes(2 * BLOCK + 99), io.BytesIO()
    bits = Chunks(data[start : start + 60_001] for start in range(0, len(data), 60_001))
    identity = age.generate_identity()

    plain, _ = age.seal(bits, io.BytesIO(), recipients=[age.recipient_of(identity)])
    assert plain == digest_of(io.BytesIO(data))

    sealed = io.BytesIO()
    age.seal(io.BytesIO(data), sealed, recipients=[age.recipient_of(identity)])
    file = sealed.getvalue()
    bits = Chunks(file[start : start + 60_001] for start in range(0, len(file), 60_001))
    age.unseal(bits, target, identities=[identity])
    assert target.getvalue() == data


def test_what_fails_aside_is_raised_and_the_rest_is_not_done():
    done = []

    def work(block):
        done.append(len(block))
        raise OSError(28, "penuh")

    def put_much():
        with Aside(work) as aside:
            for _ in range(10 * Aside.WAITING):
                aside.put(bytes(BLOCK))

    with pytest.raises(OSError, match="penuh"):
        put_much()

    assert done == [BLOCK]
    assert threads() == []


def test_what_fails_aside_with_the_last_block_is_raised_too():
    def work(_block):
        raise OSError(28, "penuh")

    with pytest.raises(OSError, match="penuh"), Aside(work) as aside:
        aside.put(bytes(BLOCK))

    assert threads() == []


def test_a_source_that_breaks_off_leaves_no_thread():
    class Breaking(io.BytesIO):
        def read(self, size=-1):
            if self.tell() >= 4 * BLOCK:
                raise OSError(5, "rusak")
            return super().read(size)

    source = Breaking(some_bytes(6 * BLOCK))
    keys = [age.recipient_of(age.generate_identity())]

    with pytest.raises(OSError, match="rusak"):
        age.seal(source, io.BytesIO(), recipients=keys)

    assert threads() == []


def test_a_small_block_starts_no_thread_and_keeps_its_place():
    done = []
    with Aside(done.append) as aside:
        aside.put(b"kecil")
        assert (done, threads()) == ([b"kecil"], [])
        aside.put(bytes(BLOCK))
        aside.put(b"lagi")
    assert [len(one) for one in done] == [5, BLOCK, 4]


def test_a_source_is_read_whole_though_it_gives_little_at_a_time():
    source = Chunks([b"ab", b"c", b"def"])
    assert [read_whole(source, size) for size in (4, 4, 4)] == [b"abcd", b"ef", b""]
