"""Every file syscall of an upload failed once: with SIGKILL, EIO and ENOSPC.

    python tests/campaigns/syscalls.py               # every call, three faults each
    python tests/campaigns/syscalls.py --most 20     # so many of them, drawn at random
    python tests/campaigns/syscalls.py --program     # those of the age program too
    python tests/campaigns/syscalls.py --only pwrite64 --without-transaction   # the controls
    python tests/campaigns/syscalls.py --only pwrite64 --remembering

A process waits before it stores a soft copy; strace joins it, and the n-th call of one kind fails.
Afterwards the copy is there (row, event, and a file that opens to its bytes) or nothing is; who was
told an error and sends the file again gets it stored, or is told that it is stored already.
Prints one line of JSON.
"""

import argparse
import json
import os
import random
import re
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import nullcontext, suppress
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from campaigns.place import start

FORGETFUL = {"MALLOC_PERTURB_": "85"}  # as `ppid run` and the service units have it (0133)
if (
    __name__ == "__main__"
    and "--remembering" not in sys.argv
    and not FORGETFUL.items() <= os.environ.items()
):
    os.execve(sys.executable, [sys.executable, *sys.argv], os.environ | FORGETFUL)
FOLDER = start()

from django.db import DatabaseError, connections  # noqa: E402

from campaigns import engines  # noqa: E402
from office import offices, vaults  # noqa: E402
from ppid.errors import Conflict, PpidError  # noqa: E402
from ppid.office import vault, writing  # noqa: E402
from ppid.office.models import Event, SoftCopy  # noqa: E402
from ppid.office.queries.vault import faults, nobodys  # noqa: E402
from ppid.office.rebuild import check_all, check_log  # noqa: E402

ERRORS = ("error=EIO", "error=ENOSPC")
"""Not for the end of a pipe, which a system always closes: strace leaves it open, and who reads at
the other end waits for ever."""

FAULTS = ("signal=SIGKILL", *ERRORS)
TRACED = "%file,%desc,fsync,fdatasync,flock,ftruncate"
NOT_FILES = {"mmap", "poll", "ppoll", "epoll_wait", "select", "pselect6", "munmap", "eventfd2"}
"""What strace counts among the calls on descriptors and that cannot fail as a disk does."""
SIZE = 2_250_000
"""More than two blocks, so that threads hash and write."""
CANARY = b"KENARI-SYSCALL "
WAIT = 30


