"""A small store room for the tests: places, papers in them, and scans as a phone sends them."""

from office.offices import who
from ppid.office.actions.archive import Record, file_item
from ppid.office.actions.loans import Lending, lend
from ppid.office.actions.places import Spot, add_place
from ppid.office.actions.stock_takes import take_stock
from ppid.office.labels import code_of
from ppid.office.places import PlaceKind


def place(walk, kind, name, parent=None, *, by=None):
    """Return a new place."""
    spot = Spot(PlaceKind(kind), name, parent)
    return add_place(walk.body, spot, by=by or who(walk, "arsiparis"), at=walk.tick())


def shelf(walk, *, boxes=2):
    """Return the boxes of one rack in one room."""
    room = place(walk, "ruang", "Arsip")
    rack = place(walk, "rak", "1", room)
    return [place(walk, "boks", str(number), rack) for number in range(1, boxes + 1)]


def put(walk, item, where=None, *, by=None, hard="", soft="", security="rahasia", **fields):
    """File the item in a place."""
    record = Record(place=where.pk if where else None, **fields)
    file_item(
        item,
        record=record,
        hard_copy=hard,
        soft_copy=soft,
        security=security,
        by=by or who(walk, "arsiparis"),
        at=walk.tick(),
    )
    item.refresh_from_db()


def borrow(walk, item, *, role="petugas_ppid", by=None, **more):
    """Lend the item's paper to the holder of a role, or to a party outside."""
    if "party" not in more and "borrower" not in more:
        more["borrower"] = who(walk, role)
    lending = Lending(**{"reason": "Sidang sengketa", **more})
    return lend(item, lending, by=by or who(walk, "arsiparis"), at=walk.tick())


def scan(walk, where, *found, by=None):
    """Take stock of a place with the labels of these items and places, or with texts."""
    scans = [one if isinstance(one, str) else code_of(one.pk) for one in found]
    return take_stock(where, scans=scans, by=by or who(walk, "arsiparis"), at=walk.tick())
