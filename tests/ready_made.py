"""Data folders that take seconds to make: each is made once per run, and copied where it is wanted.

All processes of a run share them through one folder; a data folder appears there whole or not at
all. Nobody changes what lies there.
"""

import fcntl
import json
import shutil
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from commands.programs import Done, ppid, sql

OF_YESTERDAY = "kemarin"


def made_once(folder: Path, make: Callable[[Path], object]) -> Path:
    """Return the folder; whoever asks first makes it, the others wait."""
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            draft = folder.with_suffix(".draft")
            shutil.rmtree(draft, ignore_errors=True)
            draft.mkdir()
            make(draft)
            draft.rename(folder)
    return folder


def copied(data: Path, into: Path) -> Path:
    """Return a copy of a data folder that others may be reading.

    Who reads SQLite has two files beside it that hold nothing of their own and may go meanwhile.
    """
    return shutil.copytree(data, into, ignore=shutil.ignore_patterns("*-wal", "*-shm"))


def demo_in(shared: Path) -> tuple[Path, Done]:
    """Return the data folder of a demo, with the pages' assets, and what `ppid demo --reset` said.

    A demo of yesterday was there before: whoever makes one anew need not wait for two.
    """

    def make(draft: Path) -> None:
        yesterday(copied(migrated_in(shared), draft / "data"))
        # tests/office/test_demo.py makes the parts of one, and those are traced
        done = ppid("demo", "--reset", data=draft / "data", traced=False, PPID_ASSETS="collected")
        (draft / "said.json").write_text(json.dumps(asdict(done)))

    folder = made_once(shared / "demo", make)
    return folder / "data", Done(**json.loads((folder / "said.json").read_text()))


def yesterday(data: Path) -> None:
    """Let a data folder be what is left of a demo: one of its bodies, its key, the password."""
    file = data / "office.sqlite3"
    columns = [row[1] for row in sql(file, "PRAGMA table_info(office_body)")]
    values = ("'bali'" if column == "slug" else "'{}'" for column in columns)
    sql(file, f"INSERT INTO office_body ({', '.join(columns)}) VALUES ({', '.join(values)})")
    (data / "keys").mkdir(exist_ok=True)
    for name in ("keys/bali.key", "keys/lama.key", "demo-password"):
        (data / name).write_text(OF_YESTERDAY)


def migrated_in(shared: Path) -> Path:
    """Return a data folder with both databases and nothing in them."""

    def make(draft: Path) -> None:
        assert ppid("migrate", data=draft / "data", traced=False).code == 0

    return made_once(shared / "migrated", make) / "data"
