"""A job that looks around: what a process set apart can still reach. `ppid doctor` asks it."""

import os
import socket
from collections.abc import Mapping
from contextlib import closing
from typing import Any, BinaryIO


def work(source: BinaryIO, target: BinaryIO, asked: Mapping[str, Any]) -> dict[str, Any]:
    """Return which doors are open. asked: "path", a file that must not be readable.

    "network": whether there is any address to send from; "files": whether the path can be read;
    "variables": how many there are in the environment; "closed": by what the doors were closed.
    """
    return {
        "network": _reaches_out(),
        "files": os.access(asked["path"], os.R_OK) and _opens(asked["path"]),
        "variables": len(os.environ),
        "closed": asked["closed"],
    }


def _reaches_out() -> bool:
    """Return whether a datagram could leave: choosing its way sends nothing."""
    with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as one:
        try:
            one.connect(("127.0.0.1", 9))
        except OSError:
            return False
    return True


def _opens(path: str) -> bool:
    try:
        with open(path, "rb"):
            return True
    except OSError:
        return False
