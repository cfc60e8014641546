"""Tiles: the paths and figures of C2SP tlog-tiles, and every root and proof read back from them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ppid.errors import BadInput, CorruptData, Finding, NotFound
from ppid.ledger import tiles, tree
from ppid.ledger.tiles import Tile

HASHES = [tree.leaf_hash(n.to_bytes(4, "big")) for n in range(1100)]
BIG = [tree.leaf_hash(n.to_bytes(4, "big")) for n in range(70_000)]


def written(leaves, sizes):
    """The files of a log that grew through these sizes."""
    files, old = {}, 0
    for size in sizes:
        node = tree.nodes(leaves[:size])
        files |= {tile.path(): tiles.tile_bytes(tile, node) for tile in tiles.tiles_for(old, size)}
        old = size
    return files


def read_from(files):
    def read(path):
        if path not in files:
            raise NotFound(Finding("tile_unknown", "Tidak ada.", place=path))
        return files[path]

    return read


@pytest.mark.parametrize(
    ("tile", "path"),
    [
        (Tile(0, 0), "tile/0/000"),
        (Tile(0, 1234), "tile/0/x001/234"),
        (Tile(0, 1234067), "tile/0/x001/x234/067"),
        (Tile(1, 0, 17), "tile/1/000.p/17"),
        (Tile(63, 999, 255), "tile/63/999.p/255"),
    ],
)
def test_paths_are_those_of_the_specification(tile, path):
    assert tile.path() == path
    assert tiles.parse_path(path) == (tile, False)


def test_entry_bundles_have_paths_of_their_own():
    assert Tile(0, 1234067).entries_path() == "tile/entries/x001/x234/067"
    assert Tile(0, 3, 9).entries_path() == "tile/entries/003.p/9"
    assert tiles.parse_path("tile/entries/003.p/9") == (Tile(0, 3, 9), True)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "checkpoint",
        "tile/64/000",
        "tile/00/000",
        "tile/0/0",
        "tile/0/x000/001",
        "tile/0/001/234",
        "tile/0/x001/x234",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/300",
        "tile/0/000.p/01",
        "tile/0/../000",
        "tile/entries/000/",
        "/tile/0/000",
        "tile/0/٠٠٠",
    ],
)
def test_other_paths_do_not_exist(path):
    with pytest.raises(NotFound) as refused:
        tiles.parse_path(path)
    assert refused.value.codes == ("tile_unknown",)


def test_a_log_of_70000_has_the_tiles_that_the_specification_counts():
    grown = tiles.tiles_for(0, 70_000)

    full = [tile.level for tile in grown if tile.width == 256]
    partial = [(tile.level, tile.width) for tile in grown if tile.width < 256]

    assert (full.count(0), full.count(1), full.count(2)) == (273, 1, 0)
    assert partial == [(0, 112), (1, 17), (2, 1)]


def test_a_log_of_256_has_one_full_tile_and_one_above_it():
    assert tiles.tiles_for(0, 256) == (Tile(0, 0), Tile(1, 0, 1))


@pytest.mark.parametrize(("old", "new"), [(0, 0), (5, 5), (7, 3)])
def test_a_log_that_did_not_grow_writes_nothing(old, new):
    assert tiles.tiles_for(old, new) == ()


def test_growing_writes_only_what_changed():
    assert tiles.tiles_for(300, 301) == (Tile(0, 1, 45),)
    assert tiles.tiles_for(511, 513) == (Tile(0, 1), Tile(0, 2, 1), Tile(1, 0, 2))


def test_a_tile_knows_the_leaves_under_it():
    assert Tile(0, 2, 10).leaves() == range(512, 522)
    assert Tile(1, 0, 17).leaves() == range(17 * 256)
    assert Tile(1, 1, 2).leaves() == range(65536, 65536 + 512)


def test_a_tile_of_level_0_is_the_leaf_hashes():
    assert tiles.tile_bytes(Tile(0, 1, 3), tree.nodes(HASHES)) == b"".join(HASHES[256:259])


def test_a_tile_of_level_1_holds_the_roots_of_full_tiles():
    data = tiles.tile_bytes(Tile(1, 0, 2), tree.nodes(HASHES))
    assert data == tree.root(HASHES[:256]) + tree.root(HASHES[256:512])


@given(st.lists(st.integers(1, 1100), min_size=1, max_size=5, unique=True).map(sorted), st.data())
@settings(deadline=None)
def test_roots_and_proofs_come_back_from_tiles(sizes, data):
    files = written(HASHES, sizes)
    size = data.draw(st.sampled_from(sizes))
    index = data.draw(st.integers(0, size - 1))
    old = data.draw(st.integers(1, size))

    node = tiles.reader(read_from(files), size)

    assert tree.root_from(node, size) == tree.root(HASHES[:size])
    assert tree.inclusion_proof_from(node, index, size=size) == tree.inclusion_proof(
        HASHES, index, size=size
    )
    assert tree.consistency_proof_from(node, old, new=size) == tree.consistency_proof(
        HASHES, old, new=size
    )


def test_a_log_of_three_levels_comes_back_and_asks_for_each_tile_once():
    files, asked = written(BIG, [65_536, 70_000]), []
    root = tree.root(BIG)

    def read(path):
        asked.append(path)
        return files[path]

    node = tiles.reader(read, 70_000)
    for index in (0, 65_535, 65_536, 69_999):
        proof = tree.inclusion_proof_from(node, index, size=70_000)
        assert tree.verify_inclusion(proof, BIG[index], index=index, size=70_000, root=root)

    assert len(asked) == len(set(asked)) < 12


def test_the_next_tile_can_be_written_from_the_tiles_below():
    files = written(HASHES, [512])

    node = tiles.reader(read_from(files), 512)

    assert tiles.tile_bytes(Tile(1, 0, 2), node) == files["tile/1/000.p/2"]


def test_a_full_tile_serves_when_the_partial_one_is_gone():
    files = written(HASHES, [300, 600])
    del files["tile/0/001.p/44"]

    node = tiles.reader(read_from(files), 300)

    assert tree.root_from(node, 300) == tree.root(HASHES[:300])


def test_a_tile_that_is_gone_is_not_found():
    files = written(HASHES, [600])
    del files["tile/0/001"]

    with pytest.raises(NotFound):
        tiles.reader(read_from(files), 600)(0, 300)


def test_a_cut_tile_is_refused():
    files = written(HASHES, [600])
    files["tile/0/000"] = files["tile/0/000"][:-1]

    with pytest.raises(CorruptData) as refused:
        tiles.reader(read_from(files), 600)(0, 5)
    assert refused.value.codes == ("tile_malformed",)


def test_nothing_is_read_beyond_the_size():
    with pytest.raises(BadInput) as refused:
        tiles.reader(read_from(written(HASHES, [600])), 600)(0, 600)
    assert refused.value.codes == ("proof_out_of_range",)


def test_no_tile_is_made_of_leaves_that_are_not_there():
    with pytest.raises(BadInput) as refused:
        tiles.tile_bytes(Tile(0, 0, 10), tree.nodes(HASHES[:9]))
    assert refused.value.codes == ("proof_out_of_range",)


@given(st.lists(st.binary(max_size=300), max_size=256))
def test_bundled_entries_come_back(entries):
    assert tiles.unbundle(tiles.bundle(entries)) == tuple(entries)


def test_a_bundle_is_written_with_these_bytes():
    assert tiles.bundle([b"", b"abc", b"x" * 258]) == b"\x00\x00\x00\x03abc\x01\x02" + b"x" * 258


@pytest.mark.parametrize("entries", [[b""] * 257, [b"x" * 65_536]])
def test_what_no_bundle_can_hold_is_refused(entries):
    with pytest.raises(BadInput) as refused:
        tiles.bundle(entries)
    assert refused.value.codes == ("bundle_too_large",)


@pytest.mark.parametrize("data", [b"\x00", b"\x00\x03ab", b"\x00\x01a\x00", b"\x00\x00" * 257])
def test_a_damaged_bundle_is_refused(data):
    with pytest.raises(CorruptData) as refused:
        tiles.unbundle(data)
    assert refused.value.codes == ("bundle_malformed",)
