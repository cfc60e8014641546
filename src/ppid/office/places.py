"""Places of the store room: what stands in what, in which order, and where the next paper goes.

Pure: no table, no clock. The order on the shelf is that of the ends of terms, as Bontang's SOP asks
("mengarsipnya berdasarkan urutan jangka waktu penyimpanan", langkah 2).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ppid.errors import Finding


class PlaceKind(StrEnum):
    """What a place is, from the outside in."""

    BUILDING = "gedung"
    ROOM = "ruang"
    CABINET = "lemari"
    RACK = "rak"
    DRAWER = "laci"
    ROW = "baris"
    BOX = "boks"
    FOLDER = "folder"

    @property
    def label(self) -> str:
        """Return the kind in words."""
        return self.value.capitalize()


DEPTH = {
    PlaceKind.BUILDING: 1,
    PlaceKind.ROOM: 2,
    PlaceKind.CABINET: 3,
    PlaceKind.RACK: 3,
    PlaceKind.DRAWER: 4,
    PlaceKind.ROW: 4,
    PlaceKind.BOX: 5,
    PlaceKind.FOLDER: 6,
}
"""How far inside a kind stands; a level may be skipped, never turned round."""

LAST_OUTERMOST = DEPTH[PlaceKind.RACK]
_NUMBER = re.compile(r"(\d+)")


def standing_obstacles(kind: PlaceKind, inside: PlaceKind | None) -> tuple[Finding, ...]:
    """Return why a place of this kind cannot stand in one of that kind, None: in nothing."""
    if inside is None:
        if DEPTH[kind] <= LAST_OUTERMOST:
            return ()
        text = f"{kind.label} berada di dalam tempat lain."
        return (Finding("place_without_room", text, "parent", "Pilih lemari, rak, atau ruangnya."),)
    if DEPTH[kind] > DEPTH[inside]:
        return ()
    text = f"{kind.label} tidak berada di dalam {inside.value}."
    hint = "Urutannya: gedung, ruang, lemari atau rak, laci atau baris, boks, folder."
    return (Finding("place_inside_out", text, "parent", hint),)


def in_order(name: str) -> tuple[tuple[int, int | str], ...]:
    """Return the key that puts names in the order of a shelf: "Boks 2" before "Boks 10"."""
    parts = _NUMBER.split(name.casefold())
    return tuple((0, int(part)) if part.isdecimal() else (1, part) for part in parts if part)


class Side(StrEnum):
    """Beside what a paper goes: after the one that ends before it, before the first, or alone."""

    AFTER = "sesudah"
    BEFORE = "sebelum"
    FIRST = "pertama"


@dataclass(frozen=True, slots=True)
class Shelf:
    """One place that holds papers. ends: first open day of each paper in it, None: not known."""

    place: str
    ends: tuple[date | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """Where a paper goes. neighbour: the end of the paper it stands beside, None: no known end."""

    place: str
    side: Side
    neighbour: date | None = None


def proposed_place(ends_on: date | None, shelves: Sequence[Shelf]) -> Proposal | None:
    """Return the place that keeps the papers in the order of their ends; None without a shelf.

    shelves: in the order in which they stand. A term without a known end stands after all others.
    """
    filed = sorted(
        (end or date.max, number) for number, one in enumerate(shelves) for end in one.ends
    )
    if not filed:
        return Proposal(shelves[0].place, Side.FIRST) if shelves else None
    before = [one for one in filed if one[0] <= (ends_on or date.max)]
    end, number = before[-1] if before else filed[0]
    side = Side.AFTER if before else Side.BEFORE
    return Proposal(shelves[number].place, side, None if end == date.max else end)
