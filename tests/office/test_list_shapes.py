"""Whole lists as they are published, in every kind of file, and nothing lost on the way."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from office.list_samples import document, workbook
from office.list_shapes import GROUPED, OF_A_SHEET, OF_ANOTHER_LIST
from ppid.office.list_files.columns import LABELS, find_header, first_entry, guess, header_at
from ppid.office.list_files.entries import Known, Reading, dry_run
from ppid.office.list_files.reading import read_file, read_text
from ppid.office.list_files.table import Table, clean


def as_csv(rows, separator=";"):
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows(rows)
    return text.getvalue()


WAYS = {
    "xlsx": lambda rows: read_file(workbook(*rows)),
    "docx": lambda rows: read_file(document([row or ("",) for row in rows])),
    "csv": lambda rows: read_file(as_csv(rows).encode("cp1252")),
    "comma": lambda rows: read_file(as_csv(rows, ",").encode()),
    "pasted": lambda rows: read_text(as_csv(rows, "\t")),
}


def run(table, **more):
    header = find_header(table)
    return dry_run(
        table, Reading(header=header, columns=guess(header.names), **more), known=Known()
    )


@pytest.fixture(params=WAYS)
def read(request):
    return lambda rows: WAYS[request.param](rows)[0]


def test_a_list_in_groups_is_read(read):
    found = run(read(GROUPED), join=True)
    said = [(one.entry.number, one.entry.title) for one in found.rows]
    assert said == [("1.", "Aduan"), ("2.", "Perkara"), ("1.", "Kepegawaian")]
    first, _, last = (one.entry for one in found.rows)
    assert first.summary == "Identitas pelapor\nIsi laporan"
    assert (first.term, first.ground) == ("Permanen", "I Informasi yang menghambat penegakan hukum")
    assert last.ground == "II Informasi yang membuka rahasia pribadi"


def test_a_list_under_the_headings_of_another_list_is_read(read):
    table = read(OF_ANOTHER_LIST)
    (row,) = run(table).rows
    assert (row.entry.title, row.entry.term) == ("Topologi jaringan", "Lama")
    assert "UU 14/2008" in row.entry.agency  # as it stands there; the officer moves it


def test_a_list_with_the_columns_of_the_sheet_is_read(read):
    (row,) = run(read(OF_A_SHEET)).rows
    entry = row.entry
    assert (entry.number, entry.title) == ("1", "Kata sandi")
    assert (entry.consequence_if_open, entry.consequence_if_closed) == ("Diretas", "Aman")
    assert entry.legal_basis == "UU 14/2008 ps. 17 c"


TEXT = st.sampled_from(["", "", "1", "2.", "Soal", "Rahasia", "UU 14/2008", "Nomor", "Informasi"])
ROWS = st.lists(st.lists(TEXT, max_size=5).map(tuple), max_size=12)
COLUMNS = st.lists(st.sampled_from(["", *LABELS]), min_size=5, max_size=5).map(tuple)


@settings(max_examples=300, deadline=None)
@given(rows=ROWS, columns=COLUMNS, join=st.booleans())
def test_no_text_of_the_file_is_lost_without_a_word(rows, columns, join):
    table = Table("x", (("No", "Informasi", "", "", ""), *rows))
    header = header_at(table, 0)
    found = dry_run(table, Reading(header=header, columns=columns, join=join), known=Known())

    kept = {line for one in found.rows for line in _lines(one.entry)}
    for row in range(first_entry(table, header), len(table.rows)):
        for column, text in enumerate(table.rows[row]):
            if columns[column] and text and row + 1 not in found.passed_over:
                assert text in kept, (row, column)


def _lines(entry):
    return [line for name in LABELS for line in getattr(entry, name).split("\n")]


@settings(max_examples=200, deadline=None)
@given(rows=ROWS, columns=COLUMNS, join=st.booleans())
def test_each_row_has_one_fate_and_what_has_no_title_is_never_imported(rows, columns, join):
    table = Table("x", tuple(rows))
    header = find_header(table)
    found = dry_run(table, Reading(header=header, columns=columns, join=join), known=Known())

    numbers = [one.row for one in found.rows]
    assert numbers == sorted(set(numbers))
    assert not set(numbers) & set(found.passed_over)
    for one in found.rows:
        assert bool(one.errors) == (one.fate == "salah")
        assert one.entry.title or one.errors


@settings(max_examples=200, deadline=None)
@given(rows=ROWS, columns=COLUMNS)
def test_what_was_imported_once_is_known_the_second_time(rows, columns):
    table = Table("x", tuple(rows))
    reading = Reading(header=find_header(table), columns=columns)
    first = dry_run(table, reading, known=Known())
    kept = frozenset(one.entry for one in first.rows if one.fate == "baru")

    again = dry_run(table, reading, known=Known(entries=kept))

    assert not [one for one in again.rows if one.fate in ("baru", "ganda")]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(st.text(max_size=12).map(clean), min_size=2, max_size=4), min_size=1))
def test_a_workbook_gives_the_texts_that_were_written_into_it(rows):
    named = [["x", *row] for row in rows if not any("_x" in text for text in row)]
    plain = [row for row in named if not any(text.startswith(("=", "#")) for text in row)]
    tables = read_file(workbook(*plain)) if plain else ()
    for table in tables:
        trimmed = [tuple(row) for row in plain]
        width = max(map(len, trimmed))
        padded = [(*row, *[""] * (width - len(row))) for row in table.rows]
        assert padded == [(*row, *[""] * (width - len(row))) for row in trimmed]
