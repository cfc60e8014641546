"""Both databases and the keys of one moment, as plain files in a private folder for a while.

SQLite: with the office's writers held off for an instant, a read transaction is begun on both
databases and the keys are read; then the copies are made from these transactions while the office
goes on. PostgreSQL: the public database first, then the office's, each by `pg_dump` in a snapshot
of its own; what the public site may lack, the worker makes up.
"""

import io
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.sqlite3.base import DatabaseWrapper

from ppid.errors import BadInput, CorruptData, Finding
from ppid.ledger.tree import Frontier
from ppid.office.backup.manifest import Head
from ppid.office.models import Body, Log, SoftCopy
from ppid.office.writing import writing
from ppid.vault.copies import SealedFile
from ppid.vault.streams import Digest

ALIAS = "snapshot"
DRAFTS = ".cadangan-"
SETTINGS = ("PPID_STORAGE", "PPID_PUBLIC_URL", "PPID_HOSTS", "PPID_HTTPS", "PPID_FIXITY_DAYS")
"""Variables that are kept: none of them is secret, and none names a database or a password."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What was there at one moment. keys: a tar; heads: without their notes."""

    kind: str
    office: Path
    public: Path
    keys: bytes
    heads: tuple[Head, ...]
    files: tuple[SealedFile, ...]


@contextmanager
def snapshot_of_now() -> Iterator[Snapshot]:
    """Give the databases and keys of this moment; the plain copies are gone after the block.

    Raises BadInput: `snapshot_failed`, `pg_dump_missing`, `pg_dump_failed`; CorruptData:
    `database_damaged`.
    """
    draft = Path(tempfile.mkdtemp(prefix=DRAFTS, dir=settings.DATA))
    try:
        if connections[DEFAULT_DB_ALIAS].vendor == "sqlite":
            yield _of_files(draft)
        else:
            yield _of_server(draft)
    finally:
        shutil.rmtree(draft)


def remove_drafts() -> None:
    """Remove what a backup that was killed has left; nobody else may be making one."""
    for left in settings.DATA.glob(f"{DRAFTS}*"):
        shutil.rmtree(left)


def _of_files(draft: Path) -> Snapshot:
    office, public = draft / "office.sqlite3", draft / "public.sqlite3"
    with ExitStack() as open_ones:
        with writing():
            sources = [
                open_ones.enter_context(closing(_begun(alias)))
                for alias in (DEFAULT_DB_ALIAS, settings.PUBLIC_DATABASE)
            ]
            kept = _keys()
        for source, file in zip(sources, (office, public), strict=True):
            _copy(source, file)
    with read_from(office) as alias:
        return Snapshot("sqlite", office, public, kept, heads_in(alias), _files_in(alias))


def _begun(alias: str) -> sqlite3.Connection:
    """Return a connection of its own with a read transaction that has begun."""
    name = connections[alias].settings_dict["NAME"]
    source = sqlite3.connect(name, isolation_level=None, uri=str(name).startswith("file:"))
    source.execute("BEGIN")
    source.execute("SELECT count(*) FROM sqlite_master").fetchone()
    return source


def _copy(source: sqlite3.Connection, file: Path) -> None:
    try:
        with closing(sqlite3.connect(file, isolation_level=None)) as target:
            os.chmod(file, 0o600)
            source.backup(target)
            target.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.DatabaseError as error:
        text = f"Salinan basis data tidak dapat dibuat: {error}."
        hint = "Periksa sisa ruang disk di folder data, lalu ulangi."
        raise BadInput(Finding("snapshot_failed", text, file.stem, hint)) from error
    demand_whole(file)


def demand_whole(file: Path) -> None:
    """Raise CorruptData `database_damaged` unless SQLite finds its file whole."""
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
            found = connection.execute("PRAGMA integrity_check").fetchone()[0]
    except sqlite3.DatabaseError as error:
        found = str(error)
    if found != "ok":
        text = f"Basis data ini rusak menurut SQLite: {found}."
        hint = "Jangan menimpa cadangan yang lama; jalankan ppid check."
        raise CorruptData(Finding("database_damaged", text, file.stem, hint))


