"""Sealing and opening beside the `age` tool and bare hashing: `python bench/vault.py [MiB [N]]`.

One file of random bytes (default 1,024 MiB) is sealed into a folder and opened again into memory,
as the office does, each in a process of its own; best of N rounds (default 3). "seal" takes it from
memory, as an upload waits there, "seal a file" from the disk. The first lines are ours with the
`age` program as a child, "pyrage" ours without it. Processor time and peak memory are those of our
process and of its children together.

"age" is the public tool with the same two recipients: from a file to a file, and opened into
memory. What we seal is durable when we say so; "age seal, sync" is the tool with what it wrote
synced; "age open, nowhere" keeps nothing of it. "sha256" is reading the file and hashing it.
"""

import json
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from io import FileIO
from pathlib import Path
from uuid import uuid4

from ppid.vault import age, age_program
from ppid.vault.copies import SealedCopy, open_copy, reseal_copy, seal_copy
from ppid.vault.folder import Folder
from ppid.vault.memory import held, in_memory
from ppid.vault.streams import Digest, digest_of

LEAST_OF_AGE, MOST_MIB, ROUNDS = 0.8, 64, 3
HERE = Path(__file__).resolve()


def seal(folder, keys, source):
    return seal_copy(
        source,
        document=uuid4(),
        version=1,
        storage=Folder(folder / "vault"),
        recipients=[age.recipient_of(one) for one in keys],
    )


def uploaded(path):
    """Return the file as an upload waits: in memory, where nobody can change it."""
    with path.open("rb") as source:
        return held(source, most=sys.maxsize)


def opened(folder, keys, copy):
    with in_memory() as target:
        open_copy(copy, target, storage=Folder(folder / "vault"), identities=keys[:1])
    return copy


def resealed(folder, keys, copy):
    recipients = [age.recipient_of(one) for one in keys]
    storage = Folder(folder / "vault")
    return reseal_copy(copy, storage=storage, identities=keys[:1], recipients=recipients)


SOURCES = {"seal": uploaded, "seal a file": FileIO}
ACTS = {"seal": seal, "seal a file": seal, "open": opened, "reseal": resealed}


def act(engine, name, folder, keys, *about):
    """Do one act, in a process of its own; print what it made, its seconds and its peak MiB."""
    if engine == "pyrage":
        age_program.usable = str
    source = [SOURCES[name](Path(folder) / "plain")] if name in SOURCES else []
    age_program.usable()  # tried once in each process, as the office's are that go on for days
    sums, over = [0], threading.Event()
    looking = threading.Thread(target=look_after_children, args=(sums, over))
    looking.start()
    began, before = time.monotonic(), cpu() + cpu(resource.RUSAGE_CHILDREN)
    copy = ACTS[name](Path(folder), keys.split(","), *source, *(_copy(one) for one in about))
    seconds, used = time.monotonic() - began, cpu() + cpu(resource.RUSAGE_CHILDREN) - before
    over.set()
    looking.join()
    peak = memory("self") + max(sums)
    print(json.dumps({"seconds": seconds, "cpu": used, "mib": peak, "copy": _text(copy)}))


def look_after_children(sums, over):
    """Add the memory of the children of now to the list, again and again."""
    while not over.wait(0.02):
        with suppress(FileNotFoundError):
            sums.append(sum(memory(one) for one in children()))


def children():
    for task in Path("/proc/self/task").iterdir():
        for child in (task / "children").read_text().split():
            with suppress(FileNotFoundError):
                if (
                    Path(f"/proc/{child}/comm").read_text() == "age\n"
                ):  # begun, no longer one of ours
                    yield child


