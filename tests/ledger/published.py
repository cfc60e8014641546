"""A log as a body publishes it, as files in a dict, for the tests to damage."""

import hashlib

from ledger.logs import KEY, ORIGIN, VKEY, entry, verify
from ppid.errors import Finding, NotFound
from ppid.ledger import checkpoint as notes
from ppid.ledger import tiles, tree
from ppid.ledger.checkpoint import Checkpoint
from ppid.ledger.entry import Entry, canonical, commit
from ppid.ledger.evidence import Evidence, Listed
from ppid.ledger.outside import verify_published
from ppid.ledger.proof import ConsistencyProof, InclusionProof

ITEMS = [{"public_id": f"KC-{number:03}", "title": f"Denah {number}"} for number in range(5)]
SALT = bytes(range(16))


def edition_entry(seq, number, items=ITEMS):
    """The entry of an edition, and the document that it names."""
    document = canonical({"number": number, "entries": items})
    payload = {
        "number": number,
        "content_hash": hashlib.sha256(document).hexdigest(),
        "entries": len(items),
        "entries_root": tree.root(tree.leaf_hash(canonical(item)) for item in items).hex(),
    }
    commitments = {"sheet": commit({"alasan": "rahasia"}, salt=SALT)}
    data = Entry(1, "bontang", seq, "edition.published", AT, "", payload, commitments).to_bytes()
    return data, document


AT = "2026-03-02T12:00:00+08:00"


def entries_of(size, editions=(2, 11)):
    """The canonical bytes of a log; editions: the numbers of the entries that are one."""
    numbers = {seq: number for number, seq in enumerate(editions, start=1)}
    return [
        edition_entry(seq, numbers[seq])[0] if seq in numbers else entry(seq).to_bytes()
        for seq in range(size)
    ]


def note_of(entries, size=None, key=KEY):
    """The signed checkpoint over the first entries."""
    size = len(entries) if size is None else size
    root = tree.root(tree.leaf_hash(one) for one in entries[:size])
    public = key.public_key().public_bytes_raw()
    return notes.sign(
        Checkpoint(ORIGIN, size, root), key_name=ORIGIN, public_key=public, sign=key.sign
    )


def proof_of(entries, seq, **shown):
    """The proof of one entry, with what is shown beside it."""
    leaves = [tree.leaf_hash(one) for one in entries]
    path = tree.inclusion_proof(leaves, seq, size=len(entries))
    return InclusionProof(seq, path, note_of(entries), Evidence(entries[seq], **shown).to_bytes())


def listed(index, items=ITEMS):
    """One item of an edition with its path."""
    leaves = [tree.leaf_hash(canonical(item)) for item in items]
    return Listed(items[index], index, tree.inclusion_proof(leaves, index, size=len(items)))


def growth(entries, old):
    """The proof that a log continues its first `old` entries."""
    leaves = [tree.leaf_hash(one) for one in entries]
    path = tree.consistency_proof(leaves, old, new=len(entries))
    return ConsistencyProof(old, path, note_of(entries))


def files_of(entries, editions=(2, 11), *, with_entries=True, key=KEY):
    """Every file of the published log, by its path."""
    node = tree.nodes([tree.leaf_hash(one) for one in entries])
    files = {"checkpoint": note_of(entries, key=key).encode(), "vkey": f"{VKEY}\n".encode()}
    for tile in tiles.tiles_for(0, len(entries)):
        files[tile.path()] = tiles.tile_bytes(tile, node)
        if tile.level == 0 and with_entries:
            leaves = tile.leaves()
            files[tile.entries_path()] = tiles.bundle(entries[leaves.start : leaves.stop])
    for number, seq in enumerate(editions, start=1):
        files[f"edisi/{number}.tlog-proof"] = proof_of(entries, seq).to_text().encode()
        files[f"edisi/{number}.json"] = edition_entry(seq, number)[1]
    return files


def reading(files):
    """The function that reads from these files."""

    def read(path):
        if path not in files:
            raise NotFound(Finding("file_missing", "Tidak ada.", place=path))
        return files[path]

    return read


def checked(files, **more):
    """What the files are found to be."""
    return verify_published(reading(files), vkey=VKEY, verify=verify, **more)


def found(files, **more):
    """(code, place) of everything that is wrong with the files."""
    return [(one.code, one.place) for one in checked(files, **more).findings]
