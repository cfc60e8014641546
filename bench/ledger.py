"""How fast the log is on this machine: `python bench/ledger.py [entries]` (default 20,000).

One process, one core, nothing written to disk: what the ledger itself costs.
"""

import os
import platform
import sys
import time

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ppid.ledger import checkpoint as notes
from ppid.ledger import tiles, tree
from ppid.ledger.checkpoint import Checkpoint
from ppid.ledger.entry import Entry, commit
from ppid.ledger.tree import Frontier
from ppid.ledger.verify import Row, examine, verify_log

SALT = bytes(16)
ORIGIN = "sip-ppid/bontang"
SIGNATURES = 2_000
PROOFS = 2_000


def main(count):
    print(f"{machine()}; {count:,} entries")
    rows, frontier = measured("append: entry, commitment, leaf, frontier", count, append_all, count)
    leaves = [row.leaf for row in rows]
    measured("frontier alone: append", count, frontier_alone, leaves)
    measured("root of all leaves", count, tree.root, leaves)
    entries = [row.entry for row in rows]
    measured("verify: from the entries' bytes", count, verify_log, entries)
    found = measured("verify: stored rows, commitments, frontier", count, verified, rows, frontier)
    assert found == ()
    key = Ed25519PrivateKey.generate()
    note = measured("checkpoint: sign", SIGNATURES, sign_all, key, frontier)
    measured("checkpoint: verify", SIGNATURES, verify_all, key, note)
    files = measured("tiles: write all", count, write_tiles, leaves)
    measured("inclusion proof from tiles, with its check", PROOFS, prove_all, files, leaves)


def measured(name, count, work, *arguments):
    start = time.perf_counter()
    result = work(*arguments)
    seconds = time.perf_counter() - start
    print(f"{name:46} {count / seconds:>12,.0f} /s  {seconds / count * 1e6:>8.1f} us each")
    return result


def machine():
    with open("/proc/cpuinfo") as file:
        names = [line.split(":")[1].strip() for line in file if line.startswith("model name")]
    cores = os.cpu_count()
    return (
        f"{names[0] if names else platform.machine()}, {cores} cores, {platform.platform()}, "
        + (f"Python {platform.python_version()}")
    )


def append_all(count):
    rows, text = [], ""
    for seq in range(count):
        reason = f"Alasan rahasia nomor {seq}, beberapa kalimat panjangnya." * 4
        entry = Entry(
            version=1,
            body="bontang",
            seq=seq,
            kind="test.recorded",
            at=f"2026-03-02T09:{seq // 60 % 60:02}:{seq % 60:02}+08:00",
            actor="1f0e7c52-8a3f-4f0e-9d57-0c2b7f3b9a11",
            payload={"item": "5b1c6f0a-2a55-4b6e-8f63-9d3a5a0b7c10", "title": f"Denah {seq}"},
            commitments={"reason": commit(reason, salt=SALT)},
        ).to_bytes()
        leaf = tree.leaf_hash(entry)
        # as the office does it: the frontier is read and written as text at each append
        text = Frontier.from_text(text).append(leaf).to_text()
        rows.append(Row(seq, entry, leaf, {"reason": {"salt": SALT.hex(), "value": reason}}))
    return rows, Frontier.from_text(text)


def frontier_alone(leaves):
    frontier = Frontier()
    for leaf in leaves:
        frontier = frontier.append(leaf)
    return frontier


def verified(rows, frontier):
    return examine(rows, frontier=frontier).findings


def sign_all(key, frontier):
    public = key.public_key().public_bytes_raw()
    head = Checkpoint(ORIGIN, frontier.size, frontier.root())
    for _ in range(SIGNATURES):
        note = notes.sign(head, key_name=ORIGIN, public_key=public, sign=key.sign)
    return note


def verify_all(key, note):
    public = key.public_key()
    vkey = notes.vkey(ORIGIN, public.public_bytes_raw())

    def verify(signature, message):
        try:
            public.verify(signature, message)
        except InvalidSignature:
            return False
        return True

    for _ in range(SIGNATURES):
        notes.verify(note, vkey=vkey, verify=verify)


def write_tiles(leaves):
    node = tree.nodes(leaves)
    return {tile.path(): tiles.tile_bytes(tile, node) for tile in tiles.tiles_for(0, len(leaves))}


def prove_all(files, leaves):
    size, root = len(leaves), tree.root(leaves)
    for number in range(PROOFS):
        index = number * 7919 % size
        node = tiles.reader(files.__getitem__, size)
        proof = tree.inclusion_proof_from(node, index, size=size)
        assert tree.verify_inclusion(proof, leaves[index], index=index, size=size, root=root)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
