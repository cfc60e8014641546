"""Restore a backup into an empty folder: whole and checked, or nothing at all.

Everything is put together in a folder beside the one that was asked for; it takes its name only
after `ppid check` has found nothing there and the logs have the roots that the backup names.
"""

import io
import json
import os
import secrets
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Collection, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.db import connections

from ppid.errors import BadInput, CorruptData, Finding
from ppid.office.backup.manifest import ANOTHER, Manifest
from ppid.office.backup.place import Place
from ppid.office.backup.snapshot import demand_whole, heads_in, read_from, run_tool
from ppid.office.backup.verifying import faults_of_backup, open_part
from ppid.vault.copies import copy_sealed
from ppid.vault.folder import FILE_MODE, FOLDER_MODE, sync_folder
from ppid.vault.places import storage_at
from ppid.vault.storage import Storage

ERROR = "ppid: kesalahan: "
MARKER = "restored"
"""The file that tells the worker of which backup the data are."""

DATABASES = {"office": "default", "public": "public"}


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored. checked: what `ppid check` said."""

    folder: Path
    manifest: Manifest
    checked: str


def restore_backup(
    manifest: Manifest, place: Place, *, into: Path, identities: Sequence[str]
) -> Restored:
    """Restore a backup into a folder that is empty or not there yet.

    Raises BadInput: `target_not_empty`, `target_unusable`, `target_database`,
    `identity_not_a_recipient`; CorruptData with every damaged part, `restored_differs`,
    `restored_unsound`. Then nothing is left.
    """
    into = into.absolute()
    _demand_empty(into)
    _demand_database(manifest)
    storage = _demand_storage()
    damaged = list(faults_of_backup(manifest, place, identities=identities))
    if damaged:
        raise CorruptData(*damaged)
    draft = into.with_name(f".{into.name}.{secrets.token_hex(8)}")
    try:
        _make(draft)
        _put_together(manifest, place, draft, identities=identities, storage=storage)
        checked = _checked(manifest, draft)
        _write(draft / MARKER, f"{manifest.id}\n".encode())
        _settle(draft, into)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    return Restored(into, manifest, checked)


def _demand_empty(into: Path) -> None:
    try:
        if into.is_symlink() or (into.exists() and any(into.iterdir())):
            text = "Folder tujuan sudah berisi; tidak ada yang ditimpa."
            hint = "Beri folder yang kosong atau belum ada."
            raise BadInput(Finding("target_not_empty", text, str(into), hint))
    except OSError as error:
        raise BadInput(_unusable(into, error)) from error


def _unusable(into: Path, error: OSError) -> Finding:
    text = f"Folder tujuan tidak dapat dipakai: {error.strerror}."
    return Finding("target_unusable", text, str(into), "Beri folder yang kosong dan dapat ditulis.")


def _demand_database(manifest: Manifest) -> None:
    """Raise BadInput unless the databases of the settings are of the backup's kind, and empty."""
    kind = manifest.part("office").kind
    vendors = {connections[alias].vendor for alias in DATABASES.values()}
    if vendors != {kind}:
        text = f"Cadangan ini berisi basis data {kind}, sedangkan setelan menunjuk yang lain."
        hint = (
            "Kosongkan PPID_DATABASE_URL dan PPID_PUBLIC_DATABASE_URL."
            if kind == "sqlite"
            else "Isi PPID_DATABASE_URL dan PPID_PUBLIC_DATABASE_URL dengan dua basis data kosong."
        )
        raise BadInput(Finding("target_database", text, hint=hint))
    full = kind == "postgresql" and [
        alias for alias in DATABASES.values() if connections[alias].introspection.table_names()
    ]
    if full:
        text = "Basis data tujuan sudah berisi tabel; tidak ada yang ditimpa."
        raise BadInput(Finding("target_not_empty", text, " ".join(full), "Beri yang kosong."))


def _demand_storage() -> Storage | None:
    """Return the bucket that the vault goes to, None for the folder. Raises BadInput."""
    if not settings.STORAGE:
        return None
    storage = storage_at(settings.STORAGE, folder=settings.VAULT)
    if next(iter(storage.files()), None):
        text = "Wadah brankas tujuan sudah berisi; tidak ada yang ditimpa."
        hint = "Beri PPID_STORAGE dengan awalan lain, yang kosong."
        raise BadInput(Finding("target_not_empty", text, settings.STORAGE, hint))
    return storage


