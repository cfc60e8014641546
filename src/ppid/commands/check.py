"""`ppid check`: verify every event, compare each table with its rebuild, read each sealed file."""

from pathlib import Path

import click

from ppid.commands.readiness import data_errors, demand_ready
from ppid.config import setup  # noqa: F401  sets Django up
from ppid.errors import BadInput, CorruptData, Finding
from ppid.office import keys
from ppid.office.models import ArchiveEntry, Body, Place, SoftCopy
from ppid.office.queries.vault import faults
from ppid.office.rebuild import check_all


@click.command("check")
@click.option(
    "--checkpoint",
    "kept",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="BERKAS",
    help="Titik periksa yang disimpan di luar mesin ini; boleh beberapa.",
)
def check(kept: tuple[Path, ...]) -> None:
    """Periksa catatan, tabel, brankas, dan ruang simpan; keluar dengan 1 bila ada yang salah."""
    demand_ready("default")
    outside = _read(kept)
    with data_errors():
        report = check_all(outside)
        copies = SoftCopy.objects.count()
        findings = (*report.findings, *faults()) if copies else report.findings
    click.echo(f"{report.events} peristiwa dan {report.rows} baris tabel diperiksa.")
    if copies:
        click.echo(f"{copies} berkas tersegel dibaca sampai habis.")
    if places := Place.objects.count():
        shelved = ArchiveEntry.objects.filter(place__isnull=False).count()
        click.echo(f"{places} tempat dan {shelved} arsip di ruang simpan dicocokkan.")
    if findings:
        raise CorruptData(*findings)
    click.echo("Semua peristiwa utuh dan semua tabel sama dengan hasil bangun ulangnya.")


def _read(kept: tuple[Path, ...]) -> list[str]:
    """Return the checkpoints of these files. Raises BadInput for one that is of no body here."""
    origins = {keys.key_name(slug) for slug in Body.objects.values_list("slug", flat=True)}
    with data_errors():
        notes = {file: file.read_bytes().decode("utf-8", errors="replace") for file in kept}
    for file, note in notes.items():
        if note.partition("\n")[0] not in origins:
            text = "Berkas ini bukan titik periksa badan publik di pemasangan ini."
            raise BadInput(Finding("checkpoint_of_other_log", text, place=str(file)))
    return list(notes.values())
