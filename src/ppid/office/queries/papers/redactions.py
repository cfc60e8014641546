"""The list of what is blackened in a public copy, and why: the last pages of that copy."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from ppid.law.grounds import Ground, grounds
from ppid.office.models import Item
from ppid.papers.paper import Paper
from ppid.papers.wording import day_in_words, number
from ppid.vault.redaction.marks import Mark

HEADING = "Daftar bagian yang dihitamkan"
OPENING = (
    "Sebagian isi dokumen ini dikecualikan. Bagian itu dihitamkan, dan di bawah ini disebut "
    "alasannya, sesuai Pasal 22 ayat (7) huruf e Undang-Undang Nomor 14 Tahun 2008 tentang "
    "Keterbukaan Informasi Publik. Bagian lain diberikan seutuhnya."
)
CLOSING = (
    "Nomor pada tiap kotak hitam sama dengan nomor dalam daftar ini. Bila Anda berkeberatan, Anda "
    "dapat mengajukan keberatan kepada Atasan PPID dalam 30 hari kerja (Pasal 35 dan Pasal 36)."
)
COLUMNS = ("No.", "Halaman", "Dasar", "Alasan")


def ground_on_box(ground: Ground) -> str:
    """Return a ground as it stands on a black box: "ps. 17 h 2"."""
    points = "" if ground.number is None else f" {ground.number}"
    return f"ps. 17 {ground.letter}{points}"


def redaction_list(item: Item, marks: Sequence[Mark], *, on: date) -> Paper:
    """Return the list behind a public copy; it names the item by its public title only.

    Source: UU 14/2008 ps. 22 (7) huruf e
    """
    known = {ground_on_box(one): one.label for one in grounds(on=on)}
    return Paper(
        template="penghitaman",
        title=HEADING,
        foot=f"{HEADING}, {item.public_id}",
        content={
            "heading": HEADING,
            "facts": [
                ("Badan publik", item.body.name),
                ("Informasi", item.public_title or item.public_id),
                ("Tanggal salinan", day_in_words(on)),
                ("Bagian yang dihitamkan", number(len(marks))),
            ],
            "opening": OPENING,
            "columns": COLUMNS,
            "rows": [
                (str(place), str(one.page), known.get(one.ground, one.ground), one.reason)
                for place, one in enumerate(marks, start=1)
            ],
            "closing": CLOSING,
        },
    )


def words_of_list(item: Item, marks: Sequence[Mark], *, on: date) -> str:
    """Return what the list says beside the reasons; it may share words with what is closed."""
    bare = redaction_list(item, [replace(one, reason="") for one in marks], on=on)
    content = bare.content
    rows = [" ".join(row) for row in content["rows"]]
    facts = [f"{label} {value}" for label, value in content["facts"]]
    return "\n".join([bare.foot, HEADING, OPENING, CLOSING, *COLUMNS, *facts, *rows])
