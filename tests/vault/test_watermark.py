"""The mark on a copy: on every page, the right way up, whatever the page does before it."""

import io

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from ppid.errors import BadInput
from ppid.vault import watermark
from vault.hostile import jpeg, pdf, png, tiff, with_location

TEXT = (
    "Salinan baca nomor 12 \u2013 Dr. Rina (Arsiparis) \\ \u2013 21 November 2026 pukul 08.15 WIB"
)


@pytest.fixture(autouse=True)
def with_pillow_as_it_was(monkeypatch):
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", Image.MAX_IMAGE_PIXELS)


def marked(data, kind, text=TEXT):
    target = io.BytesIO()
    said = watermark.work(io.BytesIO(data), target, {"kind": kind, "text": text})
    return said["pages"], target.getvalue()


def pages_of(data):
    document = pypdfium2.PdfDocument(data)
    found = [
        (page.get_textpage().get_text_range(), page.render(scale=1).to_pil().convert("L"))
        for page in document
    ]
    document.close()
    return found


def page(content=b"", **values):
    """A change that gives the first page this content and these entries."""

    def change(made):
        first = made.pages[0]
        first.Contents = made.make_stream(b"BT /F1 24 Tf 72 700 Td (Rekam medis) Tj ET" + content)
        for name, value in values.items():
            first.obj[f"/{name}"] = value

    return change


@pytest.mark.parametrize(
    "change",
    [
        None,
        page(b" q 3 0 0 3 900 900 cm"),
        page(b" Q Q Q"),
        page(b" 0 0 0 rg 0 0 0 RG 9 w"),
        page(b"%" + b"x" * (5 << 20)),
    ],
    ids=["plain", "left open", "closed too often", "coloured", "long"],
)
def test_every_page_says_it_whatever_its_content_leaves_behind(change):
    count, data = marked(pdf(change, pages=2), "pdf")

    found = pages_of(data)
    assert count == len(found) == 2
    for text, picture in found:
        assert text.count(TEXT) > 5
        assert "Rekam medis" in text
        assert dark(picture) > dark(blank(picture)) + 500


def blank(picture):
    return Image.new("L", picture.size, 255)


def dark(picture):
    """How many pixels are not white."""
    return sum(picture.histogram()[:250])


@pytest.mark.parametrize("turned", [0, 90, 180, 270, -90])
def test_the_line_at_the_foot_stands_at_the_foot_of_a_turned_page(turned):
    crop = [100, 100, 500, 760]
    _, data = marked(pdf(page(Rotate=turned, CropBox=pikepdf.Array(crop))), "pdf")

    ((_, picture),) = pages_of(data)

    width, height = picture.size
    assert (width < height) is (turned % 180 == 0)
    foot = picture.crop((6, height - 12, width // 2, height))
    assert foot.getextrema()[0] < 100


def test_a_page_turned_by_its_parent_is_seen_so():
    def change(made):
        made.Root.Pages.Rotate = 90

    ((_, picture),) = pages_of(marked(pdf(change), "pdf")[1])
    assert picture.crop((6, picture.height - 12, 300, picture.height)).getextrema()[0] < 100


def test_a_page_without_content_is_marked_too():
    def change(made):
        del made.pages[0].obj["/Contents"]

    ((text, _),) = pages_of(marked(pdf(change), "pdf")[1])
    assert TEXT in text


def test_a_note_on_the_page_does_not_lie_on_the_mark():
    def change(made):
        look = made.make_stream(b"0 0 0 rg 0 0 595 842 re f")
        look.Type, look.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        look.BBox = pikepdf.Array([0, 0, 595, 842])
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Stamp,
            Rect=[0, 0, 595, 842],
            AP=pikepdf.Dictionary(N=look),
        )
        made.pages[0].obj["/Annots"] = pikepdf.Array([made.make_indirect(note)])

    ((_, picture),) = pages_of(marked(pdf(change), "pdf")[1])
    assert len(picture.getcolors(256)) > 20


def test_letters_that_the_font_lacks_do_not_stop_it():
    assert marked(pdf(), "pdf", "Nomor 1 \u2013 \u1b05\u1b06 \n baris")[0] == 1
    assert marked(png((300, 200)), "png", "Nomor 1 \u2013 \u1b05\u1b06")[0] == 1


def in_mode(mode, kind):
    target = io.BytesIO()
    Image.new(mode, (400, 300)).save(target, kind)
    return target.getvalue()


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        *[("png", in_mode(mode, "PNG")) for mode in ("1", "L", "LA", "P", "RGB", "RGBA", "I;16")],
        *[("jpeg", in_mode(mode, "JPEG")) for mode in ("L", "RGB", "CMYK")],
        *[("tiff", in_mode(mode, "TIFF")) for mode in ("1", "L", "RGB", "CMYK")],
    ],
    ids=lambda one: str(one)[:8],
)
def test_a_picture_of_any_kind_is_drawn_on(kind, data):
    count, made = marked(data, kind)

    with Image.open(io.BytesIO(made)) as picture:
        assert (count, picture.format, picture.size) == (1, kind.upper(), (400, 300))
        assert len(picture.convert("RGB").getcolors(1 << 16)) > 5


def test_every_page_of_a_scan_is_drawn_on():
    count, made = marked(tiff(3, (200, 300)), "tiff")
    with Image.open(io.BytesIO(made)) as picture:
        assert (count, picture.n_frames) == (3, 3)
        for number in range(3):
            picture.seek(number)
            assert len(picture.convert("L").getcolors(256)) > 5


def test_what_the_camera_wrote_does_not_leave_with_the_picture():
    assert b"KENARI-KAMERA" in with_location()
    _, made = marked(with_location(), "jpeg")
    assert b"KENARI-KAMERA" not in made


def test_a_picture_that_lies_on_its_side_is_turned_first():
    exif = Image.Exif()
    exif[0x0112] = 6
    target = io.BytesIO()
    Image.new("RGB", (300, 100), "white").save(target, "JPEG", exif=exif)
    with Image.open(io.BytesIO(marked(target.getvalue(), "jpeg")[1])) as picture:
        assert picture.size == (100, 300)


@pytest.mark.parametrize(
    ("kind", "data"),
    [("pdf", b"%PDF-1.4 rusak"), ("png", png()[:40]), ("jpeg", jpeg()[:30]), ("tiff", b"II*\0")],
    ids=["pdf", "png", "jpeg", "tiff"],
)
def test_a_damaged_file_is_told(kind, data):
    with pytest.raises(BadInput) as error:
        marked(data, kind)
    assert error.value.codes == ("file_damaged",)
