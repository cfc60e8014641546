"""`ppid sop`: check, show, draw, simulate and export SOP files. No database, no settings."""

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import click

from ppid.commands.lazy import LazyGroup
from ppid.commands.writing import write_beside
from ppid.errors import BadInput, Finding
from ppid.office.queries.papers.sops import day_of_sop, letterhead_of_sop, sop_sheet
from ppid.papers.apart import press_apart
from ppid.papers.letterhead import PaperSize
from ppid.sop.bpmn import export as bpmn_export
from ppid.sop.check import Report
from ppid.sop.check import check as check_sop
from ppid.sop.definition import Definition
from ppid.sop.load import load
from ppid.sop.sheet import Paper as SheetPaper
from ppid.sop.show import sheet
from ppid.sop.simulate import Route, Simulation
from ppid.sop.simulate import simulate as simulate_sop
from ppid.sop.svg import document

DRAFT = ("ppid.commands.sop_draft:draft", "Buat draf berkas SOP dari lembar SOP.")


@click.group("sop", cls=LazyGroup, table={"draft": DRAFT})
def sop() -> None:
    """Periksa, tampilkan, gambar, dan coba berkas SOP."""


@sop.command("check")
@click.argument("files", nargs=-1, required=True, metavar="BERKAS...")
@click.option("--json", "as_json", is_flag=True, help="Cetak temuan sebagai JSON.")
@click.pass_context
def check(ctx: click.Context, files: tuple[str, ...], *, as_json: bool) -> None:
    """Periksa berkas SOP: kesalahan, peringatan hukum, dan catatan."""
    reports = [(file, _report(file)) for file in files]
    if as_json:
        click.echo(_as_json([_entry(file, report) for file, report in reports]))
    else:
        for file, report in reports:
            _print_report(file, report)
    ctx.exit(1 if any(report.errors for _, report in reports) else 0)


@sop.command("show")
@click.argument("file", metavar="BERKAS")
def show(file: str) -> None:
    """Tampilkan lembar SOP sebagai teks."""
    click.echo(sheet(_load(file)), nl=False)


@sop.command("draw")
@click.argument("file", metavar="BERKAS")
@click.option("-o", "--output", required=True, metavar="HASIL", help="Berkas .svg atau .pdf.")
@click.option(
    "--paper",
    type=click.Choice([size.value for size in PaperSize]),
    default="a4",
    help="Ukuran kertas.",
)
def draw(file: str, output: str, *, paper: str) -> None:
    """Gambar lembar resmi SOP: identitas dan matriks bagan alir."""
    write_beside(output, _drawing(_load(file), output, paper=paper), source=file)


@sop.command("simulate")
@click.argument("file", metavar="BERKAS")
@click.option("--json", "as_json", is_flag=True, help="Cetak hasil sebagai JSON.")
def simulate(file: str, *, as_json: bool) -> None:
    """Susun setiap rute sampai selesai, dengan tiap putaran paling banyak sekali."""
    simulation = simulate_sop(_load(file))
    click.echo(_as_json(simulation.as_dict()) if as_json else _routes(simulation))


@sop.command("export")
@click.argument("file", metavar="BERKAS")
@click.option("-o", "--output", required=True, metavar="HASIL", help="Berkas .bpmn yang ditulis.")
def export(file: str, output: str) -> None:
    """Tulis SOP sebagai BPMN 2.0 dengan lajur dan diagram."""
    write_beside(output, bpmn_export(_load(file)).encode(), source=file)


def _report(file: str) -> Report:
    today = datetime.now().astimezone().date()
    try:
        return check_sop(load(file), on=today)
    except BadInput as error:
        return Report(error.findings)


def _load(file: str) -> Definition:
    """Return the SOP of the file. Raises BadInput, whose places name the file too."""
    try:
        return load(file)
    except BadInput as error:
        raise BadInput(*_in_file(file, error.findings)) from None


def _in_file(file: str, findings: Iterable[Finding]) -> list[Finding]:
    return [replace(finding, place=f"{file}: {finding.place}") for finding in findings]


def _entry(file: str, report: Report) -> dict[str, object]:
    return {
        "file": file,
        "errors": [_plain(finding) for finding in report.errors],
        "warnings": [_plain(finding) for finding in report.warnings],
        "notes": [_plain(finding) for finding in report.notes],
    }


def _plain(finding: Finding) -> dict[str, str]:
    """Return what the SOP format promises of a finding; the hint is for people."""
    values = finding.as_dict()
    return {key: values[key] for key in ("place", "code", "message", "source")}


def _as_json(value: object) -> str:
    # Lone surrogates, which a file name may hold, are escaped: JSON must stay valid UTF-8.
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _print_report(file: str, report: Report) -> None:
    for label, findings in (
        ("kesalahan", report.errors),
        ("peringatan", report.warnings),
        ("catatan", report.notes),
    ):
        wrong = label == "kesalahan"
        for finding in _in_file(file, findings):
            click.echo(f"{'ppid: ' if wrong else ''}{label}: {finding}", err=wrong)
            if finding.hint:
                click.echo(f"{'ppid: ' if wrong else '  '}saran: {finding.hint}", err=wrong)


def _routes(simulation: Simulation) -> str:
    more = [f"... dan lebih banyak lagi; hanya {len(simulation.routes)} yang disusun."]
    lines = [_route(number, route) for number, route in enumerate(simulation.routes, start=1)]
    return "\n".join(lines + (more if simulation.truncated else []))


def _route(number: int, route: Route) -> str:
    steps = " - ".join(str(step) for step in route.steps)
    days = "tanpa standar waktu" if route.workdays is None else f"{route.workdays} hari kerja"
    return f"Rute {number}: {steps} ({days})"


def _drawing(definition: Definition, output: str, *, paper: str) -> bytes:
    kind = Path(output).suffix.lower()
    if kind == ".pdf":
        head, day = letterhead_of_sop(definition), day_of_sop(definition)
        return press_apart(sop_sheet(definition, size=PaperSize(paper)), head, on=day)
    if kind != ".svg":
        message = "Gambar hanya dapat ditulis sebagai .svg atau .pdf."
        raise BadInput(Finding("unknown_drawing", message, output))
    return document(definition, paper=SheetPaper(paper)).encode()
