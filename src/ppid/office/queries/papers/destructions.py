"""The minutes of a destruction with its list (berita acara pemusnahan, PP 28/2012 ps. 66)."""

from datetime import date

from ppid.office.models import Item
from ppid.office.paper_signers import Signed
from ppid.office.queries.destructions import DestructionPage
from ppid.office.queries.papers.letterheads import INTERNAL, signer, signers_of
from ppid.papers.paper import Paper
from ppid.papers.wording import day_in_words, number

HEADING = "Berita acara pemusnahan arsip"
COLUMNS = (
    *(("No", 0), ("Nomor arsip", 0.9), ("Kode klasifikasi", 0.9), ("Uraian informasi", 2.6)),
    *(("Kurun waktu", 0.9), ("Jumlah", 0.9), ("Unit pengolah", 1.4)),
)


def destruction_minutes(page: DestructionPage, *, on: date) -> Paper:
    """Return the minutes of a destruction that was carried out, with the list.

    Source: PP 28/2012 ps. 66 huruf g
    """
    done, body = page.destruction, page.destruction.body
    basis = (
        f"Nomor {done.minutes}. Menurut keputusan pimpinan nomor {done.decision}, pertimbangan "
        f"panitia penilai nomor {done.opinion}, dan persetujuan {page.consent} nomor "
        f"{done.consent_number}, arsip di bawah ini dimusnahkan secara total pada "
        f"{day_in_words(on)}, disaksikan {' dan '.join(done.witnesses)} (PP 28/2012 ps. 66)."
    )
    return Paper(
        template="daftar",
        title=f"{HEADING}, {done.minutes}",
        mark=INTERNAL,
        foot=f"{HEADING}, {body.name}, {day_in_words(on)}",
        content={
            "heading": HEADING,
            "below": basis,
            "day": day_in_words(on),
            "columns": COLUMNS,
            "rows": [_row(place, item) for place, (item, _) in enumerate(page.items, start=1)],
            "note": "",
            "signers": [
                *(signer("Saksi", one) for one in done.witnesses),
                *signers_of(body, Signed.DESTRUCTION, on=on),
            ],
        },
    )


def _row(place: int, item: Item) -> list[str]:
    entry = item.archive
    return [
        number(place),
        ".".join(filter(None, (entry.file_number, entry.item_number))) or item.public_id,
        entry.classification_code,
        entry.description or item.title,
        entry.period,
        entry.amount_in_words,
        entry.processing_unit or item.agency.name,
    ]
