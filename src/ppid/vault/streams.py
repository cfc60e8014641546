"""Streams: sizes and hashes of what passes through, and pushing turned into pulling.

The age library swallows what our streams raise and answers with a text of its own; these keep the
first error, so that a full disk stays a full disk.
"""

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from io import RawIOBase
from typing import Protocol

BLOCK = 1 << 18
"""Bytes that are read and hashed at a time."""


class Readable(Protocol):
    """What bytes are read from."""

    def read(self, size: int, /) -> bytes:
        """Return at most `size` bytes; none at the end."""


class Writable(Protocol):
    """What bytes are written to."""

    def write(self, data: bytes, /) -> object:
        """Take all of the bytes."""


@dataclass(frozen=True, slots=True)
class Digest:
    """What is known of bytes without having them. size: in bytes; sha256: 64 hex digits."""

    size: int
    sha256: str


class Meter:
    """What has passed: counted and hashed; and the first error that the stream raised.

    hashing: False where nobody asks for the digest.
    """

    def __init__(self, *, hashing: bool = True) -> None:
        self._hashing = hashing
        self._hash = hashlib.sha256()
        self._size = 0
        self.failed: BaseException | None = None

    def digest(self) -> Digest:
        """Return size and hash of what has passed so far."""
        return Digest(self._size, self._hash.hexdigest())

    def count(self, data: bytes) -> None:
        """Count bytes that passed."""
        if self._hashing:
            self._hash.update(data)
            self._size += len(data)


class MeteredSource(Meter):
    """A source that is read in blocks and counted."""

    def __init__(self, source: Readable, *, hashing: bool = True) -> None:
        super().__init__(hashing=hashing)
        self._source = source
        self._block = memoryview(b"")

    def read(self, size: int) -> bytes:
        """Return the next bytes: at most `size`, never across two blocks; none at the end."""
        if not self._block:
            try:
                block = self._source.read(BLOCK)
            except BaseException as error:
                self.failed = self.failed or error
                raise
            self.count(block)
            self._block = memoryview(block)
        part, self._block = self._block[:size], self._block[size:]
        return bytes(part)


class MeteredTarget(Meter):
    """A target that is counted."""

    def __init__(self, target: Writable, *, hashing: bool = True) -> None:
        super().__init__(hashing=hashing)
        self._target = target

    def write(self, data: bytes) -> int:
        """Pass the bytes on; return how many there were."""
        try:
            self._target.write(data)
        except BaseException as error:
            self.failed = self.failed or error
            raise
        self.count(data)
        return len(data)

    def flush(self) -> None:
        """Do nothing: who opened the target closes it."""


def digest_of(source: Readable) -> Digest:
    """Return size and hash of all that can be read."""
    meter = Meter()
    while block := source.read(BLOCK):
        meter.count(block)
    return meter.digest()


class Chunks:
    """Something to read from, made of chunks of any size."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = iter(chunks)
        self._rest = b""

    def read(self, size: int) -> bytes:
        """Return at most `size` bytes; none at the end."""
        while not self._rest:
            chunk = next(self._chunks, None)
            if chunk is None:
                return b""
            self._rest = chunk
        part, self._rest = self._rest[:size], self._rest[size:]
        return part


def pulled(work: Callable[[Writable], None]) -> Iterator[bytes]:
    """Yield what `work` writes, while it writes it; its error is raised at the end.

    The bytes wait in a pipe: in memory, a few blocks at most, never on a disk. Who stops reading
    early makes the next write of `work` fail, so it ends too.
    """
    inside, outside = os.pipe()
    with ThreadPoolExecutor(1, thread_name_prefix="vault") as pool:
        with open(inside, "rb", buffering=0) as source:
            done = pool.submit(_write_all, work, outside)
            while data := source.read(BLOCK):
                yield data
        done.result()


def _write_all(work: Callable[[Writable], None], descriptor: int) -> None:
    with open(descriptor, "wb", buffering=BLOCK) as pipe:
        work(pipe)


class Whole:
    """A raw file whose writes take all of the bytes."""

    def __init__(self, raw: RawIOBase) -> None:
        self._raw = raw

    def write(self, data: bytes) -> None:
        """Write all of the bytes."""
        rest = memoryview(data)
        while rest:
            rest = rest[self._raw.write(rest) :]
