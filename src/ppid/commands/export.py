"""`ppid export bag`: an item, or the determinations of a year, as a BagIt bag."""

from pathlib import Path
from uuid import UUID

import click
from django.utils import timezone

from ppid.commands.readiness import data_errors, demand_ready
from ppid.config import setup  # noqa: F401  sets Django up
from ppid.errors import BadInput, Finding, NotFound
from ppid.office.actions.bags import export_bag
from ppid.office.models import Account, Person
from ppid.office.queries.bags import bag_of_item, bag_of_year


@click.group("export")
def export() -> None:
    """Ekspor informasi dengan bukti-buktinya."""


@export.command("bag")
@click.argument("item", metavar="INFORMASI", required=False, type=click.UUID)
@click.option("--year", type=int, metavar="TAHUN", help="Semua yang ditetapkan pada tahun itu.")
@click.option(
    "--into",
    required=True,
    metavar="FOLDER",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
)
@click.option("--as", "username", required=True, metavar="AKUN", help="Atas nama siapa.")
@click.option("--reason", required=True, metavar="ALASAN", help="Dicatat bersama ekspor ini.")
@click.option("--open", "opened", is_flag=True, help="Sertakan soft copy yang dibuka.")
def bag(
    item: UUID | None, year: int | None, into: Path, username: str, reason: str, opened: bool
) -> None:
    """Tulis bag BagIt (SHA-256 dan SHA-512) ke sebuah folder; isinya rahasia."""
    demand_ready("default")
    if (item is None) == (year is None):
        text = "Sebut satu informasi, atau --year, salah satu saja."
        raise BadInput(Finding("bag_of_what", text, hint="ppid export bag --help"))
    with data_errors():
        person, at = _person(username), timezone.now()
        on = at.astimezone(person.body.zone).date()
        order = (
            bag_of_item(item, by=person.pk, body=person.body_id, on=on)
            if item
            else bag_of_year(year or 0, by=person.pk, body=person.body_id, on=on)
        )
        made = export_bag(
            order.items,
            into=into,
            name=order.name,
            title=order.title,
            reason=reason,
            by=person.pk,
            at=at,
            opened=opened,
        )
    click.echo(f"{len(order.items)} informasi ditulis ke {made}; utuh menurut bagit.")
    click.echo("Isinya rahasia: simpan di tempat yang terkunci.")


def _person(username: str) -> Person:
    account = Account.objects.select_related("person__body").filter(pk=username).first()
    if account is None:
        text = f"Akun “{username}” tidak ada."
        raise NotFound(Finding("account_unknown", text, hint="Sebut nama akun seorang pejabat."))
    return account.person
