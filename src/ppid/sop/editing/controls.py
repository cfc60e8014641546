"""A whole SOP as the controls of one form, and back.

A document goes to the browser as names with values and comes back so; what was not touched comes
back as it was. Names: "nama", "tanggal-efektif", "pelaksana-2-nama", "langkah-3-waktu",
"langkah-3-hasil-1-ke".
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, count, takewhile
from typing import Any

from ppid.sop.check import KNOWN_ROLES
from ppid.sop.definition import FINISH, FORMAT
from ppid.sop.editing.document import REMOVED, Document
from ppid.sop.editing.values import (
    ACTION,
    COLUMN,
    DAY,
    EACH_AGENCY,
    LINES,
    MARKED,
    NUMBER,
    NUMBERS,
    TEXT,
    WHEN_TERM_ENDS,
    Kind,
    Sent,
    alike,
    parts,
    single,
    taken,
)
from ppid.sop.fields import is_whole_number
from ppid.sop.transcription.people import slug

HEAD: Mapping[str, Kind] = {
    **dict.fromkeys(("kode", "nama", "instansi", "unit", "nomor"), TEXT),
    **dict.fromkeys(("dasar_hukum", "kualifikasi_pelaksana", "keterkaitan", "peralatan"), LINES),
    **dict.fromkeys(("peringatan", "pencatatan"), LINES),
    "batas": TEXT,
    "catatan": LINES,
}
DATES = dict.fromkeys(("pembuatan", "revisi", "pengesahan", "efektif", "berakhir"), DAY)
APPROVED = dict.fromkeys(("jabatan", "nama", "nip"), TEXT)
PERFORMER: Mapping[str, Kind] = {
    "kode": TEXT,
    "nama": TEXT,
    "kolom": COLUMN,
    "dicatat_oleh": TEXT,
}
ROW: Mapping[str, Kind] = {
    "kegiatan": TEXT,
    "aksi": ACTION,
    "baris": TEXT,
    "kelengkapan": LINES,
    "waktu": TEXT,
    "waktu_sampai": NUMBER,
    "output": LINES,
    "keterangan": TEXT,
    "dasar": TEXT,
    "tunggu": NUMBERS,
    "untuk_setiap": EACH_AGENCY,
    "bukan_pelaku": NUMBERS,
    "pemicu": WHEN_TERM_ENDS,
    "simpulan": TEXT,
}
DECISION = "keputusan"


def controls_of(document: Document) -> dict[str, list[str]]:
    """Return the values of every control, by its name; a control without any has no name."""
    found = _shown(document, HEAD)
    found |= _shown(document.get("tanggal", {}), DATES, prefix="tanggal-")
    found |= _shown(document.get("disahkan", {}), APPROVED, prefix="disahkan-")
    for number, performer in enumerate(document["pelaksana"], start=1):
        prefix = f"pelaksana-{number}-"
        found |= _shown(performer, PERFORMER, prefix=prefix)
        found[f"{prefix}peran"], found[f"{prefix}peran_lain"] = _roles_shown(performer)
    for number, row in enumerate(document["langkah"], start=1):
        found |= _row_shown(row, f"langkah-{number}-")
    return {name: values for name, values in found.items() if values}


def document_with(base: Document, sent: Sent) -> dict[str, Any]:
    """Return the document that a form says. base: the one that the form was made from."""
    found = {"format": base.get("format", FORMAT), "kode": "", "nama": ""} | taken(base, sent, HEAD)
    for key, kinds in (("tanggal", DATES), ("disahkan", APPROVED)):
        table = taken(base.get(key, {}), sent, kinds, prefix=f"{key}-")
        if table:
            found[key] = table
    found["pelaksana"] = [
        _performer(one, sent, f"pelaksana-{number}-")
        for number, one in _numbered(base["pelaksana"], sent, "pelaksana-{}-kode")
    ]
    found["langkah"] = [
        _row(one, sent, f"langkah-{number}-")
        for number, one in _numbered(base["langkah"], sent, "langkah-{}-kegiatan")
    ]
    return found


def outcomes_of(row: Mapping[str, Any]) -> list[tuple[str, str, str, bool]]:
    """Return name, target, further targets and "with a reason" of each outcome of a decision."""
    ways = row.get(DECISION)
    reasons = row.get("alasan", ())
    if not isinstance(ways, Mapping):
        return []
    return [(name, *target_shown(to), name in reasons) for name, to in ways.items()]


def target_shown(value: Any) -> tuple[str, str]:
    """Return a target as its two controls show it: one row, and those at the same time."""
    if isinstance(value, list):
        return (str(value[0]), ", ".join(map(str, value[1:]))) if value else ("", "")
    if value == FINISH:
        return FINISH, ""
    return (str(value) if is_whole_number(value) and value != REMOVED else ""), ""


def _shown(
    table: Mapping[str, Any], kinds: Mapping[str, Kind], *, prefix: str = ""
) -> dict[str, list[str]]:
    return {prefix + key: kind.shown(table.get(key)) for key, kind in kinds.items()}


def _numbered(base: Sequence[Any], sent: Sent, name: str) -> list[tuple[int, Mapping[str, Any]]]:
    """Return the number of each table that the form has, and the one that it was made from."""
    return [(n, base[n - 1] if n <= len(base) else {}) for n in _numbers(sent, name)]


def _numbers(sent: Sent, name: str) -> Iterator[int]:
    """Return 1, 2, 3 ... as long as the form has a control of that name with the number."""
    return takewhile(lambda number: name.format(number) in sent, count(1))


def _roles_shown(performer: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    roles = performer.get("peran", [])
    others = ", ".join(one for one in roles if one not in KNOWN_ROLES)
    return [one for one in roles if one in KNOWN_ROLES], [others]


def _performer(base: Mapping[str, Any], sent: Sent, prefix: str) -> dict[str, Any]:
    found = {"kode": "", "nama": ""} | taken(base, sent, PERFORMER, prefix=prefix)
    known, others = _roles_shown(base)
    got, more = sent.get(f"{prefix}peran", ()), sent.get(f"{prefix}peran_lain", ())
    if sorted(got) == sorted(known) and alike(more or [""], others):
        found["peran"] = list(base.get("peran", []))
    else:
        own = [slug(one) for one in single(more).split(",") if one.strip()]
        found["peran"] = list(dict.fromkeys([*got, *own]))
    return found


def _row_shown(row: Mapping[str, Any], prefix: str) -> dict[str, list[str]]:
    found = _shown(row, ROW, prefix=prefix)
    codes = row.get("pelaksana", [])
    found[f"{prefix}pelaksana"], found[f"{prefix}konfirmasi"] = codes[:1], codes[1:]
    if DECISION not in row:
        to, more = target_shown(row.get("lanjut"))
        found[f"{prefix}lanjut"], found[f"{prefix}lanjut_juga"] = [to], [more]
        return found
    found[f"{prefix}jenis"] = [DECISION]
    for number, (name, to, more, reason) in enumerate(outcomes_of(row), start=1):
        outcome = f"{prefix}hasil-{number}-"
        found |= {f"{outcome}nama": [name], f"{outcome}ke": [to], f"{outcome}juga": [more]}
        found[f"{outcome}alasan"] = [MARKED] if reason else []
    return found


def _row(base: Mapping[str, Any], sent: Sent, prefix: str) -> dict[str, Any]:
    found = {"kegiatan": ""} | taken(base, sent, ROW, prefix=prefix)
    activity = found.pop("kegiatan")
    codes = _codes(base, sent, prefix)
    return {"kegiatan": activity, "pelaksana": codes} | found | _ways(base, sent, prefix)


def _codes(base: Mapping[str, Any], sent: Sent, prefix: str) -> list[str]:
    first = single(sent.get(f"{prefix}pelaksana", ()))
    others = [one for one in sent.get(f"{prefix}konfirmasi", ()) if one != first]
    before = base.get("pelaksana", [])
    if before[:1] == [first] and sorted(before[1:]) == sorted(others):
        return list(before)
    return [first, *others] if first else others


def _ways(base: Mapping[str, Any], sent: Sent, prefix: str) -> dict[str, Any]:
    if single(sent.get(f"{prefix}jenis", ())) != DECISION:
        onward = _target(sent, f"{prefix}lanjut", f"{prefix}lanjut_juga", base.get("lanjut"))
        return {} if onward is None else {"lanjut": onward}
    ways: dict[str, Any] = {}
    reasons: list[str] = []
    before = base.get(DECISION, {})
    for number in _numbers(sent, f"{prefix}hasil-{{}}-nama"):
        outcome = f"{prefix}hasil-{number}-"
        name = single(sent[f"{outcome}nama"])
        if not name:
            continue
        name = _unlike(name, ways)
        to = _target(sent, f"{outcome}ke", f"{outcome}juga", before.get(name))
        ways[name] = REMOVED if to is None else to
        if single(sent.get(f"{outcome}alasan", ())):
            reasons.append(name)
    written = base.get("alasan", [])
    kept = list(written) if sorted(written) == sorted(reasons) else reasons
    return {DECISION: ways} | ({"alasan": kept} if kept else {})


def _unlike(name: str, ways: Mapping[str, Any]) -> str:
    """Return a name that no other outcome of the row has: two would be one in the file."""
    others = (f"{name} {number}" for number in count(2))
    return next(one for one in chain((name,), others) if one not in ways)


def _target(sent: Sent, first: str, more: str, before: Any) -> Any:
    """Return where a way leads, None where nothing is chosen."""
    shown = (single(sent.get(first, ())), single(sent.get(more, ())))
    if before is not None and shown == target_shown(before):
        return before
    to, others = shown
    if to == FINISH:
        return FINISH
    numbers = parts(f"{to},{others}")
    return numbers if len(numbers) > 1 else next(iter(numbers), None)
