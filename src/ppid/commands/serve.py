"""`ppid serve`: the officers' pages, or with --public the open site, on granian."""

import os
import socket
import sys
from typing import NoReturn

import click
import django
from django.conf import settings
from granian import Granian
from granian.constants import Interfaces

from ppid.commands.readiness import demand_ready
from ppid.config import driver  # noqa: F401  must come before any database is opened
from ppid.config.public_environment import public_environment
from ppid.errors import BadInput, Finding

OFFICE_PORT, PUBLIC_PORT = 8000, 8001
OFFICE_THREADS, PUBLIC_THREADS = 4, 16
"""How many answers a process may have under way: each slow reader of a download takes one."""

LAST_SECONDS = 10
"""How long a download that its reader does not take may hold up the end."""


def demand_free_port(host: str, port: int) -> None:
    """Raise BadInput `port_taken` if something listens there already."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise BadInput(
                Finding(
                    "port_taken",
                    f"Porta {port} sudah dipakai program lain.",
                    hint=f"Hentikan program itu, atau pakai --port {port + 10}.",
                )
            ) from error


@click.command("serve")
@click.option("--public", is_flag=True, help="Situs umum: tanpa kunci, hanya basis data umum.")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=int, help="Asal: 8000, atau 8001 untuk --public.")
@click.option("--workers", default=1, show_default=True)
def serve(public: bool, host: str, port: int | None, workers: int) -> None:
    """Layani halaman pejabat, atau dengan --public situs umum."""
    port = port or (PUBLIC_PORT if public else OFFICE_PORT)
    demand_free_port(host, port)
    if public and public_environment(os.environ) != dict(os.environ):
        _begin_again(host, port, workers)
    _demand_data(public)
    module = "ppid.config.wsgi_public" if public else "ppid.config.wsgi"
    server = Granian(
        f"{module}:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=PUBLIC_THREADS if public else OFFICE_THREADS,
        workers_kill_timeout=LAST_SECONDS,
        log_access=False,
        log_level="error",
    )
    sys.stdout.flush()
    server.serve()


def _begin_again(host: str, port: int, workers: int) -> NoReturn:
    """Become the public process anew, without the office's secrets in our environment.

    To forget them is not enough: the system shows the environment that a process began with.
    """
    options = ["--host", host, "--port", str(port), "--workers", str(workers)]
    command = [sys.executable, "-m", "ppid.cli", "serve", "--public", *options]
    sys.stdout.flush()
    os.execve(sys.executable, command, public_environment(os.environ))  # noqa: S606


def _demand_data(public: bool) -> None:
    """Set up as the process that will answer, and raise BadInput unless its data is ready."""
    chosen = "ppid.config.settings_public" if public else "ppid.config.settings"
    os.environ["DJANGO_SETTINGS_MODULE"] = chosen
    django.setup()
    demand_ready(*settings.DATABASES)
