"""Record a stock-take: the codes scanned in one place, and what they say."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID, uuid4

from ppid.errors import BadInput, Finding
from ppid.office.actions.places import demand_keeper
from ppid.office.labels import DIGITS, read_code
from ppid.office.log import Fact, append, lock
from ppid.office.models import ArchiveEntry, Body, Loan, Place, StockTake
from ppid.office.stock import Kept, compare
from ppid.office.writing import writing

MOST_SCANS = 2000
LONGEST_UNREAD = 40


def take_stock(
    place: Place, *, scans: Iterable[str], by: UUID, at: datetime, act: UUID | None = None
) -> StockTake:
    """Compare the scans with what belongs in the place and all inside it; record and return it.

    scans: a label each, as typed or scanned. Raises Refused; BadInput: nothing_scanned,
    too_many_scans.
    """
    read = [read_code(one) or one.strip()[:LONGEST_UNREAD] for one in scans if one.strip()]
    if not read or len(read) > MOST_SCANS:
        raise BadInput(_no_scans(len(read)))
    made = uuid4()
    with writing(act=act, at=at):
        lock(place.body_id)
        demand_keeper(place.body, by=by, at=at)
        places = places_of(place.body)
        result = compare(
            read,
            papers=_papers(place.body),
            places={one.hex[:DIGITS]: str(one) for one in places},
            within=frozenset(str(one) for one in inside(place.pk, places)),
        )
        said = {"id": str(made), "place": str(place.pk)}
        fact = Fact("stock.taken", said, {"result": result.as_dict()})
        append(fact, body=place.body_id, by=by, at=at)
    return StockTake.objects.get(pk=made)


def places_of(body: Body) -> dict[UUID, UUID | None]:
    """Return every place of the body with the one it stands in."""
    return dict(Place.objects.filter(body=body).values_list("pk", "parent_id"))


def inside(place: UUID, places: dict[UUID, UUID | None]) -> frozenset[UUID]:
    """Return the place and all that stands in it, however deep."""
    found, waiting = {place}, [place]
    while waiting:
        here = waiting.pop()
        waiting += [one for one, parent in places.items() if parent == here]
        found.update(waiting)
    return frozenset(found)


def _papers(body: Body) -> dict[str, Kept]:
    out = set(
        Loan.objects.filter(item__body=body, returned_at__isnull=True).values_list(
            "item", flat=True
        )
    )
    rows = ArchiveEntry.objects.filter(item__body=body).values_list("item", "place")
    return {
        item.hex[:DIGITS]: Kept(str(item), str(place or ""), item in out) for item, place in rows
    }


def _no_scans(count: int) -> Finding:
    if count:
        text = f"Terlalu banyak: paling banyak {MOST_SCANS} kode sekaligus."
        return Finding("too_many_scans", text, "scans", "Periksa tempat demi tempat.")
    text = "Belum ada satu kode pun."
    return Finding("nothing_scanned", text, "scans", "Pindai atau ketik kode pada label.")
