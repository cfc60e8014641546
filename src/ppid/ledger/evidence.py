"""What a proof proves: the entry itself, an item of the list in it, confidential values opened.

It travels in the `extra` line of a proof (ppid.ledger.proof), so that one file is enough. It is
JSON in canonical form, and believed only as far as it leads to hashes in the log:

    {"leaf": "sip-ppid/entry/v1\n{...}",
     "listed": {"content": {...}, "index": 3, "path": ["9f2c..."]},
     "opened": {"sheet": {"salt": "5e0a...", "value": {...}}}}

leaf: the entry, whose hash is in the log. listed: one item of the edition that the entry speaks
of; its hash leads to the entry's `entries_root`, a tree as of RFC 6962 over the canonical bytes of
every item in the order of their ids. opened: values that the entry holds only as commitments.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from ppid.errors import BadInput, CorruptData, Finding
from ppid.ledger import tree
from ppid.ledger.checkpoint import Checkpoint, Verify
from ppid.ledger.entry import Entry, canonical, check_commitment
from ppid.ledger.proof import InclusionProof
from ppid.ledger.tree import Proof


@dataclass(frozen=True, slots=True)
class Listed:
    """One item of an edition, and where it stands in the edition's own tree."""

    content: Mapping[str, object]
    index: int
    path: Proof


@dataclass(frozen=True, slots=True)
class Evidence:
    """An entry, and what is shown beside it. opened: {name: {"salt": hex, "value": ...}}."""

    leaf: bytes
    listed: Listed | None = None
    opened: Mapping[str, Mapping[str, object]] = field(default_factory=dict)

    def to_bytes(self) -> bytes:
        """Return the evidence as it stands in the `extra` of a proof."""
        said: dict[str, object] = {"leaf": self.leaf.decode()}
        if self.listed:
            path = [part.hex() for part in self.listed.path]
            said["listed"] = {
                "content": self.listed.content,
                "index": self.listed.index,
                "path": path,
            }
        if self.opened:
            said["opened"] = self.opened
        return canonical(said)


@dataclass(frozen=True, slots=True)
class Proven:
    """What holds: the checkpoint, the entry, and what was shown beside it."""

    checkpoint: Checkpoint
    entry: Entry
    evidence: Evidence


def parse(extra: bytes) -> Evidence:
    """Return the evidence in the `extra` of a proof; verifies nothing.

    Raises CorruptData: `evidence_malformed`.
    """
    try:
        said = json.loads(extra.decode("utf-8"))
        if not said.keys() <= {"leaf", "listed", "opened"}:
            raise ValueError("something that nobody would check")
        return Evidence(said["leaf"].encode(), _listed(said.get("listed")), _opened(said))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise CorruptData(_malformed()) from None


def verify(
    proof: InclusionProof,
    *,
    vkey: str,
    verify: Verify,
    origin: str = "",
    document: bytes | None = None,
) -> Proven:
    """Return what a proof proves, once everything that it shows leads to the signed checkpoint.

    document: the file of a whole edition; its SHA-256 has to be the entry's `content_hash`.
    Raises CorruptData: `evidence_malformed`, `inclusion_mismatch`, `entry_unreadable`,
    `listing_mismatch`, `commitment_mismatch`, `document_mismatch`, and as checkpoint.verify;
    BadInput: `vkey_malformed`.
    """
    evidence = parse(proof.extra)
    head = proof.verify(tree.leaf_hash(evidence.leaf), vkey=vkey, verify=verify, origin=origin)
    entry = Entry.from_bytes(evidence.leaf)
    if evidence.listed and not _is_listed(evidence.listed, entry):
        raise CorruptData(_differs("listing_mismatch", "Informasi ini bukan bagian edisi itu."))
    for name, one in evidence.opened.items():
        salt = bytes.fromhex(str(one["salt"]))
        commitment = entry.commitments.get(name, "")
        if not check_commitment(one["value"], salt=salt, commitment=commitment):
            message = f"Nilai “{name}” bukan yang diikrarkan pada waktu itu."
            raise CorruptData(_differs("commitment_mismatch", message))
    if document is not None and not is_document_of(document, entry):
        raise CorruptData(_differs("document_mismatch", "Isi edisi ini bukan yang dicatat."))
    return Proven(head, entry, evidence)


def is_document_of(document: bytes, entry: Entry) -> bool:
    """Return whether the file of an edition is the one whose hash the entry holds."""
    return hashlib.sha256(document).hexdigest() == entry.payload.get("content_hash")


def _is_listed(listed: Listed, entry: Entry) -> bool:
    root, size = entry.payload.get("entries_root"), entry.payload.get("entries")
    if not isinstance(root, str) or not isinstance(size, int):
        return False
    try:
        leaf = tree.leaf_hash(canonical(listed.content))
        known = bytes.fromhex(root)
    except (BadInput, ValueError):
        return False
    return tree.verify_inclusion(listed.path, leaf, index=listed.index, size=size, root=known)


def _listed(said: object) -> Listed | None:
    match said:
        case None:
            return None
        case {"content": dict(content), "index": int(index), "path": list(path)}:
            return Listed(content, index, tuple(bytes.fromhex(part) for part in path))
    raise ValueError("not an item of a list")


def _opened(said: Mapping[str, object]) -> dict[str, dict[str, object]]:
    match said.get("opened", {}):
        case dict(found):
            for one in found.values():
                bytes.fromhex(one["salt"])
                one["value"]
            return found
    raise ValueError("not opened values")


def _malformed() -> Finding:
    return Finding(
        code="evidence_malformed",
        message="Keterangan di dalam berkas bukti ini tidak ada atau rusak.",
        hint="Unduh lagi dari sumbernya.",
    )


def _differs(code: str, message: str) -> Finding:
    return Finding(
        code=code,
        message=message,
        hint="Simpan berkas ini; isinya tidak sama dengan yang dahulu dicatat.",
    )
