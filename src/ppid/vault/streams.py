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
from queue import Queue
from threading import Thread
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


class HashingAside:
    """A thread that hashes while another reads, seals and writes; for small files none is started.

    hashlib lets go of the interpreter while it works, so two processors are busy. What waits is
    bounded: WAITING batches of BATCH bytes.
    """

    BATCH, WAITING = 1 << 18, 4

    def __init__(self) -> None:
        self._work: Queue[tuple[Hasher, list[bytes]] | None] = Queue(self.WAITING)
        self._thread: Thread | None = None

    def __enter__(self) -> "HashingAside":
        return self

    def __exit__(self, *_: object) -> None:
        """Wait until all is hashed, also when what was to be hashed has failed."""
        if self._thread:
            self._work.put(None)
            self._thread.join()

    def update(self, hasher: "Hasher", batch: list[bytes]) -> None:
        """Hash these bytes soon, after those of the same hasher before."""
        if self._thread is None:
            self._thread = Thread(target=self._run, name="vault-hash", daemon=True)
            self._thread.start()
        self._work.put((hasher, batch))

    def _run(self) -> None:
        while work := self._work.get():
            hasher, batch = work
            for data in batch:
                hasher.update(data)


class Hasher(Protocol):
    """What hashes, in the order in which it is given bytes."""

    def update(self, data: bytes, /) -> None:
        """Hash more bytes."""

    def hexdigest(self) -> str:
        """Return the hash so far."""


class Meter:
    """What has passed: counted and hashed; and the first error that the stream raised.

    hashing: False where nobody asks for the digest. aside: who hashes meanwhile; the digest is then
    asked for after that has ended.
    """

    def __init__(self, *, hashing: bool = True, aside: HashingAside | None = None) -> None:
        self._hashing = hashing
        self._aside = aside
        self._hash: Hasher = hashlib.sha256()
        self._batch: list[bytes] = []
        self._waiting = 0
        self._size = 0
        self.failed: BaseException | None = None

    def digest(self) -> Digest:
        """Return size and hash of what has passed so far."""
        for data in self._batch:
            self._hash.update(data)
        self._batch, self._waiting = [], 0
        return Digest(self._size, self._hash.hexdigest())

    def count(self, data: bytes) -> None:
        """Count bytes that passed."""
        if not self._hashing:
            return
        self._size += len(data)
        if self._aside is None:
            self._hash.update(data)
            return
        self._batch.append(data)
        self._waiting += len(data)
        if self._waiting >= HashingAside.BATCH:
            self._aside.update(self._hash, self._batch)
            self._batch, self._waiting = [], 0


class MeteredSource(Meter):
    """A source that is read in blocks and counted."""

    def __init__(
        self, source: Readable, *, hashing: bool = True, aside: HashingAside | None = None
    ) -> None:
        super().__init__(hashing=hashing, aside=aside)
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

    def __init__(
        self, target: Writable, *, hashing: bool = True, aside: HashingAside | None = None
    ) -> None:
        super().__init__(hashing=hashing, aside=aside)
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
    with HashingAside() as aside:
        meter = Meter(aside=aside)
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
