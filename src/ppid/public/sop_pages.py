"""The SOPs of a body: which are in force, and their sheets as drawings and in words."""

from django.http import Http404, HttpRequest, HttpResponse

from ppid.public.conditional import Place, per_edition
from ppid.public.frame import render_page
from ppid.public.models import Sop
from ppid.public.sop_sheet import HASH


@per_edition
def sop_list(request: HttpRequest, place: Place) -> HttpResponse:
    """Show the body's SOPs, those in force first."""
    sops = _sops(place)
    ended = [sop for sop in sops if _has_ended(sop, place)]
    in_force = [sop for sop in sops if sop not in ended]
    return render_page(request, "sops", place=place, context={"sops": in_force, "ended": ended})


@per_edition
def sop_page(request: HttpRequest, place: Place, content_hash: str) -> HttpResponse:
    """Show one SOP: its sheets, and the same in words."""
    sop = _sop(place, content_hash)
    pages = range(1, len(sop.sheets) + 1)
    context = {"sop": sop, "pages": pages, "has_ended": _has_ended(sop, place)}
    return render_page(request, "sop", place=place, context=context)


@per_edition
def sop_sheet(request: HttpRequest, place: Place, content_hash: str, page: int) -> HttpResponse:
    """Hand out one page of the sheet as SVG."""
    sheets = _sop(place, content_hash).sheets
    if not 1 <= page <= len(sheets):
        raise Http404
    return HttpResponse(sheets[page - 1], content_type="image/svg+xml; charset=utf-8")


def _sops(place: Place) -> list[Sop]:
    newest = Sop.objects.filter(body=place.body).order_by("-adopted_at", "-pk")
    return list(newest.defer("sheets", "steps"))


def _sop(place: Place, content_hash: str) -> Sop:
    """Return the body's SOP with this hash. Raises Http404."""
    sops = Sop.objects.filter(body=place.body, content_hash=content_hash)
    sop = sops.first() if HASH.fullmatch(content_hash) else None
    if sop is None:
        raise Http404
    return sop


def _has_ended(sop: Sop, place: Place) -> bool:
    return sop.ends_on is not None and sop.ends_on < place.today
