"""The pages of the open site. They only read, and set no cookie."""

from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from ppid.public.changes import Change, changes
from ppid.public.conditional import Place, per_edition
from ppid.public.download import csv_answer
from ppid.public.ground_words import GROUND_WORDS, ground_words
from ppid.public.listing import Filters, read_filters, read_page, without
from ppid.public.models import Checkpoint, Edition, Entry, EntryVersion
from ppid.public.status import Status, status
from ppid.public.timeline import changed_words, happenings

EDITION_PAGE = 50
PARTS = ("baru", "berubah", "terbuka")


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry with its status today."""

    entry: Entry
    status: Status


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the bodies of this installation."""
    newest = Edition.objects.filter(body=OuterRef("body")).order_by("-number")
    editions = Edition.objects.filter(number=Subquery(newest.values("number")[:1]))
    editions = editions.select_related("body").order_by("body__name")
    response = render(request, "public/home.html", {"editions": editions})
    patch_cache_control(response, public=True, max_age=60)
    return response


@per_edition
def entry_list(request: HttpRequest, place: Place) -> HttpResponse:
    """Show the list of a body, searched and filtered as the address says."""
    filters = read_filters(request.GET, place.body)
    page = read_page(request.GET, filters, place.body, on=place.today)
    context = {
        "filters": filters,
        "address": filters.address(),
        "removals": _removals(filters),
        "rows": [Shown(entry, status(entry, on=place.today)) for entry in page.entries],
        "page": page,
        "grounds": [GROUND_WORDS[letter] for letter in place.body.letters],
        "statuses": list(Status),
    }
    return _render(request, "list", place, context)


@per_edition
def download(request: HttpRequest, place: Place) -> HttpResponseBase:
    """Hand out the list as CSV, filtered as the address says."""
    filters = read_filters(request.GET, place.body)
    return csv_answer(filters, place.body, on=place.today)


@per_edition
def entry_page(request: HttpRequest, place: Place, public_id: str) -> HttpResponse:
    """Show everything that the public may know about one entry."""
    entry = Entry.objects.filter(body=place.body, public_id=public_id).first()
    if entry is None:
        raise Http404
    versions = entry.versions.select_related("edition").order_by("edition__number")
    context = {
        "entry": entry,
        "status": status(entry, on=place.today),
        "grounds": ground_words(entry.ground_letters),
        "happenings": happenings(entry, versions, body=place.body, on=place.today),
    }
    return _render(request, "entry", place, context)


@per_edition
def edition_list(request: HttpRequest, place: Place) -> HttpResponse:
    """Show the editions of a body's list, newest first."""
    asked = request.GET.get("sebelum", "")
    before = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else 2**31 - 1
    rows = list(place.body.editions.filter(number__lt=before).order_by("-number")[:EDITION_PAGE])
    earlier = rows[-1].number if rows and rows[-1].number > 1 else 0
    return _render(request, "editions", place, {"editions": rows, "earlier": earlier})


@per_edition
def edition_page(request: HttpRequest, place: Place, number: int) -> HttpResponse:
    """Show what one edition added, changed, and saw opened."""
    editions = place.body.editions.select_related("checkpoint")
    edition = editions.filter(number=number).first() if number < 2**31 else None
    if edition is None:
        raise Http404
    asked = request.GET.get("bagian", "")
    part = asked if asked in PARTS else _first_part(edition)
    after = request.GET.get("sesudah", "")
    start = int(after) if after.isascii() and after.isdigit() and len(after) < 18 else 0
    lines = _edition_lines(edition, part, start)
    context = {
        "shown": edition,
        "part": part,
        "lines": lines[:EDITION_PAGE],
        "later": lines[EDITION_PAGE - 1].key if len(lines) > EDITION_PAGE else 0,
    }
    return _render(request, "edition", place, context)


@per_edition
def log_page(request: HttpRequest, place: Place) -> HttpResponse:
    """Show the newest checkpoint of the body's log and how to check it."""
    return _render(request, "log", place, {"checkpoint": _newest_checkpoint(place)})


@per_edition
def log_checkpoint(request: HttpRequest, place: Place) -> HttpResponse:
    """Hand out the newest checkpoint as it was signed (C2SP tlog-checkpoint)."""
    return _plain(_newest_checkpoint(place).note)


@per_edition
def log_vkey(request: HttpRequest, place: Place) -> HttpResponse:
    """Hand out the verifier key of the body's log (C2SP signed-note)."""
    return _plain(f"{place.body.vkey}\n")


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is no such page."""
    return render(request, "public/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that the site failed, and what to do."""
    return render(request, "public/500.html", status=500)


@dataclass(frozen=True, slots=True)
class EditionLine:
    """One entry under an edition: key is where the next page goes on."""

    key: int
    public_id: str
    title: str
    agency: str
    note: str = ""
    changes: tuple[Change, ...] = ()


def _edition_lines(edition: Edition, part: str, start: int) -> list[EditionLine]:
    """Return up to one line more than fits on a page."""
    if part == "terbuka":
        opened = edition.opened_entries.filter(pk__gt=start).order_by("pk")[: EDITION_PAGE + 1]
        return [EditionLine(row.pk, row.public_id, row.title, row.agency) for row in opened]
    earlier = EntryVersion.objects.filter(entry=OuterRef("entry"), pk__lt=OuterRef("pk"))
    before = Subquery(earlier.order_by("-pk").values("content")[:1])
    versions = edition.versions.filter(is_new=part == "baru", pk__gt=start).order_by("pk")
    versions = versions.annotate(before=before)
    return [_line_of(version) for version in versions[: EDITION_PAGE + 1]]


def _line_of(version: EntryVersion) -> EditionLine:
    content: dict[str, Any] = version.content
    return EditionLine(
        key=version.pk,
        public_id=content["public_id"],
        title=content["title"],
        agency=content["agency"],
        note=changed_words(version.changed),
        changes=changes(version.changed, before=version.before or {}, after=content),
    )


def _first_part(edition: Edition) -> str:
    counts = (edition.added_count, edition.changed_count, edition.opened_count)
    return next((part for part, count in zip(PARTS, counts, strict=True) if count), PARTS[0])


def _removals(filters: Filters) -> list[tuple[str, str]]:
    """Return each filter that is set, in words, with the address that goes without it."""
    words = GROUND_WORDS.get(filters.letter)
    labels = {
        "text": filters.text and f"“{filters.text}”",
        "agency": filters.agency,
        "letter": words and f"Huruf {words.letter}: {words.name}",
        "status": filters.status and filters.status.label,
        "year": filters.year and f"Terbuka tahun {filters.year}",
    }
    return [(str(label), without(filters, name)) for name, label in labels.items() if label]


def _newest_checkpoint(place: Place) -> Checkpoint:
    return Checkpoint.objects.filter(body=place.body).latest("received_at", "pk")


def _plain(text: str) -> HttpResponse:
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def _render(request: HttpRequest, name: str, place: Place, context: dict[str, Any]) -> HttpResponse:
    menu = [
        {"url": reverse(f"public-{target}", args=[place.body.slug]), "label": label, "name": target}
        for target, label in (("list", "Daftar"), ("editions", "Edisi"), ("log", "Bukti"))
    ]
    section = {"entry": "list", "edition": "editions"}.get(name, name)
    links = [link | {"current": link["name"] == section} for link in menu]
    frame = {"body": place.body, "edition": place.edition, "today": place.today, "links": links}
    return render(request, f"public/{name}.html", frame | context)
