"""The draft: performers, steps and lists of a sheet as an SOP file that loads, with its guesses."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from ppid.errors import BadInput, Finding
from ppid.sop.definition import Action
from ppid.sop.transcription.deeds import TESTS, action_of, handed_to
from ppid.sop.transcription.identity import read_identity
from ppid.sop.transcription.people import Person, mentioned, person
from ppid.sop.transcription.rows import Found, Matrix, read_matrix
from ppid.sop.transcription.sections import KEYS, read_sections
from ppid.sop.transcription.source import Block
from ppid.sop.transcription.writing import written

NAMELESS = "SOP tanpa nama"
LIST_WORDS = {
    "dasar_hukum": "dasar hukum",
    "kualifikasi_pelaksana": "kualifikasi pelaksana",
    "keterkaitan": "keterkaitan",
    "peralatan": "peralatan",
    "peringatan": "peringatan",
    "pencatatan": "pencatatan",
}
USUAL = {
    Action.COLLECT: ("petugas_ppid", "pejabat_bidang", "ppid_utama", "ppid_pelaksana"),
    Action.TEST: ("ppid_pelaksana", "petugas_ppid", "ppid_utama"),
    Action.CONSIDER: ("tim_pertimbangan",),
    Action.APPROVE: ("tim_pertimbangan", "atasan_ppid", "pimpinan_badan_publik", "ppid_utama"),
    Action.CLASSIFY: ("ppid_utama", "petugas_ppid"),
    Action.DETERMINE: ("atasan_ppid", "ppid_utama"),
    Action.OPEN: ("tim_pertimbangan", "ppid_utama"),
    Action.ARCHIVE: ("arsiparis", "petugas_ppid", "ppid_utama"),
    Action.PUBLISH: ("petugas_ppid", "ppid_utama"),
}
"""Who usually does it, where the sheet does not show who: the first of these that has a column."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft. text: the SOP file; remarks and guesses: what to look at, which the file says too.

    guesses: number of a step, and what was worked out for it.
    """

    text: str
    remarks: tuple[str, ...]
    guesses: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class _Steps:
    """The steps while they are worked out."""

    people: tuple[Person, ...]
    rows: tuple[Found, ...]
    said: list[dict[str, Any]] = field(default_factory=list)


def draft(blocks: Sequence[Block], *, code: str) -> Draft:
    """Return a draft of the SOP file for a sheet. code: its `kode`.

    Raises BadInput (steps_not_found) where no row of a matrix can be made out.
    """
    above, matrix = read_matrix(blocks)
    if not matrix.rows:
        text = "Tidak ada baris kegiatan yang terbaca."
        hint = "Salin bagan alirnya ke tabel dengan kolom No, Kegiatan, pelaksana, Waktu, Output."
        raise BadInput(Finding("steps_not_found", text, place="berkas", hint=hint))
    identity, lists = read_identity(above), read_sections(above)
    people = _people(matrix)
    remarks = [*identity.remarks, *_remarks(matrix, lists)]
    table: dict[str, Any] = {"format": 1, "kode": code, "nama": NAMELESS} | identity.said
    if table["nama"] == NAMELESS:
        remarks.append("Nama SOP tidak terbaca.")
    table |= {key: lists[key] for key in KEYS if lists.get(key)}
    if remarks:
        table["catatan"] = remarks
    table |= {"tanggal": identity.dates, "disahkan": identity.approved}
    table["pelaksana"] = [
        {"kode": one.code, "nama": one.name, "peran": list(one.roles)} for one in people
    ]
    table["langkah"] = steps = _steps(_Steps(people, matrix.rows))
    guesses = [(at, one["simpulan"]) for at, one in enumerate(steps, 1) if "simpulan" in one]
    return Draft(written(table), tuple(remarks), tuple(guesses))


def _people(matrix: Matrix) -> tuple[Person, ...]:
    taken: set[str] = set()
    names = matrix.headings or ("Petugas PPID",)
    guessed = not matrix.sure
    return tuple(person(name, taken=taken, guessed=guessed) for name in names)


def _remarks(matrix: Matrix, lists: dict[str, list[str]]) -> list[str]:
    found = []
    if not matrix.headings:
        found.append("Kolom pelaksana tidak terbaca; semua langkah diberi satu pelaksana.")
    elif not matrix.sure:
        found.append("Judul kolom pelaksana dicari dari kata-kata di kepala tabel; periksa.")
    if any(row.mixed for row in matrix.rows):
        found.append(
            "Kolom tabel pada sumber tidak terpisah: kegiatan, kelengkapan, dan output tercampur."
        )
    missing = [LIST_WORDS[key] for key in KEYS if not lists.get(key)]
    if missing:
        found.append(f"Tidak terbaca atau kosong: {', '.join(missing)}.")
    return found


def _steps(work: _Steps) -> list[dict[str, Any]]:
    for number, row in enumerate(work.rows, start=1):
        guesses: list[str] = []
        codes = _performers(work, number, row, guesses)
        step = {"kegiatan": row.activity, "pelaksana": codes}
        action = _action(work, row, codes)
        step["aksi"] = action.value
        step |= {
            key: value
            for key, value in (
                ("kelengkapan", list(row.tools)),
                ("waktu", row.time),
                ("output", list(row.output)),
                ("keterangan", row.remark),
            )
            if value
        }
        _branch(work, number, row, action, step, guesses)
        if row.mixed:
            guesses.append("Pisahkan kegiatan, kelengkapan, dan output.")
        if guesses:
            step["simpulan"] = " ".join(guesses)
        work.said.append(step)
    return work.said


def _performers(work: _Steps, number: int, row: Found, guesses: list[str]) -> list[str]:
    """Return who acts: as marked, as named, as handed to, or who usually does such a thing."""
    if row.marks:
        return [work.people[at].code for at in row.marks]
    named = _subjects(work, row.activity)
    if named:
        return named
    before = handed_to(work.rows[number - 2].activity) if number > 1 else ""
    handed = mentioned(before, work.people)
    words = "Pelaksana disimpulkan: simbolnya tidak terbaca."
    if handed:
        guesses.append(f"{words} Langkah sebelumnya disampaikan kepadanya.")
        return [handed[0].code]
    guesses.append(words)
    wanted = USUAL.get(action_of(row.activity), ())
    usual = [one.code for role in wanted for one in work.people if role in one.roles]
    return [usual[0] if usual else work.people[0].code]


def _subjects(work: _Steps, activity: str) -> list[str]:
    """Return the performers with whom the sentence begins: "PPID Utama bersama Tim ..."."""
    begin = re.split(r"\b(?:me[mnr]?[a-z]{3,}|di[a-z]{4,})\b", activity.lower(), maxsplit=1)[0]
    found = mentioned(begin, work.people) if begin.strip() else []
    return [one.code for one in found]


def _action(work: _Steps, row: Found, codes: Sequence[str]) -> Action:
    action = action_of(row.activity)
    roles = {role for one in work.people if one.code in codes for role in one.roles}
    handles = action in (Action.FORWARD, Action.RECEIVE, Action.WORK)
    if handles and "ppid_pelaksana" in roles and TESTS.search(row.activity):
        return Action.TEST
    return action


def _branch(
    work: _Steps,
    number: int,
    row: Found,
    action: Action,
    step: dict[str, Any],
    guesses: list[str],
) -> None:
    """Write down a decision, a repetition per agency, a second start: each as a guess."""
    labelled = "Ya" in row.labels or {"Ya", "Tidak"} <= set(row.labels)
    if number > 1 and (labelled or action is Action.APPROVE):
        onward = number + 1 if number < len(work.rows) else "selesai"
        step["keputusan"] = {"Ya": onward, "Tidak": 1}
        read = "arah panah Ya dan Tidak" if labelled else "hasil Ya dan Tidak"
        guesses.append(f"Disimpulkan: {read}.")
    if action is Action.TEST and any(
        "ppid_pelaksana" in one.roles for one in work.people if one.code in step["pelaksana"]
    ):
        step["untuk_setiap"] = "perangkat_daerah"
        guesses.append("Disimpulkan: diulang untuk setiap perangkat daerah.")
    if action is Action.OPEN:
        step |= {"dasar": "PP 61/2010 ps. 11 (2)", "pemicu": "masa_berakhir"}
        guesses.append("Disimpulkan: dimulai juga oleh berakhirnya jangka waktu.")
