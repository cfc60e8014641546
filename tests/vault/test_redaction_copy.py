"""The public copy: what it shows, and that every way to leave something in it is caught."""

import io
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String
from PIL import Image

from ppid.errors import BadInput
from ppid.vault.redaction import checking, copying, pages
from ppid.vault.redaction.checking import between, check
from ppid.vault.redaction.copying import saved
from ppid.vault.redaction.marks import Mark
from ppid.vault.redaction.pages import MOST_PAGES, copy_scale, pages_of
from ppid.vault.redaction.searching import hits, text_under
from vault.covered import LINES, changed, copy_of, listing, marks_on, pdf, photograph, picture

NAME = "Siti Aminah"


def checked(copy, source, marks, **more):
    with pages_of(source) as shown:
        return check(copy, shown, marks, **more)


def leaks(copy, source, marks, **more):
    return {one.code for one in checked(copy, source, marks, **more).leaks}


def remarks(source, marks):
    return [(one.code, one.place) for one in checked(copy_of(source, marks), source, marks).remarks]


@pytest.fixture(scope="module")
def honest():
    """A document of two pages, its marks, and the copy that the program makes."""
    source = pdf(LINES, ("Halaman kedua tidak memuat yang ditutup.",))
    marks = marks_on(source, NAME)
    return source, marks, copy_of(source, marks)


def test_the_copy_shows_everything_but_what_is_marked(honest):
    source, marks, copy = honest

    assert leaks(copy, source, marks) == set()

    with pages_of(copy) as shown, pages_of(source) as before:
        assert len(shown.sizes) == 3
        assert [shown.letters(page) for page in (0, 1)] == [[], []]
        assert "Daftar bagian" in "".join(one.text for one in shown.letters(2))
        box = marks[0].pixels(before.sizes[0], scale=2)
        now, then = (one.picture(0, scale=2).convert("L") for one in (shown, before))
        assert sum(now.crop(box).histogram()[:64]) > sum(then.crop(box).histogram()[:64]) * 2
        beside = (0, box[3] + 2, now.width, now.height)
        assert sum(now.crop(beside).histogram()[:100]) > 500


def test_the_same_marks_give_the_same_bytes(honest):
    source, marks, copy = honest
    assert copy_of(source, marks) == copy


# ---------------------------------------------------------------- ways to leave something in it


def _text(copy):
    page = copy.pages[0].obj
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    page.Resources.Font = Dictionary(F1=font)
    hidden = b" BT 3 Tr /F1 12 Tf 72 700 Td (Siti Aminah) Tj ET"
    page.Contents = Stream(copy, page.Contents.read_bytes() + hidden)


def _annotation(copy):
    note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array([0, 0, 9, 9]), Contents=NAME)
    copy.pages[0].obj.Annots = Array([copy.make_indirect(note)])


def _metadata(copy):
    copy.Root.Metadata = Stream(copy, b"<x:xmpmeta>Siti Aminah</x:xmpmeta>")


def _information(copy):
    copy.docinfo["/Title"] = f"Rekam medis {NAME}"


def _attachment(copy):
    copy.attachments["asli.pdf"] = pdf()


def _thumbnail(copy):
    small = Stream(copy, bytes(100))
    small.Width, small.Height, small.BitsPerComponent = 10, 10, 8
    small.ColorSpace = Name.DeviceGray
    copy.pages[0].obj.Thumb = small


def _spoken(copy):
    element = copy.make_indirect(Dictionary(S=Name.Span, ActualText=String(NAME)))
    copy.Root.StructTreeRoot = Dictionary(Type=Name.StructTreeRoot, K=Array([element]))


def _spoken_in_the_list(copy):
    page = copy.pages[-1].obj
    said = b"/Span <</ActualText (Siti Aminah)>> BDC EMC "
    page.Contents = Stream(copy, said + page.Contents.read_bytes())


def _alternate(copy):
    image = copy.pages[0].obj.Resources.XObject.Page
    other = Stream(copy, image.read_bytes())
    for key in ("/Type", "/Subtype", "/Width", "/Height", "/ColorSpace", "/BitsPerComponent"):
        other[key] = image[key]
    image.Alternates = Array([Dictionary(Image=copy.make_indirect(other))])


