"""Whether a public copy holds anything of what is closed: a leak is a finding, and blocks.

The copy is judged as a stranger would: from its bytes. What it should look like is drawn from the
source anew; nothing that the making of the copy said is believed.
"""

import io
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import pikepdf
from pikepdf import Name, Pdf
from PIL import Image, ImageChops

from ppid.errors import Finding
from ppid.vault.personal_numbers import personal_numbers
from ppid.vault.redaction.copying import as_written
from ppid.vault.redaction.covering import covering
from ppid.vault.redaction.marks import Mark
from ppid.vault.redaction.objects import foreign_objects, strings_and_streams
from ppid.vault.redaction.pages import Pages, copy_scale, pages_of
from ppid.vault.redaction.searching import cut_letters, text_under, texts
from ppid.vault.redaction.wording import telling, told

OF_A_PERSON = "UU 14/2008 ps. 17 huruf h"
PLAIN_APPS = ["APP0"]
LIKE = 12.0
"""How far a page kept as JPEG may be from its source, on average, of 255."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found. leaks: any of them blocks. remarks: for the officer to look at."""

    leaks: tuple[Finding, ...]
    remarks: tuple[Finding, ...]


def check(copy: bytes, source: Pages, marks: Sequence[Mark], *, allowed: str = "") -> Checked:
    """Return what the copy tells of what is closed, and what the officer should look at.

    allowed: what the list says beside the reasons, which may share words with what is closed.
    """
    closed = text_under(source, marks)
    tell: frozenset[str] = frozenset().union(*map(telling, closed))
    pieces = tell - told(tell, allowed)
    leaks = _in_the_file(copy)
    try:
        with Pdf.open(io.BytesIO(copy)) as opened:
            leaks += _in_the_objects(opened, source, marks, pieces)
    except pikepdf.PdfError:
        text = "Salinan tidak dapat dibaca kembali."
        return Checked((*leaks, Finding("copy_unreadable", text)), ())
    if not leaks:
        leaks += _in_the_text(copy, len(source.sizes), pieces)
    return Checked(tuple(leaks), tuple(_remarks(source, marks, pieces)))


def _in_the_file(copy: bytes) -> list[Finding]:
    """Return what stands in the bytes beside what a reader is shown."""
    found = []
    if copy.count(b"startxref") != 1 or copy.count(b"%%EOF") != 1:
        text = "Salinan memuat lebih dari satu revisi."
        found.append(Finding("revision_left", text))
    try:
        same = as_written(copy) == copy
    except pikepdf.PdfError:
        return found
    if not same:
        text = "Salinan memuat bita yang bukan bagian dari halamannya."
        found.append(Finding("bytes_hidden", text))
    return found


def _in_the_objects(
    copy: Pdf, source: Pages, marks: Sequence[Mark], pieces: Collection[str]
) -> list[Finding]:
    if len(copy.pages) <= len(source.sizes):
        text = "Salinan tidak memuat semua halaman beserta daftarnya."
        return [Finding("pages_missing", text)]
    found = foreign_objects(copy, list(source.sizes))
    if found:
        return found
    if any(told(pieces, text) for text in strings_and_streams(copy.trailer)):
        return [_words_left("objek")]
    for page in range(len(source.sizes)):
        own = [(at, one) for at, one in enumerate(marks, start=1) if one.page == page + 1]
        found += _on_the_page(copy.pages[page].obj.Resources.XObject.Page, source, page, own)
    return found


def _words_left(place: str) -> Finding:
    text = "Kata yang ditutup masih terbaca di dalam salinan atau dalam alasan pada daftarnya."
    hint = "Tulis alasan tanpa menyebut apa yang ditutup."
    return Finding("words_left", text, place, hint)


def _on_the_page(
    image: pikepdf.Object, source: Pages, page: int, own: Sequence[tuple[int, Mark]]
) -> list[Finding]:
    """Return how the picture of a page differs from the source with its marks on it."""
    place = f"halaman {page + 1}"
    scale = copy_scale(source.sizes[page])
    wanted = source.picture(page, scale=scale)
    try:
        picture = _picture(image)
    except (OSError, ValueError):
        return [Finding("bytes_hidden", "Gambar halaman memuat bita yang tidak digambar.", place)]
    if picture.size != wanted.size:
        return [_differs(place)]
    mask, ink = covering(own, source.sizes[page], scale=scale)
    found = []
    beside = ImageChops.difference(picture.convert("RGB"), wanted)
    if own:
        over = ImageChops.difference(picture.convert("RGB"), ink.convert("RGB"))
        if _any(over, mask):
            text = "Ada tanda yang tidak seluruhnya hitam."
            found.append(Finding("box_not_black", text, place))
        if _any(beside, ImageChops.invert(mask)):
            found.append(_differs(place))
    elif _mean(beside) > LIKE:
        found.append(_differs(place))
    return found


def _differs(place: str) -> Finding:
    text = "Halaman salinan berbeda dari halaman dokumennya di luar tanda."
    return Finding("page_differs", text, place)


