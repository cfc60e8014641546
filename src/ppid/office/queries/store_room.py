"""The store room as a person sees it: the tree of places, one place, and what a code stands for."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, QuerySet

from ppid.errors import Finding, NotFound
from ppid.office.actions.places import closing_obstacles, keeping_obstacles, path_of
from ppid.office.authority import Authority, Right, authority_of, demand
from ppid.office.labels import code_of, ids_of, read_code
from ppid.office.models import ArchiveEntry, Body, Item, Loan, Place, StockTake
from ppid.office.places import PlaceKind
from ppid.office.queries.inbox import visible_items
from ppid.office.queries.places import Node, tree

NEWEST_STOCK_TAKES = 5
NO_PLACE = Finding("place_unknown", "Tempat ini tidak ditemukan.")


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A paper in a place. loan: with whom it is, None while it is there."""

    entry: ArchiveEntry
    item: Item
    loan: Loan | None

    @property
    def code(self) -> str:
        """Return the code on its label."""
        return code_of(self.item.pk)


@dataclass(frozen=True, slots=True)
class PlacePage:
    """One place. hidden: papers here that this person may not see. keeping, closing: why not."""

    place: Place
    path: tuple[Place, ...]
    inside: tuple[Node, ...]
    papers: tuple[PaperLine, ...]
    hidden: int
    stock_takes: tuple[StockTake, ...]
    may_hold: bool
    keeping: tuple[Finding, ...]
    closing: tuple[Finding, ...]

    @property
    def code(self) -> str:
        """Return the code on its label."""
        return code_of(self.place.pk)


@dataclass(frozen=True, slots=True)
class StorePage:
    """The whole store room. unplaced: papers with an entry and no place in the tree."""

    nodes: tuple[Node, ...]
    unplaced: int
    out: int
    overdue: int
    keeping: tuple[Finding, ...]
    whole_body: bool


def store_page(body: Body, *, by: UUID, on: date) -> StorePage:
    """Return the store room as a person sees it on a day. Raises Refused for who may not read."""
    authority = authority_of(by, on=on)
    demand(authority, Right.READ)
    seen = visible_items(body.pk, authority=authority)
    loans = Loan.objects.filter(item__in=seen, returned_at__isnull=True)
    kept = ArchiveEntry.objects.filter(item__in=seen, destroyed_at__isnull=True)
    return StorePage(
        nodes=tree(body),
        unplaced=kept.filter(place__isnull=True).count(),
        out=loans.count(),
        overdue=loans.filter(due_on__lt=on).count(),
        keeping=keeping_obstacles(authority),
        whole_body=authority.agencies(Right.READ) is None,
    )


def visible_place(place: UUID, *, by: UUID, body: str, on: date) -> tuple[Place, Authority]:
    """Return a place of the body. Raises NotFound; Refused for who may not read."""
    authority = authority_of(by, on=on)
    demand(authority, Right.READ)
    found = Place.objects.filter(pk=place, body=body).select_related("body", "parent").first()
    if found is None:
        raise NotFound(NO_PLACE)
    return found, authority


def place_page(place: UUID, *, by: UUID, body: str, on: date) -> PlacePage:
    """Return what a person sees of a place on a day. Raises as `visible_place`."""
    found, authority = visible_place(place, by=by, body=body, on=on)
    seen = visible_items(body, authority=authority)
    papers = papers_in(found).filter(item__in=seen)
    nodes, kind = tree(found.body), PlaceKind(found.kind)
    return PlacePage(
        place=found,
        path=path_of(found),
        inside=tuple(one for one in nodes if one.place.parent_id == found.pk),
        papers=paper_lines(papers),
        hidden=found.entries.count() - papers.count(),
        stock_takes=tuple(found.stock_takes.all()[:NEWEST_STOCK_TAKES]),
        may_hold=kind is not PlaceKind.FOLDER and found.closed_at is None,
        keeping=keeping_obstacles(authority),
        closing=(*keeping_obstacles(authority), *closing_obstacles(found)),
    )


def papers_in(*places: Place) -> QuerySet[ArchiveEntry]:
    """Return the papers that belong directly in the places, in the order of their ends."""
    rows = ArchiveEntry.objects.filter(place__in=places).select_related("item__agency", "place")
    return rows.order_by(F("item__opens_on").asc(nulls_last=True), "item__title")


def paper_lines(entries: QuerySet[ArchiveEntry]) -> tuple[PaperLine, ...]:
    """Return the papers with who has each of them now."""
    found = list(entries)
    items = [one.item_id for one in found]
    loans = Loan.objects.filter(item__in=items, returned_at__isnull=True)
    out = {one.item_id: one for one in loans}
    return tuple(PaperLine(one, one.item, out.get(one.item_id)) for one in found)


def behind_code(text: str, *, by: UUID, body: str, on: date) -> Item | Place:
    """Return what the label with this code is on, if the person may see it. Raises NotFound."""
    authority, code = authority_of(by, on=on), read_code(text)
    found: Item | Place | None = None
    if code and authority.may(Right.READ):
        first, last = ids_of(code)
        place = Place.objects.filter(body=body, pk__gte=first, pk__lte=last).first()
        items = visible_items(body, authority=authority)
        found = place or items.filter(pk__gte=first, pk__lte=last).first()
    if found is None:
        text = "Kode ini tidak dikenal."
        hint = "Periksa kedua belas angka dan hurufnya pada label."
        raise NotFound(Finding("code_unknown", text, hint=hint))
    return found
