"""Power cuts under a vault: a small ext4 on a loop device is shut down hard, again and again.

    python tests/campaigns/power.py 1000              # a thousand cuts; needs root
    python tests/campaigns/power.py 1000 --program    # all through the age program
    python tests/campaigns/power.py 50 --no-file-sync    # positive controls: both must go wrong
    python tests/campaigns/power.py 50 --no-folder-sync

What had not reached the disk is gone (EXT4_IOC_SHUTDOWN without flushing the journal), as when the
plug is pulled. A process stores, replaces, seals anew and destroys copies and tells a line for each
that has returned: that is acknowledged. After every cut an acknowledged copy must be there and be
the same; what else lies under a name must be whole. Prints one line of JSON.
"""

import argparse
import fcntl
import io
import json
import os
import random
import shutil
import struct
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

from campaigns import clients, engines  # noqa: E402
from ppid.errors import PpidError  # noqa: E402
from ppid.vault import age, folder  # noqa: E402
from ppid.vault.copies import SealedCopy, examine, reseal_copy, seal_copy  # noqa: E402
from ppid.vault.folder import Folder  # noqa: E402
from ppid.vault.streams import Digest  # noqa: E402

SHUTDOWN, WITHOUT_FLUSH = 0x8004587D, 2
SIZE = "256M"
SIZES = (0, 1, 65_536, 200_000, 200_000, 200_000, 1_500_000, 9_000_000)
"""Drawn at random, and of those above a chunk any smaller one; from 256 KiB on threads work."""
SHORTEST, LONGEST = 0.0, 0.08
KEYS = [age.generate_identity(), age.generate_identity()]
LATER = datetime(2100, 1, 1, tzinfo=UTC)


class Disk:
    """An ext4 in a file, mounted, and cut from power when asked."""

    def __init__(self, place):
        self.image, self.mount = place / "disk", place / "mnt"
        self.mount.mkdir()
        subprocess.run(["truncate", "-s", SIZE, self.image], check=True)
        subprocess.run(["mkfs.ext4", "-q", "-F", self.image], check=True)

    def on(self):
        subprocess.run(["mount", "-o", "loop", self.image, self.mount], check=True)

    def cut(self):
        descriptor = os.open(self.mount, os.O_RDONLY)
        fcntl.ioctl(descriptor, SHUTDOWN, struct.pack("I", WITHOUT_FLUSH))
        os.close(descriptor)

    def off(self):
        subprocess.run(["umount", self.mount], check=True)


def act_for_ever(storage, known, out):
    """Store, replace, seal anew and destroy; one line before and after what removes a file."""
    recipients = [age.recipient_of(one) for one in KEYS]
    have = list(known.values())
    while True:
        kind = random.choice(("put", "put", "replace", "reseal", "destroy")) if have else "put"
        old = random.choice(have) if have else None
        if kind == "destroy":
            _remove(storage, old, out)
            have.remove(old)
            continue
        if kind == "reseal":
            new = reseal_copy(old, storage=storage, identities=KEYS[:1], recipients=recipients)
        else:
            new = seal_copy(
                io.BytesIO(os.urandom(some_size())),
                document=old.document if kind == "replace" else uuid4(),
                version=old.version + 1 if kind == "replace" else 1,
                storage=storage,
                recipients=recipients,
            )
        os.write(out, f"there {_line(new)}\n".encode())
        have.append(new)
        if kind != "put":
            _remove(storage, old, out)
            have.remove(old)


def some_size():
    """Return how many bytes the next document has."""
    most = random.choice(SIZES)
    return most if most <= 65_536 else random.randrange(65_536, most)


def _remove(storage, copy, out):
    os.write(out, f"going {copy.name}\n".encode())
    storage.remove(copy.name)
    os.write(out, f"gone {copy.name}\n".encode())


def _line(copy):
    parts = (copy.document, copy.version, copy.name, copy.plain.size, copy.plain.sha256)
    return " ".join(map(str, (*parts, copy.sealed.size, copy.sealed.sha256)))