def _any(difference: Image.Image, mask: Image.Image) -> bool:
    """Return whether any pixel under the mask differs."""
    flat = Image.new("RGB", difference.size)
    flat.paste(difference, mask=mask)
    return flat.getbbox() is not None


def _mean(difference: Image.Image) -> float:
    histogram = difference.convert("L").histogram()
    return sum(value * count for value, count in enumerate(histogram)) / sum(histogram)


def _picture(image: pikepdf.Object) -> Image.Image:
    """Return the picture of a page. Raises ValueError for bytes that draw nothing."""
    size = int(image.Width), int(image.Height)
    mode = "L" if image.ColorSpace == Name.DeviceGray else "RGB"
    if image.get(Name.Filter) != Name.DCTDecode:
        return _exactly(mode, size, image.read_bytes())
    data = image.read_raw_bytes()
    with Image.open(io.BytesIO(data), formats=("JPEG",)) as jpeg:
        if [
            name for name, _ in getattr(jpeg, "applist", ())
        ] != PLAIN_APPS or "comment" in jpeg.info:
            raise ValueError("a JPEG with more than its picture")
        if data.find(b"\xff\xd9") != len(data) - 2:
            raise ValueError("bytes behind the picture")
        return jpeg.convert("RGB")


def _exactly(mode: str, size: tuple[int, int], data: bytes) -> Image.Image:
    if len(data) != size[0] * size[1] * len(mode):
        raise ValueError("more or fewer bytes than pixels")
    return Image.frombytes(mode, size, data)


def _in_the_text(copy: bytes, pages: int, pieces: Collection[str]) -> list[Finding]:
    """Return the pages whose text a reader can copy out, and where that text tells."""
    found = []
    with pages_of(copy) as shown:
        for page in range(len(shown.sizes)):
            text = "".join(one.text for one in shown.letters(page))
            place = f"halaman {page + 1}"
            if page < pages and text:
                found.append(Finding("text_left", "Halaman masih memuat teks.", place))
            if told(pieces, text):
                found.append(_words_left(place))
    return found


def _remarks(source: Pages, marks: Sequence[Mark], pieces: Collection[str]) -> list[Finding]:
    """Return where the same words or a number of a person stay open, and letters half covered."""
    found = []
    for number, text in enumerate(texts(source, marks), start=1):
        if told(pieces, text):
            says = "Kata yang Anda tutup masih terbuka di halaman ini."
            hint = "Cari teksnya, lalu tandai, atau biarkan bila memang terbuka."
            found.append(Finding("words_elsewhere", says, f"halaman {number}", hint))
        for kind in dict.fromkeys(one.kind for one in personal_numbers(text)):
            says = f"{kind} masih terbuka di halaman ini."
            hint = "Tandai nomornya, kecuali bila memang boleh diketahui umum."
            found.append(Finding("number_open", says, f"halaman {number}", hint, OF_A_PERSON))
    for page in cut_letters(source, marks):
        says = "Ada tanda yang memotong huruf: sebagian hurufnya tampak."
        found.append(Finding("letters_cut", says, f"halaman {page}", "Perbesar tandanya."))
    return found


def between(
    copy: bytes, older: bytes, *, marks: Sequence[Mark], older_marks: Sequence[Mark]
) -> Checked:
    """Return what an older public copy showed or closed otherwise, page by page.

    leaks: what was black and is open now. remarks: what was open and is black now.
    """
    with pages_of(copy) as now, pages_of(older) as before:
        opened = [one for one in older_marks if not _is_black(now, one, marks)]
        closed = [one for one in marks if not _is_black(before, one, older_marks)]
    return Checked(
        tuple(_changed("opened_now", "tertutup dan kini terbuka", one) for one in opened),
        tuple(_changed("closed_now", "terbuka dan kini tertutup", one) for one in closed),
    )


def _changed(code: str, how: str, mark: Mark) -> Finding:
    text = f"Bagian yang dalam salinan umum sebelumnya {how}."
    return Finding(code, text, f"halaman {mark.page} ({mark.ground})")


SAMPLES = 24


def _is_black(pages: Pages, mark: Mark, marks: Sequence[Mark]) -> bool:
    """Return whether a place is covered in a copy: by its marks, and to the eye.

    At each point of a grid a mark must lie, and half of the place at least must be dark; a dark
    photograph is no mark, and a mark that is not drawn is none.
    """
    if mark.page > len(pages.sizes):
        return False
    wide, high = mark.right - mark.left, mark.top - mark.bottom
    for column in range(SAMPLES):
        for row in range(SAMPLES):
            x = mark.left + wide * (column + 0.5) / SAMPLES
            y = mark.bottom + high * (row + 0.5) / SAMPLES
            if not any(_holds(one, mark.page, x, y) for one in marks):
                return False
    picture = pages.picture(mark.page - 1, scale=1.0).convert("L")
    part = picture.crop(mark.pixels(pages.sizes[mark.page - 1], scale=1.0))
    histogram = part.histogram()
    return sum(histogram[:128]) * 2 >= sum(histogram)


def _holds(mark: Mark, page: int, x: float, y: float) -> bool:
    return mark.page == page and mark.left <= x <= mark.right and mark.bottom <= y <= mark.top
