"""A place for sealed files: what it can do, and how it fails.

Every storage keeps one promise: a file is there whole under its name, or not at all. A name is
written once; what changes (a new version, a new seal) gets a new name.
"""

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from ppid.errors import BadInput, Finding, NotFound
from ppid.vault.streams import Readable, Writable

NAME = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.[1-9][0-9]*\.[0-9a-f]{16}\.age")


@dataclass(frozen=True, slots=True)
class Stored:
    """One sealed file that is there. size: in bytes; at: when it was written, aware."""

    name: str
    size: int
    at: datetime


class Rereadable(Readable, Protocol):
    """What can be read from its beginning once more, and is the same file then."""

    @property
    def size(self) -> int:
        """Return how many bytes it has."""

    def seek(self, offset: int, /) -> object:
        """Go back to the beginning; `offset` is 0."""


class Storage(Protocol):
    """A place for sealed files. Everything raises BadInput when the place does not do its part."""

    def create(self) -> None:
        """Make the place ready; nothing happens if it is."""

    def writer(self, name: str) -> AbstractContextManager[Writable]:
        """Give a new file: durable under its name after the block, nothing left if it failed."""

    def reader(self, name: str) -> AbstractContextManager[Rereadable]:
        """Give a file to read. Raises NotFound: `file_missing`."""

    def remove(self, name: str) -> None:
        """Remove a file durably; nothing happens if it is gone."""

    def files(self) -> Iterator[Stored]:
        """Yield every sealed file, in any order."""

    def sweep(self, *, before: datetime) -> int:
        """Remove what was begun before that moment and never finished; return how many."""


def checked_name(name: str, names: re.Pattern[str] = NAME) -> str:
    """Return the name of a sealed file, never a path. Raises BadInput: `file_name_strange`."""
    if not names.fullmatch(name):
        text = "Nama berkas tersegel dalam catatan tidak berbentuk nama berkas brankas."
        raise BadInput(Finding("file_name_strange", text, hint="Jalankan ppid check."))
    return name


def missing(name: str) -> NotFound:
    """Return the error for a sealed file that is not there."""
    text = "Berkas tersegel ini tidak ada dalam brankas."
    hint = "Pulihkan berkas itu dari cadangan."
    return NotFound(Finding("file_missing", text, place=name, hint=hint))
