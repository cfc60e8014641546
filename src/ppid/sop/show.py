"""The official sheet as plain text: the identity block, then the matrix with a mark per performer.

The drawn sheet is `svg`; this one is for terminals, mail, and readers of the screen.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby, zip_longest
from textwrap import wrap

from ppid.law.term import in_words
from ppid.sop.definition import FINISH, Definition, Step

WIDTH = 100
LEGEND = "[X] mengerjakan   <X> memutuskan   (X) awal atau akhir   + mengonfirmasi"
_NUMBER, _ACTIVITY, _PERFORMER, _NEXT, _STANDARD = 4, 30, 12, 12, 16

Row = tuple[str, ...]


def sheet(sop: Definition) -> str:
    """Return the sheet as text, lines ending in a newline."""
    parts = [*_heading(sop), "", *_identity(sop), "", *_lists(sop), *_matrix(sop), "", LEGEND]
    return "\n".join(line.rstrip() for line in parts) + "\n"


def _heading(sop: Definition) -> Iterator[str]:
    for text in (sop.institution, sop.unit):
        yield from text.splitlines()


def _identity(sop: Definition) -> Iterator[str]:
    signed = sop.approved_by
    rows: tuple[tuple[str, date | str | None], ...] = (
        ("Nomor SOP", sop.number),
        ("Tanggal pembuatan", sop.dates.made),
        ("Tanggal revisi", sop.dates.revised),
        ("Tanggal pengesahan", sop.dates.approved),
        ("Tanggal efektif", sop.dates.effective),
        ("Berlaku sampai", sop.dates.ends),
        ("Disahkan oleh", signed.position),
        ("", signed.name),
        ("", f"NIP {signed.nip}" if signed.nip else ""),
        ("Nama SOP", sop.name),
        ("Batas waktu", sop.limit),
    )
    for label, value in rows:
        if value:
            text = value if isinstance(value, str) else in_words(value)
            sign = ":" if label else " "
            yield from _hanging(f"{label:<19}{sign} ", text)


def _lists(sop: Definition) -> Iterator[str]:
    blocks = (
        ("Dasar hukum", sop.legal_basis),
        ("Kualifikasi pelaksana", sop.qualifications),
        ("Keterkaitan", sop.related),
        ("Peralatan/perlengkapan", sop.equipment),
        ("Peringatan", sop.warnings),
        ("Pencatatan dan pendataan", sop.records),
    )
    for title, texts in blocks:
        if texts:
            yield title
            for number, text in enumerate(texts, start=1):
                yield from _hanging(f"{number:>3}. ", text)
            yield ""


def _hanging(label: str, text: str) -> Iterator[str]:
    lines = wrap(text, WIDTH - len(label)) or [""]
    yield label + lines[0]
    for line in lines[1:]:
        yield " " * len(label) + line


def _matrix(sop: Definition) -> Iterator[str]:
    names = tuple(performer.name for performer in sop.columns)
    standards = ("Kelengkapan", "Waktu", "Output", "Keterangan")
    widths = (_NUMBER, _ACTIVITY, *(_PERFORMER for _ in names), _NEXT, *(_STANDARD,) * 4)
    header = ("No", "Kegiatan", *names, "Lanjut ke", *standards)
    rows = [_cells(sop, steps) for _, steps in groupby(sop.steps, key=_same_row)]
    kept = [at for at, title in enumerate(header) if title not in standards or _filled(rows, at)]
    widths = tuple(widths[at] for at in kept)
    rule = "+".join(("", *("-" * (width + 2) for width in widths), ""))
    yield rule
    yield from _row([header[at] for at in kept], widths)
    yield rule.replace("-", "=")
    for row in rows:
        for line in row:
            yield from _row([line[at] for at in kept], widths)
        yield rule


def _filled(rows: Iterable[Iterable[Row]], at: int) -> bool:
    return any(line[at] for row in rows for line in row)


def _same_row(step: Step) -> str:
    # A step without a label is a row of its own, even beside one labelled with its number.
    return f"label {step.label}" if step.label else f"step {step.number}"


def _row(cells: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    wrapped = [_wrapped(cell, width) for cell, width in zip(cells, widths, strict=True)]
    for lines in zip_longest(*wrapped, fillvalue=""):
        padded = (f" {line:<{width}} " for line, width in zip(lines, widths, strict=True))
        yield "|".join(("", *padded, ""))


def _wrapped(text: str, width: int) -> list[str]:
    return [line for part in text.split("\n") for line in wrap(part, width)]


def _cells(sop: Definition, steps: Iterable[Step]) -> list[Row]:
    """Return the lines of one row of the sheet: one for each of its steps."""
    return [_line(sop, step, first=at == 0) for at, step in enumerate(steps)]


def _line(sop: Definition, step: Step, *, first: bool) -> Row:
    marks = (_mark(sop, step, performer.code) for performer in sop.columns)
    return (
        step.row if first else "",
        step.activity,
        *marks,
        _next(step),
        _items(step.requirements),
        _time(step),
        _items(step.outputs),
        _remark(sop, step),
    )


def _mark(sop: Definition, step: Step, code: str) -> str:
    if code not in step.performers:
        return ""
    if code != step.performers[0]:
        return "+"
    if step.is_decision:
        return "<X>"
    return "(X)" if step.number in sop.starts or step.next == () else "[X]"


def _next(step: Step) -> str:
    if step.is_decision:
        return "\n".join(f"{way.name}: {_steps(way.targets)}" for way in step.outcomes)
    joined = f"\nsesudah {_steps(step.wait_for)}" if step.wait_for else ""
    return _steps(step.next) + joined


def _steps(numbers: Sequence[int]) -> str:
    return " dan ".join(str(number) for number in numbers) or FINISH


def _items(texts: Sequence[str]) -> str:
    mark = "- " if len(texts) > 1 else ""
    return "\n".join(mark + text for text in texts)


def _time(step: Step) -> str:
    through = f" (langkah {step.number}-{step.time_through})" if step.time_through else ""
    return (step.time or "") + through


def _remark(sop: Definition, step: Step) -> str:
    parts = [step.remark] if step.remark else []
    for at, code in enumerate(step.performers):
        performer = sop.performer(code)
        if not performer.column:
            parts.append(f"{'dengan' if at else 'oleh'} {performer.name}")
    parts += ["untuk setiap perangkat daerah"] if step.for_each else []
    return "\n".join(parts)