def memory(process):
    """Return the peak of a process's memory so far, in MiB; of ours the interpreter included."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM:")), 0) / 1024


def cpu(who=resource.RUSAGE_SELF):
    """Return the seconds of processor time so far."""
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime


def _text(copy):
    parts = (copy.document, copy.version, copy.name, copy.plain.size, copy.plain.sha256)
    return "|".join(map(str, (*parts, copy.sealed.size, copy.sealed.sha256)))


def _copy(text):
    document, version, name, size, sha256, sealed, sealed_sha256 = text.split("|")
    plain = Digest(int(size), sha256)
    return SealedCopy(document, int(version), name, plain, Digest(int(sealed), sealed_sha256))


def in_process(engine, name, folder, keys, *about):
    done = subprocess.run(
        [sys.executable, HERE, engine, name, folder, ",".join(keys), *about],
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def tool(*arguments, to=None):
    """Run the age tool; return its seconds, those of its CPU, and its peak memory."""
    began, peak = time.monotonic(), 0
    process = subprocess.Popen(["age", *map(str, arguments)], stdout=to)
    done = 0
    while not done:
        with suppress(FileNotFoundError):
            peak = max(peak, memory(process.pid))
        time.sleep(0.005)
        done, status, used = os.wait4(process.pid, os.WNOHANG)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, process.args)
    seconds = time.monotonic() - began
    return {"seconds": seconds, "cpu": used.ru_utime + used.ru_stime, "mib": peak}


def opened_by_tool(folder, sealed):
    with in_memory() as target:
        return tool("-d", "-i", folder / "id", sealed, to=target.fileno())


def synced(one, path):
    """Return the figures of writing a file with those of making it durable added."""
    began, before = time.monotonic(), cpu()
    with open(path, "rb") as file:
        os.fsync(file.fileno())
    more = {"seconds": time.monotonic() - began, "cpu": cpu() - before}
    return one | {name: one[name] + value for name, value in more.items()}


def hashed(file):
    began, before = time.monotonic(), cpu()
    with file.open("rb") as source:
        digest_of(source)
    return {"seconds": time.monotonic() - began, "cpu": cpu() - before}


def main(mib, rounds):
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    folder = Path(tempfile.mkdtemp(prefix="ppid-bench-"))
    try:
        return report(mib, measured(folder, mib, rounds))
    finally:
        shutil.rmtree(folder)


def measured(folder, mib, rounds):
    """Return for each the best seconds, the best CPU seconds, and the greatest memory."""
    keys = [age.generate_identity(), age.generate_identity()]
    Folder(folder / "vault").create()
    (folder / "id").write_text(keys[0] + "\n")
    with (folder / "plain").open("wb") as file:
        for _ in range(mib):
            file.write(os.urandom(1 << 20))
        os.fsync(file.fileno())
    to = [word for one in keys for word in ("-r", age.recipient_of(one))]
    best = {}
    for _ in range(rounds):
        found = one_round(folder, keys, to)
        for name, one in found.items():
            kept = best.setdefault(name, one)
            kept["mib"] = max(kept.get("mib", 0), one.get("mib", 0))
            for what in ("seconds", "cpu"):
                kept[what] = min(kept[what], one[what])
    return best


def one_round(folder, keys, to):
    """Return the figures of every contender, one after the other."""
    found = {}
    for engine, more in (("program", ""), ("pyrage", ", pyrage")):
        found[f"seal{more}"] = in_process(engine, "seal", folder, keys)
        copy = found[f"seal{more}"]["copy"]
        found[f"seal a file{more}"] = in_process(engine, "seal a file", folder, keys)
        found[f"open{more}"] = in_process(engine, "open", folder, keys, copy)
        found[f"reseal{more}"] = in_process(engine, "reseal", folder, keys, copy)
        for name in ("seal", "seal a file", "reseal"):
            one = found[f"{name}{more}"]["copy"]
            (folder / "vault" / _copy(one).name).unlink()
        os.sync()
    sealed = folder / "tool.age"
    found["age seal"] = tool(*to, "-o", sealed, folder / "plain")
    found["age seal, sync"] = synced(found["age seal"], sealed)
    found["age open"] = opened_by_tool(folder, sealed)
    found["age open, nowhere"] = tool("-d", "-i", folder / "id", sealed, to=subprocess.DEVNULL)
    sealed.unlink()
    os.sync()
    found["sha256"] = hashed(folder / "plain")
    return found


def report(mib, best):
    """Print the figures; return 1 if a bound is not kept."""
    print(f"  {mib} MiB               MiB/s  MiB per CPU second  peak MiB")
    for name, one in best.items():
        peak = f"{one['mib']:8.1f}" if one["mib"] else ""
        print(f"  {name:<21}{mib / one['seconds']:6.0f}{mib / one['cpu']:20.0f}{peak:>10}")
    pairs = {
        "seal": "age seal, sync",
        "seal a file": "age seal, sync",
        "open": "age open",
    }
    shares = {
        ours: best[theirs]["seconds"] / best[ours]["seconds"]
        for one, theirs in pairs.items()
        for ours in (one, f"{one}, pyrage")
    }
    told = ", ".join(f"{name} {share:.2f}" for name, share in shares.items())
    hasty = best["age seal"]["seconds"] / best["seal"]["seconds"]
    idle = best["age open, nowhere"]["seconds"] / best["open"]["seconds"]
    print(f"  beside age: {told}")
    print(f"  beside age that does less: seal, not synced {hasty:.2f}; open, nowhere {idle:.2f}")
    peak = max(one["mib"] for one in best.values() if "copy" in one)
    kept = min(shares["seal"], shares["open"]) >= LEAST_OF_AGE and peak <= MOST_MIB
    print(f"  {LEAST_OF_AGE} of age and at most {MOST_MIB} MiB: {'kept' if kept else 'NOT kept'}")
    return 0 if kept else 1


if __name__ == "__main__":
    if sys.argv[1:2] in (["program"], ["pyrage"]):
        act(*sys.argv[1:])
    else:
        mib, rounds = ([int(one) for one in sys.argv[1:]] + [1024, ROUNDS][len(sys.argv) - 1 :])[:2]
        sys.exit(main(mib, rounds))
