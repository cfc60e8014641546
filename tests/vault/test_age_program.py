"""The `age` program as a child: what it is given, how it may fail, and that it leaves nothing."""

import io
import os
import select
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from ppid.errors import BadInput, CorruptData
from ppid.vault import age, age_program
from ppid.vault.copies import open_copy, reseal_copy
from ppid.vault.memory import held, in_memory
from ppid.vault.streams import BLOCK, digest_of
from vault.vaults import some_bytes

SRC = Path(__file__).resolve().parents[2] / "src"
LARGE = age.LARGE + 3 * BLOCK + 7
IDENTITY = age.generate_identity()
RECIPIENT = age.recipient_of(IDENTITY)

DIES_AT_ONCE = "exit 3"
DIES_IN_THE_MIDDLE = "head -c 1000000; exit 1"
IS_KILLED = "head -c 1000000; kill -9 $$"
LETS_GO_OF_ITS_SOURCE = "exec 0<&-; exit 0"
READS_AND_IS_SILENT = "cat > /dev/null"
FAILS = [DIES_AT_ONCE, DIES_IN_THE_MIDDLE, IS_KILLED, LETS_GO_OF_ITS_SOURCE]


@pytest.fixture
def another(tmp_path, monkeypatch):
    """Put a script in the place of the program."""

    def put(script, *, trusted=True):
        folder = tmp_path / "bin"
        folder.mkdir(exist_ok=True)
        path = folder / "age"
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)
        monkeypatch.setenv("PATH", str(folder))
        if trusted:
            monkeypatch.setattr(age_program, "usable", lambda: str(path))

    return put


def children(process="self"):
    found = []
    for task in Path(f"/proc/{process}/task").iterdir():
        with suppress(FileNotFoundError):  # a thread that has ended meanwhile
            found += (task / "children").read_text().split()
    return found


@pytest.fixture(autouse=True)
def nothing_left():
    """Look that neither a process, waited for or not, nor a thread is left behind."""
    before = children()
    yield
    assert set(children()) <= set(before)
    assert [one.name for one in threading.enumerate() if one.name.startswith("vault")] == []


def sealed(data):
    target = io.BytesIO()
    age.seal(io.BytesIO(data), target, recipients=[RECIPIENT])
    return target.getvalue()


def code_of(refused):
    return refused.value.codes[0]


def test_the_program_of_this_machine_is_used_when_it_does_its_part():
    age_program.usable.cache_clear()
    assert age_program.usable() == age_program.installed() != ""


@pytest.mark.parametrize("script", [DIES_AT_ONCE, READS_AND_IS_SILENT, "cat", "echo halo"])
def test_another_program_of_that_name_is_not_used(another, script):
    another(script, trusted=False)
    assert age_program.usable.__wrapped__() == ""


@pytest.mark.parametrize("place", ["", ".", "/nonexistent"])
def test_without_the_program_pyrage_does_all(monkeypatch, place):
    monkeypatch.setenv("PATH", place)
    assert age_program.usable.__wrapped__() == ""


def test_a_program_that_is_gone_meanwhile_is_not_missed(monkeypatch):
    data, target = some_bytes(LARGE), io.BytesIO()
    monkeypatch.setattr(age_program, "usable", lambda: "/nonexistent/age")
    age.unseal(io.BytesIO(sealed(data)), target, identities=[IDENTITY])
    assert target.getvalue() == data


def test_a_small_file_starts_no_program(another):
    another(DIES_AT_ONCE)
    assert len(sealed(bytes(age.LARGE - 1))) > age.LARGE


def test_what_nobody_can_change_is_read_by_the_program_itself(vault):
    data = some_bytes(LARGE)
    waiting = held(io.BytesIO(b"lebih dahulu " + data), most=2 * LARGE)
    waiting.seek(13)
    copy = vault.seal(waiting)
    assert (copy.plain, vault.open(copy)) == (digest_of(io.BytesIO(data)), data)
    assert waiting.tell() == 13 + LARGE


def test_of_what_the_program_reads_itself_nothing_may_be_left_unread(another, vault):
    another("head -c 1000000; cat > /dev/null", trusted=True)
    vault.seal(held(io.BytesIO(bytes(LARGE)), most=LARGE))
    another("head -c 1000000")
    with pytest.raises(BadInput) as refused:
        vault.seal(held(io.BytesIO(bytes(LARGE)), most=LARGE))
    assert code_of(refused) == "age_failed"


def test_what_one_seals_the_other_opens(monkeypatch):
    data, one, two = some_bytes(LARGE), io.BytesIO(), io.BytesIO()
    by_program = sealed(data)
    with monkeypatch.context() as without:
        without.setattr(age_program, "usable", str)
        by_pyrage = sealed(data)
        age.unseal(io.BytesIO(by_program), one, identities=[IDENTITY])
    age.unseal(io.BytesIO(by_pyrage), two, identities=[IDENTITY])
    assert one.getvalue() == two.getvalue() == data


@pytest.mark.parametrize("script", FAILS)
def test_a_program_that_fails_while_it_seals_leaves_nothing(another, vault, script):
    another(script)
    with pytest.raises(BadInput) as refused:
        vault.seal(bytes(LARGE))
    assert code_of(refused) == "age_failed"
    assert os.listdir(vault.storage.path) == []


