"""The rows that a file of the list holds: every entry that the filters of an address pass."""

from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any

from django.db.models import QuerySet

from ppid.public.conditional import Place
from ppid.public.edition import DAYS
from ppid.public.filters import Filters
from ppid.public.models import Entry
from ppid.public.rows import FIELDS, below
from ppid.public.search import find
from ppid.public.status import status

ROWS_AT_ONCE = 500
_DAYS = (*DAYS, "open_from")
_SAID = attrgetter(*FIELDS, "open_from")


@dataclass(frozen=True, slots=True)
class Selection:
    """A list with its filters; statuses are those of place.today."""

    place: Place
    filters: Filters

    def entries(self) -> QuerySet[Entry]:
        """Return the entries, the newest decree first; a search passes its best thousand."""
        entries = self.filters.select(self.place.body, on=self.place.today)
        if self.filters.text:
            hits = find(self.filters.text, entries, body=self.place.body)
            entries = entries.filter(pk__in=hits.ids)
        return below(entries, None)

    def file_name(self, ending: str) -> str:
        """Return the name under which the file is saved."""
        return f"dik-{self.place.body.slug}-{self.place.today}.{ending}"


def plain_entry(entry: Any, *, on: date) -> dict[str, Any]:
    """Return a stored entry as JSON can hold it: what its edition says, and its status on a day.

    Without `open_from` and `status` it is what the edition's content hash was made of.
    """
    said = dict(zip((*FIELDS, "open_from"), _SAID(entry), strict=True))
    for name in _DAYS:
        if day := said[name]:
            said[name] = day.isoformat()
    said["status"] = status(entry, on=on).value
    return said
