"""The press: what goes in as text comes out as text, on the right paper, in the same bytes."""

import subprocess
import sys
from dataclasses import replace
from datetime import date

import pikepdf
import pypdfium2
import pytest

from papers.reading import faults, inked_margins, page_sizes, text_of
from ppid.errors import BadInput
from ppid.papers.letterhead import Letterhead, PaperSize
from ppid.papers.paper import Paper
from ppid.papers.press import press

ON = date(2026, 3, 2)
HEAD = Letterhead(body="Pemerintah Kota Latihan", unit="Dinas Kominfo", place="Latihan")
COLUMNS = [("No", 0), ("Informasi", 2.0), ("Dasar", 1.0), ("Jangka waktu", 1.0)]
HOSTILE = (
    '#read("/etc/passwd") *tebal* _miring_ $x^2$ <label> @acuan \\ \\u{41} #panic("x") // akhir '
    "/* tutup */ `kode` [isi] {isi} = judul - butir #include \"frame.typ\" 'kutip' ~ <!-- x -->"
)


def listed(*texts, rows=None, **more):
    """A list whose rows hold the texts."""
    if rows is None:
        rows = [[str(place), text, text, text] for place, text in enumerate(texts, start=1)]
    content = {
        "heading": "Daftar informasi",
        "below": "Keadaan pada 2 Maret 2026",
        "day": "2 Maret 2026",
        "columns": COLUMNS,
        "rows": rows,
        "note": "",
        "signers": [{"position": "PPID Utama", "name": "Budi", "nip": "19800101 200501 1 001"}],
    }
    return Paper(template="daftar", title="Daftar", foot="Daftar kita", content=content | more)


def printed(paper, **more):
    return press(paper, replace(HEAD, **more), on=ON)


def test_a_paper_is_made_as_pdf_a_and_pdf_ua():
    assert faults(printed(listed("Satu"))) == set()


def test_the_checks_find_a_file_that_is_no_archive(tmp_path):
    bare = pikepdf.new()
    bare.add_blank_page()
    bare.Root.OutputIntents = pikepdf.Array([pikepdf.Dictionary()])
    bare.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=False)
    bare.Root.MarkInfo = pikepdf.Dictionary(Marked=False)
    bare.save(tmp_path / "bare.pdf")

    found = faults((tmp_path / "bare.pdf").read_bytes())

    assert {"pdfa", "pdfua", "title", "language", "intent", "tags", "parents"} <= found


def test_markup_in_a_text_is_printed_as_it_was_typed():
    text = text_of(printed(listed(HOSTILE)))

    for word in ('#read("/etc/passwd")', "*tebal*", "$x^2$", "\\u{41}", "@acuan", "`kode`"):
        assert word in text.replace(" ", "")
    assert "root:" not in text


@pytest.mark.parametrize("place", ["title", "foot", "mark"])
def test_markup_does_nothing_outside_the_body_either(place):
    assert faults(printed(replace(listed("Satu"), **{place: HOSTILE}))) == set()


def test_markup_in_the_letterhead_is_text():
    text = text_of(printed(listed("Satu"), body="#panic()", unit="*Dinas*", lines=("$1$", "@b")))

    assert "#PANIC() *DINAS* $1$ @b" in text


@pytest.mark.parametrize("size", [PaperSize.A4, PaperSize.F4])
@pytest.mark.parametrize("letter", ["x", "W", "i", "9", "@", "é", "中", "ᬩ", "م", "😀", "/"])
def test_a_word_of_ten_thousand_letters_stays_on_the_paper(size, letter):
    paper = printed(listed(letter * (10_000 if letter.isascii() else 2_000)), size=size)

    assert inked_margins(paper, margin=17) == []
    assert faults(paper) == set()


def test_the_look_at_the_margins_sees_ink():
    assert inked_margins(printed(listed("Satu")), margin=25) == [1]


def test_a_row_longer_than_a_page_goes_on_with_its_head():
    paper = printed(listed("Uraian yang sangat panjang. " * 600))

    assert len(page_sizes(paper)) > 3
    assert text_of(paper).count("Jangka waktu") == len(page_sizes(paper))
    assert text_of(paper).count("sangat panjang.") == 3 * 600


@pytest.mark.parametrize(
    ("size", "millimetres"), [(PaperSize.A4, (297, 210)), (PaperSize.F4, (330, 215))]
)
def test_the_paper_is_the_one_the_office_uses(size, millimetres):
    assert page_sizes(printed(listed("Satu"), size=size)) == [millimetres]


