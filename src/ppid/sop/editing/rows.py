"""Rows of an SOP in the making: add, move, split, delete, decide.

Numbers are those before the act, from 1. A row without a way of its own leads to the row below it,
whichever that is; a way that is written leads to its row wherever that goes.
"""

from typing import Any

from ppid.errors import BadInput, Finding
from ppid.sop.definition import FINISH
from ppid.sop.editing.document import REMOVED, Document, copied
from ppid.sop.editing.references import (
    Renumbering,
    Row,
    forget_merged_time,
    led,
    one_to_one,
    renumber,
)

OF_THE_SECOND_PART = ("output", "keputusan", "alasan", "lanjut", "keterangan")
OF_THE_FIRST_PART = ("kelengkapan", "waktu", "waktu_sampai", "tunggu", "pemicu", "baris")
MOST_ROWS = 200


def add_row(document: Document, below: int) -> dict[str, Any]:
    """Return the document with an empty row below one, in the flow between it and the next.

    Raises BadInput: `too_many_rows`, `no_such_row`.
    """
    made, rows = _rows(document, below)
    _demand_room(rows)
    last = below == len(rows)
    renumber(rows, _shifted(rows, after=below))
    above = rows[below - 1]
    new: Row = {"kegiatan": "", "pelaksana": list(above.get("pelaksana", []))[:1]}
    next_row = None if last else rows[below]
    if next_row and "untuk_setiap" in above and "untuk_setiap" in next_row:
        new["untuk_setiap"] = above["untuk_setiap"]
    _lead_through(above, below, next_row)
    rows.insert(below, new)
    return made


def _lead_through(above: Row, number: int, next_row: Row | None) -> None:
    """Let what led from a row to the one after it lead to the new row between them."""
    if next_row is None:
        _go_on(above, number + 1)
        return
    ways = above.get("keputusan")
    led_on = _leads(above, to=number + 2) or ("lanjut" not in above and ways is None)

    def through(place: int) -> int:
        return number + 1 if place == number + 2 else place

    if isinstance(ways, dict):
        above["keputusan"] = {name: led(to, through) for name, to in ways.items()}
    if "lanjut" in above:
        above["lanjut"] = led(above["lanjut"], through)
    if led_on and isinstance(next_row.get("tunggu"), list):
        waits = [number + 1 if one == number else one for one in next_row["tunggu"]]
        next_row["tunggu"] = waits


def _leads(row: Row, *, to: int) -> bool:
    ways = row.get("keputusan")
    targets = [*(ways.values() if isinstance(ways, dict) else ()), row.get("lanjut")]
    return any(to in one if isinstance(one, list) else one == to for one in targets)


def _go_on(last: Row, new: int) -> None:
    """Let the row that was the last one lead to the new one where it ended the case."""
    if last.get("lanjut") == FINISH:
        del last["lanjut"]
    ways = last.get("keputusan")
    if isinstance(ways, dict):
        ending = next((name for name, to in ways.items() if to == FINISH), None)
        if ending is not None:
            ways[ending] = new


def move_row(document: Document, number: int, *, by: int) -> dict[str, Any]:
    """Return the document with a row so many places further down; at the edge it stays.

    Raises BadInput: `no_such_row`.
    """
    made, rows = _rows(document, number)
    to = min(max(number + by, 1), len(rows))
    order = [one for one in range(1, len(rows) + 1) if one != number]
    order.insert(to - 1, number)
    renumber(rows, one_to_one({old: new for new, old in enumerate(order, start=1)}))
    made["langkah"] = [rows[old - 1] for old in order]
    return made


def delete_row(document: Document, number: int) -> dict[str, Any]:
    """Return the document without a row; what led to it leads nowhere, which is an error there.

    Raises BadInput: `no_such_row`, `last_row`.
    """
    made, rows = _rows(document, number)
    if len(rows) == 1:
        text = "SOP memerlukan paling sedikit satu langkah."
        raise BadInput(Finding("last_row", text, place="langkah 1"))
    places = {old: old - 1 for old in range(number + 1, len(rows) + 1)} | {number: REMOVED}
    del rows[number - 1]
    renumber(rows, one_to_one(places))
    forget_merged_time(rows, number)
    return made


