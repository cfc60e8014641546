"""The identity block: number, dates, who approved, and the names of the body and of the SOP."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from ppid.sop.transcription.source import Block, Line, Row, one_line

LABELS = (
    ("nomor", r"(?:nomor|no\.?) sop"),
    ("pembuatan", r"(?:tanggal|tgl\.?) pembuatan"),
    ("revisi", r"(?:tanggal|tgl\.?) revisi"),
    ("pengesahan", r"(?:tanggal|tgl\.?) pengesahan"),
    ("efektif", r"(?:tanggal|tgl\.?) (?:efektif|berlaku)"),
    ("disahkan", r"disahkan(?: oleh)?"),
    ("nama", r"(?:nama|judul) sop"),
)
LABEL = re.compile("|".join(rf"^(?P<{key}>{label})\b[ .:]*" for key, label in LABELS), re.I)
BODY = re.compile(r"^(?:PEMERINTAH|KEMENTERIAN|LEMBAGA|UNIVERSITAS|KOMISI)\b.*", re.IGNORECASE)
UNIT = re.compile(r"^(?:D?INAS|B?ADAN|B?IDANG|S?EKSI|S?EKRETARIAT|B?AGIAN|SUB)\b")
"""Written in capitals; a scan may lose the first letter at the edge of the page."""

TITLE = re.compile(r"^(?:diagram alir|standar operasional prosedur)\b", re.IGNORECASE)
MONTHS = (
    *("januari", "februari", "maret", "april", "mei", "juni", "juli"),
    *("agustus", "september", "oktober", "november", "desember"),
)
WORDS = re.compile(rf"(\d{{1,2}})\s+({'|'.join(MONTHS)})\s+(\d{{4}})", re.IGNORECASE)
RANGE = re.compile(
    rf"(\d{{1,2}}\s+(?:{'|'.join(MONTHS)}))\s*(?:\d{{4}}\s*)?(?:[-–—]|s/d|sampai)\s*(.+)", re.I
)
FIGURES = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
NIP = re.compile(r"\bNIP\b[ .:]*([\d ]{18,24})")
RANK = re.compile(r"\s*\b(?:Pembina|Penata|Pengatur|Juru)\b.*$", re.DOTALL)
OFFICE = re.compile(r"^(?:plt\. |plh\. )?(?:kepala|sekretaris|direktur|ketua|asisten|camat)", re.I)


@dataclass(frozen=True, slots=True)
class Identity:
    """What was read of the block; texts verbatim. remarks: what the reader must look at."""

    said: dict[str, str] = field(default_factory=dict)
    dates: dict[str, date | str] = field(default_factory=dict)
    approved: dict[str, str] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)


def read_identity(blocks: Sequence[Block]) -> Identity:
    """Return the identity block as far as it can be read."""
    found = Identity()
    values = _labelled(blocks)
    for key in ("nomor", "nama"):
        if values.get(key):
            found.said[key] = values[key]
    for key in ("pembuatan", "revisi", "pengesahan", "efektif"):
        if values.get(key):
            _take_date(found, key, values[key])
    _take_approval(found, values.get("disahkan", ""))
    _take_names(found, blocks)
    return found


def label_of(text: str) -> str:
    """Return which label of the block a text begins with, "" for none."""
    at = LABEL.match(text)
    return at.lastgroup or "" if at else ""


def day_of(text: str) -> date | str:
    """Return the day that a text names and nothing else; the text where it is no plain day."""
    words, figures = WORDS.fullmatch(text), FIGURES.fullmatch(text)
    try:
        if words:
            return date(int(words[3]), MONTHS.index(words[2].casefold()) + 1, int(words[1]))
        if figures:
            return date(int(figures[3]), int(figures[2]), int(figures[1]))
    except ValueError:
        return text
    return text


def _labelled(blocks: Sequence[Block]) -> dict[str, str]:
    """Return label -> value: what stands after it, or in the cell or line that follows."""
    found: dict[str, str] = {}
    texts = [(text, one) for one in blocks for text in _texts(one)]
    for place, (text, block) in enumerate(texts):
        at = LABEL.match(text)
        if not at or not at.lastgroup or at.lastgroup in found:
            continue
        value = text[at.end() :].strip(" :")
        after = texts[place + 1] if place + 1 < len(texts) else None
        if not value and after and not label_of(after[0]) and _belongs(block, after[1]):
            value = after[0].strip(" :")
        before = texts[place - 1][0] if place else ""
        if at.lastgroup == "disahkan" and not OFFICE.match(value) and OFFICE.match(before):
            value = f"{before} {value}"
        found[at.lastgroup] = one_line(value) if at.lastgroup != "disahkan" else value
    return found


def _belongs(block: Block, after: Block) -> bool:
    return block is after or isinstance(block, Line)


def _texts(block: Block) -> list[str]:
    if isinstance(block, Line):
        return [block.text]
    return [one.lstrip(": ") for one in block.cells if one.strip(" :")]


def _take_date(found: Identity, key: str, text: str) -> None:
    span = RANGE.fullmatch(text) if key == "efektif" else None
    if span is None:
        found.dates[key] = day_of(text)
        return
    last = day_of(span[2].strip())
    year = f" {last.year}" if isinstance(last, date) else ""
    first = day_of(f"{span[1]}{year}")
    if isinstance(first, date) and isinstance(last, date):
        found.dates.update({"efektif": first, "berakhir": last})
    else:
        found.dates[key] = text


def _take_approval(found: Identity, text: str) -> None:
    """Take apart "KEPALA DINAS, NAMA NIP. ...": office, name, number."""
    number = NIP.search(text)
    if number:
        found.approved["nip"] = one_line(number[1])
        text = text[: number.start()]
    parts = [one.strip(" ,") for one in re.split(r"\s{2,}|\n|\t", text.strip()) if one.strip(" ,")]
    if len(parts) == 1 and number and "," in parts[0]:
        parts = [one.strip() for one in parts[0].split(",", 1)]
    if parts:
        found.approved["jabatan"] = parts[0]
    if len(parts) > 1:
        found.approved["nama"] = RANK.sub("", " ".join(parts[1:]))
        found.remarks.append("Batas jabatan dan nama pejabat yang mengesahkan disimpulkan.")


def _take_names(found: Identity, blocks: Sequence[Block]) -> None:
    """Take the body and its units from the lines above the block, the SOP's name if it has none."""
    lines = [one.text for one in blocks if isinstance(one, Line)]
    lines += [text for one in blocks[:12] if isinstance(one, Row) for text in _texts(one)]
    split = [text.strip() for one in lines for text in one.splitlines()]
    bodies = (at for at, one in enumerate(split) if one[:1].isupper() and BODY.fullmatch(one))
    body = next(bodies, None)
    if body is not None:
        found.said["instansi"] = split[body]
        units = [one for one in split[body + 1 : body + 10] if UNIT.match(one) and one.isupper()]
        if units:
            found.said["unit"] = "\n".join(units)
    if "nama" not in found.said:
        title = next((one for one in split if TITLE.match(one)), "")
        if title:
            found.said["nama"] = title
            found.remarks.append("Nama SOP diambil dari judul bagan alirnya.")
