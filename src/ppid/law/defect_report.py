"""The defect report of an old list: what is wrong with each row, the most serious first.

The one module that others ask. What cannot be sure from the row itself is a note, never a warning
(docs/decisions/0027).
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from ppid.law.defect import Defect, DefectKind, LegacyEntry, doubt
from ppid.law.defect_ground import ground_defects, known_grounds
from ppid.law.defect_term import term_defects
from ppid.law.defect_words import (
    consequence_defects,
    decree_defects,
    exposure_defects,
    never_exempt_defects,
    whole_defects,
)
from ppid.law.term_text import is_blank

__all__ = ["Defect", "DefectKind", "LegacyEntry", "defects", "defects_of_list"]

SAME_IN = 3
KEPT = 8192
_TEXTS = ("consequence_if_open", "consequence_if_closed")


@lru_cache(maxsize=KEPT)
def defects(entry: LegacyEntry, *, on: date) -> tuple[Defect, ...]:
    """Return what is wrong with a row on a day: what is sure first, each by its kind.

    Source: UU 14/2008 ps. 17 (reading: docs/decisions/0027).
    """
    known, unknown = known_grounds(entry, on=on)
    found = (
        *exposure_defects(entry),
        *never_exempt_defects(entry),
        *term_defects(entry, known, on=on),
        *ground_defects(entry, known, unknown=unknown),
        *consequence_defects(entry),
        *whole_defects(entry),
        *decree_defects(entry),
    )
    return tuple(sorted(found, key=lambda one: one.order))


def defects_of_list(entries: Sequence[LegacyEntry], *, on: date) -> tuple[tuple[Defect, ...], ...]:
    """Return the defects of each row of a list, in its order, what only the list shows among them.

    A consequence that three rows or more have word for word fits none of them.
    Source: UU 14/2008 ps. 19 (reading: docs/decisions/0027).
    """
    rows_of: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, entry in enumerate(entries):
        for place in _TEXTS:
            text = " ".join(getattr(entry, place).lower().split())
            if not is_blank(text):
                rows_of[place, text].append(number)
    more: dict[int, list[Defect]] = defaultdict(list)
    for (place, _), rows in rows_of.items():
        for number in rows if len(rows) >= SAME_IN else ():
            more[number].append(_repeated(place, len(rows)))
    return tuple(
        tuple(sorted((*defects(entry, on=on), *more[number]), key=lambda one: one.order))
        for number, entry in enumerate(entries)
    )


def _repeated(place: str, rows: int) -> Defect:
    return doubt(
        "consequence_repeated",
        f"Kalimat yang sama dipakai pada {rows} entri.",
        kind=DefectKind.WEAK,
        place=place,
        hint="Tulis akibat nyata untuk informasi ini sendiri.",
        source="UU 14/2008 ps. 19",
    )
