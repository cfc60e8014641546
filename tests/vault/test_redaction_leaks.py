"""More ways to leave something in a public copy, and a second reader who knows no PDF library."""

import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from papers.reading import text_of
from ppid.vault.redaction.checking import check
from ppid.vault.redaction.copying import as_written, saved
from ppid.vault.redaction.marks import Mark
from ppid.vault.redaction.pages import pages_of
from vault.covered import LINES, changed, copy_of, listing, marks_on, pdf
from vault.raw_pdf import everything_in, guises, holds, keys_in

NAME = "Siti Aminah"
WORDS = ("Siti", "Aminah", "Siti Aminah")
FORBIDDEN = {
    *("/Annots", "/AcroForm", "/Metadata", "/Outlines", "/Names", "/EmbeddedFiles", "/Thumb"),
    *("/StructTreeRoot", "/ActualText", "/OCProperties", "/PageLabels", "/OpenAction", "/AA"),
    *("/PieceInfo", "/Info", "/Prev", "/Encrypt", "/Alternates", "/SMask", "/JavaScript", "/JS"),
}


@pytest.fixture(scope="module")
def rich():
    """A document that carries its words in every place that a PDF has for them."""
    with Pdf.open(io.BytesIO(pdf(LINES, ("Halaman kedua",)))) as made:
        made.docinfo["/Title"] = NAME
        made.Root.Metadata = Stream(made, f"<x:xmpmeta>{NAME}</x:xmpmeta>".encode())
        made.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(P=String(NAME))]))
        made.Root.Lang = String(NAME)
        made.attachments["asli.txt"] = NAME.encode()
        with made.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem(NAME, 0))
        field = Dictionary(FT=Name.Tx, T=String("nama"), V=String(NAME), TU=String(NAME))
        made.Root.AcroForm = Dictionary(Fields=Array([made.make_indirect(field)]))
        element = Dictionary(S=Name.Span, ActualText=String(NAME), Alt=String(NAME))
        made.Root.StructTreeRoot = Dictionary(K=Array([made.make_indirect(element)]))
        page = made.pages[0].obj
        page.PieceInfo = Dictionary(Asli=Dictionary(Private=String(NAME)))
        note = Dictionary(
            Type=Name.Annot,
            Subtype=Name.Text,
            Rect=Array([0, 0, 9, 9]),
            Contents=String(NAME),
            F=2,
        )
        page.Annots = Array([made.make_indirect(note)])
        source = saved(made)
    marks = marks_on(source, NAME)
    return source, marks, copy_of(source, marks)


def leaks(copy, source, marks):
    with pages_of(source) as shown:
        return {one.code for one in check(copy, shown, marks).leaks}


# ------------------------------------------------------------- a reader without a PDF library


@pytest.mark.parametrize("word", WORDS)
def test_the_digger_finds_the_words_in_the_source_and_not_in_the_copy(rich, word):
    source, _, copy = rich
    assert holds(source, word)
    assert not holds(copy, word)


def test_the_digger_finds_what_is_hidden_in_a_stream_or_in_hex(rich):
    _, _, copy = rich

    def in_a_stream(opened):
        opened.Root.Metadata = Stream(opened, NAME.encode("utf-16-be"))

    def in_hex(opened):
        opened.docinfo["/Title"] = "Siti Aminah \u2013 asli"

    assert holds(changed(copy, in_a_stream), NAME)
    assert holds(changed(copy, in_hex), NAME)
    assert holds(copy + NAME.encode().hex().encode(), NAME)


def test_no_place_of_the_source_is_left_in_the_copy(rich):
    source, _, copy = rich
    assert len(keys_in(source) & FORBIDDEN) >= 10
    assert keys_in(copy) & FORBIDDEN == set()


def test_the_copy_of_a_rich_document_passes_its_own_check(rich):
    source, marks, copy = rich
    assert leaks(copy, source, marks) == set()
    assert NAME not in text_of(copy)


def test_the_source_itself_is_no_copy(rich):
    source, marks, _ = rich
    assert "pages_missing" in leaks(source, source, marks)


def test_the_source_with_the_list_behind_it_is_no_copy(rich):
    source, marks, _ = rich
    with Pdf.open(io.BytesIO(source)) as opened, Pdf.open(io.BytesIO(listing())) as listed:
        opened.pages.extend(listed.pages)
        copy = as_written(saved(opened))
    assert "object_forbidden" in leaks(copy, source, marks)


def test_everything_in_a_file_is_longer_than_the_file_itself(rich):
    _, _, copy = rich
    assert len(everything_in(copy)) > len(copy) * 5
    assert len(set(guises(NAME))) == 5


# ------------------------------------------------------- black rectangles drawn over the text


def test_black_boxes_over_the_text_are_no_copy(rich):
    """The commonest mistake: the text stays beneath a drawn rectangle."""
    source, marks, _ = rich
    with Pdf.open(io.BytesIO(pdf(LINES, ("Halaman kedua",)))) as opened:
        one = marks[0]
        box = f"0 g {one.left} {one.bottom} {one.right - one.left} {one.top - one.bottom} re f"
        page = opened.pages[0].obj
        page.Contents = Stream(opened, page.Contents.read_bytes() + b" " + box.encode())
        with Pdf.open(io.BytesIO(listing())) as listed:
            opened.pages.extend(listed.pages)
            copy = as_written(saved(opened))

    assert NAME in text_of(copy)
    assert "object_forbidden" in leaks(copy, source, marks)


