"""The places of a body as a tree, in the order in which one walks past them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count

from ppid.office.actions.places import path_of
from ppid.office.labels import code_of
from ppid.office.models import Body, Place
from ppid.office.places import DEPTH, PlaceKind, in_order


@dataclass(frozen=True, slots=True)
class Node:
    """A place in the tree. depth: from 0. path: it and what it stands in, in words."""

    place: Place
    depth: int
    path: str
    papers: int

    @property
    def code(self) -> str:
        """Return the code on its label."""
        return code_of(self.place.pk)


def tree(body: Body) -> tuple[Node, ...]:
    """Return the open places of the body in the order in which one walks past them."""
    rows = Place.objects.filter(body=body, closed_at__isnull=True)
    rows = rows.annotate(papers=Count("entries"))
    under: dict[UUID | None, list[Place]] = {}
    for one in sorted(rows, key=lambda place: (DEPTH[PlaceKind(place.kind)], in_order(place.name))):
        under.setdefault(one.parent_id, []).append(one)
    return tuple(_nodes(under, None, depth=0, above=""))


def _nodes(
    under: Mapping[UUID | None, list[Place]], parent: UUID | None, *, depth: int, above: str
) -> Iterator[Node]:
    for one in under.get(parent, []):
        path = f"{above}, {one.label}" if above else one.label
        yield Node(one, depth, path, one.papers)
        yield from _nodes(under, one.pk, depth=depth + 1, above=path)


def path_in_words(place: Place) -> str:
    """Return where a place is, from the outside in: "Ruang Arsip, Rak 1, Boks 4"."""
    return ", ".join(one.label for one in path_of(place))


def places_for(kind: PlaceKind | None, body: Body) -> tuple[Node, ...]:
    """Return the places in which one of this kind can stand; those that hold papers, for None."""
    deepest = DEPTH[PlaceKind.FOLDER] + 1 if kind is None else DEPTH[kind]
    return tuple(one for one in tree(body) if DEPTH[PlaceKind(one.place.kind)] < deepest)
