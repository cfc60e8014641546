"""Reading lists as offices have them: what is read of odd files, and which files are refused."""

import contextlib
import io
import zipfile
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from office.list_samples import (
    HEADINGS,
    ROW,
    dated,
    document,
    package,
    parts_of,
    with_part,
    workbook,
)
from ppid.errors import BadInput
from ppid.office.list_files import package as packages
from ppid.office.list_files.package import MOST_PARTS
from ppid.office.list_files.reading import read_file, read_text
from ppid.office.list_files.table import (
    LARGEST_FILE,
    MOST_COLUMNS,
    MOST_ROWS,
    Oddity,
    Table,
    clean,
    column_letter,
    place,
)

SHEET = "xl/worksheets/sheet1.xml"
SHARED = "xl/sharedStrings.xml"
BOMB = '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;">]>'


MOMENTS = (datetime(2035, 12, 31), datetime(2035, 1, 2, 14, 5))  # noqa: DTZ001  Excel has no zones


def rows(data):
    (found,) = read_file(data)
    return [list(row) for row in found.rows]


def refused(data):
    with pytest.raises(BadInput) as error:
        read_file(data)
    return error.value.codes


def test_a_workbook_is_read_as_the_texts_that_one_sees():
    assert rows(workbook(HEADINGS, ROW)) == [list(HEADINGS), list(ROW)]


def test_numbers_days_and_truths_are_read_as_an_officer_would_write_them():
    data = workbook((1, 2.0, 2.5, True, False, *MOMENTS))
    assert rows(data) == [
        ["1", "2", "2.5", "Ya", "Tidak", "31 Desember 2035", "2 Januari 2035 pukul 14.05"]
    ]


def test_a_day_kept_as_a_number_with_a_date_format_is_a_day():
    assert rows(dated(49674))[1][4] == "31 Desember 2035"


def test_a_time_of_day_is_read_with_a_full_stop():
    assert rows(workbook((0.5,), formats={"A1": "hh:mm"})) == [["12.00"]]


def test_every_visible_sheet_with_content_is_a_table():
    data = workbook(HEADINGS, sheets=[("Kosong", []), ("Lama", [ROW])])
    book = load_workbook(io.BytesIO(data))
    book.create_sheet("Rahasia").append(["x"])
    book["Rahasia"].sheet_state = "hidden"
    stream = io.BytesIO()
    book.save(stream)

    assert [one.name for one in read_file(stream.getvalue())] == ["Daftar", "Lama"]


def test_a_formula_gives_its_last_result_and_is_never_worked_out():
    data = workbook(("=1+1", "x"))
    sheet = parts_of(data)[SHEET].decode()
    kept = with_part(data, SHEET, sheet.replace("<v/>", "<v>2</v>").replace("<v></v>", "<v>2</v>"))

    (without,), (with_result,) = read_file(data), read_file(kept)

    assert without.odd == {(0, 0): Oddity.FORMULA_WITHOUT_VALUE}
    assert without.text(0, 0) == ""
    assert with_result.odd == {(0, 0): Oddity.FORMULA}
    assert with_result.text(0, 0) == "2"


def test_an_error_of_excel_is_noticed():
    (found,) = read_file(workbook(("#REF!", "x")))
    assert found.odd == {(0, 0): Oddity.ERROR_VALUE}


def test_cells_below_the_first_of_a_merged_range_know_it():
    (found,) = read_file(workbook(("a", "b"), ("", "c"), ("", "d"), merged=["A1:A3"]))
    assert found.covered == {(1, 0): (0, 0), (2, 0): (0, 0)}


def test_a_sheet_that_claims_to_be_huge_is_read_as_far_as_it_goes():
    data = workbook(HEADINGS, ROW)
    sheet = parts_of(data)[SHEET].decode()
    assert '<dimension ref="A1:E2"' in sheet
    lying = with_part(data, SHEET, sheet.replace("A1:E2", "A1:XFD1048576"))
    assert rows(lying) == [list(HEADINGS), list(ROW)]


def test_a_formatted_but_empty_cell_far_below_is_no_row():
    data = workbook(("a",), formats={"C1048576": "0.00"})
    assert rows(data) == [["a"]]


