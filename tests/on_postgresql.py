"""Run tests against PostgreSQL: `python tests/on_postgresql.py [pytest's own arguments]`.

Without arguments: what asks a database, of the office and of the open site. The server is that of
TEST_DATABASE_URL, or one that lives as long as the run. tests/run_settings.py reads its address.
"""

import os
import subprocess
import sys
from pathlib import Path

import postgresql

ROOT = Path(__file__).resolve().parents[1]
EVERYTHING = ["tests/office", "tests/public", "-q", "-n", "2", "--dist", "loadfile"]


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
