"""A PDF as a stranger digs in it: no PDF library, only bytes, inflated where that is possible."""

import re
import zlib

STREAM = re.compile(rb"stream\r?\n")


def everything_in(data: bytes) -> bytes:
    """Return the file, and behind it what each of its streams inflates to, however it is marked."""
    found = [data]
    for begin in STREAM.finditer(data):
        inflating = zlib.decompressobj()
        try:
            found.append(inflating.decompress(data[begin.end() :]))
        except zlib.error:
            continue
    return b"\n".join(found)


def guises(word: str) -> list[bytes]:
    """Return how a word may stand in a file: plain, in UTF-16, as hex digits of either."""
    plain, wide = word.encode("latin-1"), word.encode("utf-16-be")
    return [plain, wide, plain.hex().encode(), wide.hex().encode(), plain.hex().upper().encode()]


def holds(data: bytes, word: str) -> bool:
    """Return whether the word stands anywhere in the file in one of these guises."""
    everything = everything_in(data).lower()
    return any(one.lower() in everything for one in guises(word))


def keys_in(data: bytes) -> set[str]:
    """Return every name that stands in the file outside its streams, as `/Metadata`."""
    bare = re.sub(rb"stream\r?\n.*?endstream", b"", data, flags=re.DOTALL)
    return {one.decode("latin-1") for one in re.findall(rb"/[A-Za-z][A-Za-z0-9]*", bare)}
