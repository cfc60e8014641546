"""`ppid doctor`: look at this installation, say what is wrong and what to do about it."""

import os
import platform
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import partial
from importlib.metadata import version
from io import BytesIO
from urllib.parse import urlsplit

import click
import django
from django.conf import settings
from django.db import connections
from django.utils import timezone

from ppid.commands.readiness import database_findings
from ppid.commands.serve import OFFICE_PORT, PUBLIC_PORT, demand_free_port
from ppid.commands.server_log import telling_settings
from ppid.config import (
    driver,
    setup,  # noqa: F401  sets Django up
)
from ppid.errors import PpidError
from ppid.law.term import in_words
from ppid.law.workdays import national_calendar
from ppid.office import keys
from ppid.office.actions.uploads import scanner
from ppid.office.models import Body, Event, OfficePaper, VaultKeys
from ppid.office.queries.channels import channel_lines
from ppid.office.queries.keepers import kept_outside
from ppid.office.vault import keyring_of
from ppid.vault import age_program, keyring
from ppid.vault.apart import work_apart
from ppid.vault.scan import demand_clean

ENOUGH_MB, LEAST_MB = 1000, 100
DAYS_OF_CALENDAR = 60


class State(StrEnum):
    """How a thing is: as it should be, worth a look, or broken."""

    OK = "baik"
    WARNING = "awas"
    BROKEN = "rusak"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was looked at. hint: what to do."""

    state: State
    text: str
    hint: str = ""


@click.command("doctor")
@click.option("--port", default=OFFICE_PORT, show_default=True)
@click.option("--public-port", default=PUBLIC_PORT, show_default=True)
def doctor(port: int, public_port: int) -> None:
    """Periksa pemasangan di mesin ini; keluar dengan 1 bila ada yang rusak."""
    lines = [line for look in (_versions, _folder, _databases) for line in look()]
    if not any(line.state is State.BROKEN for line in lines):
        lines += [
            line
            for look in (
                _server_log,
                _keys,
                _keepers,
                _channels,
                _calendar,
                _clock,
                _apart,
                scanner_lines,
                age_lines,
                _address,
            )
            for line in look()
        ]
    lines += [_port(one) for one in (port, public_port)]
    for line in lines:
        click.echo(f"{line.state:<6} {line.text}")
        if line.hint:
            click.echo(f"{'':<6} saran: {line.hint}")
    if any(line.state is State.BROKEN for line in lines):
        raise SystemExit(1)


def _versions() -> Iterator[Line]:
    yield Line(State.OK, f"SIP PPID {version('sip-ppid')}, Python {platform.python_version()}")
    yield Line(State.OK, f"Django {django.get_version()}")
    found = ".".join(str(part) for part in driver.version)
    if driver.version >= driver.SAFE_SQLITE:
        yield Line(State.OK, f"SQLite {found} (di dalam pustaka program)")
        return
    hint = "Jalankan make setup agar pustaka terpasang menurut uv.lock."
    yield Line(State.BROKEN, f"SQLite {found} dapat merusak basis data mode WAL", hint)


def _folder() -> Iterator[Line]:
    if not settings.DATA.is_dir():
        hint = "Jalankan ppid migrate, atau perbaiki PPID_DATA."
        yield Line(State.BROKEN, f"Folder data {settings.DATA} tidak ada", hint)
        return
    try:
        with tempfile.TemporaryFile(dir=settings.DATA) as probe:
            probe.write(b"ppid")
            os.fsync(probe.fileno())
    except OSError as error:
        hint = "Jalankan sebagai pemilik folder itu, dan periksa sisa ruang disk."
        yield Line(State.BROKEN, f"Folder data tidak dapat ditulis: {error.strerror}", hint)
        return
    yield Line(State.OK, f"Folder data {settings.DATA} dapat ditulis")
    yield space_line(shutil.disk_usage(settings.DATA).free // 1_000_000)


def space_line(free: int) -> Line:
    """Return how much room is left. free: megabytes."""
    text = f"Sisa ruang disk {free} MB"
    if free >= ENOUGH_MB:
        return Line(State.OK, text)
    hint = "Kosongkan disk: tanpa ruang tidak ada tindakan yang dapat dicatat."
    return Line(State.WARNING if free >= LEAST_MB else State.BROKEN, text, hint)


def _databases() -> Iterator[Line]:
    for alias in ("default", settings.PUBLIC_DATABASE):
        found = database_findings(alias)
        for one in found:
            yield Line(State.BROKEN, str(one), one.hint)
        if not found:
            name = connections[alias].settings_dict["NAME"]
            yield Line(State.OK, f"Basis data {name} terbuka dan sesuai versi program")


def _server_log() -> Iterator[Line]:
    yield from server_log_lines(telling_settings("default"))


def server_log_lines(telling: Sequence[str]) -> Iterator[Line]:
    """Yield what lets words of the office into the log of the database server, if anything."""
    if telling:
        text = f"Log server basis data dapat memuat teks yang dikecualikan: {', '.join(telling)}"
        hint = "Jalankan deploy/roles.sql sebagai superuser, lalu mulai ulang program."
        yield Line(State.WARNING, text, hint)


def _keys() -> Iterator[Line]:
    for body in Body.objects.order_by("slug"):
        look = partial(keys.signer, settings.KEYS, body.pk, expected=body.vkey)
        yield _try(look, f"Kunci {body.pk} terbaca dan benar")
        yield from _vault_keys(body)


def _vault_keys(body: Body) -> Iterator[Line]:
    """Yield whether what is sealed can be opened without this machine, and with it."""
    known = VaultKeys.objects.filter(body=body).first()
    if known is None:
        text = (
            f"Brankas {body.pk} belum memiliki kunci pemulihan: belum ada soft copy yang disimpan"
        )
        hint = f"Jalankan ppid vault key {body.pk}, cetak kuncinya, simpan di luar mesin ini."
        yield Line(State.WARNING, text, hint)
        return
    path = keyring_of(body.pk)
    yield _try(partial(keyring.identities, path), f"Kunci layanan brankas {body.pk} terbaca")
    yield Line(State.OK, f"Brankas {body.pk}: {len(known.recovery)} kunci pemulihan tercatat")


def _keepers() -> Iterator[Line]:
    for body in Body.objects.order_by("slug"):
        kept = kept_outside(body)
        if not kept:
            hint = "Pilih penyimpan luar: tanpa itu log yang ditulis ulang tidak ketahuan."
            yield Line(State.WARNING, f"Titik periksa {body.pk} tidak keluar dari mesin ini", hint)
        for one in kept:
            where = f"Titik periksa {body.pk} pada {one.keeper.address}"
            if one.error:
                yield Line(State.WARNING, f"{where} gagal {one.tries} kali", one.error)
            else:
                yield Line(State.OK, f"{where}: {one.size} dari {one.newest} catatan")


def _channels() -> Iterator[Line]:
    for body in Body.objects.order_by("slug"):
        for one in channel_lines(body):
            where = f"Saluran {one.channel.name} ({body.pk})"
            if one.fails and one.last:
                yield Line(State.WARNING, f"{where} gagal {one.last.tries} kali", one.last.result)
            elif one.channel.is_on:
                yield Line(State.OK, f"{where} menyala")


def _try(act: Callable[[], object], text: str, *, state: State = State.BROKEN) -> Line:
    """Return that it went well, or in which state things are when it does not."""
    try:
        act()
    except PpidError as error:
        return Line(state, str(error.findings[0]), error.findings[0].hint)
    return Line(State.OK, text)


def _calendar() -> Iterator[Line]:
    yield calendar_line(national_calendar().horizon, on=timezone.localdate())


def calendar_line(horizon: date, *, on: date) -> Line:
    """Return whether the known calendar reaches far enough on a day."""
    text = f"Kalender hari libur diketahui sampai {in_words(horizon)}"
    if (horizon - on).days >= DAYS_OF_CALENDAR:
        return Line(State.OK, text)
    hint = "Perbarui program sesudah SKB hari libur terbit; hasil sesudahnya bersifat sementara."
    return Line(State.WARNING, text, hint)


def _clock() -> Iterator[Line]:
    last = Event.objects.order_by("-at").values_list("at", flat=True).first()
    yield clock_line(last, at=timezone.now())


def clock_line(last: datetime | None, *, at: datetime) -> Line:
    """Return whether the machine's clock is behind the last event."""
    if last is None or last <= at:
        return Line(State.OK, "Jam mesin tidak lebih awal daripada peristiwa terakhir")
    text = f"Jam mesin ({at:%d-%m-%Y %H.%M}) lebih awal daripada peristiwa terakhir"
    return Line(State.BROKEN, text, "Betulkan jam mesin (NTP) sebelum bekerja lagi.")


