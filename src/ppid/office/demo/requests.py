"""Two requests in an office of the demo: one answered in part, one that waits. All is invented."""

from datetime import date, datetime, time, timedelta

from ppid.law.consequence_test import Part
from ppid.law.request import ObjectionGround
from ppid.law.request_answer import Outcome
from ppid.law.request_record import RequestRecord
from ppid.office.actions.answers import AnswerLetter, answer_request
from ppid.office.actions.objections import FiledObjection, file_objection
from ppid.office.actions.requests import link_item, record_request
from ppid.office.authority import MAY, Right, holders
from ppid.office.demo.walk import Walk
from ppid.office.models import InformationRequest, Item
from ppid.office.queries.term_ends import is_exempt

REQUESTER = "Pemohon contoh (bukan orang sebenarnya)"
ADDRESS = "Jalan Contoh 1, alamat contoh"
ANSWERED_AFTER = timedelta(days=5)


def ask(walk: Walk, *, days_ago: int, today: date) -> InformationRequest | None:
    """Record a request for an item that is closed in part, so many days ago; None without one."""
    day = today - timedelta(days=days_ago)
    walk.now = max(walk.now, datetime.combine(day, time(9), tzinfo=walk.body.zone))
    item = _closed_in_part(walk)
    if item is None:
        return None
    number = InformationRequest.objects.filter(body=walk.body).count() + 1
    clerk = walk.person(["petugas_ppid"])
    asked = record_request(
        walk.body,
        record=RequestRecord(
            number=f"{number:03d}/PI/{day.year}",
            received_on=walk.today,
            requester=REQUESTER,
            address=ADDRESS,
            subject=f"Salinan dokumen: {item.public_title}",
            form="Salinan elektronik",
            delivery="Surat elektronik",
        ),
        by=clerk,
        at=walk.tick(),
    )
    link_item(asked, item=item, by=clerk, at=walk.tick())
    return asked


def _closed_in_part(walk: Walk) -> Item | None:
    rows = Item.objects.filter(is_exempt(walk.today), body=walk.body)
    rows = rows.filter(determined_test__sheet__part=Part.PART, requested__isnull=True)
    return rows.order_by("-opens_on", "public_id").first()


def answer_in_part(walk: Walk, asked: InformationRequest) -> None:
    """Answer the request in part some days later; where there is a superior, it is objected to."""
    walk.now += ANSWERED_AFTER
    answer_request(
        asked,
        letter=AnswerLetter(
            number=f"480/{asked.number}",
            answered_on=walk.today,
            outcome=Outcome.PART,
            given="Dokumen itu tanpa bagian yang dihitamkan, dan rekapitulasi jumlahnya.",
            redaction="Bagian yang disebut dalam lembar uji dihitamkan pada setiap halaman, karena "
            "dikecualikan dengan penetapan di bawah ini.",
            delivery="Salinan elektronik, surat elektronik",
        ),
        by=walk.person(["ppid_utama"]),
        at=walk.tick(),
    )
    if not holders(walk.body.pk, MAY[Right.ANSWER_OBJECTION], on=walk.today):
        return
    filed = FiledObjection(
        number=f"001/KB/{walk.today.year}",
        filed_on=walk.today,
        found_on=walk.today,
        grounds=(ObjectionGround.EXEMPT,),
        statement="Pemohon berpendapat seluruh dokumen dapat diberikan.",
    )
    clerk = walk.person(["petugas_ppid"])
    file_objection(asked, filed=filed, by=clerk, at=walk.tick())
