"""`ppid migrate`: bring both databases to the version of this program."""

import click
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError

from ppid.config import setup  # noqa: F401  sets Django up
from ppid.errors import BadInput, Finding


def migrate_all() -> None:
    """Create or upgrade the tables of both databases, and lay out the pages' assets.

    Raises BadInput when the data folder cannot be written or a database cannot be opened.
    """
    try:
        settings.DATA.mkdir(parents=True, exist_ok=True)
        for alias in ("default", settings.PUBLIC_DATABASE):
            call_command("migrate", database=alias, verbosity=0, interactive=False)
        call_command("collectstatic", verbosity=0, interactive=False)
    except (OSError, DatabaseError) as error:
        raise BadInput(
            Finding(
                "data_folder",
                f"Data tidak dapat dibuka atau ditulis: {error}",
                place=str(settings.DATA),
                hint="Periksa PPID_DATA, izin folder, dan sisa ruang disk.",
            )
        ) from error


@click.command("migrate")
def migrate() -> None:
    """Siapkan atau perbarui basis data kantor dan basis data umum."""
    migrate_all()
    click.echo("Basis data siap.")
