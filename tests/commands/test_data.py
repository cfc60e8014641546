"""Data that cannot be used: one sentence, what to do, exit 1, and nothing is written."""

import subprocess
import sys

import pytest

from commands.programs import ROOT, contents, environment, ppid, refused, sql, untraced


@pytest.mark.parametrize("command", [("check",), ("migrate",)], ids=" ".join)
def test_a_file_in_the_place_of_the_folder(tmp_path, command):
    file = tmp_path / "data"
    file.write_text("catatan lain")
    done = ppid(*command, data=file)
    assert refused(done, str(file))
    assert file.read_text() == "catatan lain"


def test_a_folder_that_nobody_can_make():
    assert refused(ppid("migrate", data="/proc/ppid"), "/proc/ppid")


@pytest.mark.parametrize(
    "command",
    [("worker", "--once"), ("serve", "--public")],
    ids=" ".join,
)
def test_a_folder_without_a_database_gets_none_by_asking(tmp_path, command):
    done = ppid(*command, data=tmp_path, PPID_SECRET_KEY="x")
    assert refused(done, "belum ada")
    assert contents(tmp_path) == {}


@pytest.mark.parametrize("command", [("serve",), ("demo",)], ids=" ".join)
def test_a_file_that_is_no_database(tmp_path, command):
    file = tmp_path / "office.sqlite3"
    file.write_text("Ini bukan basis data. " * 100)
    before = contents(tmp_path)
    done = ppid(*command, data=tmp_path, PPID_SECRET_KEY="x")
    assert refused(done, "Basis data kantor", str(file))
    assert contents(tmp_path) == before


@pytest.mark.parametrize("command", [("check",), ("migrate",)], ids=" ".join)
def test_a_database_of_another_program(tmp_path, command):
    file = tmp_path / "office.sqlite3"
    sql(file, "CREATE TABLE surat (nomor text)", "INSERT INTO surat VALUES ('1')")
    done = ppid(*command, data=tmp_path, PPID_SECRET_KEY="x")
    assert refused(done, "program lain", str(file))
    assert sql(file, "SELECT name FROM sqlite_master") == [("surat",)]


@pytest.mark.parametrize("command", [("serve",), ("migrate",)], ids=" ".join)
def test_a_database_of_a_newer_version(demo, command):
    sql(
        demo / "office.sqlite3",
        "INSERT INTO django_migrations (app, name, applied) "
        "VALUES ('office', '0099_from_tomorrow', '2030-01-01')",
    )
    done = ppid(*command, data=demo)
    assert refused(done, "lebih baru", "office.sqlite3")


def test_a_database_of_an_older_version_is_asked_to_be_migrated(tmp_path):
    django = [sys.executable, "-m", "django", "migrate", "office", "0002", "--verbosity=0"]
    settings = "--settings=ppid.config.settings"
    variables = untraced(environment(tmp_path))
    subprocess.run([*django, settings], env=variables, cwd=ROOT, check=True)

    done = ppid("check", data=tmp_path)

    assert refused(done, "lebih lama", "office.sqlite3")
    assert ppid("migrate", data=tmp_path, traced=False).code == 0
    assert ppid("check", data=tmp_path, traced=False).code == 0


def test_a_missing_public_database_is_named_beside_the_other(tmp_path):
    done = ppid("worker", "--once", data=tmp_path)
    assert [line.split(": ")[1].split()[2] for line in done.errors] == ["kantor", "umum"]


@pytest.mark.parametrize(
    "url",
    ["mysql://localhost/ppid", "postgresql://localhost:abc/ppid", "postgresql://[::1/ppid"],
)
def test_an_address_that_cannot_be_read(tmp_path, url):
    done = ppid("check", data=tmp_path, PPID_DATABASE_URL=url)
    assert refused(done, "Alamat basis data")


def test_a_server_that_does_not_answer(tmp_path):
    url = "postgresql://ppid@127.0.0.1:1/ppid"
    done = ppid("check", data=tmp_path, PPID_DATABASE_URL=url)
    assert refused(done, "Basis data kantor tidak dapat dibuka")


def test_an_empty_secret_is_not_used(tmp_path):
    (tmp_path / "secret").write_text("\n")
    assert refused(ppid("migrate", data=tmp_path), "rahasia")


def test_an_empty_name_of_the_folder_means_the_usual_one(tmp_path):
    done = ppid("check", data="")
    assert str(tmp_path) not in done.err
    assert "/data/office.sqlite3" in done.err or done.code == 0


@pytest.mark.parametrize("room", [60_000, 150_000, 500_000])
def test_a_full_disk_leaves_nothing_half_done(tmp_path, room):
    done = ppid("demo", data=tmp_path, largest_file=room)
    bodies = "SELECT count(*) FROM sqlite_master WHERE name = 'office_body'"

    assert refused(done, str(tmp_path))
    if sql(tmp_path / "office.sqlite3", bodies) == [(1,)]:
        assert sql(tmp_path / "office.sqlite3", "SELECT count(*) FROM office_body") == [(0,)]
    assert ppid("migrate", data=tmp_path, traced=False).code == 0
    assert ppid("check", data=tmp_path, traced=False).code == 0
