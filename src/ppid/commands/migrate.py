"""`ppid migrate`: bring both databases to the version of this program."""

import click
from django.conf import settings
from django.core.management import call_command

from ppid.commands.readiness import data_errors, demand_ours
from ppid.config import setup  # noqa: F401  sets Django up


def migrate_all() -> None:
    """Create or upgrade the tables of both databases, and lay out the pages' assets.

    Raises BadInput when the data folder cannot be written, or a database cannot be opened, is
    another program's or of a newer version.
    """
    aliases = ("default", settings.PUBLIC_DATABASE)
    demand_ours(*aliases)
    with data_errors():
        settings.DATA.mkdir(parents=True, exist_ok=True)
        call_command("migrate", verbosity=0, interactive=False)
        # Without its name Django would go through every migration of the office there too.
        public = {"app_label": "public", "database": settings.PUBLIC_DATABASE}
        call_command("migrate", verbosity=0, interactive=False, **public)
        if settings.STATIC_ROOT:
            call_command("collectstatic", verbosity=0, interactive=False)


@click.command("migrate")
def migrate() -> None:
    """Siapkan atau perbarui basis data kantor dan basis data umum."""
    migrate_all()
    click.echo("Basis data siap.")
