"""Run tests against PostgreSQL: `python tests/on_postgresql.py [pytest's own arguments]`.

Without arguments: what asks a database, of the office and of the open site, save for the random
officers: they look for a broken rule of the law, and the samples of the campaigns race and kill on
a server anyway. The server is that of TEST_DATABASE_URL, or one that lives as long as the run.
tests/run_settings.py reads its address.
"""

import os
import subprocess
import sys
from pathlib import Path

import postgresql

ROOT = Path(__file__).resolve().parents[1]
RANDOM_OFFICERS = "tests/office/test_state_machine.py"
EVERYTHING = ["tests/office", "tests/public", f"--ignore={RANDOM_OFFICERS}"]
EVERYTHING += ["-q", "-n", "2", "--dist", "loadfile"]


def main(arguments: list[str]) -> int:
    """Run pytest with both databases on the server; return its exit code."""
    with postgresql.server() as server:
        return subprocess.run(
            [sys.executable, "-m", "pytest", *(arguments or EVERYTHING)],
            cwd=ROOT,
            env=os.environ | {"TEST_OFFICE_SERVER": server},
            check=False,
        ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