def test_cells_without_a_place_stand_behind_each_other():
    data = workbook(("a", "b"), ("c", "=1"))
    sheet = parts_of(data)[SHEET].decode()
    for reference in ("A1", "B1", "A2", "B2"):
        sheet = sheet.replace(f' r="{reference}"', "")
    (found,) = read_file(with_part(data, SHEET, sheet))
    assert found.odd == {(1, 1): Oddity.FORMULA_WITHOUT_VALUE}
    assert found.text(1, 0) == "c"


def test_carriage_returns_that_excel_wrote_as_codes_are_line_ends():
    assert rows(workbook(("a_x000D_\nb", "_x005F_x000D_")))[0] == ["a\nb", "_x000D_"]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("xl/vbaProject.bin", b"x", "file_has_macros"),
        ("xl/macrosheets/sheet1.xml", b"<a/>", "file_has_macros"),
        ("xl/externalLinks/externalLink1.xml", b"<a/>", "file_has_external_links"),
        ("xl/connections.xml", b"<a/>", "file_has_external_links"),
        ("xl/embeddings/oleObject1.bin", b"x", "file_has_objects"),
        ("xl/activeX/activeX1.xml", b"<a/>", "file_has_objects"),
        ("XL/VBAPROJECT.BIN", b"x", "file_has_macros"),
        ("xl/sharedStrings.xml", BOMB + "<sst/>", "file_has_entities"),
        ("xl/harmless.bin", BOMB + "<a/>", "file_has_entities"),
        ("xl/harmless2.bin", (BOMB + "<a/>").encode("utf-16"), "file_has_entities"),
        ("docProps/app.xml", "<a>", "file_damaged"),
        ("xl/styles.xml", b"", "file_damaged"),
        ("xl/media/large.png", bytes(5_000_000), "file_unpacks_too_large"),
        (
            "xl/worksheets/_rels/sheet1.xml.rels",
            '<a><b TargetMode="External" Type="http://x/attachedTemplate"/></a>',
            "file_has_external_links",
        ),
    ],
)
def test_a_workbook_that_holds_more_than_texts_is_refused(name, content, code):
    assert refused(with_part(workbook(HEADINGS, ROW), name, content)) == (code,)


def test_a_link_in_a_cell_is_text_like_any_other():
    link = '<a><b TargetMode="External" Type="http://x/hyperlink" Target="http://a.example"/></a>'
    data = with_part(workbook(HEADINGS, ROW), "xl/worksheets/_rels/sheet1.xml.rels", link)
    assert len(rows(data)) == 2


def test_entities_in_a_sheet_are_refused_before_they_grow():
    data = workbook(HEADINGS, ROW)
    sheet = parts_of(data)[SHEET].decode()
    head, _, rest = sheet.partition("<worksheet")
    assert refused(with_part(data, SHEET, f"{head}{BOMB}<worksheet{rest}")) == (
        "file_has_entities",
    )


def test_too_many_elements_are_refused(monkeypatch):
    monkeypatch.setattr(packages, "MOST_ELEMENTS", 10)
    assert refused(workbook(HEADINGS, ROW)) == ("file_unpacks_too_large",)


def test_too_many_parts_are_refused():
    assert refused(package({f"p{n}": "" for n in range(MOST_PARTS + 1)})) == ("file_odd",)


def test_two_parts_of_one_name_are_refused():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as zipped:
        zipped.writestr("xl/workbook.xml", "<a/>")
        zipped.writestr("XL/workbook.xml", "<a/>")
    assert refused(stream.getvalue()) == ("file_odd",)


def test_a_locked_package_is_refused_with_the_way_out():
    data = bytearray(workbook(HEADINGS))
    at = data.index(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 1)
    assert refused(bytes(data)) == ("file_locked",)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file_empty"),
        (b" \r\n ", "file_empty"),
        (b"x" * (LARGEST_FILE + 1), "file_too_large"),
        (b"%PDF-1.7 ...", "file_pdf"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "file_old_format"),
        (
            bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"),
            "file_locked",
        ),
        (b"PK\x03\x04 no zip at all", "file_damaged"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "file_unknown"),
        (package({"a.txt": "x"}), "file_unknown"),
        (
            package({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}),
            "file_open_document",
        ),
        (workbook(), "no_table"),
        (document(), "no_table"),
        (b";;;\n;;", "no_table"),
        ((";" * 20_000).encode() + b"x", "too_many_columns"),
        (("x\n" * (MOST_ROWS + 1)).encode(), "too_many_rows"),
        (b'a;b\n"' + b"x" * 200_000, "file_damaged"),
    ],
)
def test_what_is_no_list_is_refused_with_a_sentence(data, code):
    assert refused(data) == (code,)


