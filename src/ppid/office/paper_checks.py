"""Where anybody can check a paper of the body: the address that its QR and its foot bear."""

from uuid import UUID

from django.conf import settings

from ppid.office.signing_rules import Rules
from ppid.papers.paper import Check
from ppid.papers.qr import qr_of
from ppid.public.intake import code_of, grouped

SHORT = "/p"
"""The short address of the open site, before the code of a paper."""


def check_base(rules: Rules) -> str:
    """Return what stands before the code: the body's own address, or that of the open site."""
    return (rules.check_address or f"{settings.PUBLIC_URL.rstrip('/')}{SHORT}").rstrip("/")


def check_of(paper: UUID, rules: Rules) -> Check:
    """Return what is printed on the paper."""
    address = f"{check_base(rules)}/{grouped(code_of(paper))}"
    return Check(address, qr_of(address))


def page_of(paper: UUID) -> str:
    """Return the page of the paper on the open site, whatever address is printed on it."""
    return f"{settings.PUBLIC_URL.rstrip('/')}/periksa/{grouped(code_of(paper))}/"
