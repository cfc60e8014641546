"""Backups of PostgreSQL databases, with its own tools, into two empty ones."""

import subprocess
import sys

import psycopg
import pytest

import postgresql
from commands.programs import ROOT, environment, ppid, refused, untraced
from ppid.vault import age

pytestmark = pytest.mark.postgres
NAMES = ("kantor", "umum", "kantor2", "umum2")


@pytest.fixture(scope="module")
def server():
    with postgresql.server() as address:
        with psycopg.connect(f"{address}/postgres", autocommit=True) as connection:
            for name in NAMES:
                connection.execute(f"CREATE DATABASE {name}")
        yield address


def databases(server, office, public):
    return {
        "PPID_DATABASE_URL": f"{server}/{office}",
        "PPID_PUBLIC_DATABASE_URL": f"{server}/{public}",
    }


def test_a_backup_of_a_server_restores_into_empty_databases_and_nowhere_else(server, tmp_path):
    identity = age.generate_identity()
    (tmp_path / "id").write_text(identity)
    first, second = (databases(server, *NAMES[n : n + 2]) for n in (0, 2))
    data, place = tmp_path / "data", tmp_path / "b"
    assert ppid("migrate", data=data, traced=False, **first).code == 0
    made_body(data, first)

    made = ppid(*("backup", place, "--recipient", age.recipient_of(identity)), data=data, **first)
    assert (made.code, made.err) == (0, "")

    about = ("restore", place, "--identity", tmp_path / "id", "--into")
    into = tmp_path / "baru"
    assert refused(ppid(*about, into, data=into), "basis data")
    assert refused(ppid(*about, into, data=into, **first), "tidak ada yang ditimpa")
    assert not into.exists()
    done = ppid(*about, into, data=into, **second)
    assert (done.code, done.err) == (0, "")
    assert "semua tabel sama" in done.out
    assert not list(into.glob("*.dump"))


def made_body(data, variables):
    """Make an office in a process of its own: it must not meet the databases of the tests."""
    program = "import ppid.config.setup; from office.offices import office; office()"
    subprocess.run(
        [sys.executable, "-c", program],
        env=untraced(environment(data, PYTHONPATH=str(ROOT / "tests"), **variables)),
        check=True,
    )
