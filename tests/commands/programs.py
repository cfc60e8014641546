"""The program as a person runs it: a process with a data folder, its words and its exit code."""

import atexit
import os
import re
import resource
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from commands.zygote import Zygote

ROOT = Path(__file__).resolve().parents[2]
WAIT_SECONDS = 60


@dataclass(frozen=True)
class Done:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def errors(self) -> list[str]:
        """The sentences of its errors."""
        return re.findall(r"^ppid: kesalahan: (.*)$", self.err, re.MULTILINE)


def environment(data, **more):
    """The variables of a process with this data folder, and nothing else of the program's."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PPID_")}
    kept.pop("DJANGO_SETTINGS_MODULE", None)
    return kept | {"PPID_DATA": str(data), "PPID_ASSETS": "source"} | more


def untraced(variables):
    """The variables of a process that coverage leaves alone."""
    return {name: one for name, one in variables.items() if "COVERAGE" not in name}


def command(*args):
    return [sys.executable, "-m", "ppid.cli", *map(str, args)]


def ppid(*args, data, largest_file=resource.RLIM_INFINITY, traced=True, **more) -> Done:
    """Run a command to its end, in a process that has the libraries already (commands.zygote).

    largest_file: in bytes; beyond it the disk is as good as full. traced: for coverage, which takes
    as long as the program itself.
    """
    variables = environment(data, **more)
    if not traced or largest_file != resource.RLIM_INFINITY:  # what is measured needs a disk
        variables = untraced(variables)
    return Done(*_zygote().run([*map(str, args)], variables, largest=largest_file))


@cache
def _zygote() -> Zygote:
    zygote = Zygote()
    atexit.register(zygote.end)
    return zygote


@contextmanager
def started(*args, data, traced=True, **more):
    """A command that goes on until the end of the block; then it has ended, one way or another."""
    variables = environment(data, **more)
    process = subprocess.Popen(
        command(*args),
        cwd=ROOT,
        env=variables if traced else untraced(variables),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def end(process):
    """Ask a process to end, and return its exit code."""
    process.send_signal(signal.SIGTERM)
    return process.wait(WAIT_SECONDS)


def refused(done: Done, *words: str, hint: bool = True) -> bool:
    """Whether it ended as a person's mistake should: exit 1, a sentence, what to do, no traceback.

    words: what the sentence must name. hint: whether it says what to do beyond the sentence.
    """
    said = "\n".join(done.errors)
    return (
        (done.code, "Traceback" in done.err) == (1, False)
        and said != ""
        and all(word in said for word in words)
        and (not hint or "ppid: saran: " in done.err)
    )


def sql(file, *statements):
    """Run statements on an SQLite file, as somebody with the file at hand would."""
    with closing(sqlite3.connect(file)) as connection, connection:
        rows = [connection.execute(statement).fetchall() for statement in statements]
    return rows[-1]


def contents(folder):
    """Name -> size of everything in a folder, the write-ahead files of SQLite left out."""
    return {
        str(path.relative_to(folder)): path.stat().st_size
        for path in folder.rglob("*")
        if path.is_file() and not path.name.endswith(("-wal", "-shm"))
    }
