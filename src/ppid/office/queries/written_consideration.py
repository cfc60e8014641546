"""The written consideration of a determined item, as it is given to whoever asks."""

from dataclasses import dataclass
from datetime import date

from ppid.errors import Finding, NotFound
from ppid.law.consequence_test import from_dict
from ppid.law.grounds import Ground, ground
from ppid.law.written_consideration import (
    Line,
    consideration_findings,
    written_consideration,
)
from ppid.office.models import Determination, Item
from ppid.office.queries.items import status_of


@dataclass(frozen=True, slots=True)
class WrittenConsideration:
    """What the paper says. findings: which reasons nobody could read, for the office alone.

    positions: of those who tested. tested: where and when.
    """

    item: Item
    letter: Determination
    ground: Ground
    lines: tuple[Line, ...]
    positions: tuple[str, ...]
    tested_on: date | None
    is_open: bool
    findings: tuple[Finding, ...]

    @property
    def sealed(self) -> bool:
        """Return whether a line is withheld."""
        return any(line.sealed for line in self.lines)


def consideration_of(item: Item, *, on: date) -> WrittenConsideration:
    """Return the consideration of the determination that holds. Raises NotFound without one.

    Source: UU 14/2008 ps. 7 (5)
    """
    if item.determination is None or item.determined_test is None:
        text = "Pertimbangan tertulis ada sesudah informasi ditetapkan."
        raise NotFound(Finding("item_not_determined", text))
    test, letter = item.determined_test, item.determination
    sheet = from_dict(test.sheet)
    is_open = status_of(item, on=on) == "terbuka"
    lines = written_consideration(sheet, publishable=test.publishable, is_open=is_open)
    return WrittenConsideration(
        item=item,
        letter=letter,
        ground=ground(sheet.ground, on=letter.determined_on),
        lines=lines,
        positions=tuple(one.position for one in sheet.participants if one.position),
        tested_on=sheet.tested_on,
        is_open=is_open,
        findings=consideration_findings(lines),
    )
