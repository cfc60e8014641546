"""One soft copy: what was sealed comes back, and what is no longer it is named."""

import io
import os
import random
import shutil
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ppid.errors import BadInput, CorruptData
from ppid.vault import age
from ppid.vault.copies import examine, open_copy, reseal_copy, seal_copy, strangers
from ppid.vault.streams import BLOCK, Digest, digest_of
from vault.vaults import CHUNK, folder_vault, some_bytes

MUCH = 12 << 20
"""Bytes of which the last are read only when the first have been opened, whoever opens them."""

LATER = datetime(2100, 1, 1, tzinfo=UTC)


def code_of(error):
    return error.value.codes[0]


@pytest.mark.usefixtures("engine")
def test_a_sealed_document_comes_back_and_its_row_says_what_it_is(vault, file_of):
    data, key = some_bytes(200_000), uuid4()
    copy = vault.seal(data, document=key, version=3)
    assert vault.open(copy) == vault.open(copy, identity=vault.recovery) == data
    assert (copy.document, copy.version) == (key, 3)
    assert copy.plain == digest_of(io.BytesIO(data))
    assert copy.sealed == digest_of(io.BytesIO(file_of(copy).read_bytes()))
    assert examine(copy, vault.storage) is None


@pytest.mark.usefixtures("engine")
def test_a_lost_key_is_no_damage_and_hands_nothing_out(vault):
    copy = vault.seal(b"isi")
    with pytest.raises(BadInput) as refused:
        vault.open(copy, identity=age.generate_identity())
    assert code_of(refused) == "identity_not_a_recipient"


def test_sealing_anew_without_a_recovery_key_is_refused_as_such(vault):
    copy = vault.seal(b"isi")
    keys = {"identities": [vault.service], "recipients": vault.recipients[:1]}
    with pytest.raises(BadInput) as refused:
        reseal_copy(copy, storage=vault.storage, **keys)
    assert code_of(refused) == "recipient_missing"


def test_one_key_alone_is_not_enough_to_store_anything(vault):
    for recipients in ([], vault.recipients[:1], vault.recipients[:1] * 2):
        with pytest.raises(BadInput) as refused:
            seal_copy(
                io.BytesIO(b"x"),
                document=uuid4(),
                version=1,
                storage=vault.storage,
                recipients=recipients,
            )
        assert code_of(refused) == "recipient_missing"
    assert os.listdir(vault.storage.path) == []


@pytest.mark.usefixtures("engine")
def test_a_document_that_changed_while_it_was_read_is_not_stored(vault):
    with pytest.raises(BadInput) as refused:
        seal_copy(
            io.BytesIO(b"lain"),
            document=uuid4(),
            version=1,
            storage=vault.storage,
            recipients=vault.recipients,
            expected=Digest(4, "0" * 64),
        )
    assert code_of(refused) == "source_changed"
    assert os.listdir(vault.storage.path) == []


def flip(file, rng):
    data = bytearray(file.read_bytes())
    data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    file.write_bytes(data)


def cut(file, rng):
    os.truncate(file, rng.randrange(file.stat().st_size))


def lengthen(file, rng):
    file.write_bytes(file.read_bytes() + rng.randbytes(rng.randrange(1, 40)))


DAMAGES = {flip: "file_altered", cut: "file_cut", lengthen: "file_altered"}


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    damage=st.sampled_from(list(DAMAGES)),
    size=st.sampled_from([0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK]),
    seed=st.integers(0, 10_000),
)
def test_every_flip_cut_and_addition_is_named_and_nothing_is_handed_out(
    tmp_path_factory, damage, size, seed
):
    vault = folder_vault(tmp_path_factory.mktemp("rusak"))
    copy, target = vault.seal(some_bytes(size)), io.BytesIO()
    damage(vault.storage.path / copy.name, random.Random(seed))
    found = examine(copy, vault.storage)
    assert (found.code, found.place) == (DAMAGES[damage], copy.place)
    with pytest.raises(CorruptData) as refused:
        open_copy(copy, target, storage=vault.storage, identities=[vault.service])
    assert code_of(refused) == DAMAGES[damage]
    assert target.getvalue() == b""


