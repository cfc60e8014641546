"""`ppid run`: everything a newcomer needs, in one command, until Ctrl-C."""

import os
import signal
import subprocess
import sys
import time
from types import FrameType

import click
from django.conf import settings

from ppid.commands.demo import sign_in_help
from ppid.commands.migrate import migrate_all
from ppid.commands.readiness import data_errors
from ppid.commands.serve import OFFICE_PORT, PUBLIC_PORT, demand_free_port
from ppid.commands.walk import parse_day
from ppid.config import setup  # noqa: F401  sets Django up
from ppid.config.public_environment import public_environment
from ppid.office.demo.build import PASSWORD_FILE, build_demo
from ppid.office.models import Body

GRACE_SECONDS = 10
FORGETFUL = {"MALLOC_PERTURB_": "85"}
"""glibc overwrites what is freed, so that nobody's uninitialised memory holds a document (0133)."""


@click.command("run")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=OFFICE_PORT, show_default=True)
@click.option("--public-port", default=PUBLIC_PORT, show_default=True)
def run(host: str, port: int, public_port: int) -> None:
    """Siapkan data, muat contoh sekali, lalu layani kantor, situs umum, dan pekerja."""
    for one in (port, public_port):
        demand_free_port(host, one)
    migrate_all()
    if not Body.objects.exists():
        click.echo("Memuat data contoh …")
        with data_errors():
            build_demo(today=parse_day(None))
    click.echo(f"\nKantor:     http://{host}:{port}/")
    click.echo(f"Situs umum: http://{host}:{public_port}/")
    if (settings.DATA / PASSWORD_FILE).exists():
        click.echo(sign_in_help())
    click.echo("\nHentikan dengan Ctrl-C.")
    sys.stdout.flush()
    signal.signal(signal.SIGTERM, _stop)
    sys.exit(_supervise(host, port, public_port))


def _stop(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _supervise(host: str, port: int, public_port: int) -> int:
    """Run the three processes; when one ends, end them all. Return the exit code."""
    children: list[subprocess.Popen[bytes]] = []
    try:
        for one in _commands(host, port, public_port):
            command = [sys.executable, "-m", "ppid.cli", *one]
            given = public_environment(os.environ) if "--public" in one else os.environ
            children.append(subprocess.Popen(command, env=FORGETFUL | given))
        while all(child.poll() is None for child in children):
            time.sleep(0.5)
        return next(child.returncode for child in children if child.returncode is not None) or 1
    except KeyboardInterrupt:
        return 0
    finally:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_IGN)
        _end(children)


def _commands(host: str, port: int, public_port: int) -> tuple[list[str], ...]:
    return (
        ["serve", "--host", host, "--port", str(port)],
        ["serve", "--public", "--host", host, "--port", str(public_port)],
        ["worker"],
    )


def _end(children: list[subprocess.Popen[bytes]]) -> None:
    """End every process: politely, and after a while without asking."""
    for child in children:
        child.terminate()
    for child in children:
        try:
            child.wait(GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
