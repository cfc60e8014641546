"""Sealing and opening beside the `age` tool and bare hashing: `python bench/vault.py [MiB [N]]`.

One file of random bytes (default 1,024 MiB) is sealed into a folder and opened again, each in a
process of its own whose peak memory is read at its end; best of N rounds (default 3). "age" is the
public tool with the same two recipients, from a file to a file. What we seal is durable when we say
so; "age seal, sync" is the tool with what it wrote synced. "sha256" is reading the file and hashing
it.
"""

import json
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from uuid import uuid4

from ppid.vault import age
from ppid.vault.copies import SealedCopy, open_copy, reseal_copy, seal_copy
from ppid.vault.folder import Folder
from ppid.vault.streams import Digest, digest_of

LEAST_OF_AGE, MOST_MIB, ROUNDS = 0.8, 64, 3
HERE = Path(__file__).resolve()


class Nowhere:
    """A target that forgets."""

    def write(self, data):
        return len(data)

    def seek(self, offset):
        pass

    def truncate(self):
        pass


def seal(folder, keys):
    with (folder / "plain").open("rb") as source:
        return seal_copy(
            source,
            document=uuid4(),
            version=1,
            storage=Folder(folder / "vault"),
            recipients=[age.recipient_of(one) for one in keys],
        )


def opened(folder, keys, copy):
    open_copy(copy, Nowhere(), storage=Folder(folder / "vault"), identities=keys[:1])
    return copy


def resealed(folder, keys, copy):
    recipients = [age.recipient_of(one) for one in keys]
    storage = Folder(folder / "vault")
    return reseal_copy(copy, storage=storage, identities=keys[:1], recipients=recipients)


ACTS = {"seal": seal, "open": opened, "reseal": resealed}


def act(name, folder, keys, *about):
    """Do one act, in a process of its own; print what it made, its seconds and its peak MiB."""
    began = time.monotonic()
    copy = ACTS[name](Path(folder), keys.split(","), *(_copy(one) for one in about))
    seconds = time.monotonic() - began
    print(json.dumps({"seconds": seconds, "cpu": cpu(), "mib": memory(), "copy": _text(copy)}))


def memory():
    """Return the peak of this process's memory so far, in MiB, the interpreter included."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024


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


def in_process(name, folder, keys, *about):
    done = subprocess.run(
        [sys.executable, HERE, name, folder, ",".join(keys), *about],
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def tool(*arguments, to=None):
    """Run the age tool; return its seconds, those of its CPU, and its peak memory."""
    began = time.monotonic()
    process = subprocess.Popen(["age", *map(str, arguments)], stdout=to)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, process.args)
    seconds = time.monotonic() - began
    return {"seconds": seconds, "cpu": used.ru_utime + used.ru_stime, "mib": used.ru_maxrss / 1024}


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
        ours = {"seal": in_process("seal", folder, keys)}
        copy = ours["seal"]["copy"]
        sealed = folder / "vault" / _copy(copy).name
        ours["open"] = in_process("open", folder, keys, copy)
        ours["reseal"] = in_process("reseal", folder, keys, copy)
        (folder / "vault" / _copy(ours["reseal"]["copy"]).name).unlink()
        ours["age seal"] = tool(*to, "-o", folder / "tool.age", folder / "plain")
        ours["age seal, sync"] = synced(ours["age seal"], folder / "tool.age")
        (folder / "tool.age").unlink()
        ours["age open"] = tool("-d", "-i", folder / "id", sealed, to=subprocess.DEVNULL)
        ours["sha256"] = hashed(folder / "plain")
        sealed.unlink()
        for name, one in ours.items():
            kept = best.setdefault(name, one)
            kept["mib"] = max(kept.get("mib", 0), one.get("mib", 0))
            for what in ("seconds", "cpu"):
                kept[what] = min(kept[what], one[what])
    return best


def report(mib, best):
    """Print the figures; return 1 if a bound is not kept."""
    print(f"  {mib} MiB        MiB/s  MiB per CPU second  peak MiB")
    for name, one in best.items():
        peak = f"{one['mib']:8.1f}" if one["mib"] else ""
        print(f"  {name:<14}{mib / one['seconds']:6.0f}{mib / one['cpu']:20.0f}{peak:>10}")
    pairs = {"seal": "age seal, sync", "open": "age open"}
    shares = {name: best[them]["seconds"] / best[name]["seconds"] for name, them in pairs.items()}
    hasty = best["age seal"]["seconds"] / best["seal"]["seconds"]
    told = ", ".join(f"{name} {share:.2f}" for name, share in shares.items())
    print(f"  beside age: {told}; seal beside age without a sync {hasty:.2f}")
    peak = max(best[name]["mib"] for name in ACTS)
    kept = min(shares.values()) >= LEAST_OF_AGE and peak <= MOST_MIB
    print(f"  {LEAST_OF_AGE} of age and at most {MOST_MIB} MiB: {'kept' if kept else 'NOT kept'}")
    return 0 if kept else 1


if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1] in ACTS:
        act(*sys.argv[1:])
    else:
        mib, rounds = ([int(one) for one in sys.argv[1:]] + [1024, ROUNDS][len(sys.argv) - 1 :])[:2]
        sys.exit(main(mib, rounds))
