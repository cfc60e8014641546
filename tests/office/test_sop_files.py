"""Files that hold an SOP sheet: each kind gives the same sheet, and what is none is refused."""

import io
import json
from pathlib import Path

import pytest

from office.list_samples import package, workbook
from ppid.errors import BadInput
from ppid.office.list_files.table import LARGEST_FILE
from ppid.office.queries.papers.sops import day_of_sop, letterhead_of_sop, sop_sheet
from ppid.office.sop_files.drafting import draft_of_file, work
from ppid.office.sop_files.reading import blocks_of_file
from ppid.papers.apart import press_apart
from ppid.papers.letterhead import PaperSize
from ppid.sop.load import load, loads
from ppid.sop.transcription.draft import draft
from ppid.sop.transcription.source import Line, Row

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ODF = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)


def docx(body):
    return package({"word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>"})


def odt(body):
    text = f"<office:document-content {ODF}><office:body><office:text>{body}"
    return package({"content.xml": f"{text}</office:text></office:body></office:document-content>"})


def word(text, properties=""):
    lines = "".join(f"<w:p><w:r><w:t>{one}</w:t></w:r></w:p>" for one in text.split("\n"))
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{lines}</w:tc>"


def test_a_word_document_gives_paragraphs_and_rows_in_their_order():
    inner = f"<w:tc><w:tbl><w:tr>{word('dalam')}</w:tr></w:tbl></w:tc>"
    wide = word("Pelaksana", '<w:gridSpan w:val="2"/>')
    control = f"<w:sdt><w:sdtContent>{word('isi')}</w:sdtContent></w:sdt>"
    two_lines, tab = word("a\nb"), "<w:t>Nama SOP</w:t><w:tab/><w:t>Contoh</w:t>"
    body = (
        f"<w:p><w:r>{tab}<w:delText>lama</w:delText></w:r></w:p>"
        f"<w:p/><w:p><w:r><w:t>Satu</w:t></w:r></w:p><w:tbl><w:tr>{wide}{two_lines}</w:tr>"
        f"<w:tr>{inner}{control}</w:tr></w:tbl>"
    )
    assert blocks_of_file(docx(body)) == (
        Row(("Nama SOP", "Contoh")),
        Line("Satu", gap=True),
        Row(("Pelaksana", "", "a\nb")),
        Row(("dalam", "isi")),
    )


def test_an_open_document_gives_the_same():
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    body = (
        "<text:h>Nama <text:span>SOP<text:tab/>Contoh</text:span> lagi</text:h><text:p/>"
        "<text:list><text:list-item><text:p>Satu<text:s/>dua</text:p></text:list-item></text:list>"
        "<table:table><table:table-row>"
        '<table:table-cell table:number-columns-spanned="2"><text:p>Pelaksana</text:p>'
        "</table:table-cell><table:covered-table-cell/>"
        f"{cell.format('a<text:line-break/>b')}</table:table-row></table:table>"
    )
    assert blocks_of_file(odt(body)) == (
        Row(("Nama SOP", "Contoh lagi")),
        Line("Satu dua"),
        Row(("Pelaksana", "", "a\nb")),
    )


def test_a_sheet_is_drafted_in_a_process_apart_as_it_would_be_here():
    data = (Path(__file__).parents[1] / "sop" / "sheets" / "typed.txt").read_bytes()
    with io.BytesIO() as target:
        assert work(io.BytesIO(data), target, {"code": "kota"}) == {"guesses": 3}
        here = json.loads(target.getvalue())

    apart = draft_of_file(data, code="kota")

    assert (apart.text, list(apart.remarks)) == (here["text"], here["remarks"])
    assert [list(one) for one in apart.guesses] == here["guesses"]


def test_what_the_process_apart_finds_comes_back_with_its_code():
    with pytest.raises(BadInput) as refused:
        draft_of_file(docx("<w:p/>"), code="kota")
    assert refused.value.codes == ("steps_not_found",)


def test_a_workbook_gives_its_rows():
    assert blocks_of_file(workbook(("Nama SOP", "Contoh"), (None, None), ("No", "Kegiatan"))) == (
        Row(("Nama SOP", "Contoh")),
        Row(("No", "Kegiatan")),
    )


@pytest.mark.parametrize("name", ["bontang", "kalteng", "bali", "pontianak"])
def test_a_printed_sheet_comes_back_as_the_sop_that_it_was_drawn_from(name):
    sop = load(f"sops/{name}.toml")
    paper = sop_sheet(sop, size=PaperSize.A4)
    pdf = press_apart(paper, letterhead_of_sop(sop), on=day_of_sop(sop))

    again = loads(draft(blocks_of_file(pdf), code=name).text, name="draf")

    columns = {one.code for one in sop.columns}
    names = {one.code: one.name for one in (*sop.performers, *again.performers)}

    def said(definition):
        return [
            (
                step.activity,
                [names[code] for code in step.performers if code in columns or definition is again],
                step.time,
                step.requirements,
                step.outputs,
                step.action,
                len(step.outcomes),
            )
            for step in definition.steps
        ]

    assert said(again) == said(sop)
    assert again.name == sop.name
    assert (again.legal_basis, again.warnings) == (sop.legal_basis, sop.warnings)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\xff\xfe\x00", "file_unknown"),
        (b"a\x00b", "file_unknown"),
        (b"x" * (LARGEST_FILE + 1), "file_too_large"),
        (package({"a.txt": "x"}), "file_unknown"),
        (package({"word/document.xml": "<a"}), "file_damaged"),
        (docx(f"<w:p>{' ' * 9_000_000}</w:p>"), "file_unpacks_too_large"),
        (b"%PDF-1.7 rusak", "pdf_damaged"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(data, code):
    with pytest.raises(BadInput) as refused:
        blocks_of_file(data)
    assert refused.value.codes == (code,)


def test_a_scan_without_text_says_what_to_do():
    sizes = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"
    parts = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", sizes]
    objects = "".join(f"{at} 0 obj{part}endobj\n" for at, part in enumerate(parts, 1))
    with pytest.raises(BadInput) as refused:
        blocks_of_file(f"%PDF-1.4\n{objects}trailer<</Root 1 0 R>>".encode())
    assert refused.value.codes == ("pdf_without_text",)
    assert "OCR" in refused.value.findings[0].hint
