"""The letter that declares information open, with its list (PP 61/2010 ps. 11 (1))."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from ppid.errors import Finding, NotFound
from ppid.law.opening import OpeningReason
from ppid.office.authority import Right, authority_of, demand
from ppid.office.models import Body, Event, Item
from ppid.office.paper_signers import Signed
from ppid.office.queries.papers.citations import basis_of_a_determination
from ppid.office.queries.papers.letterheads import signers_of
from ppid.office.queries.papers.lists import OPENED, OPENED_COLUMNS, opened_row
from ppid.papers.paper import Paper
from ppid.papers.wording import day_in_words, number

HEADING = "Surat penetapan pembukaan informasi"
ENDS = (
    "bahwa Jangka Waktu Pengecualian atas informasi dalam Lampiran berakhir, sehingga informasi "
    "itu menjadi Informasi Publik dengan penetapan PPID sebagaimana dimaksud dalam Pasal 11 "
    "ayat (1) Peraturan Pemerintah Nomor 61 Tahun 2010;"
)
OTHER = (
    "bahwa informasi dalam Lampiran tidak lagi dikecualikan karena alasan yang disebut di dalamnya;"
)


def opened_on_day(body: Body, day: date) -> list[Item]:
    """Return what was declared open on a day of the body's calendar, by title."""
    begins = datetime.combine(day, time(), tzinfo=body.zone)
    events = Event.objects.filter(
        body=body.pk, kind="item.opened", at__gte=begins, at__lt=begins + timedelta(days=1)
    )
    rows = Item.objects.filter(pk__in=events.values("item"), declared_open_on__isnull=False)
    return list(rows.select_related("agency", "determination").order_by("public_title"))


def opening_letter(body: Body, day: date, *, by: UUID, on: date) -> Paper:
    """Return the letter on all that was declared open on the day.

    Raises NotFound if nothing was, Refused for who does not see the whole body.
    Source: PP 61/2010 ps. 11 (1)
    """
    authority = authority_of(by, on=on)
    demand(authority, Right.READ)
    items = opened_on_day(body, day)
    if not items or authority.agencies(Right.READ) is not None:
        raise NotFound(Finding("opening_unknown", "Pada hari itu tidak ada pembukaan."))
    ended = all(item.opening_reason == OpeningReason.TERM_ENDS for item in items)
    rows = [opened_row(place, item) for place, item in enumerate(items, start=1)]
    return Paper(
        template="penetapan",
        title=f"{HEADING}, {day_in_words(day)}",
        foot=f"{HEADING}, {body.name}, {day_in_words(day)}",
        content={
            "heading": HEADING,
            "number": "",
            "place": body.place,
            "day": day_in_words(day),
            "subject": "Pembukaan informasi yang dikecualikan.",
            "considering": [
                ENDS if ended else OTHER,
                "bahwa berdasarkan pertimbangan tersebut perlu ditetapkan pembukaannya.",
            ],
            "basis": basis_of_a_determination(on=day),
            "clauses": _clauses(len(items)),
            "attachment": OPENED,
            "columns": OPENED_COLUMNS,
            "rows": rows,
            "signers": signers_of(body, Signed.OPENING, on=day),
        },
    )


def _clauses(count: int) -> list[tuple[str, str]]:
    return [
        (
            "KESATU",
            f"Menyatakan {number(count)} informasi sebagaimana tercantum dalam Lampiran, bagian "
            "yang tidak terpisahkan dari penetapan ini, sebagai Informasi Publik mulai tanggal "
            "yang disebut di dalamnya.",
        ),
        (
            "KEDUA",
            "Lampiran penetapan ini adalah daftar informasi yang dapat diakses berdasarkan "
            "permintaan, dan informasinya dimuat dalam Daftar Informasi Publik.",
        ),
        ("KETIGA", "Penetapan ini berlaku sejak tanggal ditetapkan."),
    ]
