"""The real clamd: `python tests/campaigns/scanner.py` (make campaign-scan).

Starts Debian's clamd with one signature of our own, EICAR's, on a socket of its own, and lets it
look at every hostile file and at files around its limit. Then the control: the same files with the
scanner switched off, where EICAR in a text file goes through, as only a scanner knows it.
"""

import io
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

from ppid.errors import BadInput  # noqa: E402
from ppid.vault.scan import Scanner, demand_clean  # noqa: E402
from vault.hostile import EICAR, FILES, docx, pdf  # noqa: E402

MB = 1_000_000
MOST = 2 * MB
SETTINGS = """
LocalSocket {folder}/clamd.ctl
DatabaseDirectory {folder}/signatures
TemporaryDirectory {folder}
Foreground yes
User {user}
StreamMaxLength 2M
MaxFileSize 2M
MaxScanSize 10M
"""
WAIT_SECONDS = 60
CLAMD = shutil.which("clamd", path="/usr/sbin:/usr/bin:/usr/local/sbin")


@contextmanager
def clamd():
    """Start clamd with EICAR as its only signature; give the address, stop it afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="ppid-clamd-"))
    (folder / "signatures").mkdir()
    (folder / "signatures" / "eicar.ndb").write_text(f"Eicar-Test:0:*:{EICAR.hex()}\n")
    (folder / "clamd.conf").write_text(SETTINGS.format(folder=folder, user="root"))
    process = subprocess.Popen(
        [CLAMD, "--config-file", folder / "clamd.conf"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        end = time.monotonic() + WAIT_SECONDS
        while not (folder / "clamd.ctl").exists():
            if time.monotonic() > end or process.poll() is not None:
                raise RuntimeError("clamd did not start")
            time.sleep(0.2)
        yield f"unix:{folder}/clamd.ctl", process
    finally:
        process.terminate()
        process.wait(20)
        shutil.rmtree(folder)


def verdict(data: bytes, scanner: Scanner) -> str:
    """Return "clean", or the code with which the file is refused."""
    try:
        demand_clean(io.BytesIO(data), scanner)
    except BadInput as error:
        return error.codes[0]
    return "clean"


def expect(what: str, found: str, wanted: str) -> int:
    """Print and count what is not as it should be."""
    if found == wanted:
        return 0
    print(f"WRONG: {what}: {found}, not {wanted}")
    return 1


def main() -> int:
    """Run the campaign; return how much went wrong."""
    if CLAMD is None:
        print("clamd is not installed (Debian: clamav-daemon)")
        return 1
    wrong, seen = 0, Counter()
    with clamd() as (address, process):
        scanner = Scanner(address, most=MOST, seconds=30)
        wrong += expect("EICAR", verdict(EICAR, scanner), "virus_found")
        inside = docx(more=[("word/media/a.bin", EICAR)])
        wrong += expect("EICAR in a part of a DOCX", verdict(inside, scanner), "virus_found")
        wrong += expect("an honest PDF", verdict(pdf(), scanner), "clean")
        wrong += expect("at the limit", verdict(b"a" * MOST, scanner), "clean")
        wrong += expect("above the limit", verdict(b"a" * (MOST + 1), scanner), "scan_too_large")
        unaware = Scanner(address, most=100 * MB, seconds=30)
        over = verdict(b"a" * (8 * MB), unaware)
        if over == "clean":
            wrong += expect("above clamd's limit, which we do not know", over, "refused")
        for one in FILES:
            seen[verdict(one.make(), scanner)] += 1
        process.terminate()
        process.wait(20)
        wrong += expect("a scanner that is down", verdict(b"isi", scanner), "scan_unavailable")
    control = verdict(EICAR, Scanner(""))
    wrong += expect("the control, without a scanner", control, "clean")
    print(f"{len(FILES)} hostile files: " + ", ".join(f"{n} {what}" for what, n in seen.items()))
    print(f"{wrong} wrong")
    return wrong


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
