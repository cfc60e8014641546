"""Where the paper of an item goes, and what is worth a word about its entry."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ppid.errors import Finding
from ppid.law.archive_security import Security, security_weaknesses
from ppid.law.retention import Phase, phase, retention_ends_on
from ppid.law.term import in_words
from ppid.office.models import ArchiveEntry, Item, Loan, SoftCopy
from ppid.office.places import DEPTH, PlaceKind, Proposal, Shelf, Side, proposed_place
from ppid.office.queries.loans import LoanLine, loan_lines
from ppid.office.queries.places import Node, tree

HOLDING = DEPTH[PlaceKind.DRAWER]
"""From this kind inwards a place is proposed for papers."""


@dataclass(frozen=True, slots=True)
class Filing:
    """What the form of an archive entry needs. why: of the proposal, in words."""

    nodes: tuple[Node, ...]
    proposal: Proposal | None
    proposed: str
    why: str


@dataclass(frozen=True, slots=True)
class Keeping:
    """An archive entry as its page shows it. documents: the newest version of each soft copy.

    loan: who has the paper now, None while it is there.
    """

    place: str
    security: str
    weaknesses: tuple[Finding, ...]
    documents: tuple[SoftCopy, ...]
    phase: Phase
    fate: str
    ends_on: date | None
    loan: LoanLine | None


def filing_of(item: Item) -> Filing:
    """Return where the paper could go, with the place that keeps the order of the ends.

    Papers of another agency are left alone (asas asal usul, PP 28/2012 ps. 44 (1)).
    """
    nodes = tree(item.body)
    found = proposed_place(item.opens_on, _shelves(item, nodes))
    paths = {str(one.place.pk): one.path for one in nodes}
    return Filing(
        nodes=nodes,
        proposal=found,
        proposed=paths[found.place] if found else "",
        why=_why(found) if found else "",
    )


def _shelves(item: Item, nodes: tuple[Node, ...]) -> tuple[Shelf, ...]:
    """Return the innermost places that are empty or hold papers of the item's agency."""
    parents = {one.place.parent_id for one in nodes}
    held: dict[UUID, list[tuple[UUID, date | None]]] = {}
    rows = ArchiveEntry.objects.filter(item__body=item.body, place__isnull=False)
    rows = rows.exclude(item=item.pk)
    for place, agency, end in rows.values_list("place", "item__agency", "item__opens_on"):
        held.setdefault(place, []).append((agency, end))
    found = []
    for one in nodes:
        papers = held.get(one.place.pk, [])
        innermost = one.place.pk not in parents and DEPTH[PlaceKind(one.place.kind)] >= HOLDING
        if innermost and all(agency == item.agency_id for agency, _ in papers):
            found.append(Shelf(str(one.place.pk), tuple(end for _, end in papers)))
    return tuple(found)


def _why(found: Proposal) -> str:
    if found.side is Side.FIRST:
        return "tempat kosong yang pertama"
    end = f"yang berakhir {in_words(found.neighbour)}" if found.neighbour else "yang tanpa tanggal"
    return f"{found.side.value} arsip {end}"


def documents_of(item: Item) -> tuple[SoftCopy, ...]:
    """Return the newest version of each document of the item, in the order they came.

    Public copies are kept in the vault too, but are no documents of their own.
    """
    newest: dict[UUID, SoftCopy] = {}
    made = item.public_copies.values("document")
    rows = SoftCopy.objects.filter(item=item).exclude(document__in=made)
    for copy in rows.order_by("stored_at", "version"):
        newest[copy.document] = copy
    return tuple(newest.values())


def keeping_of(item: Item, entry: ArchiveEntry, *, exempt: bool, on: date) -> Keeping:
    """Return the entry as its page shows it on a day."""
    nodes = {one.place.pk: one.path for one in tree(item.body)} if entry.place_id else {}
    level, out = Security(entry.security), Loan.objects.filter(item=item, returned_at__isnull=True)
    return Keeping(
        place=nodes.get(entry.place_id, ""),
        security=level.label,
        weaknesses=security_weaknesses(level, exempt=exempt),
        documents=documents_of(item),
        phase=phase(entry.schedule, on=on),
        fate=entry.fate.replace("_", " "),
        ends_on=retention_ends_on(entry.schedule),
        loan=next(iter(loan_lines(item.body, out, on=on)), None),
    )
