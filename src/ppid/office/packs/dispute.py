"""The pack of a request for an objection or a hearing: what was asked, given, closed, and why."""

from collections.abc import Iterator
from functools import partial
from uuid import UUID

from django.db.models import Q

from ppid.law.consequence_sheet import from_dict
from ppid.law.grounds import ground
from ppid.law.term import in_words
from ppid.office.event_proofs import event_proofs
from ppid.office.models import Body, ConsequenceTest, Deliberation, Determination, Item
from ppid.office.packs.pack import Data, Pack, Piece
from ppid.office.queries.deliberations import meeting_page
from ppid.office.queries.papers.citations import ground_and_statutes
from ppid.office.queries.papers.consequence_tests import sheet_of_test
from ppid.office.queries.papers.deliberations import minutes
from ppid.office.queries.papers.determinations import letter
from ppid.office.queries.papers.letterheads import INTERNAL
from ppid.office.queries.papers.lists import listing
from ppid.office.queries.papers.requests import answer_letter, objection_letter
from ppid.office.queries.requests import RequestPage
from ppid.office.signing_rules import PaperKind
from ppid.papers.paper import Paper
from ppid.papers.wording import number

PARTS = (
    ("No", 0),
    ("Dokumen dan bagian", 1.8),
    ("Dasar", 1.6),
    ("Kerugian bila dibuka", 1.8),
    ("Kepentingan publik", 1.8),
    ("Yang diberikan", 1.4),
    ("Uji ditulis", 1.0),
)
OPENED = (
    "Bukti membuka isi lembar uji dan surat dari informasi yang dipilih saja; yang lain tetap "
    "tertutup di log. Berkas ini memuat informasi yang dikecualikan: serahkan hanya kepada Komisi "
    "Informasi atau pengadilan."
)
HOW = """Memeriksa satu bukti, tanpa sambungan apa pun:

    ppid ledger verify BUKTI --vkey KUNCI

BUKTI adalah berkas di folder ini yang namanya berakhiran .tlog-proof, KUNCI yang berakhiran
vkey.txt. Atau pakai halaman pemeriksa bukti dari situs umum. Bandingkan kunci itu dengan yang
diumumkan {body} ({site}/log/), dan titik periksa di dalam bukti dengan yang disimpan pihak lain:
isi lembar uji tidak dapat ditulis lebih kemudian daripada saksi titik periksa itu.
"""
Parts = Iterator[Piece | Data]


def dispute_pack(page: RequestPage, *, opening: Q, checkpoint: str, by: UUID, site: str) -> Pack:
    """Return the pack of a request.

    opening: the events whose values its proofs open. checkpoint: a signed note over the log up to
    now. site: the address of the public site, without its last slash.
    Source: UU 14/2008 ps. 22 (7), 36, 45
    """
    asked = page.asked
    items = [line.link.item for line in page.items]
    pieces = [
        *_parts_of(page, items),
        *_answers(page),
        *(piece for item in items for piece in _item(item, page, by=by)),
        *_proofs(opening, asked.body, checkpoint=checkpoint, site=site),
    ]
    return Pack(
        name=f"sengketa-{asked.body.slug}-{asked.pk.hex[:8]}",
        title=f"berkas sengketa atas permintaan nomor {asked.number}",
        pieces=tuple(pieces),
        remarks=(OPENED,),
        mark=INTERNAL,
    )


def _parts_of(page: RequestPage, items: list[Item]) -> Parts:
    heading = f"Indeks per dokumen dan bagian, permintaan nomor {page.asked.number}"
    body, on = page.asked.body, page.on
    given = page.asked.answer.get("given") or "Tidak ada"
    tests = ((item, _newest(item)) for item in items)
    rows = [
        [number(place), *_part(item, test, given)]
        for place, (item, test) in enumerate(tests, start=1)
    ]
    paper = partial(listing, body, heading, columns=PARTS, rows=rows, on=on, mark=INTERNAL)
    yield Piece("indeks-bagian", heading, paper, on)


