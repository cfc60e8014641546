"""Make a backup while the program runs, and open it again before it counts as one.

The vault's files are copied first, which may take long and loses nothing if it is broken off; then
databases and keys of one moment are taken, and what the vault got meanwhile. Everything is sealed
to the recovery keys; for the length of the run also to a key that is then forgotten, so that what
was written can be opened and compared.
"""

import fcntl
import io
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.db.migrations.loader import MigrationLoader

from ppid.errors import CorruptData, Finding, Refused
from ppid.ledger import checkpoint as notes
from ppid.office import keys, vault
from ppid.office.backup import manifest as manifests
from ppid.office.backup.manifest import Head, Manifest, Part
from ppid.office.backup.place import LAST, Place
from ppid.office.backup.snapshot import Snapshot, remove_drafts, snapshot_of_now
from ppid.office.models import Body, SoftCopy, VaultKeys
from ppid.vault import age
from ppid.vault.copies import SealedFile, copy_sealed
from ppid.vault.streams import Digest, MeteredTarget, Readable, digest_of

TRIES = 5
OURS = ("office", "public")
UNFINISHED_FOR = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was made. copied: files of the vault that the place did not have yet."""

    manifest: Manifest
    copied: int
    damaged: tuple[Finding, ...]


class _Nowhere:
    """A target that forgets."""

    def write(self, data: bytes) -> int:
        return len(data)


def make_backup(place: Place, *, recipients: Sequence[str] = (), at: datetime) -> Made:
    """Make a backup in a place, and return what it consists of.

    recipients: keys beside the recovery keys. Files of the vault that are damaged or gone are named
    in the result; the rest is kept. Raises Refused: `backup_running`, `backup_without_key`,
    `vault_changing`; CorruptData: `backup_differs`, `database_damaged`; what the storages refuse.
    """
    to = recipients_of_backup(recipients)
    with alone():
        remove_drafts()
        for storage in (place.snapshots, place.files):
            storage.create()
        _sweep(place, at=at)
        copied = _copied(_files_of_now(), place)[0]
        for _ in range(TRIES):
            with snapshot_of_now() as shot:
                new, damaged = _copied(shot.files, place)
                copied += new
                if not _overtaken(damaged):
                    manifest = _written(shot, place, to=to, missing=tuple(damaged), at=at)
                    return Made(manifest, copied, tuple(damaged.values()))
    text = "Brankas berubah terus selagi dicadangkan."
    raise Refused(Finding("vault_changing", text, hint="Ulangi sesudah penyegelan ulang selesai."))


def recipients_of_backup(more: Sequence[str]) -> list[str]:
    """Return to whom a backup is sealed: recovery keys of the only body, and those given.

    With several bodies the given ones alone: the recovery key of one must not open the database of
    all. Raises Refused: `backup_without_key`; BadInput: `recipient_malformed`, `recipient_weak`.
    """
    given = [age.check_recipient(one) for one in (*settings.BACKUP_RECIPIENTS, *more)]
    known = VaultKeys.objects.all() if Body.objects.count() == 1 else ()
    found = list(dict.fromkeys([*given, *(key for one in known for key in one.recovery)]))
    if found:
        return found
    text = "Cadangan ini belum memiliki kunci yang dapat membukanya."
    hint = (
        "Satu badan publik: buat kunci pemulihan dengan ppid vault key. Beberapa badan publik: "
        "beri kunci cadangan dengan --recipient atau PPID_BACKUP_RECIPIENTS."
    )
    raise Refused(Finding("backup_without_key", text, hint=hint))


@contextmanager
def alone() -> Iterator[None]:
    """Hold other backups of this installation off. Raises Refused: `backup_running`."""
    with open(settings.DATA / "backup.lock", "wb") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            text = "Cadangan lain sedang dibuat."
            raise Refused(Finding("backup_running", text, hint="Tunggu sampai selesai.")) from None
        yield


def _sweep(place: Place, *, at: datetime) -> None:
    """Remove what a backup that was broken off has left in the place."""
    before, whole = at - UNFINISHED_FOR, set(place.ids())
    for one in list(place.snapshots.files()):
        if one.at < before and one.name.partition(".")[0] not in whole:
            place.snapshots.remove(one.name)
    for storage in (place.snapshots, place.files):
        storage.sweep(before=before)


def _files_of_now() -> list[SealedFile]:
    rows = SoftCopy.objects.order_by("name").values_list("name", "sealed_size", "sealed_sha256")
    return [SealedFile(name, Digest(size, sha256)) for name, size, sha256 in rows]


def _copied(files: Sequence[SealedFile], place: Place) -> tuple[int, dict[str, Finding]]:
    """Copy what the place does not have; return how many, and what could not be by its name."""
    have = {one.name: one.size for one in place.files.files()}
    todo = [one for one in files if have.get(one.name) != one.sealed.size]
    damaged = {}
    for one in todo:
        try:
            copy_sealed(one, source=vault.storage(), target=place.files)
        except CorruptData as error:
            damaged[one.name] = error.findings[0]
    return len(todo) - len(damaged), damaged


def _overtaken(damaged: dict[str, Finding]) -> bool:
    """Return whether a file could not be copied because another has taken its place meanwhile."""
    return SoftCopy.objects.filter(name__in=list(damaged)).count() < len(damaged)


def _written(
    shot: Snapshot, place: Place, *, to: Sequence[str], missing: tuple[str, ...], at: datetime
) -> Manifest:
    name = f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}-{secrets.token_hex(4)}"
    once = age.generate_identity()
    to = [*to, age.recipient_of(once)]
    parts = []
    for part, kind, source in (
        ("office", shot.kind, shot.office),
        ("public", shot.kind, shot.public),
        ("keys", "tar", shot.keys),
    ):
        parts.append(_sealed(f"{name}.{part}.age", kind, source, place=place, to=to, once=once))
    manifest = Manifest(
        id=name,
        at=at,
        program=version("sip-ppid"),
        migrations=migrations_here(),
        parts=tuple(parts),
        heads=tuple(_with_note(head) for head in shot.heads),
        files=shot.files,
        missing=missing,
    )
    data = manifest.to_bytes()
    signers = [(one.vkey, _signer(one)) for one in manifest.heads]
    note = manifests.note_over(manifest, data, signers=signers)
    for ending, content in zip(LAST, (data, note.encode()), strict=True):
        with place.snapshots.writer(f"{name}{ending}") as file:
            file.write(content)
    return place.manifest(name)


def _sealed(
    name: str, kind: str, source: Path | bytes, *, place: Place, to: Sequence[str], once: str
) -> Part:
    """Seal one part, open it again, and compare."""
    with io.BytesIO(source) if isinstance(source, bytes) else source.open("rb") as plain_file:
        plain, sealed = _seal(plain_file, name, place=place, to=to)
    with place.snapshots.reader(name) as file:
        read = digest_of(file)
        file.seek(0)
        opened = MeteredTarget(_Nowhere())
        age.unseal(file, opened, identities=[once])
    if (opened.digest(), read) != (plain, sealed):
        text = "Yang tertulis di tempat cadangan bukan yang dikirim ke sana."
        hint = "Periksa disk atau layanan itu; cadangan ini tidak dihitung."
        raise CorruptData(Finding("backup_differs", text, place.address, hint))
    return Part(name.split(".")[1], kind, plain, sealed)


def _seal(source: Readable, name: str, *, place: Place, to: Sequence[str]) -> tuple[Digest, Digest]:
    with place.snapshots.writer(name) as file:
        return age.seal(source, file, recipients=to)


def _with_note(head: Head) -> Head:
    origin = keys.key_name(head.body)
    note = notes.sign(
        notes.Checkpoint(origin=origin, size=head.size, root=bytes.fromhex(head.root)),
        key_name=origin,
        public_key=notes.parse_vkey(head.vkey).public_key,
        sign=_signer(head),
    )
    return replace(head, note=note)


def _signer(head: Head) -> notes.Sign:
    return keys.signer(settings.KEYS, head.body, expected=head.vkey)


def migrations_here() -> tuple[str, ...]:
    """Return the migrations of our own tables that this program knows: `office.0015_vault`."""
    nodes = MigrationLoader(None).graph.nodes
    return tuple(sorted(f"{app}.{name}" for app, name in nodes if app in OURS))