def _second_picture(copy):
    xobjects = copy.pages[0].obj.Resources.XObject
    xobjects.Asli = Stream(copy, b"asli")


def _bookmark(copy):
    with copy.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(NAME, 0))


def _label(copy):
    copy.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(P=String(NAME))]))


def _form(copy):
    field = Dictionary(FT=Name.Tx, T=String("nama"), V=String(NAME))
    copy.Root.AcroForm = Dictionary(Fields=Array([copy.make_indirect(field)]))


def _script(copy):
    copy.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def _layer(copy):
    copy.Root.OCProperties = Dictionary(OCGs=Array([]), D=Dictionary())


def _longer_picture(copy):
    image = copy.pages[0].obj.Resources.XObject.Page
    image.write(image.read_bytes() + b"Siti Aminah")


def _other_picture(copy):
    copy.pages[0].obj.Resources.XObject.Page = copy.pages[1].obj.Resources.XObject.Page


def _no_picture(copy):
    del copy.pages[0].obj.Resources.XObject.Page


def _picture_of_another_kind(copy):
    copy.pages[0].obj.Resources.XObject.Page.Subtype = Name.Form


def _private(copy):
    copy.pages[0].obj.PieceInfo = Dictionary(Asli=Dictionary(Private=String(NAME)))


def _said_by_the_content(copy):
    copy.pages[0].obj.Contents.Keterangan = String(NAME)


def _shorter(copy):
    del copy.pages[1:]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (_text, "object_forbidden"),
        (_annotation, "object_forbidden"),
        (_metadata, "object_forbidden"),
        (_information, "object_forbidden"),
        (_attachment, "object_forbidden"),
        (_thumbnail, "object_forbidden"),
        (_spoken, "object_forbidden"),
        (_spoken_in_the_list, "object_forbidden"),
        (_alternate, "object_forbidden"),
        (_second_picture, "object_forbidden"),
        (_bookmark, "object_forbidden"),
        (_label, "object_forbidden"),
        (_form, "object_forbidden"),
        (_script, "object_forbidden"),
        (_layer, "object_forbidden"),
        (_private, "object_forbidden"),
        (_said_by_the_content, "object_forbidden"),
        (_no_picture, "object_forbidden"),
        (_picture_of_another_kind, "object_forbidden"),
        (_longer_picture, "bytes_hidden"),
        (_other_picture, "box_not_black"),
        (_shorter, "pages_missing"),
    ],
    ids=lambda one: getattr(one, "__name__", ""),
)
def test_what_is_left_in_the_objects_is_caught(honest, change, code):
    source, marks, copy = honest
    assert code in leaks(changed(copy, change), source, marks)


def test_a_change_that_leaves_nothing_is_no_leak(honest):
    source, marks, copy = honest
    assert leaks(changed(copy, lambda opened: None), source, marks) == set()


def test_an_earlier_revision_is_caught(honest):
    source, marks, copy = honest
    with Pdf.open(io.BytesIO(copy)) as opened:
        size = int(opened.trailer.Size)
    at = len(copy)
    start = int(copy.rsplit(b"startxref", 1)[1].split()[0])
    new = b"%d 0 obj (Siti Aminah) endobj\n" % size
    table = b"xref\n%d 1\n%010d 00000 n \n" % (size, at)
    trailer = b"trailer << /Root 1 0 R /Size %d /Prev %d >>\n" % (size + 1, start)
    revised = copy + new + table + trailer + b"startxref\n%d\n%%%%EOF\n" % (at + len(new))

    assert leaks(revised, source, marks) >= {"revision_left", "bytes_hidden"}


@pytest.mark.parametrize("extra", [b"Siti Aminah", b"%Siti Aminah\n", b"\0"])
def test_bytes_behind_the_file_are_caught(honest, extra):
    source, marks, copy = honest
    assert "bytes_hidden" in leaks(copy + extra, source, marks)


def test_an_object_that_nothing_refers_to_is_caught(honest):
    source, marks, copy = honest
    with Pdf.open(io.BytesIO(copy)) as opened:
        opened.make_indirect(String(NAME))
        found = checking.foreign_objects(opened, [])
    assert "objek" in " ".join(one.place for one in found)
    spliced = copy.replace(b"\n2 0 obj", b"\n% Siti Aminah\n2 0 obj", 1)
    assert "bytes_hidden" in leaks(spliced, source, marks)


