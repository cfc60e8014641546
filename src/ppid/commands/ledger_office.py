"""`ppid ledger export` and `ppid ledger open`: what the office makes for those outside."""

from pathlib import Path

import click
from django.utils import timezone

from ppid.commands.readiness import data_errors, demand_ready
from ppid.config import setup  # noqa: F401  sets Django up
from ppid.errors import BadInput, Finding, NotFound
from ppid.ledger import tiles, tree
from ppid.ledger.outside import EDITION_DOCUMENT, EDITION_PROOF
from ppid.office.actions.log_openings import open_entry
from ppid.office.log import checkpoint
from ppid.office.models import Body, Cosignature, Event
from ppid.public.models import Edition
from ppid.public.proofs import edition_document, edition_proof


@click.command("export")
@click.argument("body", metavar="BADAN")
@click.argument("folder", metavar="FOLDER", type=click.Path(path_type=Path))
@click.option("--entries", is_flag=True, help="Sertakan isi catatan; hanya bagi yang berhak.")
def export(body: str, folder: Path, entries: bool) -> None:
    """Tulis log sebagai berkas: titik periksa, sidik, bukti dan isi tiap edisi."""
    found = _body(body)
    with data_errors():
        count = _write_log(found, folder, with_entries=entries)
        editions = _write_editions(found, folder)
    click.echo(f"{count} catatan dan {editions} edisi ditulis ke {folder}.")


@click.command("open")
@click.argument("body", metavar="BADAN")
@click.option("--event", "seq", type=int, required=True, help="Nomor catatan di log.")
@click.option("--fields", default="", help="Nama nilai, dipisah koma; kosong berarti semuanya.")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True)
def open_event(body: str, seq: int, fields: str, output: Path) -> None:
    """Buka nilai yang diikrarkan satu catatan bagi majelis, dengan bukti waktunya."""
    found = _body(body)
    names = [one.strip() for one in fields.split(",") if one.strip()]
    with data_errors():
        if output.exists():
            text = "Berkas ini sudah ada."
            raise BadInput(Finding("file_exists", text, place=str(output)))
        text = open_entry(found, seq, names=names, at=timezone.now())
        output.touch(mode=0o600)
        output.write_text(text, encoding="utf-8")
    click.echo(f"Bukti ditulis ke {output}; serahkan hanya kepada yang berhak membacanya.")


def _body(slug: str) -> Body:
    demand_ready("default", "public")
    found = Body.objects.filter(pk=slug).first()
    if found is None:
        known = ", ".join(Body.objects.order_by("slug").values_list("slug", flat=True))
        text = f"Badan publik “{slug}” tidak ada."
        raise NotFound(Finding("body_unknown", text, hint=f"Yang ada: {known or 'belum ada'}."))
    return found


def _write_log(body: Body, folder: Path, *, with_entries: bool) -> int:
    head = checkpoint(body.pk, at=timezone.now())
    lines = Cosignature.objects.filter(body=body.pk, size=head.size).order_by("vkey")
    rows = Event.objects.filter(body=body.pk, seq__lt=head.size).order_by("seq")
    node = tree.kept_nodes([bytes(leaf) for leaf in rows.values_list("leaf", flat=True)])
    for tile in tiles.tiles_for(0, head.size):
        _write(folder / tile.path(), tiles.tile_bytes(tile, node))
        if tile.level == 0 and with_entries:
            under = tile.leaves()
            part = rows.filter(seq__gte=under.start, seq__lt=under.stop)
            entries = [bytes(entry) for entry in part.values_list("entry", flat=True)]
            _write(folder / tile.entries_path(), tiles.bundle(entries))
    _write(folder / "vkey", f"{body.vkey}\n".encode())
    _write(folder / "checkpoint", (head.note + "".join(one.line for one in lines)).encode())
    return head.size


def _write_editions(body: Body, folder: Path) -> int:
    editions = Edition.objects.filter(body__slug=body.pk, log_entry__isnull=False)
    editions = editions.select_related("body", "checkpoint").order_by("number")
    for edition in editions:
        _write(folder / EDITION_PROOF.format(edition.number), edition_proof(edition).encode())
        path = folder / EDITION_DOCUMENT.format(edition.number)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            file.writelines(edition_document(edition))
    return len(editions)


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