def test_two_files_that_changed_places_are_both_named_with_whose_they_are(vault, file_of):
    one, two = vault.seal(some_bytes(99)), vault.seal(some_bytes(99, seed=1))
    known = {copy.sealed.sha256: copy.place for copy in (one, two)}
    between = file_of(one).with_name("x")
    file_of(one).rename(between)
    file_of(two).rename(file_of(one))
    between.rename(file_of(two))
    found = examine(one, vault.storage, known=known)
    assert (found.code, found.place) == ("file_swapped", one.place)
    assert str(two.document) in found.message
    assert examine(two, vault.storage, known=known).code == "file_swapped"
    with pytest.raises(CorruptData):
        vault.open(one)


def forged(vault, data, *, size):
    """Return another content sealed to the same recipients, as whoever knows them can."""
    while True:  # the library puts a stanza of chance into some headers
        target = io.BytesIO()
        age.seal(io.BytesIO(data), target, recipients=vault.recipients)
        if len(target.getvalue()) == size:
            return target.getvalue()


@pytest.mark.usefixtures("engine")
def test_what_somebody_sealed_to_us_is_named_and_nothing_of_it_is_handed_out(vault, file_of):
    data = some_bytes(3 * CHUNK)
    copy, target = vault.seal(data), io.BytesIO()
    other = forged(vault, data[:-1] + b"x", size=copy.sealed.size)
    file_of(copy).write_bytes(other)
    age.unseal(io.BytesIO(other), io.BytesIO(), identities=[vault.service])  # age sees nothing
    with pytest.raises(CorruptData) as refused:
        open_copy(copy, target, storage=vault.storage, identities=[vault.service])
    assert (code_of(refused), target.getvalue()) == ("file_altered", b"")
    with pytest.raises(CorruptData):
        reseal_copy(
            copy, storage=vault.storage, identities=[vault.service], recipients=vault.recipients
        )
    assert len(list(vault.storage.files())) == 1


@pytest.mark.usefixtures("engine")
def test_damage_at_the_end_takes_back_what_was_opened_before_it(vault, file_of):
    copy, target = vault.seal(some_bytes(2 * BLOCK)), io.BytesIO()
    file = bytearray(file_of(copy).read_bytes())
    file[-1] ^= 1
    file_of(copy).write_bytes(file)
    with pytest.raises(CorruptData) as refused:
        open_copy(copy, target, storage=vault.storage, identities=[vault.service])
    assert (code_of(refused), target.getvalue()) == ("file_altered", b"")


@pytest.mark.usefixtures("engine")
def test_a_file_that_is_changed_while_it_is_opened_is_named_and_nothing_is_handed_out(
    vault, file_of
):
    class Meddling(io.BytesIO):
        """Has the next bytes of the file changed when the first have come."""

        def write(self, data):
            with file_of(copy).open("r+b") as file:
                file.seek(-CHUNK, os.SEEK_END)
                file.write(b"lain")
            return super().write(data)

    copy, target = vault.seal(some_bytes(MUCH)), Meddling()
    with pytest.raises(CorruptData) as refused:
        open_copy(copy, target, storage=vault.storage, identities=[vault.service])
    assert (code_of(refused), target.getvalue()) == ("file_altered", b"")


@pytest.mark.usefixtures("engine")
def test_a_target_that_fails_keeps_its_own_error(vault):
    class Full(io.BytesIO):
        def write(self, data):
            raise OSError(28, "penuh")

    copy = vault.seal(b"isi")
    with pytest.raises(OSError, match="penuh"):
        open_copy(copy, Full(), storage=vault.storage, identities=[vault.service])


def test_an_older_version_in_the_place_of_the_newer_is_named(vault, file_of):
    old = vault.seal(b"lama")
    new = vault.seal(b"baru", document=old.document, version=2)
    shutil.copy(file_of(old), file_of(new))
    known = {old.sealed.sha256: old.place}
    assert examine(new, vault.storage, known=known).code == "file_swapped"