def test_what_is_no_pdf_is_no_copy(honest):
    source, marks, _ = honest
    assert "copy_unreadable" in leaks(b"%PDF-1.7 rusak", source, marks)


def builder(monkeypatch, change):
    """Let the program draw its boxes otherwise."""
    right = copying.covering

    def drawn(own, size, *, scale):
        mask, ink = right(own, size, scale=scale)
        return change(mask, own, size, scale), ink

    monkeypatch.setattr(copying, "covering", drawn)


def _one_pixel_short(mask, own, size, scale):
    for _, one in own:
        left, upper, _, lower = one.pixels(size, scale=scale)
        mask.paste(0, (left, upper, left + 1, lower))
    return mask


def _thin(mask, own, size, scale):
    return mask.point(lambda one: one * 0.97)


def _none(mask, own, size, scale):
    return Image.new("L", mask.size, 0)


@pytest.mark.parametrize("change", [_one_pixel_short, _thin, _none])
def test_a_box_that_does_not_cover_is_caught(honest, monkeypatch, change):
    source, marks, _ = honest
    builder(monkeypatch, change)
    assert leaks(copy_of(source, marks), source, marks) == {"box_not_black"}


def test_a_box_where_nothing_is_marked_is_caught(honest, monkeypatch):
    source, marks, _ = honest

    def more(mask, own, size, scale):
        mask.paste(255, (0, 0, 300, 300))
        return mask

    builder(monkeypatch, more)
    assert leaks(copy_of(source, marks), source, marks) == {"page_differs"}


@pytest.mark.parametrize("line", ["1 ps. 17 h nama Siti Aminah", "1 Si-ti  A m i n a h"])
def test_a_reason_that_says_what_is_closed_is_caught(honest, line):
    source, marks, _ = honest
    copy = copy_of(source, marks, paper=listing(line))
    assert leaks(copy, source, marks) == {"words_left"}


def test_what_the_list_says_of_itself_is_no_leak():
    source = pdf(("Menurut UU 14/2008 hal ini ditutup",))
    marks = marks_on(source, "14/2008")
    copy = copy_of(source, marks, paper=listing("UU 14/2008 ps. 17 h"))

    assert leaks(copy, source, marks) == {"words_left"}
    assert leaks(copy, source, marks, allowed="UU 14/2008 ps. 17 h") == set()


# ------------------------------------------------------------------------------ photographs


@pytest.fixture(scope="module")
def photo():
    source = photograph()
    marks = marks_on(source, NAME)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(copying, "PHOTO_BYTES", 200_000)
        return source, marks, copy_of(source, marks)


def image_on(copy, page):
    return copy.pages[page].obj.Resources.XObject.Page


def test_a_photograph_without_marks_is_kept_small_and_looks_the_same(photo):
    source, marks, copy = photo

    assert leaks(copy, source, marks) == set()
    with Pdf.open(io.BytesIO(copy)) as opened:
        kinds = [image_on(opened, page).Filter for page in (0, 1)]
    assert kinds == [Name.FlateDecode, Name.DCTDecode]


def test_a_marked_photograph_is_exact():
    source = photograph()
    mark = Mark(page=2, left=100, bottom=100, right=300, top=200, ground="ps. 17 a", reason="wajah")
    copy = copy_of(source, [mark])

    assert leaks(copy, source, [mark]) == set()
    with Pdf.open(io.BytesIO(copy)) as opened:
        assert image_on(opened, 1).Filter == Name.FlateDecode


@pytest.mark.parametrize(
    "more", [{"exif": Image.Exif().tobytes()}, {"comment": b"Siti Aminah"}, {"dpi": (9, 9)}, {}]
)
def test_what_a_photograph_carries_beside_its_picture_is_caught(photo, more):
    source, marks, copy = photo

    def carry(opened):
        image = image_on(opened, 1)
        target = io.BytesIO()
        with Image.open(io.BytesIO(image.read_raw_bytes())) as jpeg:
            jpeg.save(target, "JPEG", quality=88, **more)
        tail = b"" if more else b"Siti Aminah"
        image.write(target.getvalue() + tail, filter=Name.DCTDecode)

    plain = more == {"dpi": (9, 9)}
    assert leaks(changed(copy, carry), source, marks) == (set() if plain else {"bytes_hidden"})


