"""Asking a server over open connections, by wrk: rate, 95th percentile, CPU time per request."""

import json
import os
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

HOW_TO_GET_WRK = "wrk is missing: apt-get install wrk (Debian, Ubuntu), brew install wrk (macOS)"
SCRIPT = """
local n = 0
local start = os.time() * 100000
request = function()
  n = n + 1
  local other = string.format("%.0f", start + n) -- tostring() keeps 14 digits: ten in a row alike
  return wrk.format("GET", (wrk.path:gsub("%%7Bn%%7D", other):gsub("{n}", other)))
end
done = function(summary, latency, requests)
  local wrong = summary.errors.status + summary.errors.connect + summary.errors.read
    + summary.errors.write + summary.errors.timeout
  print(string.format('{"requests": %d, "microseconds": %d, "p95": %.1f, "wrong": %d}',
    summary.requests, summary.duration, latency:percentile(95), wrong))
end
"""


@dataclass(frozen=True, slots=True)
class Answered:
    """What a server did: requests per second, 95th percentile and CPU per request in ms."""

    rate: float
    p95: float
    cpu: float


def ask(process, address, *, connections, seconds, folder):
    """Ask for an address again and again, "{n}" in it another number each time."""
    wrk = shutil.which("wrk")
    if wrk is None:
        raise SystemExit(HOW_TO_GET_WRK)
    script = Path(folder) / "ask.lua"
    script.write_text(SCRIPT)
    before = cpu_of(process)
    told = subprocess.run(
        [wrk, "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "60s", "-s", script]
        + [address],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    settle(process)
    spent = cpu_of(process) - before
    said = json.loads(told.splitlines()[-1])
    if said["wrong"]:
        raise RuntimeError((address, said))
    count = said["requests"]
    if not count:  # too slow for so short a time
        longer = {"connections": connections, "seconds": seconds * 4, "folder": folder}
        return ask(process, address, **longer)
    return Answered(count * 1e6 / said["microseconds"], said["p95"] / 1000, spent * 1000 / count)


def settle(process, most=60):
    """Wait until a server has worked off what it was asked: until it uses next to no CPU."""
    for _ in range(most * 2):
        before = cpu_of(process)
        time.sleep(0.5)
        if cpu_of(process) - before < 0.05:
            return


def family(process):
    """Return the ids of a process and of everything it started."""
    found = [process.pid]
    for pid in found:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        found += [int(child) for child in children]
    return found


def cpu_of(process):
    """Return the seconds of CPU that a process and its children have used."""
    ticks = 0
    for pid in family(process):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def held_by(process):
    """Return the most memory in MB that the process or one of its children holds for itself.

    Pages of files that are read in place (SQLite's mmap) are the kernel's cache and not counted, as
    those are not that a server reads piece by piece.
    """
    held = []
    for pid in family(process):
        status = Path(f"/proc/{pid}/status").read_text()
        held.append(int(status.partition("RssAnon:")[2].split()[0]) // 1024)
    return max(held)
