"""Let a process of its own read what was uploaded: without network, keys, or much of anything.

What parses or renders a stranger's file may be broken by it. So it happens in a child process that
lives for one job: an environment without anything of ours, no network, no file but the program's
own and a private folder that is removed, limits on memory, time and output (ppid.vault.cell). Bytes
go in and come out as files in memory. However the child ends, the caller gets its answer or a
finding.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from ppid.errors import BadInput, Finding
from ppid.vault.cell import DONE, FOUND, OVER_LIMIT
from ppid.vault.memory import held, in_memory, is_sealed, sealed
from ppid.vault.streams import Readable

MIB = 1 << 20
IN_MEMORY = Path("/dev/shm")  # noqa: S108  the private folder of each job is made below it
FOLDERS: tuple[str, ...] = ()
"""Where to look for jobs beside the program itself; the tests have some."""
OF_LIMITS = {signal.SIGXCPU, signal.SIGXFSZ}


@dataclass(frozen=True, slots=True)
class Limits:
    """What a job may use. memory, output, source: bytes; seconds: of the wall clock and the CPU."""

    memory: int = 512 * MIB
    output: int = 512 * MIB
    source: int = 512 * MIB
    seconds: int = 30
    files: int = 64

    def as_resources(self) -> dict[str, int]:
        """Return the limits of the process, as ppid.vault.cell takes them."""
        return {
            "AS": self.memory,
            "CPU": self.seconds,
            "FSIZE": self.output,
            "NOFILE": self.files,
            "CORE": 0,
        }


@dataclass(frozen=True, slots=True)
class Done:
    """What a job has done. said: its answer (JSON); file: what it wrote, sealed, in memory."""

    said: Any
    file: BinaryIO


def work_apart(
    job: str,
    source: Readable,
    *,
    asked: Mapping[str, Any] | None = None,
    limits: Limits | None = None,
) -> Done:
    """Return what a job makes of the source, in a process of its own.

    job: the name of a module with `work` (ppid.vault.cell), as in "ppid.vault.watermark". source: a
    sealed file in memory is handed on as it is, anything else is read into one. asked: JSON.
    Raises BadInput: what the job found; `apart_slow`, `apart_over_limit`, `apart_failed`,
    `file_too_large`.
    """
    limits = limits or Limits()
    given = _as_sealed(source, limits)
    made, reply = in_memory(), in_memory()
    try:
        status = _run(job, (given, made, reply), asked=dict(asked or {}), limits=limits)
        answer = _answer(reply, status)
    except BaseException:
        made.close()
        raise
    finally:
        reply.close()
        if given is not source:
            given.close()
    return Done(answer["said"], sealed(made))


def _as_sealed(source: Readable, limits: Limits) -> BinaryIO:
    if hasattr(source, "fileno") and is_sealed(source):
        source.seek(0)
        return source
    return held(source, most=limits.source)


def _run(job: str, files: tuple[BinaryIO, ...], *, asked: dict[str, Any], limits: Limits) -> int:
    """Return the status with which the job ended. Raises BadInput: `apart_slow`, `apart_failed`."""
    numbers = [one.fileno() for one in files]
    words = [*map(str, numbers), json.dumps(limits.as_resources()), *FOLDERS]
    command = [sys.executable, "-I", "-B", "-X", "utf8", "-m", "ppid.vault.cell", job, *words]
    with tempfile.TemporaryDirectory(prefix="ppid-", dir=_private_folder()) as folder:
        process = _started(command, folder, keeping=numbers)
        try:
            process.communicate(json.dumps(asked).encode(), timeout=limits.seconds)
        except subprocess.TimeoutExpired:
            raise BadInput(_slow(limits.seconds)) from None
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.communicate()
    return process.returncode


def _started(command: list[str], folder: str, *, keeping: list[int]) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(
            command,
            cwd=folder,
            env={"HOME": folder},  # else Python asks the system whose home it is
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,  # a traceback may quote the document
            pass_fds=keeping,
            start_new_session=True,
        )
    except OSError as error:
        raise BadInput(_failed()) from error


def _private_folder() -> Path | None:
    """Return where private folders are made: in memory where the machine has such a place."""
    return IN_MEMORY if os.access(IN_MEMORY, os.W_OK) else None


def _answer(reply: BinaryIO, status: int) -> dict[str, Any]:
    """Return what the job replied. Raises BadInput."""
    if -status in OF_LIMITS:
        raise BadInput(OVER_LIMIT)
    reply.seek(0)
    try:
        answer = json.loads(reply.read(MIB)) if status in (DONE, FOUND) else None
    except ValueError:
        answer = None
    if status == FOUND and answer:
        raise BadInput(*(Finding(**one) for one in answer["findings"]))
    if status != DONE or answer is None:
        raise BadInput(_failed())
    return answer


def _slow(seconds: int) -> Finding:
    text = f"Berkas ini tidak dapat diolah: pengolahnya belum selesai setelah {seconds} detik."
    return Finding("apart_slow", text, hint="Perkecil atau pecah berkas itu, lalu coba lagi.")


def _failed() -> Finding:
    text = "Berkas ini tidak dapat diolah: pengolahnya berhenti di tengah jalan."
    return Finding("apart_failed", text, hint="Simpan ulang berkas itu dari programnya.")
