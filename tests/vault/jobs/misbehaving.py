"""A job for the tests that does what a broken or hostile file could make a parser do."""

import os
import signal
import socket
import sys
import time
from pathlib import Path

from ppid.errors import BadInput, Finding


def connect(where):
    with socket.socket(getattr(socket, where[0]), socket.SOCK_STREAM) as one:
        one.connect(tuple(where[1]) if isinstance(where[1], list) else where[1])


def sleep(seconds):
    print("rahasia", file=sys.stderr)
    os.spawnlp(os.P_NOWAIT, "sleep", "sleep", str(seconds))
    time.sleep(seconds)


ACTS = {
    "hang": sleep,
    "spin": lambda _: list(iter(int, 1)),
    "crash": lambda _: os.kill(os.getpid(), signal.SIGSEGV),
    "leave": lambda status: os._exit(status),
    "stumble": lambda _: {}["rahasia"],
    "refuse": lambda code: (_ for _ in ()).throw(BadInput(Finding(code, "Tidak."))),
    "hoard": bytearray,
    "open": lambda count: [os.dup(0) for _ in range(count)],
    "read": lambda path: Path(path).read_bytes().decode(),
    "list": os.listdir,
    "make": lambda path: Path(path).write_text("jejak"),
    "connect": connect,
    "kill": lambda process: os.kill(process, signal.SIGTERM),
    "variables": lambda _: sorted(os.environ),
    "modules": lambda _: sorted(sys.modules),
    "folder": lambda _: os.getcwd(),
}


def work(source, target, asked):
    for act, of in asked.items():
        if act == "write":
            target.write(bytes(of))
        elif act == "copy":
            target.write(source.read())
        elif act == "spoil":
            os.write(source.fileno(), b"lain")
        elif act in ACTS:
            try:
                return ACTS[act](of)
            except OSError as error:
                if act in ("open", "hoard"):
                    raise
                return error.__class__.__name__
    return "selesai"
