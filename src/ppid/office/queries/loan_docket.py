"""The docket of the store room: what is out, what came back, and one loan."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ppid.errors import Finding, NotFound
from ppid.office.actions.places import keeping_obstacles
from ppid.office.authority import Authority, Right, authority_of, demand
from ppid.office.models import Body, Loan
from ppid.office.queries.inbox import visible_items
from ppid.office.queries.loans import LoanLine, loan_lines

MOST_RETURNED = 20


@dataclass(frozen=True, slots=True)
class LoansPage:
    """The docket of the store room: what is out, the most pressing first; what came back lately."""

    out: tuple[LoanLine, ...]
    returned: tuple[LoanLine, ...]
    keeping: tuple[Finding, ...]


def loans_page(body: Body, *, by: UUID, on: date) -> LoansPage:
    """Return the loans that a person may see on a day. Raises Refused for who may not read."""
    authority = authority_of(by, on=on)
    demand(authority, Right.READ)
    seen = visible_items(body.pk, authority=authority)
    rows = Loan.objects.filter(item__in=seen).select_related("item__agency")
    back = rows.filter(returned_at__isnull=False).order_by("-returned_at")
    return LoansPage(
        out=loan_lines(body, rows.filter(returned_at__isnull=True), on=on),
        returned=loan_lines(body, back[:MOST_RETURNED], on=on),
        keeping=keeping_obstacles(authority),
    )


def visible_loan(loan: UUID, *, by: UUID, body: str, on: date) -> tuple[Loan, Authority]:
    """Return a loan of an item that the person may see. Raises NotFound."""
    authority = authority_of(by, on=on)
    rows = Loan.objects.filter(pk=loan).select_related("item__body", "item__agency")
    found = rows.filter(item__in=visible_items(body, authority=authority)).first()
    if found is None or not authority.may(Right.READ):
        raise NotFound(Finding("loan_unknown", "Peminjaman ini tidak ditemukan."))
    return found, authority
