"""The read API of the open site: bodies, entries, editions, changes, checkpoints (OpenAPI 3.1).

Everything is public and read-only; it says what the pages say and nothing more. Lists go on by key,
never by count. Answers bear the ETag of edition and day, as the pages do.
"""

import json
from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Annotated, Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI, Path, Query
from ninja.decorators import decorate_view
from ninja.errors import ValidationError

from ppid.public import rows
from ppid.public.api_shapes import (
    BodiesOut,
    BodyOut,
    ChangesOut,
    CheckpointOut,
    EditionOut,
    EditionsOut,
    EntriesOut,
    EntryOut,
    Problem,
    WholePageOut,
)
from ppid.public.as_file import is_file
from ppid.public.comparison import compare
from ppid.public.conditional import Place, conditional_answer, find_place, places
from ppid.public.edition_check import PUBLIC_ID, SLUG
from ppid.public.filters import Filters
from ppid.public.listing import among
from ppid.public.models import Body, Edition, Entry
from ppid.public.search import LONGEST_QUERY, MOST_HITS, find
from ppid.public.selection import plain_entry
from ppid.public.status import Status

MOST, USUAL = 100, 25
WHOLE_PAGE = 100
MOST_NUMBER = 2**31 - 1
CURSOR = r"^[0-9]{1,7}\.[0-9]{1,18}$"
"""The day and the key of the last entry seen; in a search, nought and how many were seen."""
PLAIN = r"^[^\x00]*$"

Slug = Annotated[str, Path(pattern=f"^{SLUG.pattern}$", examples=["kota-contoh"])]
PublicId = Annotated[str, Path(pattern=f"^{PUBLIC_ID.pattern}$")]
Limit = Annotated[int, Query(ge=1, le=MOST)]
Words = Annotated[str, Query(max_length=LONGEST_QUERY, pattern=PLAIN)]
Agency = Annotated[str, Query(max_length=200, pattern=PLAIN)]
Letter = Annotated[str, Query(pattern="^[a-j]?$")]
Year = Annotated[int | None, Query(ge=1945, le=9998)]
Cursor = Annotated[str | None, Query(pattern=CURSOR)]
Number = Annotated[int, Path(ge=1, le=MOST_NUMBER)]
Since = Annotated[int, Query(ge=0, le=MOST_NUMBER)]
Key = Annotated[int | None, Query(ge=1, le=MOST_NUMBER)]

api = NinjaAPI(
    title="Informasi yang dikecualikan",
    version="1",
    description=(
        "Read API over the published lists of exempt information. Everything here is public. "
        "Statuses are worked out for the body's own day; lists go on by key."
    ),
    docs_url=None,
    openapi_url=None,
    urls_namespace="public-api",
)

View = Callable[..., HttpResponse]


def answers(shape: Any) -> dict[int, Any]:
    """Return what an operation may answer, by status."""
    return {200: shape, 304: None, 404: Problem, 422: Problem}


def per_edition(view: View) -> View:
    """Return the operation with the body's place on the request, and 304 for what is unchanged."""

    @wraps(view)
    def conditional(request: HttpRequest, *args: Any, **parts: Any) -> Any:
        try:
            place = find_place(parts["slug"]) if SLUG.fullmatch(parts["slug"]) else None
        except Http404:
            place = None
        request.place = place  # type: ignore[attr-defined]
        if place is None:
            return view(request, *args, **parts)
        return conditional_answer(request, place, lambda: view(request, *args, **parts))

    return conditional


def _place(request: HttpRequest) -> Place:
    place: Place | None = request.place  # type: ignore[attr-defined]
    if place is None:
        raise Http404
    return place


@api.exception_handler(Http404)
def not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    """Answer that there is no such thing."""
    problem = {"code": "not_found", "message": "Tidak ditemukan.", "places": []}
    return api.create_response(request, problem, status=404)


