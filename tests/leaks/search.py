"""Search what left for canaries, in every shape in which one could have left.

All shapes of all canaries are looked for at once: eight bytes of each are known by heart, and every
eight bytes of what is searched are compared with these.
"""

import base64
import gzip
import hashlib
import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pikepdf
import pypdfium2

from leaks.planting import MARK, Canary

HEAD = 8
DIGESTS = ("md5", "sha1", "sha256")
DEEPEST = 4


@dataclass(frozen=True, slots=True)
class Found:
    """A canary, the shape in which it was found, and in which outlet."""

    canary: Canary
    shape: str
    outlet: str

    def __str__(self) -> str:
        return f"{self.canary.place} ({self.shape}) in {self.outlet}"


def shapes(text: str) -> dict[str, bytes]:
    """Return the bytes by which a canary is known in each shape."""
    random = text.removeprefix(MARK)
    plain = random.encode()
    return {
        "plain": plain,
        "lower case": plain.lower(),
        "percent": b"".join(b"%%%02X" % one for one in plain),
        "percent, lower case": b"".join(b"%%%02x" % one for one in plain),
        "HTML, decimal": b"".join(b"&#%d;" % one for one in plain),
        "HTML, hexadecimal": b"".join(b"&#x%x;" % one for one in plain),
        "JSON": b"".join(b"\\u%04x" % one for one in plain),
        "JSON, upper case": b"".join(b"\\u%04X" % one for one in plain),
        "hex": plain.hex().encode(),
        "hex, upper case": plain.hex().upper().encode(),
        "UTF-16": random.encode("utf-16-le"),
        "UTF-16, big end first": random.encode("utf-16-be"),
        "reversed": plain[::-1],
        "reversed, lower case": plain[::-1].lower(),
        "first eight": plain[:HEAD],
        "first eight, lower case": plain[:HEAD].lower(),
        **{f"base64, {skip}": _base64(plain, skip) for skip in range(3)},
        **dict(_digests(text)),
    }


def _base64(plain: bytes, skip: int) -> bytes:
    """Return the letters that stay the same whatever stands around, at one of three alignments."""
    padded = base64.b64encode(b"x" * skip + plain)
    return padded[4 if skip else 0 : -4]


def _digests(text: str) -> Iterator[tuple[str, bytes]]:
    for what, value in (("", text), (" of the random part", text.removeprefix(MARK))):
        for name in DIGESTS:
            made = hashlib.new(name, value.encode(), usedforsecurity=False).digest()
            yield f"{name}{what}", made.hex().encode()
            yield f"{name}{what}, base64", base64.b64encode(made)
            yield f"{name}{what}, bytes", made


class Needles:
    """All shapes of all canaries, by their first eight bytes."""

    def __init__(self, canaries: Iterable[Canary]) -> None:
        self.by_head: dict[bytes, list[tuple[bytes, str, Canary]]] = {}
        for one in canaries:
            for shape, data in shapes(one.text).items():
                self.by_head.setdefault(data[:HEAD], []).append((data, shape, one))

    def found(self, outlets: Mapping[str, bytes]) -> list[Found]:
        """Return each canary that stands in an outlet, once by shape and outlet."""
        hits = {
            (canary, shape, place)
            for place, content in outlets.items()
            for part in unpacked(content)
            for shape, canary in self._in(part)
        }
        return [Found(*one) for one in sorted(hits, key=str)]

    def _in(self, data: bytes) -> Iterator[tuple[str, Canary]]:
        heads = self.by_head
        for line in set(data.split(b"\n")):
            for start in range(len(line) - HEAD + 1):
                known = heads.get(line[start : start + HEAD])
                for needle, shape, canary in known or ():
                    if line.startswith(needle, start):
                        yield shape, canary


def texts_found(found: Iterable[Found]) -> set[str]:
    """Return which canaries were found."""
    return {one.canary.text for one in found}


def unpacked(content: bytes, depth: int = 0) -> Iterator[bytes]:
    """Yield the content and everything that is packed in it: gzip, deflate, ZIP, PDF."""
    yield content
    if depth < DEEPEST:
        for inside in _inside(content):
            yield from unpacked(inside, depth + 1)


def _inside(content: bytes) -> Iterator[bytes]:
    if content.startswith(b"\x1f\x8b"):
        yield gzip.decompress(content)
    elif content[:2] in (b"\x78\x01", b"\x78\x9c", b"\x78\xda"):
        yield zlib.decompress(content)
    elif content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            yield from (package.read(name) for name in package.namelist())
    elif content.startswith(b"%PDF-"):
        yield from _of_pdf(content)


def _of_pdf(content: bytes) -> Iterator[bytes]:
    """Yield every object of a PDF, its streams unpacked, its texts as they are written."""
    with pikepdf.open(io.BytesIO(content)) as document:
        for one in document.objects:
            if isinstance(one, pikepdf.Stream):
                yield one.read_bytes()
            yield one.unparse(resolved=True)
        info = {str(key): str(value) for key, value in document.docinfo.items()}
        with document.open_metadata() as said:
            yield "\n".join([*info.values(), *map(str, said.values())]).encode()
    read = pypdfium2.PdfDocument(content)
    yield "\n".join(page.get_textpage().get_text_bounded() for page in read).encode()


def decoded(content: bytes, encoding: str) -> bytes:
    """Return what was sent with a Content-Encoding, as it was before."""
    match encoding:
        case "":
            return content
        case "gzip":
            return gzip.decompress(content)
        case "deflate":
            return zlib.decompress(content)
    raise AssertionError(f"nothing here unpacks {encoding}")
