"""The inside of a process set apart: it gives up network, files and memory, then does one job.

    python -I -m ppid.vault.cell JOB SOURCE TARGET REPLY LIMITS [FOLDER...]

A job is a module with `work(source, target, asked)`: two binary files and what was asked (JSON);
what it returns (JSON) goes back. Before a job's module is loaded the process has no network and no
files but the program's own and its private folder. Imports neither Django nor keys.
"""

import ctypes
import errno
import importlib
import json
import mimetypes
import os
import resource
import sys
import tempfile
from collections.abc import Mapping, Sequence
from typing import Any, BinaryIO

from ppid.errors import Finding, PpidError
from ppid.vault import landlock

NEW_USER, NEW_NETWORK = 0x10000000, 0x40000000
DONE, FOUND = 0, 3
FULL = {errno.EFBIG, errno.EMFILE, errno.ENOSPC, errno.ENOMEM}
SYSTEM_PATHS = ("/usr", "/lib", "/lib64", "/etc/ld.so.cache", "/dev/null", "/dev/urandom")
OVER_LIMIT = Finding(
    "apart_over_limit",
    "Berkas ini tidak dapat diolah: pengolahnya memerlukan lebih banyak daripada batasnya.",
    hint="Perkecil atau pecah berkas itu, lalu coba lagi.",
)


def confine(limits: Mapping[str, int]) -> dict[str, Any]:
    """Give up what the job does not need, for good; return what this machine let us give up.

    limits: RLIMIT names without their first part ("AS") -> the most. In the answer "network" says
    how the network was closed ("namespace", or empty), "landlock" its version, 0 for none.
    """
    os.umask(0o077)
    network = no_network()
    tempfile.tempdir = os.getcwd()
    mimetypes.knownfiles.clear()  # openpyxl would read them, and may not
    program = {os.path.realpath(one) for one in (*sys.path, sys.prefix, sys.base_prefix) if one}
    known = landlock.give_up(reading=(*SYSTEM_PATHS, *program), writing=(os.getcwd(),))
    for name, most in limits.items():
        resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (most, most))
    return {"network": network, "landlock": known}


def no_network() -> str:
    """Move to a network of its own, without any interface; return how, empty if refused."""
    unshare = ctypes.CDLL(None, use_errno=True).unshare
    if unshare(NEW_NETWORK) == 0 or unshare(NEW_USER | NEW_NETWORK) == 0:
        return "namespace"
    return ""


def answer(job: str, source: BinaryIO, target: BinaryIO, *, asked: Mapping[str, Any]) -> Any:
    """Return what the job says, or raise its PpidError; `apart_over_limit` for what is too much."""
    try:
        said = importlib.import_module(job).work(source, target, asked)
        target.flush()
    except MemoryError:
        raise PpidError(OVER_LIMIT) from None
    except OSError as error:
        if error.errno in FULL:
            raise PpidError(OVER_LIMIT) from error
        raise
    return said


def main(words: Sequence[str]) -> int:
    """Do the job that the words name; return the exit status. See the module."""
    job, source, target, reply, limits, *folders = words
    sys.path += folders
    asked = json.load(sys.stdin)
    closed = confine(json.loads(limits))
    with (
        open(int(source), "rb") as given,
        open(int(target), "w+b") as made,
        open(int(reply), "w", encoding="utf-8") as replies,
    ):
        try:
            said = answer(job, given, made, asked=asked | {"closed": closed})
        except PpidError as error:
            json.dump({"findings": [one.as_dict() for one in error.findings]}, replies)
            return FOUND
        json.dump({"said": said}, replies)
    return DONE


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