def test_scripts_of_the_islands_are_drawn():
    paper = printed(listed("ᬩᬮᬶ ꦗꦮ ᮞᮥᮔ᮪ᮓ ᨒᨚᨈᨑ ᯅᯖᯂ᯲ مرحبا 😀👨‍👩‍👧 👍🏽"))

    assert faults(paper) == set()
    assert "ꦗꦮ" in text_of(paper)


def test_a_character_without_a_shape_is_printed_as_its_code():
    assert "[U+4E2D]" in text_of(printed(listed("Nama 中")))


def test_the_same_paper_is_the_same_bytes_in_another_process():
    code = (
        "import sys; sys.path[:0] = ['tests']\n"
        "from papers.test_press import listed, printed\n"
        "sys.stdout.buffer.write(printed(listed('Satu')))"
    )

    other = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout

    assert other == printed(listed("Satu"))
    assert other != press(listed("Satu"), HEAD, on=date(2026, 3, 3))


def test_an_empty_list_says_so():
    assert "belum memuat informasi" in text_of(printed(listed(rows=[])))


def test_a_missing_signer_leaves_lines_to_write_on():
    nobody = {"position": "", "name": "", "nip": ""}

    assert "...... NIP" in text_of(printed(listed("Satu", signers=[nobody])))


def test_a_logo_that_is_no_picture_is_a_plain_refusal():
    with pytest.raises(BadInput) as refused:
        printed(listed("Satu"), logo=b"\x89PNG\r\n\x1a\nkosong")
    assert refused.value.codes == ("paper_not_printable",)


def test_a_mark_stands_on_every_page():
    paper = printed(replace(listed("Panjang sekali. " * 400), mark="Internal"))

    assert text_of(paper).count("INTERNAL") == len(page_sizes(paper)) > 1


def pages_of(pdf):
    return [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf)]


@pytest.mark.parametrize("size", PaperSize)
def test_signatures_never_stand_on_a_page_by_themselves(size):
    """Among lists of one row more each there is one whose signatures just do not fit."""
    pages = {}
    for count in range(6, 14):
        rows = [[str(one), f"Baris {one} itu\ndua\ntiga", "x", "y"] for one in range(1, count + 1)]
        pages[count] = pages_of(printed(listed(rows=rows), size=size))

    went_over = [count for count, told in pages.items() if "Budi" not in told[0]]
    assert went_over
    assert len(went_over) < len(pages)
    for count in pages:
        assert f"Baris {count} itu" in pages[count][-1]
        assert "Budi" in pages[count][-1]
        assert sum(told.count(" itu") for told in pages[count]) == count
        assert all("Informasi" in told for told in pages[count])


def test_a_row_that_fits_on_a_page_is_on_one_page():
    text = "\n".join(f"baris {line}" for line in range(1, 11))
    pages = pages_of(printed(listed(*[text] * 9)))

    assert len(pages) > 1
    assert all(told.count("baris 1\r") == told.count("baris 10") for told in pages)


@pytest.mark.parametrize("lines", [40, 200])
def test_a_long_row_before_the_signatures_is_not_cut(lines):
    text = "\n".join(f"baris-{line}-ada" for line in range(1, lines + 1))
    pages = pages_of(printed(listed("Satu", text, "Dua", "Tiga")))

    whole = " ".join(pages)
    assert [whole.count(f"baris-{line}-ada") for line in (1, lines // 2, lines)] == [3, 3, 3]
    assert "Tiga" in pages[-1]
    assert "Budi" in pages[-1]


def minutes_of(members):
    """Minutes of two pieces of information on which so many members spoke."""
    names = [f"Anggota {number}" for number in range(members)]
    said = [{"name": name, "words": "Dikecualikan", "reason": ""} for name in names]
    items = [{"title": title, "advice": f"Suara {title}", "said": said} for title in "AB"]
    content = {
        **dict.fromkeys(("begins", "attendance", "notes"), ""),
        **dict.fromkeys(("weekday", "day", "place", "team", "case", "invited"), "x"),
        "number": "BA/1",
        "draft": False,
        "place-of-office": "Latihan",
        "members": [{"name": name, "position": "Tim", "here": "Hadir"} for name in names],
        "items": items,
        "signers": [{"position": "Ketua", "name": "Budi", "nip": ""}],
    }
    return Paper(
        template="berita_acara", title="Berita acara", foot="Berita acara", content=content
    )


def test_what_a_team_advised_stands_on_the_page_of_its_votes():
    for members in (10, 17, 25):  # of these the head of a table comes to the foot of a page
        with pypdfium2.PdfDocument(printed(minutes_of(members))) as document:
            pages = [page.get_textpage().get_text_bounded() for page in document]
        for title in "AB":
            (page,) = (one for one in pages if f"Suara {title}" in one)
            assert "Anggota 0" in page.split(f"Suara {title}")[1], members
