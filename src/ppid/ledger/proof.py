"""Proofs as files: that an entry is in a log, and that one checkpoint continues another.

Inclusion (C2SP tlog-proof, file name ending in `.tlog-proof`):

    c2sp.org/tlog-proof@v1
    extra eyJsZWFmIjoi...                           what ppid.ledger.evidence needs, optional
    index 17
    gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=    the audit path, leaf first
                                                    (an empty line, then the checkpoint)
    sip-ppid/bontang
    40
    ...

Consistency is written as the body of a witness request (C2SP tlog-witness), so that one file shows
it to a person and to a witness alike:

    old 25
    PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
                                                    (an empty line, then the newer checkpoint)
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ppid.errors import CorruptData, Finding
from ppid.ledger import checkpoint as notes
from ppid.ledger import tree
from ppid.ledger.checkpoint import Checkpoint, Verify, from_base64, to_base64
from ppid.ledger.tree import HASH_BYTES, Proof

FIRST_LINE = "c2sp.org/tlog-proof@v1"
MAX_PATH = 63
MAX_PROOF_CHARACTERS = 16_000_000

_NUMBER = re.compile(r"0|[1-9][0-9]{0,18}", flags=re.ASCII)


@dataclass(frozen=True, slots=True)
class InclusionProof:
    """Entry `index` is in the log of a checkpoint. checkpoint: the signed note, as it was given.

    extra: opaque bytes, believed only as far as they lead to the leaf's hash.
    """

    index: int
    path: Proof
    checkpoint: str
    extra: bytes = b""

    def to_text(self) -> str:
        """Return the proof as a file."""
        extra = [f"extra {to_base64(self.extra)}"] if self.extra else []
        lines = [FIRST_LINE, *extra, f"index {self.index}", *map(to_base64, self.path)]
        return _joined(lines, self.checkpoint)

    def verify(self, leaf: bytes, *, vkey: str, verify: Verify, origin: str = "") -> Checkpoint:
        """Return the checkpoint, once it is signed by `vkey` and holds this leaf hash.

        Raises CorruptData: `inclusion_mismatch`, and as checkpoint.verify; BadInput:
        `vkey_malformed`.
        """
        head = notes.verify(self.checkpoint, vkey=vkey, verify=verify, origin=origin)
        if not tree.verify_inclusion(
            self.path, leaf, index=self.index, size=head.size, root=head.root
        ):
            raise CorruptData(_mismatch("inclusion_mismatch", "Catatan ini bukan bagian log itu."))
        return head


@dataclass(frozen=True, slots=True)
class ConsistencyProof:
    """A checkpoint continues the log that had `old` entries. checkpoint: the newer signed note."""

    old: int
    path: Proof
    checkpoint: str

    def to_text(self) -> str:
        """Return the proof as a file, or as the body of a request to a witness."""
        return _joined([f"old {self.old}", *map(to_base64, self.path)], self.checkpoint)

    def verify(self, earlier: Checkpoint, *, vkey: str, verify: Verify) -> Checkpoint:
        """Return the newer checkpoint, once it is signed by `vkey` and continues the earlier one.

        earlier: already verified.
        Raises CorruptData: `proof_of_other_size`, `checkpoint_mismatch`, and as checkpoint.verify;
        BadInput: `vkey_malformed`.
        """
        head = notes.verify(self.checkpoint, vkey=vkey, verify=verify, origin=earlier.origin)
        if earlier.size != self.old:
            message = f"Bukti ini bermula pada {self.old} catatan, bukan {earlier.size}."
            raise CorruptData(_mismatch("proof_of_other_size", message))
        if not continues(self.path, earlier, head):
            message = "Log itu bukan kelanjutan titik periksa yang lebih awal."
            raise CorruptData(_mismatch("checkpoint_mismatch", message))
        return head


def continues(path: Sequence[bytes], old: Checkpoint, new: Checkpoint) -> bool:
    """Return whether the path shows that one checkpoint is the beginning of the other."""
    return tree.verify_consistency(
        path, old=old.size, new=new.size, old_root=old.root, new_root=new.root
    )


def parse_inclusion(text: str) -> InclusionProof:
    """Return the proof that a file states; verifies nothing.

    Raises CorruptData: `proof_malformed`.
    """
    lines, note = _split(text)
    if lines.pop(0) != FIRST_LINE:
        raise CorruptData(_malformed())
    extra = b""
    if lines and lines[0].startswith("extra "):
        extra = from_base64(lines.pop(0).removeprefix("extra "))
        if not extra:
            raise CorruptData(_malformed())
    index, path = _numbered(lines, "index")
    return InclusionProof(index, path, note, extra)


def parse_consistency(text: str) -> ConsistencyProof:
    """Return the proof that a file, or the body of a request, states; verifies nothing.

    Raises CorruptData: `proof_malformed`.
    """
    lines, note = _split(text)
    old, path = _numbered(lines, "old")
    return ConsistencyProof(old, path, note)


def _split(text: str) -> tuple[list[str], str]:
    above, gap, note = text.partition("\n\n")
    if not gap or len(text) > MAX_PROOF_CHARACTERS:
        raise CorruptData(_malformed())
    return above.split("\n"), note


def _numbered(lines: Sequence[str], word: str) -> tuple[int, Proof]:
    """Return the number behind the word on the first line, and the hashes on the others."""
    if not lines:
        raise CorruptData(_malformed())
    found, _, number = lines[0].partition(" ")
    path = tuple(from_base64(line) for line in lines[1:])
    fits = len(path) <= MAX_PATH and all(len(part) == HASH_BYTES for part in path)
    if found != word or not _NUMBER.fullmatch(number) or not fits:
        raise CorruptData(_malformed())
    return int(number), path


def _joined(lines: Sequence[str], note: str) -> str:
    return "".join(f"{line}\n" for line in lines) + "\n" + note


def _malformed() -> Finding:
    return Finding(
        code="proof_malformed",
        message="Berkas bukti ini rusak atau bukan berkas bukti.",
        hint="Unduh lagi dari sumbernya.",
    )


def _mismatch(code: str, message: str) -> Finding:
    return Finding(
        code=code,
        message=message,
        hint="Simpan berkas ini dan titik periksanya; minta penjelasan badan publik.",
    )
