"""A letter to be signed in the tests: its office, its rules, its people's certificates."""

from functools import cache

from office.offices import office, register_item, who
from papers.authority import PASSPHRASE, offline
from papers.signed import read_here, sign_here
from ppid.office.actions.papers import prepare
from ppid.office.actions.signing_rules import set_rules
from ppid.office.models import Body, Determination
from ppid.office.queries.papers.signed import draft_of
from ppid.office.signing_rules import PaperKind, Rules
from ppid.papers import child, signing
from ppid.papers.signature import Way
from ppid.papers.signing import CertificateSigner

ELECTRONIC = {kind.value: Way.CERTIFICATE.value for kind in PaperKind}


def ask_here(monkeypatch):
    """Ask pyHanko in this process; a child by itself is tried in tests/papers."""
    monkeypatch.setattr(child, "ask", sign_here)
    monkeypatch.setattr(signing, "work_apart", read_here)


def rules(**more):
    """Return rules that trust the tests' authority and sign every kind with certificates."""
    return Rules(**{"ways": ELECTRONIC, "anchors": offline().anchors, **more})


def rule(walk, **more):
    """Set the rules of the office."""
    set_rules(body(), rules(**more), by=who(walk, "ppid_utama"), at=walk.tick())


def body():
    return Body.objects.get()


def letter(**more):
    """Return an office and its letter of determination."""
    walk = office(**more)
    register_item(walk)
    return walk, Determination.objects.get()


def draft(walk, kind, subject, role="ppid_utama"):
    return draft_of(kind, str(subject), body=body(), by=who(walk, role), on=walk.today)


def prepared(walk, found, *, kind=PaperKind.DETERMINATION, role="ppid_utama", **more):
    """Return the letter, prepared to be signed."""
    ready = draft(walk, kind, getattr(found, "pk", found), role)
    return prepare(ready, body(), by=who(walk, role), at=walk.tick(), **more)


@cache
def certificate(name):
    """Return a certificate of a name that counts for years before and after."""
    return offline().issue(name, days=(-2000, 2000))


def signer(name, **more):
    """Return somebody's own certificate as a signer."""
    archive = offline().archive_of(certificate(name))
    told = {"archive": archive, "passphrase": PASSPHRASE, "anchors": offline().anchors}
    return CertificateSigner(**told | more)


def turn(paper, walk):
    """Return whose turn it is: id and name."""
    paper.refresh_from_db()
    done = paper.revisions.count() - 1
    return paper.signers[done]["person"], paper.signers[done]["name"]
