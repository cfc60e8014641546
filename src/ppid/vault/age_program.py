"""The `age` program of this machine: it seals and opens large files faster than pyrage does.

    age --encrypt -r age1... -r age1...      plain bytes in, sealed bytes out
    age --decrypt -i /dev/fd/5               the reverse; 5 is a file in memory with the identities

Started by its absolute path, without a shell, with an environment of our own. No key stands in its
arguments or on a disk; what it says is not shown. It ends with us: its source breaks off then. Why
it is used, and what it may not decide: docs/decisions/0137.
"""

import io
import os
import shutil
import stat
import subprocess
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import IO

import pyrage

from ppid.vault.memory import Beside, in_memory, unchanging
from ppid.vault.streams import BLOCK, Readable, Whole, Writable, blocks_of, widen

Hearing = Callable[[bytes], object]

NAME = "age"
ALONE = {"GOMAXPROCS": "1"}
"""Its whole environment: on one processor it needs half the memory and a quarter less time of it,
and the other is for the hashes."""

PROBE = b"ppid"
ON_ITS_OWN = (io.FileIO, io.BufferedWriter, io.BufferedRandom)


class NotStarted(Exception):
    """The program could not be started; nothing has been read or written."""


class Failed(Exception):
    """The program did not do its part. code: 1 if it says so itself; below 0 the signal."""

    def __init__(self, code: int) -> None:
        super().__init__(f"age ended with {code}")
        self.code = code


def installed() -> str:
    """Return the absolute path of the program that bears the name; "" if there is none."""
    found = shutil.which(NAME) or ""
    return found if os.path.isabs(found) else ""


@cache
def usable() -> str:
    """Return the path of the program if it seals and opens here as pyrage does; else "".

    Tried once in each process: another program may bear the name, or the machine bar it.
    """
    path, identity = installed(), pyrage.x25519.Identity.generate()
    sealed, opened = io.BytesIO(), io.BytesIO()
    try:
        seal(path, io.BytesIO(PROBE), sealed, recipients=[str(identity.to_public())], hear=len)
        file = io.BytesIO(sealed.getvalue())
        unseal(path, file, opened, identities=[str(identity)], hear=len)
        theirs = pyrage.decrypt(sealed.getvalue(), [identity])
    except (NotStarted, Failed, pyrage.DecryptError):
        return ""
    return path if theirs == opened.getvalue() == PROBE else ""


def seal(
    path: str, source: Readable, target: Writable, *, recipients: Sequence[str], hear: Hearing
) -> None:
    """Seal the source to every recipient. Hearing and raising are as for `_run`."""
    to = [word for one in recipients for word in ("-r", one)]
    _run([path, "--encrypt", *to], source, target, hear=hear)


def unseal(
    path: str, source: Readable, target: Writable, *, identities: Sequence[str], hear: Hearing
) -> None:
    """Open a sealed source; what is written may be used only after this. Otherwise as `seal`."""
    with in_memory() as keys:
        keys.write("".join(f"{one}\n" for one in identities).encode("ascii"))
        place = keys.fileno()
        command = [path, "--decrypt", "-i", f"/dev/fd/{place}"]
        _run(command, source, target, hear=hear, keep=[place])


def _run(
    command: Sequence[str],
    source: Readable,
    target: Writable,
    *,
    hear: Hearing,
    keep: Sequence[int] = (),
) -> None:
    """Let the program turn the source into the target, and wait for its end.

    hear: is told what the program reads, in blocks. The program reads a source that nobody can
    change by itself, and writes a file or a pipe by itself. Raises NotStarted, Failed; whatever
    source or target raises. The program is gone then.
    """
    still, direct = unchanging(source), _descriptor(target)
    blocks = blocks_of(source if still is None else Beside(still))
    child = _started(command, stdin=still, stdout=direct, keep=keep)
    with ThreadPoolExecutor(1, thread_name_prefix="vault-age") as aside:
        try:
            taking = aside.submit(_take, child.stdout, target) if child.stdout else None
            fed = _feed(child.stdin, blocks, hear)
        except BaseException:
            child.kill()
            raise
        finally:
            _end(child)
    if taking:
        taking.result()
    if child.returncode or not fed or not _at_its_end(still):
        _demand_room(direct)
        raise Failed(child.returncode)


def _started(
    command: Sequence[str], *, stdin: int | None, stdout: int | None, keep: Sequence[int]
) -> subprocess.Popen[bytes]:
    """Start it, with a pipe for each end that it does not read or write by itself."""
    try:
        child = subprocess.Popen(
            command,
            bufsize=0,
            stdin=subprocess.PIPE if stdin is None else stdin,
            stdout=subprocess.PIPE if stdout is None else stdout,
            stderr=subprocess.DEVNULL,
            env=ALONE,
            cwd="/",
            pass_fds=keep,
        )
    except OSError as error:
        raise NotStarted from error
    for pipe in filter(None, (child.stdin, child.stdout)):
        widen(pipe.fileno())
    return child


def _feed(pipe: IO[bytes] | None, blocks: Iterator[bytes], hear: Hearing) -> bool:
    """Write and tell all blocks; return False if the program wants no more of them."""
    for block in blocks:
        try:
            if pipe:
                Whole(pipe).write(block)
        except BrokenPipeError:
            return False
        hear(block)
    return True


def _at_its_end(still: int | None) -> bool:
    """Return whether the program has read all of what it reads by itself."""
    return still is None or os.lseek(still, 0, os.SEEK_CUR) == os.fstat(still).st_size


def _take(pipe: IO[bytes], target: Writable) -> None:
    """Write all that comes; an error ends the pipe, and so the program."""
    with pipe:
        while block := pipe.read(BLOCK):
            target.write(block)


def _end(child: subprocess.Popen[bytes]) -> None:
    """Let the program see the end of its source, and wait for its own."""
    try:
        if child.stdin:
            child.stdin.close()
    except OSError:
        child.kill()
        raise
    finally:
        child.wait()


def _descriptor(target: Writable) -> int | None:
    """Return what the program may write to by itself, None for what only takes it from us."""
    if not isinstance(target, ON_ITS_OWN):
        return None
    target.flush()
    return target.fileno()


def _demand_room(direct: int | None) -> None:
    """Raise the error of a file that takes no more; the program does not tell it apart."""
    if direct is not None and not stat.S_ISFIFO(os.fstat(direct).st_mode):
        rest = memoryview(bytes(BLOCK))
        while rest:
            rest = rest[os.write(direct, rest) :]
