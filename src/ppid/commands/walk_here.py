"""`ppid walk-here`: the part of `ppid walk` that runs inside the throwaway data folder."""

from pathlib import Path

import click

from ppid.commands.migrate import migrate_all
from ppid.commands.walk import parse_day
from ppid.config import setup  # noqa: F401  sets Django up
from ppid.errors import CorruptData
from ppid.law.term import in_words
from ppid.office.demo.walk import Line, set_up, walk_to_end
from ppid.office.rebuild import check_all


@click.command("walk-here", hidden=True)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--on", "on")
def walk_here(file: Path, on: str | None) -> None:
    """Jalankan satu berkas dalam folder data yang ditunjuk PPID_DATA."""
    migrate_all()
    walk, case = set_up(file.read_text(encoding="utf-8"), on=parse_day(on), name=str(file))
    click.echo(f"{walk.sop.name} ({walk.sop.code})")
    click.echo(f"Berkas {case.number} dimulai {in_words(walk.today)}.\n")
    for line in walk_to_end(walk, case):
        show(line, walk.body.zone)
    case.refresh_from_db()
    report = check_all()
    if report.findings:
        raise CorruptData(*report.findings)
    click.echo(f"\nBerkas {case.number} selesai {in_words(walk.today)}.")
    click.echo(f"{report.events} peristiwa tercatat; pemeriksaan: 0 temuan.")


def show(line: Line, zone: object) -> None:
    """Print one act: row, activity, who, when, outcome, and what it changed."""
    at = line.at.astimezone(zone)  # type: ignore[arg-type]
    outcome = f" → {line.outcome}" if line.outcome else ""
    click.echo(f"{line.row:>3}. {line.activity}{outcome}")
    click.echo(f"     {line.person} ({line.role}), {in_words(at.date())} pukul {at:%H.%M}")
    click.echo(f"     tercatat: {', '.join(line.changes)}")
