"""The list as a CSV file: every row that the filters pass, streamed, safe to open in a sheet."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import Any, NamedTuple

from django.db.models import CharField, DateField, JSONField
from django.db.models.functions import Cast
from django.http import StreamingHttpResponse

from ppid.public.models import Entry
from ppid.public.selection import ROWS_AT_ONCE, Selection
from ppid.public.status import status

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
    "opens_soon_from",
)
"""What a row is made of, in its order, and at the end what only its status follows from."""
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
SUSPECT = frozenset((*FORMULA_STARTS, " ", "\n"))


class _Days(NamedTuple):
    """The days that a status follows from, all of them dates or all of them ISO texts."""

    open_from: Any
    opens_soon_from: Any


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
        csv.writer(piece).writerows(map(_safe_row, some))
        yield piece.getvalue()


def safe_cell(value: object) -> str:
    """Return the value as a cell that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    if text[:1] in SUSPECT and text.lstrip(" \n").startswith(FORMULA_STARTS):
        return f"'{text}"
    return text


def _safe_row(texts: Sequence[str | None]) -> Sequence[str | None]:
    """Return the cells, safe; a row of which none can begin a formula as it is."""
    for text in texts:
        if text and text[0] in SUSPECT:
            return [safe_cell(text) for text in texts]
    return texts


def rows(selection: Selection) -> Iterator[tuple[object, ...]]:
    """Yield the head and every row of the table, cell by cell as it stands in the list."""
    yield COLUMNS
    found = selection.entries().values_list(*CELLS)
    for values in found.iterator(chunk_size=ROWS_AT_ONCE):
        yield _row(values, "; ".join(values[4]), on=selection.place.today)


def _text_rows(selection: Selection) -> Iterator[tuple[str | None, ...]]:
    """Yield every row as texts, its days as the database writes them: like str(), in ISO form."""
    fields = {field.name: field for field in Entry._meta.concrete_fields}
    cells = [
        Cast(name, CharField()) if isinstance(fields[name], DateField | JSONField) else name
        for name in CELLS
    ]
    found = selection.entries().values_list(*cells)
    today = selection.place.today.isoformat()
    for values in found.iterator(chunk_size=ROWS_AT_ONCE):
        yield _row(values, _basis(values[4]), on=today)


def _basis(text: str) -> str:
    """Return a list of texts, as JSON, in one line; one plain text needs no parser."""
    plain = text[2:-2]
    return "; ".join(json.loads(text)) if '"' in plain or "\\" in plain else plain


def _row(values: tuple[Any, ...], basis: str, *, on: Any) -> tuple[Any, ...]:
    """Return the cells; on: the day of the statuses, of the same type as the days in `values`."""
    now = status(_Days(values[14], values[17]), on=on)
    return (*values[:4], basis, *values[5:15], now.value, *values[15:17])
