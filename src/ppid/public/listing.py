"""The list of a body as an address asks for it: filters, and one page of entries.

Nothing is counted. The plain list goes on from the last entry seen (keyset), newest decree
first; a search goes through its ranked hits page by page.
"""

from dataclasses import dataclass, field, replace
from datetime import date
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.urls import reverse

from ppid.public.models import Body, Entry
from ppid.public.search import LONGEST_QUERY, Hits, find
from ppid.public.status import Status, with_status

PAGE = 25
MOST_PAGES = 400


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


@dataclass(frozen=True, slots=True)
class Page:
    """Entries of one page, and the query strings of its neighbours ("" when there is none).

    Of a numbered page they are the neighbours' addresses.
    """

    entries: tuple[Entry, ...]
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
    entries = filters.select(body, on=on)
    if filters.text:
        return _search_page(query, filters, find(filters.text, entries, body=body))
    after, before = _cursor(query.get("sesudah", "")), _cursor(query.get("sebelum", ""))
    if before:
        return _page_before(entries, filters, before)
    return _page_after(entries, filters, after)


def _search_page(query: QueryDict, filters: Filters, hits: Hits) -> Page:
    number = read_number(query)
    ids = hits.ids[(number - 1) * PAGE : number * PAGE]
    found = Entry.objects.in_bulk(ids)
    return Page(
        entries=tuple(found[pk] for pk in ids),
        earlier=address_with(filters, halaman=number - 1) if number > 1 else "",
        later=address_with(filters, halaman=number + 1) if len(hits.ids) > number * PAGE else "",
        hits=hits,
    )


def _page_after(
    entries: QuerySet[Entry], filters: Filters, cursor: tuple[date, int] | None
) -> Page:
    rows = list(entries_after(entries, cursor)[: PAGE + 1])
    shown = tuple(rows[:PAGE])
    return Page(
        entries=shown,
        earlier=address_with(filters, sebelum=_mark(shown[0])) if cursor and shown else "",
        later=address_with(filters, sesudah=_mark(shown[-1])) if len(rows) > PAGE else "",
    )


def entries_after(entries: QuerySet[Entry], cursor: tuple[date, int] | None) -> QuerySet[Entry]:
    """Return the entries below a place in the list, all without one; newest decree first."""
    if cursor:
        day, pk = cursor
        entries = entries.filter(Q(decree_date__lte=day) & (Q(decree_date__lt=day) | Q(pk__lt=pk)))
    return entries.order_by("-decree_date", "-id")


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


def _page_before(entries: QuerySet[Entry], filters: Filters, cursor: tuple[date, int]) -> Page:
    day, pk = cursor
    newer = entries.filter(Q(decree_date__gte=day) & (Q(decree_date__gt=day) | Q(pk__gt=pk)))
    rows = list(newer.order_by("decree_date", "id")[: PAGE + 1])
    shown = tuple(reversed(rows[:PAGE]))
    return Page(
        entries=shown,
        earlier=address_with(filters, sebelum=_mark(shown[0])) if len(rows) > PAGE else "",
        later=address_with(filters, sesudah=_mark(shown[-1])) if shown else "",
    )


def address_with(filters: Filters, **more: object) -> str:
    """Return the filters and what is added to them as one query string."""
    return "&".join(part for part in (filters.address(), urlencode(more)) if part)


def _mark(entry: Entry) -> str:
    return f"{entry.decree_date.isoformat()}.{entry.pk}"


def _cursor(text: str) -> tuple[date, int] | None:
    """Return the place in the list that an address names; None for anything else."""
    day, _, pk = text.partition(".")
    try:
        return date.fromisoformat(day), min(int(pk), 2**62)
    except ValueError:
        return None


def without(filters: Filters, name: str) -> str:
    """Return the address with one filter taken away, for the links that do so."""
    empty = Filters()
    return replace(filters, **{name: getattr(empty, name)}).address()
