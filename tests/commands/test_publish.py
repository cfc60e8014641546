"""`ppid publish --static`: what it says, and that it needs the public database and nothing else."""

import shutil

import pytest

from commands.programs import ppid, refused


@pytest.fixture
def public(migrated, tmp_path):
    """A data folder with a public database alone: no office, no key, no secret."""
    data = tmp_path / "data"
    data.mkdir()
    shutil.copy(migrated / "public.sqlite3", data)
    return data


def test_the_site_is_written_from_the_public_database_alone(public, tmp_path):
    done = ppid("publish", "--static", tmp_path / "situs", data=public)
    again = ppid("publish", "--static", tmp_path / "situs", data=public)

    assert (done.code, again.code) == (0, 0), done.err + again.err
    assert " 0 tidak berubah" in done.out
    assert again.out.startswith("0 berkas ditulis")
    assert "Belum ada daftar" in (tmp_path / "situs/index.html").read_text()
    assert {one.name.partition("-")[0] for one in public.iterdir()} == {"public.sqlite3"}


@pytest.mark.parametrize(
    ("given", "word"),
    [
        ({"PPID_ASSETS": "collected"}, "belum disiapkan"),
        ({"PPID_PUBLIC_URL": "informasi.example.go.id"}, "tidak lengkap"),
    ],
)
def test_what_is_not_ready_is_said_before_anything_is_written(public, tmp_path, given, word):
    done = ppid("publish", "--static", tmp_path / "situs", data=public, **given)

    assert refused(done, word)
    assert not (tmp_path / "situs").exists()


def test_without_a_public_database_it_says_how_to_make_one(tmp_path):
    assert refused(
        ppid("publish", "--static", tmp_path / "situs", data=tmp_path / "x"), "belum ada"
    )
