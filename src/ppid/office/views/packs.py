"""The pages of the evidence packs: a year for the monitor, a request for a judge."""

from collections.abc import Iterator
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from ppid.errors import BadInput, Finding, PpidError
from ppid.office.accounts import person_of
from ppid.office.actions.legacy import record_export
from ppid.office.actions.log_openings import open_for_judge
from ppid.office.actions.readings import record_reading
from ppid.office.packs.dispute import dispute_pack
from ppid.office.packs.emonev import emonev_pack
from ppid.office.packs.pack import Pack, zipped
from ppid.office.queries.items import visible_item
from ppid.office.queries.requests import request_page
from ppid.office.views.doing import status_of_answer

FIRST_YEAR = 2008


@login_required
def show_emonev(request: HttpRequest) -> HttpResponseBase:
    """Offer the years; make the pack of the chosen one."""
    person, at = person_of(request), timezone.now()
    on = at.astimezone(person.body.zone).date()
    error = None
    if request.method == "POST":
        try:
            year = _year(request.POST.get("year", ""))
            pack = emonev_pack(person.body, year, by=person.pk, on=on, site=_site())
            record_export(person.body, kind="emonev", rows=len(pack.pieces), by=person.pk, at=at)
            return _download(pack, zipped(pack, person.body, on=on))
        except PpidError as refused:
            error = refused
    years = range(on.year, max(FIRST_YEAR, on.year - 6), -1)
    context = {"years": [str(one) for one in years], "findings": error.findings if error else ()}
    return render(request, "office/emonev.html", context, status=status_of_answer(error))


@login_required
def show_dispute(request: HttpRequest, asked: UUID) -> HttpResponse:
    """Say what the pack of a request will hold, and ask whose reasoning its proofs open."""
    person = person_of(request)
    page = request_page(asked, by=person.pk, body=person.body_id, at=timezone.now())
    return render(request, "office/dispute_pack.html", {"page": page})


@login_required
@require_POST
def make_dispute(request: HttpRequest, asked: UUID) -> HttpResponseBase:
    """Make the pack of a request; everything in it counts as read."""
    person, at = person_of(request), timezone.now()
    page = request_page(asked, by=person.pk, body=person.body_id, at=at)
    items = [line.link.item for line in page.items]
    for item in items:
        visible_item(item.pk, by=person.pk, body=person.body_id, on=page.on)
    record_export(person.body, kind="sengketa", rows=len(items), by=person.pk, at=at)
    for item in items:
        record_reading(item, by=person.pk, at=at)
    chosen = set(request.POST.getlist("open"))
    opened = [item for item in items if str(item.pk) in chosen]
    note, opening = open_for_judge(person.body, opened, by=person.pk, at=at)
    pack = dispute_pack(page, opening=opening, checkpoint=note, by=person.pk, site=_site())
    return _download(pack, zipped(pack, person.body, on=page.on))


def _year(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) == 4 and int(text) >= FIRST_YEAR):
        sentence = f"Tahun harus empat angka, mulai {FIRST_YEAR}."
        raise BadInput(Finding("year_unknown", sentence, place="year"))
    return int(text)


def _site() -> str:
    return str(settings.PUBLIC_URL).rstrip("/")


def _download(pack: Pack, chunks: Iterator[bytes]) -> StreamingHttpResponse:
    answer = StreamingHttpResponse(chunks, content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{pack.name}.zip"'
    answer["Cache-Control"] = "no-store"
    return answer
