"""The folder of the static site: what stands in it, written so that nobody reads half a file.

`.ppid/daftar.sqlite3` says of each address what its file depends on and holds:

    address   "/kota-contoh/informasi/KC-001/", or the hash of an address that only holders know
    key       what the answer depends on; nothing when it has to be asked for each time
    sha256    of the file
    size      in bytes

A file is written beside, then renamed; only then is it noted. Whoever is stopped in between leaves
a folder that the next run completes. Nothing is ever removed.
"""

import errno
import hashlib
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from ppid.errors import BadInput, Conflict, Finding

OWN = ".ppid"
NOTES = "daftar.sqlite3"
NOTED_AT_ONCE = 500
SCHEMA = """CREATE TABLE IF NOT EXISTS file (
    address TEXT PRIMARY KEY, key TEXT NOT NULL, sha256 TEXT NOT NULL, size INTEGER NOT NULL
) WITHOUT ROWID"""
JSON_LISTS = ("bodies", "editions")

Make = Callable[[], Iterable[bytes]]


@dataclass(frozen=True, slots=True)
class Figures:
    """How many files a run wrote, found unchanged after asking, and did not have to ask for."""

    written: int = 0
    same: int = 0
    skipped: int = 0

    @property
    def unchanged(self) -> int:
        """Return how many files stayed as they were."""
        return self.same + self.skipped


def file_of(address: str) -> str:
    """Return the file, below the folder, that a plain web server answers an address with."""
    path = address.removeprefix("/")
    if path.endswith("/") or not path:
        return f"{path}index.html"
    if path.startswith("api/v1/") and _has_more_below(path):
        return f"{path}/index.json"
    return path


def _has_more_below(path: str) -> bool:
    parts = path.split("/")
    return parts[-1] in JSON_LISTS or len(parts) == 4


class Folder:
    """A folder that this program writes and no other does; opened by `opened`."""

    def __init__(self, root: Path, notes: sqlite3.Connection) -> None:
        self.root = root
        self._done: Counter[str] = Counter()
        self._notes = notes
        self._fresh = root / OWN / "baru"

    @property
    def figures(self) -> Figures:
        """Return what was done so far."""
        return Figures(**self._done)

    def holds(self, address: str, key: str) -> bool:
        """Return whether the file of an address stands there and depends on just this."""
        known = self._known(address, self.root / file_of(address))
        return known is not None and known[0] == key

    def write(self, address: str, make: Make, *, key: str = "", hidden: bool = False) -> None:
        """Bring the file of an address up to what `make` gives.

        key: what that depends on; while it is the same the file is taken to be right and `make` is
        not called. hidden: whether the address itself is kept out of the notes.
        """
        target, name = self.root / file_of(address), _hidden(address) if hidden else address
        known = self._known(name, target)
        if known and key and known[0] == key:
            self._done["skipped"] += 1
            return
        sha256, size = self._prepare(make())
        if known and known[1] == sha256:
            self._done["same"] += 1
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            self._fresh.replace(target)
            self._done["written"] += 1
        self._note(name, key, sha256, size)

    def _known(self, name: str, target: Path) -> tuple[str, str] | None:
        """Return key and hash of a file that stands there as it was noted."""
        asked = "SELECT key, sha256, size FROM file WHERE address = ?"
        row = self._notes.execute(asked, (name,)).fetchone()
        try:
            return (row[0], row[1]) if row and target.stat().st_size == row[2] else None
        except FileNotFoundError:
            return None

    def _prepare(self, parts: Iterable[bytes]) -> tuple[str, int]:
        digest, size = hashlib.sha256(), 0
        with self._fresh.open("wb") as file:
            for part in parts:
                digest.update(part)
                size += file.write(part)
        return digest.hexdigest(), size

    def _note(self, name: str, key: str, sha256: str, size: int) -> None:
        row = (name, key, sha256, size)
        self._notes.execute("INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?)", row)
        if self._done.total() % NOTED_AT_ONCE == 0:
            self._notes.commit()


@contextmanager
def opened(root: Path) -> Iterator[Folder]:
    """Open a folder to write the site in: none, an empty one, or one that this program made.

    Raises BadInput: `folder_foreign`, `folder_unusable`; Conflict `folder_busy`, while another
    process writes there.
    """
    with _folder_errors(root):
        _claim(root)
        with closing(_notes(root / OWN / NOTES)) as notes:
            folder = Folder(root, notes)
            try:
                yield folder
            finally:
                # what stands there is noted even when the run ends early
                notes.commit()
            (root / OWN / "baru").unlink(missing_ok=True)


def _claim(root: Path) -> None:
    root.mkdir(parents=True, exist_ok=True)
    own = root / OWN
    if not own.is_dir() and any(root.iterdir()):
        text = "Folder ini tidak kosong dan bukan buatan ppid publish."
        hint = "Sebut folder lain, atau kosongkan folder itu; isinya tidak diubah."
        raise BadInput(Finding("folder_foreign", text, place=str(root), hint=hint))
    own.mkdir(exist_ok=True)


def _notes(file: Path) -> sqlite3.Connection:
    notes = sqlite3.connect(file, timeout=0)
    notes.execute("PRAGMA locking_mode=EXCLUSIVE")
    notes.execute("BEGIN EXCLUSIVE")
    notes.execute(SCHEMA)
    notes.commit()
    return notes


@contextmanager
def _folder_errors(root: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            text = "Folder ini sedang ditulis oleh ppid publish yang lain."
            hint = "Tunggu sampai selesai, lalu ulangi."
            raise Conflict(Finding("folder_busy", text, place=str(root), hint=hint)) from error
        raise BadInput(_unusable(root, str(error))) from error
    except sqlite3.DatabaseError as error:
        raise BadInput(_unusable(root, str(error))) from error
    except OSError as error:
        why = "disk penuh" if error.errno == errno.ENOSPC else str(error.strerror)
        raise BadInput(_unusable(root, why)) from error


def _unusable(root: Path, why: str) -> Finding:
    text = f"Folder ini tidak dapat ditulis: {why}."
    hint = "Periksa izin folder dan sisa ruang disk, lalu ulangi; yang sudah ditulis tetap dipakai."
    return Finding("folder_unusable", text, place=str(root), hint=hint)


def _hidden(address: str) -> str:
    return f"sha256:{hashlib.sha256(address.encode()).hexdigest()}"