def document(number):
    """Return the bytes of one upload, different for each."""
    return (CANARY * (SIZE // len(CANARY)))[:SIZE] + f"nomor {number}".encode()


def uploaded(walk, item, number, fault):
    """Let a process store one document under strace; return what it told and the trace."""
    connections.close_all()
    gate, let_in = os.pipe()
    told, tell = os.pipe()
    child = os.fork()
    if child == 0:
        _store(walk, item, number, gate, tell)
    os.close(gate)
    os.close(tell)
    with tempfile.NamedTemporaryFile("r", suffix=".trace") as log:
        tracer = _joined(child, log.name, fault)
        os.write(let_in, b".")
        os.close(let_in)
        stuck = not _ended(child)
        _, status = os.waitpid(child, 0)
        tracer.wait(WAIT)
        trace = log.read()
    line = "stuck" if stuck else os.read(told, 4096).decode()
    os.close(told)
    return line, trace, status


def _ended(child):
    """Wait for the end of a process; return False if it had to be killed."""
    watched = os.pidfd_open(child)
    ended = bool(select.select([watched], [], [], WAIT)[0])
    os.close(watched)
    if not ended:
        os.kill(child, signal.SIGKILL)
    return ended


def _store(walk, item, number, gate, tell):
    try:
        os.read(gate, 1)
        vaults.store(walk, item, document(number))
        said = "stored"
    except PpidError as error:
        said = f"refused {error.codes[0]}"
    except BaseException as error:  # noqa: BLE001  whatever it is, it is told
        said = f"error {type(error).__name__} {error}"
    with suppress(OSError):  # that may be the call that fails
        os.write(tell, said.encode())
    os._exit(0)


def _joined(child, log, fault):
    """Start strace on a process; return it when it has joined."""
    inject = [f"--inject={fault}"] if fault else []
    tracer = subprocess.Popen(
        ["strace", "-f", "-p", str(child), "-o", log, f"--trace={TRACED}", *inject],
        stderr=subprocess.PIPE,
        text=True,
    )
    select.select([tracer.stderr], [], [], WAIT)
    said = tracer.stderr.readline()
    if "attached" not in said:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        raise PermissionError(f"strace may not join a process here: {said.strip()}")
    return tracer


def calls_of(trace):
    """Return how often each file syscall was made by the thread that made it most often.

    strace counts for each thread by itself, so the n-th call fails in all that come so far.
    """
    made = Counter(re.findall(r"^(\d+) +([a-z0-9_]+)\(", trace, re.MULTILINE))
    most = {}
    for (_, name), count in made.items():
        if name not in NOT_FILES:
            most[name] = max(count, most.get(name, 0))
    return most


def judged(walk, item, number, line):
    """Return whether the upload is there, and every complaint about the state it left."""
    complaints = ["it did not end"] if line == "stuck" else []
    soon = walk.now + timedelta(days=36_500)
    for one in nobodys(before=soon):
        vault.storage().remove(one.name)
    vault.storage().sweep(before=soon)
    if vaults.names() != sorted(SoftCopy.objects.values_list("name", flat=True)):
        complaints.append("files and rows do not agree")
    rows, events = SoftCopy.objects.count(), Event.objects.filter(kind="document.stored").count()
    complaints += [] if rows == events else [f"{rows} rows, {events} events"]
    complaints += [str(one) for one in check_log(walk.body.pk)]
    newest = SoftCopy.objects.order_by("-pk").first()
    there = newest is not None and vaults.content(newest) == document(number)
    if line == "stored" and not there:
        complaints.append("acknowledged, and not there")
    files = [path for path in FOLDER.rglob("*") if path.is_file()]
    complaints += [f"plain bytes in {one.name}" for one in files if CANARY in one.read_bytes()]
    return there, complaints + _again(walk, item, number, there=there)


def _again(walk, item, number, *, there):
    """Send the file once more, without faults."""
    try:
        vaults.store(walk, item, document(number))
    except Conflict as error:
        return [] if there and error.codes == ("copy_exists",) else [f"again: {error.codes}"]
    return ["stored twice"] if there else []


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--most", type=int, default=0)
    parser.add_argument("--only", default="")
    parser.add_argument("--remembering", action="store_true")
    parser.add_argument("--without-transaction", action="store_true")
    parser.add_argument("--seed", type=int, default=0)
    engines.add_choice(parser)
    arguments = parser.parse_args()
    random.seed(arguments.seed)
    engine = engines.choose(arguments)
    began = time.monotonic()
    walk = offices.office("panggilan")
    item = offices.item_in(walk, offices.case_in(walk))
    vaults.recovery_key(walk)
    vaults.store(walk, item, b"supaya semuanya pernah dipakai")
    if arguments.without_transaction:
        writing.transaction.atomic = lambda *args, **options: nullcontext()
    line, trace, _ = uploaded(walk, item, 0, "")
    complaints = [] if line == "stored" else [f"without a fault: {line}"]
    calls = calls_of(trace)
    todo = [
        f"{name}:{fault}:when={n}"
        for name, count in sorted(calls.items())
        for n in range(1, count + 1)
        for fault in FAULTS
        if not (arguments.program and name == "close" and fault in ERRORS)
    ]
    todo = [one for one in todo if arguments.only in one]
    if arguments.most and arguments.most < len(todo):
        todo = random.sample(todo, arguments.most)
    outcomes, odd, done = Counter(), Counter(), 0
    for done, fault in enumerate(todo, start=1):
        if complaints:
            break
        found = _tried(walk, item, done, fault)
        outcomes[found["outcome"]] += 1
        odd[found["odd"]] += 1
        complaints = [f"{fault}: {one}" for one in found["complaints"]]
        print(f"{done} of {len(todo)} {fault}: {found['said']}", file=sys.stderr)
    if not complaints:
        complaints = [str(one) for one in (*check_all().findings, *faults())]
    result = {
        "engine": engine,
        "calls": sum(calls.values()),
        "kinds": len(calls),
        "faults": done,
        "outcomes": dict(outcomes),
        "errors without a sentence": {name: n for name, n in odd.items() if name},
        "seconds": round(time.monotonic() - began, 1),
        "complaints": complaints[:10],
    }
    print(json.dumps(result))
    connections.close_all()
    shutil.rmtree(FOLDER)
    return 1 if complaints else 0


def _tried(walk, item, number, fault):
    """Try one fault; return how it ended."""
    line, _, status = uploaded(walk, item, number, fault)
    try:
        there, complaints = judged(walk, item, number, line)
    except (PpidError, DatabaseError) as error:
        there, complaints = False, [str(error)]
    killed = os.WIFSIGNALED(status)
    outcome = f"{'killed' if killed else line.split(' ')[0]}, {'after' if there else 'before'}"
    odd = " ".join(line.split()[1:2]) if line.startswith("error") else ""
    return {"outcome": outcome, "odd": odd, "complaints": complaints, "said": line or outcome}


if __name__ == "__main__":
    sys.exit(main())