def _newest(item: Item) -> ConsequenceTest | None:
    """Return the sheet that the item was closed with; before that, its newest."""
    tests = ConsequenceTest.objects.filter(item=item).order_by("version")
    return item.determined_test or tests.last()


def _part(item: Item, test: ConsequenceTest | None, given: str) -> list[str]:
    if test is None:
        return [item.title, "Belum diuji", "", "", given, ""]
    sheet = from_dict(test.sheet)
    on = item.determination.determined_on if item.determination else sheet.tested_on
    basis = ground(sheet.ground, on=on) if sheet.ground and on else None
    return [
        "\n".join(one for one in (item.title, sheet.parts) if one),
        ground_and_statutes(basis, sheet.statutes),
        sheet.consequence_if_open,
        sheet.public_interest,
        given,
        in_words(sheet.tested_on) if sheet.tested_on else "",
    ]


def _answers(page: RequestPage) -> Parts:
    asked = page.asked
    if asked.answered_on:
        title = f"Jawaban Nomor {asked.answer_number}"
        of = (PaperKind.ANSWER, str(asked.pk))
        yield Piece("jawaban", title, partial(answer_letter, page), asked.answered_on, of=of)
    for view in page.objections:
        if view.objection.answered_on:
            title = f"Tanggapan keberatan Nomor {view.objection.answer_number}"
            paper = partial(objection_letter, page, view)
            of = (PaperKind.OBJECTION_ANSWER, str(view.objection.pk))
            yield Piece("tanggapan", title, paper, view.objection.answered_on, of=of)


def _item(item: Item, page: RequestPage, *, by: UUID) -> Parts:
    for one in Determination.objects.filter(lines__item=item).order_by("at"):
        title = f"Surat penetapan Nomor {one.number}"
        of = (PaperKind.DETERMINATION, str(one.pk))
        yield Piece("penetapan", title, partial(letter, one), one.determined_on, of=of)
    rows = ConsequenceTest.objects.filter(item=item).select_related("item__body")
    for test in rows.order_by("version"):
        title = f"Lembar pengujian konsekuensi ke-{test.version}: {item.title}"
        paper = partial(sheet_of_test, test, on=page.on)
        yield Piece("lembar-uji", title, paper, page.on, of=(PaperKind.SHEET, str(test.pk)))
    meetings = Deliberation.objects.filter(items__item=item, closed_at__isnull=False)
    for meeting in meetings.order_by("held_on"):
        title = f"Berita acara pertimbangan Nomor {meeting.number}"
        paper = partial(_minutes, meeting.pk, page, by)
        of = (PaperKind.MINUTES, str(meeting.pk))
        yield Piece("berita-acara", title, paper, meeting.held_on, of=of)


def _minutes(meeting: UUID, page: RequestPage, by: UUID) -> Paper:
    return minutes(meeting_page(meeting, by=by, body=page.asked.body_id, on=page.on))


def _proofs(about: Q, body: Body, *, checkpoint: str, site: str) -> Parts:
    """Yield the proofs of when the sheets and decisions were written, and what checks them."""
    for proof in event_proofs(about, body=body, checkpoint=checkpoint):
        said = f"Bukti bahwa catatan nomor {proof.index} ada di dalam log"
        content = proof.to_text().encode()
        yield Data(f"bukti-{proof.index}.tlog-proof", said, partial(bytes, content))
    how = HOW.format(body=body.name, site=f"{site}/{body.slug}").encode()
    yield Data("vkey.txt", "Kunci log badan publik", partial(bytes, f"{body.vkey}\n".encode()))
    yield Data("titik-periksa.txt", "Titik periksa log", partial(bytes, checkpoint.encode()))
    yield Data("cara-memeriksa.txt", "Cara memeriksa bukti", partial(bytes, how))
