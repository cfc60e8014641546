"""Documents to be covered in tests, made by hand, and public copies of them."""

import io

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream
from PIL import Image

from ppid.vault.redaction.copying import as_written, public_copy, saved
from ppid.vault.redaction.marks import Mark
from ppid.vault.redaction.pages import pages_of
from ppid.vault.redaction.searching import hits

LINES = (
    "Surat rekam medis nomor 445/1207/RSUD",
    "Pasien: Siti Aminah, lahir 4 Mei 1991",
    "Diagnosis: hipertensi esensial tingkat dua",
    "Biaya perawatan: Rp12.500.000,00",
)


def pdf(*pages, rotate=0, crop=None, top=300, size=(420, 340)) -> bytes:
    """Return a PDF with these lines of text, a tuple a page; rotate and crop as PDF has them."""
    with Pdf.new() as made:
        font = made.make_indirect(
            Dictionary(
                Type=Name.Font,
                Subtype=Name.Type1,
                BaseFont=Name.Helvetica,
                Encoding=Name.WinAnsiEncoding,
            )
        )
        for lines in pages or (LINES,):
            page = Dictionary(
                Type=Name.Page,
                MediaBox=Array([0, 0, *size]),
                Resources=Dictionary(Font=Dictionary(f1=font)),
                Contents=Stream(made, _drawn(lines, top)),
            )
            if rotate:
                page.Rotate = rotate
            if crop:
                page.CropBox = Array(list(crop))
            made.pages.append(pikepdf.Page(made.make_indirect(page)))
        return saved(made)


def _drawn(lines, top) -> bytes:
    rows = (f"({line}) Tj 0 -20 Td".encode("cp1252") for line in lines)
    return b"BT /f1 12 Tf 72 %d Td " % top + b" ".join(rows) + b" ET"


def picture(kind="PNG", *, size=(300, 200), **more) -> bytes:
    """Return a picture with a shape on it."""
    image = Image.new("RGB", size, "white")
    image.paste((200, 30, 30), (40, 40, 120, 90))
    target = io.BytesIO()
    image.save(target, kind, **more)
    return target.getvalue()


def photograph() -> bytes:
    """Return a PDF whose first page has text and whose second is one noisy photograph."""
    with Pdf.open(io.BytesIO(pdf(LINES, ("lampiran foto",)))) as made:
        noise = Image.effect_noise((900, 900), 90).convert("RGB")
        image = Stream(made, noise.tobytes())
        image.Type, image.Subtype = Name.XObject, Name.Image
        image.Width, image.Height = noise.size
        image.ColorSpace, image.BitsPerComponent = Name.DeviceRGB, 8
        second = made.pages[1].obj
        second.Resources.XObject = Dictionary(Foto=image)
        second.Contents = Stream(made, b"q 420 0 0 340 0 0 cm /Foto Do Q")
        return saved(made)


def marks_on(source: bytes, words: str, *, ground="ps. 17 h", reason="data pribadi") -> list[Mark]:
    """Return a mark for each line in which the words stand."""
    with pages_of(source) as pages:
        return [
            Mark(
                page=one.page,
                left=one.left,
                bottom=one.bottom,
                right=one.right,
                top=one.top,
                ground=ground,
                reason=reason,
            )
            for one in hits(pages, words)
        ]


def listing(*lines) -> bytes:
    """Return the list that stands behind a copy."""
    return pdf(("Daftar bagian yang dihitamkan", *(lines or ("1 ps. 17 h data pribadi",))))


def copy_of(source: bytes, marks, *, paper=None) -> bytes:
    """Return the public copy as the program makes it."""
    with pages_of(source) as pages:
        return public_copy(pages, marks, paper or listing())


def changed(copy: bytes, change) -> bytes:
    """Return the copy after a change to its objects, written as clean as the program writes."""
    with Pdf.open(io.BytesIO(copy)) as opened:
        change(opened)
        return as_written(saved(opened))
