"""Damage to sealed files: every flip, cut, addition, swap and loss must be found and named.

    python tests/campaigns/damage.py 10000
    python tests/campaigns/damage.py 10000 --program
    python tests/campaigns/damage.py 50 --trusting   # the control: only age's own check, no hash

Prints one line of JSON.
"""

import argparse
import json
import os
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

from campaigns import engines  # noqa: E402
from ppid.errors import PpidError  # noqa: E402
from ppid.vault import copies as vault_copies  # noqa: E402
from ppid.vault.copies import examine, strangers  # noqa: E402
from ppid.vault.memory import in_memory  # noqa: E402
from vault.vaults import CHUNK, folder_vault, some_bytes  # noqa: E402

LATER = datetime(2100, 1, 1, tzinfo=UTC)
SIZES = (0, 1, 500, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 150_000, 16 * CHUNK, 33 * CHUNK + 1)


def flip(file, _other):
    data = bytearray(file.read_bytes())
    data[random.randrange(len(data))] ^= 1 << random.randrange(8)
    file.write_bytes(data)
    return {"file_altered"}


def cut(file, _other):
    os.truncate(file, random.randrange(file.stat().st_size))
    return {"file_cut"}


def lengthen(file, _other):
    file.write_bytes(file.read_bytes() + random.randbytes(random.randrange(1, 99)))
    return {"file_altered"}


def swap(file, other):
    shutil.copy(other, file)
    return {"file_swapped"}


def lose(file, _other):
    file.unlink()
    return {"file_missing"}


DAMAGES = (flip, flip, flip, cut, lengthen, swap, lose)


def damaged_once(vault, copies, known):
    """Damage one file; return the kind of damage and every complaint about how it was met."""
    copy, other = random.sample(copies, 2)
    file = vault.storage.path / copy.name
    good = file.read_bytes()
    damage = random.choice(DAMAGES)
    expected = damage(file, vault.storage.path / other.name)
    found = examine(copy, vault.storage, known=known)
    complaints = []
    if found is None or found.code not in expected or found.place != copy.place:
        complaints.append(f"{damage.__name__} of {copy.name}: {found}")
    with in_memory() as target:
        try:
            vault_copies.open_copy(copy, target, storage=vault.storage, identities=[vault.service])
            complaints.append(f"{damage.__name__} of {copy.name}: opened")
        except PpidError:
            if target.seek(0, os.SEEK_END):
                complaints.append(f"{damage.__name__} of {copy.name}: handed something out")
    file.write_bytes(good)
    return damage.__name__, complaints


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("damages", type=int)
    parser.add_argument("--trusting", action="store_true")
    parser.add_argument("--seed", type=int, default=0)
    engines.add_choice(parser)
    arguments = parser.parse_args()
    random.seed(arguments.seed)
    engine = engines.choose(arguments)
    began = time.monotonic()
    place = Path(tempfile.mkdtemp(prefix="ppid-damage-"))
    vault = folder_vault(place / "brankas")
    copies = [vault.seal(some_bytes(size, seed=n)) for n in range(4) for size in SIZES]
    known = {one.sealed.sha256: one.place for one in copies}
    if arguments.trusting:
        vault_copies._fault = lambda *_: None
    met, complaints = Counter(), []
    while met.total() < arguments.damages and not complaints:
        kind, found = damaged_once(vault, copies, known)
        met[kind] += 1
        complaints += found
    complaints += [one.name for one in strangers(known_names(copies), vault.storage, before=LATER)]
    shutil.rmtree(place)
    seconds = round(time.monotonic() - began, 1)
    result = {"engine": engine, "damages": met.total(), "kinds": dict(met), "seconds": seconds}
    print(json.dumps(result | {"complaints": complaints[:10]}))
    return 1 if complaints else 0


def known_names(copies):
    """Return the names that rows would have."""
    return {one.name for one in copies}


if __name__ == "__main__":
    sys.exit(main())