# ------------------------------------------------------------------ more of what may not stand


def image_of(copy):
    return copy.pages[0].obj.Resources.XObject.Page


def _mask(copy):
    image = image_of(copy)
    mask = Stream(copy, bytes(int(image.Width) * int(image.Height)))
    mask.Type, mask.Subtype = Name.XObject, Name.Image
    mask.Width, mask.Height = image.Width, image.Height
    mask.ColorSpace, mask.BitsPerComponent = Name.DeviceGray, 8
    image.SMask = mask


def _image_metadata(copy):
    image_of(copy).Metadata = Stream(copy, NAME.encode())


def _colour_profile(copy):
    profile = Stream(copy, bytes(9))
    profile.N = 1
    image_of(copy).ColorSpace = Array([Name.ICCBased, profile])


def _decoding(copy):
    image_of(copy).Decode = Array([1, 0])


def _turned(copy):
    copy.pages[0].obj.Rotate = 90


def _cropped(copy):
    copy.pages[0].obj.CropBox = Array([0, 0, 10, 10])


def _unit(copy):
    copy.pages[0].obj.UserUnit = 2


def _action_of_the_page(copy):
    copy.pages[1].obj.AA = Dictionary(O=Dictionary(S=Name.JavaScript, JS=String("1")))


def _names(copy):
    copy.Root.Names = Dictionary(Dests=Dictionary(Names=Array([])))


def _reader(copy):
    copy.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)


def _tree(copy):
    copy.Root.Pages.Keterangan = String(NAME)


def _trailer(copy):
    copy.trailer.Asli = String(NAME)


def _picture_in_the_list(copy):
    page = copy.pages[-1].obj
    page.Resources.XObject = Dictionary(Asli=image_of(copy))


def _drawn_in_the_list(copy):
    page = copy.pages[-1].obj
    inline = b" BI /W 1 /H 1 /CS /G /BPC 8 ID \x00 EI"
    page.Contents = Stream(copy, page.Contents.read_bytes() + inline)


def _font_with_a_note(copy):
    font = copy.pages[-1].obj.Resources.Font.f1
    font.Keterangan = String(NAME)


def _two_contents(copy):
    page = copy.pages[0].obj
    page.Contents = Array([page.Contents, Stream(copy, b"% Siti Aminah")])


def _more_drawing(copy):
    page = copy.pages[0].obj
    page.Contents = Stream(copy, page.Contents.read_bytes() + b" % Siti Aminah")


@pytest.mark.parametrize(
    "change",
    [
        _mask,
        _image_metadata,
        _colour_profile,
        _decoding,
        _turned,
        _cropped,
        _unit,
        _action_of_the_page,
        _names,
        _reader,
        _tree,
        _trailer,
        _picture_in_the_list,
        _drawn_in_the_list,
        _font_with_a_note,
        _two_contents,
        _more_drawing,
    ],
    ids=lambda one: one.__name__,
)
def test_whatever_is_not_named_as_allowed_is_caught(rich, change):
    source, marks, copy = rich
    assert leaks(changed(copy, change), source, marks) == {"object_forbidden"}


def test_words_that_the_list_draws_outside_its_page_are_caught(rich):
    source, marks, copy = rich

    def outside(opened):
        page = opened.pages[-1].obj
        far = b" BT /f1 12 Tf 3000 3000 Td (Siti Aminah) Tj ET"
        page.Contents = Stream(opened, page.Contents.read_bytes() + far)

    assert leaks(changed(copy, outside), source, marks) == {"words_left"}


def test_words_that_the_list_draws_one_letter_at_a_time_are_caught(rich):
    source, marks, copy = rich

    def apart(opened):
        page = opened.pages[-1].obj
        letters = b" ".join(b"(%c) Tj 9 0 Td" % one for one in b"SitiAminah")
        drawn = b" BT /f1 12 Tf 20 20 Td " + letters + b" ET"
        page.Contents = Stream(opened, page.Contents.read_bytes() + drawn)

    assert leaks(changed(copy, apart), source, marks) == {"words_left"}


# ------------------------------------------------------------------------- marks that overlap


def test_marks_that_overlap_are_black_together():
    source = pdf()
    whole = marks_on(source, "Pasien Siti Aminah")
    part = marks_on(source, "Aminah lahir")
    marks = [*whole, *part]

    assert leaks(copy_of(source, marks), source, marks) == set()
    assert "box_not_black" in leaks(copy_of(source, whole), source, marks)


def test_a_mark_at_each_edge_of_the_page_is_black_to_the_edge():
    source = pdf()
    edges = [(0, 0, 40, 20), (380, 0, 420, 20), (0, 320, 40, 340), (380, 320, 420, 340)]
    marks = [
        Mark(page=1, left=a, bottom=b, right=c, top=d, ground="ps. 17 a", reason="paraf")
        for a, b, c, d in edges
    ]
    assert leaks(copy_of(source, marks), source, marks) == set()


def test_marks_in_another_order_have_other_numbers_and_so_another_copy():
    source = pdf()
    marks = [*marks_on(source, NAME), *marks_on(source, "hipertensi esensial")]
    turned = list(reversed(marks))
    assert leaks(copy_of(source, turned), source, marks) == {"box_not_black"}
