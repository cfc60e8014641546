"""A small store room for the tests: places, papers in them, and scans as a phone sends them."""

import pypdfium2
import segno

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


SCALE, MM = 8, 8 * 72 / 25.4


def cells_of(text):
    """Return the cells, dark or not, of the QR code that holds a text and nothing else."""
    made = segno.make(text, error="q", micro=False, boost_error=False)
    return [[bool(cell) for cell in line] for line in made.matrix]


def qr_cells(pdf, sheet, place):
    """Return the cells of the QR code on a label, read from a picture of the first page.

    place: of the label on its sheet, from 0. The size of a cell comes from the corner mark.
    """
    image = pypdfium2.PdfDocument(pdf)[0].render(scale=SCALE).to_pil().convert("L")
    row, column = divmod(place, sheet.columns)
    left = (210 - sheet.columns * sheet.width) / 2 + column * sheet.width
    top = (297 - sheet.rows * sheet.height) / 2 + row * sheet.height
    box = (left + 2, top + 2, left + 33.5, top + sheet.height - 2)
    dark = image.crop([int(one * MM) for one in box]).point(lambda one: 255 if one < 128 else 0)
    code = dark.crop(dark.getbbox())
    mark = next(x for x in range(code.width) if not code.getpixel((x, 4)))  # seven cells wide
    side = round(7 * code.width / mark)
    cell = code.width / side
    return [
        [bool(code.getpixel((int((x + 0.5) * cell), int((y + 0.5) * cell)))) for x in range(side)]
        for y in range(side)
    ]
