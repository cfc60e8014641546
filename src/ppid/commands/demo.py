"""`ppid demo`: four invented offices at work, in the data folder."""

import shutil
from pathlib import Path

import click
from django.conf import settings
from django.db import connections

from ppid.commands.migrate import migrate_all
from ppid.commands.readiness import data_errors, database_findings
from ppid.commands.walk import parse_day
from ppid.config import setup  # noqa: F401  sets Django up
from ppid.errors import Finding, Refused
from ppid.office.demo.build import PASSWORD_FILE, build_demo, demo_password
from ppid.office.demo.offices import OFFICES
from ppid.office.models import Body, Event, Item

MADE = ("office.sqlite3", "public.sqlite3", "keys", "vault", "cache", PASSWORD_FILE)


@click.command("demo")
@click.option("--reset", is_flag=True, help="Buat ulang: data contoh yang lama dihapus.")
@click.option("--on", metavar="TANGGAL", help="Hari ini menurut contoh; asal: hari ini.")
def demo(reset: bool, on: str | None) -> None:
    """Muat empat badan publik contoh ke dalam folder data."""
    today = parse_day(on)
    if reset:
        _demand_demo()
        with data_errors():
            _remove()
    migrate_all()
    if Body.objects.exists():
        raise Refused(
            Finding(
                "data_not_empty",
                "Folder data sudah berisi badan publik.",
                place=str(settings.DATA),
                hint="Pakai --reset untuk membuat ulang contoh, atau PPID_DATA untuk folder lain.",
            )
        )
    with data_errors():
        build_demo(today=today)
    click.echo(f"Contoh siap: {Item.objects.count()} informasi, {Event.objects.count()} peristiwa.")
    click.echo(sign_in_help())


def sign_in_help() -> str:
    """Return whom to sign in as, and with which password."""
    lines = [f"Kata sandi semua akun contoh: {demo_password()}"]
    for office in OFFICES:
        names = ", ".join(f"{part}.{office.slug}" for part, _, _ in office.accounts)
        lines.append(f"  {office.name}: {names}, dinkes.{office.slug}, …")
    return "\n".join(lines)


def _demand_demo() -> None:
    """Raise Refused unless the folder holds a demo, or nothing that `demo` makes."""
    on_file = connections["default"].vendor == "sqlite"
    is_new = not any((settings.DATA / name).exists() for name in MADE)
    if not on_file or not (is_new or _is_demo()):
        raise Refused(
            Finding(
                "not_a_demo",
                "Data ini bukan contoh, jadi tidak dihapus.",
                place=str(settings.DATA),
                hint="Pakai PPID_DATA untuk folder lain, atau basis data PostgreSQL yang kosong.",
            )
        )


def _is_demo() -> bool:
    """Return whether the data is a demo's and nobody has set up a body beside it."""
    if not (settings.DATA / PASSWORD_FILE).exists():
        return False
    if database_findings("default"):
        return True  # broken off while it was made, or of another version: no body can be read
    return set(Body.objects.values_list("pk", flat=True)) <= {one.slug for one in OFFICES}


def _remove() -> None:
    """Remove what a demo made."""
    connections.close_all()
    for name in MADE:
        for path in _with_companions(settings.DATA / name):
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)


def _with_companions(path: Path) -> list[Path]:
    return [path, *path.parent.glob(f"{path.name}-*")] if path.suffix else [path]
