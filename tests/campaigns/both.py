"""Run a campaign on SQLite files and on PostgreSQL: `python tests/campaigns/both.py races 100`.

Prints a line of JSON for each and exits 1 if one of them went wrong.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

FOLDER = Path(__file__).resolve().parent
sys.path.insert(0, str(FOLDER.parent))
import postgresql  # noqa: E402
from postgresql import NAMES  # noqa: E402


def campaign(name, *arguments, server="", made=None, template=""):
    """Run one campaign; return what it found, with its exit code. server: "" for SQLite files.

    made, template: a migrated data folder, or the names of databases, to copy. Coverage is left to
    the tests: a campaign does the same few acts thousands of times.
    """
    kept = {
        key: value
        for key, value in os.environ.items()
        if key not in NAMES and not key.startswith("COVERAGE_")
    }
    more = {"CAMPAIGN_DATA": str(made)} if made else {}
    with addresses(server, template) as databases:
        done = subprocess.run(
            [sys.executable, str(FOLDER / f"{name}.py"), *map(str, arguments)],
            env=kept | more | databases,
            stdout=subprocess.PIPE,
            stderr=None if sys.stderr.isatty() else subprocess.PIPE,
            text=True,
            check=False,
        )
    if not done.stdout.startswith("{"):
        raise RuntimeError(f"{name} broke off with {done.returncode}: {done.stderr}")
    return json.loads(done.stdout) | {"code": done.returncode}


@contextmanager
def addresses(server, template="") -> Iterator[dict[str, str]]:
    """Give two databases on the server for a while, as variables of the environment.

    template: what the names of the databases begin with that they are copied from.
    """
    if not server:
        yield {}
        return
    names = {variable: f"campaign_{name}_{os.getpid()}" for variable, name in NAMES.items()}
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        for variable, name in names.items():
            model = f" TEMPLATE {template}_{NAMES[variable]}" if template else ""
            connection.execute(f"CREATE DATABASE {name}{model}")
        yield {variable: f"{server}/{name}" for variable, name in names.items()}
        for name in names.values():
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def main(name, *arguments):
    """Run it on both, print both, return 1 if one went wrong."""
    found = [campaign(name, *arguments)]
    print(json.dumps(found[0]), flush=True)
    with postgresql.server() as server:
        found.append(campaign(name, *arguments, server=server))
    print(json.dumps(found[1]), flush=True)
    return max(one["code"] for one in found)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
