"""What is wrong with an SOP, what the law says of it, and what is worth a look.

Errors: the flow cannot run well (a file's other errors are `load`'s). Warnings: something is sure
to be against a rule, or left out. Notes: something is unsure or merely worth knowing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ppid.errors import Finding
from ppid.law.citation import Remark, Severity, lint, lint_basis
from ppid.sop import flow, formalities, safeguards
from ppid.sop.definition import Action, Definition, Step
from ppid.sop.duration import Kind, Unit, parse

KNOWN_ROLES = frozenset(
    {
        "petugas_ppid",
        "ppid_utama",
        "ppid_pelaksana",
        "atasan_ppid",
        "tim_pertimbangan",
        "pejabat_bidang",
        "pimpinan_badan_publik",
        "arsiparis",
        "pemohon",
    }
)
_CAREFUL = {Action.TEST, Action.CONSIDER, Action.APPROVE, Action.DETERMINE}
_SHORTEST_CARE = 5
_ARCHIVING = {Action.ARCHIVE, Action.CLASSIFY}


@dataclass(frozen=True, slots=True)
class Report:
    """What the check found; the SOP may be used when there are no errors."""

    errors: tuple[Finding, ...] = ()
    warnings: tuple[Finding, ...] = ()
    notes: tuple[Finding, ...] = ()


def check(sop: Definition, *, on: date | None = None) -> Report:
    """Return everything there is to say of the SOP.

    on: today, in the body's local calendar; without it nothing is said of what depends on today.
    Citations are judged by the day the SOP took effect or was approved, if the sheet says it.
    """
    if errors := flow.faults(sop):
        return Report(errors)
    exempt = safeguards.is_about_exempt_information(sop)
    remarks = list(_citations(sop, formalities.in_force_on(sop) or on, exempt=exempt))
    warnings = [
        *formalities.dates(sop, on),
        *_of(remarks, Severity.WARNING),
        *(safeguards.gaps(sop) if exempt else ()),
    ]
    notes = [
        *formalities.doubts(sop),
        *_of(remarks, Severity.NOTE),
        *(safeguards.doubts(sop) if exempt else ()),
        *_performers(sop),
        *_times(sop),
        *_inferred(sop),
    ]
    return Report((), tuple(warnings), tuple(notes))


def _citations(sop: Definition, on: date | None, *, exempt: bool) -> Iterator[Remark]:
    """Yield the remarks on what the sheet cites; of a sheet that cites nothing, none."""
    for number, line in enumerate(sop.legal_basis, start=1):
        yield from lint(line, place=f"dasar_hukum {number}", on=on)
    for step in sop.steps:
        yield from lint(step.source, place=f"langkah {step.number}: dasar", on=on)
    if sop.legal_basis:
        archives = any(step.action in _ARCHIVING for step in sop.steps)
        yield from lint_basis(
            sop.legal_basis, on=on, exempt_information=exempt, archives=exempt and archives
        )


def _of(remarks: list[Remark], severity: Severity) -> list[Finding]:
    return [remark.finding for remark in remarks if remark.severity is severity]


def _performers(sop: Definition) -> Iterator[Finding]:
    acting = {code for step in sop.steps for code in step.performers}
    seen = set(KNOWN_ROLES)
    for number, performer in enumerate(sop.performers, start=1):
        place = f"pelaksana {number}"
        if performer.code not in acting:
            message = f"{performer.name} tidak bertindak pada langkah mana pun."
            yield Finding("performer_without_rows", message, place=place)
        for role in performer.roles:
            if role not in seen:
                seen.add(role)
                message = f'Peran "{role}" tidak termasuk peran bawaan; tunjuk orang untuknya.'
                yield Finding("unknown_role", message, place=f"{place}: peran")
    for step in sop.steps:
        yield from _shared_roles(sop, step)


def _shared_roles(sop: Definition, step: Step) -> Iterator[Finding]:
    roles = [role for code in step.performers for role in set(sop.performer(code).roles)]
    shared = sorted({role for role in roles if roles.count(role) > 1})
    if shared:
        message = f'Pelaksana langkah ini sama-sama berperan "{shared[0]}"; orangnya harus berbeda.'
        yield Finding("performers_share_role", message, place=f"langkah {step.number}: pelaksana")


def _times(sop: Definition) -> Iterator[Finding]:
    yield from _time(sop.limit, place="batas")
    for step in sop.steps:
        place = f"langkah {step.number}: waktu"
        yield from _time(step.time or "", place=place)
        standard = parse(step.time)
        if standard.kind is Kind.BY_LAW and not step.source:
            message = 'Waktunya menurut peraturan, tetapi "dasar" tidak menyebut peraturannya.'
            yield Finding("time_without_basis", message, place=place)
        short = standard.unit is Unit.MINUTE and standard.amount < _SHORTEST_CARE
        if short and step.action in _CAREFUL:
            message = f"{step.time} terlalu singkat untuk memeriksa dengan saksama."
            yield Finding("time_too_short", message, place=place, source=safeguards.TEST_LAW)


def _time(text: str, *, place: str) -> Iterator[Finding]:
    standard = parse(text)
    if standard.kind is Kind.UNKNOWN:
        message = f'Waktu "{text}" tidak dipahami; dianggap tanpa standar.'
        yield Finding("time_not_understood", message, place=place)
    elif standard.ignored:
        message = f'"{standard.ignored}" pada waktu ini tidak dihitung.'
        yield Finding("time_words_ignored", message, place=place)
    if text.strip().casefold().startswith("tentatif"):
        message = '"Tentatif" bukan standar waktu.'
        yield Finding("time_tentative", message, place=place, source=formalities.SHEET)


def _inferred(sop: Definition) -> Iterator[Finding]:
    for step in sop.steps:
        if step.inferred:
            yield Finding("inferred", step.inferred, place=f"langkah {step.number}: simpulan")
