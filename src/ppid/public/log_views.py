"""The log on the open site: the files of C2SP tlog-tiles, and a proof for everything that is said.

Addresses are stable. Tiles never change and may be kept for ever; a proof may gain cosignatures,
and the newest checkpoint is new with each edition, so these carry an ETag of what they say.
"""

import hashlib
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from ppid.errors import NotFound
from ppid.public.conditional import Place, find_place
from ppid.public.edition_check import PUBLIC_ID
from ppid.public.log_intake import read_tile
from ppid.public.models import Checkpoint, Edition
from ppid.public.proofs import edition_document, edition_proof, entry_proof, growth_proof

A_YEAR = 31_536_000
FEW_SECONDS = 5
TEXT = "text/plain; charset=utf-8"
BYTES = "application/octet-stream"
VERIFIER = Path(__file__).with_name("verifier.html")

View = Callable[..., HttpResponseBase]


def of_log(view: View) -> View:
    """Return a view of (request, place, ...) as one of (request, slug, ...); unknown is 404."""

    @require_safe
    @wraps(view)
    def found(request: HttpRequest, slug: str, **parts: Any) -> HttpResponseBase:
        try:
            return view(request, find_place(slug), **parts)
        except NotFound as error:
            raise Http404 from error

    return found


@of_log
def checkpoint(request: HttpRequest, place: Place) -> HttpResponseBase:
    """Hand out the newest checkpoint with its cosignatures (C2SP tlog-checkpoint)."""
    return _text(request, newest_checkpoint(place).note, seconds=FEW_SECONDS)


@of_log
def vkey(request: HttpRequest, place: Place) -> HttpResponseBase:
    """Hand out the verifier key of the body's log (C2SP signed-note)."""
    return _text(request, f"{place.body.vkey}\n", seconds=FEW_SECONDS)


@of_log
def tile(request: HttpRequest, place: Place, path: str) -> HttpResponseBase:
    """Hand out a hash tile (C2SP tlog-tiles); entries are not public (docs/decisions/0035)."""
    response = HttpResponse(read_tile(place.body, f"tile/{path}"), content_type=BYTES)
    patch_cache_control(response, public=True, max_age=A_YEAR, immutable=True)
    return response


@of_log
def proof_of_edition(request: HttpRequest, place: Place, number: int) -> HttpResponseBase:
    """Hand out the proof that the log names an edition (C2SP tlog-proof)."""
    return _text(request, edition_proof(_edition(place, number)))


@of_log
def checkpoint_of_edition(request: HttpRequest, place: Place, number: int) -> HttpResponseBase:
    """Hand out the checkpoint that an edition was published with."""
    return _text(request, _edition(place, number).checkpoint.note)


@of_log
def document_of_edition(request: HttpRequest, place: Place, number: int) -> HttpResponseBase:
    """Hand out an edition as the very bytes whose SHA-256 the log names."""
    edition = _edition(place, number)
    parts = edition_document(edition)
    response = StreamingHttpResponse(parts, content_type="application/json")
    response["ETag"] = quote_etag(edition.content_hash)
    patch_cache_control(response, public=True, max_age=A_YEAR, immutable=True)
    return response


@of_log
def proof_of_entry(request: HttpRequest, place: Place, public_id: str) -> HttpResponseBase:
    """Hand out the proof that an edition listed an entry as it now stands (C2SP tlog-proof)."""
    entries = place.body.entries.filter(public_id=public_id)
    entry = entries.first() if PUBLIC_ID.fullmatch(public_id) else None
    if entry is None:
        raise Http404
    return _text(request, entry_proof(entry))


@of_log
def growth(request: HttpRequest, place: Place, old: int, new: int) -> HttpResponseBase:
    """Hand out the proof that the log of one edition continues that of an earlier one."""
    return _text(request, growth_proof(_edition(place, old), _edition(place, new)))


@require_safe
def verifier(request: HttpRequest) -> HttpResponse:
    """Hand out the page that checks proofs in a browser without any network."""
    response = HttpResponse(VERIFIER.read_bytes(), content_type="text/html; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="pemeriksa-bukti.html"'
    patch_cache_control(response, public=True, max_age=FEW_SECONDS)
    return response


def newest_checkpoint(place: Place) -> Checkpoint:
    """Return the checkpoint of the newest edition."""
    return Checkpoint.objects.filter(body=place.body).latest("size", "pk")


def _edition(place: Place, number: int) -> Edition:
    editions = place.body.editions.select_related("checkpoint", "body")
    edition = editions.filter(number=number).first() if number < 2**31 else None
    if edition is None:
        raise Http404
    return edition


def _text(request: HttpRequest, text: str, *, seconds: int = 300) -> HttpResponseBase:
    return tagged(request, HttpResponse(text, content_type=TEXT), seconds=seconds)


def tagged(
    request: HttpRequest, response: HttpResponse, *, seconds: int = FEW_SECONDS
) -> HttpResponseBase:
    """Return the response with an ETag of what it says, or that the asker has it already."""
    etag = quote_etag(hashlib.sha256(response.content).hexdigest()[:32])
    answer = get_conditional_response(request, etag=etag, response=response) or response
    answer["ETag"] = etag
    patch_cache_control(answer, public=True, max_age=seconds)
    return answer
