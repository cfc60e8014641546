"""The places of the store room: add, rename, move, close."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from ppid.errors import BadInput, Finding, Refused
from ppid.office.authority import MAY, Authority, Right, authority_in, not_authorised
from ppid.office.log import Fact, append, lock
from ppid.office.models import Body, Place
from ppid.office.places import PlaceKind, standing_obstacles
from ppid.office.writing import writing

LONGEST_NAME = 100
CLOSED = Finding("place_closed", "Tempat ini sudah ditutup.", "parent", "Pilih tempat lain.")


@dataclass(frozen=True, slots=True)
class Spot:
    """A place as it shall be. parent: in which it stands, None for the outermost."""

    kind: PlaceKind
    name: str
    parent: Place | None = None


def keeping_obstacles(authority: Authority) -> tuple[Finding, ...]:
    """Return why this person does not keep the store room; empty when they do."""
    if authority.may(Right.KEEP_STORE):
        return ()
    return (not_authorised(MAY[Right.KEEP_STORE]),)


def demand_keeper(body: Body, *, by: UUID, at: datetime) -> None:
    """Raise Refused `not_authorised` for who does not keep the store room of the body."""
    if refused := keeping_obstacles(authority_in(body, by=by, at=at)):
        raise Refused(*refused)


def add_place(body: Body, spot: Spot, *, by: UUID, at: datetime, act: UUID | None = None) -> Place:
    """Add a place and return it.

    Raises Refused; BadInput: place_unnamed, place_name_taken, place_closed, place_inside_out.
    """
    made, name = uuid4(), spot.name.strip()
    with writing(act=act, at=at):
        lock(body.pk)
        demand_keeper(body, by=by, at=at)
        _demand_fits(body, spot)
        said = {"id": str(made), "kind": spot.kind.value, "parent": _id(spot.parent)}
        append(Fact("place.added", said, {"name": name}), body=body.pk, by=by, at=at)
    return Place.objects.get(pk=made)


def change_place(
    place: Place,
    *,
    name: str,
    parent: Place | None,
    by: UUID,
    at: datetime,
    act: UUID | None = None,
) -> None:
    """Give a place another name, another place to stand in, or both. Raises as `add_place`."""
    name, body = name.strip(), place.body
    with writing(act=act, at=at):
        lock(body.pk)
        demand_keeper(body, by=by, at=at)
        place.refresh_from_db()
        if place.closed_at:
            raise Refused(CLOSED)
        _demand_fits(body, Spot(PlaceKind(place.kind), name, parent), moved=place)
        if parent != place.parent:
            said = {"id": str(place.pk), "parent": _id(parent)}
            append(Fact("place.moved", said), body=body.pk, by=by, at=at)
        if name != place.name:
            fact = Fact("place.renamed", {"id": str(place.pk)}, {"name": name})
            append(fact, body=body.pk, by=by, at=at)


def closing_obstacles(place: Place) -> tuple[Finding, ...]:
    """Return why the place cannot be closed: something is kept there, or it is closed already."""
    if place.closed_at:
        return (CLOSED,)
    if place.entries.exists() or place.inside.filter(closed_at__isnull=True).exists():
        text = "Tempat ini masih berisi."
        hint = "Pindahkan isinya lebih dahulu."
        return (Finding("place_not_empty", text, hint=hint),)
    return ()


def close_place(place: Place, *, by: UUID, at: datetime, act: UUID | None = None) -> None:
    """Close an empty place; it stays in the log and in old entries. Raises Refused."""
    with writing(act=act, at=at):
        lock(place.body_id)
        demand_keeper(place.body, by=by, at=at)
        place.refresh_from_db()
        if refused := closing_obstacles(place):
            raise Refused(*refused)
        fact = Fact("place.closed", {"id": str(place.pk)})
        append(fact, body=place.body_id, by=by, at=at)


def path_of(place: Place) -> tuple[Place, ...]:
    """Return the places in which a place stands, outermost first, itself last."""
    found = [place]
    while found[-1].parent is not None:
        found.append(found[-1].parent)
    return tuple(reversed(found))


def _demand_fits(body: Body, spot: Spot, *, moved: Place | None = None) -> None:
    if findings := tuple(_misfits(body, spot, moved)):
        raise BadInput(*findings)


def _misfits(body: Body, spot: Spot, moved: Place | None) -> Iterator[Finding]:
    name, parent = spot.name.strip(), spot.parent
    if not name or len(name) > LONGEST_NAME:
        text = f"Isi nama tempat, paling banyak {LONGEST_NAME} huruf."
        yield Finding("place_unnamed", text, "name")
    if parent is not None and parent.body_id != body.pk:
        yield Finding("place_unknown", "Tempat itu tidak ditemukan.", "parent")
        return
    if parent is not None and parent.closed_at:
        yield CLOSED
    yield from standing_obstacles(spot.kind, PlaceKind(parent.kind) if parent else None)
    beside = Place.objects.filter(body=body, parent=parent, closed_at__isnull=True)
    taken = {one.label.casefold() for one in beside if one != moved}
    if Place(kind=spot.kind, name=name).label.casefold() in taken:
        text = f"“{name}” sudah ada di sana."
        yield Finding("place_name_taken", text, "name", "Beri nama lain.")


def _id(place: Place | None) -> str | None:
    return str(place.pk) if place else None
