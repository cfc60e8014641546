"""What other programs read: JSON, a calendar of term ends, Atom, DCAT, the sitemap.

Each is made from the columns of the public tables alone, streams what may be long, and is cached
with the edition and the day like a page.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from xml.sax.saxutils import escape, quoteattr

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from icalendar import Calendar, Event

from ppid.public.conditional import Place
from ppid.public.ground_words import GROUND_WORDS
from ppid.public.list_json import json_pieces
from ppid.public.models import Entry
from ppid.public.openings import opened_lately
from ppid.public.selection import ROWS_AT_ONCE, Selection
from ppid.public.status import midnight

Address = Callable[..., str]
"""Returns the whole address of a route, given its name and arguments."""
JUST_PAST = timedelta(days=30)
MOST_IN_ATOM = 50
SITEMAP_PART = 40_000
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
XML = '<?xml version="1.0" encoding="UTF-8"?>\n'


def address_of(request: HttpRequest) -> Address:
    """Return what makes whole addresses for answers to this request."""
    return lambda name, *parts: request.build_absolute_uri(reverse(f"public-{name}", args=parts))


def json_answer(selection: Selection) -> StreamingHttpResponse:
    """Return the list as one JSON object, its entries streamed."""
    answer = StreamingHttpResponse(json_pieces(selection), content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="{selection.file_name("json")}"'
    return answer


def calendar_answer(selection: Selection, address: Address) -> StreamingHttpResponse:
    """Return the days on which what is exempt opens as a calendar (RFC 5545)."""
    lines = _calendar(selection, address)
    answer = StreamingHttpResponse(lines, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'inline; filename="{selection.file_name("ics")}"'
    return answer


def _calendar(selection: Selection, address: Address) -> Iterator[bytes]:
    place = selection.place
    calendar = Calendar()
    calendar.add("prodid", "-//SIP PPID//Situs terbuka//ID")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"Informasi terbuka, {place.body.name}")
    whole = calendar.to_ical()
    end = whole.rindex(b"END:VCALENDAR")
    yield whole[:end]
    entries = selection.entries().filter(open_from__gte=place.today - JUST_PAST)
    for entry in entries.order_by("open_from", "id").iterator(chunk_size=ROWS_AT_ONCE):
        yield _opening(entry, place, address("entry", place.body.slug, entry.public_id))
    yield whole[end:]


def _opening(entry: Entry, place: Place, page: str) -> bytes:
    event = Event()
    event.add("uid", page)
    event.add("dtstamp", place.edition.published_at.astimezone(UTC))
    event.add("dtstart", entry.open_from)
    event.add("summary", f"Terbuka: {entry.title}")
    event.add("description", f"{entry.agency}. {entry.ground_label}. {entry.term_text}")
    event.add("url", page)
    event.add("transp", "TRANSPARENT")
    return event.to_ical()


def atom_answer(place: Place, address: Address) -> HttpResponse:
    """Return the newest editions and openings as an Atom feed (RFC 4287), newest first."""
    slug = place.body.slug
    feed = Atom1Feed(
        title=f"Informasi yang dikecualikan, {place.body.name}",
        link=address("list", slug),
        feed_url=address("atom", slug),
        description="Edisi daftar dan informasi yang terbuka",
        language="id",
        author_name=place.body.name,
    )
    news = [*_edition_news(place, address), *_opening_news(place, address)]
    for one in sorted(news, key=lambda one: one["updateddate"], reverse=True)[:MOST_IN_ATOM]:
        feed.add_item(**one)
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml")


def _edition_news(place: Place, address: Address) -> Iterator[dict[str, object]]:
    for edition in place.body.editions.order_by("-number")[:MOST_IN_ATOM]:
        counts = (edition.added_count, edition.changed_count, edition.opened_count)
        page = address("edition", place.body.slug, edition.number)
        yield {
            "title": f"Edisi {edition.number}",
            "link": page,
            "unique_id": page,
            "description": "{} baru, {} berubah, {} terbuka".format(*counts),
            "updateddate": edition.published_at,
            "pubdate": edition.published_at,
        }


def _opening_news(place: Place, address: Address) -> Iterator[dict[str, object]]:
    for entry in opened_lately(place.body, on=place.today)[:MOST_IN_ATOM]:
        page = address("entry", place.body.slug, entry.public_id)
        opened = midnight(place.body.timezone, entry.open_from)
        yield {
            "title": f"Terbuka: {entry.title}",
            "link": page,
            "unique_id": f"{page}#terbuka-{entry.open_from}",
            "description": entry.opened_reason or entry.term_text,
            "updateddate": opened,
            "pubdate": opened,
        }


CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
FORMATS = (
    ("download", "CSV", "text/csv"),
    (
        "xlsx",
        "XLSX",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    ("json", "JSON", "application/json"),
    ("calendar", "iCalendar", "text/calendar"),
    ("atom", "Atom", "application/atom+xml"),
)
"""Route, name and media type of each form in which the list can be had."""


def catalog(places: list[Place], address: Address) -> dict[str, object]:
    """Return all lists of this installation as a DCAT catalog (W3C DCAT 3, as JSON-LD)."""
    return {
        "@context": CONTEXT,
        "@id": address("catalog"),
        "@type": "dcat:Catalog",
        "dct:title": _said("Informasi yang dikecualikan"),
        "dct:description": _said("Daftar informasi yang dikecualikan dari badan publik di sini"),
        "foaf:homepage": {"@id": address("home")},
        "dcat:dataset": [_dataset(place, address) for place in places],
    }


def dataset(place: Place, address: Address) -> dict[str, object]:
    """Return one list as a DCAT dataset with the forms in which it can be had."""
    return {"@context": CONTEXT} | _dataset(place, address)


def _dataset(place: Place, address: Address) -> dict[str, object]:
    slug, edition = place.body.slug, place.edition
    letters = [GROUND_WORDS[letter].name for letter in place.body.letters]
    return {
        "@id": address("dataset", slug),
        "@type": "dcat:Dataset",
        "dct:identifier": f"{slug}/dik",
        "dct:title": _said(f"Daftar informasi yang dikecualikan, {place.body.name}"),
        "dct:description": _said(
            "Apa yang ditutup, mengapa, sampai kapan, dan sejak kapan terbuka"
        ),
        "dct:language": {"@id": "http://publications.europa.eu/resource/authority/language/IND"},
        "dct:publisher": {"@type": "foaf:Agent", "foaf:name": place.body.name},
        "dct:modified": _moment(edition.published_at),
        "dcat:version": str(edition.number),
        "dcat:keyword": [_said(word) for word in ("PPID", "informasi publik", *letters)],
        "dcat:landingPage": {"@id": address("list", slug)},
        "dcat:distribution": [
            {
                "@type": "dcat:Distribution",
                "dct:title": _said(name),
                "dcat:accessURL": {"@id": address("data", slug)},
                "dcat:downloadURL": {"@id": address(route, slug)},
                "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{kind}"},
            }
            for route, name, kind in FORMATS
        ],
    }


def _said(text: str) -> dict[str, str]:
    return {"@value": text, "@language": "id"}


def _moment(value: datetime) -> dict[str, str]:
    return {"@value": value.astimezone(UTC).isoformat(), "@type": "xsd:dateTime"}


def sitemap_index(places: list[Place], address: Address, *, numbered: bool = False) -> str:
    """Return the index of the sitemaps: for each list one for every 40,000 entries.

    numbered: the number of the part stands in the path, and not in the query.
    """
    parts = [
        address("sitemap-part", place.body.slug, part)
        if numbered
        else f"{address('sitemap', place.body.slug)}?bagian={part}"
        for place in places
        for part in range(place.edition.entry_count // SITEMAP_PART + 1)
    ]
    lines = "".join(f"<sitemap><loc>{escape(part)}</loc></sitemap>\n" for part in parts)
    return f"{XML}<sitemapindex xmlns={quoteattr(SITEMAP)}>\n{lines}</sitemapindex>\n"


def sitemap(place: Place, address: Address, *, part: int) -> Iterator[str]:
    """Yield one sitemap: 40,000 entries, and with the first part the pages about the list."""
    slug = place.body.slug
    yield f"{XML}<urlset xmlns={quoteattr(SITEMAP)}>\n"
    if part == 0:
        for name in ("list", "openings", "editions", "statistics", "sops", "data", "log"):
            yield _located(address(name, slug), place.edition.published_at.date())
    start = part * SITEMAP_PART
    known = Entry.objects.filter(body=place.body).order_by("id").values_list("public_id", flat=True)
    stem = address("entry", slug, "NOMOR")
    for public_id in known[start : start + SITEMAP_PART].iterator(chunk_size=ROWS_AT_ONCE):
        yield _located(stem.replace("NOMOR", public_id))
    yield "</urlset>\n"


def _located(page: str, changed: date | None = None) -> str:
    when = f"<lastmod>{changed}</lastmod>" if changed else ""
    return f"<url><loc>{escape(page)}</loc>{when}</url>\n"
