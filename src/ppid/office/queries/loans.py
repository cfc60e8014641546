"""Loans in words: who has what, how late it is, and which of them concern a person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ppid.law.workdays import count_workdays
from ppid.office.authority import Authority, Right
from ppid.office.calendar import body_calendar
from ppid.office.models import Body, Loan, Person


@dataclass(frozen=True, slots=True)
class LoanLine:
    """A loan. who: has or had the paper. late: working days since it was due, 0 for none."""

    loan: Loan
    who: str
    late: int

    @property
    def overdue(self) -> bool:
        """Return whether the paper should have been back."""
        return self.late > 0


def overdue_loans(body: Body, authority: Authority, *, on: date) -> tuple[LoanLine, ...]:
    """Return the overdue loans that concern a person: the keeper's all, a borrower's own."""
    rows = Loan.objects.filter(item__body=body, returned_at__isnull=True, due_on__lt=on)
    if not authority.may(Right.KEEP_STORE):
        rows = rows.filter(borrower=authority.person)
    return tuple(
        line
        for line in loan_lines(body, rows.select_related("item__agency"), on=on)
        if line.overdue
    )


def loan_lines(body: Body, loans: Iterable[Loan], *, on: date) -> tuple[LoanLine, ...]:
    """Return the loans with names and delays."""
    found = list(loans)
    people = [one.borrower for one in found if one.borrower]
    names = dict(Person.objects.filter(pk__in=people).values_list("pk", "name"))
    calendar = body_calendar(body)
    return tuple(
        LoanLine(
            one,
            names.get(one.borrower, "") if one.borrower else one.party,
            0 if one.returned_at else max(0, count_workdays(one.due_on, on, calendar)),
        )
        for one in found
    )
