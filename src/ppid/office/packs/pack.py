"""A pack: papers in a fixed order, each a PDF of at most 2 MB, and an index of all of them.

It leaves the machine as a ZIP file while it is being made; the index is its last file.
"""

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ppid.office.models import Body
from ppid.office.prints import FROM_RECORDS, Of, as_print, signed_paper
from ppid.office.queries.papers.letterheads import letterhead
from ppid.office.queries.papers.lists import listing
from ppid.papers.long_list import LIST, press_list
from ppid.papers.paper import Paper
from ppid.papers.press import press
from ppid.papers.scans import kind_of
from ppid.papers.wording import number

MOST_BYTES = 2_000_000
"""Of one file: what the Komisi Informasi's questionnaire takes."""

BIG = "lebih dari 2 MB: hanya cetakan daftar yang dapat dipotong"
SIGNED = "naskah yang ditandatangani"

INDEX_COLUMNS = (("No", 0), ("Berkas", 2.0), ("Isi", 2.4), ("Alamat pada situs umum", 2.4))


@dataclass(frozen=True, slots=True)
class Piece:
    """One paper of a pack. on: its day. link: its page on the public site, if it has one.

    of: the paper of record that it is a print of, if there can be one.
    """

    name: str
    title: str
    paper: Callable[[], Paper]
    on: date
    link: str = ""
    of: Of | None = None


@dataclass(frozen=True, slots=True)
class Data:
    """One file of a pack that is no paper: a table, a proof."""

    name: str
    title: str
    content: Callable[[], bytes]
    link: str = ""


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack. name: of the ZIP, without its ending; remarks: what it leaves out, and why."""

    name: str
    title: str
    pieces: tuple[Piece | Data, ...]
    remarks: tuple[str, ...] = ()
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the index."""

    file: str
    title: str
    link: str


def zipped(pack: Pack, body: Body, *, on: date) -> Iterator[bytes]:
    """Yield the ZIP, file by file. on: today, the day of the index. Raises BadInput.

    The same papers give the same bytes: every file bears the day, none the time.
    """
    out = _Pipe()
    rows: list[Row] = []
    with zipfile.ZipFile(out, "w") as package:
        for place, piece in enumerate(pack.pieces, start=1):
            for file, title, content in _files(piece, body, place):
                package.writestr(_named(f"{pack.name}/{file}", on), content)
                large = file.endswith(".pdf") and len(content) > MOST_BYTES
                rows.append(Row(file, f"{title} ({BIG})" if large else title, piece.link))
                yield out.taken()
        for file, content in _index(pack, rows, body, on=on):
            package.writestr(_named(f"{pack.name}/{file}", on), content)
    yield out.taken()


def _named(name: str, on: date) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, (on.year, on.month, on.day, 0, 0, 0))
    info.external_attr = 0o600 << 16
    return info


def _files(piece: Piece | Data, body: Body, place: int) -> Iterator[tuple[str, str, bytes]]:
    """Yield name, title and content of what a piece is in the pack.

    A paper that was signed goes as it was signed; beside it stands its print where the signed file
    is larger than a file may be, because a print can be cut.
    """
    stem = f"{place:02}-{piece.name}"
    if isinstance(piece, Data):
        yield stem, piece.title, piece.content()
        return
    signed = signed_paper(body, piece.of) if piece.of else b""
    if signed:
        file = f"{stem}-bertanda-tangan.{kind_of(signed)}"
        yield file, f"{piece.title}, {SIGNED}", signed
    if signed and len(signed) <= MOST_BYTES:
        return
    paper = as_print(piece.paper(), body, of=piece.of, words=FROM_RECORDS)
    parts = pressed_in_parts(paper, body, on=piece.on)
    for part, content in enumerate(parts, start=1):
        file = f"{stem}-bagian-{part}.pdf" if len(parts) > 1 else f"{stem}.pdf"
        yield file, piece.title, content


def pressed_in_parts(paper: Paper, body: Body, *, on: date, most: int = MOST_BYTES) -> list[bytes]:
    """Return the paper in files of at most so many bytes; only a list can be cut, between rows."""
    head = letterhead(body)
    rows: Sequence[Sequence[str]] = paper.content.get("rows", ()) if _is_list(paper) else ()
    if not rows:
        return [press(paper, head, on=on)]
    whole = press_list(paper, head, on=on)
    if len(whole) <= most or len(rows) < 2:
        return [whole]
    middle = len(rows) // 2
    halves = (replace(paper, content={**paper.content, "rows": one}) for one in _cut(rows, middle))
    return [part for half in halves for part in pressed_in_parts(half, body, on=on, most=most)]


def _is_list(paper: Paper) -> bool:
    return paper.template == LIST


def _cut(rows: Sequence[Sequence[str]], middle: int) -> tuple[Sequence[Sequence[str]], ...]:
    return rows[:middle], rows[middle:]


def _index(pack: Pack, rows: Sequence[Row], body: Body, *, on: date) -> Iterator[tuple[str, bytes]]:
    paper = listing(
        body,
        f"Daftar isi {pack.title}",
        columns=INDEX_COLUMNS,
        rows=[
            [number(place), row.file, row.title, row.link or "Tidak diumumkan"]
            for place, row in enumerate(rows, start=1)
        ],
        on=on,
        note=" ".join(pack.remarks),
        mark=pack.mark,
    )
    yield "00-daftar-isi.pdf", press_list(paper, letterhead(body), on=on)
    yield (
        "00-daftar-isi.csv",
        comma_separated(
            ("berkas", "isi", "alamat"), ((row.file, row.title, row.link) for row in rows)
        ),
    )


def comma_separated(head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return a table as CSV with a byte order mark; a cell that a sheet would reckon is quoted."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(head)
    for row in rows:
        writer.writerow([f"'{cell}" if cell[:1] in "=+-@\t\r" and cell else cell for cell in row])
    return text.getvalue().encode("utf-8-sig")


class _Pipe(io.RawIOBase):
    """What a ZIP is written to: it keeps only what nobody has taken yet."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self._waiting += data
        return len(data)

    def taken(self) -> bytes:
        found = bytes(self._waiting)
        self._waiting.clear()
        return found
