"""Open an SOP file with mistakes: as much of it as the controls of the editor can hold.

What TOML reads may still be of the wrong kind, a number for a name, a text for a list of rows.
Such a value becomes what its control shows, or is left out and said to be; every other mistake
stays where it is, for the editor to show.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ppid.errors import Finding
from ppid.sop.definition import FINISH
from ppid.sop.editing.controls import APPROVED, DATES, DECISION, HEAD, PERFORMER, ROW
from ppid.sop.editing.document import REMOVED, Document, document_of, reading
from ppid.sop.editing.values import COLUMN, DAY, LINES, NUMBER, NUMBERS, Kind
from ppid.sop.fields import is_whole_number
from ppid.sop.load import LARGEST_FILE, read


@dataclass(frozen=True, slots=True)
class Opened:
    """A file in the editor. left_out: the mistakes of the file that its draft has no more."""

    document: Document
    left_out: tuple[Finding, ...]


def opened(content: bytes, *, name: str) -> Opened:
    """Return an SOP file as the editor can show it, however wrong its values are.

    Raises BadInput for what is no TOML at all: `bad_toml` with line and column, as `read` does.
    """
    _, mistakes = read(content, name=name)
    document = _document(document_of(text_of_file(content)))
    still = {(one.code, one.place) for one in reading(document).mistakes}
    gone = (one for one in mistakes if (one.code, one.place) not in still)
    return Opened(document, tuple(gone))


def text_of_file(content: bytes) -> str:
    """Return what a file says, also one that Windows saved in its own letters; "" if it is no text.

    So that what cannot be opened can be shown, put right, and sent again.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    return "" if "\x00" in text or len(content) > LARGEST_FILE else text


def _document(values: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {"format": values.get("format"), "kode": "", "nama": ""}
    found |= _fitted(values, HEAD)
    for key, kinds in (("tanggal", DATES), ("disahkan", APPROVED)):
        if table := _fitted(_table(values.get(key)), kinds):
            found[key] = table
    found["pelaksana"] = [_performer(one) for one in _tables(values.get("pelaksana"))]
    found["langkah"] = [_row(one) for one in _tables(values.get("langkah"))]
    return {key: value for key, value in found.items() if value is not None}


def _performer(table: Mapping[str, Any]) -> dict[str, Any]:
    return {"kode": "", "nama": ""} | _fitted(table, PERFORMER) | {"peran": _texts(table, "peran")}


def _row(table: Mapping[str, Any]) -> dict[str, Any]:
    row = {"kegiatan": ""} | _fitted(table, ROW) | {"pelaksana": _texts(table, "pelaksana")}
    if isinstance(table.get(DECISION), Mapping):
        ways = {name: _target(to) for name, to in table[DECISION].items()}
        row[DECISION] = {name: REMOVED if to is None else to for name, to in ways.items()}
        reasons = [one for one in _texts(table, "alasan") if one in row[DECISION]]
        return row | ({"alasan": reasons} if reasons else {})
    onward = _target(table.get("lanjut"))
    return row if onward is None else row | {"lanjut": onward}


def _target(value: Any) -> Any:
    """Return where a way leads if it can be a way at all: a row, rows, or the end."""
    if isinstance(value, list):
        return [one for one in value if is_whole_number(one)] or None
    return value if value == FINISH or is_whole_number(value) else None


def _fitted(table: Mapping[str, Any], kinds: Mapping[str, Kind]) -> dict[str, Any]:
    found = {key: _fit(kind, table.get(key)) for key, kind in kinds.items()}
    return {key: value for key, value in found.items() if value is not None}


def _fit(kind: Kind, value: Any) -> Any:
    """Return what of the value a control of the kind can show, None for nothing."""
    fits = _FITS.get(kind)
    return fits(value) if fits else _text(value)


def _text(value: Any) -> str | None:
    if isinstance(value, bool | list | Mapping | None):
        return None
    return str(value)


def _lines(value: Any) -> list[str] | None:
    each = value if isinstance(value, list) else [value]
    return [one for one in map(_text, each) if one is not None] or None


def _texts(table: Mapping[str, Any], key: str) -> list[str]:
    return _lines(table.get(key)) or []


def _day(value: Any) -> date | str | None:
    day = value.date() if isinstance(value, datetime) else value
    return day if isinstance(day, date | str) else None


def _number(value: Any) -> int | None:
    return value if is_whole_number(value) else None


def _numbers(value: Any) -> list[int | str] | None:
    each = value if isinstance(value, list) else [value]
    return [one for one in each if is_whole_number(one) or isinstance(one, str)] or None


def _mark(value: Any) -> bool | None:
    return value if isinstance(value, bool) else None


_FITS: Mapping[Kind, Callable[[Any], Any]] = {
    LINES: _lines,
    DAY: _day,
    NUMBER: _number,
    NUMBERS: _numbers,
    COLUMN: _mark,
}


def _table(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _tables(value: Any) -> list[Mapping[str, Any]]:
    each = value if isinstance(value, list) else [value]
    return [one for one in each if isinstance(one, Mapping)]