def test_a_workbook_too_wide_or_too_long_is_refused_before_it_is_read():
    wide = workbook(["x"] * (MOST_COLUMNS + 1))
    far = workbook(("a",), formats={})
    sheet = parts_of(far)[SHEET].decode().replace('r="A1"', f'r="A{MOST_ROWS + 1}"')
    assert refused(wide) == ("too_many_columns",)
    assert refused(with_part(far, SHEET, sheet)) == ("too_many_rows",)


def test_too_much_text_is_refused(monkeypatch):
    monkeypatch.setattr("ppid.office.list_files.table.MOST_TEXT", 10)
    assert refused(workbook(HEADINGS)) == ("too_much_text",)


MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def with_shared(strings, *, number):
    """A workbook whose only cell is the shared string of that number, as Excel writes them."""
    cell = f'<row r="1"><c r="A1" t="s"><v>{number}</v></c></row>'
    sheet = f"<worksheet {MAIN}><sheetData>{cell}</sheetData></worksheet>"
    parts = parts_of(workbook(HEADINGS))
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    override = f'<Override PartName="/{SHARED}" ContentType="{kind}"/></Types>'
    types = parts["[Content_Types].xml"].decode().replace("</Types>", override)
    more = {SHEET: sheet, SHARED: f"<sst {MAIN}>{strings}</sst>", "[Content_Types].xml": types}
    return package(parts | more)


def test_strings_that_are_shared_between_cells_are_read_with_all_their_runs():
    strings = "<si><t>a</t></si><si><r><t>Rekam </t></r><r><t>medis</t></r></si>"
    assert rows(with_shared(strings, number=1)) == [["Rekam medis"]]


def test_a_shared_string_that_is_not_there_is_damage():
    assert refused(with_shared("<si><t>a</t></si>", number=7)) == ("file_damaged",)


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", SHEET])
@pytest.mark.parametrize("content", ["<a/>", '<a><b r="??" Id="1" ref="?"/></a>', "<sheet/>"])
def test_parts_that_do_not_fit_together_are_damage_or_an_empty_list(part, content):
    data = with_part(workbook(HEADINGS, ROW), part, content)
    assert refused(data)[0] in {"file_damaged", "no_table"}


def only_bad_input(data):
    """Read it: what it gives are tables with rows, and what it raises is no other error."""
    with contextlib.suppress(BadInput):
        assert all(one.rows for one in read_file(data))


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_damage_to_a_workbook_gets_past_the_one_kind_of_error(data):
    content = bytearray(WORKBOOK)
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(len(content) // 2, len(content)))
    only_bad_input(bytes(content[:cut]))


WORKBOOK = workbook(HEADINGS, ROW, merged=["A2:B2"])


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400), st.sampled_from([b"", b"PK\x03\x04", b"\xff\xfe", b"a;b\n"]))
def test_no_bytes_get_past_the_one_kind_of_error(content, start):
    only_bad_input(start + content)


@settings(max_examples=150, deadline=None)
@given(
    part=st.sampled_from(["xl/workbook.xml", SHEET, "xl/styles.xml", "xl/_rels/workbook.xml.rels"]),
    at=st.floats(0, 0.99),
    new=st.text('<>/"= abcr159:E!#', max_size=6),
)
def test_no_altered_xml_gets_past_the_one_kind_of_error(part, at, new):
    parts = parts_of(WORKBOOK)
    text = parts[part].decode()
    place = int(at * len(text))
    parts[part] = text[:place] + new + text[place + len(new) :]
    only_bad_input(package(parts))


def csv_rows(text, encoding="utf-8"):
    return rows(text.encode(encoding))


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_the_separator_of_a_csv_is_found(separator):
    text = f"No{separator}Jenis Informasi\n1{separator}Soal, kunci; dan nilai"
    quoted = text.replace("Soal, kunci; dan nilai", '"Soal, kunci; dan nilai"')
    assert csv_rows(quoted) == [["No", "Jenis Informasi"], ["1", "Soal, kunci; dan nilai"]]