def test_another_photograph_is_caught(photo):
    source, marks, copy = photo

    def swap(opened):
        image, target = image_on(opened, 1), io.BytesIO()
        Image.new("RGB", (int(image.Width), int(image.Height)), "black").save(target, "JPEG")
        image.write(target.getvalue(), filter=Name.DCTDecode)

    def shrink(opened):
        image, target = image_on(opened, 1), io.BytesIO()
        Image.new("RGB", (10, 10), "black").save(target, "JPEG")
        image.write(target.getvalue(), filter=Name.DCTDecode)
        image.Width = image.Height = 10

    assert leaks(changed(copy, swap), source, marks) == {"page_differs"}
    assert leaks(changed(copy, shrink), source, marks) == {"page_differs"}


# ------------------------------------------------------------------------------ finding words


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", [None, (30, 150, 400, 330)])
def test_words_are_found_where_they_are_shown_however_the_page_is_turned(turn, crop):
    source = pdf(rotate=turn, crop=crop)
    (mark,) = marks_on(source, NAME)

    with pages_of(source) as shown:
        box = mark.pixels(shown.sizes[0], scale=3)
        picture_of = shown.picture(0, scale=3).convert("L")
        assert text_under(shown, [mark])[0].split() == NAME.split()
    within_box = sum(picture_of.crop(box).histogram()[:128])
    assert within_box > 300
    copy = copy_of(source, [mark])
    assert leaks(copy, source, [mark]) == set()


@pytest.mark.parametrize("words", ["siti aminah", "SITI  AMINAH", "Siti-Aminah", "iti amina"])
def test_capitals_and_spaces_make_no_difference(words):
    assert len(marks_on(pdf(), words)) == 1


def test_words_over_two_lines_have_a_box_in_each():
    source = pdf(("nama pasien: Siti", "Aminah, umur 34"))
    with pages_of(source) as shown:
        found = hits(shown, NAME)
    assert [(one.number, one.page) for one in found] == [(1, 1), (1, 1)]
    assert found[0].bottom > found[1].top - 8


def test_words_that_are_nowhere_and_no_words_are_not_found():
    assert marks_on(pdf(), "Budi") == marks_on(pdf(), " .,") == []


def test_a_search_ends_with_its_five_hundredth_finding():
    assert len(marks_on(pdf(("a " * 300,), ("a " * 300,)), "a")) == 500


def test_the_same_words_that_stay_open_are_remarked():
    source = pdf(LINES, ("Ringkasan: Siti Aminah dirawat",))
    first, second = marks_on(source, NAME)
    assert remarks(source, [first]) == [("words_elsewhere", "halaman 2")]
    assert remarks(source, [first, second]) == []


def test_a_mark_that_cuts_letters_is_remarked():
    source = pdf()
    (whole,) = marks_on(source, NAME)
    half = replace(whole, top=whole.bottom + (whole.top - whole.bottom) * 0.5)
    assert remarks(source, [half]) == [("letters_cut", "halaman 1")]


# -------------------------------------------------------------------------- two public copies


def test_what_was_open_and_is_black_is_told_and_the_opposite_blocks(honest):
    source, marks, copy = honest
    more = [*marks, *marks_on(source, "hipertensi esensial")]
    later = copy_of(source, more)

    closing = between(later, copy, marks=more, older_marks=marks)
    opening = between(copy, later, marks=marks, older_marks=more)

    assert ([one.code for one in closing.leaks], len(closing.remarks)) == ([], 1)
    assert closing.remarks[0].code == "closed_now"
    assert [one.code for one in opening.leaks] == ["opened_now"]
    assert opening.remarks == ()


def test_a_mark_that_is_only_said_counts_as_open(honest):
    source, marks, copy = honest
    more = [*marks, *marks_on(source, "hipertensi esensial")]
    later = copy_of(source, more)
    assert [one.code for one in between(copy, later, marks=more, older_marks=more).leaks] == [
        "opened_now"
    ]


