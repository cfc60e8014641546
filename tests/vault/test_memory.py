"""Constant memory: a file many times as large as the bound is sealed, opened and sealed anew.

What is counted is the peak of our process and those of the programs that it starts, together.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MIB, MOST_MIB = 128, 64
PROGRAM = """
import sys
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from uuid import uuid4
from ppid.vault import age, age_program
from ppid.vault.copies import open_copy, reseal_copy, seal_copy
from ppid.vault.folder import Folder

class Zeros:
    left = int(sys.argv[2]) << 20
    def read(self, size):
        size = min(size, self.left)
        self.left -= size
        return bytes(size)

class Nowhere:
    size = 0
    def write(self, data):
        self.size += len(data)
    def seek(self, offset, whence=0):
        return self.size

def status(process):
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return dict(line.split(":", 1) for line in lines)

def peak(process, name=""):
    found = status(process)
    known = name in ("", found["Name"].strip())  # a process that begins is still one of ours
    return int(found.get("VmHWM", "0").split()[0]) if known else 0

def children():
    for task in Path("/proc/self/task").iterdir():
        for child in (task / "children").read_text().split():
            with suppress(FileNotFoundError):  # it has ended meanwhile
                yield child, peak(child, "age")

def look():
    while not over.wait(0.005):
        with suppress(FileNotFoundError):
            now = dict(children())
            seen.update(now)
            sums.append(sum(now.values()))

over, seen, sums = Event(), set(), [0]
looking = Thread(target=look)
looking.start()
if sys.argv[3] == "pyrage":
    age_program.usable = str
storage = Folder(Path(sys.argv[1]))
storage.create()
keys = [age.generate_identity(), age.generate_identity()]
to = {"storage": storage, "recipients": [age.recipient_of(one) for one in keys]}
copy = seal_copy(Zeros(), document=uuid4(), version=1, **to)
open_copy(copy, Nowhere(), storage=storage, identities=keys[:1])
storage.remove(reseal_copy(copy, identities=keys[:1], **to).name)
over.set()
looking.join()
print(copy.plain.size, peak("self") + max(sums), len(seen))
"""


@pytest.mark.parametrize(("engine", "programs"), [("pyrage", 0), ("program", 1)])
def test_a_large_file_moves_within_a_small_memory(tmp_path, engine, programs):
    variables = {name: one for name, one in os.environ.items() if "COVERAGE" not in name}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, tmp_path / "vault", str(MIB), engine],
        env=variables | {"PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=True,
    )
    size, peak, seen = map(int, done.stdout.split())
    assert size == MIB << 20
    assert seen >= programs
    assert peak / 1024 <= MOST_MIB
