"""The rows of the matrix, from a table whose cells can be told apart, or from running lines."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ppid.sop.transcription.deeds import NO, STARTS, YES
from ppid.sop.transcription.people import named_in
from ppid.sop.transcription.source import MARK, Block, Line, Row, one_line, unruled

COLUMNS = (
    ("no", r"no\.?|nomor"),
    ("kegiatan", r"(?:uraian )?(?:kegiatan|aktivitas|prosedur|langkah|tahapan).*"),
    ("kelengkapan", r"(?:persyaratan|kelengkapan|perlengkapan|bahan)\b.*"),
    ("waktu", r"waktu\b.*"),
    ("output", r"(?:output|keluaran|hasil)\b.*"),
    ("keterangan", r"(?:keterangan|ket)\b\.?"),
)
GROUPS = re.compile(r"(?:pelaksana|mutu baku|pendukung|aktor)\b.*", re.IGNORECASE)
TIMES = re.compile(
    r"\btentatif\b|\bsesuai (?:dengan )?peraturan\s+perundang-?\s*undangan\b|"
    r"\b(?:maks(?:imal|\.)? |paling lama )?\d+ ?(?:x ?24 ?)?(?:\([a-z ]+\) )?"
    r"(?:menit|jam|hari kerja|hari(?! kerja)|minggu|bulan|tahun)\b",
    re.IGNORECASE,
)
SPECKS = re.compile(r"(?<!\S)(?:[^\w\s]+|[A-Za-z])(?!\S)")
"""What a scan makes of symbols and arrows: signs and single letters that stand alone."""

HEAD_WORDS = re.compile(r"kegiatan|kelengkapan|waktu|output", re.IGNORECASE)
FOOT = re.compile(r"^(?:dokumen ini telah|mengetahui|ditetapkan di|disahkan)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """A row as it was read. marks: the columns of performers with something in their cell.

    mixed: whether the columns ran together, so that the texts hold parts of each other.
    """

    activity: str
    tools: tuple[str, ...] = ()
    time: str = ""
    output: tuple[str, ...] = ()
    remark: str = ""
    marks: tuple[int, ...] = ()
    labels: tuple[str, ...] = ()
    mixed: bool = False


@dataclass(frozen=True, slots=True)
class Matrix:
    """The performers' headings, in order, and the rows. sure: whether the headings are verbatim."""

    headings: tuple[str, ...]
    rows: tuple[Found, ...]
    sure: bool


def read_matrix(blocks: Sequence[Block]) -> tuple[tuple[Block, ...], Matrix]:
    """Return what stands above the matrix, and it: a table that has one, otherwise the lines."""
    for place, block in enumerate(blocks):
        if isinstance(block, Row) and _is_head(block):
            found = _of_table([one for one in blocks[place:] if isinstance(one, Row)])
            if found.rows:
                return tuple(blocks[:place]), found
    head = next((at for at, one in enumerate(blocks) if _is_table_head(one)), len(blocks))
    begin = max(head - 1, 0)
    while begin and isinstance(blocks[begin], Line) and GROUPS.match(_text(blocks[begin - 1])):
        begin -= 1
    return tuple(blocks[:begin]), _of_lines([_text(one) for one in blocks[begin:]])


def _is_head(row: Row) -> bool:
    names = {_column(cell) for cell in row.cells}
    return "kegiatan" in names and len(names - {""}) > 1


def _column(cell: str) -> str:
    text = one_line(cell)
    return next((name for name, form in COLUMNS if re.fullmatch(form, text, re.IGNORECASE)), "")


def _of_table(rows: Sequence[Row]) -> Matrix:
    head, *rest = rows
    activity = [_column(cell) for cell in head.cells].index("kegiatan")
    below = rest[0] if rest and not rest[0].cell(activity).strip() else None
    body = rest[1:] if below else rest
    width = max(len(row.cells) for row in rows)
    names = [_heading(head, below, column) for column in range(width)]
    kinds = [_column(name) for name in names]
    people = [at for at in range(activity, width) if not kinds[at] and _is_heading(names[at])]
    people = [at for at in people if at < min(_measured(kinds), default=width)]
    found = [_row(row, kinds, people) for row in body if row.cell(activity).strip()]
    return Matrix(tuple(one_line(names[at]) for at in people), tuple(found), sure=True)


def _heading(head: Row, below: Row | None, column: int) -> str:
    own, under = head.cell(column).strip(), below.cell(column).strip() if below else ""
    return own if _column(own) else under or own


def _is_heading(name: str) -> bool:
    return bool(name) and not GROUPS.fullmatch(name)


def _measured(kinds: Sequence[str]) -> list[int]:
    return [at for at, kind in enumerate(kinds) if kind in ("kelengkapan", "waktu", "output")]


def _row(row: Row, kinds: Sequence[str], people: Sequence[int]) -> Found:
    said = {kind: row.cell(at).strip() for at, kind in enumerate(kinds) if kind}
    drawn = [at for at in people if MARK in row.cell(at)]
    words = " ".join(row.cell(at) for at in people)
    filled = drawn or [at for at in people if NO.sub("", YES.sub("", row.cell(at))).strip()]
    return Found(
        activity=one_line(said["kegiatan"]),
        tools=_parts(said.get("kelengkapan", "")),
        time=one_line(said.get("waktu", "")),
        output=_parts(said.get("output", "")),
        remark=one_line(said.get("keterangan", "")),
        marks=tuple(people.index(at) for at in filled),
        labels=_labels(words),
    )


def _parts(text: str) -> tuple[str, ...]:
    found = (re.sub(r"^(?:\d{1,2}[.)]|[-–•])\s*", "", one) for one in re.split(r"[;\n]", text))
    return tuple(one for one in map(one_line, found) if one and one != "-")


def _labels(text: str) -> tuple[str, ...]:
    return tuple(name for name, form in (("Ya", YES), ("Tidak", NO)) if form.search(text))


def _of_lines(lines: Sequence[str]) -> Matrix:
    """Return rows that begin where a line begins with what is to be done."""
    groups: list[list[str]] = []
    above: list[str] = []
    for line in lines:
        text = unruled(re.sub(r"^\d{1,2}\s*[|\[.]?\s*", "", unruled(line)))
        if FOOT.match(text):
            break
        if STARTS.match(text):
            groups.append([text])
        elif groups:
            groups[-1].append(text)
        else:
            above.append(text)
    return Matrix(tuple(named_in(" ".join(above))), tuple(map(_mixed, groups)), sure=False)


def _is_table_head(block: Block) -> bool:
    return len({one.casefold() for one in HEAD_WORDS.findall(_text(block))}) > 1


def _text(block: Block) -> str:
    return block.text if isinstance(block, Line) else " ".join(block.cells)


def _mixed(lines: Sequence[str]) -> Found:
    """Return a row whose columns ran together: the time is found, the rest stays in its order."""
    whole = one_line(" ".join(lines))
    times = [*TIMES.finditer(whole)]
    time = times[-1] if times else None  # an earlier one belongs to the activity's own words
    rest = f"{whole[: time.start()]}{whole[time.end() :]}" if time else whole
    bare = one_line(SPECKS.sub(" ", NO.sub("", YES.sub("", rest))))
    said = time[0].replace("- ", "-") if time else ""
    return Found(activity=bare, time=said, labels=_labels(rest), mixed=True)
