"""The pages over all lists, and those that look at one list as a whole: openings and figures."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ppid.public.charts import Bar, bars, columns, legend
from ppid.public.conditional import Place, newest_editions, per_edition
from ppid.public.everywhere import read_everywhere, search_everywhere
from ppid.public.frame import render_frame, render_page
from ppid.public.ground_words import GROUND_WORDS, ground_choices, ground_words
from ppid.public.hot_pages import render_hot
from ppid.public.lines import lines
from ppid.public.openings import openings
from ppid.public.statistics import Statistics, statistics
from ppid.public.status import status_choices, today

MINUTE = 60


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture with the heading of its table and its rows; keys: what the colours mean."""

    title: str
    told: str
    chart: SafeString
    head: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    keys: SafeString = SafeString("")
    source: str = ""


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the bodies of this installation, with a search over all their lists."""
    return _for_a_minute(render_frame(request, "home", {"editions": newest_editions()}))


@require_safe
def everywhere(request: HttpRequest) -> HttpResponse:
    """Search the lists of all bodies at once."""
    bodies = {edition.body_id: edition.body for edition in newest_editions()}
    asked = read_everywhere(request.GET, bodies.values())
    found = search_everywhere(asked, now=timezone.now())
    context = {
        "asked": asked,
        "bodies": bodies,
        "grounds": ground_choices("".join(GROUND_WORDS)),
        "statuses": status_choices(),
        "page": found,
        "lines": lines(
            found.entries, body_of=lambda entry: bodies[entry.body_id], on=today, named=True
        ),
    }
    return _for_a_minute(render_hot(request, "everywhere", place=None, context=context))


@require_safe
def rights(request: HttpRequest) -> HttpResponse:
    """Say in plain words what is exempt, for which reasons, and what a citizen can do."""
    context = {"grounds": ground_words("".join(GROUND_WORDS))}
    response = render_frame(request, "guide", context)
    patch_cache_control(response, public=True, max_age=60 * MINUTE)
    return response


@per_edition
def openings_page(request: HttpRequest, place: Place) -> HttpResponse:
    """Show what opened lately, what opens soon, and what opened though nobody acted."""
    found = openings(place.body, on=place.today)
    return render_page(request, "openings", place=place, context={"openings": found})


@per_edition
def statistics_page(request: HttpRequest, place: Place) -> HttpResponse:
    """Show the figures of the list as pictures, each with its table."""
    found = statistics(place.body, edition=place.edition, on=place.today)
    pictures = [picture for picture in _pictures(found) if picture.rows]
    return render_page(request, "statistics", place=place, context={"pictures": pictures})


def _for_a_minute(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, public=True, max_age=MINUTE)
    return response


def _pictures(found: Statistics) -> Iterable[Picture]:
    yield _closed(found)
    yield _terms(found)
    yield _years(found)
    yield _overdue(found)


def _closed(found: Statistics) -> Picture:
    closed = found.closed
    share = round(100 * closed.undated / closed.total) if closed.total else 0
    title = _("Yang dikecualikan, dengan dan tanpa tanggal terbuka")
    dated, undated = _("Bertanggal"), _("Tanpa tanggal")
    rows = ((dated, closed.dated), (undated, closed.undated)) if closed.total else ()
    drawn = [Bar(dated, (("main", closed.dated),)), Bar(undated, (("late", closed.undated),))]
    return Picture(
        title=title,
        told=_("%(share)s%% dari yang dikecualikan belum mempunyai tanggal terbuka.")
        % {"share": number_format(share)},
        chart=bars(drawn, label=title),
        head=(_("Tanggal terbuka"), _("Jumlah")),
        rows=rows,
        source="UU 14/2008 ps. 20",
    )


def _terms(found: Statistics) -> Picture:
    title = _("Lama pengecualian menurut alasan")
    years = [
        Bar(_ground(term.letter), (("main", term.mean or 0),), _in_years(term.mean))
        for term in found.terms
    ]
    return Picture(
        title=title,
        told=_("Rata-rata lama pengecualian menurut huruf Pasal 17, dalam tahun."),
        chart=bars(years, label=title),
        head=(_("Alasan"), _("Jumlah"), _("Terpendek"), _("Rata-rata"), _("Terlama")),
        rows=tuple(
            (
                _ground(term.letter),
                term.count,
                *(_in_years(value) for value in (term.shortest, term.mean, term.longest)),
            )
            for term in found.terms
        ),
        source="UU 14/2008 ps. 17; PP 61/2010 ps. 5–9",
    )


def _years(found: Statistics) -> Picture:
    title = _("Terbuka per tahun")
    declared, by_law = _("Dinyatakan terbuka oleh PPID"), _("Terbuka demi hukum saja")
    drawn = [
        Bar(_year(one.year, one.earlier), (("main", one.declared), ("second", one.by_law)))
        for one in found.years
    ]
    return Picture(
        title=title,
        told=_("Informasi terbuka pada saat jangka waktunya berakhir, juga bila PPID diam."),
        chart=columns(drawn, label=title),
        keys=legend((("main", declared), ("second", by_law))),
        head=(_("Tahun"), declared, by_law),
        rows=tuple((_year(one.year, one.earlier), one.declared, one.by_law) for one in found.years),
        source="PP 61/2010 ps. 11",
    )


def _overdue(found: Statistics) -> Picture:
    title = _("Terbuka demi hukum tanpa penetapan, menurut perangkat daerah")
    drawn = [Bar(agency, (("late", count),)) for agency, count in found.overdue]
    return Picture(
        title=title,
        told=_("Jangka waktunya sudah berakhir, tetapi PPID belum menyatakannya terbuka."),
        chart=bars(drawn, label=title),
        head=(_("Perangkat daerah"), _("Jumlah")),
        rows=found.overdue,
        source="PP 61/2010 ps. 11 (1), (3)",
    )


def _ground(letter: str) -> str:
    return _("Huruf %(letter)s") % {"letter": letter}


def _year(year: int, earlier: bool) -> str:
    return _("s.d. %(year)s") % {"year": year} if earlier else str(year)


def _in_years(value: float | None) -> str:
    return "–" if value is None else number_format(value, 1)
