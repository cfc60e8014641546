"""With the public `age` tool, both ways: what is sealed here opens there, and the reverse."""

import io
import shutil
import subprocess

import pytest

from ppid.vault import age, keyring
from vault.vaults import CHUNK, some_bytes

SIZES = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 500_000]


def tool(*arguments, data=None):
    return subprocess.run(
        [shutil.which("age"), *map(str, arguments)], input=data, capture_output=True, check=True
    ).stdout


@pytest.mark.parametrize("size", SIZES)
def test_the_age_tool_opens_a_stored_file_with_the_printed_key(vault, file_of, tmp_path, size):
    copy = vault.seal(some_bytes(size))
    paper = tmp_path / "paper.txt"
    paper.write_text(f"{vault.recovery}\n")
    assert tool("-d", "-i", paper, file_of(copy)) == some_bytes(size)


def test_the_age_tool_takes_the_services_own_key_file(tmp_path):
    keys = tmp_path / "keys" / "kota.brankas"
    recipient = keyring.create(keys)
    keyring.add(keys)
    target = io.BytesIO()
    age.seal(io.BytesIO(b"isi"), target, recipients=[recipient])
    assert tool("-d", "-i", keys, data=target.getvalue()) == b"isi"


@pytest.mark.parametrize("size", SIZES)
def test_what_the_age_tool_sealed_opens_here(size):
    identity, target = age.generate_identity(), io.BytesIO()
    file = tool("-r", age.recipient_of(identity), data=some_bytes(size))
    age.unseal(io.BytesIO(file), target, identities=[identity])
    assert target.getvalue() == some_bytes(size)
