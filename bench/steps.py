"""Durable SOP steps per second, side by side: `python bench/steps.py [rounds]`.

One case of the same sequential steps in each contender, by two people in turn, one process, one
commit that is on the disk (fsync) per step, the contenders taken in turn and the best round kept:

- ppid on SQLite and on a PostgreSQL of its own: `actions.steps.act_on_step`, with what it does at
  every step: may this person, may it happen, the event with its leaf in the Merkle tree, the state
  of the case, the task of the next performer with its due date, and every tenth time a checkpoint;
- SpiffWorkflow: the BPMN that `ppid sop export` writes, one task run and the whole workflow saved
  as JSON in one row of SQLite per step; nobody is asked who they are, no history beside the state;
- Viewflow on SQLite: its own tasks, from a throw-away environment (AGPL: never a dependency);
- a bare INSERT and COMMIT of 500 bytes in SQLite;
- the statements that ppid's own steps send to SQLite, sent again by the bare driver: the most that
  any program with these tables could do here.

SQLite is the same library for all (pysqlite3), in WAL mode with synchronous=FULL; PostgreSQL runs
with its defaults. All files are in one folder of the working directory: the same disk.
"""

import json
import os
import platform
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

import psycopg

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "tests"))

import postgresql  # noqa: E402

CONTENDERS = ("bare", "statements", "spiffworkflow", "viewflow", "ppid-sqlite", "ppid-postgresql")
SIZES = (7, 40, 200)
VIEWFLOW = "django-viewflow==2.4.0"


def main(rounds):
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}", end=""
    )
    print(f", load {os.getloadavg()[0]:.1f}; best of {rounds} rounds")
    with postgresql.server(within=Path.cwd(), durable=True) as server:
        for steps in SIZES:
            report(steps, best(rounds, steps, server))


def best(rounds, steps, server):
    """Return what each contender did in its best round; {} for one that cannot run here."""
    found = {}
    for _ in range(rounds):
        for name in CONTENDERS:
            now = measure(name, steps, server)
            found[name] = max(found.get(name, now), now, key=lambda one: one.get("rate", 0))
    return found


def measure(name, steps, server):
    python, script = [sys.executable], [str(HERE / "contenders.py"), name]
    more = {}
    if name == "viewflow":
        uv = str(Path(sys.executable).parent / "uv")
        lent = ["--with", VIEWFLOW, "--with", f"pysqlite3=={version('pysqlite3')}"]
        python = [uv, "run", "--no-project", "--quiet", *lent, "python"]
        script = [str(HERE / "viewflow_contender.py")]
    if name == "ppid-postgresql":
        with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
            connection.execute("DROP DATABASE IF EXISTS bench")
            connection.execute("CREATE DATABASE bench")
        more = {"PPID_DATABASE_URL": f"{server}/bench"}
    with tempfile.TemporaryDirectory(prefix="ppid-bench-", dir=Path.cwd()) as folder:
        environment = os.environ | {"PPID_DATA": folder} | more
        command = [*python, *script, str(steps)]
        done = subprocess.run(command, env=environment, capture_output=True, text=True)
    if done.returncode:
        print(f"{name}: {done.stderr.strip().splitlines()[-1]}", file=sys.stderr)
        return {}
    return json.loads(done.stdout.splitlines()[-1])


def report(steps, found):
    """Print a table, the ratios first."""
    bare, spiff = found["bare"]["rate"], found["spiffworkflow"]["rate"]
    print(f"\n{steps} steps a case")
    print("| | x SpiffWorkflow | of bare | steps/s | processor a step | peak memory |")
    print("|---|--:|--:|--:|--:|--:|")
    for name, one in found.items():
        if not one:
            print(f"| {name} | could not run here | | | | |")
            continue
        print(f"| {name} | {one['rate'] / spiff:.2f} | {one['rate'] / bare:.0%} ", end="")
        print(f"| {one['rate']:,.0f} | {one['cpu']:.2f} ms | {one['megabytes']} MB |")
    aim = min(3 * spiff, 0.8 * bare)
    print(f"| *the aim* | {aim / spiff:.2f} | {aim / bare:.0%} | {aim:,.0f} | | |")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
