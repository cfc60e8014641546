"""Where a row names other rows: the numbers follow the rows when these change their places."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ppid.sop.editing.document import REMOVED
from ppid.sop.fields import is_whole_number

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Renumbering:
    """Old number -> new number. begins: where ways lead to; ends: what leads on, is waited for.

    They differ where one row becomes two. A number that is not named stays as it is.
    """

    begins: Mapping[int, int]
    ends: Mapping[int, int]

    def begin(self, number: int) -> int:
        """Return the row to which a way to the old row now leads."""
        return self.begins.get(number, number)

    def end(self, number: int) -> int:
        """Return the row with which the old row now ends."""
        return self.ends.get(number, number)


def one_to_one(places: Mapping[int, int]) -> Renumbering:
    """Return the renumbering in which every row stays one row."""
    return Renumbering(places, places)


def renumber(rows: list[Row], places: Renumbering) -> None:
    """Change in place whatever the rows say of other rows."""
    for row in rows:
        if "lanjut" in row:
            row["lanjut"] = led(row["lanjut"], places.begin)
        if isinstance(row.get("keputusan"), dict):
            ways = row["keputusan"]
            row["keputusan"] = {name: led(to, places.begin) for name, to in ways.items()}
        if "tunggu" in row:
            row["tunggu"] = led(row["tunggu"], places.end)
        if isinstance(row.get("bukan_pelaku"), list):
            row["bukan_pelaku"] = _both(row["bukan_pelaku"], places)
        if is_whole_number(row.get("waktu_sampai")):
            row["waktu_sampai"] = places.end(row["waktu_sampai"])


def led(value: Any, place: Callable[[int], int]) -> Any:
    """Return a target with its numbers changed; what is no number stays as it is."""
    if isinstance(value, list):
        changed = [led(one, place) for one in value]
        return [one for at, one in enumerate(changed) if one not in changed[:at]]
    return place(value) if is_whole_number(value) else value


def _both(numbers: list[Any], places: Renumbering) -> list[Any]:
    """Return the rows whose actors may not act: of a row that was split, those of both parts."""
    found: list[Any] = []
    for number in numbers:
        if is_whole_number(number):
            found += [places.begin(number), places.end(number)]
        else:
            found.append(number)
    return [one for at, one in enumerate(found) if one not in found[:at]]


def forget_merged_time(rows: list[Row], deleted: int) -> None:
    """Let a merged time that reached to a deleted row end before it. Numbers are new ones."""
    for number, row in enumerate(rows, start=1):
        if row.get("waktu_sampai") == REMOVED:
            row["waktu_sampai"] = deleted - 1
            if deleted - 1 <= number:
                del row["waktu_sampai"]
