"""Look into a text or CSV file: that it is text at all, in which letters, and how wide."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from ppid.errors import BadInput, Finding
from ppid.vault.kinds import Kind
from ppid.vault.traits import Remark, Traits, refused

LINE = 1 << 20
MOST_COLUMNS = 16_384
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
NOT_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
FORMULA = re.compile(rb'(?:^|[,;\t])\s*"?(?:[=@]|[+-][^,;\t\r\n]*\|)')
SEPARATORS = b",;\t"


def traits_of(source: BinaryIO, kind: Kind) -> Traits:
    """Return what is worth knowing of a text. Raises BadInput."""
    remarks = set()
    for line in _lines(source):
        if NOT_TEXT.search(line):
            text = f"Isi berkas ini bukan teks, padahal namanya berakhir .{kind.value}."
            hint = "Unggah dengan jenis yang benar."
            raise BadInput(Finding("kind_differs", text, place="file", hint=hint))
        if kind is Kind.CSV:
            if max(line.count(one) for one in SEPARATORS) >= MOST_COLUMNS:
                raise refused("too_many_columns")
            if FORMULA.search(line):
                remarks.add(Remark.FORMULAS.value)
        if not _is_utf_8(line):
            remarks.add(Remark.ENCODING.value)
    return Traits(remarks=tuple(remarks))


def _lines(source: BinaryIO) -> Iterator[bytes]:
    """Yield the lines as UTF-8 where the file says that it is UTF-16; at most LINE bytes each."""
    wide = source.read(2) in UTF_16
    source.seek(0)
    if not wide:
        yield from iter(lambda: source.readline(LINE), b"")
        return
    yield from (
        part.decode("utf-16", "replace").encode() for part in iter(lambda: source.read(LINE), b"")
    )


def _is_utf_8(line: bytes) -> bool:
    if len(line) >= LINE:
        return True  # cut somewhere, perhaps inside a letter
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True
