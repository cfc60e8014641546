"""The receipts of a loan and of its return (tanda terima peminjaman dan pengembalian)."""

from ppid.office.labels import code_of
from ppid.office.models import Body, Person
from ppid.office.queries.loans import LoanLine
from ppid.office.queries.papers.letterheads import signer
from ppid.papers.paper import Paper
from ppid.papers.wording import day_in_words

LENT = "Tanda terima peminjaman arsip"
BACK = "Tanda terima pengembalian arsip"


def receipt(line: LoanLine, body: Body, *, returned: bool) -> Paper:
    """Return the receipt of a loan, or of its return.

    The paper goes with the archive, so it names it by number and code and not by its title.
    Source: UU 43/2009 ps. 44 (2)
    """
    loan, entry = line.loan, line.loan.item.archive
    back = loan.returned_at if returned else None
    heading = BACK if back else LENT
    lent_on = loan.lent_at.astimezone(body.zone).date()
    day = back.astimezone(body.zone).date() if back else lent_on
    numbers = ".".join(filter(None, (entry.file_number, entry.item_number)))
    facts = [
        ("Nomor arsip", numbers or loan.item.public_id),
        ("Kode label", code_of(loan.item_id)),
        ("Kode klasifikasi", entry.classification_code or "Tidak dicatat"),
        ("Unit pengolah", entry.processing_unit or loan.item.agency.name),
        ("Jumlah", entry.amount_in_words or "Tidak dicatat"),
        ("Peminjam", line.who),
        ("Keperluan", loan.reason),
        ("Dipinjam", day_in_words(lent_on)),
        ("Harus kembali", day_in_words(loan.due_on)),
    ]
    if back:
        facts += [("Kembali", day_in_words(day)), ("Keadaan", loan.condition or "Tidak dicatat")]
    keeper = loan.returned_by if back else loan.lent_by
    return Paper(
        template="tanda_terima",
        title=f"{heading}, {code_of(loan.item_id)}",
        foot=f"{heading}, {body.name}, {day_in_words(day)}",
        content={
            "heading": heading,
            "facts": facts,
            "duty": "" if back else DUTY,
            "day": day_in_words(day),
            "signers": [
                {**signer("Peminjam", line.who), "above": ""},
                signer("Penjaga ruang simpan", _name(body, keeper)),
            ],
        },
    )


DUTY = (
    "Peminjam menjaga kerahasiaan arsip ini, tidak menggandakan atau meneruskannya, dan "
    "mengembalikannya lengkap pada hari yang disebut (UU 43/2009 ps. 44 (2); UU 14/2008 ps. 54)."
)


def _name(body: Body, person: object) -> str:
    return Person.objects.get(body=body, pk=person).name
