"""`ppid check`: verify every event, compare each table with its rebuild, read each sealed file."""

import click

from ppid.commands.readiness import data_errors, demand_ready
from ppid.config import setup  # noqa: F401  sets Django up
from ppid.errors import CorruptData
from ppid.office.models import SoftCopy
from ppid.office.queries.vault import faults
from ppid.office.rebuild import check_all


@click.command("check")
def check() -> None:
    """Periksa catatan peristiwa, tabel, dan brankas; keluar dengan 1 bila ada yang tidak cocok."""
    demand_ready("default")
    with data_errors():
        report = check_all()
        copies = SoftCopy.objects.count()
        findings = (*report.findings, *faults()) if copies else report.findings
    click.echo(f"{report.events} peristiwa dan {report.rows} baris tabel diperiksa.")
    if copies:
        click.echo(f"{copies} berkas tersegel dibaca sampai habis.")
    if findings:
        raise CorruptData(*findings)
    click.echo("Semua peristiwa utuh dan semua tabel sama dengan hasil bangun ulangnya.")
