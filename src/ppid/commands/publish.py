"""`ppid publish`: the open site as files, made by a process that holds no key."""

from pathlib import Path

import click
from django.conf import settings

from ppid.commands.readiness import data_errors, demand_ready
from ppid.config import setup_public  # noqa: F401  sets Django up
from ppid.errors import BadInput, Finding
from ppid.public.static_site.asking import Site
from ppid.public.static_site.folder import opened
from ppid.public.static_site.publication import publish as write_site


@click.command("publish")
@click.option(
    "--static",
    "folder",
    required=True,
    metavar="FOLDER",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder yang dilayani server web; dibuat bila belum ada.",
)
def publish(folder: Path) -> None:
    """Tulis seluruh situs umum sebagai berkas; dijalankan lagi, hanya yang berubah yang ditulis."""
    demand_ready(settings.PUBLIC_DATABASE)
    _demand_assets()
    site = Site(settings.PUBLIC_URL)
    with data_errors(), opened(folder) as written:
        write_site(written, site)
    figures = written.figures
    click.echo(f"{figures.written} berkas ditulis, {figures.unchanged} tidak berubah: {folder}")


def _demand_assets() -> None:
    """Raise BadInput `assets_missing` as long as style sheets and scripts are not laid out."""
    if settings.STATIC_ROOT and not (settings.STATIC_ROOT / "staticfiles.json").exists():
        text = "Gaya dan naskah halaman belum disiapkan."
        hint = "Jalankan ppid migrate, lalu salin folder aset ke folder data situs umum."
        place = str(settings.STATIC_ROOT)
        raise BadInput(Finding("assets_missing", text, place=place, hint=hint))
