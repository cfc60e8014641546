"""Every determination of an item: which one holds, and which ones it replaced."""

from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from ppid.law import term
from ppid.law.consequence_test import from_dict
from ppid.law.grounds import ground
from ppid.office.authority import Authority, Right
from ppid.office.models import Determination, Item


@dataclass(frozen=True, slots=True)
class Classification:
    """What one letter fixed for the item. holds: no later letter has replaced it.

    readable: the person may see every item of the letter, and so the letter.
    """

    letter: Determination
    ground: str
    term: str
    opens_on: date | None
    review_on: date | None
    holds: bool
    readable: bool


def classifications(item: Item, authority: Authority) -> tuple[Classification, ...]:
    """Return what each letter fixed for the item, the one that holds first.

    authority: of who reads.

    Source: PP 61/2010 ps. 10
    """
    rows = item.determination_lines.select_related("determination", "test")
    found = []
    for line in sorted(rows, key=attrgetter("determination.at"), reverse=True):
        sheet, letter = from_dict(line.test.sheet), line.determination
        found.append(
            Classification(
                letter=letter,
                ground=ground(sheet.ground, on=letter.determined_on).label,
                term=term.describe(sheet.term) if sheet.term else "",
                opens_on=line.opens_on,
                review_on=line.review_on,
                holds=letter.pk == item.determination_id,
                readable=_readable(letter, authority),
            )
        )
    return tuple(found)


def _readable(letter: Determination, authority: Authority) -> bool:
    limit = authority.agencies(Right.READ)
    return limit is None or not letter.lines.exclude(item__agency__in=limit).exists()