def _read(line):
    document, version, name, size, sha256, sealed_size, sealed_sha256 = line.split()
    plain, sealed = Digest(int(size), sha256), Digest(int(sealed_size), sealed_sha256)
    return SealedCopy(UUID(document), int(version), name, plain, sealed)


def judged(storage, known, lines):
    """Take in what was told, and return what the cut has broken. known: name -> copy, updated."""
    may_be_gone, must_be_gone = set(), set()
    complaints = []
    for line in lines:
        kind, _, rest = line.partition(" ")
        if kind == "there":
            copy = _read(rest)
            known[copy.name] = copy
        elif kind == "going":
            may_be_gone.add(rest)
        elif kind == "gone":
            must_be_gone.add(rest)
    files = {one.name for one in storage.files()}
    for name in may_be_gone:
        if name not in files:
            known.pop(name)
    complaints += [f"{name} came back" for name in must_be_gone & files]
    for copy in list(known.values()):
        fault = examine(copy, storage)
        complaints += [str(fault)] if fault else []
    complaints += [fault for name in files - known.keys() for fault in _torn(storage, name)]
    return complaints


def _torn(storage, name):
    """Return what is wrong with a file that was not acknowledged; then it is removed."""
    try:
        with storage.reader(name) as file:
            age.unseal(file, io.BytesIO(), identities=KEYS[:1])
    except PpidError as error:
        return [f"{name} is torn: {error}"]
    storage.remove(name)
    return []


def without(name):
    """Take a protection away: the fsync of the file, or that of the folder."""
    if name == "file":
        folder.os = type("os", (), {**vars(os), "fsync": staticmethod(lambda _: None)})
        folder.sync_folder = lambda path: _real_sync(path)
    else:
        folder.sync_folder = lambda path: None


def _real_sync(path):
    descriptor = os.open(path, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("cuts", type=int)
    parser.add_argument("--no-file-sync", action="store_true")
    parser.add_argument("--no-folder-sync", action="store_true")
    parser.add_argument("--seed", type=int, default=0)
    engines.add_choice(parser)
    arguments = parser.parse_args()
    random.seed(arguments.seed)
    engine = engines.choose(arguments)
    began = time.monotonic()
    if arguments.no_file_sync:
        without("file")
    if arguments.no_folder_sync:
        without("folder")
    place = Path(tempfile.mkdtemp(prefix="ppid-power-"))
    disk, storage = Disk(place), Folder(place / "mnt" / "brankas")
    known, told, swept, cuts, complaints = {}, 0, 0, 0, []
    disk.on()
    storage.create()
    _real_sync(storage.path.parent)
    while cuts < arguments.cuts and not complaints:
        cuts += 1
        moment = {"shortest": SHORTEST, "longest": LONGEST, "by": disk.cut}
        lines = clients.killed(lambda _, out: _act(storage, known, out), **moment)
        disk.off()
        disk.on()
        told += sum(line.startswith(("there", "gone")) for line in lines)
        complaints += judged(storage, known, lines)
        swept += storage.sweep(before=LATER)
        if len(known) > 60:
            _thin_out(storage, known)
    disk.off()
    shutil.rmtree(place)
    seconds = round(time.monotonic() - began, 1)
    result = {
        "engine": engine,
        "cuts": cuts,
        "acknowledged": told,
        "unfinished": swept,
        "seconds": seconds,
    }
    print(json.dumps(result | {"complaints": complaints[:10]}))
    return 1 if complaints else 0


def _act(storage, known, out):
    random.seed(os.urandom(8))
    try:
        act_for_ever(storage, dict(known), out)
    except (PpidError, OSError):
        time.sleep(10)  # the disk is gone; the kill comes at once


def _thin_out(storage, known):
    """Make room on the small disk."""
    for name in list(known)[:40]:
        storage.remove(known.pop(name).name)


if __name__ == "__main__":
    sys.exit(main())