def test_a_file_that_is_gone_is_named(vault, file_of):
    copy = vault.seal(b"isi")
    file_of(copy).unlink()
    assert examine(copy, vault.storage).code == "file_missing"
    with pytest.raises(CorruptData) as refused:
        vault.open(copy)
    assert code_of(refused) == "file_missing"


def test_a_file_that_the_disk_cannot_read_is_named_and_the_others_go_on(vault, file_of):
    copy, other = vault.seal(b"isi"), vault.seal(b"lain")
    file_of(copy).unlink()
    file_of(copy).mkdir()  # opens, but cannot be read
    assert examine(copy, vault.storage).code == "file_unreadable"
    assert examine(other, vault.storage) is None


def test_a_vault_that_is_gone_as_a_whole_is_one_error_not_many(vault):
    copy = vault.seal(b"isi")
    shutil.rmtree(vault.storage.path)
    with pytest.raises(BadInput) as refused:
        examine(copy, vault.storage)
    assert code_of(refused) == "storage_missing"


def test_a_row_cannot_lead_out_of_the_vault(vault, tmp_path):
    copy = vault.seal(b"isi")
    for name in ("../../etc/passwd", "/etc/passwd", "a\0b", "", f"{copy.name}/../x", "x" * 300):
        strange = type(copy)(copy.document, 1, name, copy.plain, copy.sealed)
        with pytest.raises(BadInput) as refused:
            vault.open(strange)
        assert code_of(refused) == "file_name_strange"


def test_files_that_no_row_names_are_found_but_not_those_of_an_upload_under_way(vault):
    kept, stray = vault.seal(b"isi"), vault.seal(b"yatim")
    (vault.storage.path / "lain.txt").write_text("bukan dari sini")
    found = list(strangers({kept.name}, vault.storage, before=LATER))
    assert [one.name for one in found] == [stray.name]
    just_now = datetime.now(tz=UTC) - timedelta(minutes=5)
    assert list(strangers({kept.name}, vault.storage, before=just_now)) == []


@pytest.mark.usefixtures("engine")
def test_sealed_anew_the_same_bytes_open_with_the_new_keys_only(vault):
    data = some_bytes(200_000)
    old = vault.seal(data)
    keys = [age.generate_identity(), age.generate_identity()]
    new = reseal_copy(
        old,
        storage=vault.storage,
        identities=[keys[0], vault.service],
        recipients=[age.recipient_of(one) for one in keys],
    )
    assert vault.open(new, identity=keys[1]) == vault.open(old) == data
    assert (new.plain, new.document, new.version) == (old.plain, old.document, old.version)
    assert new.name != old.name
    with pytest.raises(BadInput) as refused:
        vault.open(new)
    assert code_of(refused) == "identity_not_a_recipient"


@pytest.mark.usefixtures("engine")
def test_a_file_whose_content_is_not_what_was_noted_is_not_sealed_anew(vault):
    copy = vault.seal(b"isi")
    lying = type(copy)(copy.document, 1, copy.name, Digest(3, "0" * 64), copy.sealed)
    with pytest.raises(CorruptData) as refused:
        reseal_copy(
            lying,
            storage=vault.storage,
            identities=[vault.service],
            recipients=vault.recipients,
        )
    assert code_of(refused) == "plain_differs"
    assert len(list(vault.storage.files())) == 1


@pytest.mark.usefixtures("engine")
def test_a_damaged_file_is_not_sealed_anew(vault, file_of):
    copy = vault.seal(some_bytes(200_000))
    cut(file_of(copy), random.Random(1))
    with pytest.raises(CorruptData) as refused:
        reseal_copy(
            copy, storage=vault.storage, identities=[vault.service], recipients=vault.recipients
        )
    assert code_of(refused) == "file_cut"
    assert len(list(vault.storage.files())) == 1
