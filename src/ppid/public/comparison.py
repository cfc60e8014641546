"""What two editions of a list say differently: entry by entry, each text before and after."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from ppid.public.changes import Change, changes
from ppid.public.models import Body, EntryVersion
from ppid.public.timeline import changed_words

PAGE = 50


@dataclass(frozen=True, slots=True)
class Difference:
    """One entry that reads differently. before: what it said, None where it is new.

    names: its fields that differ, none for a new one.
    """

    public_id: str
    names: tuple[str, ...]
    before: dict[str, Any] | None
    after: dict[str, Any]

    @property
    def is_new(self) -> bool:
        """Return whether the older edition does not list it."""
        return self.before is None

    @property
    def title(self) -> str:
        """Return its title in the newer edition."""
        return str(self.after["title"])

    @property
    def agency(self) -> str:
        """Return its agency in the newer edition."""
        return str(self.after["agency"])

    @property
    def note(self) -> str:
        """Return the fields that differ in words."""
        return changed_words(self.names)

    @property
    def changes(self) -> tuple[Change, ...]:
        """Return each text before and after."""
        return changes(self.names, before=self.before or {}, after=self.after)


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
        differences=tuple(one for one in found if one.is_new or one.names),
        later=shown[-1].entry_id if len(rows) > PAGE else 0,
    )


def _said_before(versions: Iterable[EntryVersion], older: int) -> dict[int, EntryVersion]:
    entries = [version.entry_id for version in versions]
    held: QuerySet[EntryVersion] = EntryVersion.objects.filter(entry__in=entries)
    return {one.entry_id: one for one in held.filter(number__lte=older, until__gt=older)}


def _difference(after: EntryVersion, before: EntryVersion | None) -> Difference:
    said = before.content if before else None
    differs = [name for name, value in after.content.items() if said and said.get(name) != value]
    return Difference(after.content["public_id"], tuple(differs), said, after.content)
