"""The list of a body as an address asks for it: filters, and one page of entries.

Nothing is counted. The plain list goes on from the last entry seen (keyset), newest decree
first; a search goes through its ranked hits page by page.
"""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse

from ppid.public import rows
from ppid.public.database_state import once
from ppid.public.filters import Filters, address_with
from ppid.public.models import Body, Entry
from ppid.public.search import LONGEST_QUERY, Hits, find
from ppid.public.status import Status

PAGE = 25
MOST_PAGES = 400


@dataclass(frozen=True, slots=True)
class Page:
    """Entries of one page, at least rows.SHORT of each, and the query strings of its neighbours.

    Of a numbered page they are the neighbours' addresses; "" where there is no neighbour.
    """

    entries: tuple[Any, ...]
    earlier: str = ""
    later: str = ""
    hits: Hits = field(default=Hits(()))


def read_filters(query: QueryDict, body: Body) -> Filters:
    """Return the filters of an address; a value that the body does not offer is left out."""
    agency = query.get("perangkat", "")
    asked_status, year = query.get("status", ""), query.get("tahun", "")
    return Filters(
        text=read_words(query),
        agency=agency if agency in body.agencies else "",
        letter=read_letter(query, body.letters),
        status=Status(asked_status) if asked_status in set(Status) else None,
        year=int(year) if year in {str(known) for known in body.years} else None,
    )


def read_words(query: QueryDict) -> str:
    """Return the words that an address looks for, cut at the longest query."""
    return query.get("cari", "").replace("\x00", "").strip()[:LONGEST_QUERY]


def read_letter(query: QueryDict, offered: str) -> str:
    """Return the letter of Pasal 17 that an address asks for, if it is offered."""
    letter = query.get("huruf", "").lower()
    return letter if len(letter) == 1 and letter in offered else ""


def read_number(query: QueryDict) -> int:
    """Return the page of hits that an address asks for, 1 to 400; 1 for what is no number."""
    asked = query.get("halaman", "")
    # No longer than this: int() itself refuses thousands of digits.
    number = int(asked[:20]) if asked.isascii() and asked.isdigit() else 1
    return min(max(number, 1), MOST_PAGES)


def read_page(query: QueryDict, filters: Filters, body: Body, *, on: date) -> Page:
    """Return the page that an address asks for, at most 25 entries."""
    if filters.text:
        return _search_page(query, filters, body, on=on)
    above = _cursor(query.get("sebelum", ""))
    if above:
        return _page_before(filters, body, above, on=on)
    return _page_after(filters, body, _cursor(query.get("sesudah", "")), on=on)


def _search_page(query: QueryDict, filters: Filters, body: Body, *, on: date) -> Page:
    number = read_number(query)
    hits = find(
        filters.text, among(filters, body, on=on), body=body, start=(number - 1) * PAGE, count=PAGE
    )
    return Page(
        entries=tuple(rows.by_id(hits.ids, rows.SHORT)),
        earlier=address_with(filters, halaman=number - 1) if number > 1 else "",
        later=address_with(filters, halaman=number + 1) if hits.has_more else "",
        hits=hits,
    )


def _page_after(filters: Filters, body: Body, cursor: rows.Cursor | None, *, on: date) -> Page:
    found = rows.after(filters, body, cursor, on=on, columns=rows.SHORT, most=PAGE + 1)
    shown = tuple(found[:PAGE])
    return Page(
        entries=shown,
        earlier=address_with(filters, sebelum=_mark(shown[0])) if cursor and shown else "",
        later=address_with(filters, sesudah=_mark(shown[-1])) if len(found) > PAGE else "",
    )


def pages_below(count: int) -> int:
    """Return how many numbered pages a list of `count` entries has below its first, unnumbered."""
    return max(-(-count // PAGE) - 1, 0)


def first_page(page: Page, body: Body, *, count: int) -> Page:
    """Return the first page of the whole list, leading on to the numbered ones."""
    return replace(page, later=_numbered(body, pages_below(count), count=count))


def numbered_page(body: Body, number: int, *, count: int) -> Page:
    """Return a page of the whole list, numbered from the oldest on; empty when there is none.

    Counting from the oldest, newer entries move none from its page. What the first page shows, the
    newest 25 of `count`, stands on no other.
    """
    start, end = (number - 1) * PAGE, min(number * PAGE, count - PAGE)
    if not 0 <= start < end:
        return Page(())
    entries = Entry.objects.filter(body=body)
    if start < count // 2:
        shown = tuple(reversed(list(entries.order_by("decree_date", "id")[start:end])))
    else:
        shown = tuple(entries.order_by("-decree_date", "-id")[count - end : count - start])
    above = _numbered(body, number + 1, count=count)
    return Page(
        shown,
        earlier=above or reverse("public-list", args=[body.slug]),
        later=_numbered(body, number - 1, count=count),
    )


def _numbered(body: Body, number: int, *, count: int) -> str:
    """Return the address of a numbered page, "" for none."""
    if not 1 <= number <= pages_below(count):
        return ""
    return reverse("public-list-page", args=[body.slug, number])


def _page_before(filters: Filters, body: Body, cursor: rows.Cursor, *, on: date) -> Page:
    found = rows.before(filters, body, cursor, on=on, columns=rows.SHORT, most=PAGE + 1)
    shown = tuple(reversed(found[:PAGE]))
    return Page(
        entries=shown,
        earlier=address_with(filters, sebelum=_mark(shown[0])) if len(found) > PAGE else "",
        later=address_with(filters, sesudah=_mark(shown[-1])) if shown else "",
    )


def among(filters: Filters, body: Body, *, on: date) -> QuerySet[Entry] | None:
    """Return among which entries words are looked for; None for all there are."""
    bodies = once("bodies", lambda: list(Body.objects.values_list("pk", flat=True)))
    return None if filters.is_empty and bodies == [body.pk] else filters.select(body, on=on)


def _mark(entry: Any) -> str:
    return f"{entry.decree_date.isoformat()}.{entry.id}"


def _cursor(text: str) -> tuple[date, int] | None:
    """Return the place in the list that an address names; None for anything else."""
    day, _, pk = text.partition(".")
    try:
        return date.fromisoformat(day), min(max(int(pk), 0), 2**62)
    except ValueError:
        return None
