"""Regulations and grounds in full words, as a letter has them."""

from datetime import date

from ppid.errors import BadInput
from ppid.law.grounds import Ground
from ppid.law.reference import Citation, parse
from ppid.law.regulation import Status, regulation

KINDS = {
    "UU": "Undang-Undang",
    "PP": "Peraturan Pemerintah",
    "Perki": "Peraturan Komisi Informasi",
    "Permendagri": "Peraturan Menteri Dalam Negeri",
}
BASIS = ("UU 14/2008", "UU 43/2009", "PP 61/2010", "Permendagri 3/2017", "Perki 1/2021")
"""What a determination rests on (Mengingat), by rank and year."""


def in_full(text: str) -> str:
    """Return a citation in full words: "Undang-Undang Nomor 14 Tahun 2008 Pasal 17 huruf a".

    What is no citation, or of a kind without full words here, stays as it was written.
    """
    try:
        cited = parse(text)
    except BadInput:
        return text
    if cited.kind not in KINDS or cited.region:
        return text
    parts = (
        (cited.article, f" Pasal {cited.article}"),
        (cited.paragraph, f" ayat ({cited.paragraph})"),
        (cited.letter, f" huruf {cited.letter}"),
        (cited.point, f" angka {cited.point}"),
    )
    return _name(cited) + "".join(words for part, words in parts if part)


def _name(cited: Citation) -> str:
    return f"{KINDS[cited.kind]} Nomor {cited.number} Tahun {cited.year}"


def basis_of_a_determination(*, on: date) -> list[str]:
    """Return the regulations behind a determination that are in force on the day, with titles.

    Source: UU 14/2008 ps. 19; PP 61/2010 ps. 3 dan 4
    """
    found = [regulation(parse(each), on=on) for each in BASIS]
    titles = [
        f"{_name(one.citation)} tentang {one.title}"
        for one in found
        if one.status in (Status.IN_FORCE, Status.AMENDED, Status.UNCERTAIN)
    ]
    return [*(f"{title};" for title in titles[:-1]), f"{titles[-1]}."]


def ground_and_statutes(ground: Ground | None, statutes: tuple[str, ...]) -> str:
    """Return the ground in full words and the statutes, each once, on lines of their own."""
    first = (in_full(ground.citation),) if ground else ()
    return "\n".join(dict.fromkeys((*first, *map(in_full, statutes))))
