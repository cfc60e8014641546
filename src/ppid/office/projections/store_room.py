"""The store room, from its events: places, archive entries, loans, stock-takes."""

from datetime import date

from ppid.office.models import ArchiveEntry, Loan, Place, StockTake
from ppid.office.projections.happened import Happened

REFERENCES = {"place": "place_id", "parent": "parent_id"}


def add_place(happened: Happened) -> None:
    """A place in the tree."""
    happened.create(Place, body_id=happened.body, **_columns(happened))


def change_place(happened: Happened) -> None:
    """Another name, or another place to stand in."""
    values = _columns(happened)
    happened.rows(Place).filter(pk=values.pop("id")).update(**values)


def close_place(happened: Happened) -> None:
    """Nothing is kept there any more."""
    happened.rows(Place).filter(pk=happened.values["id"]).update(closed_at=happened.at)


def file_in_archive(happened: Happened) -> None:
    """Where the item's copies are kept. Before there were places an event had fewer fields."""
    values = _columns(happened)
    if values.get("closed_on"):
        values["closed_on"] = date.fromisoformat(values["closed_on"])
    happened.rows(ArchiveEntry).update_or_create(
        item_id=happened.item,
        defaults={"filed_at": happened.at, "filed_by": happened.by, **values},
    )


def lend(happened: Happened) -> None:
    """A paper goes out."""
    values = dict(happened.values)
    due_on = date.fromisoformat(values.pop("due_on"))
    happened.create(
        Loan,
        item_id=happened.item,
        due_on=due_on,
        lent_at=happened.at,
        lent_by=happened.by,
        **values,
    )


def take_back(happened: Happened) -> None:
    """A paper comes back."""
    happened.rows(Loan).filter(pk=happened.values["id"]).update(
        returned_at=happened.at,
        returned_by=happened.by,
        condition=happened.values["condition"],
    )


def take_stock(happened: Happened) -> None:
    """What was found on a shelf."""
    happened.create(StockTake, at=happened.at, by=happened.by, **_columns(happened))


def _columns(happened: Happened) -> dict[str, object]:
    return {REFERENCES.get(name, name): value for name, value in happened.values.items()}
