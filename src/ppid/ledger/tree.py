"""The Merkle tree over a log: roots, the frontier to append with, and proofs (RFC 6962 2.1).

A node is named by (level, index): the root of leaves index * 2**level up to, not including,
(index + 1) * 2**level. Proofs are built from such complete nodes only, so that leaves in a list,
rows of a database or tiles can all serve them. A frontier is stored as text, size first, then the
complete subtrees from left to right:

    5 d37ee418...95209614b7 bc1a0643...58599e6b
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from ppid.errors import BadInput, CorruptData, Finding

HASH_BYTES = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()
Node = Callable[[int, int], bytes]
Proof = tuple[bytes, ...]
Range = tuple[int, int]

_FRONTIER = re.compile(r"(?:0|[1-9][0-9]{0,18})(?: [0-9a-f]{64}){0,63}")


def leaf_hash(data: bytes) -> bytes:
    """Return the hash of a leaf: SHA-256 of 0x00 and its bytes."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node: SHA-256 of 0x01 and both children."""
    return hashlib.sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True, slots=True)
class Frontier:
    """The least that is needed to append to a tree and to name its root.

    size: number of leaves. hashes: roots of the complete subtrees, largest (leftmost) first, one
    for each bit that is set in size.
    Raises CorruptData: `frontier_malformed`, when they do not fit together.
    """

    size: int = 0
    hashes: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        fits = self.size >= 0 and len(self.hashes) == self.size.bit_count()
        if not fits or any(len(part) != HASH_BYTES for part in self.hashes):
            raise CorruptData(_frontier_malformed())

    def append(self, leaf: bytes) -> "Frontier":
        """Return the frontier with one more leaf (its hash), in O(log n)."""
        return self.extend((leaf,))

    def extend(self, leaves: Iterable[bytes]) -> "Frontier":
        """Return the frontier with more leaves (their hashes), in order."""
        size, hashes = self.size, list(self.hashes)
        for leaf in leaves:
            if len(leaf) != HASH_BYTES:
                raise ValueError("a leaf is appended by its hash of 32 bytes")
            merged, bits = leaf, size
            while bits & 1:
                merged, bits = node_hash(hashes.pop(), merged), bits >> 1
            hashes.append(merged)
            size += 1
        return Frontier(size, tuple(hashes))

    def root(self) -> bytes:
        """Return the root of the tree; of the empty tree, SHA-256 of nothing."""
        return _join(self.hashes) if self.hashes else EMPTY_ROOT

    def subtrees(self) -> tuple[Range, ...]:
        """Return the range of leaves [start, end) under each hash, in the same order."""
        return tuple((index << level, index + 1 << level) for level, index in _nodes(0, self.size))

    def to_text(self) -> str:
        """Return the frontier in one line, for storage."""
        return " ".join((str(self.size), *(part.hex() for part in self.hashes)))

    @classmethod
    def from_text(cls, text: str) -> "Frontier":
        """Return the stored frontier; empty text is the frontier of an empty log.

        Raises CorruptData: `frontier_malformed`.
        """
        if not text:
            return cls()
        if not _FRONTIER.fullmatch(text):
            raise CorruptData(_frontier_malformed())
        size, *hashes = text.split(" ")
        return cls(int(size), tuple(bytes.fromhex(part) for part in hashes))


def root(leaves: Iterable[bytes]) -> bytes:
    """Return the root over leaf hashes, in order."""
    row = list(leaves)
    while len(row) > 1:
        odd = [row.pop()] if len(row) % 2 else []
        pairs = iter(row)
        row = [node_hash(left, right) for left, right in zip(pairs, pairs, strict=True)] + odd
    return row[0] if row else EMPTY_ROOT


def nodes(leaves: Sequence[bytes]) -> Node:
    """Return the function that gives any complete node over these leaf hashes.

    Raises BadInput: `proof_out_of_range`, for a node that is not complete.
    """

    def node(level: int, index: int) -> bytes:
        start, end = index << level, index + 1 << level
        require_in_range(start >= 0 and end <= len(leaves))
        return root(leaves[start:end])

    return node


def kept_nodes(leaves: Sequence[bytes]) -> Node:
    """Return as `nodes` does, with every node computed once: for many proofs over one list.

    Raises BadInput: `proof_out_of_range`, for a node that is not complete.
    """
    levels = [list(leaves)]
    while len(levels[-1]) > 1:
        below = levels[-1]
        levels.append([node_hash(below[at - 1], below[at]) for at in range(1, len(below), 2)])

    def node(level: int, index: int) -> bytes:
        require_in_range(level < len(levels) and 0 <= index < len(levels[level]))
        return levels[level][index]

    return node


def root_from(node: Node, size: int) -> bytes:
    """Return the root of the tree at a size, from its nodes."""
    return _range_root(node, (0, size)) if size else EMPTY_ROOT


