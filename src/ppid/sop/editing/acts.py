"""The acts of the editor by the word that its buttons send: "tambah-3", "pelaku-hapus-2"."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ppid.errors import BadInput, Finding
from ppid.sop.editing.document import Document
from ppid.sop.editing.performers import add_performer, delete_performer, move_performer
from ppid.sop.editing.rows import (
    add_row,
    confirm_guess,
    delete_row,
    make_decision,
    make_plain,
    move_row,
    place_to_split,
    split_row,
)

Change = Callable[[Document, int], dict[str, Any]]
WORD = re.compile(r"([a-z]+(?:-[a-z]+)?)(?:-(\d{1,4})(?:-(\d{1,6}))?)?")


@dataclass(frozen=True, slots=True)
class Act:
    """A button of a row or performer. goes: how far down what one looks at is afterwards."""

    change: Change
    done: str
    of: str = "langkah"
    goes: int = 0


ACTS: Mapping[str, Act] = {
    "tambah": Act(add_row, "Langkah baru ditambahkan.", goes=1),
    "naik": Act(lambda d, n: move_row(d, n, by=-1), "Langkah dinaikkan.", goes=-1),
    "turun": Act(lambda d, n: move_row(d, n, by=1), "Langkah diturunkan.", goes=1),
    "hapus": Act(delete_row, "Langkah dihapus."),
    "keputusan": Act(make_decision, "Langkah ini sekarang keputusan: pilih arah Tidak."),
    "biasa": Act(make_plain, "Langkah ini tidak lagi keputusan."),
    "periksa": Act(confirm_guess, "Tebakan ditandai sudah diperiksa."),
    "pelaku-tambah": Act(lambda d, n: add_performer(d), "Pelaksana baru ditambahkan.", "pelaksana"),
    "pelaku-naik": Act(
        lambda d, n: move_performer(d, n, by=-1), "Urutan pelaksana diubah.", "pelaksana", -1
    ),
    "pelaku-turun": Act(
        lambda d, n: move_performer(d, n, by=1), "Urutan pelaksana diubah.", "pelaksana", 1
    ),
    "pelaku-hapus": Act(delete_performer, "Pelaksana dihapus.", "pelaksana"),
}


@dataclass(frozen=True, slots=True)
class Changed:
    """What an act made. at: what to look at, as "langkah-4"; said: what was done."""

    document: dict[str, Any]
    at: str
    said: str


def acted(document: Document, word: str) -> Changed:
    """Return what the act behind a button's word makes of a document.

    "pisah-3-40" cuts the activity of row 3 before its letter 40; "pisah-3" where it falls apart.
    Raises BadInput: `unknown_act`, and what the act itself refuses.
    """
    found = WORD.fullmatch(word)
    name, number, letter = found.groups() if found else ("", None, None)
    place = int(number or 0)
    if name == "pisah":
        return _split(document, place, letter)
    if name not in ACTS:
        raise BadInput(Finding("unknown_act", f"Tombol “{word}” tidak dikenal."))
    act = ACTS[name]
    made = act.change(document, place)
    count = len(made[act.of])
    shown = count if name == "pelaku-tambah" else min(max(place + act.goes, 1), count)
    return Changed(made, f"{act.of}-{shown}", act.done)


def _split(document: Document, number: int, letter: str | None) -> Changed:
    rows = document["langkah"]
    activity = rows[number - 1].get("kegiatan", "") if 1 <= number <= len(rows) else ""
    at = int(letter) if letter else place_to_split(activity)
    made = split_row(document, number, at=at)
    return Changed(made, f"langkah-{number + 1}", "Langkah dipisah menjadi dua.")