def test_a_page_that_is_gone_was_open_before(honest):
    _, marks, copy = honest
    far = [replace(marks[0], page=9)]
    assert [one.code for one in between(copy, copy, marks=far, older_marks=[]).remarks] == [
        "closed_now"
    ]


# ------------------------------------------------------------------------- what can be covered


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
def test_a_picture_is_a_page(kind):
    source = picture(kind, dpi=(100, 100))
    mark = Mark(page=1, left=30, bottom=60, right=90, top=110, ground="ps. 17 h", reason="wajah")
    with pages_of(source) as shown:
        assert [(round(one.width), round(one.height)) for one in shown.sizes] == [(216, 144)]
        assert shown.letters(0) == hits(shown, "apa saja") == []
    copy = copy_of(source, [mark])
    assert leaks(copy, source, [mark]) == set()
    shown = pypdfium2.PdfDocument(copy)[0].render(scale=1).to_pil().convert("RGB")
    assert shown.getpixel((32, 38)) == (0, 0, 0)
    assert shown.getpixel((50, 90)) == (255, 255, 255)


def test_each_frame_of_a_tiff_is_a_page_and_glass_is_white():
    first, second = Image.new("RGBA", (200, 100), (0, 0, 0, 0)), Image.new("RGBA", (50, 50), "red")
    target = io.BytesIO()
    first.save(target, "TIFF", save_all=True, append_images=[second])
    with pages_of(target.getvalue()) as shown:
        assert [one.in_pixels(1) for one in shown.sizes] == [(96, 48), (24, 24)]
        assert shown.picture(0, scale=1).getpixel((5, 5)) == (255, 255, 255)


def test_a_photograph_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    with pages_of(picture("JPEG", exif=exif.tobytes())) as shown:
        assert shown.sizes[0].height > shown.sizes[0].width


def test_a_very_large_page_has_fewer_pixels():
    with pages_of(pdf(size=(7000, 9000))) as shown:
        wide, high = shown.sizes[0].in_pixels(copy_scale(shown.sizes[0]))
    assert wide * high < 17_000_000


def refused(data):
    with pytest.raises(BadInput) as error, pages_of(data):
        pass
    return error.value.codes


def test_what_cannot_be_shown_is_refused(monkeypatch):
    locked = io.BytesIO()
    with Pdf.open(io.BytesIO(pdf())) as opened:
        opened.save(locked, encryption=pikepdf.Encryption(owner="a", user="b"))
    assert refused(b"PK\x03\x04") == refused(b"%PDF-1.4 rusak") == ("document_unreadable",)
    assert refused(locked.getvalue()) == ("document_locked",)
    monkeypatch.setattr(pages, "MOST_PAGES", 1)
    assert MOST_PAGES == 300
    assert refused(pdf(LINES, LINES)) == ("document_too_long",)
    tiff = io.BytesIO()
    one = Image.new("L", (9, 9))
    one.save(tiff, "TIFF", save_all=True, append_images=[one])
    assert refused(tiff.getvalue()) == ("document_too_long",)


def test_what_a_form_and_a_note_show_is_shown_and_nothing_that_is_hidden():
    with Pdf.open(io.BytesIO(pdf())) as made:
        drawn = Stream(made, b"1 0 0 rg 0 0 100 40 re f")
        drawn.Type, drawn.Subtype = Name.XObject, Name.Form
        drawn.BBox = Array([0, 0, 100, 40])
        for bottom, flags in ((100, 4), (270, 2)):
            note = Dictionary(
                Type=Name.Annot,
                Subtype=Name.Stamp,
                Rect=Array([100, bottom, 200, bottom + 40]),
                F=flags,
                AP=Dictionary(N=drawn),
            )
            annots = made.pages[0].obj.get(Name.Annots, Array())
            made.pages[0].obj.Annots = Array([*annots, made.make_indirect(note)])
        source = saved(made)
    with pages_of(source) as shown:
        seen = shown.picture(0, scale=1)
    assert seen.getpixel((150, 340 - 120)) == (255, 0, 0)
    assert seen.getpixel((150, 340 - 290)) == (255, 255, 255)
