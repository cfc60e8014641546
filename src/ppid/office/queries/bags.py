"""What goes into a bag: one item, or every item that was determined in a year."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ppid.office.models import Item
from ppid.office.queries.items import visible_item


@dataclass(frozen=True, slots=True)
class BagOrder:
    """The items of a bag, its name as a folder, and its title in words."""

    items: tuple[Item, ...]
    name: str
    title: str


def bag_of_item(item: UUID, *, by: UUID, body: str, on: date) -> BagOrder:
    """Return the bag of one item that the person may see. Raises NotFound."""
    found, _ = visible_item(item, by=by, body=body, on=on)
    return BagOrder((found,), f"{body}-{found.pk}-{on:%Y%m%d}", f"Informasi: {found.title}")


def bag_of_year(year: int, *, by: UUID, body: str, on: date) -> BagOrder:
    """Return the bag of what was determined in a year. Raises NotFound for what is not theirs."""
    rows = Item.objects.filter(
        body=body, determination_lines__determination__determined_on__year=year
    )
    ids = rows.order_by("pk").values_list("pk", flat=True).distinct()
    items = tuple(visible_item(one, by=by, body=body, on=on)[0] for one in ids)
    title = f"Informasi yang ditetapkan pada tahun {year}"
    return BagOrder(items, f"{body}-{year}-{on:%Y%m%d}", title)
