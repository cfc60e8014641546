"""The log as plain files that any web server can hand out (C2SP tlog-tiles).

    tile/0/x001/234           256 leaf hashes, of leaves 1234 * 256 onward; 8,192 bytes
    tile/1/000.p/17           17 roots of full tiles of level 0
    tile/entries/x001/234     the same 256 entries, each behind a 16-bit big-endian length
    checkpoint                the signed note (ppid.ledger.checkpoint)

Paths and bytes only: writing and fetching files is the caller's. A written tile never changes; a
partial one (`.p/<width>`) may go when the full one stands. What is read back is believed only as
far as its root is that of a verified checkpoint.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ppid.errors import BadInput, CorruptData, Finding, NotFound
from ppid.ledger import tree
from ppid.ledger.tree import HASH_BYTES, Node

HEIGHT = 8
WIDTH = 1 << HEIGHT
MAX_LEVEL = 63
MAX_ENTRY_BYTES = 0xFFFF
Read = Callable[[str], bytes]

_PATH = re.compile(
    r"tile/(?P<level>entries|0|[1-9][0-9]?)/(?P<index>(?:x[0-9]{3}/)*[0-9]{3})"
    r"(?:\.p/(?P<width>[1-9][0-9]{0,2}))?"
)


@dataclass(frozen=True, slots=True)
class Tile:
    """Up to 256 hashes of one level. level: from 0, the leaves. width: 1 to 256 hashes."""

    level: int
    index: int
    width: int = WIDTH

    def path(self) -> str:
        """Return where the tile is served, below the log's address."""
        return f"tile/{self.level}/{_numbered(self.index, self.width)}"

    def entries_path(self) -> str:
        """Return where the entries under this tile of level 0 are served."""
        return f"tile/entries/{_numbered(self.index, self.width)}"

    def leaves(self) -> range:
        """Return the indexes of the leaves under the tile."""
        each = WIDTH**self.level
        start = self.index * WIDTH * each
        return range(start, start + self.width * each)


def tiles_for(old_size: int, new_size: int) -> tuple[Tile, ...]:
    """Return the tiles to write when a log grows, lowest level first; nothing if it did not."""
    return tuple(_grown(old_size, new_size))


def tile_bytes(tile: Tile, node: Node) -> bytes:
    """Return the tile's hashes, from nodes: of `tree.nodes(leaves)`, or of `reader(...)`."""
    start = tile.index * WIDTH
    level = tile.level * HEIGHT
    return b"".join(node(level, index) for index in range(start, start + tile.width))


def reader(read: Read, size: int) -> Node:
    """Return the function that gives any complete node of the tree at a size, read from tiles.

    read: gives the bytes at a path, or raises NotFound; each tile is asked for once. When a
    partial tile is gone, the full one is taken instead. For tree.root_from, inclusion_proof_from
    and consistency_proof_from.
    Raises CorruptData: `tile_malformed`; BadInput: `proof_out_of_range`, for a node beyond the
    size; NotFound as `read` does.
    """
    seen: dict[tuple[int, int], list[bytes]] = {}

    def node(level: int, index: int) -> bytes:
        tree.require_in_range(index + 1 << level <= size)
        tile_level, height = divmod(level, HEIGHT)
        tile_index, start = divmod(index << height, WIDTH)
        if (tile_level, tile_index) not in seen:
            tile = _tile_at(tile_level, tile_index, size=size)
            seen[tile_level, tile_index] = _hashes(read_tile(read, tile))
        return tree.root(seen[tile_level, tile_index][start : start + (1 << height)])

    return node


def bundle(entries: Sequence[bytes]) -> bytes:
    """Return an entry bundle: at most 256 entries of at most 65,535 bytes, in order.

    Raises BadInput: `bundle_too_large`.
    """
    if len(entries) > WIDTH or any(len(entry) > MAX_ENTRY_BYTES for entry in entries):
        raise BadInput(_bundle_too_large())
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def unbundle(data: bytes) -> tuple[bytes, ...]:
    """Return the entries of a bundle, in order.

    Raises CorruptData: `bundle_malformed`.
    """
    entries, at = [], 0
    while at < len(data):
        start = at + 2
        at = start + int.from_bytes(data[at:start], "big")
        entries.append(data[start:at])
    if at != len(data) or len(entries) > WIDTH:
        raise CorruptData(_malformed("bundle", "Berkas kumpulan catatan terpotong atau rusak."))
    return tuple(entries)


def parse_path(path: str) -> tuple[Tile, bool]:
    """Return the tile of a path, and whether the path asks for its entries.

    Raises NotFound: `tile_unknown`, for any path that the specification does not know.
    """
    found = _PATH.fullmatch(path)
    if found:
        of_entries = found["level"] == "entries"
        level = 0 if of_entries else int(found["level"])
        index = int(found["index"].replace("x", "").replace("/", ""))
        tile = Tile(level, index, int(found["width"] or WIDTH))
        is_spelled_so = path in {tile.path(), tile.entries_path()}
        if is_spelled_so and level <= MAX_LEVEL and tile.width <= WIDTH:
            return tile, of_entries
    raise unknown(path)


def unknown(path: str) -> NotFound:
    """Return the error for a path that is no file of the log."""
    return NotFound(Finding(code="tile_unknown", message="Berkas log ini tidak ada.", place=path))


def _grown(old_size: int, new_size: int) -> Iterator[Tile]:
    level = 0
    while old_size < new_size:
        full, width = divmod(new_size, WIDTH)
        for index in range(old_size // WIDTH, full):
            yield Tile(level, index)
        if width:
            yield Tile(level, full, width)
        level, old_size, new_size = level + 1, old_size // WIDTH, full


def _tile_at(level: int, index: int, *, size: int) -> Tile:
    return Tile(level, index, min(WIDTH, size // WIDTH**level - index * WIDTH))


def read_tile(read: Read, tile: Tile) -> bytes:
    """Return the bytes of a tile; when a partial one is gone, those of the full one.

    Raises CorruptData: `tile_malformed`; NotFound as `read` does.
    """
    try:
        data = read(tile.path())
    except NotFound:
        if tile.width == WIDTH:
            raise
        data = read(Tile(tile.level, tile.index).path())[: tile.width * HASH_BYTES]
    if len(data) != tile.width * HASH_BYTES:
        raise CorruptData(_malformed("tile", f"Berkas log {tile.path()} terpotong atau rusak."))
    return data


def _hashes(data: bytes) -> list[bytes]:
    return [data[at : at + HASH_BYTES] for at in range(0, len(data), HASH_BYTES)]


def _numbered(index: int, width: int) -> str:
    digits = str(index)
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    *upper, last = (digits[at : at + 3] for at in range(0, len(digits), 3))
    path = "".join(f"x{part}/" for part in upper) + last
    return path if width == WIDTH else f"{path}.p/{width}"


def _malformed(what: str, message: str) -> Finding:
    return Finding(code=f"{what}_malformed", message=message, hint="Ambil lagi dari sumbernya.")


def _bundle_too_large() -> Finding:
    return Finding(
        code="bundle_too_large",
        message="Kumpulan catatan ini terlalu besar: paling banyak 256 catatan, 65.535 bita.",
    )