def _make(draft: Path) -> None:
    try:
        draft.mkdir(mode=FOLDER_MODE, parents=True)
    except OSError as error:
        raise BadInput(_unusable(draft.parent, error)) from error


def _put_together(
    manifest: Manifest,
    place: Place,
    draft: Path,
    *,
    identities: Sequence[str],
    storage: Storage | None,
) -> None:
    kept = io.BytesIO()
    about = {"manifest": manifest, "place": place, "identities": identities}
    open_part(manifest.part("keys"), kept, **about)
    _unpack(kept.getvalue(), draft)
    for name in DATABASES:
        part = manifest.part(name)
        file = draft / f"{name}.{'sqlite3' if part.kind == 'sqlite' else 'dump'}"
        with ExitStack() as held:
            descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE)
            target = held.enter_context(os.fdopen(descriptor, "wb"))
            open_part(part, target, **about)
            target.flush()
            os.fsync(target.fileno())
        _load(file, DATABASES[name])
    vault = storage or storage_at("", folder=draft / "vault")
    vault.create()
    for one in manifest.files:
        if one.name not in manifest.missing:
            copy_sealed(one, source=place.files, target=vault)


def _unpack(data: bytes, draft: Path) -> None:
    """Write the keys, and the settings for a person to look at."""
    with tarfile.open(fileobj=io.BytesIO(data)) as tar:
        for member in tar:
            path = PurePosixPath(member.name)
            file = tar.extractfile(member)
            if file is None or path.is_absolute() or ".." in path.parts:
                raise CorruptData(Finding("part_differs", "Bagian kunci aneh.", member.name))
            content = file.read()
            if member.name == "settings.json":
                said = json.loads(content)
                path = PurePosixPath("settings.env")
                content = "".join(f"{name}={value}\n" for name, value in said.items()).encode()
            _write(draft / path, content)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(mode=FOLDER_MODE, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _load(file: Path, alias: str) -> None:
    """Take the database into use: a file stays where it is, a dump goes to its server."""
    if file.suffix == ".sqlite3":
        demand_whole(file)
        return
    more = ("--exit-on-error", "--no-owner", "--no-privileges", "--single-transaction")
    run_tool("pg_restore", alias, *more, str(file))
    file.unlink()


def _checked(manifest: Manifest, draft: Path) -> str:
    """Bring the tables to this version, run `ppid check` there, and compare the logs' roots.

    What was damaged or gone already when the backup was made is told, and no reason to refuse.
    """
    known = {f"{one.place}:" for one in manifest.files if one.name in manifest.missing}
    _ppid("migrate", draft)
    said = _ppid("check", draft, known=known)
    if manifest.part("office").kind == "sqlite":
        with read_from(draft / "office.sqlite3") as alias:
            found = heads_in(alias)
    else:
        found = heads_in("default")
    if [replace(one, note="") for one in manifest.heads] != list(found):
        text = "Catatan yang pulih bukan catatan yang disebut cadangan."
        raise CorruptData(Finding("restored_differs", text, hint=ANOTHER))
    return said


def _ppid(command: str, draft: Path, *, known: Collection[str] = ()) -> str:
    """Run a command of this program on the restored data; return what it says.

    known: what an error may name without being one. Raises CorruptData: `restored_unsound`.
    """
    done = subprocess.run(
        [sys.executable, "-m", "ppid.cli", command],
        env=os.environ | {"PPID_DATA": str(draft)},
        capture_output=True,
        text=True,
        check=False,
    )
    said = [line[len(ERROR) :] for line in done.stderr.splitlines() if line.startswith(ERROR)]
    wrong = [line for line in said if not any(one in line for one in known)]
    if done.returncode and (wrong or not said):
        found = wrong or [f"ppid {command} gagal pada data yang pulih."]
        raise CorruptData(*(Finding("restored_unsound", one, hint=ANOTHER) for one in found))
    return "\n".join([*done.stdout.splitlines(), *said])


def _settle(draft: Path, into: Path) -> None:
    try:
        draft.rename(into)
        sync_folder(into.parent)
    except OSError as error:
        raise BadInput(_unusable(into, error)) from error
