"""Check a published log from outside: with its files and the public key, and nothing else.

    checkpoint                 the signed head
    tile/0/000 ...             the hashes of all entries, and the tiles above them
    tile/entries/000 ...       the entries themselves; published only to whom the body gives them
    edisi/1.tlog-proof ...     the entry of each edition, with its proof
    edisi/1.json ...           the edition, whose SHA-256 stands in that entry

How the files are read (a folder, a web site) is the caller's: `read` gives the bytes at a path or
raises NotFound. Every fault is named; a file that is missing is one. Codes: those of
checkpoint.verify and evidence.verify, and tile_missing, tile_malformed, root_mismatch,
tile_mismatch, bundle_missing, bundle_malformed, entry_altered, entry_unreadable, log_cut,
checkpoint_mismatch, document_missing, edition_order.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ppid.errors import CorruptData, Finding, NotFound, PpidError
from ppid.ledger import checkpoint as notes
from ppid.ledger import evidence, tiles, tree
from ppid.ledger.checkpoint import Checkpoint, SignedNote, Verify
from ppid.ledger.entry import Entry
from ppid.ledger.proof import parse_inclusion
from ppid.ledger.tiles import WIDTH, Read, Tile
from ppid.ledger.tree import HASH_BYTES

EDITION_PROOF = "edisi/{}.tlog-proof"
EDITION_DOCUMENT = "edisi/{}.json"


@dataclass(frozen=True, slots=True)
class Published:
    """What a published log was found to be. entries: how many were published and read."""

    note: SignedNote
    checkpoint: Checkpoint
    entries: int
    editions: int
    findings: tuple[Finding, ...]


def verify_published(
    read: Read, *, vkey: str, verify: Verify, earlier: Checkpoint | None = None
) -> Published:
    """Return what the files of a log are, with everything that is wrong with them.

    earlier: a checkpoint that was kept elsewhere, already verified; the log has to continue it.
    Raises CorruptData, NotFound: when the checkpoint itself is missing or not signed by `vkey`;
    BadInput: `vkey_malformed`, and whatever `read` raises.
    """
    note = _text(read("checkpoint"))
    head = notes.verify(note, vkey=vkey, verify=verify)
    check = _Check(read, vkey=vkey, verify=verify)
    leaves = check.leaves(head)
    if earlier:
        check.compare(earlier, head, leaves)
    entries = check.bundles(leaves)
    editions = check.editions(leaves)
    return Published(notes.parse(note), head, entries, editions, tuple(check.findings))


class _Check:
    """One pass over the files, and what was found on the way."""

    def __init__(self, read: Read, *, vkey: str, verify: Verify) -> None:
        self.findings: list[Finding] = []
        self._read = read
        self._vkey = vkey
        self._verify = verify

    def leaves(self, head: Checkpoint) -> list[bytes]:
        """Return the leaf hashes, once the tiles lead to the root; nothing when they do not."""
        leaves: list[bytes] = []
        for tile in tiles.tiles_for(0, head.size):
            data = self._tile(tile)
            if data is None:
                continue
            if tile.level == 0:
                leaves += (data[at : at + HASH_BYTES] for at in range(0, len(data), HASH_BYTES))
            elif not self.findings and data != tiles.tile_bytes(tile, tree.nodes(leaves)):
                self._find("tile_mismatch", "Berkas log tidak cocok dengan isinya.", tile.path())
        if len(leaves) == head.size and tree.root(leaves) == head.root:
            return leaves
        if not self.findings:
            self._find("root_mismatch", "Berkas log tidak menuju titik periksanya.", "tile/0")
        return []

    def compare(self, earlier: Checkpoint, head: Checkpoint, leaves: Sequence[bytes]) -> None:
        """Find a log that does not continue the earlier checkpoint."""
        if earlier.size > head.size:
            place = f"catatan {head.size}-{earlier.size - 1}"
            self._find("log_cut", "Ujung log terpotong: catatan ini pernah ada.", place)
        elif leaves and tree.root(leaves[: earlier.size]) != earlier.root:
            place = f"catatan 0-{earlier.size - 1}"
            message = "Log ini bukan kelanjutan titik periksa yang Anda simpan."
            self._find("checkpoint_mismatch", message, place)

    def bundles(self, leaves: Sequence[bytes]) -> int:
        """Compare the entries with their hashes; return how many there were."""
        count = 0
        for tile in _level_0(len(leaves)):
            path = tile.entries_path()
            try:
                entries = self._bundle(tile)
            except NotFound:
                if count:
                    self._find("bundle_missing", "Sebagian catatan tidak diterbitkan.", path)
                continue
            except CorruptData as error:
                self._add(error, path)
                continue
            self._entries(entries, tile, leaves)
            count += len(entries)
        return count

    def _bundle(self, tile: Tile) -> tuple[bytes, ...]:
        try:
            return tiles.unbundle(self._read(tile.entries_path()))
        except NotFound:
            if tile.width == WIDTH:
                raise
            full = Tile(0, tile.index)
            return tiles.unbundle(self._read(full.entries_path()))[: tile.width]

    def _entries(self, entries: Sequence[bytes], tile: Tile, leaves: Sequence[bytes]) -> None:
        if len(entries) != tile.width:
            message = "Jumlah catatan dalam berkas ini tidak sesuai."
            self._find("bundle_malformed", message, tile.entries_path())
            return
        for seq, data in zip(tile.leaves(), entries, strict=True):
            if tree.leaf_hash(data) != leaves[seq]:
                message = "Isi catatan tidak cocok dengan sidiknya."
                self._find("entry_altered", message, f"catatan {seq}")
            elif not _says(data, seq):
                self._find("entry_unreadable", "Isi catatan tidak dapat dibaca.", f"catatan {seq}")

    def editions(self, leaves: Sequence[bytes]) -> int:
        """Check each edition's proof and document, from the first on; return how many."""
        number = 0
        while True:
            path = EDITION_PROOF.format(number + 1)
            try:
                proof = self._read(path)
            except NotFound:
                return number
            number += 1
            try:
                self._edition(number, proof, leaves)
            except PpidError as error:
                self._add(error, path)

    def _edition(self, number: int, data: bytes, leaves: Sequence[bytes]) -> None:
        proof = parse_inclusion(_text(data))
        proven = evidence.verify(proof, vkey=self._vkey, verify=self._verify)
        path = EDITION_DOCUMENT.format(number)
        leaf = tree.leaf_hash(proven.evidence.leaf)
        if leaves and (proof.index >= len(leaves) or leaves[proof.index] != leaf):
            message = "Catatan edisi ini tidak ada dalam log yang sekarang."
            self._find("inclusion_mismatch", message, EDITION_PROOF.format(number))
        if proven.entry.payload.get("number") != number:
            message = "Bukti ini milik edisi yang lain."
            self._find("edition_order", message, EDITION_PROOF.format(number))
        try:
            document = self._read(path)
        except NotFound:
            self._find("document_missing", "Isi edisi ini tidak diterbitkan.", path)
            return
        if not evidence.is_document_of(document, proven.entry):
            self._find("document_mismatch", "Isi edisi ini bukan yang dicatat.", path)

    def _tile(self, tile: Tile) -> bytes | None:
        try:
            return tiles.read_tile(self._read, tile)
        except NotFound:
            self._find("tile_missing", "Berkas log tidak ada.", tile.path())
        except CorruptData as error:
            self._add(error, tile.path())
        return None

    def _find(self, code: str, message: str, place: str) -> None:
        self.findings.append(Finding(code, message, place=place, hint=KEEP))

    def _add(self, error: PpidError, place: str) -> None:
        self.findings += (replace(one, place=one.place or place) for one in error.findings)


def _level_0(size: int) -> Iterator[Tile]:
    return (tile for tile in tiles.tiles_for(0, size) if tile.level == 0)


def _says(data: bytes, seq: int) -> bool:
    try:
        return Entry.from_bytes(data).seq == seq
    except CorruptData:
        return False


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        message = "Berkas ini bukan teks."
        raise CorruptData(Finding("note_malformed", message, hint="Ambil lagi.")) from None


KEEP = "Simpan berkas-berkas ini sebagai bukti, lalu minta penjelasan badan publik."
