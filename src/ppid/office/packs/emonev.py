"""The pack of a year for the e-monev of the Komisi Informasi, as the public may have it."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from uuid import UUID

from django.db.models import QuerySet

from ppid.errors import BadInput, Finding, Refused
from ppid.law.request_answer import Outcome
from ppid.office.authority import MAY, Right, authority_of, not_authorised
from ppid.office.models import (
    Body,
    Deliberation,
    Determination,
    DeterminationLine,
    Edition,
    Event,
    InformationRequest,
    Item,
    SopVersion,
)
from ppid.office.packs.pack import Data, Pack, Piece, comma_separated
from ppid.office.projections.cases import definition_of
from ppid.office.queries.deliberations import meeting_page
from ppid.office.queries.papers.consequence_tests import sheet_of_test
from ppid.office.queries.papers.deliberations import minutes
from ppid.office.queries.papers.determinations import letter
from ppid.office.queries.papers.letterheads import letterhead
from ppid.office.queries.papers.lists import listing, public_list, requestable_list
from ppid.office.queries.papers.openings import opening_letter
from ppid.office.queries.papers.sops import day_of_sop, sop_sheet
from ppid.office.queries.term_ends import is_exempt
from ppid.office.signing_rules import PaperKind
from ppid.papers.wording import number

COUNTED = (("No", 0), ("Hal", 3.0), ("Jumlah", 1.0))
LEFT_OUT = (
    "Lembar uji, surat, dan berita acara di dalamnya adalah salinan untuk umum: judul umum, dan "
    "hanya alasan yang dinyatakan layak diumumkan."
)
Parts = Iterator[Piece | Data]


def emonev_pack(body: Body, year: int, *, by: UUID, on: date, site: str) -> Pack:
    """Return the pack of a year. site: the address of the public site, without its last slash.

    Raises Refused for who does not see the whole body; BadInput: `year_ahead`.
    """
    authority = authority_of(by, on=on)
    if not authority.may(Right.READ) or authority.agencies(Right.READ) is not None:
        raise Refused(not_authorised(MAY[Right.READ]))
    if year > on.year:
        text = f"Tahun {year} belum tiba."
        raise BadInput(Finding("year_ahead", text, place="year"))
    last = min(date(year, 12, 31), on)
    return Pack(
        name=f"emonev-{body.slug}-{year}",
        title=f"berkas bukti E-Monev tahun {year}",
        pieces=tuple(_pieces(body, year, last, by=by, on=on, site=f"{site}/{body.slug}")),
        remarks=(LEFT_OUT,),
    )


def _pieces(body: Body, year: int, last: date, *, by: UUID, on: date, site: str) -> Parts:
    yield from _editions(body, last, site=site)
    yield from _letters(body, year, on=on, site=site)
    yield from _minutes(body, year, by=by, on=on)
    yield from _openings(body, year, last, by=by, on=on, site=site)
    yield from _sops(body, year, last, site=site)
    counts = counts_of(body, year, last)
    rows = [[number(at), name, number(count)] for at, (name, count) in enumerate(counts, start=1)]
    heading = f"Rekapitulasi informasi yang dikecualikan tahun {year}"
    paper = partial(listing, body, heading, columns=COUNTED, rows=rows, on=last)
    yield Piece("rekapitulasi", heading, paper, last)
    data = [(name, str(count)) for name, count in counts]
    yield Data("rekapitulasi.csv", heading, partial(comma_separated, ("hal", "jumlah"), data))


def _editions(body: Body, last: date, *, site: str) -> Parts:
    """Yield the list as it stood at the end of the year."""
    after = datetime.combine(last, datetime.max.time(), tzinfo=body.zone)
    newest = Edition.objects.filter(body=body, published_at__lte=after).first()
    if newest is not None:
        title = f"Daftar informasi yang dikecualikan, edisi {newest.number}"
        link = f"{site}/edisi/{newest.number}/"
        paper = partial(public_list, body, newest, on=last)
        yield Piece("dik", title, paper, last, link, (PaperKind.PUBLIC_LIST, str(newest.number)))


def _listed(body: Body) -> frozenset[str]:
    """Return the items that an edition ever named: only they have a page on the public site."""
    editions = Edition.objects.filter(body=body).values_list("content", flat=True)
    return frozenset(entry["public_id"] for one in editions for entry in one["entries"])


def _letters(body: Body, year: int, *, on: date, site: str) -> Parts:
    """Yield the letters of the year, each followed by the sheets that it rests on."""
    listed = _listed(body)
    rows = Determination.objects.filter(body=body, determined_on__year=year)
    for one in rows.select_related("body").order_by("determined_on", "number"):
        yield _letter(one)
        for line in _lines(one):
            title = f"Lembar pengujian konsekuensi: {line.item.public_title}"
            public_id = line.item.public_id
            link = f"{site}/informasi/{public_id}/" if public_id in listed else ""
            paper = partial(sheet_of_test, line.test, on=on, public=True)
            yield Piece("lembar-uji", title, paper, on, link)


def _letter(one: Determination) -> Piece:
    title = f"Surat penetapan klasifikasi Nomor {one.number}"
    of = (PaperKind.DETERMINATION_COPY, str(one.pk))
    return Piece("penetapan", title, partial(letter, one, public=True), one.determined_on, of=of)


def _lines(one: Determination) -> QuerySet[DeterminationLine]:
    rows = one.lines.select_related("item__body", "test__item__body")
    return rows.order_by("item__public_title")


def _minutes(body: Body, year: int, *, by: UUID, on: date) -> Parts:
    rows = Deliberation.objects.filter(
        case__body=body, held_on__year=year, closed_at__isnull=False
    ).select_related("case")
    for one in rows:
        page = meeting_page(one.pk, by=by, body=body.pk, on=on)
        title = f"Berita acara pertimbangan Nomor {one.number}"
        yield Piece("berita-acara", title, partial(minutes, page, public=True), one.held_on)


def _openings(body: Body, year: int, last: date, *, by: UUID, on: date, site: str) -> Parts:
    events = Event.objects.filter(body=body.pk, kind="item.opened", at__year__gte=year - 1)
    days = {at.astimezone(body.zone).date() for at in events.values_list("at", flat=True)}
    for day in sorted(one for one in days if one.year == year):
        title = f"Penetapan pembukaan informasi {day:%d-%m-%Y}"
        paper = partial(opening_letter, body, day, by=by, on=on)
        of = (PaperKind.OPENING, day.isoformat())
        yield Piece("pembukaan", title, paper, day, of=of)
    title = "Daftar informasi yang dapat diakses berdasarkan permintaan"
    link = f"{site}/pembukaan/"
    paper = partial(requestable_list, body, by=by, on=last, today=on)
    of = (PaperKind.REQUESTABLE_LIST, last.isoformat())
    yield Piece("terbuka", title, paper, last, link, of)


def _sops(body: Body, year: int, last: date, *, site: str) -> Parts:
    """Yield the SOPs that were in force on some day of the year."""
    for version in SopVersion.objects.filter(body=body).order_by("code", "adopted_at"):
        over = version.ends_on is not None and version.ends_on < date(year, 1, 1)
        begins = version.starts_on or version.adopted_at.astimezone(body.zone).date()
        if not over and begins <= last:
            yield _sop(version, body, site=site)


def _sop(version: SopVersion, body: Body, *, site: str) -> Piece:
    sop = definition_of(version.text)
    link = f"{site}/sop/{version.content_hash}/"
    paper = partial(sop_sheet, sop, size=letterhead(body).size)
    return Piece("sop", f"SOP {version.name}", paper, day_of_sop(sop), link)


def counts_of(body: Body, year: int, last: date) -> list[tuple[str, int]]:
    """Return what a year came to, by name. last: the day on which items are counted."""
    items = Item.objects.filter(body=body)
    letters = Determination.objects.filter(body=body, determined_on__year=year)
    lines = DeterminationLine.objects.filter(determination__in=letters)
    asked = InformationRequest.objects.filter(body=body, received_on__year=year)
    outcomes = Counter(asked.exclude(outcome="").values_list("outcome", flat=True))
    exempt = items.filter(is_exempt(last)).select_related("determined_test")
    grounds = Counter(one.determined_test.sheet["ground"][0] for one in exempt)
    return [
        (f"Informasi yang dikecualikan pada {last:%d-%m-%Y}", sum(grounds.values())),
        *((f"di antaranya Pasal 17 huruf {one}", grounds[one]) for one in sorted(grounds)),
        ("Surat penetapan klasifikasi", letters.count()),
        ("Informasi yang ditetapkan", lines.count()),
        ("Informasi yang menjadi terbuka", _opened(items, year, last)),
        ("Permintaan informasi yang diterima", asked.count()),
        *((f"di antaranya {one.label.lower()}", outcomes[one]) for one in Outcome if outcomes[one]),
    ]


def _opened(items: QuerySet[Item], year: int, last: date) -> int:
    """Return how many became open in the year, by an act or by the end of their term."""
    rows = items.exclude(determination=None).values_list("opens_on", "declared_open_on")
    days = (min((one for one in pair if one), default=None) for pair in rows)
    return sum(1 for day in days if day and day.year == year and day <= last)
