"""Lay the objects of several PDFs into one file, each under a number of its own.

Only for what Typst writes: one cross-reference table and no object streams. pikepdf can copy from
file to file too, but takes longer over the tags of a long list than Typst over the list itself.

12 0 obj                                    71012 0 obj
<</S/TD/P 200 0 R/K[10]/Pg 8381 0 R>>  ->   <</S/TD/P 71200 0 R/K[10]/Pg 79381 0 R>>
endobj                                      endobj
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ppid.errors import CorruptData, Finding

_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
_TABLE = re.compile(rb"xref\s+0 (\d+)\s+")
_ENTRY = 20
_ROOT = re.compile(rb"/Root (\d+) 0 R")
_NUMBER = re.compile(rb"(\d+)(?= 0 (?:R|obj)\b)")
_CHARACTER = rb"[^()\\]|\\."
_FLAT = rb"\((?:" + _CHARACTER + rb")*\)"
_NESTED = rb"\((?:" + _CHARACTER + rb"|" + _FLAT + rb")*\)"
_TEXT = rb"\((?:" + _CHARACTER + rb"|" + _NESTED + rb")*\)"
_TEXT_OR_NUMBER = re.compile(rb"(" + _TEXT + rb")|(\d+)(?= 0 (?:R|obj)\b)", re.DOTALL)
_MAY_BE_IN_TEXT = re.compile(rb"\\[()]|\([^()]*(?:\(|\d 0 (?:R|obj)\b)")
_STREAM = re.compile(rb">>\s*stream\r?\n")
_OTHERWISE = Finding("pdf_not_of_typst", "Susunan PDF ini lain daripada biasanya.")


@dataclass(frozen=True, slots=True)
class Laid:
    """One file out of several. roots: the number of each one's catalog in it."""

    pdf: bytes
    roots: tuple[int, ...]


def laid_together(parts: Sequence[bytes]) -> Laid:
    """Return the objects of all parts in one file, whose catalog is that of the first.

    Raises CorruptData: `pdf_not_of_typst`.
    """
    pieces, offsets, roots = [parts[0][: parts[0].index(b"1 0 obj")]], [], []
    length, trailer = len(pieces[0]), b""
    for part in parts:
        starts, rest = _objects(part)
        by = len(offsets)
        higher = {b"%d" % one: b"%d" % (one + by) for one in range(len(starts) + 1)}
        for begin, end in zip(starts, [*starts[1:], rest], strict=True):
            piece = part[begin:end] if not by else _shifted(part[begin:end], higher)
            pieces.append(piece)
            offsets.append(length)
            length += len(piece)
        found = _ROOT.search(part, rest)
        roots.append(int(found[1]) + by if found else 0)
        trailer = trailer or part[part.index(b"trailer", rest) : part.rindex(b"startxref")]
    table = b"".join(b"%010d 00000 n\r\n" % one for one in offsets)
    count = len(offsets) + 1
    pieces += [b"xref\n0 %d\n0000000000 65535 f\r\n" % count, table]
    pieces.append(re.sub(rb"/Size \d+", b"/Size %d" % count, trailer))
    pieces.append(b"startxref\n%d\n%%%%EOF" % length)
    return Laid(b"".join(pieces), tuple(roots))


def _objects(pdf: bytes) -> tuple[list[int], int]:
    """Return where each object begins, in the order of their numbers, and where the table does."""
    start = _START.search(pdf)
    table = _TABLE.match(pdf, int(start[1])) if start else None
    if not start or not table:
        raise CorruptData(_OTHERWISE)
    entries = range(table.end() + _ENTRY, table.end() + _ENTRY * int(table[1]), _ENTRY)
    starts = [int(pdf[one : one + 10]) for one in entries if pdf[one + 17 : one + 18] == b"n"]
    if len(starts) < len(entries) or starts != sorted(starts):
        raise CorruptData(_OTHERWISE)
    return starts, int(start[1])


def _shifted(piece: bytes, higher: Mapping[bytes, bytes]) -> bytes:
    """Return an object with its numbers made higher; a stream's own bytes stay."""
    stream = _STREAM.search(piece)
    end = stream.start() if stream else len(piece)
    try:
        return _shifted_words(piece[:end], higher) + piece[end:]
    except KeyError:
        raise CorruptData(_OTHERWISE) from None


def _shifted_words(words: bytes, higher: Mapping[bytes, bytes]) -> bytes:
    if _MAY_BE_IN_TEXT.search(words):
        return _TEXT_OR_NUMBER.sub(lambda one: one[1] or higher[one[2]], words)
    split = _NUMBER.split(words)
    split[1::2] = [higher[one] for one in split[1::2]]
    return b"".join(split)
