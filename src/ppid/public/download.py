"""The list as a CSV file: every row that the filters pass, streamed, safe to open in a sheet."""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from django.db.models import CharField, DateField, JSONField
from django.db.models.functions import Cast
from django.http import StreamingHttpResponse

from ppid.public.models import Entry
from ppid.public.selection import ROWS_AT_ONCE, Selection
from ppid.public.status import status_column

COLUMNS = (
    "nomor",
    "perangkat_daerah",
    "informasi",
    "pasal_17",
    "dasar_hukum_pengecualian",
    "alasan",
    "konsekuensi_bila_dibuka",
    "konsekuensi_bila_ditutup",
    "cakupan",
    "jangka_waktu",
    "mulai",
    "berakhir",
    "peristiwa",
    "tinjau_ulang",
    "terbuka_sejak",
    "status",
    "nomor_penetapan",
    "tanggal_penetapan",
)
CELLS = (
    *("public_id", "agency", "title", "ground_label", "legal_basis", "reason"),
    *("consequence_if_open", "consequence_if_closed", "scope", "term_text", "term_starts_on"),
    *("term_ends_on", "event", "review_on", "open_from", "decree_number", "decree_date"),
)
"""What a row is made of, in its order, but for its status."""
STATUS_AT = COLUMNS.index("status")
Texts = tuple[str | None, ...]
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
SUSPECT = re.compile("\0[-=+@\t\r\n ]")
"""A cell, behind NUL, that may begin a formula; no published text holds NUL."""


def csv_answer(selection: Selection) -> StreamingHttpResponse:
    """Return the download."""
    answer = StreamingHttpResponse(csv_pieces(selection), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{selection.file_name("csv")}"'
    return answer


def csv_pieces(selection: Selection) -> Iterator[str]:
    """Yield the file, some hundred lines at a time."""
    table = chain([COLUMNS], _text_rows(selection))
    while some := list(islice(table, ROWS_AT_ONCE)):
        piece = io.StringIO(newline="")
        csv.writer(piece).writerows(_safe(some))
        yield piece.getvalue()


def safe_cell(value: object) -> str:
    """Return the value as a cell that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip(" \n").startswith(FORMULA_STARTS) else text


def _safe(rows: list[Texts]) -> Iterable[Sequence[str | None]]:
    """Return the rows, safe; as they are where no cell of any can begin a formula."""
    cells = "\0".join(filter(None, chain.from_iterable(rows)))
    if not SUSPECT.search(f"\0{cells}"):
        return rows
    return [[safe_cell(text) for text in row] for row in rows]


def rows(selection: Selection) -> Iterator[tuple[object, ...]]:
    """Yield the head and every row of the table, cell by cell as it stands in the list."""
    yield COLUMNS
    cells = [*CELLS]
    cells.insert(STATUS_AT, status_column(on=selection.place.today))
    found = selection.entries().values_list(*cells)
    for values in found.iterator(chunk_size=ROWS_AT_ONCE):
        yield (*values[:4], "; ".join(values[4]), *values[5:])


def _text_rows(selection: Selection) -> Iterator[Texts]:
    """Yield every row as texts, its days as the database writes them: like str(), in ISO form."""
    fields = {field.name: field for field in Entry._meta.concrete_fields}
    cells = [
        Cast(name, CharField()) if isinstance(fields[name], DateField | JSONField) else name
        for name in CELLS
    ]
    cells.insert(STATUS_AT, status_column(on=selection.place.today))
    found = selection.entries().values_list(*cells)
    for values in found.iterator(chunk_size=ROWS_AT_ONCE):
        yield (*values[:4], _basis(values[4]), *values[5:])


def _basis(text: str) -> str:
    """Return a list of texts, as JSON, in one line; one plain text needs no parser."""
    plain = text[2:-2]
    return "; ".join(json.loads(text)) if '"' in plain or "\\" in plain else plain
