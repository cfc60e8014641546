"""Constant memory: a file many times as large as the bound is sealed, opened and sealed anew."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MIB, MOST_MIB = 128, 64
PROGRAM = """
import sys
from pathlib import Path
from uuid import uuid4
from ppid.vault import age
from ppid.vault.copies import open_copy, reseal_copy, seal_copy
from ppid.vault.folder import Folder

class Zeros:
    left = int(sys.argv[2]) << 20
    def read(self, size):
        size = min(size, self.left)
        self.left -= size
        return bytes(size)

class Nowhere:
    def write(self, data):
        return len(data)

storage = Folder(Path(sys.argv[1]))
storage.create()
keys = [age.generate_identity(), age.generate_identity()]
to = {"storage": storage, "recipients": [age.recipient_of(one) for one in keys]}
copy = seal_copy(Zeros(), document=uuid4(), version=1, **to)
open_copy(copy, Nowhere(), storage=storage, identities=keys[:1])
storage.remove(reseal_copy(copy, identities=keys[:1], **to).name)
lines = Path("/proc/self/status").read_text().splitlines()
print(copy.plain.size, next(line.split()[1] for line in lines if line.startswith("VmHWM:")))
"""


def test_a_large_file_moves_within_a_small_memory(tmp_path):
    variables = {name: one for name, one in os.environ.items() if "COVERAGE" not in name}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, tmp_path / "vault", str(MIB)],
        env=variables | {"PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=True,
    )
    size, peak = map(int, done.stdout.split())
    assert size == MIB << 20
    assert peak / 1024 <= MOST_MIB
