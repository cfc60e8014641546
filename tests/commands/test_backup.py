"""`ppid backup` and `ppid restore` as a person runs them: on a real folder, to its destruction."""

import shutil

import pytest

from commands.programs import contents, ppid, refused, sql
from ppid.vault import age
from ready_made import copied

HEADS = "SELECT body, size, frontier FROM office_log ORDER BY body"


@pytest.fixture(scope="module")
def backed_up(demo_made, tmp_path_factory):
    """A place of backups with one in it, the key that opens it, and the folder it is of."""
    folder = tmp_path_factory.mktemp("backup")
    data = copied(demo_made[0], folder / "data")
    identity = age.generate_identity()
    (folder / "id").write_text(f"# cadangan\n{identity}\n")
    done = ppid("backup", folder / "b", "--recipient", age.recipient_of(identity), data=data)
    assert (done.code, done.err) == (0, "")
    return folder


def restored(backed_up, into, *more, key="id"):
    return ppid(
        "restore", backed_up / "b", "--into", into, "--identity", backed_up / key, *more, data=into
    )


def test_what_was_destroyed_comes_back_with_the_same_log_and_a_sound_check(backed_up, tmp_path):
    data = shutil.copytree(backed_up / "data", tmp_path / "data")
    # the event that tells of the backup is not in it
    before = sql(data / "office.sqlite3", "SELECT body, size - 1 FROM office_log ORDER BY body")
    leaves = sql(data / "office.sqlite3", "SELECT leaf FROM office_event ORDER BY id")
    keys, copies = contents(data / "keys"), contents(data / "vault")
    shutil.rmtree(data)

    done = restored(backed_up, data)

    assert (done.code, done.err) == (0, "")
    assert "semua tabel sama" in done.out
    assert sql(data / "office.sqlite3", "SELECT body, size FROM office_log ORDER BY body") == before
    again = sql(data / "office.sqlite3", "SELECT leaf FROM office_event ORDER BY id")
    assert again == leaves[: len(again)]
    assert contents(data / "keys") == keys
    assert copies
    assert contents(data / "vault") == copies
    assert {path.stat().st_mode & 0o077 for path in data.rglob("*") if path.is_file()} == {0}

    assert ppid("worker", "--once", data=data, traced=False).code == 0

    told = "SELECT count(*) FROM office_event WHERE kind = 'backup.restored'"
    assert sql(data / "office.sqlite3", told) == [(len(before),)]
    assert not (data / "restored").exists()


def test_a_folder_that_holds_something_is_never_written(backed_up, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "catatan.txt").write_text("penting")

    assert refused(restored(backed_up, tmp_path / "data"), "tidak ada yang ditimpa")

    assert contents(tmp_path) == {"data/catatan.txt": 7}


def test_another_key_opens_nothing_and_leaves_nothing(backed_up, tmp_path):
    (backed_up / "other").write_text(age.generate_identity())

    done = restored(backed_up, tmp_path / "data", key="other")

    assert refused(done, "tidak dapat dibuka")
    assert not list(tmp_path.glob(".data*"))


def test_a_place_without_a_backup_and_a_key_file_without_a_key_are_sentences(backed_up, tmp_path):
    (tmp_path / "potret").mkdir()
    assert refused(ppid("backup", "verify", tmp_path, data=tmp_path), "tidak ada cadangan")
    assert refused(restored(backed_up, tmp_path / "data", key="absent"), "kunci")


def test_verifying_reads_it_and_opens_it_with_the_key(backed_up, tmp_path):
    read = ppid("backup", "verify", backed_up / "b", data=tmp_path)
    opened = ppid(
        "backup", "verify", backed_up / "b", "--identity", backed_up / "id", data=tmp_path
    )
    assert (read.code, opened.code) == (0, 0)
    assert "dibuka" in opened.out
    assert "dibuka" not in read.out


def test_pruning_keeps_as_many_as_it_is_told(backed_up, tmp_path):
    place = shutil.copytree(backed_up / "b", tmp_path / "b")
    done = ppid("backup", "prune", place, "--keep", 1, data=backed_up / "data")
    assert (done.code, done.out) == (0, "0 cadangan dan 0 berkas brankas dihapus.\n")
    assert refused(ppid("backup", "prune", place, "--keep", 0, data=backed_up / "data"), "satu")


def test_a_damaged_backup_is_named_and_a_foreign_one_refused(backed_up, tmp_path):
    place = shutil.copytree(backed_up / "b", tmp_path / "b")
    part = next((place / "potret").glob("*.office.age"))
    part.write_bytes(part.read_bytes()[:-1])

    assert refused(ppid("backup", "verify", place, data=tmp_path), "bagian office")
    other = "sip-ppid/lain+00000000+" + "A" * 44
    vkey = ("--vkey", other)
    assert refused(ppid("backup", "verify", backed_up / "b", *vkey, data=tmp_path), "badan publik")


def test_without_a_key_that_could_open_it_no_backup_is_made(backed_up, tmp_path):
    done = ppid("backup", tmp_path / "b", data=backed_up / "data")

    assert refused(done, "kunci")
    assert not (tmp_path / "b").exists()


def test_a_full_disk_leaves_no_half_backup(backed_up, tmp_path):
    key = age.recipient_of(age.generate_identity())
    place = tmp_path / "b"

    done = ppid(
        "backup", place, "--recipient", key, data=backed_up / "data", largest_file=1_000_000
    )

    assert done.code == 1
    assert done.errors
    # Files of the vault are whole, sealed, and there for the next try; nothing names them yet.
    assert {name.split("/")[0] for name in contents(place)} <= {"berkas"}
    assert ppid("backup", "verify", place, data=backed_up / "data", traced=False).code == 1
    assert not list((backed_up / "data").glob(".cadangan-*"))
