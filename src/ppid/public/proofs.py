"""The files that prove what the site says: for each edition, each entry, and from one to another.

A proof is made against the checkpoint of the edition that it is about, so that it never changes
but for cosignatures that come later. What a file holds: ppid.ledger.proof and .evidence.
"""

from collections.abc import Iterator

from ppid.errors import Finding, NotFound
from ppid.ledger import tree
from ppid.ledger.entry import canonical
from ppid.ledger.evidence import Evidence, Listed
from ppid.ledger.proof import ConsistencyProof, InclusionProof
from ppid.ledger.tree import HASH_BYTES
from ppid.public.edition import plain_content
from ppid.public.log_intake import node_of
from ppid.public.models import Body, Checkpoint, Edition, Entry, EntryVersion, LogEntry, Paper

BATCH = 500


def edition_proof(edition: Edition) -> str:
    """Return the proof that the log names this edition. Raises NotFound `proof_unknown`."""
    return _proof(edition, Evidence(bytes(_logged(edition).leaf))).to_text()


def paper_proof(paper: Paper) -> str:
    """Return the proof that the log names the file of a paper, against the first checkpoint of it.

    Raises NotFound: `proof_unknown`, for an internal paper and one that not all have signed.
    """
    if paper.seq is None:
        raise _unknown()
    heads = Checkpoint.objects.filter(body=paper.body_id, size__gt=paper.seq)
    head = heads.order_by("size", "pk")[0]
    return _proven(paper.body, head, paper.seq, Evidence(bytes(paper.leaf))).to_text()


def entry_proof(entry: Entry) -> str:
    """Return the proof that an edition listed this entry as it now stands.

    Raises NotFound: `proof_unknown`, also for an entry of the time before entries had proofs.
    """
    version = proven_version(entry)
    if version is None:
        raise _unknown()
    path = bytes(version.path)
    hashes = tuple(path[at : at + HASH_BYTES] for at in range(0, len(path), HASH_BYTES))
    listed = Listed(version.content, version.place, hashes)
    return _proof(version.edition, Evidence(_leaf(version.edition), listed)).to_text()


def proven_version(entry: Entry) -> EntryVersion | None:
    """Return the version that now stands, None as long as no proof of it can be made."""
    versions = entry.versions.select_related("edition__log_entry", "edition__checkpoint")
    version = versions.order_by("edition__number").last()
    if version is None or not is_provable(version.place, _leaf(version.edition)):
        return None
    return version


def is_provable(place: int | None, leaf: bytes | None) -> bool:
    """Return whether a version can be proven: by its place, and by what the log says of it."""
    return place is not None and b'"entries_root"' in bytes(leaf or b"")


def growth_proof(older: Edition, newer: Edition) -> str:
    """Return the proof that the log of one edition continues that of an earlier one.

    Raises NotFound: `proof_unknown`, as long as the log of the newer one is not public.
    """
    old, new = older.checkpoint, newer.checkpoint
    if not 0 < old.size <= new.size or LogEntry.objects.filter(edition=newer).first() is None:
        raise _unknown()
    path = tree.consistency_proof_from(node_of(newer.body, new.size), old.size, new=new.size)
    return ConsistencyProof(old.size, path, new.note).to_text()


def edition_document(edition: Edition) -> Iterator[bytes]:
    """Give the edition, in parts: the very bytes whose SHA-256 is its content hash.

    Raises NotFound: `proof_unknown`, before its entry of the log has arrived.
    """
    described = canonical(_logged(edition).described)
    versions = _versions(edition)
    return _document(edition, described, versions)


def _document(edition: Edition, described: bytes, versions: list[int]) -> Iterator[bytes]:
    yield b'{"body":' + described + b',"entries":['
    for start in range(0, len(versions), BATCH):
        part = versions[start : start + BATCH]
        rows = EntryVersion.objects.in_bulk(part)
        yield (b"," if start else b"") + b",".join(canonical(rows[one].content) for one in part)
    rest = {"number": edition.number, "published_at": plain_content(edition.published_at)}
    yield b"]," + canonical(rest)[1:]


def _versions(edition: Edition) -> list[int]:
    """Return the version of each entry that held in the edition, in the order of their ids."""
    rows = EntryVersion.objects.filter(
        edition__body=edition.body_id, edition__number__lte=edition.number
    )
    held = dict(rows.order_by("edition__number").values_list("entry__public_id", "pk"))
    return [held[public_id] for public_id in sorted(held)]


def _proof(edition: Edition, evidence: Evidence) -> InclusionProof:
    return _proven(edition.body, edition.checkpoint, _logged(edition).seq, evidence)


def _proven(body: Body, head: Checkpoint, seq: int, evidence: Evidence) -> InclusionProof:
    path = tree.inclusion_proof_from(node_of(body, head.size), seq, size=head.size)
    return InclusionProof(seq, path, head.note, evidence.to_bytes())


def _leaf(edition: Edition) -> bytes:
    return bytes(edition.log_entry.leaf) if hasattr(edition, "log_entry") else b""


def _logged(edition: Edition) -> LogEntry:
    found = LogEntry.objects.filter(edition=edition).first()
    if found is None:
        raise _unknown()
    return found


def _unknown() -> NotFound:
    return NotFound(Finding("proof_unknown", "Bukti ini belum atau tidak ada."))
