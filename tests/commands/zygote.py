"""A process that has imported the libraries once, and becomes a command as often as one is asked.

    python tests/commands/zygote.py SOCKET    # lives as long as its standard input

What it imports before is what no command may change: other people's libraries, and the packages
that know neither settings nor data. Whatever reads the environment is imported by the command
itself, so a command sees its own variables, folder, streams and limits, is traced for coverage as
a process of its own, and ends as a process does. What it saves is the half second of imports.
"""

import json
import os
import resource
import select
import signal
import socket
import subprocess
import sys
import tempfile
from contextlib import suppress
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WAIT_SECONDS = 300
FIRST = "ppid.config.driver"  # before any database is opened
BEFORE = """
coverage.control click Sastrawi.Stemmer.StemmerFactory asyncio importlib.metadata sqlparse
ctypes getpass
cryptography.hazmat.primitives.asymmetric.types
cryptography.hazmat.primitives.serialization cryptography.hazmat.primitives.ciphers.aead
pikepdf pyrage typst defusedxml.ElementTree django_stubs_ext django_tasks csp.constants
django.conf django.http django.urls django.urls.resolvers django.forms django.db.models
django.db.migrations.loader django.db.backends.sqlite3.base django.core.management
django.core.management.commands.migrate django.core.handlers.wsgi django.contrib.auth
django.contrib.auth.hashers django.contrib.staticfiles.finders django.contrib.syndication.views
django.core.cache.backends.filebased django.core.mail django.views.debug django.views.generic
ppid.law.retention ppid.law.term ppid.law.consequence_test ppid.law.determination ppid.law.grounds
ppid.sop.load ppid.sop.case ppid.sop.run ppid.ledger.verify ppid.ledger.witness
"""


def serve(address: str) -> None:
    """Become a command for each connection, until standard input ends."""
    with suppress(ImportError):  # nobody measures coverage
        import_module("coverage")
    for name in (FIRST, *BEFORE.split()):
        import_module(name)
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(address)
    listener.listen()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    while sys.stdin not in (ready := select.select([listener, sys.stdin], [], [], 5)[0]):
        _reap()
        if ready:
            connection = listener.accept()[0]
            if os.fork() == 0:
                listener.close()
                _answer(connection)
            connection.close()


def _reap() -> None:
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _answer(connection: socket.socket) -> None:
    """In a child: let another one become the command, and tell its exit code."""
    asked = json.loads(connection.makefile("rb").readline())
    child = os.fork()
    if child:
        status = os.waitpid(child, 0)[1]
        connection.sendall(b"%d\n" % os.waitstatus_to_exitcode(status))
        os._exit(0)
    connection.close()
    _become(**asked)


def _become(args: list[str], variables: dict[str, str], out: str, err: str, largest: int) -> None:
    """Be the command to its end, which comes after WAIT_SECONDS at the latest."""
    signal.alarm(WAIT_SECONDS)
    os.environ.clear()
    os.environ.update(variables)
    for place, mode, descriptor in (
        (os.devnull, os.O_RDONLY, 0),
        (out, os.O_WRONLY, 1),
        (err, os.O_WRONLY, 2),
    ):
        opened = os.open(place, mode)
        os.dup2(opened, descriptor)
        os.close(opened)
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest, resource.RLIM_INFINITY))
    sys.argv = ["ppid", *args]
    if "COVERAGE_PROCESS_CONFIG" in variables:
        import_module("coverage").process_startup()
    import_module("ppid.cli").main()


class Zygote:
    """The process, seen from a test run; it ends with it."""

    def __init__(self) -> None:
        self.folder = tempfile.TemporaryDirectory(prefix="ppid-zygote-")
        self.address = f"{self.folder.name}/socket"
        self.process = subprocess.Popen(
            [sys.executable, __file__, self.address],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            env={name: one for name, one in os.environ.items() if "COVERAGE" not in name},
        )
        self.process.stdout.readline()

    def run(self, args, variables, *, largest) -> tuple[int, str, str]:
        """Return exit code (below 0: the signal that ended it), output and errors of a command."""
        with tempfile.TemporaryDirectory(dir=self.folder.name) as folder:
            streams = [Path(folder, name) for name in ("out", "err")]
            for one in streams:
                one.touch()
            out, err = map(str, streams)
            asked = {"args": args, "variables": variables, "out": out, "err": err}
            with socket.socket(socket.AF_UNIX) as connection:
                connection.connect(self.address)
                connection.sendall(json.dumps(asked | {"largest": largest}).encode() + b"\n")
                code = int(connection.makefile().readline())
            return code, *(one.read_text() for one in streams)

    def end(self) -> None:
        """Let it go."""
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()
        self.folder.cleanup()


if __name__ == "__main__":
    sys.path[0] = str(ROOT / "src")
    serve(sys.argv[1])
