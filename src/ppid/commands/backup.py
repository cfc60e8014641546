"""`ppid backup` and `ppid restore`: everything that belongs together, encrypted, and back again."""

from collections.abc import Sequence
from pathlib import Path

import click
from django.conf import settings
from django.utils import timezone

from ppid.commands.readiness import data_errors, demand_ready
from ppid.config import setup_elsewhere  # noqa: F401  sets Django up
from ppid.errors import BadInput, CorruptData, Finding
from ppid.office.actions.backups import record_backup
from ppid.office.backup.making import make_backup
from ppid.office.backup.manifest import Manifest
from ppid.office.backup.place import place_at
from ppid.office.backup.pruning import prune
from ppid.office.backup.restoring import restore_backup
from ppid.office.backup.verifying import demand_backup, faults_of_backup

identity_option = click.option(
    "--identity",
    "identity",
    metavar="BERKAS",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Berkas kunci rahasia age: kunci pemulihan yang dicetak, atau kunci cadangan.",
)
snapshot_option = click.option("--snapshot", default="", metavar="NAMA", help="Bukan yang terbaru.")
vkey_option = click.option(
    "--vkey", "vkeys", multiple=True, metavar="KUNCI", help="Hanya cadangan badan publik ini."
)


class PlaceOrCommand(click.Group):
    """A group whose first word is a command or, failing that, the place of `make`."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command of the first word, `make` for a place."""
        if args and args[0] not in self.commands:
            args = ["make", *args]
        return super().resolve_command(ctx, args)


@click.group("backup", cls=PlaceOrCommand)
def backup() -> None:
    """Cadangkan basis data, brankas, dan kunci: ppid backup TEMPAT (folder atau s3://…)."""


@backup.command("make")
@click.argument("place", metavar="TEMPAT")
@click.option("--recipient", "recipients", multiple=True, metavar="AGE1…", help="Kunci tambahan.")
def make(place: str, recipients: tuple[str, ...]) -> None:
    """Buat satu cadangan terenkripsi selagi program berjalan, dan periksa hasilnya."""
    demand_ready("default", settings.PUBLIC_DATABASE)
    at = timezone.now()
    with data_errors():
        where = place_at(place)
        made = make_backup(where, recipients=recipients, at=at)
        record_backup(made, address=where.address, at=at)
    _tell(made.manifest)
    click.echo(f"{made.copied} berkas brankas baru disalin; {_files(made.manifest)} tercakup.")
    if made.damaged:
        raise CorruptData(*made.damaged)


@backup.command("verify")
@click.argument("place", metavar="TEMPAT")
@snapshot_option
@vkey_option
@identity_option
def verify(place: str, snapshot: str, vkeys: tuple[str, ...], identity: Path | None) -> None:
    """Baca cadangan sampai habis dan sebut yang rusak; dengan --identity juga dibuka."""
    with data_errors():
        where = place_at(place)
        manifest = demand_backup(where, name=snapshot, vkeys=vkeys)
        identities = _identities(identity) if identity else ()
        damaged = list(faults_of_backup(manifest, where, identities=identities))
    _tell(manifest)
    if damaged:
        raise CorruptData(*damaged)
    opened = "dibaca dan dibuka" if identities else "dibaca"
    click.echo(f"Utuh: semua bagian dan {_files(manifest)} brankas {opened} sampai habis.")


@backup.command("prune")
@click.argument("place", metavar="TEMPAT")
@click.option("--keep", required=True, type=int, metavar="JUMLAH", help="Berapa yang disimpan.")
def prune_old(place: str, keep: int) -> None:
    """Hapus cadangan yang lama, dan berkas brankas yang tidak lagi dimuat cadangan mana pun."""
    with data_errors():
        done = prune(place_at(place), keep=keep)
    click.echo(f"{len(done.snapshots)} cadangan dan {done.files} berkas brankas dihapus.")


@click.command("restore")
@click.argument("place", metavar="TEMPAT")
@click.option(
    "--into",
    required=True,
    metavar="FOLDER",
    type=click.Path(path_type=Path),
    help="Folder kosong; nanti PPID_DATA.",
)
@snapshot_option
@vkey_option
@identity_option
def restore(
    place: str, into: Path, snapshot: str, vkeys: tuple[str, ...], identity: Path | None
) -> None:
    """Pulihkan cadangan ke folder kosong; yang rusak, terpotong, atau asing ditolak."""
    with data_errors():
        where = place_at(place)
        manifest = demand_backup(where, name=snapshot, vkeys=vkeys)
        _tell(manifest)
        done = restore_backup(manifest, where, into=into, identities=_identities(identity))
    click.echo(done.checked)
    for head in manifest.heads:
        click.echo(f"{head.body}: {head.size} peristiwa, akar {head.root}")
    click.echo(f"Pulih di {done.folder}. Jalankan program dengan PPID_DATA={done.folder}.")


def _tell(manifest: Manifest) -> None:
    local = timezone.localtime(manifest.at)
    click.echo(f"Cadangan {manifest.id}, keadaan {local:%d-%m-%Y pukul %H.%M}.")


def _files(manifest: Manifest) -> str:
    return f"{len(manifest.files) - len(manifest.missing)} berkas"


def _identities(file: Path | None) -> Sequence[str]:
    """Return the secret keys of a file, or the one that is typed. Raises BadInput."""
    if file is None:
        return (click.prompt("Kunci pemulihan atau kunci cadangan", hide_input=True),)
    try:
        lines = file.read_text(encoding="ascii").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        text = "Berkas kunci tidak dapat dibaca."
        hint = "Beri berkas teks dengan baris AGE-SECRET-KEY-1…"
        raise BadInput(Finding("identity_unreadable", text, str(file), hint)) from error
    return tuple(line for line in lines if line.strip() and not line.startswith("#"))
