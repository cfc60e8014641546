"""The manifest of a backup as a file: it comes back as it was, and nothing strange is believed."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from ppid.errors import BadInput, CorruptData, PpidError
from ppid.office.backup import manifest as manifests
from ppid.office.backup.manifest import NAMES, Head, Manifest, Part, from_bytes
from ppid.office.backup.place import place_at
from ppid.vault.copies import SealedFile
from ppid.vault.streams import Digest

ID = "20260302T010203Z-0123abcd"
FILE = "0b8f6a1e-1111-4222-8333-444455556666.2.5f0c7a9d31e2b864.age"
MANIFEST = Manifest(
    id=ID,
    at=datetime(2026, 3, 2, 1, 2, 3, tzinfo=UTC),
    program="0.1.0",
    migrations=("office.0001_tables",),
    parts=(Part("office", "sqlite", Digest(5, "a" * 64), Digest(9, "b" * 64)),),
    heads=(Head("kota", 7, "c" * 64, "sip-ppid/kota+00000000+AAAA", "catatan"),),
    files=(SealedFile(FILE, Digest(300, "d" * 64)),),
    missing=(FILE,),
)


def refused(act):
    with pytest.raises(PpidError) as error:
        act()
    return type(error.value), error.value.codes


def test_a_manifest_comes_back_as_it_was():
    assert from_bytes(MANIFEST.to_bytes()) == MANIFEST
    assert MANIFEST.part("office").place == "bagian office"
    assert MANIFEST.files[0].place == "dokumen 0b8f6a1e-1111-4222-8333-444455556666 versi 2"


@pytest.mark.parametrize("key", ["format", "id", "at", "parts", "heads", "files", "missing"])
def test_a_manifest_without_one_of_its_facts_is_damaged(key):
    said = json.loads(MANIFEST.to_bytes())
    del said[key]

    assert refused(lambda: from_bytes(json.dumps(said).encode())) == (
        CorruptData,
        ("manifest_altered",),
    )


@pytest.mark.parametrize(
    "change",
    [
        {"format": 0},
        {"format": "1"},
        {"at": "kemarin"},
        {"files": [["nama"]]},
        {"parts": [{"name": "office"}]},
        {"lain": 1},
    ],
)
def test_a_manifest_that_says_something_strange_is_damaged(change):
    said = json.loads(MANIFEST.to_bytes()) | change

    assert refused(lambda: from_bytes(json.dumps(said).encode()))[0] is CorruptData


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"null", b"\xff\xfe"])
def test_what_is_no_manifest_at_all_is_damaged(data):
    assert refused(lambda: from_bytes(data)) == (CorruptData, ("manifest_altered",))


def test_a_manifest_of_a_newer_format_is_newer_and_not_damaged():
    said = json.loads(MANIFEST.to_bytes()) | {"format": manifests.FORMAT + 1}

    assert refused(lambda: from_bytes(json.dumps(said).encode())) == (
        BadInput,
        ("backup_newer",),
    )


def test_a_moment_keeps_its_zone():
    local = replace(MANIFEST, at=datetime.fromisoformat("2026-03-02T08:02:03+07:00"))

    assert from_bytes(local.to_bytes()).at == local.at


@pytest.mark.parametrize("ending", manifests.ENDINGS)
def test_a_part_has_a_name_that_leads_nowhere_else(ending):
    assert NAMES.fullmatch(f"{ID}.{ending}")
    for strange in (f"../{ID}.{ending}", f"{ID}.{ending}/x", f"{ID}.lain", ending):
        assert not NAMES.fullmatch(strange)


def test_an_empty_folder_holds_no_backup_and_a_missing_one_is_named(tmp_path):
    place = place_at(str(tmp_path))
    assert refused(place.ids) == (BadInput, ("storage_missing",))
    place.snapshots.create()

    assert place.ids() == []
    assert refused(place.manifest) == (BadInput, ("backup_missing",))


def test_an_address_of_another_kind_is_refused():
    assert refused(lambda: place_at("ftp://cadangan")) == (BadInput, ("storage_address",))
