"""Hand a paper out and take it back (peminjaman arsip)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from ppid.errors import BadInput, Finding, Refused
from ppid.law.reading import reading_obstacles
from ppid.law.workdays import add_workdays
from ppid.office.actions.places import demand_keeper
from ppid.office.authority import Right, authority_in
from ppid.office.calendar import body_calendar
from ppid.office.log import Fact, append, lock
from ppid.office.models import Item, Loan, Person
from ppid.office.writing import writing

USUAL_WORKDAYS = 5
MOST_WORKDAYS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Lending:
    """To whom, what for, how long. borrower: of the office; else party: somebody outside, by name.

    workdays: the paper is due at the end of that many working days after today.
    """

    borrower: UUID | None = None
    party: str = ""
    reason: str = ""
    workdays: int = USUAL_WORKDAYS


def lending_obstacles(item: Item) -> tuple[Finding, ...]:
    """Return why the item's paper cannot be handed out now, whoever does it."""
    entry = getattr(item, "archive", None)
    if entry is None or not (entry.place_id or entry.hard_copy):
        text = "Hard copy informasi ini tidak tercatat di ruang simpan."
        return (Finding("no_hard_copy", text, hint="Catat tempat penyimpanannya lebih dahulu."),)
    if Loan.objects.filter(item=item, returned_at__isnull=True).exists():
        text = "Hard copy ini sedang dipinjam."
        return (Finding("already_lent", text, hint="Catat kembalinya lebih dahulu."),)
    return ()


def lend(item: Item, lending: Lending, *, by: UUID, at: datetime, act: UUID | None = None) -> Loan:
    """Hand the item's paper out and return the loan; its due day stays as it was printed.

    Raises Refused: not_authorised, no_hard_copy, already_lent, borrower_may_not_read; BadInput.
    Source: UU 14/2008 ps. 54; UU 43/2009 ps. 44 (2)
    """
    made = uuid4()
    with writing(act=act, at=at):
        lock(item.body_id)
        demand_keeper(item.body, by=by, at=at)
        if findings := _mistakes(item, lending):
            raise BadInput(*findings)
        if refused := (*lending_obstacles(item), *_borrower_obstacles(item, lending, at=at)):
            raise Refused(*refused)
        today = at.astimezone(item.body.zone).date()
        due_on = add_workdays(today, lending.workdays, body_calendar(item.body)).day
        said = {"id": str(made), "due_on": due_on.isoformat()}
        kept = {
            "borrower": str(lending.borrower) if lending.borrower else None,
            "party": lending.party.strip(),
            "reason": lending.reason.strip(),
        }
        fact = Fact("archive.lent", said, kept, item=item.pk)
        append(fact, body=item.body_id, by=by, at=at)
    return Loan.objects.get(pk=made)


def take_back(
    loan: Loan, *, condition: str, by: UUID, at: datetime, act: UUID | None = None
) -> None:
    """Record that the paper is back. condition: what is to be said of it, may be empty.

    Raises Refused: not_authorised, not_lent.
    """
    body = loan.item.body
    with writing(act=act, at=at):
        lock(body.pk)
        demand_keeper(body, by=by, at=at)
        loan.refresh_from_db()
        if loan.returned_at:
            raise Refused(Finding("not_lent", "Peminjaman ini sudah selesai."))
        said, kept = {"id": str(loan.pk)}, {"condition": condition.strip()}
        append(Fact("archive.returned", said, kept, item=loan.item_id), body=body.pk, by=by, at=at)


def _mistakes(item: Item, lending: Lending) -> tuple[Finding, ...]:
    found = []
    if bool(lending.borrower) == bool(lending.party.strip()):
        text = "Pilih seorang pejabat, atau tulis nama pihak luar."
        found.append(Finding("borrower_unclear", text, "borrower"))
    if lending.borrower and not Person.objects.filter(pk=lending.borrower, body=item.body).exists():
        found.append(Finding("borrower_unknown", "Orang itu tidak ada di sini.", "borrower"))
    if not lending.reason.strip():
        found.append(Finding("reason_missing", "Tulis keperluan peminjaman.", "reason"))
    if not 1 <= lending.workdays <= MOST_WORKDAYS:
        text = f"Tulis 1 sampai {MOST_WORKDAYS} hari kerja."
        found.append(Finding("loan_too_long", text, "workdays"))
    return tuple(found)


def _borrower_obstacles(item: Item, lending: Lending, *, at: datetime) -> tuple[Finding, ...]:
    """Return that the borrower may not read the item, if they are of the office and may not."""
    if lending.borrower is None:
        return ()
    authority = authority_in(item.body, by=lending.borrower, at=at)
    limit = authority.agencies(Right.READ)
    kept_from = reading_obstacles(
        has_role=authority.may(Right.READ),
        agency=str(item.agency_id),
        limited_to=None if limit is None else [str(one) for one in limit],
    )
    text = "Peminjam tidak bertugas menangani informasi ini."
    source = "UU 14/2008 ps. 54 (1)"
    found = Finding("borrower_may_not_read", text, "borrower", "Pilih pejabat lain.", source)
    return (found,) if kept_from else ()
