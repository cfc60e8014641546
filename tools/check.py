"""Run every check of the source, all of them even when one fails, and sum up at the end.

Order: the quickest first. Each check is a command; its output is shown only when it fails or
when it prints figures worth reading.
"""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
PYTHON = str(BIN / "python")


@dataclass(frozen=True)
class Check:
    """A command that must exit 0. advice: what to do when it does not."""

    name: str
    command: tuple[str, ...]
    advice: str
    always_shown: bool = False


CHECKS = (
    Check("format", (str(BIN / "ruff"), "format", "--check", "."), "make fix"),
    Check(
        "lint",
        (str(BIN / "ruff"), "check", "--output-format=concise", "."),
        "make fix does the simple ones",
    ),
    Check("budgets", (PYTHON, "tools/budgets.py"), "see tools/budgets.py", always_shown=True),
    Check("assets", (PYTHON, "tools/assets.py", "check"), "make assets, and commit the result"),
    Check(
        "law page", (PYTHON, "tools/law_page.py", "check"), "tools/law_page.py write, and read it"
    ),
    Check("lock", (str(BIN / "uv"), "lock", "--check"), ".venv/bin/uv lock, and commit uv.lock"),
    Check(
        "architecture",
        (PYTHON, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/architecture"),
        "each message names the rule and the place",
    ),
    Check("types", (str(BIN / "mypy"),), "annotate; the pure packages are strict"),
    Check(
        "migrations",
        (PYTHON, "-m", "django", "makemigrations", "--check", "--dry-run", "--skip-checks"),
        ".venv/bin/python -m django makemigrations, and read what it wrote",
    ),
)


def environment(scratch: Path) -> dict[str, str]:
    """Return the variables for the commands: settings, and a data folder that is thrown away."""
    inherited = {
        name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"
    }
    return {
        **inherited,
        "DJANGO_SETTINGS_MODULE": "ppid.config.settings",
        "PPID_DATA": str(scratch),
        "UV_PYTHON_DOWNLOADS": "never",
    }


def passes(check: Check, env: dict[str, str]) -> bool:
    """Run one check, print its line, and its output when there is something to read."""
    began = time.monotonic()
    done = subprocess.run(
        check.command, cwd=ROOT, env=env, text=True, capture_output=True, check=False
    )
    took = time.monotonic() - began
    good = done.returncode == 0
    print(f"{'ok  ' if good else 'FAIL'}  {check.name:<13} {took:5.1f} s", flush=True)
    if check.always_shown or not good:
        print((done.stdout + done.stderr).rstrip(), flush=True)
    if not good:
        print(f"      to put it right: {check.advice}", flush=True)
    return good


def main() -> int:
    """Run the checks; return 1 if any failed."""
    scratch = ROOT / "build" / "check-data"
    scratch.mkdir(parents=True, exist_ok=True)
    env = environment(scratch)
    failed = [check.name for check in CHECKS if not passes(check, env)]
    print(f"check: {len(CHECKS) - len(failed)} passed, {len(failed)} failed", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
