"""The list as a CSV file: every row that the filters pass, streamed, safe to open in a sheet."""

import csv
from collections.abc import Iterator
from datetime import date

from django.http import StreamingHttpResponse

from ppid.public.listing import Filters
from ppid.public.models import Body, Entry
from ppid.public.search import find
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
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
ROWS_AT_ONCE = 500


class _Line:
    """A file for the csv writer that hands each line straight on."""

    def write(self, line: str) -> str:
        """Return the line."""
        return line


def csv_answer(filters: Filters, body: Body, *, on: date) -> StreamingHttpResponse:
    """Return the download; statuses are those of the day `on`."""
    writer = csv.writer(_Line())
    lines = (writer.writerow(row) for row in _rows(filters, body, on))
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="dik-{body.slug}-{on}.csv"'
    return answer


def safe_cell(value: object) -> str:
    """Return the value as a cell that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip(" \n").startswith(FORMULA_STARTS) else text


def _rows(filters: Filters, body: Body, on: date) -> Iterator[list[str]]:
    yield list(COLUMNS)
    entries = filters.select(body, on=on)
    if filters.text:
        entries = entries.filter(pk__in=find(filters.text, entries, body=body).ids)
    for entry in entries.order_by("-decree_date", "-id").iterator(chunk_size=ROWS_AT_ONCE):
        yield [safe_cell(value) for value in _values(entry, on)]


def _values(entry: Entry, on: date) -> tuple[object, ...]:
    return (
        entry.public_id,
        entry.agency,
        entry.title,
        entry.ground_label,
        "; ".join(entry.legal_basis),
        entry.reason,
        entry.consequence_if_open,
        entry.consequence_if_closed,
        entry.scope,
        entry.term_text,
        entry.term_starts_on,
        entry.term_ends_on,
        entry.event,
        entry.review_on,
        entry.open_from,
        status(entry, on=on).value,
        entry.decree_number,
        entry.decree_date,
    )
