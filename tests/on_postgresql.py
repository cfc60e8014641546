"""Run tests against PostgreSQL: `python tests/on_postgresql.py [pytest's own arguments]`.

Without arguments: what asks a database, of the office and of the open site, and asks it something
that no other test asks (tests/asked.py); with `everything`, as `make campaign-postgresql` has it:
what asks a database. Save for

- the random officers: they look for a broken rule of the law, and the samples of the campaigns race
  and kill on a server anyway;
- the table of who may open and do what: it is worked out in Python;
- what presses papers, packs and bags and looks into uploads: it takes most of its time beside the
  database, and asks it what the other tests ask;
- channels and the officers' interface: they are about other servers and programs, and ask what the
  pages ask;
- the site as files: some addresses hold keys, which SQLite alone gives again after a rollback;
- backups: `tests/commands/test_backup_on_server.py` makes and restores those of a server.

The server is that of TEST_DATABASE_URL, or one that lives as long as the run.
tests/run_settings.py reads its address.
"""

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import postgresql

ROOT = Path(__file__).resolve().parents[1]
LEFT_OUT = (
    "state_machine",
    "newer_page_rights",
    "*paper*",
    "packs",
    "bag",
    "uploads",
    "redaction*",
    "backup*",
    "channels",
    "officers_api*",
)
EVERYTHING = ["tests/office", "tests/public", "-q"]
EVERYTHING += ["--ignore=tests/public/test_static_site.py"]
EVERYTHING += [f"--ignore-glob=tests/office/test_{name}.py" for name in LEFT_OUT]


def main(arguments: list[str]) -> int:
    """Run pytest with both databases on the server; return its exit code."""
    chosen = {"": {"TEST_OFFICE_SPARES": "1"}, "everything": {"TEST_OFFICE_DRAWS": "1"}}
    variables = chosen.get(" ".join(arguments), {})
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the server ends too
    with tempfile.TemporaryDirectory() as data, postgresql.migrated(Path(data)) as made:
        return subprocess.run(
            [sys.executable, "-m", "pytest", *(EVERYTHING if variables else arguments)],
            cwd=ROOT,
            env=os.environ
            | dict(zip(("TEST_OFFICE_SERVER", "TEST_OFFICE_MODEL"), made, strict=True))
            | variables,
            check=False,
        ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