def inclusion_proof(leaves: Sequence[bytes], index: int, *, size: int) -> Proof:
    """Return the audit path of leaf `index` in the tree of the first `size` leaves, leaf first.

    Raises BadInput: `proof_out_of_range`, unless 0 <= index < size <= len(leaves).
    """
    require_in_range(size <= len(leaves))
    return inclusion_proof_from(nodes(leaves), index, size=size)


def inclusion_proof_from(node: Node, index: int, *, size: int) -> Proof:
    """Return the audit path of leaf `index` at a size, from nodes, in O(log n) of them.

    Raises BadInput: `proof_out_of_range`, unless 0 <= index < size.
    """
    require_in_range(0 <= index < size)
    start, end, path = 0, size, []
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append((middle, end))
            end = middle
        else:
            path.append((start, middle))
            start = middle
    return tuple(_range_root(node, part) for part in reversed(path))


def consistency_proof(leaves: Sequence[bytes], old: int, *, new: int) -> Proof:
    """Return the proof that the tree of size `old` is the beginning of the one of size `new`.

    Raises BadInput: `proof_out_of_range`, unless 0 < old <= new <= len(leaves).
    """
    require_in_range(new <= len(leaves))
    return consistency_proof_from(nodes(leaves), old, new=new)


def consistency_proof_from(node: Node, old: int, *, new: int) -> Proof:
    """Return the consistency proof between two sizes, from nodes, in O(log n) of them.

    Raises BadInput: `proof_out_of_range`, unless 0 < old <= new.
    """
    require_in_range(0 < old <= new)
    start, end, path = 0, new, []
    while end != old:
        middle = start + _split(end - start)
        if old <= middle:
            path.append((middle, end))
            end = middle
        else:
            path.append((start, middle))
            start = middle
    if start:  # else the old tree is this very node, and the verifier knows its root
        path.append((start, end))
    return tuple(_range_root(node, part) for part in reversed(path))


def verify_inclusion(
    proof: Sequence[bytes], leaf: bytes, *, index: int, size: int, root: bytes
) -> bool:
    """Return whether the proof shows this leaf hash at `index` of the tree (RFC 9162 2.1.3.2)."""
    if not 0 <= index < size or not _are_hashes(leaf, root, *proof):
        return False
    at, last, computed = index, size - 1, leaf
    for part in proof:
        if last == 0:
            return False
        if at & 1 or at == last:
            computed = node_hash(part, computed)
            at, last = _climb(at, last)
        else:
            computed = node_hash(computed, part)
        at, last = at >> 1, last >> 1
    return last == 0 and computed == root


def verify_consistency(
    proof: Sequence[bytes], *, old: int, new: int, old_root: bytes, new_root: bytes
) -> bool:
    """Return whether the proof shows the old tree as the beginning of the new (RFC 9162 2.1.4.2).

    From an empty tree (old = 0) nothing can be shown: the answer is no.
    """
    if not 0 < old <= new or not _are_hashes(old_root, new_root, *proof):
        return False
    if old == new:
        return not proof and old_root == new_root
    path = [old_root, *proof] if old.bit_count() == 1 else list(proof)
    at, last = old - 1, new - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    old_seen = new_seen = path[0] if path else b""
    for part in path[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            old_seen, new_seen = node_hash(part, old_seen), node_hash(part, new_seen)
            at, last = _climb(at, last)
        else:
            new_seen = node_hash(new_seen, part)
        at, last = at >> 1, last >> 1
    return last == 0 and old_seen == old_root and new_seen == new_root


def _climb(at: int, last: int) -> Range:
    while at and not at & 1:
        at, last = at >> 1, last >> 1
    return at, last


def _split(width: int) -> int:
    """Return the largest power of two below `width` (at least 2)."""
    return 1 << (width - 1).bit_length() - 1


def _nodes(start: int, end: int) -> list[tuple[int, int]]:
    """Return the complete nodes (level, index) that cover [start, end), largest first.

    start: a multiple of the smallest power of two that is at least as wide as the range.
    """
    found = []
    while start < end:
        level = (end - start).bit_length() - 1
        found.append((level, start >> level))
        start += 1 << level
    return found


def _range_root(node: Node, part: Range) -> bytes:
    return _join([node(level, index) for level, index in _nodes(*part)])


def _join(subtrees: Sequence[bytes]) -> bytes:
    joined = subtrees[-1]
    for left in reversed(subtrees[:-1]):
        joined = node_hash(left, joined)
    return joined


def _are_hashes(*parts: bytes) -> bool:
    return all(len(part) == HASH_BYTES for part in parts)


def require_in_range(in_range: bool) -> None:
    """Raise BadInput `proof_out_of_range`, unless what was asked for lies in the log."""
    if not in_range:
        raise BadInput(
            Finding(
                code="proof_out_of_range",
                message="Bukti tidak dapat dibuat: nomor catatan di luar ukuran log.",
            )
        )


def _frontier_malformed() -> Finding:
    return Finding(
        code="frontier_malformed",
        message="Ujung pohon log yang tersimpan rusak.",
        hint="Hitung ulang dari catatan, lalu bandingkan dengan titik periksa di luar.",
    )
