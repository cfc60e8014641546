"""The public copy: the pages as pixels with the black boxes, in a new file, and the list behind.

Nothing of the source's file goes into the copy but what its pages look like. The pages of the list
are our own; of them the drawing and the fonts are taken over, no tag and no metadata.
"""

import io
from collections.abc import Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream
from PIL import Image

from ppid.vault.redaction.covering import covering
from ppid.vault.redaction.marks import Mark, PageSize
from ppid.vault.redaction.pages import Pages, copy_scale

PHOTO_BYTES = 1_500_000
"""A page without marks that needs more than this without loss is kept as JPEG."""
JPEG_QUALITY = 88
LANGUAGE = "id"
TAGGING = frozenset({"BDC", "BMC", "EMC", "DP", "MP"})
RESOURCES = ("/Font", "/ColorSpace", "/ExtGState")


def public_copy(pages: Pages, marks: Sequence[Mark], paper: bytes) -> bytes:
    """Return the public copy. paper: the list of what is covered, a PDF of our own press."""
    with Pdf.new() as copy:
        copy.Root.Lang = pikepdf.String(LANGUAGE)
        for page, size in enumerate(pages.sizes):
            own = [(at, one) for at, one in enumerate(marks, start=1) if one.page == page + 1]
            picture = covered(pages, page, own)
            _append(copy, size, drawing(size), _image(copy, picture, exact=bool(own)))
        with Pdf.open(io.BytesIO(paper)) as listed:
            for leaf in listed.pages:
                _append_listed(copy, listed, leaf)
        return written(copy)


def covered(pages: Pages, page: int, own: Sequence[tuple[int, Mark]]) -> Image.Image:
    """Return a page as it stands in the copy, its marks black, in grey if it has no colour."""
    size = pages.sizes[page]
    scale = copy_scale(size)
    picture = pages.picture(page, scale=scale)
    mask, ink = covering(own, size, scale=scale)
    picture.paste(ink.convert("RGB"), mask=mask)
    grey = picture.convert("L")
    return grey if grey.convert("RGB").tobytes() == picture.tobytes() else picture


def written(copy: Pdf) -> bytes:
    """Return the file in the one form that its content has, which `as_written` gives again."""
    return as_written(saved(copy))


def as_written(copy: bytes) -> bytes:
    """Return the file written anew: without earlier revisions and whatever nothing refers to."""
    with Pdf.open(io.BytesIO(copy)) as once:
        return saved(once)


def saved(pdf: Pdf) -> bytes:
    """Return the file as it is written once; its id settles with the second writing."""
    target = io.BytesIO()
    pdf.save(
        target,
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
        compress_streams=True,
        recompress_flate=False,
        fix_metadata_version=False,
    )
    return target.getvalue()


def drawing(size: PageSize) -> bytes:
    """Return what draws the one picture of a page over all of it."""
    return f"q {size.width:.4f} 0 0 {size.height:.4f} 0 0 cm /Page Do Q".encode()


def _append(copy: Pdf, size: PageSize, drawing: bytes, image: Stream) -> None:
    page = Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, round(size.width, 4), round(size.height, 4)]),
        Resources=Dictionary(XObject=Dictionary(Page=image)),
        Contents=Stream(copy, drawing),
    )
    copy.pages.append(pikepdf.Page(copy.make_indirect(page)))


def _image(copy: Pdf, picture: Image.Image, *, exact: bool) -> Stream:
    """Return the picture without loss; as JPEG if it is large and nothing on it is covered."""
    image = Stream(copy, picture.tobytes())
    image.Type, image.Subtype = Name.XObject, Name.Image
    image.Width, image.Height = picture.size
    image.ColorSpace = Name.DeviceGray if picture.mode == "L" else Name.DeviceRGB
    image.BitsPerComponent = 8
    packed = io.BytesIO()
    picture.save(packed, "PNG")
    if not exact and packed.tell() > PHOTO_BYTES:
        small = io.BytesIO()
        picture.save(small, "JPEG", quality=JPEG_QUALITY)
        image.write(small.getvalue(), filter=Name.DCTDecode)
    return image


def _append_listed(copy: Pdf, listed: Pdf, page: pikepdf.Page) -> None:
    """Append a page of the list: what it draws, without the tags that a copy has no tree for."""
    drawn = [one for one in pikepdf.parse_content_stream(page) if str(one.operator) not in TAGGING]
    used = {name: page.obj.Resources[name] for name in RESOURCES if name in page.obj.Resources}
    resources = copy.copy_foreign(listed.make_indirect(Dictionary(used)))
    new = Dictionary(
        Type=Name.Page,
        MediaBox=Array([float(one) for one in page.mediabox]),
        Resources=resources,
        Contents=Stream(copy, pikepdf.unparse_content_stream(drawn)),
    )
    copy.pages.append(pikepdf.Page(copy.make_indirect(new)))
