"""`ppid ledger export` and `ppid ledger open`: what they write verifies from outside."""

import pytest

from commands.programs import ppid, refused
from ledger.verifikasi import holds

VKEY = "kalteng"


@pytest.fixture
def exported(demo, tmp_path):
    """The log of a demo body as files, with its entries."""
    folder = tmp_path / "log"
    done = ppid("ledger", "export", VKEY, folder, "--entries", data=demo)
    assert done.code == 0, done.err
    return demo, folder


def test_the_log_as_files_holds_for_both_verifiers(exported, tmp_path):
    demo, folder = exported
    key = (folder / "vkey").read_text().strip()

    done = ppid("ledger", "verify", folder, "--vkey", key, data=tmp_path / "none")

    assert (done.code, done.err) == (0, "")
    assert "Utuh." in done.out
    files = {
        str(one.relative_to(folder)): one.read_bytes() for one in folder.rglob("*") if one.is_file()
    }
    assert holds(files, key)
    assert any(name.startswith("edisi/") for name in files)

    sheet = next(
        number for number, data in enumerate(_entries(files)) if b'"kind":"test.written"' in data
    )
    opening = tmp_path / "lembar.tlog-proof"
    args = ("ledger", "open", VKEY, "--event", sheet, "--fields", "sheet", "-o", opening)
    assert ppid(*args, data=demo).code == 0
    assert refused(ppid(*args, data=demo), "sudah ada", hint=False)
    shown = ppid("ledger", "verify", opening, "--vkey", key, data=tmp_path / "none")
    assert shown.code == 0
    assert "diikrarkan" in shown.out
    assert opening.stat().st_mode & 0o077 == 0
    assert refused(ppid("ledger", "export", "tidak-ada", folder, data=demo), "tidak-ada")


def _entries(files):
    for name in sorted(files):
        if name.startswith("tile/entries/"):
            data = files[name]
            while data:
                size = int.from_bytes(data[:2], "big")
                yield data[2 : 2 + size]
                data = data[2 + size :]
