"""The list as it was on a past day: what its newest edition of that day said, word for word."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.http import QueryDict

from ppid.public.edition import DAYS
from ppid.public.filters import Filters, address_with
from ppid.public.listing import PAGE, Page
from ppid.public.models import Body, Edition, Entry, EntryVersion
from ppid.public.search import Hits, find
from ppid.public.status import midnight

OWN = ("opened_in", "declared_on", "term_days", "fingerprint", "body", "id", "open_from")
PLAIN = [one.name for one in Entry._meta.concrete_fields if one.name not in OWN]


@dataclass(frozen=True, slots=True)
class PastDay:
    """A past day, and the edition that was the newest at its end; None before the first."""

    day: date
    edition: Edition | None


def read_past_day(query: QueryDict, body: Body, *, today: date) -> PastDay | None:
    """Return the day that an address asks for, or None for today and what is no past day."""
    try:
        day = date.fromisoformat(query.get("pada", ""))
    except ValueError:
        return None
    if day >= today:
        return None
    ended = midnight(body.timezone, day + timedelta(days=1))
    editions = body.editions.filter(published_at__lt=ended)
    return PastDay(day, editions.order_by("-number").first())


def past_page(query: QueryDict, filters: Filters, body: Body, *, past: PastDay) -> Page:
    """Return a page of the list of that day, what came in last first; at most 25 entries.

    Words are looked for in the list as it reads today, all other filters in that of the day.
    """
    if past.edition is None:
        return Page(())
    versions = _held(body, past.edition.number).filter(filters.condition(on=past.day))
    hits = Hits(())
    if filters.text:
        hits = find(filters.text, Entry.objects.filter(body=body), body=body)
        versions = versions.filter(entry__in=hits.ids)
    before = query.get("sebelum", "")
    if before.isascii() and before.isdigit() and len(before) < 18:
        versions = versions.filter(entry__lt=int(before))
    rows = list(versions.order_by("-entry")[: PAGE + 1])
    shown = rows[:PAGE]
    return Page(
        entries=tuple(entry_then(version) for version in shown),
        later=address_with(filters, sebelum=shown[-1].entry_id) if len(rows) > PAGE else "",
        hits=hits,
    )


def entry_then(version: EntryVersion) -> Entry:
    """Return the entry as the version says it, not to be saved."""
    said = {name: version.content[name] for name in PLAIN if name in version.content}
    days = {name: date.fromisoformat(said[name]) for name in DAYS if said.get(name)}
    return Entry(
        pk=version.entry_id,
        body_id=version.body_id,
        ground_letters=version.ground_letters,
        open_from=version.open_from,
        **{**said, **days},
    )


def _held(body: Body, number: int) -> QuerySet[EntryVersion]:
    """Return the versions that held in an edition: one for each entry that it lists."""
    ended_later = Q(until=None) | Q(until__gt=number)
    return EntryVersion.objects.filter(ended_later, body=body, number__lte=number)