def _apart() -> Iterator[Line]:
    try:
        asked = {"path": str(settings.DATA / "secret")}
        open_doors = work_apart("ppid.vault.seclusion", BytesIO(), asked=asked).said
    except PpidError as error:
        yield Line(State.BROKEN, str(error.findings[0]), "Periksa memori mesin ini.")
    else:
        yield apart_line(network=open_doors["network"], files=open_doors["files"])


def _address() -> Iterator[Line]:
    yield address_line(settings.PUBLIC_URL, papers=OfficePaper.objects.exists())


def address_line(address: str, *, papers: bool) -> Line:
    """Return whether the address of the open site, which papers bear, leads there from elsewhere.

    papers: whether there is one that bears it.
    """
    if papers and urlsplit(address).hostname in ("localhost", "127.0.0.1", "::1"):
        text = f"Pada naskah tercetak {address}, yang hanya dicapai dari mesin ini"
        return Line(State.WARNING, text, "Isi PPID_PUBLIC_URL dengan alamat situs umum.")
    return Line(State.OK, f"Situs umum ada di {address}")


def scanner_lines() -> Iterator[Line]:
    """Yield whether the virus scanner answers, or that there is none."""
    if not settings.CLAMD:
        yield Line(State.OK, "Tanpa pemindai virus (PPID_CLAMD kosong)")
        return
    look = partial(_scan, b"ppid")
    yield _try(look, "Pemindai virus menjawab; unggahan diperiksa olehnya")


