"""Papers of the store room: labels, and the lists of PP 28/2012."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from ppid.errors import Finding, NotFound
from ppid.office.accounts import person_of
from ppid.office.actions.legacy import record_export
from ppid.office.models import ArchiveEntry
from ppid.office.queries.items import visible_item
from ppid.office.queries.papers.archive_lists import LISTS, archive_list
from ppid.office.queries.papers.labels import Label, label_sheet, labels_of
from ppid.office.queries.places import Node, tree
from ppid.office.queries.store_room import PaperLine, paper_lines, place_page
from ppid.office.signing_rules import PaperKind
from ppid.office.views.papers import print_paper, print_working
from ppid.papers.long_list import press_list


@login_required
def place_labels(request: HttpRequest, place: UUID) -> HttpResponse:
    """Print the labels of a place, of what stands in it, and of its papers."""
    person = person_of(request)
    on = timezone.now().astimezone(person.body.zone).date()
    page = place_page(place, by=person.pk, body=person.body_id, on=on)
    own = next((one for one in tree(person.body) if one.place == page.place), None)
    if own is None:
        raise NotFound(Finding("place_closed", "Tempat ini sudah ditutup."))
    return _sheet(request, (own, *page.inside), page.papers)


@login_required
def item_label(request: HttpRequest, item: UUID) -> HttpResponse:
    """Print the label of one paper."""
    person = person_of(request)
    on = timezone.now().astimezone(person.body.zone).date()
    found, _ = visible_item(item, by=person.pk, body=person.body_id, on=on)
    kept = ArchiveEntry.objects.filter(item=found, destroyed_at__isnull=True)
    rows = kept.select_related("item__agency", "place")
    if not rows:
        raise NotFound(Finding("entry_unknown", "Tempat arsip ini belum dicatat."))
    return _sheet(request, (), paper_lines(rows))


def _sheet(
    request: HttpRequest, nodes: tuple[Node, ...], papers: tuple[PaperLine, ...]
) -> HttpResponse:
    body = person_of(request).body
    paths = {one.place.pk: one.path for one in tree(body)}
    labels: tuple[Label, ...] = labels_of(body, nodes, papers, paths=paths)

    def address(code: str) -> str:
        return request.build_absolute_uri(reverse("store_code", args=[code]))

    begin = request.GET.get("mulai", "")
    first = int(begin) if begin.isdecimal() and len(begin) < 3 else 1
    paper = label_sheet(body, labels, address=address, first=max(1, first))
    return print_paper(paper, body, on=timezone.now().astimezone(body.zone).date())


@login_required
def print_list(request: HttpRequest, kind: str) -> HttpResponse:
    """Print one of the lists of PP 28/2012: files, their contents, inactive archives."""
    person = person_of(request)
    on = timezone.now().astimezone(person.body.zone).date()
    if kind not in LISTS:
        raise NotFound(Finding("list_unknown", "Daftar ini tidak ada."))
    paper = archive_list(person.body, kind, by=person.pk, on=on)
    rows = len(paper.content["rows"])
    record_export(person.body, kind="pdf", rows=rows, by=person.pk, at=timezone.now())
    of = (PaperKind.ARCHIVE_LIST, f"{kind}-{on.isoformat()}")
    return print_working(paper, person.body, on=on, of=of, by=press_list)
