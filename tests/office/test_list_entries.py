"""From a table to entries: headings found and guessed, rows checked, and the way back unchanged."""

import csv
import io
from dataclasses import fields
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from office.list_samples import HEADINGS, ROW, document, workbook
from ppid.law.defect import LegacyEntry
from ppid.office.list_files.columns import (
    LABELS,
    field_of,
    find_header,
    first_entry,
    guess,
    header_at,
)
from ppid.office.list_files.entries import (
    EXAMPLE,
    Fate,
    Known,
    Reading,
    agency_names,
    dry_run,
)
from ppid.office.list_files.reading import read_file, read_text
from ppid.office.list_files.table import LONGEST_CELL, Oddity, Table, clean
from ppid.office.list_files.writing import EXAMPLE_ENTRY, HELP, as_csv, as_xlsx, template

HEALTH = UUID(int=1)
STAFF = UUID(int=2)


def table_of(*rows, **more):
    return Table("Daftar", tuple(tuple(row) for row in rows), **more)


def checked(table, *, known=None, columns=None, **more):
    header = find_header(table)
    reading = Reading(header=header, columns=columns or guess(header.names), **more)
    return dry_run(table, reading, known=known or Known())


def entries(table, **more):
    return [one.entry for one in checked(table, **more).rows]


def fates(run):
    return [one.fate for one in run.rows]


def codes_of(run, kind):
    return [finding.code for row in run.rows for finding in getattr(row, kind)]


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("NO.", "number"),
        ("Nomor Urut", "number"),
        ("Jenis Informasi", "title"),
        ("INFORMASI YANG DIKECUALIKAN", "title"),
        ("Judul Informasi", "title"),
        ("Ringkasan Isi Informasi", "summary"),
        ("Uraian", "summary"),
        ("Pejabat/Unit/Satker yang Menguasai Informasi", "agency"),
        ("Penanggung jawab", "agency"),
        ("OPD", "agency"),
        ("Klasifikasi Informasi", "ground"),
        ("Alasan Pengecualian", "ground"),
        ("Dasar Hukum Pengecualian", "legal_basis"),
        ("Undang-Undang", "legal_basis"),
        ("Akibat bila dibuka", "consequence_if_open"),
        ("Konsekuensi", "consequence_if_open"),
        ("Konsekuensi/pertimbangan bagi publik: ditutup", "consequence_if_closed"),
        ("Batas Waktu Pengecualian", "term"),
        ("Masa Retensi", "term"),
        ("Link Google Drive", "document_link"),
        ("Nomor SK Penetapan", "decree"),
        ("Ket.", "remark"),
        ("Waktu dan tempat pembuatan informasi", ""),
        ("Bentuk informasi yang tersedia", ""),
        ("Softcopy", ""),
        ("", ""),
        ("informasi " * 40, ""),
    ],
)
def test_headings_of_real_lists_are_understood(heading, name):
    assert field_of(heading) == name


@pytest.mark.parametrize("name", LABELS)
def test_our_own_headings_mean_what_they_say(name):
    assert field_of(LABELS[name]) == name


def test_every_field_of_an_entry_has_a_heading_and_its_help():
    names = [field.name for field in fields(LegacyEntry)]
    assert sorted(LABELS) == sorted(names) == sorted(HELP)


def test_without_a_title_the_summary_is_the_title():
    assert guess(["No", "Ringkasan isi informasi", "Uraian"]) == ("number", "title", "summary")
    assert guess(["No", "Informasi", "Uraian"]) == ("number", "title", "summary")


def test_headings_are_found_below_titles_and_above_column_numbers():
    table = table_of(("PEMERINTAH KOTA",), (), HEADINGS, ("1", "2", "3", "4", "5"), ROW)
    header = find_header(table)
    assert (header.first, header.last, header.sure) == (2, 2, True)
    assert first_entry(table, header) == 4


