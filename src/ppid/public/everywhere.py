"""Searching the lists of all bodies at once: words and filters, one page of entries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.http import QueryDict

from ppid.public import rows
from ppid.public.filters import Filters
from ppid.public.listing import PAGE, Page, read_letter, read_number, read_words
from ppid.public.models import Body, Entry
from ppid.public.search import Hits, find
from ppid.public.status import Status, with_status


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader asks for over all lists; page: 1, 2, 3 ..."""

    text: str
    letter: str
    status: Status | None
    bodies: tuple[Body, ...]
    body: Body | None
    page: int

    @property
    def is_empty(self) -> bool:
        """Return whether nothing is asked for yet."""
        return not (self.text or self.letter or self.status or self.body)

    def address(self, **more: object) -> str:
        """Return the query string that asks for this again, with more of it."""
        named = {
            "cari": self.text,
            "badan": self.body.slug if self.body else "",
            "huruf": self.letter,
            "status": self.status or "",
        }
        return urlencode({name: value for name, value in named.items() if value} | more)


def read_everywhere(query: QueryDict, bodies: Iterable[Body]) -> Asked:
    """Return what an address asks for; a value that is not offered is left out."""
    known = tuple(bodies)
    status = query.get("status", "")
    return Asked(
        text=read_words(query),
        letter=read_letter(query, "abcdefghij"),
        status=Status(status) if status in set(Status) else None,
        bodies=known,
        body=next((body for body in known if body.slug == query.get("badan")), None),
        page=read_number(query),
    )


def search_everywhere(asked: Asked, *, now: datetime) -> Page:
    """Return one page of what is asked for; nothing before something is asked for.

    With words the best come first, else the newest decree. Statuses are those of each body's day.
    """
    if asked.is_empty:
        return Page(())
    entries = Entry.objects.filter(_condition(asked, now))
    hits, start = Hits(()), (asked.page - 1) * PAGE
    if asked.text:
        among = entries if asked.letter or asked.status or asked.body else None
        hits = find(asked.text, among, body=asked.body, start=start, count=PAGE)
        found, has_more = rows.by_id(hits.ids, rows.SHORT), hits.has_more
    else:
        found = list(rows.below(entries, None)[start : start + PAGE + 1])
        has_more = len(found) > PAGE
    return Page(
        entries=tuple(found[:PAGE]),
        earlier=asked.address(halaman=asked.page - 1) if asked.page > 1 else "",
        later=asked.address(halaman=asked.page + 1) if has_more else "",
        hits=hits,
    )


def _condition(asked: Asked, now: datetime) -> Q:
    filters = Filters(letter=asked.letter)
    bodies = (asked.body,) if asked.body else asked.bodies
    wanted = Q(body__in=bodies) & filters.condition(on=now.date())
    if asked.status is None:
        return wanted
    return wanted & _has_status(asked.status, bodies, now)


def _has_status(status: Status, bodies: Iterable[Body], now: datetime) -> Q:
    """Return the condition in each body's own calendar: three zones, at most two days."""
    by_day: dict[date, list[int]] = {}
    for body in bodies:
        by_day.setdefault(now.astimezone(ZoneInfo(body.timezone)).date(), []).append(body.pk)
    found = Q(pk=None)
    for day, group in by_day.items():
        found |= with_status(status, on=day) & Q(body__in=group)
    return found
