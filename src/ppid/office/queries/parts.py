"""A part of a long list: what one page shows, and whether more follows. Nothing is counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

PAGE_SIZE = 50
MOST_DIGITS = 5


@dataclass(frozen=True, slots=True)
class ListPart:
    """One page of a list. number: from 1."""

    rows: Sequence[Any]
    number: int
    more: bool

    @property
    def previous(self) -> int:
        """Return the number of the page before, 0 for none."""
        return self.number - 1

    @property
    def next(self) -> int:
        """Return the number of the page after, 0 for none."""
        return self.number + 1 if self.more else 0


def part_of(rows: QuerySet[Any], *, page: str | None, size: int = PAGE_SIZE) -> ListPart:
    """Return the page that an address asks for; the first one if it asks for nonsense."""
    plain = page is not None and page.isascii() and page.isdigit() and len(page) <= MOST_DIGITS
    number = max(int(page), 1) if plain else 1
    found = list(rows[(number - 1) * size : number * size + 1])
    return ListPart(found[:size], number, len(found) > size)
