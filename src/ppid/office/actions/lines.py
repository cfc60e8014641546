"""What became of one line of a sheet that was decided line by line."""

from dataclasses import dataclass

from ppid.errors import Finding
from ppid.office.models import Item


@dataclass(frozen=True, slots=True)
class LineResult:
    """What became of one line. findings: why it was not done; empty when it was."""

    item: Item
    choice: str
    findings: tuple[Finding, ...] = ()
