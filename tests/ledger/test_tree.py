"""The tree against the published vectors, the RFC's own definition, and pymerkle."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymerkle import InmemoryTree

from ledger import rfc6962
from ppid.errors import BadInput, CorruptData
from ppid.ledger import tree
from ppid.ledger.tree import Frontier

# The reference test tree of Certificate Transparency: eight inputs, the root at each size.
INPUTS = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
INCLUSION = {
    (0, 1): [],
    (0, 8): ["96a296d2", "5f083f0a", "6b47aaf2"],
    (5, 8): ["bc1a0643", "ca854ea1", "d37ee418"],
    (2, 3): ["fac54203"],
    (1, 5): ["6e340b9c", "5f083f0a", "bc1a0643"],
}
CONSISTENCY = {
    (1, 1): [],
    (1, 8): ["96a296d2", "5f083f0a", "6b47aaf2"],
    (6, 8): ["0ebc5d34", "ca854ea1", "d37ee418"],
    (2, 5): ["5f083f0a", "bc1a0643"],
}
LEAVES = [tree.leaf_hash(data) for data in INPUTS]
ENTRIES = [f"catatan {n}".encode() for n in range(131)]
HASHES = [tree.leaf_hash(entry) for entry in ENTRIES]
NOBODY = b"\x07" * 32


def starts(proof):
    return [part.hex()[:8] for part in proof]


@pytest.mark.parametrize("size", range(9))
def test_published_roots(size):
    assert tree.root(LEAVES[:size]).hex() == ROOTS[size]
    assert Frontier().extend(LEAVES[:size]).root().hex() == ROOTS[size]


@pytest.mark.parametrize(("index", "size"), INCLUSION)
def test_published_inclusion_proofs(index, size):
    proof = tree.inclusion_proof(LEAVES, index, size=size)

    assert starts(proof) == INCLUSION[index, size]
    assert tree.verify_inclusion(
        proof, LEAVES[index], index=index, size=size, root=bytes.fromhex(ROOTS[size])
    )


@pytest.mark.parametrize(("old", "new"), CONSISTENCY)
def test_published_consistency_proofs(old, new):
    proof = tree.consistency_proof(LEAVES, old, new=new)

    assert starts(proof) == CONSISTENCY[old, new]
    assert tree.verify_consistency(
        proof,
        old=old,
        new=new,
        old_root=bytes.fromhex(ROOTS[old]),
        new_root=bytes.fromhex(ROOTS[new]),
    )


def test_roots_at_every_size_are_those_of_the_rfc_and_of_pymerkle():
    theirs, frontier = InmemoryTree(algorithm="sha256"), Frontier()
    for size in range(131):
        expected = rfc6962.mth(ENTRIES[:size])
        assert tree.root(HASHES[:size]) == expected
        assert tree.root_from(tree.nodes(HASHES), size) == expected
        assert frontier.root() == expected
        assert theirs.get_root(size) == expected
        frontier = frontier.append(HASHES[size])
        theirs.append_entry(ENTRIES[size])


@pytest.mark.parametrize("size", [*range(1, 34), 63, 64, 65, 100, 127, 128, 129, 130])
def test_inclusion_proofs_are_those_of_the_rfc(size):
    root = tree.root(HASHES[:size])
    for index in range(size):
        proof = tree.inclusion_proof(HASHES, index, size=size)
        assert list(proof) == rfc6962.path(index, ENTRIES[:size])
        assert tree.verify_inclusion(proof, HASHES[index], index=index, size=size, root=root)


@pytest.mark.parametrize("new", [*range(1, 34), 63, 64, 65, 100, 127, 128, 129, 130])
def test_consistency_proofs_are_those_of_the_rfc(new):
    new_root = tree.root(HASHES[:new])
    for old in range(1, new + 1):
        proof = tree.consistency_proof(HASHES, old, new=new)
        old_root = tree.root(HASHES[:old])
        assert list(proof) == rfc6962.proof(old, ENTRIES[:new])
        assert tree.verify_consistency(
            proof, old=old, new=new, old_root=old_root, new_root=new_root
        )


def test_pymerkle_accepts_the_same_proofs():
    theirs = InmemoryTree(algorithm="sha256")
    for entry in ENTRIES[:77]:
        theirs.append_entry(entry)

    for index in range(77):
        base, *path = theirs.prove_inclusion(index + 1, 77).path
        assert base == HASHES[index]
        assert tuple(path) == tree.inclusion_proof(HASHES, index, size=77)


@given(st.lists(st.binary(max_size=40), min_size=1, max_size=300), st.data())
def test_any_log_agrees_with_the_rfc(entries, data):
    hashes = [tree.leaf_hash(entry) for entry in entries]
    index = data.draw(st.integers(0, len(entries) - 1))
    old = data.draw(st.integers(1, len(entries)))

    assert Frontier().extend(hashes).root() == rfc6962.mth(entries)
    assert list(tree.inclusion_proof(hashes, index, size=len(hashes))) == rfc6962.path(
        index, entries
    )
    assert list(tree.consistency_proof(hashes, old, new=len(hashes))) == rfc6962.proof(old, entries)


@given(st.integers(1, 130), st.data())
def test_a_changed_inclusion_proof_is_refused(size, data):
    index = data.draw(st.integers(0, size - 1))
    root = tree.root(HASHES[:size])
    proof = list(tree.inclusion_proof(HASHES, index, size=size))

    def accepted(proof=proof, leaf=HASHES[index], index=index, size=size, root=root):
        return tree.verify_inclusion(proof, leaf, index=index, size=size, root=root)

    assert accepted()
    assert not accepted(leaf=NOBODY)
    assert not accepted(root=NOBODY)
    assert not accepted(proof=[*proof, NOBODY])
    assert not accepted(proof=[NOBODY, *proof])
    assert not accepted(index=size)
    assert not accepted(index=-1)
    assert not accepted(leaf=HASHES[index][:31])
    if proof:
        part = data.draw(st.integers(0, len(proof) - 1))
        assert not accepted(proof=proof[:-1])
        assert not accepted(proof=[*proof[:part], NOBODY, *proof[part + 1 :]])
        assert not accepted(proof=[*proof[:part], proof[part][:31], *proof[part + 1 :]])


@given(st.integers(2, 130), st.data())
def test_a_changed_consistency_proof_is_refused(new, data):
    old = data.draw(st.integers(1, new - 1))
    old_root, new_root = tree.root(HASHES[:old]), tree.root(HASHES[:new])
    proof = list(tree.consistency_proof(HASHES, old, new=new))
    part = data.draw(st.integers(0, len(proof) - 1))

    def accepted(proof=proof, old=old, new=new, old_root=old_root, new_root=new_root):
        return tree.verify_consistency(
            proof, old=old, new=new, old_root=old_root, new_root=new_root
        )

    assert accepted()
    assert not accepted(old_root=NOBODY)
    assert not accepted(new_root=NOBODY)
    assert not accepted(old_root=new_root, new_root=old_root)
    assert not accepted(proof=[])
    assert not accepted(proof=proof[:-1])
    assert not accepted(proof=[*proof, NOBODY])
    assert not accepted(proof=[*proof[:part], NOBODY, *proof[part + 1 :]])
    assert not accepted(old=new)
    assert not accepted(old=0)
    assert not accepted(old=new, new=old)


def test_trees_of_the_same_size_are_consistent_only_with_the_same_root_and_no_proof():
    one, other = tree.root(HASHES[:5]), tree.root(HASHES[5:10])

    assert tree.verify_consistency([], old=5, new=5, old_root=one, new_root=one)
    assert not tree.verify_consistency([], old=5, new=5, old_root=one, new_root=other)
    assert not tree.verify_consistency([NOBODY], old=5, new=5, old_root=one, new_root=one)


@pytest.mark.parametrize(("index", "size"), [(-1, 5), (5, 5), (0, 0), (0, 132)])
def test_an_inclusion_proof_outside_the_log_is_refused(index, size):
    with pytest.raises(BadInput) as refused:
        tree.inclusion_proof(HASHES, index, size=size)
    assert refused.value.codes == ("proof_out_of_range",)


@pytest.mark.parametrize(("old", "new"), [(0, 5), (6, 5), (5, 132)])
def test_a_consistency_proof_outside_the_log_is_refused(old, new):
    with pytest.raises(BadInput) as refused:
        tree.consistency_proof(HASHES, old, new=new)
    assert refused.value.codes == ("proof_out_of_range",)


@pytest.mark.parametrize("size", range(131))
def test_a_stored_frontier_goes_on_where_it_stopped(size):
    stored = Frontier().extend(HASHES[:size]).to_text()

    resumed = Frontier.from_text(stored)

    assert resumed.extend(HASHES[size:]).root() == tree.root(HASHES)


def test_the_text_of_a_frontier_does_not_drift():
    assert Frontier().to_text() == "0"
    assert Frontier().extend(LEAVES[:5]).to_text() == (
        "5 d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"
        " bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
    )
    assert Frontier.from_text("") == Frontier.from_text("0") == Frontier()


@pytest.mark.parametrize(
    "text",
    [
        "1",
        "-1",
        "0 " + "aa" * 32,
        "2 " + "aa" * 32 + " " + "bb" * 32,
        "01 " + "aa" * 32,
        "1 " + "AA" * 32,
        "1 " + "aa" * 31,
        "1  " + "aa" * 32,
        "1 " + "aa" * 32 + "\n",
        "rusak",
    ],
)
def test_a_damaged_frontier_is_refused(text):
    with pytest.raises(CorruptData) as refused:
        Frontier.from_text(text)
    assert refused.value.codes == ("frontier_malformed",)


def test_a_frontier_with_a_hash_of_the_wrong_length_is_refused():
    with pytest.raises(CorruptData):
        Frontier(1, (b"short",))


def test_bytes_that_are_no_hash_are_not_appended():
    with pytest.raises(ValueError):
        Frontier().append(b"the entry itself")


def test_a_frontier_names_the_leaves_under_each_hash():
    assert Frontier().extend(HASHES[:11]).subtrees() == ((0, 8), (8, 10), (10, 11))


@pytest.mark.parametrize("size", [0, 1, 2, 3, 5, 8, 13])
def test_nodes_that_are_computed_once_are_the_same(size):
    leaves = [tree.leaf_hash(bytes([number])) for number in range(size)]
    kept, plain = tree.kept_nodes(leaves), tree.nodes(leaves)
    assert tree.root_from(kept, size) == tree.root(leaves)
    for level in range(5):
        for index in range(size >> level):
            assert kept(level, index) == plain(level, index)
        with pytest.raises(BadInput):
            kept(level, size >> level)
