"""What two editions of a list say differently: entry by entry, each text before and after."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from ppid.public.changes import Change, changes
from ppid.public.models import Body, EntryVersion
from ppid.public.timeline import changed_words

PAGE = 50


@dataclass(frozen=True, slots=True)
class Difference:
    """One entry that reads differently. key: where the next page goes on."""

    key: int
    public_id: str
    title: str
    agency: str
    is_new: bool
    note: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A page of the differences; later: the key with which the next page begins, 0 at the end."""

    differences: tuple[Difference, ...]
    later: int


def compare(body: Body, *, older: int, newer: int, after: int = 0) -> Comparison:
    """Return how edition `newer` differs from edition `older`, at most 50 entries.

    What changed and changed back in between is no difference.
    """
    since = EntryVersion.objects.filter(body=body, number__gt=older, number__lte=newer)
    touched = since.filter(Q(until=None) | Q(until__gt=newer), entry__gt=after)
    rows = list(touched.order_by("entry")[: PAGE + 1])
    shown = rows[:PAGE]
    before = _said_before(shown, older)
    found = [_difference(version, before.get(version.entry_id)) for version in shown]
    return Comparison(
        differences=tuple(one for one in found if one.is_new or one.note),
        later=shown[-1].entry_id if len(rows) > PAGE else 0,
    )


def _said_before(versions: Iterable[EntryVersion], older: int) -> dict[int, EntryVersion]:
    entries = [version.entry_id for version in versions]
    held: QuerySet[EntryVersion] = EntryVersion.objects.filter(entry__in=entries)
    return {one.entry_id: one for one in held.filter(number__lte=older, until__gt=older)}


def _difference(after: EntryVersion, before: EntryVersion | None) -> Difference:
    said = before.content if before else {}
    names = [name for name, value in after.content.items() if before and said[name] != value]
    return Difference(
        key=after.entry_id,
        public_id=after.content["public_id"],
        title=after.content["title"],
        agency=after.content["agency"],
        is_new=before is None,
        note=changed_words(names),
        changes=changes(names, before=said, after=after.content),
    )
