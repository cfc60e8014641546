"""What a reader asks of a list: its filters, how an address writes them, and whom they let pass."""

from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from django.db.models import Q, QuerySet

from ppid.public.models import Body, Entry
from ppid.public.status import Status, with_status


@dataclass(frozen=True, slots=True)
class Filters:
    """What the reader asks for; the names in an address are those of address()."""

    text: str = ""
    agency: str = ""
    letter: str = ""
    status: Status | None = None
    year: int | None = None
    past: date | None = None

    def address(self) -> str:
        """Return the filters as a query string, without "?"; empty when none is set."""
        named = {
            "cari": self.text,
            "perangkat": self.agency,
            "huruf": self.letter,
            "status": self.status or "",
            "tahun": self.year or "",
            "pada": self.past or "",
        }
        return urlencode({name: value for name, value in named.items() if value})

    @property
    def is_empty(self) -> bool:
        """Return whether every entry passes, but for words and day."""
        return not (self.agency or self.letter or self.status or self.year)

    def condition(self, *, on: date) -> Q:
        """Return the condition that an entry, or a version of one, passes all but the words."""
        wanted = Q()
        if self.agency:
            wanted &= Q(agency=self.agency)
        if self.letter:
            wanted &= Q(ground_letters__contains=self.letter)
        if self.status:
            wanted &= with_status(self.status, on=on)
        if self.year:
            first, last = date(self.year, 1, 1), date(self.year, 12, 31)
            wanted &= Q(open_from__gte=first, open_from__lte=last)
        return wanted

    def select(self, body: Body, *, on: date) -> QuerySet[Entry]:
        """Return the body's entries that pass every filter but the words."""
        return Entry.objects.filter(self.condition(on=on), body=body)


def address_with(filters: Filters, **more: object) -> str:
    """Return the filters and what is added to them as one query string."""
    return "&".join(part for part in (filters.address(), urlencode(more)) if part)


def without(filters: Filters, name: str) -> str:
    """Return the address with one filter taken away, for the links that do so."""
    empty = Filters()
    return replace(filters, **{name: getattr(empty, name)}).address()
