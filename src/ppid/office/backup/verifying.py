"""Read every byte of a backup and name what is damaged; with a key, open the parts too."""

from collections.abc import Iterator, Sequence

from ppid.errors import BadInput, CorruptData, Finding, NotFound
from ppid.office.backup.making import migrations_here
from ppid.office.backup.manifest import ANOTHER, Manifest, Part, newer
from ppid.office.backup.place import Place
from ppid.vault import age
from ppid.vault.copies import examine
from ppid.vault.streams import Digest, MeteredTarget, Writable, digest_of


class _Nowhere:
    """A target that forgets."""

    def write(self, data: bytes) -> int:
        return len(data)


def demand_backup(place: Place, *, name: str = "", vkeys: Sequence[str] = ()) -> Manifest:
    """Return the manifest of a backup that this program can restore; reads no part yet.

    name: of the snapshot, the newest without it; vkeys: of the bodies that it must be of. Raises
    BadInput: `backup_missing`, `backup_newer`, `backup_foreign`; CorruptData: `part_missing`,
    `manifest_altered`, `note_altered`, `backup_swapped`.
    """
    manifest = place.manifest(name)
    if not set(manifest.migrations) <= set(migrations_here()):
        raise BadInput(newer())
    strange = set(vkeys) - {head.vkey for head in manifest.heads}
    if strange:
        text = "Cadangan ini bukan cadangan badan publik yang diminta."
        raise BadInput(Finding("backup_foreign", text, hint="Periksa letak cadangan dan --vkey."))
    return manifest


def faults_of_backup(
    manifest: Manifest, place: Place, *, identities: Sequence[str] = ()
) -> Iterator[Finding]:
    """Yield what is wrong with the parts and files of a backup, read to their last byte.

    identities: with them the parts are opened too. Raises BadInput: `identity_not_a_recipient`;
    what the storages refuse.
    """
    parts = {one.sealed.sha256: one.place for one in manifest.parts}
    for part in manifest.parts:
        yield from _faults_of_part(part, manifest, place, known=parts, identities=identities)
    known = {one.sealed.sha256: one.place for one in manifest.files}
    for file in manifest.files:
        if file.name not in manifest.missing:
            fault = examine(file, place.files, known=known)
            yield from [fault] if fault else []


def open_part(
    part: Part, target: Writable, *, manifest: Manifest, place: Place, identities: Sequence[str]
) -> None:
    """Write the plain bytes of a part; nothing of one that is not the one.

    Raises CorruptData: `part_missing`, `part_cut`, `part_altered`, `part_differs`; BadInput:
    `identity_not_a_recipient`; whatever the target raises.
    """
    try:
        with place.snapshots.reader(file_of(part, manifest)) as file:
            _demand_same(part, digest_of(file), {})
            file.seek(0)
            opened = MeteredTarget(target)
            age.unseal(file, opened, identities=identities)
    except NotFound:
        raise CorruptData(_gone(part)) from None
    if opened.digest() != part.plain:
        text = "Isi bagian ini bukan isi yang dahulu disegel."
        raise CorruptData(Finding("part_differs", text, part.place, ANOTHER))


def file_of(part: Part, manifest: Manifest) -> str:
    """Return the name of the file that holds a part."""
    return f"{manifest.id}.{part.name}.age"


def _faults_of_part(
    part: Part,
    manifest: Manifest,
    place: Place,
    *,
    known: dict[str, str],
    identities: Sequence[str],
) -> Iterator[Finding]:
    try:
        with place.snapshots.reader(file_of(part, manifest)) as file:
            _demand_same(part, digest_of(file), known)
        if identities:
            open_part(part, _Nowhere(), manifest=manifest, place=place, identities=identities)
    except NotFound:
        yield _gone(part)
    except CorruptData as error:
        yield from error.findings


def _demand_same(part: Part, found: Digest, known: dict[str, str]) -> None:
    if found == part.sealed:
        return
    if found.sha256 in known:
        text = f"Bagian ini tertukar: isinya milik {known[found.sha256]}."
        raise CorruptData(Finding("part_swapped", text, part.place, ANOTHER))
    if found.size < part.sealed.size:
        text = f"Bagian ini terpotong: {found.size} dari {part.sealed.size} bita."
        raise CorruptData(Finding("part_cut", text, part.place, ANOTHER))
    raise CorruptData(Finding("part_altered", "Bagian ini berubah.", part.place, ANOTHER))


def _gone(part: Part) -> Finding:
    return Finding("part_missing", "Bagian ini tidak ada.", part.place, ANOTHER)
