"""`ppid walk FILE`: drive one case of any SOP file to its end, in a throwaway data folder."""

import os
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

import click

from ppid.sop.load import load


@click.command("walk")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--on", "on", metavar="TANGGAL", help="Hari mulai (TTTT-BB-HH); asal: hari ini.")
def walk(file: Path, on: str | None) -> None:
    """Jalankan satu berkas menurut SOP sampai selesai, tanpa menyentuh data Anda."""
    load(file)
    parse_day(on)
    with tempfile.TemporaryDirectory(prefix="ppid-walk-") as folder:
        environment = os.environ | {"PPID_DATA": folder}
        environment.pop("PPID_DATABASE_URL", None)
        environment.pop("PPID_PUBLIC_DATABASE_URL", None)
        command = [sys.executable, "-m", "ppid.cli", "walk-here", str(file)]
        done = subprocess.run([*command, *(["--on", on] if on else [])], env=environment)
    sys.exit(done.returncode)


def parse_day(text: str | None) -> date:
    """Return the day that was asked for, today without one. Raises click.BadParameter."""
    if text is None:
        return date.today()  # noqa: DTZ011  the day on the wall of whoever types the command
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise click.BadParameter(f"“{text}” bukan tanggal; tulis TTTT-BB-HH.") from error
