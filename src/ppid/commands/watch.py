"""`ppid watch`: the morning's run over what ends, now; or what would be due on another day."""

from datetime import date

import click
from django.utils import timezone

from ppid.commands.walk import parse_day
from ppid.config import setup  # noqa: F401  sets Django up
from ppid.law.term import in_words
from ppid.office.actions.watch import Watched
from ppid.office.models import Body
from ppid.office.queries.docket import due_lines
from ppid.office.tasks import watch_bodies


@click.command("watch")
@click.option("--on", metavar="TANGGAL", help="Hanya tampilkan yang jatuh tempo pada hari itu.")
def watch(on: str | None) -> None:
    """Catat yang sudah terbuka demi hukum dan ingatkan PPID; aman diulang."""
    if on is not None:
        _show(parse_day(on))
        return
    for body, _, run in watch_bodies({}, at=timezone.now()):
        report(body, run)


def report(body: Body, run: Watched, *, quiet: bool = False) -> None:
    """Print what a run wrote, and its findings on standard error; quiet: say nothing of nothing."""
    if run.lapsed or run.noticed or not quiet:
        click.echo(f"{body.pk}: {run.lapsed} terbuka demi hukum, {run.noticed} pengingat.")
    for finding in run.findings:
        click.echo(f"ppid: {body.pk}: {finding}", err=True)
        click.echo(f"ppid: saran: {finding.hint}", err=True)


def _show(day: date) -> None:
    """Print what is due in each body on a day; nothing is written."""
    for body in Body.objects.order_by("slug"):
        lines = due_lines(body, on=day)
        click.echo(f"{body.pk}, {in_words(day)}: {len(lines)} informasi")
        for line in lines:
            stage = line.standing.stage.label
            click.echo(f"  {in_words(line.standing.ends_on)}  {stage}: {line.item.title}")
