"""`ppid worker`: the background work, by timer and from the queue."""

import logging
import time
from datetime import date

import click
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.utils import timezone

from ppid.commands.readiness import data_errors, demand_ready
from ppid.commands.watch import report
from ppid.config import setup  # noqa: F401  sets Django up
from ppid.errors import PpidError
from ppid.office.actions.list_uploads import drop_old_uploads
from ppid.office.tasks import (
    bring_to_channels,
    check_restored,
    check_shares,
    make_up_deliveries,
    reseal_waiting,
    send_checkpoints,
    watch_bodies,
)

log = logging.getLogger(__name__)


@click.command("worker")
@click.option("--once", is_flag=True, help="Kerjakan yang menunggu, lalu berhenti.")
@click.option("--every", default=15, show_default=True, help="Jeda antarputaran, dalam detik.")
def worker(once: bool, every: int) -> None:
    """Periksa jatuh tempo tiap pagi, serahkan edisi yang belum sampai, kerjakan antrean."""
    demand_ready("default", settings.PUBLIC_DATABASE)
    watched: dict[str, date] = {}
    damaged: set[int] = set()
    while True:
        try:
            with data_errors():
                _round(watched, damaged)
        except PpidError as error:
            if once:
                raise
            log.error("Putaran ini gagal dan diulang: %s", error)
            connections.close_all()
        if once:
            return
        time.sleep(every)


def _round(watched: dict[str, date], damaged: set[int]) -> None:
    """Do all that waits now.

    In this process: watched is by body the local day of its last watch, damaged the soft copies
    that could not be sealed anew.
    """
    at = timezone.now()
    for body, day, run in watch_bodies(watched, at=at):
        report(body, run, quiet=True)
        if not run.clock_is_wrong:
            watched[body.pk] = day
    send_checkpoints(at=at)
    make_up_deliveries(at=at)
    drop_old_uploads(at=at)
    reseal_waiting(damaged, at=at)
    check_restored(at=at)
    for finding in check_shares(at=at):
        click.echo(f"ppid: {finding}", err=True)
    bring_to_channels(at=at)
    call_command("db_worker", batch=True, interval=1, verbosity=0)
