"""`ppid worker`: the background work, by timer and from the queue."""

import time

import click
from django.core.management import call_command
from django.utils import timezone

from ppid.config import setup  # noqa: F401  sets Django up
from ppid.office.tasks import make_up_deliveries


@click.command("worker")
@click.option("--once", is_flag=True, help="Kerjakan yang menunggu, lalu berhenti.")
@click.option("--every", default=15, show_default=True, help="Jeda antarputaran, dalam detik.")
def worker(once: bool, every: int) -> None:
    """Serahkan edisi yang belum sampai ke situs umum, dan kerjakan antrean."""
    while True:
        make_up_deliveries(at=timezone.now())
        call_command("db_worker", batch=True, interval=1, verbosity=0)
        if once:
            return
        time.sleep(every)
