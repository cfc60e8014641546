"""`ppid demo`: four invented offices at work, in the data folder."""

import shutil
from pathlib import Path

import click
from django.conf import settings
from django.db import connections

from ppid.commands.migrate import migrate_all
from ppid.commands.walk import parse_day
from ppid.config import setup  # noqa: F401  sets Django up
from ppid.errors import Finding, Refused
from ppid.office.demo.build import PASSWORD_FILE, build_demo, demo_password
from ppid.office.demo.offices import OFFICES
from ppid.office.models import Body, Event, Item

MADE = ("office.sqlite3", "public.sqlite3", "keys", "cache", PASSWORD_FILE)


@click.command("demo")
@click.option("--reset", is_flag=True, help="Buat ulang: data contoh yang lama dihapus.")
@click.option("--on", metavar="TANGGAL", help="Hari ini menurut contoh; asal: hari ini.")
def demo(reset: bool, on: str | None) -> None:
    """Muat empat badan publik contoh ke dalam folder data."""
    if reset:
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
    build_demo(today=parse_day(on))
    click.echo(f"Contoh siap: {Item.objects.count()} informasi, {Event.objects.count()} peristiwa.")
    click.echo(sign_in_help())


def sign_in_help() -> str:
    """Return whom to sign in as, and with which password."""
    lines = [f"Kata sandi semua akun contoh: {demo_password()}"]
    for office in OFFICES:
        names = ", ".join(f"{part}.{office.slug}" for part, _, _ in office.accounts)
        lines.append(f"  {office.name}: {names}, dinkes.{office.slug}, …")
    return "\n".join(lines)


def _remove() -> None:
    """Remove what a demo made; refused for data that is no demo, or on PostgreSQL."""
    on_file = connections["default"].vendor == "sqlite"
    is_demo = (settings.DATA / PASSWORD_FILE).exists() or not (
        settings.DATA / "office.sqlite3"
    ).exists()
    if not on_file or not is_demo:
        raise Refused(
            Finding(
                "not_a_demo",
                "Data ini bukan contoh, jadi tidak dihapus.",
                place=str(settings.DATA),
                hint="Pakai PPID_DATA untuk folder lain, atau basis data PostgreSQL yang kosong.",
            )
        )
    connections.close_all()
    for name in MADE:
        for path in _with_companions(settings.DATA / name):
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)


def _with_companions(path: Path) -> list[Path]:
    return [path, *path.parent.glob(f"{path.name}-*")] if path.suffix else [path]
