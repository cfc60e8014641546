"""A published log, checked from outside: every damage is found and named."""

import pytest

from ledger.logs import STRANGER, VKEY, verify
from ledger.published import checked, edition_entry, entries_of, files_of, found, note_of, proof_of
from ppid.errors import CorruptData, NotFound
from ppid.ledger import checkpoint as notes
from ppid.ledger import tiles

ENTRIES = entries_of(300)
FILES = files_of(ENTRIES)


def earlier(size, entries=ENTRIES):
    return notes.verify(note_of(entries, size), vkey=VKEY, verify=verify)


def without(*paths, files=FILES):
    return {path: data for path, data in files.items() if path not in paths}


def flipped(data, at=3):
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def test_an_untouched_log_has_no_findings():
    report = checked(FILES, earlier=earlier(70))
    assert (report.findings, report.entries, report.editions) == ((), 300, 2)
    assert (report.checkpoint.size, len(report.note.signatures)) == (300, 1)


def test_a_log_that_publishes_no_entries_has_no_findings():
    report = checked(files_of(ENTRIES, with_entries=False))
    assert (report.findings, report.entries, report.editions) == ((), 0, 2)


def test_an_empty_log_has_no_findings():
    assert found(files_of([], editions=())) == []


def test_full_files_serve_when_the_partial_ones_are_gone():
    files = files_of(entries_of(512))
    files["checkpoint"] = note_of(entries_of(512), 300).encode()
    files["tile/1/000.p/1"] = FILES["tile/1/000.p/1"]
    report = checked(files)
    assert (report.findings, report.entries) == ((), 300)


@pytest.mark.parametrize("path", ["tile/0/000", "tile/0/001.p/44", "tile/1/000.p/1"])
def test_a_tile_that_is_missing_is_named(path):
    assert found(without(path)) == [("tile_missing", path)]


@pytest.mark.parametrize("path", ["tile/0/000", "tile/1/000.p/1"])
def test_a_tile_that_is_cut_is_named(path):
    assert found(FILES | {path: FILES[path][:-1]}) == [("tile_malformed", path)]


def test_a_changed_hash_leads_to_another_root():
    path = "tile/0/001.p/44"
    assert found(FILES | {path: flipped(FILES[path])}) == [("root_mismatch", "tile/0")]


def test_a_changed_tile_above_is_named():
    path = "tile/1/000.p/1"
    assert found(FILES | {path: flipped(FILES[path])}) == [("tile_mismatch", path)]


def test_a_changed_entry_is_named():
    path = "tile/entries/000"
    entries = list(ENTRIES[:256])
    entries[7] = entries[7].replace(b"Denah", b"Danah")
    assert found(FILES | {path: tiles.bundle(entries)}) == [("entry_altered", "catatan 7")]


def test_an_entry_that_is_none_is_named():
    entries = [*ENTRIES[:12], b"bukan catatan", ENTRIES[3]]
    assert found(files_of(entries)) == [
        ("entry_unreadable", "catatan 12"),
        ("entry_unreadable", "catatan 13"),
    ]


def test_entries_that_are_missing_cut_or_too_few_are_named():
    path, cut = "tile/entries/001.p/44", FILES["tile/entries/000"][:-1]
    few = tiles.bundle(ENTRIES[256:299])
    assert found(without(path)) == [("bundle_missing", path)]
    assert found(FILES | {path: few}) == [("bundle_malformed", path)]
    assert found(FILES | {"tile/entries/000": cut}) == [("bundle_malformed", "tile/entries/000")]


def test_a_log_that_continues_another_past_is_found():
    other = entries_of(300, editions=(3,))
    assert found(FILES, earlier=earlier(70, other)) == [("checkpoint_mismatch", "catatan 0-69")]


def test_a_log_that_was_cut_is_found():
    assert found(files_of(ENTRIES[:20]), earlier=earlier(25)) == [("log_cut", "catatan 20-24")]


def test_a_damaged_tree_is_not_compared_with_an_earlier_checkpoint():
    assert found(without("tile/0/000"), earlier=earlier(70)) == [("tile_missing", "tile/0/000")]


def test_a_changed_edition_is_found():
    files = FILES | {"edisi/2.json": FILES["edisi/2.json"].replace(b"Denah", b"Danah")}
    assert found(files) == [("document_mismatch", "edisi/2.json")]


def test_an_edition_without_its_content_is_found():
    assert found(without("edisi/1.json")) == [("document_missing", "edisi/1.json")]


def test_a_proof_of_an_older_checkpoint_holds_as_well():
    proof = proof_of(ENTRIES[:40], 2).to_text().encode()
    assert found(FILES | {"edisi/1.tlog-proof": proof}) == []


@pytest.mark.parametrize("size", [40, 400])
def test_an_edition_that_is_not_in_the_log_any_more_is_found(size):
    other = entries_of(size, editions=(30, 39) if size == 40 else (350, 351))
    seq = 30 if size == 40 else 350
    files = FILES | {
        "edisi/1.tlog-proof": proof_of(other, seq).to_text().encode(),
        "edisi/1.json": edition_entry(seq, 1)[1],
    }
    assert found(files) == [("inclusion_mismatch", "edisi/1.tlog-proof")]


def test_editions_that_changed_places_are_found():
    files = FILES | {f"edisi/{a}.{b}": FILES[f"edisi/{3 - a}.{b}"] for a in (1, 2) for b in ENDS}
    assert found(files) == [
        ("edition_order", "edisi/1.tlog-proof"),
        ("edition_order", "edisi/2.tlog-proof"),
    ]


ENDS = ("tlog-proof", "json")


def test_a_damaged_proof_is_named():
    files = FILES | {"edisi/1.tlog-proof": b"\xff", "edisi/2.tlog-proof": b"c2sp"}
    assert found(files) == [
        ("note_malformed", "edisi/1.tlog-proof"),
        ("proof_malformed", "edisi/2.tlog-proof"),
    ]


def test_nothing_is_believed_without_the_signature():
    with pytest.raises(CorruptData) as raised:
        checked(FILES | {"checkpoint": note_of(ENTRIES, key=STRANGER).encode()})
    assert raised.value.codes == ("signature_missing",)


def test_a_log_without_a_checkpoint_is_none():
    with pytest.raises(NotFound):
        checked(without("checkpoint"))
