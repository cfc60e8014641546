"""A folder of sealed files.

    brankas/0b8f6a1e-...-9c.2.5f0c7a9d31e2b864.age   document, version, one seal of it
    brankas/.baru-5f0c7a9d31e2b864                   being written; nobody's yet

Written under a private name, fsynced, renamed, and the folder fsynced: after that a power cut
leaves the whole file, before that nothing under its name.
"""

import errno
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from io import FileIO
from pathlib import Path

from ppid.errors import BadInput, Finding
from ppid.vault.storage import NAME, Rereadable, Stored, checked_name, missing
from ppid.vault.streams import Whole, Writable

FOLDER_MODE, FILE_MODE = 0o700, 0o600
UNFINISHED = ".baru-"
NO_SPACE = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
NOT_ALLOWED = {errno.EROFS, errno.EACCES, errno.EPERM}
GONE = {errno.ENOENT, errno.ENOTDIR}
SEND_OFF = 8 << 20
"""Bytes after which the disk is set to work; else all of it would wait for the fsync at the end."""


class Folder:
    """Sealed files in one folder of this machine. names: what a file in it may be called."""

    def __init__(self, path: Path, *, names: re.Pattern[str] = NAME) -> None:
        self.path, self.names = path, names

    def create(self) -> None:
        """Make the folder, for its owner alone; nothing happens if it is there."""
        with _told(self.path):
            self.path.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
            sync_folder(self.path.parent)

    @contextmanager
    def writer(self, name: str) -> Iterator[Writable]:
        """Give a new file: durable under its name after the block, nothing left if it failed.

        Raises BadInput: `storage_full`, `storage_read_only`, `storage_missing`, `storage_failed`.
        """
        final = self.path / checked_name(name, self.names)
        draft = self.path / f"{UNFINISHED}{secrets.token_hex(8)}"
        with _told(self.path):
            file = FileIO(draft, "xb", opener=_private)
        try:
            with file:
                yield _File(file, self.path)
                with _told(self.path):
                    os.fsync(file.fileno())
            with _told(self.path):
                draft.rename(final)
                _settle(final)
        except BaseException:
            with suppress(OSError):
                draft.unlink()
            raise

    @contextmanager
    def reader(self, name: str) -> Iterator[Rereadable]:
        """Give a file to read. Raises NotFound: `file_missing`; BadInput: as `writer`."""
        with _told(self.path):
            try:
                file = FileIO(self.path / checked_name(name, self.names), "rb", opener=_no_link)
            except FileNotFoundError:
                self._demand()
                raise missing(name) from None
        with file:
            yield _File(file, self.path)

    def remove(self, name: str) -> None:
        """Remove a file durably; nothing happens if it is gone."""
        with _told(self.path):
            (self.path / checked_name(name, self.names)).unlink(missing_ok=True)
            sync_folder(self.path)

    def files(self) -> Iterator[Stored]:
        """Yield every sealed file, in any order. What else lies there is not listed."""
        for entry in self._entries():
            if self.names.fullmatch(entry.name) and entry.is_file(follow_symlinks=False):
                status = entry.stat(follow_symlinks=False)
                at = datetime.fromtimestamp(status.st_mtime, tz=UTC)
                yield Stored(entry.name, status.st_size, at)

    def sweep(self, *, before: datetime) -> int:
        """Remove what was begun before that moment and never finished; return how many."""
        old = [
            entry
            for entry in self._entries()
            if entry.name.startswith(UNFINISHED)
            if entry.stat(follow_symlinks=False).st_mtime < before.timestamp()
        ]
        with _told(self.path):
            for entry in old:
                Path(entry.path).unlink(missing_ok=True)
        return len(old)

    def _entries(self) -> list[os.DirEntry[str]]:
        with _told(self.path), os.scandir(self.path) as entries:
            return list(entries)

    def _demand(self) -> None:
        """Raise the system's own error if the folder itself is not there."""
        os.close(os.open(self.path, os.O_RDONLY | os.O_DIRECTORY))


class _File:
    """An open file whose own troubles are told as the folder's, and nobody else's."""

    def __init__(self, raw: FileIO, path: Path) -> None:
        self._raw, self._path = raw, path
        self._written = self._sent = 0

    @property
    def size(self) -> int:
        with _told(self._path):
            return os.fstat(self._raw.fileno()).st_size

    def read(self, size: int) -> bytes:
        with _told(self._path):
            return self._raw.read(size)

    def write(self, data: bytes) -> None:
        with _told(self._path):
            Whole(self._raw).write(data)
            self._written += len(data)
            if self._written - self._sent >= SEND_OFF:
                self._send_off()

    def seek(self, offset: int) -> None:
        with _told(self._path):
            self._raw.seek(offset)

    def _send_off(self) -> None:
        """Let the system begin to write what it holds; it is durable only after the fsync."""
        length = self._written - self._sent
        os.posix_fadvise(self._raw.fileno(), self._sent, length, os.POSIX_FADV_DONTNEED)
        self._sent = self._written


def sync_folder(path: Path) -> None:
    """Make the names in a folder durable."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _settle(final: Path) -> None:
    """Make the name durable, or take the file back: half durable is not stored."""
    try:
        sync_folder(final.parent)
    except BaseException:
        final.unlink(missing_ok=True)
        raise


def _private(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NOFOLLOW, FILE_MODE)


def _no_link(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NOFOLLOW)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Say in a sentence what the folder refuses; other errors pass."""
    try:
        yield
    except OSError as error:
        raise BadInput(_refusal(path, error)) from error


def _refusal(path: Path, error: OSError) -> Finding:
    where = str(path)
    if error.errno in NO_SPACE:
        hint = "Kosongkan ruang disk, lalu ulangi; yang sudah tersimpan tetap utuh."
        return Finding("storage_full", "Ruang penyimpanan brankas penuh.", where, hint)
    if error.errno in NOT_ALLOWED:
        hint = "Periksa izin folder dan apakah disk terpasang hanya-baca."
        return Finding("storage_read_only", "Brankas tidak boleh ditulis atau dibaca.", where, hint)
    if error.errno in GONE:
        hint = "Periksa apakah disk brankas terpasang, dan PPID_DATA atau PPID_STORAGE."
        return Finding("storage_missing", "Folder brankas tidak ditemukan.", where, hint)
    text = f"Penyimpanan brankas gagal: {error.strerror or type(error).__name__}."
    return Finding("storage_failed", text, where, "Periksa disk, lalu ulangi.")
