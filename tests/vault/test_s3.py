"""The same vault in an S3-compatible bucket, over HTTP against a process of its own."""

import io
import os
from datetime import UTC, datetime

import boto3
import pytest

from ppid.errors import BadInput, CorruptData
from ppid.vault import s3
from ppid.vault.copies import examine, open_copy, reseal_copy, strangers
from ppid.vault.places import storage_at
from vault import ceph, vaults
from vault.s3_server import KEYS, answering, free_port, make_bucket, service, way_to
from vault.vaults import CHUNK, some_bytes, vault_in

EARLIER = datetime(2000, 1, 1, tzinfo=UTC)
LATER = datetime(2100, 1, 1, tzinfo=UTC)
ON_CEPH = os.environ.get("TEST_S3") == "ceph"
BIG = 20_000_000
"""Bytes: goes up in three parts."""


@pytest.fixture(scope="module")
def address():
    """The service: TEST_S3=ceph takes Ceph's instead of the small one (make campaign-s3)."""
    with (ceph.service if ON_CEPH else service)() as one:
        yield one


@pytest.fixture
def keys(monkeypatch):
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(s3, "TRIES", 1)


@pytest.fixture
def endpoint(address, keys, monkeypatch):
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", address)
    make_bucket(address)
    return address


@pytest.fixture
def vault(endpoint, tmp_path):
    return vault_in(storage_at("s3://brankas/kota", folder=tmp_path))


def client():
    return boto3.session.Session().client("s3")


def key(copy):
    return {"Bucket": "brankas", "Key": f"kota/{copy.name}"}


def pending():
    return client().list_multipart_uploads(Bucket="brankas").get("Uploads", [])


@pytest.mark.parametrize("size", [0, 1, CHUNK, 1_000_000, s3.PART, BIG])
def test_a_document_goes_up_and_comes_back(vault, size):
    copy = vault.seal(some_bytes(size))
    assert vault.open(copy) == some_bytes(size)
    assert examine(copy, vault.storage) is None
    kept = {one.name: one.size for one in vault.storage.files()}
    assert kept[copy.name] == copy.sealed.size
    assert client().get_object(**key(copy))["Body"].read(8) == b"age-encr"


def test_damage_in_the_bucket_is_named(vault):
    flipped, cut, gone, swapped = (vault.seal(some_bytes(99_999, seed=n)) for n in range(4))
    data = bytearray(client().get_object(**key(flipped))["Body"].read())
    data[50_000] ^= 4
    client().put_object(**key(flipped), Body=bytes(data))
    client().put_object(**key(cut), Body=bytes(data[:500]))
    client().delete_object(**key(gone))
    client().copy_object(**key(swapped), CopySource=key(vault.seal(b"lain")))
    known = {one.sealed.sha256: one.place for one in (flipped, cut, gone, swapped)}
    codes = [examine(one, vault.storage, known=known).code for one in (flipped, cut, gone, swapped)]
    assert codes == ["file_altered", "file_cut", "file_missing", "file_cut"]
    for one in (flipped, cut, gone, swapped):
        with pytest.raises(CorruptData):
            vault.open(one)


def test_it_is_sealed_anew_and_the_old_file_is_deleted(vault):
    old = vault.seal(some_bytes(BIG))
    new = reseal_copy(
        old, storage=vault.storage, identities=[vault.service], recipients=vault.recipients
    )
    vault.storage.remove(old.name)
    vault.storage.remove(old.name)
    assert vault.open(new) == some_bytes(BIG)
    assert [one.name for one in strangers({new.name}, vault.storage, before=LATER)] == [
        one.name for one in vault.storage.files() if one.name != new.name
    ]
    assert old.name not in {one.name for one in vault.storage.files()}


class Breaks:
    """A source that fails when most of it has gone up."""

    def __init__(self):
        self.left = BIG

    def read(self, size):
        if self.left <= 0:
            raise ConnectionResetError(104, "Connection reset by peer")
        self.left -= size
        return bytes(size)


def test_an_upload_that_breaks_off_leaves_nothing(vault):
    before = {one.name for one in vault.storage.files()}
    with pytest.raises(ConnectionResetError):
        vault.seal(Breaks())
    assert {one.name for one in vault.storage.files()} == before
    assert pending() == []


def test_what_a_killed_process_had_begun_is_swept_when_it_is_old(vault):
    client().create_multipart_upload(Bucket="brankas", Key="kota/begun")
    assert vault.storage.sweep(before=EARLIER) == 0
    assert len(pending()) == 1
    assert vault.storage.sweep(before=LATER) == 1
    assert pending() == []


