"""Which column of an old list holds what: found by the headings that such lists really have.

A guess only: the officer sees it beside the first rows and puts it right.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ppid.office.list_files.table import Table

LABELS = {
    "number": "No.",
    "title": "Informasi yang dikecualikan",
    "summary": "Ringkasan isi",
    "agency": "Perangkat daerah",
    "ground": "Dasar pengecualian (Pasal 17)",
    "legal_basis": "Dasar hukum",
    "consequence_if_open": "Konsekuensi bila dibuka",
    "consequence_if_closed": "Konsekuensi bila ditutup",
    "part": "Bagian yang dikecualikan",
    "term": "Jangka waktu pengecualian",
    "document": "Dokumen yang memuat",
    "document_link": "Tautan dokumen",
    "test": "Uji konsekuensi (nomor, tanggal)",
    "decree": "Penetapan (nomor, tanggal)",
    "remark": "Keterangan",
}
"""Field of `LegacyEntry` -> its heading in the template and in what is exported, in this order."""

WORDS: tuple[tuple[str, str], ...] = (
    ("number", r"(no|nomor|nr)( urut)?"),
    ("document_link", r".*\b(tautan|link|url|unduh|drive)\b.*"),
    ("consequence_if_open", r".*\b(dibuka|terbuka)\b.*"),
    ("consequence_if_closed", r".*\b(ditutup|tertutup|manfaat)\b.*"),
    ("part", r".*\bbagian\b.*"),
    ("test", r".*\buji\b.*"),
    ("term", r".*\b(jangka|batas waktu|masa|lama|retensi|berakhir)\b.*"),
    ("legal_basis", r".*\b(dasar hukum|undang|peraturan|landasan)\b.*"),
    ("ground", r".*\b(pasal|huruf|klasifikasi|kelompok|kategori|dasar|alasan)\b.*"),
    ("decree", r".*\b(penetapan|sk|keputusan|ditetapkan)\b.*"),
    (
        "agency",
        r".*\b(perangkat|opd|skpd|unit|satker|dinas|penanggung|pejabat|menguasai|bidang)\b.*",
    ),
    ("remark", r"(keterangan|ket|catatan)"),
    ("document", r".*\b(dokumen|naskah|surat)\b.*"),
    ("summary", r".*\b(ringkasan|uraian|konten|isi|rincian|deskripsi)\b.*"),
    ("", r".*\b(waktu|tempat|bentuk|format|jumlah)\b.*"),
    ("title", r".*\b(informasi|judul|nama|jenis)\b.*"),
    ("consequence_if_open", r".*\b(konsekuensi|akibat|pertimbangan|dampak)\b.*"),
)
"""Field and pattern of its heading, from the surest to the vaguest; the first that fits counts.
"" leaves a column out."""

LOOKED_AT = 40
LONGEST_HEADING = 150
FEWEST = 2
SHORT = 30
NUMBERING = re.compile(r"\(?\d{1,2}\)?\.?")
NO_LETTERS = re.compile(r"[^0-9a-z]+")


@dataclass(frozen=True, slots=True)
class Header:
    """Where the headings stand. first, last: rows from 0, both included; (0, -1) for none.

    names: the heading of each column, joined over its rows. sure: whether any was recognised.
    """

    first: int
    last: int
    names: tuple[str, ...]
    sure: bool


def plain(text: str) -> str:
    """Return a text in lower case with single spaces and nothing but letters and digits."""
    return NO_LETTERS.sub(" ", text.lower()).strip()


OWN = {plain(label): name for name, label in LABELS.items()}


def field_of(heading: str) -> str:
    """Return the field that a heading means, "" for none that is known."""
    words = plain(heading)
    if words in OWN or len(words) > LONGEST_HEADING:
        return OWN.get(words, "")
    return next((name for name, pattern in WORDS if re.fullmatch(pattern, words)), "")


def guess(names: Sequence[str]) -> tuple[str, ...]:
    """Return the field of each column, "" for one that is left out. Without a title, the summary
    is it; a field may be met twice, and its texts are then joined."""
    found = tuple(field_of(name) for name in names)
    if "title" in found or "summary" not in found:
        return found
    first = found.index("summary")
    return tuple("title" if at == first else name for at, name in enumerate(found))


def find_header(table: Table) -> Header:
    """Return the row of headings, or two where the upper one spans columns of the lower.

    Titles above it and the row of column numbers below it, "(1) (2) (3)", are passed over.
    """
    rows = range(min(len(table.rows), LOOKED_AT))
    best = max(rows, key=lambda row: (_score(table, row), -row), default=0)
    if not rows or _score(table, best) < FEWEST:
        return _unsure(table)
    return header_at(table, best)


def header_at(table: Table, first: int) -> Header:
    """Return the headings that begin in a row: the one that was found, or the officer's choice."""
    last = first
    if first + 1 < len(table.rows) and _goes_on(table, first):
        last = first + 1
    names = _names(table, range(first, last + 1))
    return Header(first, last, names, sure=sum(map(bool, guess(names))) >= FEWEST)


