"""Look into an image file: limits before a pixel is unpacked, then every pixel once."""

import warnings
from collections.abc import Iterator
from typing import Any, BinaryIO

from PIL import ExifTags, Image, ImageSequence

from ppid.vault.kinds import Kind
from ppid.vault.traits import Remark, Traits, refused

MOST_PIXELS, MOST_FRAMES, MOST_PIXELS_IN_ALL = 50_000_000, 500, 600_000_000
FORMATS = {Kind.PNG: "PNG", Kind.JPEG: "JPEG", Kind.TIFF: "TIFF"}
ENDS = {Kind.PNG: b"IEND\xaeB`\x82", Kind.JPEG: b"\xff\xd9"}
TAIL = 1 << 16
GPS = ExifTags.Base.GPSInfo
UNREADABLE = (OSError, SyntaxError, ValueError, TypeError, KeyError, EOFError, IndexError)


def traits_of(source: BinaryIO, kind: Kind) -> Traits:
    """Return what is worth knowing of an image file. Raises BadInput."""
    if kind in ENDS and not _ends_well(source, ENDS[kind]):
        raise refused("file_polyglot")
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            warnings.simplefilter("ignore", UserWarning)
            return _traits(source, kind)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise refused("too_many_pixels") from None
    except UNREADABLE:
        raise refused("file_damaged") from None


def _ends_well(source: BinaryIO, end: bytes) -> bool:
    """Return whether nothing but filling stands behind the end of the image."""
    size = source.seek(0, 2)
    source.seek(max(0, size - TAIL))
    tail = source.read()
    source.seek(0)
    return not tail.rpartition(end)[2].strip(b"\0\r\n\t ") if end in tail else False


def _traits(source: BinaryIO, kind: Kind) -> Traits:
    image = Image.open(source, formats=[FORMATS[kind]])
    frames = getattr(image, "n_frames", 1)
    if frames > MOST_FRAMES:
        raise refused("too_many_pages")
    exif = image.getexif()
    metadata = tuple(_metadata(image, exif))
    pixels = 0
    for frame in ImageSequence.Iterator(image):
        pixels += frame.width * frame.height
        if frame.width * frame.height > MOST_PIXELS or pixels > MOST_PIXELS_IN_ALL:
            raise refused("too_many_pixels")
        frame.load()
    remarks = (Remark.LOCATION.value,) if exif.get_ifd(GPS) else ()
    return Traits(frames, remarks, metadata)


def _metadata(image: Image.Image, exif: Image.Exif) -> Iterator[tuple[str, str]]:
    for number, value in exif.items():
        yield ExifTags.TAGS.get(number, f"EXIF {number}"), _text(value)
    for number, value in exif.get_ifd(ExifTags.Base.ExifOffset).items():
        yield ExifTags.TAGS.get(number, f"EXIF {number}"), _text(value)
    for number, value in exif.get_ifd(GPS).items():
        yield ExifTags.GPSTAGS.get(number, f"GPS {number}"), _text(value)
    for name, value in image.info.items():
        if isinstance(value, str | bytes) and name not in ("icc_profile", "exif", "photoshop"):
            yield str(name), _text(value)


def _text(value: Any) -> str:
    """Return a value as text; bytes that are no text are only counted."""
    if not isinstance(value, bytes):
        return str(value)
    text = value.decode("utf-8", "replace")
    return text if text.isprintable() else f"{len(value)} bita"
