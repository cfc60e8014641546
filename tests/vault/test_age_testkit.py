"""The test vectors of the age format (c2sp.org/CCTV/age): each ends as it says it must.

`age_testkit.zip` holds those without passphrase, armour and later kinds of key, which are not ours.
"""

import hashlib
import io
import zipfile
import zlib
from pathlib import Path

import pytest

from ppid.errors import BadInput, CorruptData
from ppid.vault import age
from ppid.vault.age_header import read_header
from ppid.vault.age_payload import CHUNK, opened_payload, sealed_payload

KIT = zipfile.ZipFile(Path(__file__).with_name("age_testkit.zip"))
ENDS = {
    "success": None,
    "no match": (BadInput, "identity_not_a_recipient"),
    "HMAC failure": (CorruptData, "seal_broken"),
    "header failure": (CorruptData, "seal_broken"),
    "payload failure": (CorruptData, "seal_broken"),
}


def vector(name):
    """Return what a vector says of itself, and its file."""
    head, _, file = KIT.read(name).partition(b"\n\n")
    lines = [line.split(": ", 1) for line in head.decode().splitlines()]
    said = dict(lines)
    said["identities"] = [value for key, value in lines if key == "identity"]
    return said, zlib.decompress(file) if said.get("compressed") == "zlib" else file


@pytest.mark.parametrize("name", KIT.namelist())
def test_each_vector_ends_as_it_says(name):
    said, file = vector(name)
    target = io.BytesIO()

    def open_it():
        age.unseal(io.BytesIO(file), target, identities=said["identities"])

    if said["expect"] == "success":
        open_it()
    else:
        kind, code = ENDS[said["expect"]]
        with pytest.raises(kind) as refused:
            open_it()
        assert refused.value.codes == (code,)
    if "payload" in said:
        assert _is_begun_by(target.getvalue(), said)


def _is_begun_by(plain, said):
    """Return whether what came out is what the vector lets come out, all of it or a beginning."""
    if said["expect"] == "success":
        return hashlib.sha256(plain).hexdigest() == said["payload"]
    ends = range(0, len(plain) + 1, CHUNK) if len(plain) % CHUNK == 0 else [len(plain)]
    return not plain or said["payload"] in {hashlib.sha256(plain[:end]).hexdigest() for end in ends}


SUCCESSES = [one for one in KIT.namelist() if vector(one)[0]["expect"] == "success"]


@pytest.mark.parametrize("name", SUCCESSES)
def test_what_a_vector_holds_is_sealed_into_the_same_bytes(name):
    said, file = vector(name)
    source = io.BytesIO(file)
    header, begun = read_header(source)
    payload = begun + source.read()
    keys = [age._bytes_of(one) for one in said["identities"]]
    key = header.payload_key(keys)

    plain = b"".join(opened_payload(io.BytesIO(payload), key))

    assert b"".join(sealed_payload(io.BytesIO(plain), key)) == payload


def test_the_kit_is_whole():
    assert len(KIT.namelist()) == 67
    assert len(SUCCESSES) == 14
