"""Streams: sizes and hashes of what passes through, and pushing turned into pulling.

Hashing has threads of its own beside the one that reads, seals and writes.
"""

import fcntl
import hashlib
import os
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from io import RawIOBase
from queue import Queue
from threading import Thread
from typing import Protocol

BLOCK = 1 << 18
"""Bytes that are read and hashed at a time."""

PIPE = 1 << 20
"""Bytes that may wait in a pipe: the most that a system gives to everybody by default."""


class Readable(Protocol):
    """What bytes are read from."""

    def read(self, size: int, /) -> bytes:
        """Return at most `size` bytes; none at the end."""


class Writable(Protocol):
    """What bytes are written to."""

    def write(self, data: bytes, /) -> object:
        """Take all of the bytes."""


class Erasable(Writable, Protocol):
    """A target that can be emptied again, such as a file."""

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Go to a place, counted from the beginning or (2) from the end; return where that is."""

    def truncate(self) -> object:
        """Forget what is written after this place."""


@dataclass(frozen=True, slots=True)
class Digest:
    """What is known of bytes without having them. size: in bytes; sha256: 64 hex digits."""

    size: int
    sha256: str


class Aside:
    """A thread that does its work with each block in order, while others go on; it starts with the
    first whole block, so for a small file there is none.

    What takes long lets go of the interpreter (hashes, files), so two processors are busy. What
    waits is bounded.
    """

    WAITING = 8

    def __init__(self, work: Callable[[bytes], object]) -> None:
        self._work = work
        self._blocks: Queue[bytes | None] = Queue(self.WAITING)
        self._thread: Thread | None = None
        self._failed: BaseException | None = None

    def __enter__(self) -> "Aside":
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        """Wait until all is done. Raises what the work has raised, unless something else has."""
        if self._thread:
            self._blocks.put(None)
            self._thread.join()
        if self._failed and kind is None:
            raise self._failed

    def put(self, block: bytes) -> None:
        """Do the work with a block soon; nobody may change it any more. Raises as the work does."""
        if self._thread is None:
            if len(block) < BLOCK:
                self._work(block)
                return
            self._thread = Thread(target=self._run, name="vault-aside", daemon=True)
            self._thread.start()
        if self._failed:
            raise self._failed
        self._blocks.put(block)

    def _run(self) -> None:
        while (block := self._blocks.get()) is not None:
            if self._failed:
                continue  # so that who waits for room gets it
            try:
                self._work(block)
            except BaseException as error:  # noqa: BLE001  whatever it is, the other thread raises it
                self._failed = error


class Meter:
    """What has passed, counted and hashed."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()
        self._size = 0

    def count(self, data: bytes) -> None:
        """Count bytes that passed."""
        self._size += len(data)
        self._hash.update(data)

    def digest(self) -> Digest:
        """Return size and hash of what has passed so far."""
        return Digest(self._size, self._hash.hexdigest())


class Overheard:
    """A source that tells somebody what is read from it, in blocks as large as they are asked."""

    def __init__(self, source: Readable, tell: Callable[[bytes], object]) -> None:
        self._source, self._tell = source, tell

    def read(self, size: int) -> bytes:
        """Return `size` bytes; fewer only where the source ends."""
        data = read_whole(self._source, size)
        self._tell(data)
        return data


class MeteredTarget(Meter):
    """A target that is counted."""

    def __init__(self, target: Writable) -> None:
        super().__init__()
        self._target = target

    def write(self, data: bytes) -> None:
        """Pass the bytes on."""
        self._target.write(data)
        self.count(data)


def read_whole(source: Readable, size: int) -> bytes:
    """Return the next `size` bytes; fewer only where the source ends."""
    data = source.read(size)
    if len(data) == size or not data:
        return data
    parts, left = [data], size - len(data)
    while left and (data := source.read(left)):
        parts.append(data)
        left -= len(data)
    return b"".join(parts)


def blocks_of(source: Readable) -> Iterator[bytes]:
    """Yield all that can be read, in blocks of which only the last is smaller."""
    return iter(partial(read_whole, source, BLOCK), b"")


def digest_of(source: Readable) -> Digest:
    """Return size and hash of all that can be read."""
    meter = Meter()
    with Aside(meter.count) as counting:
        for block in blocks_of(source):
            counting.put(block)
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


def pulled(work: Callable[[Writable], None]) -> Generator[bytes]:
    """Yield what `work` writes, while it writes it; its error is raised at the end.

    The bytes wait in a pipe: in memory, a few blocks at most, never on a disk. Who stops reading
    early makes the next write of `work` fail, so it ends too.
    """
    inside, outside = os.pipe()
    widen(outside)
    with ThreadPoolExecutor(1, thread_name_prefix="vault") as pool:
        with open(inside, "rb", buffering=0) as source:
            done = pool.submit(_write_all, work, outside)
            while data := source.read(BLOCK):
                yield data
        done.result()


def _write_all(work: Callable[[Writable], None], descriptor: int) -> None:
    with open(descriptor, "wb", buffering=BLOCK) as pipe:
        work(pipe)


def widen(pipe: int) -> None:
    """Let more bytes wait in a pipe, where the system allows it; it is only about speed."""
    with suppress(OSError):
        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, PIPE)


class Whole:
    """A raw file whose writes take all of the bytes."""

    def __init__(self, raw: RawIOBase) -> None:
        self._raw = raw

    def write(self, data: bytes) -> None:
        """Write all of the bytes."""
        rest = memoryview(data)
        while rest:
            rest = rest[self._raw.write(rest) :]
