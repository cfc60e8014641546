"""What a snapshot consists of, as JSON; and the signed note that binds it to its bodies.

ppid-backup/1
20261121T201500Z-1a2b3c4d
3f5a...                                  SHA-256 of the manifest, 64 digits

— sip-ppid/kota Wv3f...                  one signature of each body (C2SP signed note)
"""

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from ppid.errors import BadInput, CorruptData, Finding
from ppid.ledger import checkpoint as notes
from ppid.office import keys
from ppid.vault.copies import SealedFile
from ppid.vault.streams import Digest

FORMAT = 1
MARK = "ppid-backup"
ID = re.compile(r"[0-9]{8}T[0-9]{6}Z-[0-9a-f]{8}")
ENDINGS = ("office.age", "public.age", "keys.age", "manifest.json", "note")
NAMES = re.compile(rf"{ID.pattern}\.({'|'.join(map(re.escape, ENDINGS))})")
ANOTHER = "Pakai cadangan lain; yang ini tidak dipakai sama sekali."


@dataclass(frozen=True, slots=True)
class Part:
    """One sealed part of a snapshot. kind: "sqlite", "postgresql" or "tar"."""

    name: str
    kind: str
    plain: Digest
    sealed: Digest

    @property
    def place(self) -> str:
        """Return what a person finds it by."""
        return f"bagian {self.name}"


@dataclass(frozen=True, slots=True)
class Head:
    """A body's log as the snapshot holds it. root: 64 hex digits; note: a signed checkpoint."""

    body: str
    size: int
    root: str
    vkey: str
    note: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a snapshot consists of.

    at: the moment of the databases, aware. migrations: of our own tables, which the program knew.
    files: of the vault; missing: of those the names that were damaged or gone already then.
    """

    id: str
    at: datetime
    program: str
    migrations: tuple[str, ...]
    parts: tuple[Part, ...]
    heads: tuple[Head, ...]
    files: tuple[SealedFile, ...]
    missing: tuple[str, ...] = ()

    def part(self, name: str) -> Part:
        """Return one part by its name."""
        return next(one for one in self.parts if one.name == name)

    def to_bytes(self) -> bytes:
        """Return the manifest as a file."""
        said = {"format": FORMAT, **asdict(self), "at": self.at.isoformat()}
        said["files"] = [[one.name, one.sealed.size, one.sealed.sha256] for one in self.files]
        return json.dumps(said, indent=1, sort_keys=True).encode() + b"\n"


def from_bytes(data: bytes) -> Manifest:
    """Return the manifest that a file holds.

    Raises BadInput: `backup_newer`, `backup_foreign`; CorruptData: `manifest_altered`.
    """
    try:
        said = json.loads(data)
        _demand_format(said.pop("format"))
        said["at"] = datetime.fromisoformat(said["at"])
        said["migrations"], said["missing"] = tuple(said["migrations"]), tuple(said["missing"])
        said["parts"] = tuple(_part(one) for one in said["parts"])
        said["heads"] = tuple(Head(**one) for one in said["heads"])
        said["files"] = tuple(SealedFile(n, Digest(size, sha)) for n, size, sha in said["files"])
        return Manifest(**said)
    except (ValueError, TypeError, KeyError, AttributeError):
        raise CorruptData(altered("manifest.json")) from None


def note_over(manifest: Manifest, data: bytes, *, signers: Sequence[tuple[str, notes.Sign]]) -> str:
    """Return the note over a manifest's bytes. signers: vkey and signing function of each body."""
    text = f"{MARK}/{FORMAT}\n{manifest.id}\n{hashlib.sha256(data).hexdigest()}\n"
    signed = []
    for vkey, sign in signers:
        key = notes.parse_vkey(vkey)
        signed.append(notes.Signature(key.name, key.key_id, sign(text.encode())))
    return notes.SignedNote(text, tuple(signed)).to_text()


def demand_signed(note: str, *, data: bytes, name: str) -> Manifest:
    """Return the manifest after every body that it names has been found to have signed it.

    name: the id under which the note lay. Raises BadInput: `backup_foreign`, `backup_newer`;
    CorruptData: `manifest_altered`, `note_altered`, `backup_swapped`.
    """
    mark, said_id, sha256 = _stated(note)
    _demand_format(mark)
    if hashlib.sha256(data).hexdigest() != sha256:
        raise CorruptData(altered("manifest.json"))
    manifest = from_bytes(data)
    if not manifest.id == said_id == name:
        text = f"Potret ini bernama {name}, tetapi isinya potret {manifest.id}."
        raise CorruptData(Finding("backup_swapped", text, "bagian note", ANOTHER))
    try:
        for head in manifest.heads:
            notes.open_note(note, vkey=head.vkey, verify=keys.verifier_of(head.vkey))
    except (CorruptData, BadInput):
        raise CorruptData(altered("note")) from None
    return manifest


def _stated(note: str) -> tuple[int, str, str]:
    try:
        mark, said_id, sha256 = notes.parse(note).text.splitlines()
        program, _, number = mark.partition("/")
        stated = int(number), said_id, sha256
    except (CorruptData, ValueError):
        raise CorruptData(altered("note")) from None
    if program != MARK:
        raise CorruptData(altered("note"))
    return stated


def altered(part: str) -> Finding:
    """Return that a part of a backup is not what was written."""
    return Finding(
        f"{part.split('.')[0]}_altered", "Bagian ini berubah.", f"bagian {part}", ANOTHER
    )


def _demand_format(number: Any) -> None:
    if not isinstance(number, int) or number < 1:
        raise ValueError(number)
    if number > FORMAT:
        raise BadInput(newer())


def newer() -> Finding:
    """Return that a backup comes from a newer version of this program."""
    text = "Cadangan ini dibuat oleh versi program yang lebih baru daripada program ini."
    return Finding("backup_newer", text, hint="Pasang versi program yang sama atau lebih baru.")


def _part(said: Any) -> Part:
    return Part(said["name"], said["kind"], Digest(**said["plain"]), Digest(**said["sealed"]))