@pytest.mark.parametrize("covered", [{}, {(1, 0): (0, 0), (1, 1): (0, 1)}])
def test_headings_in_two_rows_are_joined(covered):
    table = table_of(
        ("No", "Informasi", "Konsekuensi", "", "Jangka Waktu"),
        ("", "", "Dibuka", "Ditutup", ""),
        ROW,
        covered=covered,
    )
    header = find_header(table)
    assert (header.first, header.last) == (0, 1)
    assert header.names[2:] == ("Konsekuensi Dibuka", "Ditutup", "Jangka Waktu")


def test_an_entry_under_an_empty_heading_is_no_second_row_of_headings():
    table = table_of(("", "Informasi", "Dasar Hukum"), ("1.", "Rekam medis", "UU 14/2008"))
    assert find_header(table).last == 0


def test_a_table_without_headings_is_read_as_the_officer_says():
    table = table_of(("x",), ("1", "Soal"), ("2", "Kunci"))
    unsure = find_header(table)
    assert (unsure.first, unsure.last, unsure.sure) == (1, 1, False)
    assert header_at(table, 0).names == ("x",)
    assert find_header(table_of(("x",), ("y",))).last == -1


def test_a_row_becomes_an_entry_with_its_old_words():
    assert entries(table_of(HEADINGS, ROW)) == [
        LegacyEntry(
            number="1.",
            title="Rekam medis",
            legal_basis="UU 14/2008 Pasal 17 huruf h",
            consequence_if_open="Rahasia terbuka",
            term="Selamanya",
        )
    ]


def test_two_columns_of_one_meaning_are_joined():
    table = table_of(("Informasi", "Jenis informasi"), ("Kepegawaian", "Data pribadi"))
    assert entries(table) == [LegacyEntry(title="Kepegawaian\nData pribadi")]


def test_a_row_is_called_by_its_place_in_the_file():
    run = checked(table_of(("Judul",), HEADINGS, (), ROW, ("2", "", "UU", "x", "y")))
    assert [one.row for one in run.rows] == [4, 5]
    assert run.rows[1].errors[0].place == "B5"
    assert fates(run) == [Fate.NEW, Fate.WRONG]


def test_headings_of_groups_are_the_ground_of_the_rows_below():
    defence, privacy = "III. Informasi yang membahayakan pertahanan", "IV. Rahasia pribadi"
    other = ("2.", *ROW[1:])
    run = checked(table_of(HEADINGS, (defence,), ROW, (privacy,), ROW, other))
    assert [one.entry.ground for one in run.rows] == [defence, privacy, privacy]
    assert run.passed_over[2].endswith(defence)


@pytest.mark.parametrize(
    ("headings", "number", "is_entry"),
    [
        (HEADINGS, "II", False),
        (HEADINGS, "B.", False),
        (HEADINGS, "2", True),
        (HEADINGS, "IIa", True),
        (HEADINGS[:3], "II", True),
        (tuple(LABELS.values()), "II", True),
    ],
)
def test_a_letter_and_a_title_alone_are_a_heading_unless_they_may_be_an_entry(
    headings, number, is_entry
):
    run = checked(table_of(headings, (number, "Rahasia pribadi"), ROW[: len(headings)]))
    assert len(run.rows) == 1 + is_entry


def test_a_row_with_nothing_but_a_title_is_an_entry():
    assert entries(table_of(HEADINGS, ("", "Soal ujian"))) == [LegacyEntry(title="Soal ujian")]


def test_repeated_headings_and_the_example_of_the_template_are_passed_over():
    run = checked(table_of(HEADINGS, ROW, HEADINGS, (EXAMPLE, "Contoh")))
    assert len(run.rows) == 1
    assert set(run.passed_over) == {3, 4}


def test_a_cell_merged_over_several_entries_belongs_to_each():
    table = table_of(
        HEADINGS,
        ("1", "Soal", "UU 14/2008", "bocor", "1 tahun"),
        ("2", "Kunci", "", "bocor", ""),
        covered={(2, 2): (1, 2), (2, 4): (1, 4)},
    )
    first, second = entries(table)
    assert (second.legal_basis, second.term) == (first.legal_basis, first.term)


