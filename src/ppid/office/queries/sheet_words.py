"""A consequence-test sheet in words, line by line, as it is read."""

from collections.abc import Callable

from ppid.law import term
from ppid.law.consequence_test import ConsequenceTest as Sheet
from ppid.law.consequence_test import Moment, Part
from ppid.law.grounds import Ground

MOMENTS = {
    Moment.BEFORE_REQUEST: "Sebelum ada permintaan",
    Moment.ON_REQUEST: "Atas permintaan informasi",
    Moment.ORDERED: "Atas perintah Majelis Komisioner",
}
PARTS = {Part.PART: "Sebagian", Part.WHOLE: "Seluruhnya"}
ANSWERS = {True: "Ya", False: "Tidak", None: ""}


def sheet_lines(sheet: Sheet, ground: Ground | None) -> tuple[tuple[str, str], ...]:
    """Return label and text of each line; an empty text is not filled in yet."""
    lines = [(label, words(sheet)) for label, words in LINES]
    basis = f"{ground.label}: {ground.summary}" if ground else ""
    lines.insert(2, ("Dasar pengecualian", basis))
    if ground and ground.letter in "gh":
        lines.append(("Ada persetujuan tertulis", ANSWERS[sheet.consent]))
        lines.append(("Berkaitan dengan jabatan publik", ANSWERS[sheet.public_office]))
    return tuple(lines)


def _scope(sheet: Sheet) -> str:
    chosen = PARTS[sheet.part] if sheet.part else ""
    return "\n".join(text for text in (chosen, sheet.parts, sheet.reason_whole) if text)


def _tested(sheet: Sheet) -> str:
    day = term.in_words(sheet.tested_on) if sheet.tested_on else ""
    moment = MOMENTS[sheet.moment] if sheet.moment else ""
    return ", ".join(text for text in (moment, day, sheet.place) if text)


def _participants(sheet: Sheet) -> str:
    return "\n".join(
        ", ".join(text for text in (one.name, one.position) if text) for one in sheet.participants
    )


LINES: tuple[tuple[str, Callable[[Sheet], str]], ...] = (
    ("Dokumen", lambda sheet: sheet.document),
    ("Informasi yang dikecualikan", lambda sheet: sheet.information),
    ("Undang-Undang yang menjadi dasar", lambda sheet: "\n".join(sheet.statutes)),
    ("Konsekuensi bila dibuka", lambda sheet: sheet.consequence_if_open),
    ("Konsekuensi bila ditutup", lambda sheet: sheet.consequence_if_closed),
    ("Pertimbangan kepentingan publik", lambda sheet: sheet.public_interest),
    ("Yang ditutup", _scope),
    ("Jangka waktu", lambda sheet: term.describe(sheet.term) if sheet.term else ""),
    ("Pengujian", _tested),
    ("Peserta pengujian", _participants),
)
