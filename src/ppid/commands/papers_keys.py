"""`ppid papers gateway`, `certificate` and `token`: what signing needs on this machine."""

from pathlib import Path

import click

from ppid.commands.ledger_reading import read_file
from ppid.commands.readiness import demand_ready
from ppid.config import setup  # noqa: F401  sets Django up
from ppid.errors import Finding, NotFound
from ppid.office.models import Body, Person
from ppid.office.signing_keys import set_certificate, set_gateway, set_token
from ppid.papers.esign_http import Gateway
from ppid.papers.signing import Token


@click.command("gateway")
@click.argument("body", metavar="BADAN")
@click.option("--address", required=True, help="Contoh: https://esign.daerah.go.id")
@click.option("--user", required=True, help="Nama pengguna gateway.")
@click.option("--version", type=click.IntRange(1, 2), default=2, show_default=True)
def gateway(body: str, address: str, user: str, version: int) -> None:
    """Pasang gateway eSign BSrE; kata sandinya diketik dan hanya terbaca oleh program ini."""
    found = body_of(body)
    password = click.prompt("Kata sandi gateway", hide_input=True)
    kept = Gateway(address=address, user=user, password=password, version=version)
    set_gateway(found.pk, kept)
    click.echo(f"Gateway {address} terpasang untuk {found.name}.")


@click.command("certificate")
@click.argument("body", metavar="BADAN")
@click.argument("nip", metavar="NIP")
@click.argument("file", metavar="BERKAS.p12")
def certificate(body: str, nip: str, file: str) -> None:
    """Simpan .p12 seorang penanda tangan, tetap tersegel; kata sandinya diminta setiap kali."""
    person = _person(body_of(body), nip)
    set_certificate(person.body_id, person.pk, read_file(Path(file)))
    click.echo(f"Sertifikat {person.name} tersimpan.")


@click.command("token")
@click.argument("body", metavar="BADAN")
@click.argument("nip", metavar="NIP")
@click.option("--module", required=True, help="Pustaka PKCS#11 pembuat token (berkas .so).")
@click.option("--name", required=True, help="Nama (label) token.")
@click.option("--label", required=True, help="Label sertifikat dan kunci di dalam token.")
def token(body: str, nip: str, module: str, name: str, label: str) -> None:
    """Catat token (PKCS#11) seorang penanda tangan; PIN-nya diminta setiap kali."""
    person = _person(body_of(body), nip)
    set_token(person.body_id, person.pk, Token(module=module, name=name, label=label))
    click.echo(f"Token {name} dicatat untuk {person.name}.")


def _person(body: Body, nip: str) -> Person:
    person = Person.objects.filter(body=body, nip=nip).first() if nip else None
    if person is None:
        text = f"Tidak ada orang dengan NIP {nip} pada badan publik ini."
        raise NotFound(Finding("person_unknown", text))
    return person


def body_of(slug: str) -> Body:
    """Return a body by its name in addresses. Raises NotFound."""
    demand_ready("default")
    found = Body.objects.filter(pk=slug).first()
    if found is None:
        raise NotFound(Finding("body_unknown", f"Badan publik “{slug}” tidak ada."))
    return found