@api.exception_handler(ValidationError)
def bad_input(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Answer what is wrong with the request, and where."""
    where = sorted({".".join(str(part) for part in one["loc"]) for one in error.errors})
    problem = {"code": "bad_input", "message": "Permintaan ini tidak sesuai.", "places": where}
    return api.create_response(request, problem, status=422)


@api.get("/bodies", response={200: BodiesOut}, summary="All public bodies")
def list_bodies(request: HttpRequest) -> dict[str, Any]:
    """Return every body that has published its list, by name."""
    return {"items": [_body(place) for place in places()]}


@api.get("/bodies/{slug}", response=answers(BodyOut), summary="One public body")
@decorate_view(per_edition)
def get_body(request: HttpRequest, slug: Slug) -> dict[str, Any]:
    """Return a body with its newest edition and what its filters offer."""
    return _body(_place(request))


@api.get("/bodies/{slug}/entries", response=answers(EntriesOut), summary="The list, filtered")
@decorate_view(per_edition)
def list_entries(
    request: HttpRequest,
    slug: Slug,
    q: Words = "",
    agency: Agency = "",
    letter: Letter = "",
    status: Status | None = None,
    year: Year = None,
    after: Cursor = None,
    limit: Limit = USUAL,
) -> HttpResponse:
    """Return a page of entries: newest decree first, or, with `q`, the best match first.

    year: of opening. A search passes at most its best thousand.
    """
    place = _place(request)
    filters = Filters(text=q.strip(), agency=agency, letter=letter, status=status, year=year)
    answer = _found if filters.text else _list
    return _as_it_is(answer(filters, place, after=after, limit=limit))


@api.get("/bodies/{slug}/pages/{number}", response=answers(WholePageOut), summary="The whole list")
@decorate_view(per_edition)
def get_page(request: HttpRequest, slug: Slug, number: Number) -> dict[str, Any]:
    """Return a hundred entries of the whole list, in the order in which they were first published.

    Later entries come on later pages: one that is full keeps its entries.
    """
    place = _place(request)
    start = (number - 1) * WHOLE_PAGE
    found = list(whole_list(place.body)[start : start + WHOLE_PAGE + 1])
    if not found and number > 1:
        raise Http404
    shown = [plain_entry(entry, on=place.today) for entry in found[:WHOLE_PAGE]]
    return {
        "items": shown,
        "number": number,
        "next": number + 1 if len(found) > WHOLE_PAGE else None,
    }


def whole_list(body: Body) -> QuerySet[Entry]:
    """Return every entry of a body in the order in which they were first published."""
    return Entry.objects.filter(body=body).order_by("pk")


@api.get("/bodies/{slug}/entries/{public_id}", response=answers(EntryOut), summary="One entry")
@decorate_view(per_edition)
def get_entry(request: HttpRequest, slug: Slug, public_id: PublicId) -> HttpResponse:
    """Return an entry as it reads today."""
    place = _place(request)
    entry = rows.one(place.body, public_id)
    if entry is None:
        raise Http404
    return _as_it_is(plain_entry(entry, on=place.today))


@api.get("/bodies/{slug}/editions", response=answers(EditionsOut), summary="All editions")
@decorate_view(per_edition)
def list_editions(
    request: HttpRequest, slug: Slug, before: Key = None, limit: Limit = USUAL
) -> dict[str, Any]:
    """Return a page of editions, newest first."""
    editions = _place(request).body.editions.order_by("-number")
    if is_file(request):
        return {"items": list(editions), "next": None}
    if before:
        editions = editions.filter(number__lt=before)
    rows = list(editions[: limit + 1])
    shown = rows[:limit]
    return {"items": shown, "next": shown[-1].number if len(rows) > limit else None}


@api.get("/bodies/{slug}/editions/{number}", response=answers(EditionOut), summary="One edition")
@decorate_view(per_edition)
def get_edition(request: HttpRequest, slug: Slug, number: Number) -> Edition:
    """Return an edition with its figures and its content hash."""
    edition = _place(request).body.editions.filter(number=number).first()
    if edition is None:
        raise Http404
    return edition


@api.get("/bodies/{slug}/changes", response=answers(ChangesOut), summary="Between two editions")
@decorate_view(per_edition)
def list_changes(
    request: HttpRequest, slug: Slug, since: Since = 0, until: Key = None, after: Key = None
) -> dict[str, Any]:
    """Return what is new and what reads differently in edition `until` beside edition `since`.

    until: the newest edition unless given.
    """
    place = _place(request)
    newer = min(until or place.edition.number, place.edition.number)
    older = min(since, newer)
    found = compare(place.body, older=older, newer=newer, after=after or 0)
    items = [
        {
            "kind": "added" if one.is_new else "changed",
            "public_id": one.public_id,
            "fields": one.names,
            "before": one.before,
            "after": one.after,
        }
        for one in found.differences
    ]
    return {"since": older, "until": newer, "items": items, "next": found.later or None}


@api.get(
    "/bodies/{slug}/checkpoint",
    response=answers(CheckpointOut),
    summary="Newest edition's checkpoint",
)
@decorate_view(per_edition)
def get_checkpoint(request: HttpRequest, slug: Slug) -> dict[str, Any]:
    """Return the signed checkpoint of the newest edition, with the key to check it."""
    body, newest = _place(request).body, _place(request).edition.checkpoint
    said = {name: getattr(newest, name) for name in ("size", "root", "note", "vkey")}
    return said | {"origin": body.log_origin}


def _as_it_is(said: dict[str, Any]) -> HttpResponse:
    """Return entries as JSON without looking at their shape again: intake has (edition_check).

    Taking each apart and together once more cost half of such an answer.
    """
    return HttpResponse(json.dumps(said), content_type="application/json; charset=utf-8")


def _body(place: Place) -> dict[str, Any]:
    names = set(BodyOut.model_fields) - {"today", "edition"}
    said = {name: getattr(place.body, name) for name in names}
    return said | {"today": place.today, "edition": place.edition}


def _list(filters: Filters, place: Place, *, after: str | None, limit: int) -> dict[str, Any]:
    cursor = _place_of(after) if after else None
    found = rows.after(
        filters, place.body, cursor, on=place.today, columns=rows.WHOLE, most=limit + 1
    )
    shown = [plain_entry(entry, on=place.today) for entry in found[:limit]]
    last = found[limit - 1] if len(found) > limit else None
    after_it = f"{last.decree_date.toordinal()}.{last.id}" if last else None
    return {"items": shown, "next": after_it, "corrected": ""}


def _place_of(after: str) -> tuple[date, int]:
    day, _, key = after.partition(".")
    return date.fromordinal(min(max(int(day), 1), date.max.toordinal())), int(key)


def _found(filters: Filters, place: Place, *, after: str | None, limit: int) -> dict[str, Any]:
    start = min(int(after.partition(".")[2]), MOST_HITS) if after else 0
    entries = among(filters, place.body, on=place.today)
    hits = find(filters.text, entries, body=place.body, start=start, count=limit)
    found = rows.by_id(hits.ids, rows.WHOLE)
    return {
        "items": [plain_entry(entry, on=place.today) for entry in found],
        "next": f"0.{start + limit}" if hits.has_more else None,
        "corrected": hits.corrected,
    }