def split_row(document: Document, number: int, *, at: int) -> dict[str, Any]:
    """Return the document with a row as two, its activity cut before the letter `at` (from 0).

    The time is that of both. What comes in comes to the first, what goes out goes from the second.
    Raises BadInput: `nothing_to_split`, `too_many_rows`, `no_such_row`.
    """
    made, rows = _rows(document, number)
    _demand_room(rows)
    row = rows[number - 1]
    activity = str(row.get("kegiatan", ""))
    one, two = activity[:at].strip(), activity[at:].strip()
    if not one or not two:
        text = "Tidak ada yang dapat dipisah: kegiatan ini hanya satu bagian."
        hint = "Tekan Enter di tempat kegiatan dibagi, lalu pilih Pisah."
        raise BadInput(Finding("nothing_to_split", text, f"langkah {number}: kegiatan", hint))
    shifted = _shifted(rows, after=number)
    renumber(rows, Renumbering(shifted.begins, {**shifted.ends, number: number + 1}))
    second = {key: value for key, value in row.items() if key not in OF_THE_FIRST_PART}
    first = {key: value for key, value in row.items() if key not in OF_THE_SECOND_PART}
    if "waktu" in first:
        first.setdefault("waktu_sampai", number + 1)
    rows[number - 1 : number] = [first | {"kegiatan": one}, second | {"kegiatan": two}]
    return made


def place_to_split(activity: str) -> int:
    """Return where an activity falls apart: at its first line end, else at its first full stop.

    At its end where it is one part.
    """
    for mark in ("\n", ". ", "; "):
        at = activity.strip().find(mark)
        if at >= 0:
            return activity.find(mark) + len(mark)
    return len(activity)


def make_decision(document: Document, number: int) -> dict[str, Any]:
    """Return the document with a row as a decision: Ya leads on, where Tidak leads is open.

    Raises BadInput: `no_such_row`.
    """
    made, rows = _rows(document, number)
    row = rows[number - 1]
    following = number + 1 if number < len(rows) else FINISH
    row["keputusan"] = {"Ya": row.pop("lanjut", following), "Tidak": REMOVED}
    return made


def make_plain(document: Document, number: int) -> dict[str, Any]:
    """Return the document with a decision as a plain row that leads where its first outcome led.

    Raises BadInput: `no_such_row`.
    """
    made, rows = _rows(document, number)
    row = rows[number - 1]
    ways = row.pop("keputusan", None)
    row.pop("alasan", None)
    onward = next(iter(ways.values()), None) if isinstance(ways, dict) else None
    if onward is not None and onward != number + 1:
        row["lanjut"] = onward
    return made


def confirm_guess(document: Document, number: int) -> dict[str, Any]:
    """Return the document without the remark that something in the row was guessed.

    Raises BadInput: `no_such_row`.
    """
    made, rows = _rows(document, number)
    rows[number - 1].pop("simpulan", None)
    return made


def _rows(document: Document, number: int) -> tuple[dict[str, Any], list[Row]]:
    made = copied(document)
    rows = made["langkah"]
    if not 1 <= number <= len(rows):
        raise BadInput(Finding("no_such_row", f"Langkah {number} tidak ada lagi."))
    return made, rows


def _demand_room(rows: list[Row]) -> None:
    if len(rows) >= MOST_ROWS:
        text = f"SOP ini sudah mempunyai {MOST_ROWS} langkah."
        raise BadInput(Finding("too_many_rows", text, hint="Bagi menjadi beberapa SOP."))


def _shifted(rows: list[Row], *, after: int) -> Renumbering:
    return one_to_one({old: old + 1 for old in range(after + 1, len(rows) + 1)})
