"""Where backups lie: a folder, or a bucket with a prefix; and which snapshots are there."""

from dataclasses import dataclass
from pathlib import Path

from ppid.errors import BadInput, CorruptData, Finding, NotFound
from ppid.office.backup import manifest as manifests
from ppid.office.backup.manifest import ANOTHER, NAMES, Manifest
from ppid.vault.places import storage_at
from ppid.vault.storage import Storage
from ppid.vault.streams import BLOCK

LAST = (".manifest.json", ".note")
"""What is written last, in this order."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place of backups. snapshots: their parts; files: the vault's files, each stored once."""

    address: str
    snapshots: Storage
    files: Storage

    def ids(self) -> list[str]:
        """Return the snapshots that were finished, the oldest first; parts alone make none."""
        files = (one.name for one in self.snapshots.files())
        return sorted({name.partition(".")[0] for name in files if name.endswith(LAST)})

    def read(self, name: str) -> bytes:
        """Return a small file of the snapshots. Raises NotFound: `file_missing`."""
        with self.snapshots.reader(name) as file:
            return b"".join(iter(lambda: file.read(BLOCK), b""))

    def manifest(self, name: str = "") -> Manifest:
        """Return the signed manifest of a snapshot, of the newest one without a name.

        Raises BadInput: `backup_missing`, `backup_newer`; CorruptData: `part_missing`,
        `manifest_altered`, `note_altered`, `backup_swapped`; what the storage refuses.
        """
        known = self.ids()
        if not known or (name and name not in known):
            raise BadInput(self._none(name))
        name = name or known[-1]
        try:
            data, note = self.read(f"{name}.manifest.json"), self.read(f"{name}.note")
        except NotFound as error:
            part = error.findings[0].place.removeprefix(f"{name}.")
            text = f"Potret {name} tidak lengkap: bagian ini tidak ada."
            raise CorruptData(Finding("part_missing", text, f"bagian {part}", ANOTHER)) from None
        return manifests.demand_signed(note.decode(errors="replace"), data=data, name=name)

    def _none(self, name: str) -> Finding:
        what = f"potret {name}" if name else "cadangan SIP PPID"
        text = f"Di tempat ini tidak ada {what}."
        return Finding("backup_missing", text, self.address, "Periksa letak cadangan.")


def place_at(address: str) -> Place:
    """Return the place of an address: a folder, or `s3://bucket/prefix`.

    Raises BadInput: `storage_address`, `storage_library`; what the service's client refuses.
    """
    if "://" not in address:
        folder = Path(address)
        snapshots = storage_at("", folder=folder / "potret", names=NAMES)
        return Place(str(folder), snapshots, storage_at("", folder=folder / "berkas"))
    base = address.rstrip("/")
    snapshots = storage_at(f"{base}/potret", folder=Path(), names=NAMES)
    return Place(base, snapshots, storage_at(f"{base}/berkas", folder=Path()))
