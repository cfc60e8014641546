"""Pages of a body that change only with a new edition or at its midnight: cheap to ask again.

The answer carries an ETag of edition, day and number of SOPs, and may be kept for a few minutes by
anybody, but never past the body's midnight, when statuses may change.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache, wraps
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date, quote_etag
from django.views.decorators.http import require_safe

from ppid import public
from ppid.public.database_state import once
from ppid.public.kept_pages import keep
from ppid.public.models import Body, Edition
from ppid.public.status import midnight, today

LONGEST_KEEP = 300
DAY = 86_400


@dataclass(frozen=True, slots=True)
class Place:
    """What every page of a body starts from: the body, its newest edition, and its today."""

    body: Body
    edition: Edition
    today: date


View = Callable[..., HttpResponseBase]


def per_edition(view: View) -> View:
    """Return a view of (request, place, ...) as one of (request, slug, ...) that knows 304."""

    @require_safe
    @wraps(view)
    def conditional(request: HttpRequest, slug: str, **parts: Any) -> HttpResponseBase:
        place = find_place(slug)
        return conditional_answer(request, place, lambda: view(request, place, **parts))

    return conditional


def conditional_answer(
    request: HttpRequest, place: Place, make: Callable[[], HttpResponseBase]
) -> HttpResponseBase:
    """Return 304 where the reader has the newest answer, else the one that `make` returns."""
    edition, zone = place.edition, place.body.timezone
    etag = _etag(edition.content_hash, edition.number, place.today, place.body.sop_count)
    seconds, last_modified, ends = _times(edition.published_at, place.today, zone)
    response = get_conditional_response(request, etag=etag, last_modified=seconds)
    if response is None:
        response = make()
        # Nearer to midnight the answer may be kept for less, so that it would read differently.
        keep(response, until=ends - LONGEST_KEEP)
    response["ETag"] = etag
    response["Last-Modified"] = last_modified
    longest = min(LONGEST_KEEP, max(int(ends - time.time()), 0))
    # What is stale may be shown while this site is down: the page says of which day it is.
    patch_cache_control(response, public=True, max_age=longest, stale_if_error=DAY)
    return response


@lru_cache(maxsize=64)
def _etag(content_hash: str, number: int, today: date, sop_count: int) -> str:
    return quote_etag(f"{content_hash[:16]}.{number}.{today}.{sop_count}.{public.PAGES_VERSION}")


@lru_cache(maxsize=64)
def _times(published_at: datetime, today: date, zone: str) -> tuple[int, str, float]:
    """Return when a page changed last, in seconds and as a header, and when its day ends."""
    seconds = int(max(published_at, midnight(zone, today)).timestamp())
    return seconds, http_date(seconds), midnight(zone, today + timedelta(days=1)).timestamp()


def find_place(slug: str) -> Place:
    """Return the body of an address with its newest edition.

    Read once for each state of the database. Raises Http404 when there is none.
    """
    edition = once(("newest edition", slug), lambda: _newest_edition(slug))
    return Place(edition.body, edition, today(edition.body))


def _newest_edition(slug: str) -> Edition:
    editions = Edition.objects.select_related("body").filter(body__slug=slug)
    edition = editions.order_by("-number").first()
    if edition is None:
        raise Http404
    return edition


def newest_editions() -> QuerySet[Edition]:
    """Return the newest edition of each body, by the body's name."""
    newest = Edition.objects.filter(body=OuterRef("body")).order_by("-number")
    editions = Edition.objects.filter(number=Subquery(newest.values("number")[:1]))
    return editions.select_related("body").order_by("body__name")


def places() -> list[Place]:
    """Return every body that has published, each on its own day."""
    return [Place(one.body, one, today(one.body)) for one in newest_editions()]
