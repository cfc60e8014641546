"""`ppid vault`: recovery keys, another service key, reading every sealed file, what is nobody's."""

from datetime import timedelta

import click
from django.utils import timezone

from ppid.commands.readiness import data_errors, demand_ready
from ppid.config import setup  # noqa: F401  sets Django up
from ppid.errors import BadInput, CorruptData, Finding, NotFound
from ppid.office.actions.fixity import check_every_file
from ppid.office.actions.vault import (
    add_recovery_key,
    begin_rotation,
    drop_recovery_key,
    end_rotation,
    reseal,
    waiting,
)
from ppid.office.models import Body, SoftCopy
from ppid.office.queries.vault import faults, nobodys
from ppid.office.vault import storage
from ppid.vault import age

TRIES = 3
GRACE = timedelta(days=1)
SHOWN = """
KUNCI PEMULIHAN BRANKAS {body}

  {identity}

Cetak atau salin sekarang; kunci ini tidak disimpan dan tidak ditampilkan lagi. Simpan di luar mesin
ini, di tempat yang terkunci. Siapa yang memegangnya dapat membuka semua soft copy, juga tanpa
program ini: age -d -i kunci.txt -o dokumen berkas.age
"""


@click.group("vault")
def vault() -> None:
    """Atur kunci brankas dan periksa berkas tersegel."""


@vault.command("key")
@click.argument("body", metavar="BADAN")
@click.option("--recipient", metavar="AGE1…", help="Catat kunci yang dibuat di tempat lain.")
def key(body: str, recipient: str | None) -> None:
    """Buat kunci pemulihan: ditampilkan satu kali, diminta kembali, tidak pernah disimpan."""
    found = _body(body)
    with data_errors():
        storage().create()
        recipient = recipient or _asked_back(found)
        add_recovery_key(found, recipient=recipient, at=timezone.now())
        left = len(waiting(found))
    click.echo(f"Kunci pemulihan tercatat: {recipient}")
    if left:
        click.echo(
            f"{left} soft copy akan disegel ulang oleh pekerja, atau oleh ppid vault rotate."
        )


@vault.command("drop")
@click.argument("body", metavar="BADAN")
@click.argument("recipient", metavar="AGE1…")
def drop(body: str, recipient: str) -> None:
    """Jangan lagi menyegel untuk kunci pemulihan ini, misalnya karena hilang."""
    found = _body(body)
    with data_errors():
        drop_recovery_key(found, recipient=recipient, at=timezone.now())
    click.echo(
        "Kunci pemulihan dicabut. Salinan lama yang sudah disalin orang tetap terbuka baginya."
    )


@vault.command("rotate")
@click.argument("body", metavar="BADAN")
def rotate(body: str) -> None:
    """Ganti kunci layanan dan segel ulang semua soft copy; bila terputus, diteruskan."""
    found = _body(body)
    with data_errors():
        begin_rotation(found, at=timezone.now())
        damaged = _reseal_all(found)
        retired = end_rotation(found)
    if damaged:
        raise CorruptData(*damaged)
    click.echo(f"Selesai; {retired} kunci layanan lama dihapus.")


@vault.command("verify")
@click.argument("body", metavar="BADAN", required=False, default="")
def verify(body: str) -> None:
    """Baca setiap berkas tersegel sampai habis; keluar dengan 1 bila ada yang tidak cocok."""
    demand_ready("default")
    if body:
        _body(body)
    with data_errors():
        found = list(faults(body=body))
        strays = nobodys(before=timezone.now() - GRACE)
        rows = SoftCopy.objects.filter(item__body=body) if body else SoftCopy.objects
        count = rows.count()
    click.echo(f"{count} berkas tersegel dibaca sampai habis.")
    if strays:
        click.echo(f"{len(strays)} berkas tersegel tanpa catatan; lihat ppid vault sweep.")
    if found:
        raise CorruptData(*found)


@vault.command("check")
@click.argument("body", metavar="BADAN", required=False, default="")
def check(body: str) -> None:
    """Baca setiap berkas tersegel sekarang dan catat hasilnya, seperti pekerja sehari-hari."""
    demand_ready("default")
    bodies = [_body(body)] if body else list(Body.objects.order_by("slug"))
    damaged: list[Finding] = []
    for one in bodies:
        with data_errors():
            done = check_every_file(one, at=timezone.now())
        click.echo(f"{one.pk}: {done.files} berkas tersegel dibaca sampai habis dan dicatat.")
        damaged += done.damaged
    if damaged:
        raise CorruptData(*damaged)


@vault.command("sweep")
@click.option("--yes", is_flag=True, help="Hapus; tanpa ini hanya ditampilkan.")
def sweep(yes: bool) -> None:
    """Hapus sisa unggahan yang terputus lebih dari sehari lalu.

    Sesudah memulihkan basis data yang lebih lama, jangan: berkas yang lebih baru dianggap sisa.
    """
    demand_ready("default")
    before = timezone.now() - GRACE
    with data_errors():
        strays = nobodys(before=before)
        for one in strays:
            click.echo(f"{one.name} {one.size} bita")
            if yes:
                storage().remove(one.name)
        begun = storage().sweep(before=before) if yes else 0
    click.echo(f"{len(strays) + begun} sisa {'dihapus' if yes else 'ditemukan'}.")


def _body(slug: str) -> Body:
    demand_ready("default")
    found = Body.objects.filter(pk=slug).first()
    if found is None:
        text = f"Badan publik “{slug}” tidak ada."
        known = ", ".join(Body.objects.order_by("slug").values_list("slug", flat=True))
        raise NotFound(Finding("body_unknown", text, hint=f"Yang ada: {known or 'belum ada'}."))
    return found


def _asked_back(body: Body) -> str:
    """Show a new key once, and return its recipient when it has been typed back.

    Raises BadInput: `recovery_not_typed`; then nothing is recorded.
    """
    identity = age.generate_identity()
    click.echo(SHOWN.format(body=body.name, identity=identity))
    for _ in range(TRIES):
        typed = click.prompt("Ketik kembali kunci itu dari cetakan", hide_input=True)
        if typed.strip().upper() == identity:
            click.clear()
            return age.recipient_of(identity)
        click.echo("Tidak sama dengan yang ditampilkan.", err=True)
    text = "Kunci pemulihan tidak diketik kembali dengan benar; tidak ada yang dicatat."
    raise BadInput(Finding("recovery_not_typed", text, hint="Ulangi; kunci baru akan dibuat."))


def _reseal_all(body: Body) -> list[Finding]:
    """Seal anew what waits, and return what could not be read."""
    todo, damaged = waiting(body), []
    for number, copy in enumerate(todo, start=1):
        try:
            reseal(body, copy, at=timezone.now())
        except CorruptData as error:
            damaged += error.findings
        if number % 100 == 0 or number == len(todo):
            click.echo(f"{number} dari {len(todo)} disegel ulang.")
    return damaged
