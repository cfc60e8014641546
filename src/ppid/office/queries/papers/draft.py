"""A paper that could be signed: what is pressed, whose it is, by what number and day."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from ppid.errors import Finding
from ppid.office.models import Item
from ppid.office.signing_rules import PaperKind
from ppid.papers.paper import Paper

UNKNOWN = Finding("paper_unknown", "Naskah ini tidak ditemukan.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A paper that could be signed. number: its own, or empty where it is given on preparing.

    on: the day of the document. items: what may be read in it, for the trace of reading. attached:
    what is behind it, under the same code. exported: how many confidential rows leave with it.
    findings: why it cannot be prepared on this day.
    """

    kind: PaperKind
    subject: str
    paper: Paper
    number: str
    on: date
    items: tuple[Item, ...] = ()
    case: UUID | None = None
    attached: tuple[Paper, ...] = ()
    exported: int = 0
    findings: tuple[Finding, ...] = ()

    @property
    def signers(self) -> list[dict[str, str]]:
        """Return who stands on the paper, in the order of signing; "person" is empty if unknown."""
        names = ("person", "name", "position", "nip")
        return [
            {name: str(one.get(name, "")) for name in names}
            for one in self.paper.content["signers"]
        ]

    def numbered(self, number: str) -> Paper:
        """Return the paper with a number that was given to it."""
        if self.number:
            return self.paper
        content = {**self.paper.content, "number": number}
        title = f"{self.paper.title}, Nomor {number}" if number else self.paper.title
        return replace(self.paper, content=content, title=title)
