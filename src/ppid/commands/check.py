"""`ppid check`: verify every event, and compare every table with its rebuild."""

import click

from ppid.commands.readiness import data_errors, demand_ready
from ppid.config import setup  # noqa: F401  sets Django up
from ppid.errors import CorruptData
from ppid.office.rebuild import check_all


@click.command("check")
def check() -> None:
    """Periksa catatan peristiwa dan semua tabel; keluar dengan 1 bila ada yang tidak cocok."""
    demand_ready("default")
    with data_errors():
        report = check_all()
    click.echo(f"{report.events} peristiwa dan {report.rows} baris tabel diperiksa.")
    if report.findings:
        raise CorruptData(*report.findings)
    click.echo("Semua peristiwa utuh dan semua tabel sama dengan hasil bangun ulangnya.")
