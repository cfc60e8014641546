"""`ppid papers blank`: the blank forms of a body as PDF files."""

from pathlib import Path

import click

from ppid.commands.papers_keys import body_of
from ppid.commands.walk import parse_day
from ppid.office.queries.papers.blanks import BLANKS, blank
from ppid.office.queries.papers.letterheads import letterhead
from ppid.papers.press import press


@click.command("blank")
@click.argument("body", metavar="BADAN")
@click.option("--into", type=click.Path(path_type=Path), required=True, help="Folder tujuan.")
@click.option("--on", metavar="TANGGAL", help="Tanggal di dalam berkas; baku hari ini.")
def blank_forms(body: str, into: Path, on: str | None) -> None:
    """Cetak semua formulir kosong, untuk diisi dengan tangan."""
    found, day = body_of(body), parse_day(on)
    into.mkdir(parents=True, exist_ok=True)
    for kind in BLANKS:
        paper = blank(kind, found)
        if paper is not None:
            (into / f"{kind}.pdf").write_bytes(press(paper, letterhead(found), on=day))
            click.echo(f"{kind}.pdf")
