"""`ppid body`: set up a public body for real work, with the person who sets up the rest."""

from datetime import date

import click
from django.utils import timezone

from ppid.commands.readiness import data_errors, demand_ready
from ppid.commands.walk import parse_day
from ppid.config import setup  # noqa: F401  sets Django up
from ppid.errors import BadInput
from ppid.office.actions.accounts import account_findings, open_account
from ppid.office.actions.bodies import create_body
from ppid.office.actions.people import add_person, make_appointment
from ppid.office.authority import role_name
from ppid.office.models import Body
from ppid.office.writing import writing

ROLE = "pengelola_sistem"
NEXT = """
{name} siap. Masuk sebagai {username}, lalu:
  1. Orang dan penugasan: perangkat daerah, para pejabat, dan kop surat.
  2. SOP: adopsi berkas SOP badan publik ini.
  3. Kunci pemulihan brankas, sebelum soft copy pertama: ppid vault key {slug}
"""


@click.group("body")
def body() -> None:
    """Siapkan badan publik."""


@body.command("new")
@click.argument("slug", metavar="BADAN")
@click.option("--name", metavar="NAMA", required=True, help="Contoh: Pemerintah Kota Bontang.")
@click.option("--unit", metavar="UNIT", default="", help="Unit yang menjadi PPID, pada kop surat.")
@click.option("--place", metavar="TEMPAT", required=True, help="Tempat surat ditandatangani.")
@click.option("--zone", metavar="ZONA", required=True, help="Asia/Jakarta, Asia/Makassar, …")
@click.option("--admin", metavar="NAMA", required=True, help="Nama orang yang menyiapkan.")
@click.option("--username", metavar="AKUN", required=True, help="Nama penggunanya.")
@click.option("--decree", metavar="NOMOR", required=True, help="Keputusan yang menugaskannya.")
@click.option("--decree-date", metavar="TANGGAL", help="Asal: hari ini.")
def new(
    slug: str,
    *,
    name: str,
    unit: str,
    place: str,
    zone: str,
    admin: str,
    username: str,
    decree: str,
    decree_date: str | None,
) -> None:
    """Buat badan publik dan pengelola sistemnya; kata sandinya ditanyakan."""
    demand_ready("default")
    day = parse_day(decree_date)
    password = click.prompt("Kata sandi", hide_input=True, confirmation_prompt="Sekali lagi")
    if findings := account_findings(username, password):
        raise BadInput(*findings)
    at = timezone.now()
    with data_errors(), writing():
        made = create_body(slug, name=name, unit=unit, place=place, timezone=zone, at=at)
        person = add_person(made, name=admin, at=at)
        open_account(person, username=username, password=password, at=at, given=False)
        make_appointment(
            person,
            role=ROLE,
            position=role_name(ROLE),
            starts_on=_today(made),
            decree_number=decree,
            decree_date=day,
            at=at,
        )
    click.echo(NEXT.format(name=name, username=username, slug=slug).rstrip())


def _today(body: Body) -> date:
    return timezone.now().astimezone(body.zone).date()
