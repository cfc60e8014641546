"""The addresses of the files and feeds: CSV, XLSX, JSON, calendar, Atom, DCAT, sitemap, robots."""

import json

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from ppid.public.as_file import is_file
from ppid.public.conditional import Place, per_edition, places
from ppid.public.download import csv_answer
from ppid.public.feeds import (
    FORMATS,
    address_of,
    atom_answer,
    calendar_answer,
    catalog,
    dataset,
    json_answer,
    sitemap,
    sitemap_index,
)
from ppid.public.frame import render_page
from ppid.public.listing import read_filters
from ppid.public.selection import Selection
from ppid.public.workbook import xlsx_answer

KEEP = 300


def _selection(request: HttpRequest, place: Place) -> Selection:
    return Selection(place, read_filters(request.GET, place.body))


@per_edition
def download(request: HttpRequest, place: Place) -> HttpResponseBase:
    """Hand out the list as CSV, filtered as the address says."""
    return csv_answer(_selection(request, place))


@per_edition
def xlsx(request: HttpRequest, place: Place) -> HttpResponseBase:
    """Hand out the list as XLSX, filtered as the address says."""
    return xlsx_answer(_selection(request, place))


@per_edition
def as_json(request: HttpRequest, place: Place) -> HttpResponseBase:
    """Hand out the list as JSON, filtered as the address says."""
    return json_answer(_selection(request, place))


@per_edition
def calendar(request: HttpRequest, place: Place) -> HttpResponseBase:
    """Hand out the days of opening as a calendar, filtered as the address says."""
    return calendar_answer(_selection(request, place), address_of(request))


@per_edition
def atom(request: HttpRequest, place: Place) -> HttpResponseBase:
    """Hand out the newest editions and openings as an Atom feed."""
    return atom_answer(place, address_of(request))


@per_edition
def dataset_page(request: HttpRequest, place: Place) -> HttpResponseBase:
    """Hand out what a catalogue of open data needs to know of one list."""
    return _linked_data(dataset(place, address_of(request)))


@per_edition
def sitemap_part(request: HttpRequest, place: Place, part: int = 0) -> HttpResponseBase:
    """Hand out one part of a list's sitemap."""
    asked = str(part or request.GET.get("bagian", ""))
    part = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 0
    lines = sitemap(place, address_of(request), part=part)
    return StreamingHttpResponse(lines, content_type="application/xml; charset=utf-8")


@per_edition
def data_page(request: HttpRequest, place: Place) -> HttpResponse:
    """Show every form in which the list can be had, with its lasting address."""
    return render_page(request, "data", place=place, context={"formats": FORMATS})


@require_safe
def catalog_page(request: HttpRequest) -> HttpResponseBase:
    """Hand out the catalogue of all lists for harvesters of open data."""
    return _kept(_linked_data(catalog(places(), address_of(request))))


@require_safe
def sitemaps(request: HttpRequest) -> HttpResponseBase:
    """Hand out the index of the sitemaps."""
    text = sitemap_index(places(), address_of(request), numbered=is_file(request))
    return _kept(HttpResponse(text, content_type="application/xml; charset=utf-8"))


@require_safe
def robots(request: HttpRequest) -> HttpResponseBase:
    """Tell robots that everything may be read, and where the sitemap is."""
    text = f"User-agent: *\nAllow: /\nSitemap: {address_of(request)('sitemaps')}\n"
    return _kept(HttpResponse(text, content_type="text/plain; charset=utf-8"))


def _linked_data(said: dict[str, object]) -> HttpResponse:
    text = json.dumps(said, ensure_ascii=False, indent=1)
    return HttpResponse(text, content_type="application/ld+json")


def _kept(response: HttpResponseBase) -> HttpResponseBase:
    patch_cache_control(response, public=True, max_age=KEEP)
    return response
