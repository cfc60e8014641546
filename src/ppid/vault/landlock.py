"""Landlock (Linux 5.13 and later): a process gives up files and addresses, without being root.

What it gives up it can never take back, and neither can what it starts. The calls have no wrapper
in the C library; numbers and structures are those of <linux/landlock.h>.
"""

import ctypes
import os
from collections.abc import Iterable

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
ASK_VERSION = 1
PATH_BENEATH = 1
NO_NEW_PRIVILEGES = 38

EXECUTE, READ_FILE, READ_DIR = 1 << 0, 1 << 2, 1 << 3
READING = EXECUTE | READ_FILE | READ_DIR
ACCESSES = {1: (1 << 13) - 1, 2: 1 << 13, 3: 1 << 14, 5: 1 << 15}
"""Version of Landlock -> what it can forbid beside the earlier ones."""
OF_FILES = EXECUTE | READ_FILE | 1 << 1 | 1 << 14 | 1 << 15
TCP, SIGNALS_AND_SOCKETS = 0b11, 0b11
SIZES = {1: 8, 4: 16, 6: 24}
"""Version of Landlock -> how many bytes of the ruleset it knows: files, then TCP, then signals."""


class _Ruleset(ctypes.Structure):
    _fields_ = (("fs", ctypes.c_uint64), ("net", ctypes.c_uint64), ("scoped", ctypes.c_uint64))


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"
    _fields_ = (("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32))


_libc = ctypes.CDLL(None, use_errno=True)


def version() -> int:
    """Return the version of Landlock on this machine, 0 where there is none."""
    return max(0, _libc.syscall(CREATE_RULESET, None, ctypes.c_size_t(0), ASK_VERSION))


def give_up(*, reading: Iterable[str], writing: Iterable[str]) -> int:
    """Give up all files but these and those below them, TCP, and signals; return the version.

    Descriptors that are open stay. Paths that do not exist are passed over. Returns 0, and does
    nothing, where there is no Landlock. Raises OSError if the kernel refuses.
    """
    known = version()
    if not known:
        return 0
    everything = sum(bits for since, bits in ACCESSES.items() if since <= known)
    rules = _Ruleset(everything, TCP, SIGNALS_AND_SOCKETS)
    size = max(size for since, size in SIZES.items() if since <= known)
    ruleset = _called(CREATE_RULESET, ctypes.byref(rules), ctypes.c_size_t(size), 0)
    for path in reading:
        _allow(ruleset, path, READING)
    for path in writing:
        _allow(ruleset, path, everything)
    _libc.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    _called(RESTRICT_SELF, ruleset, 0)
    os.close(ruleset)
    return known


def _allow(ruleset: int, path: str, accesses: int) -> None:
    if not os.path.exists(path):
        return
    allowed = accesses if os.path.isdir(path) else accesses & OF_FILES
    parent = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        rule = _PathBeneath(allowed, parent)
        _called(ADD_RULE, ruleset, PATH_BENEATH, ctypes.byref(rule), 0)
    finally:
        os.close(parent)


def _called(number: int, *arguments: object) -> int:
    result = _libc.syscall(number, *arguments)
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    return int(result)
