"""The pages of the open site. They only read, and set no cookie."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from ppid.public import rows
from ppid.public.as_file import is_file
from ppid.public.changes import Change, changes
from ppid.public.comparison import compare
from ppid.public.conditional import Place, per_edition
from ppid.public.edition_check import PUBLIC_ID
from ppid.public.filters import Filters, without
from ppid.public.frame import render_frame, render_page
from ppid.public.ground_words import GROUND_WORDS, ground_choices, ground_words
from ppid.public.hot_pages import render_hot
from ppid.public.lines import lines
from ppid.public.listing import Page, first_page, numbered_page, read_filters, read_page
from ppid.public.log_views import newest_checkpoint, of_log, tagged
from ppid.public.models import Edition, EntryVersion
from ppid.public.past_list import past_page, read_past_day
from ppid.public.proofs import is_provable
from ppid.public.status import status, status_choices
from ppid.public.templatetags.public_dates import day
from ppid.public.timeline import changed_words, happenings

EDITION_PAGE = 50
PARTS = ("baru", "berubah", "terbuka")
LARGEST = 2**31 - 1


@per_edition
def entry_list(request: HttpRequest, place: Place) -> HttpResponse:
    """Show the list of a body, of today or of a past day, as the address asks for it."""
    filters = read_filters(request.GET, place.body)
    past = read_past_day(request.GET, place.body, today=place.today)
    if past:
        filters = replace(filters, past=past.day)
        page, on = past_page(request.GET, filters, place.body, past=past), past.day
    else:
        page, on = read_page(request.GET, filters, place.body, on=place.today), place.today
    if is_file(request):
        page = first_page(page, place.body, count=place.edition.entry_count)
    context = {
        "past": past,
        "asked_day": request.GET.get("pada", ""),
        "page_number": 0,
        "paths": is_file(request),
    }
    return _list(request, place, page, filters=filters, on=on, more=context)


@per_edition
def numbered_list(request: HttpRequest, place: Place, number: int) -> HttpResponse:
    """Show a page of the whole list by its number, the oldest decrees on page 1."""
    page = numbered_page(place.body, number, count=place.edition.entry_count)
    if not page.entries:
        raise Http404
    context = {"page_number": number, "past": None, "asked_day": "", "paths": True}
    return _list(request, place, page, filters=Filters(), on=place.today, more=context)


@per_edition
def entry_page(request: HttpRequest, place: Place, public_id: str) -> HttpResponse:
    """Show everything that the public may know about one entry."""
    entry = rows.one(place.body, public_id) if PUBLIC_ID.fullmatch(public_id) else None
    if entry is None:
        raise Http404
    versions = rows.told(entry.id)
    newest = versions[-1]
    context = {
        "entry": entry,
        "status": status(entry, on=place.today),
        "grounds": ground_words(entry.ground_letters),
        "happenings": happenings(entry, versions, body=place.body, on=place.today),
        "proven": newest.number if is_provable(newest.place, newest.leaf) else 0,
    }
    return render_hot(request, "entry", place=place, context=context)


@per_edition
def edition_list(request: HttpRequest, place: Place, before: int = 0) -> HttpResponse:
    """Show the editions of a body's list, newest first."""
    before = min(before or _number(request.GET.get("sebelum", "")) or LARGEST, LARGEST)
    rows = list(place.body.editions.filter(number__lt=before).order_by("-number")[:EDITION_PAGE])
    earlier = rows[-1].number if rows and rows[-1].number > 1 else 0
    newest = place.edition.number
    context = {
        "editions": rows,
        "earlier": earlier,
        "newest": newest,
        "older": max(newest - 1, 1),
        "newer": newest,
    }
    return render_page(request, "editions", place=place, context=context)


@per_edition
def comparison_page(
    request: HttpRequest, place: Place, older: int = 0, newer: int = 0, after: int = 0
) -> HttpResponse:
    """Show how two editions differ: `dari` the older, `sampai` the newer."""
    newest = place.edition.number
    newer = min(newer or _number(request.GET.get("sampai", "")) or newest, newest)
    older = older or _number(request.GET.get("dari", "")) or max(newer - 1, 1)
    older, newer = sorted((min(older, newest), newer))
    after = min(after or _number(request.GET.get("sesudah", "")), LARGEST)
    context = {
        "older": older,
        "newer": newer,
        "newest": newest,
        "found": compare(place.body, older=older, newer=newer, after=after),
    }
    return render_page(request, "comparison", place=place, context=context)


@per_edition
def edition_page(
    request: HttpRequest, place: Place, number: int, part: str = "", after: int = 0
) -> HttpResponse:
    """Show what one edition added, changed, and saw opened."""
    editions = place.body.editions.select_related("checkpoint", "log_entry")
    edition = editions.filter(number=number).first() if number < 2**31 else None
    if edition is None or part not in ("", *PARTS):
        raise Http404
    asked = part or request.GET.get("bagian", "")
    part = asked if asked in PARTS else _first_part(edition)
    start = min(after or _number(request.GET.get("sesudah", "")), 2**62)
    found = _edition_lines(edition, part, start)
    context = {
        "shown": edition,
        "part": part,
        "lines": found[:EDITION_PAGE],
        "later": found[EDITION_PAGE - 1].key if len(found) > EDITION_PAGE else 0,
        "proven": hasattr(edition, "log_entry"),
    }
    return render_page(request, "edition", place=place, context=context)


@of_log
def log_page(request: HttpRequest, place: Place) -> HttpResponseBase:
    """Show the newest checkpoint of the body's log, who vouches for it, and how to check it."""
    newest = newest_checkpoint(place)
    context = {
        "checkpoint": newest,
        "witnesses": [
            {"name": one["name"], "moment": datetime.fromtimestamp(one["at"], UTC)}
            for one in newest.witnesses
        ],
        "log_address": request.build_absolute_uri(reverse("public-log", args=[place.body.slug])),
    }
    return tagged(request, render_page(request, "log", place=place, context=context))


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is no such page."""
    response = render_frame(request, "404", {})
    response.status_code = 404
    return response


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


def _list(
    request: HttpRequest,
    place: Place,
    page: Page,
    *,
    filters: Filters,
    on: date,
    more: dict[str, Any],
) -> HttpResponse:
    context = {
        "filters": filters,
        "address": filters.address(),
        "removals": _removals(filters),
        "lines": lines(page.entries, body_of=lambda _: place.body, on=lambda _: on, named=False),
        "page": page,
        "agencies": tuple(place.body.agencies),
        "years": tuple(str(year) for year in place.body.years),
        "grounds": ground_choices(place.body.letters),
        "statuses": status_choices(),
    }
    return render_hot(request, "list", place=place, context=context | more)


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
        "past": filters.past and _("Keadaan %(day)s") % {"day": day(filters.past)},
        "text": filters.text and f"“{filters.text}”",
        "agency": filters.agency,
        "letter": words and _("Huruf %(letter)s") % {"letter": f"{words.letter}: {_(words.name)}"},
        "status": filters.status and filters.status.label,
        "year": filters.year and _("Terbuka tahun %(year)s") % {"year": filters.year},
    }
    return [(str(label), without(filters, name)) for name, label in labels.items() if label]


def _number(asked: str) -> int:
    """Return the number that an address gives, 0 for anything else."""
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else 0
