"""The processes of a data folder, as they are run, for the time of a block."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from browser.conftest import environment, free_port, ppid, wait_for

TESTS = Path(__file__).resolve().parents[1]


def program(name: str, *arguments: object, data: Path) -> None:
    """Run a program of this folder with the office's settings on a data folder."""
    told = environment(data) | {
        "DJANGO_SETTINGS_MODULE": "ppid.config.settings",
        "PYTHONPATH": str(TESTS),
    }
    command = [sys.executable, str(Path(__file__).with_name(name)), *map(str, arguments)]
    subprocess.run(command, env=told, check=True)


@contextmanager
def opened(data: Path, *, quiet: bool = False, **more: str) -> Iterator[str]:
    """Serve the open site of a data folder and give its address. quiet: its log goes nowhere."""
    port = free_port()
    command = ppid("serve", "--public", "--port", str(port))
    log = subprocess.DEVNULL if quiet else None
    process = subprocess.Popen(command, env=environment(data) | more, stderr=log)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{address}/")
        yield address
    finally:
        process.terminate()
        process.wait(20)
