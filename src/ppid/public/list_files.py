"""The newest edition as files, byte for byte as the site hands them out: for other channels.

They are drawn from the public tables alone, so a channel can never carry more than the site shows.
Statuses are those of the last day on which any changed, so the same list gives the same bytes until
the next edition or the next opening.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from django.db.models import Max
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from ppid.errors import Conflict, Finding
from ppid.public.conditional import Place
from ppid.public.download import csv_pieces, rows
from ppid.public.list_json import json_pieces
from ppid.public.listing import Filters
from ppid.public.models import Edition, Entry
from ppid.public.selection import Selection
from ppid.public.status import status
from ppid.public.workbook import TYPE, workbook

SITE = "ppid.public.urls"
LANGUAGE = "id"
MOST_ROWS = 500
"""Rows of the table for a page elsewhere; the rest is a link away."""
CHANGED = Finding(
    "edition_newer", "Edisi baru terbit sementara berkasnya disusun.", hint="Ulangi sebentar lagi."
)


@dataclass(frozen=True, slots=True)
class NewestList:
    """Which list is the newest. status_on: the last day on which a status in it changed."""

    number: int
    content_hash: str
    status_on: date


@dataclass(frozen=True, slots=True)
class ListFile:
    """One file of the list. kind: its media type; sha256: in hexadecimal."""

    name: str
    title: str
    kind: str
    path: Path
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class ListFiles:
    """The newest list of a body as files. table: a piece of HTML; addresses: on the site."""

    slug: str
    body_name: str
    newest: NewestList
    published_at: datetime
    entries: int
    files: tuple[ListFile, ...]
    table: str
    addresses: Mapping[str, str]


def newest_list(slug: str, *, on: date) -> NewestList | None:
    """Return which list of a body is the newest on a day, None before the first edition."""
    found = Edition.objects.filter(body__slug=slug).order_by("-number")
    edition = found.values_list("number", "content_hash").first()
    if edition is None:
        return None
    number, content_hash = edition
    return NewestList(number, content_hash, _status_on(slug, content_hash, on=on))


@lru_cache(maxsize=64)
def _status_on(slug: str, content_hash: str, *, on: date) -> date:
    """Return the last day up to `on` on which a status changed; an edition never changes."""
    row = Edition.objects.select_related("body").get(body__slug=slug, content_hash=content_hash)
    entries = Entry.objects.filter(body=row.body)
    days = [row.published_at.astimezone(ZoneInfo(row.body.timezone)).date()]
    for name in ("open_from", "opens_soon_from"):
        past = entries.filter(**{f"{name}__lte": on})
        days.append(past.aggregate(last=Max(name))["last"] or days[0])
    return max(days)


def write_list(slug: str, folder: Path, *, newest: NewestList, site: str) -> ListFiles:
    """Write the newest list of a body into a folder. site: where the open site is found.

    Raises Conflict `edition_newer` when another edition has arrived meanwhile.
    """
    edition = Edition.objects.select_related("body").get(body__slug=slug, number=newest.number)
    selection = Selection(Place(edition.body, edition, newest.status_on), Filters())
    with translation.override(LANGUAGE):
        addresses = _addresses(slug, newest.number, site)
        made = ListFiles(
            slug=slug,
            body_name=edition.body.name,
            newest=newest,
            published_at=edition.published_at,
            entries=edition.entry_count,
            files=tuple(_files(selection, folder)),
            table=_table(selection, addresses),
            addresses=addresses,
        )
    if Edition.objects.filter(body=edition.body, number__gt=newest.number).exists():
        raise Conflict(CHANGED)
    return made


def _files(selection: Selection, folder: Path) -> Iterator[ListFile]:
    stem = f"dik-{selection.place.body.slug}"
    csv = (piece.encode() for piece in csv_pieces(selection))
    yield _file(folder / f"{stem}.csv", csv, title="CSV", kind="text/csv")
    yield _file(folder / f"{stem}.xlsx", workbook(rows(selection)), title="XLSX", kind=TYPE)
    json = (piece.encode() for piece in json_pieces(selection))
    yield _file(folder / f"{stem}.json", json, title="JSON", kind="application/json")


def _file(path: Path, pieces: Iterable[bytes], *, title: str, kind: str) -> ListFile:
    hashed, size = hashlib.sha256(), 0
    with path.open("wb") as file:
        for piece in pieces:
            file.write(piece)
            hashed.update(piece)
            size += len(piece)
    return ListFile(path.name, title, kind, path, size, hashed.hexdigest())


def _addresses(slug: str, number: int, site: str) -> dict[str, str]:
    routes = {
        "list": ("list", slug),
        "edition": ("edition", slug, number),
        "csv": ("download", slug),
        "xlsx": ("xlsx", slug),
        "json": ("json", slug),
        "checkpoint": ("edition-checkpoint", slug, number),
    }
    return {name: _address(site, *route) for name, route in routes.items()}


def _address(site: str, route: str, *parts: object) -> str:
    return site.rstrip("/") + reverse(f"public-{route}", urlconf=SITE, args=parts)


def _table(selection: Selection, addresses: Mapping[str, str]) -> str:
    """Return the list as a piece of HTML for a page of another site.

    Square brackets are written as numbers: WordPress would take them for its own commands.
    """
    place = selection.place
    stem = addresses["list"]
    shown = [
        {
            "entry": entry,
            "page": f"{stem}informasi/{entry.public_id}/",
            "status": status(entry, on=place.today).label,
        }
        for entry in selection.entries()[:MOST_ROWS]
    ]
    left = place.edition.entry_count - len(shown)
    context = {"place": place, "rows": shown, "left": left, "addresses": addresses}
    text = render_to_string("public/table_elsewhere.html", context)
    return text.replace("[", "&#91;").replace("]", "&#93;")
