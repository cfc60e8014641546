"""Bytes that have no name on any disk: files in memory, which end with the process that holds them.

Once sealed, a file in memory stays as it is, so what was looked at is what is stored, whoever else
holds it open.
"""

import fcntl
import os
from io import FileIO
from typing import BinaryIO, cast

from ppid.errors import BadInput, Finding
from ppid.vault.streams import BLOCK, Readable

UNCHANGING = fcntl.F_SEAL_WRITE | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SEAL


class _MemoryFile(FileIO):
    """A file in memory, which is gone as soon as nobody refers to it."""

    def __init__(self) -> None:
        super().__init__(os.memfd_create("ppid", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING), "w+b")

    def __del__(self) -> None:
        self.close()


def in_memory() -> BinaryIO:
    """Return an empty file in memory, to be written and read; closed when nobody refers to it."""
    return cast(BinaryIO, _MemoryFile())


def sealed(file: BinaryIO) -> BinaryIO:
    """Return the file in memory at its beginning; from now on nobody can change it."""
    fcntl.fcntl(file.fileno(), fcntl.F_ADD_SEALS, UNCHANGING)
    file.seek(0)
    return file


def is_sealed(file: BinaryIO) -> bool:
    """Return whether it is a file in memory that nobody can change."""
    try:
        return fcntl.fcntl(file.fileno(), fcntl.F_GET_SEALS) & UNCHANGING == UNCHANGING
    except OSError:
        return False


def unchanging(source: Readable) -> int | None:
    """Return the descriptor of a file in memory that nobody can change, None for all else."""
    if hasattr(source, "fileno") and is_sealed(cast(BinaryIO, source)):
        return int(source.fileno())
    return None


class Beside:
    """What is left of a file, read without moving the place that others read it at."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor, self._at = descriptor, os.lseek(descriptor, 0, os.SEEK_CUR)

    def read(self, size: int) -> bytes:
        """Return at most `size` bytes; none at the end."""
        data = os.pread(self._descriptor, size, self._at)
        self._at += len(data)
        return data


def held(source: Readable, *, most: int) -> BinaryIO:
    """Return all of the source as a sealed file in memory. most: in bytes.

    Raises BadInput: `file_too_large`; whatever the source raises.
    """
    file = in_memory()
    try:
        while block := source.read(BLOCK):
            if file.tell() + len(block) > most:
                raise BadInput(too_large(most))
            file.write(block)
    except BaseException:
        file.close()
        raise
    return sealed(file)


def too_large(most: int) -> Finding:
    """Return what is said of a file with more bytes than are taken."""
    text = f"Berkas ini lebih besar daripada {most / 1_000_000:.0f} MB."
    hint = "Perkecil atau pecah berkas itu, atau minta pengelola sistem menaikkan batasnya."
    return Finding("file_too_large", text, place="file", hint=hint)