def age_lines() -> Iterator[Line]:
    """Yield whether large soft copies are sealed and opened by the fast program."""
    path = age_program.installed()
    if age_program.usable():
        yield Line(State.OK, f"Program age ({path}) menyegel dan membuka berkas besar")
    elif path:
        hint = "Pasang ulang paket age, atau periksa izin unit layanan; program tetap berjalan."
        yield Line(State.WARNING, f"{path} tidak bekerja sebagai program age", hint)
    else:
        hint = "Agar lebih cepat: pasang paket age (Debian/Ubuntu: apt install age)."
        yield Line(State.OK, "Tanpa program age; berkas besar disegel dan dibuka pustaka", hint)


def _scan(data: bytes) -> None:
    demand_clean(BytesIO(data), scanner())


def apart_line(*, network: bool, files: bool) -> Line:
    """Return whether what reads uploaded files can still reach the network, or our own files."""
    if not network and not files:
        return Line(
            State.OK, "Pengolah berkas unggahan terpisah: tanpa jaringan, tanpa berkas lain"
        )
    reached = [name for name, open_ in (("jaringan", network), ("berkas data", files)) if open_]
    text = f"Pengolah berkas unggahan masih dapat menjangkau {' dan '.join(reached)}"
    hint = "Pakai Linux 5.13 ke atas dengan Landlock, dan izinkan RestrictNamespaces=net user."
    return Line(State.WARNING, text, hint)


def _port(port: int) -> Line:
    look = partial(demand_free_port, "127.0.0.1", port)
    return _try(look, f"Porta {port} bebas", state=State.WARNING)