def test_commas_in_every_text_do_not_make_a_comma_the_separator():
    text = "No;Informasi;Dasar Hukum\n" + "1;a, b, c, d, e;f, g, h, i\n" * 5
    assert len(csv_rows(text)[1]) == 3


def test_the_line_that_tells_excel_the_separator_is_no_row():
    assert csv_rows("sep=;\na;b\nc;d") == [["a", "b"], ["c", "d"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_encoding_of_a_csv_is_found(encoding):
    assert csv_rows("No;Informasi\n1;“Café” – isi", encoding)[1] == ["1", "“Café” – isi"]


def test_bytes_of_no_encoding_are_refused():
    assert refused(b"\x81\x8d;a\n1;2") == ("file_unknown",)


def test_lines_within_a_cell_stay_lines():
    assert csv_rows('No;Informasi\r\n1;"a\r\nb"') == [["No", "Informasi"], ["1", "a\nb"]]


def test_the_apostrophe_before_a_formula_is_taken_off():
    assert csv_rows("a;b\n'=1+1;'''x") == [["a", "b"], ["=1+1", "''x"]]


def test_a_table_pasted_from_a_spreadsheet_is_read():
    (found,) = read_text('No\tInformasi\n1\t"a\nb"\n')
    assert found.rows == (("No", "Informasi"), ("1", "a\nb"))


def test_a_table_drawn_with_bars_is_read_without_its_borders():
    (found,) = read_text("| No | Informasi |\n|----|:---------|\n| 1 | Soal |")
    assert found.rows == (("No", "Informasi"), ("1", "Soal"))


@pytest.mark.parametrize(
    ("text", "code"), [("", "no_table"), ("a" * (LARGEST_FILE + 1), "file_too_large")]
)
def test_what_was_not_pasted_or_too_long_is_refused(text, code):
    with pytest.raises(BadInput) as error:
        read_text(text)
    assert error.value.codes == (code,)


def test_the_tables_of_a_document_are_read_with_their_lines():
    data = document([("No", "Informasi"), ("1", "Data\npasien")], [("x", "y")])
    first, second = read_file(data)
    assert first.rows == (("No", "Informasi"), ("1", "Data\npasien"))
    assert (second.name, second.rows) == ("Tabel 2", (("x", "y"),))


def test_merged_cells_of_a_document_keep_their_columns():
    span, start, on = (
        f"<w:{one}/>" for one in ('gridSpan w:val="2"', 'vMerge w:val="restart"', "vMerge")
    )
    data = document([("a", ("b", span), "c"), (("d", start), "e", "f", "g"), (("", on), "h")])
    (found,) = read_file(data)
    assert found.rows == (("a", "b", "", "c"), ("d", "e", "f", "g"), ("", "h"))
    assert found.covered == {(2, 0): (1, 0)}


def test_deleted_words_and_a_table_within_a_cell():
    inner = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>dalam</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    deleted = "<w:p><w:del><w:r><w:delText>lama</w:delText></w:r></w:del></w:p>"
    data = document([("a", "b"), ("x", "y")])
    text = parts_of(data)["word/document.xml"].decode()
    text = text.replace("<w:t>y</w:t></w:r></w:p>", f"<w:t>y</w:t></w:r></w:p>{inner}{deleted}")
    (found,) = read_file(with_part(data, "word/document.xml", text))
    assert found.rows[1] == ("x", "y\ndalam")


def test_a_document_cut_short_is_damage():
    data = with_part(document([("a", "b")]), "word/document.xml", "<w:document")
    assert refused(data) == ("file_damaged",)
    odd = document([("a", ("b", '<w:gridSpan w:val="zwei"/>'))])
    assert refused(odd) == ("file_damaged",)


def test_a_document_with_too_many_columns_is_refused():
    wide = document([("a", ("b", '<w:gridSpan w:val="20000"/>'))])
    assert refused(wide) == ("too_many_columns",)


def test_a_table_survives_its_way_through_a_draft():
    found = Table("x", (("a", "b"), ("c",)), {(1, 0): (0, 0)}, {(0, 1): Oddity.FORMULA})
    assert Table.from_data(found.as_data()) == found


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text):
    assert clean(clean(text)) == clean(text)


def test_columns_and_cells_are_called_as_a_spreadsheet_calls_them():
    assert [column_letter(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert place(4, 1) == "B5"
