"""The list as a CSV file: every row that the filters pass, streamed, safe to open in a sheet."""

import csv
from collections.abc import Iterator
from datetime import date

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
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


class _Line:
    """A file for the csv writer that hands each line straight on."""

    def write(self, line: str) -> str:
        """Return the line."""
        return line


def csv_answer(selection: Selection) -> StreamingHttpResponse:
    """Return the download."""
    answer = StreamingHttpResponse(csv_lines(selection), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{selection.file_name("csv")}"'
    return answer


def csv_lines(selection: Selection) -> Iterator[str]:
    """Return the lines of the file."""
    writer = csv.writer(_Line())
    safe = ([safe_cell(value) for value in row] for row in rows(selection))
    return (writer.writerow(row) for row in safe)


def safe_cell(value: object) -> str:
    """Return the value as a cell that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip(" \n").startswith(FORMULA_STARTS) else text


def rows(selection: Selection) -> Iterator[tuple[object, ...]]:
    """Yield the head and every row of the table, cell by cell as it stands in the list."""
    yield COLUMNS
    on = selection.place.today
    for entry in selection.entries().iterator(chunk_size=ROWS_AT_ONCE):
        yield _values(entry, on)


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