def test_rows_under_a_merged_title_go_on_with_its_entry():
    table = table_of(
        HEADINGS,
        ("1", "Soal", "UU 14/2008", "bocor", "1 tahun"),
        ("", "", "UU 20/2003", "curang", ""),
        ("2", "Kunci", "UU 14/2008", "bocor", "1 tahun"),
        covered={(2, 0): (1, 0), (2, 1): (1, 1), (2, 4): (1, 4)},
    )
    first, second = entries(table)
    assert first.legal_basis == "UU 14/2008\nUU 20/2003"
    assert (first.title, first.term) == ("Soal", "1 tahun")
    assert second.title == "Kunci"


def test_a_merged_title_with_numbers_of_their_own_is_an_entry_each():
    table = table_of(
        HEADINGS,
        ("1", "Soal", "UU 14/2008", "x", "y"),
        ("2", "", "UU 20/2003", "x", "y"),
        covered={(2, 1): (1, 1)},
    )
    assert [(one.number, one.title) for one in entries(table)] == [("1", "Soal"), ("2", "Soal")]


def test_a_row_without_title_is_an_error_unless_it_is_said_to_go_on():
    table = table_of(HEADINGS, ROW, ("", "", "UU 29/2004", "x", ""))
    assert codes_of(checked(table), "errors") == ["title_missing"]
    (joined,) = entries(table, join=True)
    assert joined.legal_basis.endswith("\nUU 29/2004")


def test_what_cannot_be_trusted_is_an_error_at_its_cell():
    odd = {
        (1, 2): Oddity.ERROR_VALUE,
        (1, 3): Oddity.FORMULA_WITHOUT_VALUE,
        (1, 4): Oddity.FORMULA,
    }
    run = checked(table_of(HEADINGS, ROW, odd=odd))
    assert codes_of(run, "errors") == ["cell_error_value", "formula_without_value"]
    assert codes_of(run, "remarks") == ["cell_is_formula"]
    assert [one.place for one in run.rows[0].errors] == ["C2", "D2"]


def test_odd_cells_of_a_column_that_is_left_out_are_let_pass():
    table = table_of((*HEADINGS, "Softcopy"), (*ROW, "#REF!"), odd={(1, 5): Oddity.ERROR_VALUE})
    assert fates(checked(table)) == [Fate.NEW]


@pytest.mark.parametrize(
    "rows",
    [
        [("1", "x" * (LONGEST_CELL + 1), "", "", "")],
        [("1", "Soal", "x" * LONGEST_CELL, "", ""), ("", "", "yy", "", "")],
    ],
)
def test_a_text_too_long_to_be_exported_again_is_an_error(rows):
    run = checked(table_of(HEADINGS, *rows), join=True)
    assert codes_of(run, "errors") == ["text_too_long"]


@pytest.mark.parametrize(
    ("term", "codes"),
    [
        ("46387", ["date_as_number"]),
        ("1000", []),
        ("5 tahun", []),
        ("4638712345", []),
        ("٤٦٣٨٧", []),
    ],
)
def test_a_number_that_may_be_a_lost_date_is_remarked_upon(term, codes):
    assert codes_of(checked(table_of(HEADINGS, (*ROW[:4], term))), "remarks") == codes


def test_agencies_are_known_by_code_and_name_and_the_rest_is_said():
    known = Known(agencies=agency_names([(HEALTH, "dinkes", "Dinas Kesehatan")]))
    headings = ("Informasi", "OPD")
    table = table_of(headings, ("a", "DINKES"), ("b", "dinas  kesehatan"), ("c", "Dinas X"), ("d",))
    run = checked(table, known=known)
    assert [one.agency for one in run.rows] == [HEALTH, HEALTH, None, None]
    assert codes_of(run, "remarks") == ["agency_unknown"]
    assert run.rows[2].remarks[0].place == "B4"

    chosen = checked(table, known=known, agency=STAFF)
    assert [one.agency for one in chosen.rows] == [HEALTH, HEALTH, STAFF, STAFF]
    assert chosen.rows[2].entry.agency == "Dinas X"