@pytest.mark.parametrize("script", [DIES_AT_ONCE, IS_KILLED, LETS_GO_OF_ITS_SOURCE])
def test_a_program_that_fails_while_it_opens_is_no_damage_and_hands_nothing_out(
    another, vault, script
):
    copy = vault.seal(bytes(LARGE))
    another(script)
    for target in (in_memory(), io.BytesIO()):
        with target, pytest.raises(BadInput) as refused:
            open_copy(copy, target, storage=vault.storage, identities=[vault.service])
        assert code_of(refused) == "age_failed"


@pytest.mark.parametrize("script", [READS_AND_IS_SILENT, "head -c 4000000; cat > /dev/null"])
def test_a_program_that_hands_out_too_little_and_says_all_is_well_is_not_believed(
    another, vault, script
):
    copy, target = vault.seal(bytes(LARGE)), io.BytesIO()
    another(script)
    with pytest.raises(CorruptData) as refused:
        open_copy(copy, target, storage=vault.storage, identities=[vault.service])
    assert (code_of(refused), target.getvalue()) == ("plain_differs", b"")


@pytest.mark.parametrize("script", [*FAILS, READS_AND_IS_SILENT])
def test_sealing_anew_with_a_program_that_fails_keeps_the_old_file_alone(another, vault, script):
    copy = vault.seal(some_bytes(LARGE))
    another(script)
    with pytest.raises((BadInput, CorruptData)):
        reseal_copy(
            copy, storage=vault.storage, identities=[vault.service], recipients=vault.recipients
        )
    assert os.listdir(vault.storage.path) == [copy.name]


def test_damage_is_named_before_anybody_asks_why_the_program_failed(vault, file_of):
    copy = vault.seal(some_bytes(LARGE))
    file = bytearray(file_of(copy).read_bytes())
    file[100_000] ^= 1
    file_of(copy).write_bytes(file)
    with in_memory() as target:
        with pytest.raises(CorruptData) as refused:
            open_copy(copy, target, storage=vault.storage, identities=[vault.service])
        assert (code_of(refused), target.seek(0, os.SEEK_END)) == ("file_altered", 0)


def test_a_lost_key_is_named_for_a_large_file_too(vault):
    copy = vault.seal(bytes(LARGE))
    with pytest.raises(BadInput) as refused:
        vault.open(copy, identity=IDENTITY)
    assert code_of(refused) == "identity_not_a_recipient"


def test_a_disk_without_room_for_what_is_opened_is_told_as_such():
    file = sealed(bytes(LARGE))
    with open("/dev/full", "wb", buffering=0) as full, pytest.raises(OSError, match="Errno 28"):
        age.unseal(io.BytesIO(file), full, identities=[IDENTITY])


def test_what_was_written_before_stays_before_what_is_opened(tmp_path):
    with (tmp_path / "file").open("w+b") as target:
        target.write(b"lebih dahulu ")
        age.unseal(io.BytesIO(sealed(bytes(LARGE))), target, identities=[IDENTITY])
        target.seek(0)
        assert target.read(20) == b"lebih dahulu " + bytes(7)


WATCHES = """
tr '\\0' '\\n' < /proc/$$/cmdline > {0}/arguments
tr '\\0' '\\n' < /proc/$$/environ > {0}/environment
cat > /dev/null
exit 1
"""


def test_no_key_stands_in_the_arguments_and_none_in_the_environment(another, tmp_path):
    file = sealed(bytes(LARGE))
    another(WATCHES.format(tmp_path))
    with pytest.raises(CorruptData):
        age.unseal(io.BytesIO(file), io.BytesIO(), identities=[IDENTITY])
    said = (tmp_path / "arguments").read_text()
    assert "--decrypt\n-i\n/dev/fd/" in said
    assert "SECRET" not in said.upper()
    assert (tmp_path / "environment").read_text() == "GOMAXPROCS=1\n"


def test_several_at_once_do_not_wait_for_each_other():
    def there_and_back(number):
        data, target = some_bytes(LARGE, seed=number), io.BytesIO()
        age.unseal(io.BytesIO(sealed(data)), target, identities=[IDENTITY])
        return target.getvalue() == data

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(there_and_back, range(4)))


SEALS_FOR_EVER = f"""
import sys
from ppid.vault import age
class Waits:
    given = 0
    def read(self, size):
        self.given += size
        if self.given > {LARGE}:
            print("waits", flush=True)
            sys.stdin.read()
        return bytes(size)
age.seal(Waits(), open("/dev/null", "wb"), recipients=["{RECIPIENT}"])
"""


def test_the_program_ends_with_the_process_that_started_it():
    ours = subprocess.Popen(
        [sys.executable, "-c", SEALS_FOR_EVER],
        env=os.environ | {"PYTHONPATH": str(SRC)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with ours:
        ours.stdout.readline()
        (program,) = children(ours.pid)
        watched = os.pidfd_open(int(program))
        ours.send_signal(signal.SIGKILL)
    ended = select.poll()
    ended.register(watched, select.POLLIN)
    assert ended.poll(60_000)
    os.close(watched)


def test_a_program_whose_source_cannot_be_ended_is_killed():
    child = subprocess.Popen(["sleep", "600"], stdin=subprocess.PIPE, bufsize=0)
    os.close(child.stdin.fileno())  # so that closing it fails
    with pytest.raises(OSError, match="Errno 9"):
        age_program._end(child)
    assert child.returncode == -signal.SIGKILL