def first_entry(table: Table, header: Header) -> int:
    """Return the row after the headings, and after a row that only numbers the columns.

    Below our own headings there is no such row: there "1, 2" is an entry.
    """
    row = header.last + 1
    while row < len(table.rows) and not is_ours(header) and _is_numbering(table.rows[row]):
        row += 1
    return row


def is_ours(header: Header) -> bool:
    """Return whether these are the headings of our own template and exports."""
    return all(plain(name) in OWN for name in header.names)


def best_score(table: Table) -> int:
    """Return how many fields the row names that looks most like headings."""
    return max((_score(table, row) for row in range(min(len(table.rows), LOOKED_AT))), default=0)


def _score(table: Table, row: int) -> int:
    """Return how many different fields the cells of a row name."""
    return len({field_of(text) for text in table.rows[row]} - {""})


def _goes_on(table: Table, first: int) -> bool:
    """Return whether the next row belongs to the headings.

    It does if cells above reach down into it, or if it fills a gap in the headings and either all
    its cells are headings and one is new, or it is short and names no information of its own.
    """
    below = first + 1
    if any(row == below and over[0] == first for (row, _), over in table.covered.items()):
        return True
    texts = {column: text for column, text in enumerate(table.rows[below]) if text}
    given = [field_of(text) for text in texts.values()]
    above = guess([table.text(first, column) for column in range(table.width)])
    fills = any(not table.text(first, column) for column in texts)
    short = all(len(text) <= SHORT and not re.search(r"\d", text) for text in texts.values())
    nameless = not any(above[column] in ("number", "title") for column in texts)
    news = all(given) and not set(above).issuperset(given)
    return fills and (news or (short and nameless))


def _names(table: Table, rows: range) -> tuple[str, ...]:
    columns = range(max(len(table.rows[row]) for row in rows))
    joined = (" ".join(table.text(row, column) for row in rows) for column in columns)
    return tuple(" ".join(name.split()) for name in joined)


def _unsure(table: Table) -> Header:
    for row, cells in enumerate(table.rows[:LOOKED_AT]):
        if sum(map(bool, cells)) >= FEWEST:
            return Header(row, row, _names(table, range(row, row + 1)), sure=False)
    return Header(0, -1, (), sure=False)


def _is_numbering(cells: Sequence[str]) -> bool:
    """Return whether a row only numbers the columns: 1, 2, 3, or (1), (2), (3)."""
    given = [text for text in cells if text]
    if len(given) < FEWEST or not all(map(NUMBERING.fullmatch, given)):
        return False
    numbers = [int(re.sub(r"\D", "", text)) for text in given]
    return all(after == before + 1 for before, after in zip(numbers, numbers[1:], strict=False))