def test_what_is_known_already_is_said_and_left_out():
    (old,) = entries(table_of(HEADINGS, ROW))
    table = table_of(
        HEADINGS,
        ROW,
        ("1)", "Yang lain", "", "", ""),
        ("AB23CD45", "Dari register", "", "", ""),
        ("7", "Baru", "", "", ""),
        ("7", "Baru", "", "", ""),
        ("7", "Nomor sama", "", "", ""),
    )
    run = checked(table, known=Known(frozenset({old}), frozenset({"AB23CD45"})))
    assert fates(run) == [
        Fate.KNOWN,
        Fate.NUMBER_KNOWN,
        Fate.IN_REGISTER,
        Fate.NEW,
        Fate.TWICE,
        Fate.NEW,
    ]
    assert all(one.fate.label for one in run.rows)
    assert len(run.of(Fate.NEW)) == 2


def test_a_list_in_word_is_read_like_one_in_excel():
    (in_word,), (in_excel,) = (
        read_file(document([HEADINGS, ROW])),
        read_file(workbook(HEADINGS, ROW)),
    )
    assert entries(in_word) == entries(in_excel)


TEXTS = st.text(max_size=40).map(clean)
HOSTILE = st.sampled_from(
    ["=1+1", "+62", "-", "@SUM(A1)", "'=x", "''", "a\nb", "_x000D_", "a;b", '"', "\t=x", "#REF!"]
    + ["1", "01", "1,5", "TRUE", "31 Desember 2035", "=cmd|' /C calc'!A0", "a\rb", "|-|", "sep=;"]
).map(clean)
NAMES = [field.name for field in fields(LegacyEntry)]
ENTRIES = st.builds(
    lambda title, more: LegacyEntry(**{**more, "title": title}),
    st.one_of(TEXTS, HOSTILE).filter(bool),
    st.dictionaries(st.sampled_from(NAMES), st.one_of(TEXTS, HOSTILE)),
)


@settings(max_examples=120, deadline=None)
@given(st.lists(ENTRIES, min_size=1, max_size=6), st.sampled_from([as_csv, as_xlsx]))
def test_what_is_exported_is_imported_as_the_same_entries(given_entries, write):
    (table,) = read_file(write(given_entries))
    assert entries(table) == given_entries


def test_an_empty_list_is_exported_with_its_headings():
    for write in (as_csv, as_xlsx):
        (table,) = read_file(write([]))
        assert entries(table) == []


@settings(max_examples=60, deadline=None)
@given(st.one_of(TEXTS, HOSTILE))
def test_no_cell_of_an_export_is_taken_for_a_formula(text):
    entry = LegacyEntry(title="x", remark=text)
    cells = list(csv.reader(io.StringIO(as_csv([entry]).decode("utf-8-sig")), delimiter=";"))[1]
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in cells)

    sheet = load_workbook(io.BytesIO(as_xlsx([entry]))).active
    cell = sheet.cell(row=2, column=len(LABELS))
    assert cell.data_type != "f"
    assert cell.quotePrefix is text.startswith(("=", "+", "-", "@", "'"))


def test_an_export_that_was_pasted_is_the_same_too():
    old = [LegacyEntry(number="1.", title="Soal", remark="=1+1")]
    text = as_csv(old).decode("utf-8-sig")
    assert entries(read_text(text)[0]) == old


def test_the_template_can_be_filled_in_and_imported():
    first, second = read_file(template())
    assert (first.name, second.name) == ("Daftar", "Petunjuk")
    run = checked(first)
    assert run.rows == ()
    assert list(run.passed_over) == [2]

    book = load_workbook(io.BytesIO(template()))
    book.active.append(["1.", "Soal ujian"])
    stream = io.BytesIO()
    book.save(stream)
    assert entries(read_file(stream.getvalue())[0]) == [
        LegacyEntry(number="1.", title="Soal ujian")
    ]


def test_the_example_of_the_template_fills_every_column_but_links_and_letters():
    empty = {name for name in NAMES if not getattr(EXAMPLE_ENTRY, name)}
    assert empty == {"document_link", "test", "decree"}
