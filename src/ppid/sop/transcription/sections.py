"""The lists of the identity block: legal basis, qualifications, links, tools, warnings, records."""

import re
from collections.abc import Iterable, Iterator, Sequence

from ppid.sop.transcription.source import Block, Line, Row, one_line, unruled

HEADINGS = (
    ("dasar_hukum", r"dasar\s+hukum"),
    ("kualifikasi_pelaksana", r"kualifikas\S?\s+pelaksana(?:an)?"),
    ("keterkaitan", r"keterkaitan"),
    ("peralatan", r"peralatan(?:\s*/\s*perlengkapan)?"),
    ("peringatan", r"peringatan"),
    ("pencatatan", r"pencatatan(?:\s+dan\s+pendataan)?"),
)
KEYS = tuple(key for key, _ in HEADINGS)
HEADING = re.compile("|".join(rf"(?P<{key}>\b{text})\s*:?" for key, text in HEADINGS), re.I)
ACT = re.compile(
    r"^(?:undang|uu\b|pp\b|peraturan|permen|perki|perwali|pergub|perbup|perda|kep(?:utusan|gub|men|wali)|"
    r"instruksi|surat edaran)",
    re.IGNORECASE,
)
WARNS = re.compile(r"^(?:apabila|bila|jika|kalau)\b", re.IGNORECASE)
RECORDS = re.compile(r"^(?:disimpan|dicatat|didokumentasikan|direkam)\b", re.IGNORECASE)
LINKED = re.compile(r"^sop\b", re.IGNORECASE)
NUMBER = re.compile(r"^(\d{1,2})\s*[.)]?(?:\s+|$)|^[-–•]\s*")
INLINE = re.compile(r"(?<!\d)(\d{1,2})[.)]\s?(?=[A-Z])")
OPENS = {"dasar_hukum": ACT, "peringatan": WARNS, "keterkaitan": LINKED, "pencatatan": RECORDS}


def headings_of(text: str) -> list[str]:
    """Return the lists whose headings a line holds and nothing else, in their order."""
    found = [at.lastgroup for at in HEADING.finditer(text) if at.lastgroup]
    rest = HEADING.sub("", text).strip(" :|")
    return [] if rest else found


def read_sections(blocks: Sequence[Block]) -> dict[str, list[str]]:
    """Return the items of each list; a list whose heading is missing is missing."""
    found: dict[str, list[str]] = {}
    open_keys: list[str] = []
    lines: list[Line] = []
    columns: dict[int, str] = {}
    for block in blocks:
        if isinstance(block, Row):
            columns = _take_row(found, block, columns)
            continue
        heads = headings_of(block.text)
        if heads and not lines and open_keys and len(heads) == 1:
            open_keys = [*(key for key in open_keys if key not in found), *heads]
        elif heads:
            _settle(found, open_keys, lines)
            open_keys, lines = heads, []
        elif open_keys:
            lines.append(block)
    _settle(found, open_keys, lines)
    return found


def items(text: str) -> list[str]:
    """Return the items of a cell: by line, and by the numbers that run on within a line."""
    numbered = [piece for line in text.splitlines() for piece in _running(line)]
    return [one for one in (one_line(NUMBER.sub("", piece)) for piece in numbered) if one]


def _running(line: str) -> Iterator[str]:
    """Yield the parts of "1. Satu2. Dua": a number counts when it is the next one, or again."""
    last, begin = 0, 0
    for at in INLINE.finditer(line):
        if int(at[1]) in (last, last + 1):
            yield line[begin : at.start()]
            last, begin = int(at[1]), at.start()
    yield line[begin:]


def _take_row(found: dict[str, list[str]], row: Row, columns: dict[int, str]) -> dict[int, str]:
    """Take a row of lists; return which list each column holds in the next row."""
    heads = {place: headings_of(one_line(cell)) for place, cell in enumerate(row.cells)}
    named = {place: keys[0] for place, keys in heads.items() if len(keys) == 1}
    if named:
        return named
    for place, cell in enumerate(row.cells):
        at = HEADING.match(cell)
        key = at.lastgroup if at and cell[at.end() :].strip() else columns.get(place)
        text = cell[at.end() :] if at else cell
        if key and text.strip():
            found.setdefault(key, []).extend(items(text))
    return {}


def _settle(found: dict[str, list[str]], keys: Sequence[str], lines: Iterable[Line]) -> None:
    """Give the lines below one or two headings to their lists."""
    if not keys:
        return
    last: tuple[str, int] | None = None
    for line in lines:
        left, *right = _columns(line.text, keys)
        last = _take_line(found, left, keys, last, gap=line.gap)
        for text in right:  # what goes on in the next line goes on on the left
            _take_line(found, text, keys, None, gap=line.gap)


def _columns(text: str, keys: Sequence[str]) -> list[str]:
    """Return the parts of a line that ran through two columns: at a second number, or a bar."""
    if len(keys) < 2:
        return [text]
    start = NUMBER.match(text)
    again = [at for at in INLINE.finditer(text) if at.start() > 0]
    if start and start[1] and again and int(again[0][1]) <= int(start[1]):
        return [text[: again[0].start()], text[again[0].start() :]]
    return [one for one in text.split(" | ") if one.strip()]


def _take_line(
    found: dict[str, list[str]],
    text: str,
    keys: Sequence[str],
    last: tuple[str, int] | None,
    *,
    gap: bool,
) -> tuple[str, int] | None:
    """Take a line as a new item or as more of the last one; return where it went."""
    bare = unruled(NUMBER.sub("", unruled(text)))
    if not re.search(r"[A-Za-z]{2}", bare):
        return None if NUMBER.match(text) else last
    marked = NUMBER.match(text)
    if last is not None and _numbers_the_last(found, marked, last, bare):
        found[last[0]][last[1]] += f" {bare}"
        return last
    key = _list_of(bare, keys, marked=marked is not None, gap=gap, last=last)
    starts = OPENS.get(key)
    by_words = starts is not None and key != "keterkaitan"
    fresh = bool(starts.match(bare)) if starts and by_words else marked is not None or gap
    if last is not None and last[0] == key and not fresh and not _ended(found[key][last[1]], bare):
        found[key][last[1]] += f" {bare}"
        return last
    rows = found.setdefault(key, [])
    rows.append(bare)
    return (key, len(rows) - 1)


def _numbers_the_last(
    found: dict[str, list[str]], marked: re.Match[str] | None, last: tuple[str, int], text: str
) -> bool:
    """Return whether a number stands beside the middle of an item: a scan puts it there."""
    key, place = last
    starts = OPENS.get(key)
    is_its_number = marked is not None and marked[1] == str(place + 1) and place > 0
    return is_its_number and starts is not None and not starts.match(text)


def _list_of(
    text: str, keys: Sequence[str], *, marked: bool, gap: bool, last: tuple[str, int] | None
) -> str:
    """Return the list that a line belongs to, of those whose headings stand side by side."""
    for key in keys:
        if key in OPENS and OPENS[key].match(text):
            return key
    if last is not None and not marked and not (gap and last[0] == "keterkaitan"):
        return last[0]
    unmarked = [key for key in keys if key not in OPENS]
    return unmarked[-1] if unmarked else keys[0]


def _ended(item: str, text: str) -> bool:
    return item.endswith((".", ";")) and text[:1].isupper()
