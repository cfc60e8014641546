"""The store room of an office of the demo: one rack, three boxes, a loan, a stock-take."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import QuerySet

from ppid.office.actions.archive import FILING_ROLES, Record, file_item
from ppid.office.actions.loans import Lending, lend
from ppid.office.actions.places import Spot, add_place
from ppid.office.actions.stock_takes import take_stock
from ppid.office.demo.team import AtWork
from ppid.office.labels import code_of
from ppid.office.models import Body, Item, Place
from ppid.office.places import PlaceKind
from ppid.office.queries.filing import filing_of

KEEPERS = ["petugas_ppid"]
BOXES = 3
MOST_FILED = 6
LENT_DAYS_AGO = 18
UNKNOWN = "0000-1111-2222"


def furnish(walk: AtWork) -> None:
    """Put a rack with boxes into a room."""
    by = walk.person(KEEPERS)
    above: Place | None = None
    for kind, name in ((PlaceKind.ROOM, "Arsip"), (PlaceKind.RACK, "1")):
        above = add_place(walk.body, Spot(kind, name, above), by=by, at=walk.tick())
    for number in range(1, BOXES + 1):
        spot = Spot(PlaceKind.BOX, str(number), above)
        add_place(walk.body, spot, by=by, at=walk.tick())


def file_in_order(walk: AtWork, item: Item, *, number: int) -> None:
    """File an item where its end belongs, or in words where there is no store room."""
    found = filing_of(item).proposal
    record = Record(
        place=UUID(found.place) if found else None,
        classification_code=f"400.{number}",
        file_number=f"{walk.today.year}/{number}",
        item_number="1",
        period=str(walk.today.year),
        amount=12 + 6 * number,
        unit="lembar",
        development="asli",
        medium="kertas",
        condition="baik",
        processing_unit=item.agency.name,
        active_years=2,
        inactive_years=3,
        fate="permanen" if number % 2 else "musnah",
    )
    hard = "" if found else "Ruang arsip, lemari 1, boks 1"
    by = walk.person(sorted(FILING_ROLES))
    file_item(item, hard_copy=hard, record=record, by=by, at=walk.tick())


def fill(walk: AtWork, *, today: date) -> None:
    """File what no step of the SOP has filed, lend one paper that comes late, look into a box."""
    begins = datetime.combine(today - timedelta(days=LENT_DAYS_AGO), time(8), tzinfo=walk.body.zone)
    walk.now = max(walk.now, begins)
    items = list(_determined(walk.body).filter(archive__isnull=True)[:MOST_FILED])
    for number, item in enumerate(items, start=1):
        file_in_order(walk, item, number=number)
    by = walk.person(KEEPERS)
    kept = list(_determined(walk.body).filter(archive__place__isnull=False))
    if not kept:
        return
    lending = Lending(borrower=walk.person(["ppid_utama"]), reason="Bahan rapat Tim Pertimbangan")
    lend(kept[0], lending, by=by, at=walk.tick())
    box = kept[-1].archive.place
    here = [one for one in kept if one.archive.place_id == box.pk and one != kept[0]]
    strays = [one for one in kept if one.archive.place_id != box.pk][-1:]
    scans = [*(code_of(one.pk) for one in (*here[1:], *strays)), UNKNOWN]
    take_stock(box, scans=scans, by=by, at=walk.tick())


def _determined(body: Body) -> QuerySet[Item]:
    rows = Item.objects.filter(body=body, stage="dikecualikan", declared_open_on__isnull=True)
    return rows.select_related("agency", "body", "archive__place").order_by("opens_on", "public_id")
