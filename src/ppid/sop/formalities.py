"""What the identity block and the texts of the sheet leave in doubt: dates, names, spelling.

It comments and never mends: the texts are the authors'. Its source is the sheet's own standard.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from ppid.errors import Finding
from ppid.sop.definition import Definition

SHEET = "PermenPANRB 35/2012"
_MONTH = (
    r"(?:januari|februari|maret|april|mei|juni|juli|agustus|september|oktober|november|desember)"
)
_DAY_IN_WORDS = re.compile(rf"\d{{1,2}} {_MONTH} \d{{4}}")
_RANGE = re.compile(rf"(?:{_MONTH}|\d)\s*(?:-|s\W?d\W|sampai)\W*\d")
_INCOMPLETE = re.compile(rf"(?:{_MONTH}\s+)?\d{{4}}")
_NUMBERED = re.compile(r"/[a-z0-9.]*[a-z][a-z0-9.]*(?:/|$)|\d/[a-z]", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"\bNama (?:Daerah|Instansi|OPD|Badan Publik|Unit Kerja)\b")
_MISSPELT = {
    "kosekwensi": "konsekuensi",
    "konsekwensi": "konsekuensi",
    "pengklasikasian": "pengklasifikasian",
    "mengiventarisir": "menginventarisasi",
    "menginventarisir": "menginventarisasi",
    "menganalisa": "menganalisis",
    "pemerintah konkuren": "pemerintahan konkuren",
}


def dates(sop: Definition, on: date | None) -> Iterator[Finding]:
    """Yield what is wrong with the dates. on: today; without it the end of validity is not asked.

    Source: PermenPANRB 35/2012.
    """
    fields = sop.dates
    for key, value in _written(sop):
        if isinstance(value, str) and value.strip(" -\u2013\u2014") and not _is_day(value):
            yield _unclear(key, value)
    if _before(fields.ends, fields.effective):
        message = "SOP ini berakhir sebelum berlaku."
        yield Finding("ends_before_start", message, place="tanggal.berakhir", source=SHEET)
    if on is not None and _before(fields.ends, on):
        message = f"SOP ini berakhir {fields.ends:%d-%m-%Y}; tidak boleh ada berkas baru."
        hint = "Tetapkan SOP pengganti, atau perpanjang masa berlakunya."
        yield Finding("sop_ended", message, "tanggal.berakhir", hint, SHEET)


def doubts(sop: Definition) -> Iterator[Finding]:
    """Yield what may be in order on the sheet, and should be looked at."""
    yield from _doubtful_dates(sop)
    if sop.number.strip().startswith("/"):
        message = "Nomor SOP tidak berisi nomor urut."
        yield Finding("number_incomplete", message, place="nomor", source=SHEET)
    names = {performer.name.casefold() for performer in sop.performers}
    for number, text in enumerate(sop.related, start=1):
        if text.casefold().strip(" .;") in names:
            message = f'"{text}" adalah pelaksana, bukan SOP lain.'
            yield Finding("related_is_performer", message, place=f"keterkaitan {number}")
    yield from _slips(sop)


def in_force_on(sop: Definition) -> date | None:
    """Return the day by which the sheet's citations are judged; None when it bears no date."""
    fields = sop.dates
    plain = (fields.effective, fields.approved, fields.revised, fields.made)
    return next((value for value in plain if isinstance(value, date)), None)


def _written(sop: Definition) -> tuple[tuple[str, date | str | None], ...]:
    return (
        ("pembuatan", sop.dates.made),
        ("revisi", sop.dates.revised),
        ("pengesahan", sop.dates.approved),
        ("efektif", sop.dates.effective),
        ("berakhir", sop.dates.ends),
    )


def _before(first: date | str | None, second: date | str | None) -> bool:
    return isinstance(first, date) and isinstance(second, date) and first < second


def _is_day(text: str) -> bool:
    return _DAY_IN_WORDS.fullmatch(text.strip().casefold()) is not None


def _unclear(key: str, text: str) -> Finding:
    plain = re.sub("[\u2010-\u2015]", "-", text.casefold()).strip()
    if _INCOMPLETE.fullmatch(plain):
        code, message = "date_incomplete", f'"{text}" bukan tanggal yang lengkap.'
    elif _NUMBERED.search(plain):
        code, message = "date_is_number", f'"{text}" adalah nomor surat, bukan tanggal.'
    elif _RANGE.search(plain):
        code, message = "date_is_range", f'"{text}" adalah rentang, bukan tanggal.'
    else:
        code, message = "date_unclear", f'"{text}" bukan tanggal.'
    hint = "Tulis sebagai tanggal, misalnya 2026-01-05; akhir masa berlaku di tanggal.berakhir."
    return Finding(code, message, f"tanggal.{key}", hint, SHEET)


def _doubtful_dates(sop: Definition) -> Iterator[Finding]:
    fields = sop.dates
    if _before(fields.effective, fields.revised):
        message = "Tanggal revisi sesudah tanggal efektif; benar hanya bila itu rencana revisi."
        yield Finding("revised_after_start", message, place="tanggal.revisi", source=SHEET)
    for key, value in (("efektif", fields.effective), ("pengesahan", fields.approved)):
        if _before(value, fields.made):
            message = "Tanggal ini mendahului tanggal pembuatan."
            yield Finding("before_making", message, place=f"tanggal.{key}", source=SHEET)
    if fields.approved is not None and fields.effective is None:
        message = "Tanggal efektif tidak ada; yang ada tanggal pengesahan."
        yield Finding("no_effective_date", message, place="tanggal.efektif", source=SHEET)
    for key, value in _written(sop):
        if isinstance(value, str) and _is_day(value):
            message = f'"{value}" dapat ditulis sebagai tanggal.'
            yield Finding("date_as_text", message, place=f"tanggal.{key}")


def _texts(sop: Definition) -> Iterator[tuple[str, str]]:
    """Yield each text with its place; the legal basis has a linter of its own (law.citation)."""
    lists: tuple[tuple[str, Iterable[str]], ...] = (
        ("kualifikasi_pelaksana", sop.qualifications),
        ("keterkaitan", sop.related),
        ("peralatan", sop.equipment),
        ("peringatan", sop.warnings),
        ("pencatatan", sop.records),
    )
    yield "nama", sop.name
    for key, texts in lists:
        for number, text in enumerate(texts, start=1):
            yield f"{key} {number}", text
    for step in sop.steps:
        for text in (step.activity, *step.requirements, *step.outputs, step.remark):
            yield f"langkah {step.number}", text


def _slips(sop: Definition) -> Iterator[Finding]:
    """Yield leftovers of a template, and each misspelt word where it stands first."""
    seen: set[str] = set()
    for place, text in _texts(sop):
        if found := _PLACEHOLDER.search(text):
            message = f'"{found[0]}" tampaknya sisa contoh yang belum diisi.'
            yield Finding("placeholder", message, place=place)
        for wrong, right in _MISSPELT.items():
            if wrong not in seen and wrong in text.casefold():
                seen.add(wrong)
                yield Finding("misspelt", f'"{wrong}" seharusnya "{right}".', place=place)
