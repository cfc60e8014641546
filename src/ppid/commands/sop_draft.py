"""`ppid sop draft`: from a typed or printed SOP sheet to a draft of the SOP file."""

import os
from pathlib import Path

import click

from ppid.commands.writing import write_beside
from ppid.errors import BadInput, Finding
from ppid.office.sop_files.drafting import code_of, draft_of_file
from ppid.sop.transcription.draft import Draft


@click.command("draft")
@click.argument("file", metavar="BERKAS")
@click.option("-o", "--output", metavar="HASIL", help="Berkas .toml yang ditulis.")
@click.option("--kode", metavar="KODE", help="Kode SOP; tanpa ini dari nama berkasnya.")
def draft(file: str, output: str | None, *, kode: str | None) -> None:
    """Buat draf berkas SOP dari lembar SOP (DOCX, ODT, XLSX, PDF, teks)."""
    found = draft_of_file(_content(file), code=kode or code_of(file))
    if output:
        _demand_new(output)
        write_beside(output, found.text.encode(), source=file)
    else:
        click.echo(found.text, nl=False)
    _say(found, output or "draf")


def _content(file: str) -> bytes:
    try:
        return Path(file).read_bytes()
    except (OSError, ValueError) as error:
        reason = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else "nama"
        text = f"Berkas {file} tidak dapat dibaca: {reason}."
        raise BadInput(Finding("unreadable", text, place="berkas")) from None


def _demand_new(output: str) -> None:
    if os.path.lexists(output):
        text = "Berkas ini sudah ada; draf tidak menimpanya."
        hint = "Pilih nama lain, atau hapus berkas itu lebih dahulu."
        raise BadInput(Finding("output_exists", text, output, hint))


def _say(found: Draft, where: str) -> None:
    """Say on standard error what was guessed: standard output may be the file itself."""
    for remark in found.remarks:
        click.echo(f"perhatikan: {remark}", err=True)
    for number, guess in found.guesses:
        click.echo(f"langkah {number}: {guess}", err=True)
    click.echo(f"Baca {where}, lalu jalankan ppid sop check dan ppid sop draw.", err=True)
