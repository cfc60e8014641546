"""Prints that are no papers of record: what they say of themselves, and whose QR they bear.

What is of record was prepared to be signed and is in the log; it is downloaded as it was kept. Any
other print is pressed from what the office knows at that moment (docs/decisions/0160).
"""

from ppid.office.models import Body, OfficePaper
from ppid.office.paper_checks import check_of
from ppid.office.paper_files import content_of
from ppid.office.signing_rules import PaperKind, rules_of
from ppid.papers.paper import Paper

Of = tuple[PaperKind, str]
"""What a print is a print of: the kind and the subject of the paper of record."""
WORKING = "Cetakan kerja, bukan naskah resmi."
FROM_RECORDS = "Cetakan dari catatan, bukan naskah yang ditandatangani."
"""What a paper in a pack or a bag says of itself."""


def as_print(paper: Paper, body: Body, *, of: Of | None = None, words: str = WORKING) -> Paper:
    """Return the paper as a print. of: the paper of record, if there can be one.

    The print bears the QR of that paper once it is prepared, because it is checked there.
    """
    found = _newest(body, of) if of else None
    return paper.as_print(words, check_of(found.pk, rules_of(body)) if found else None)


def signed_paper(body: Body, of: Of) -> bytes:
    """Return the newest paper of record as its last signer left it; nothing until then.

    Raises CorruptData if its bytes are gone or not those of the log.
    """
    found = _newest(body, of)
    if found is None or found.completed_at is None:
        return b""
    return content_of(found.revisions.latest("place").sha256)


def _newest(body: Body, of: Of) -> OfficePaper | None:
    kind, subject = of
    rows = OfficePaper.objects.filter(body=body, kind=kind, subject=subject, withdrawn="")
    return rows.order_by("-prepared_at").first()
