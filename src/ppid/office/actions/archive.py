"""File an item: where its soft copy and its hard copy are kept."""

from datetime import datetime
from uuid import UUID

from ppid.errors import BadInput, Finding, Refused
from ppid.office.authority import MAY, Authority, Right, authority_in, not_authorised
from ppid.office.log import Fact, append, lock
from ppid.office.models import Item
from ppid.office.writing import writing

SECURITY_LEVELS = ("biasa", "terbatas", "rahasia", "sangat_rahasia")
FILING_ROLES = MAY[Right.PREPARE] | {"arsiparis"}


def filing_obstacles(authority: Authority) -> tuple[Finding, ...]:
    """Return why this person may not record archive entries; empty when they may."""
    return () if authority.holds(FILING_ROLES) else (not_authorised(FILING_ROLES),)


def file_item(
    item: Item,
    *,
    soft_copy: str,
    hard_copy: str,
    by: UUID,
    at: datetime,
    classification_code: str = "",
    quantity: str = "",
    security: str = "rahasia",
    act: UUID | None = None,
) -> None:
    """Record the item's archive entry. Raises BadInput or Refused.

    Source: UU 14/2008 ps. 8; PP 28/2012 ps. 42
    """
    findings = []
    if not soft_copy.strip() and not hard_copy.strip():
        text = "Isi tempat soft copy, hard copy, atau keduanya."
        findings.append(Finding("place_missing", text, place="hard_copy"))
    if security not in SECURITY_LEVELS:
        findings.append(
            Finding("security_unknown", "Pilih tingkat keamanan arsip.", place="security")
        )
    if findings:
        raise BadInput(*findings)
    with writing(act=act, at=at):
        lock(item.body_id)
        authority = authority_in(item.body, by=by, at=at)
        refused = filing_obstacles(authority)
        if refused:
            raise Refused(*refused)
        said = {"security": security}
        kept = {
            "soft_copy": soft_copy.strip(),
            "hard_copy": hard_copy.strip(),
            "classification_code": classification_code.strip(),
            "quantity": quantity.strip(),
        }
        fact = Fact("archive.filed", said, kept, case=item.case_id, item=item.pk)
        append(fact, body=item.body_id, by=by, at=at)