@contextmanager
def read_from(file: Path) -> Iterator[str]:
    """Give an alias under which the tables of an SQLite file are read."""
    options = {**connections.settings[DEFAULT_DB_ALIAS], "NAME": file, "OPTIONS": {}}
    options["ENGINE"] = "django.db.backends.sqlite3"
    connections[ALIAS] = DatabaseWrapper(options, ALIAS)
    try:
        yield ALIAS
    finally:
        connections[ALIAS].close()
        del connections[ALIAS]


def heads_in(alias: str) -> tuple[Head, ...]:
    """Return the head of each body's log in a database, without a note."""
    vkeys = dict(Body.objects.using(alias).values_list("pk", "vkey"))
    return tuple(
        Head(log.body, log.size, Frontier.from_text(log.frontier).root().hex(), vkeys[log.body], "")
        for log in Log.objects.using(alias).order_by("body")
    )


def _files_in(alias: str) -> tuple[SealedFile, ...]:
    rows = SoftCopy.objects.using(alias).order_by("name")
    found = rows.values_list("name", "sealed_size", "sealed_sha256")
    return tuple(SealedFile(name, Digest(size, sha256)) for name, size, sha256 in found)


def _keys() -> bytes:
    """Return the signing keys and the vault's service keys as a tar, with the settings."""
    whole = io.BytesIO()
    with tarfile.open(fileobj=whole, mode="w") as tar:
        for path in sorted(one for one in settings.KEYS.glob("[!.]*") if one.is_file()):
            _add(tar, f"keys/{path.name}", path.read_bytes())
        said = {name: os.environ[name] for name in SETTINGS if name in os.environ}
        _add(tar, "settings.json", json.dumps(said, indent=1, sort_keys=True).encode())
    return whole.getvalue()


def _add(tar: tarfile.TarFile, name: str, data: bytes) -> None:
    about = tarfile.TarInfo(name)
    about.size, about.mode = len(data), 0o600
    tar.addfile(about, io.BytesIO(data))


def _of_server(draft: Path) -> Snapshot:
    public = dumped(settings.PUBLIC_DATABASE, draft / "public.dump")
    with transaction.atomic():
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            cursor.execute("SELECT pg_export_snapshot()")
            exported = cursor.fetchone()[0]
        kept, heads = _keys(), heads_in(DEFAULT_DB_ALIAS)
        files = _files_in(DEFAULT_DB_ALIAS)
        office = dumped(DEFAULT_DB_ALIAS, draft / "office.dump", snapshot=exported)
    return Snapshot("postgresql", office, public, kept, heads, files)


def dumped(alias: str, file: Path, *, snapshot: str = "") -> Path:
    """Dump a PostgreSQL database into a file. snapshot: an exported one to read from.

    Raises BadInput: `pg_dump_missing`, `pg_dump_failed`.
    """
    more = [f"--snapshot={snapshot}"] if snapshot else []
    run_tool("pg_dump", alias, "--format=custom", f"--file={file}", *more)
    return file


def run_tool(program: str, alias: str, *arguments: str) -> None:
    """Run one of PostgreSQL's tools on a database of the settings; its password is not shown.

    Raises BadInput: `pg_dump_missing`, `pg_dump_failed` (`pg_restore_...` likewise).
    """
    about: dict[str, Any] = connections[alias].settings_dict
    variables = {
        "PGHOST": about["HOST"],
        "PGPORT": about["PORT"],
        "PGUSER": about["USER"],
        "PGPASSWORD": about["PASSWORD"],
    }
    known = {name: value for name, value in variables.items() if value}
    command = [program, "--no-password", f"--dbname={about['NAME']}", *arguments]
    try:
        subprocess.run(command, check=True, env=os.environ | known, stderr=subprocess.PIPE)
    except FileNotFoundError:
        text = f"Program {program} dari PostgreSQL tidak ada di mesin ini."
        hint = "Pasang paket postgresql-client dengan versi yang sama dengan server, lalu ulangi."
        raise BadInput(Finding(f"{program}_missing", text, hint=hint)) from None
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode(errors="replace").strip().split("\n", 1)[0]
        text = f"Program {program} gagal: {said}."
        hint = "Periksa server basis data dan versi program itu, lalu ulangi."
        raise BadInput(Finding(f"{program}_failed", text, hint=hint)) from error