def test_the_order_of_the_day_is_one_sentence_each(endpoint, tmp_path, monkeypatch):
    storage = storage_at("s3://tidakada/kota", folder=tmp_path)
    with pytest.raises(BadInput) as refused:
        storage.create()
    assert refused.value.codes == ("storage_missing",)
    with pytest.raises(BadInput) as refused:
        list(storage.files())
    assert refused.value.codes == ("storage_missing",)


def test_a_service_that_refuses_connections_is_named(keys, monkeypatch, tmp_path):
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", f"http://127.0.0.1:{free_port()}")
    with pytest.raises(BadInput) as refused:
        storage_at("s3://brankas", folder=tmp_path).create()
    assert refused.value.codes == ("storage_unreachable",)


def test_a_service_that_never_answers_is_given_up(endpoint, monkeypatch):
    with way_to(endpoint, silent=True) as silent:
        monkeypatch.setenv("AWS_ENDPOINT_URL_S3", silent)
        with pytest.raises(BadInput) as refused:
            s3.Bucket("brankas", wait=0.5).create()
    assert refused.value.codes == ("storage_unreachable",)


def test_an_answer_that_is_cut_is_no_damage_and_hands_nothing_out(vault, endpoint, monkeypatch):
    copy = vault.seal(some_bytes(2_000_000))
    with way_to(endpoint, answer_bytes=1_000_000) as cutting:
        monkeypatch.setenv("AWS_ENDPOINT_URL_S3", cutting)
        storage = s3.Bucket("brankas", prefix="kota")
        with pytest.raises(BadInput) as refused:
            examine(copy, storage)
        assert refused.value.codes == ("storage_unreachable",)
        target = io.BytesIO()
        with pytest.raises(BadInput):
            open_copy(copy, target, storage=storage, identities=[vault.service])
        assert target.getvalue() == b""


def test_without_keys_it_says_so(endpoint, monkeypatch, tmp_path):
    for name in KEYS:
        monkeypatch.delenv(name)
    for name in ("AWS_SHARED_CREDENTIALS_FILE", "AWS_CONFIG_FILE"):
        monkeypatch.setenv(name, str(tmp_path / "none"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    with pytest.raises(BadInput) as refused:
        list(storage_at("s3://brankas", folder=tmp_path).files())
    assert refused.value.codes == ("storage_unreachable",)


@pytest.mark.parametrize(
    "address", ["http://x", "s3://", "s3:///prefix", "s3://kunci:rahasia@wadah", "folder"]
)
def test_an_address_that_means_no_storage_is_refused(address, tmp_path):
    with pytest.raises(BadInput) as refused:
        storage_at(address, folder=tmp_path)
    assert refused.value.codes == ("storage_address",)
    assert "rahasia" not in str(refused.value)


@pytest.mark.parametrize(
    ("status", "code", "ours"),
    [
        (403, "AccessDenied", "storage_refused"),
        (403, "InvalidAccessKeyId", "storage_refused"),
        (404, "NoSuchBucket", "storage_missing"),
        (507, "InsufficientStorage", "storage_full"),
        (403, "QuotaExceeded", "storage_full"),
        (503, "SlowDown", "storage_unreachable"),
        (500, "InternalError", "storage_unreachable"),
    ],
)
def test_what_the_service_answers_is_a_sentence(keys, monkeypatch, status, code, ours):
    with answering(status, code) as address:
        monkeypatch.setenv("AWS_ENDPOINT_URL_S3", address)
        vault = vaults.with_keys(s3.Bucket("brankas"))
        for act in (lambda: vault.seal(b"isi"), lambda: list(vault.storage.files())):
            with pytest.raises(BadInput) as refused:
                act()
            assert refused.value.codes == (ours,)


def test_a_service_that_gives_back_something_else_has_not_stored_it(vault, endpoint, monkeypatch):
    before = {one.name for one in vault.storage.files()}
    with way_to(endpoint, alter=(b"age-encryption", b"age-encryptioN")) as lying:
        monkeypatch.setenv("AWS_ENDPOINT_URL_S3", lying)
        with pytest.raises(CorruptData) as refused:
            vaults.with_keys(s3.Bucket("brankas", prefix="kota")).seal(b"isi")
    assert refused.value.codes == ("storage_altered",)
    assert {one.name for one in vault.storage.files()} == before


@pytest.mark.skipif(not ON_CEPH, reason="the small service accepts any secret; Ceph's does not")
def test_a_wrong_secret_is_refused(endpoint, monkeypatch):
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "salah")
    with pytest.raises(BadInput) as refused:
        vaults.with_keys(s3.Bucket("brankas")).seal(b"isi")
    assert refused.value.codes == ("storage_refused",)
