"""A PostgreSQL server for a test run: that of TEST_DATABASE_URL, or one started for the run.

It listens on a free port of this machine and lives in a folder that is thrown away. PostgreSQL
refuses to run as root, so root starts it as the user `postgres`.
"""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from commands.programs import ppid

NAMES = {"PPID_DATABASE_URL": "office", "PPID_PUBLIC_DATABASE_URL": "public"}


@contextmanager
def server(*, within: Path | None = None, durable: bool = False) -> Iterator[str]:
    """Yield the address of a superuser, without a database: postgresql://postgres@host:port.

    within: where its folder is made. durable: with fsync, as benchmarks need it and tests do not.
    """
    given = os.environ.get("TEST_DATABASE_URL", "")
    if given:
        yield given.rstrip("/")
        return
    folder = Path(tempfile.mkdtemp(prefix="ppid-postgresql-", dir=within))
    port = free_port()
    try:
        start(folder, port, durable=durable)
        yield f"postgresql://postgres@127.0.0.1:{port}"
    finally:
        run("pg_ctl", "-D", str(folder / "data"), "-m", "immediate", "stop", check=False)
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def migrated(data: Path) -> Iterator[tuple[str, str]]:
    """Yield the address of a server, and what the names of two migrated databases begin with there.

    They are for copying: that and `_office`, that and `_public`. data: a folder for what else
    `ppid migrate` writes.
    """
    model = f"migrated_{os.getpid()}"
    with server() as address, psycopg.connect(f"{address}/postgres", autocommit=True) as connection:
        for name in NAMES.values():
            connection.execute(f"CREATE DATABASE {model}_{name}")
        places = {variable: f"{address}/{model}_{name}" for variable, name in NAMES.items()}
        done = ppid("migrate", data=data, traced=False, **places)
        if done.code:
            raise RuntimeError(done.err)
        yield address, model
        for name in NAMES.values():
            connection.execute(f"DROP DATABASE {model}_{name} WITH (FORCE)")


def start(folder: Path, port: int, *, durable: bool = False) -> None:
    """Make a cluster in the folder and start it; returns when it answers."""
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    run("initdb", "-D", str(folder / "data"), "-U", "postgres", "-A", "trust", "-k", "--no-sync")
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1"
    options += "" if durable else " -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    run(
        "pg_ctl",
        "-D",
        str(folder / "data"),
        "-o",
        options,
        "-l",
        str(folder / "log"),
        "-w",
        "start",
    )


def run(program: str, *arguments: str, check: bool = True) -> None:
    """Run one of PostgreSQL's programs, as the user postgres when we are root."""
    as_postgres = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    subprocess.run(
        [*as_postgres, str(binaries() / program), *arguments],
        cwd="/",
        check=check,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )


def binaries() -> Path:
    """Return the folder of the newest installed server; tools/test-requirements.sh installs one."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parts[-2]))
    if debian:
        return debian[-1]
    found = shutil.which("initdb")
    if found is None:
        raise RuntimeError("no PostgreSQL server: run tools/test-requirements.sh")
    return Path(found).resolve().parent


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
