"""A folder of sealed files: whole or not there; what the disk refuses is a sentence."""

import errno
import os
import resource
import stat
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ppid.errors import BadInput, NotFound
from ppid.vault import folder
from ppid.vault.folder import SEND_OFF, Folder
from ppid.vault.places import storage_at
from vault.vaults import some_bytes

NAME = "00000000-0000-0000-0000-000000000001.1.0123456789abcdef.age"
LATER = datetime(2100, 1, 1, tzinfo=UTC)
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def place(tmp_path):
    place = Folder(tmp_path / "brankas")
    place.create()
    return place


def put(place, data=b"isi", name=NAME):
    with place.writer(name) as file:
        file.write(data)


def code_when(act, kind=BadInput):
    with pytest.raises(kind) as refused:
        act()
    return refused.value.codes[0]


def test_a_file_is_private_and_whole(place):
    put(place, some_bytes(300_000))
    with place.reader(NAME) as file:
        assert file.read(10_000_000) == some_bytes(300_000)
        file.seek(0)
        assert file.read(3) == some_bytes(300_000)[:3]
    assert stat.S_IMODE((place.path / NAME).stat().st_mode) == 0o600
    assert stat.S_IMODE(place.path.stat().st_mode) == 0o700
    assert [(one.name, one.size) for one in place.files()] == [(NAME, 300_000)]


def test_an_error_while_writing_leaves_nothing_and_stays_what_it_was(place):
    def write_half():
        with place.writer(NAME) as file:
            file.write(b"separuh")
            raise ConnectionResetError(104, "Connection reset by peer")

    with pytest.raises(ConnectionResetError):
        write_half()
    assert os.listdir(place.path) == []


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "storage_full"),
        (errno.EDQUOT, "storage_full"),
        (errno.EROFS, "storage_read_only"),
        (errno.EIO, "storage_failed"),
    ],
)
@pytest.mark.parametrize("call", ["fsync of the file", "rename", "fsync of the folder"])
def test_what_the_disk_refuses_is_named_and_leaves_nothing(place, monkeypatch, call, number, code):
    def refuse(*_args):
        raise OSError(number, os.strerror(number))

    if call == "fsync of the file":
        monkeypatch.setattr(folder.os, "fsync", refuse)
    elif call == "rename":
        monkeypatch.setattr(folder.Path, "rename", refuse)
    else:
        monkeypatch.setattr(folder, "sync_folder", refuse)
    assert code_when(lambda: put(place)) == code
    assert os.listdir(place.path) == []


def test_a_disk_that_breaks_while_it_is_sent_the_first_bytes_leaves_nothing(place, monkeypatch):
    def broken(*_args):
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(folder.os, "posix_fadvise", broken)
    put(place, bytes(SEND_OFF - 1))
    place.remove(NAME)
    assert code_when(lambda: put(place, bytes(SEND_OFF))) == "storage_failed"
    assert os.listdir(place.path) == []


WRITE = """
import sys
from pathlib import Path
from ppid.errors import BadInput
from ppid.vault.folder import Folder
try:
    with Folder(Path(sys.argv[1])).writer(sys.argv[2]) as file:
        for _ in range(100):
            file.write(bytes(100_000))
except BadInput as error:
    print(error.codes[0])
"""


def test_a_disk_that_fills_up_while_writing_leaves_nothing(place):
    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, 2_000_000))

    variables = {name: one for name, one in os.environ.items() if "COVERAGE" not in name}
    done = subprocess.run(
        [sys.executable, "-c", WRITE, place.path, NAME],
        env=variables | {"PYTHONPATH": str(ROOT / "src")},
        preexec_fn=limit,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "storage_full\n"
    assert os.listdir(place.path) == []


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 1 MiB of its own, which only root may mount."""
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(tmp_path)]
    done = subprocess.run(mount, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"no disk can be mounted here: {done.stderr.strip()}")
    yield tmp_path
    subprocess.run(["umount", str(tmp_path)], check=True)


def test_a_full_disk_and_one_that_may_only_be_read_are_named_and_what_is_there_stays(small_disk):
    place = Folder(small_disk / "brankas")
    place.create()
    put(place, some_bytes(400_000))
    other = NAME.replace("0123456789abcdef", "f" * 16)
    assert code_when(lambda: put(place, some_bytes(900_000), other)) == "storage_full"
    assert os.listdir(place.path) == [NAME]
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    assert code_when(lambda: put(place, b"isi", other)) == "storage_read_only"
    assert code_when(lambda: place.remove(NAME)) == "storage_read_only"
    with place.reader(NAME) as file:
        assert file.read(1_000_000) == some_bytes(400_000)


def test_a_folder_that_is_gone_is_not_made_anew(place):
    put(place)
    place.path.rename(place.path.with_name("lain"))
    assert code_when(lambda: put(place)) == "storage_missing"
    assert code_when(lambda: list(place.files())) == "storage_missing"
    assert code_when(lambda: place.remove(NAME)) == "storage_missing"
    assert code_when(lambda: place.reader(NAME).__enter__()) == "storage_missing"
    assert not place.path.exists()


def test_a_file_in_the_place_of_the_folder_is_named(tmp_path):
    (tmp_path / "brankas").write_text("")
    place = Folder(tmp_path / "brankas")
    assert code_when(place.create) == "storage_failed"
    assert code_when(lambda: put(place)) == "storage_missing"


def test_a_file_that_is_not_there_is_not_found(place):
    assert code_when(lambda: place.reader(NAME).__enter__(), NotFound) == "file_missing"


def test_no_link_is_followed(place, tmp_path):
    (tmp_path / "rahasia").write_text("isi lain")
    (place.path / NAME).symlink_to(tmp_path / "rahasia")
    assert code_when(lambda: place.reader(NAME).__enter__()) == "storage_failed"
    assert list(place.files()) == []


def test_deleting_twice_is_deleting_once(place):
    put(place)
    place.remove(NAME)
    place.remove(NAME)
    assert list(place.files()) == []


def test_what_was_never_finished_is_swept_when_it_is_old(place):
    put(place)
    begun = place.path / f"{folder.UNFINISHED}0123456789abcdef"
    begun.write_bytes(b"separuh")
    assert place.sweep(before=datetime(2020, 1, 1, tzinfo=UTC)) == 0
    assert place.sweep(before=LATER) == 1
    assert [one.name for one in place.files()] == [NAME]
    assert not begun.exists()


def test_an_empty_address_means_the_folder(tmp_path):
    assert storage_at("", folder=tmp_path / "brankas").path == tmp_path / "brankas"


def test_a_missing_library_for_s3_is_a_sentence(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "boto3", None)
    monkeypatch.delitem(sys.modules, "ppid.vault.s3", raising=False)
    assert code_when(lambda: storage_at("s3://wadah", folder=tmp_path)) == "storage_library"


def test_reading_an_error_of_another_is_not_the_folders(place):
    put(place)
    with pytest.raises(BrokenPipeError), place.reader(NAME):
        raise BrokenPipeError(32, "Broken pipe")
