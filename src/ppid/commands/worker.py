"""`ppid worker`: the background work, by timer and from the queue."""

import time
from datetime import date

import click
from django.core.management import call_command
from django.utils import timezone

from ppid.commands.watch import report
from ppid.config import setup  # noqa: F401  sets Django up
from ppid.office.tasks import make_up_deliveries, watch_bodies


@click.command("worker")
@click.option("--once", is_flag=True, help="Kerjakan yang menunggu, lalu berhenti.")
@click.option("--every", default=15, show_default=True, help="Jeda antarputaran, dalam detik.")
def worker(once: bool, every: int) -> None:
    """Periksa jatuh tempo tiap pagi, serahkan edisi yang belum sampai, kerjakan antrean."""
    watched: dict[str, date] = {}
    while True:
        at = timezone.now()
        for body, day, run in watch_bodies(watched, at=at):
            report(body, run, quiet=True)
            if not run.clock_is_wrong:
                watched[body.pk] = day
        make_up_deliveries(at=at)
        call_command("db_worker", batch=True, interval=1, verbosity=0)
        if once:
            return
        time.sleep(every)
