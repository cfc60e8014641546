"""`ppid law`: asks the law. No database, no settings."""

import json
import sys
from dataclasses import dataclass
from datetime import date, datetime

import click

from ppid.errors import BadInput, Finding, NotFound
from ppid.law import citation
from ppid.law.citation import Found, Regulation, Remark, Severity

STATUS = {
    citation.Status.NOT_YET: "belum berlaku, baru sejak {since}",
    citation.Status.IN_FORCE: "berlaku sejak {since}",
    citation.Status.AMENDED: "berlaku, diubah terakhir sejak {since}",
    citation.Status.REPLACED: "diganti sejak {since}",
    citation.Status.REVOKED: "dicabut sejak {since}",
    citation.Status.UNCERTAIN: "status belum pasti, mungkin berubah {since}",
}
CONFIDENCE = {
    citation.Confidence.VERIFIED: "",
    citation.Confidence.SECONDARY: "",
    citation.Confidence.RECALLED: "belum diperiksa pada naskah",
    citation.Confidence.UNCLEAR: "belum dapat dipastikan",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text cites, and what there is to say of it. Spans count from the start of the text."""

    citations: tuple[Found, ...]
    remarks: tuple[Remark, ...]


@click.group("law")
def law() -> None:
    """Tanya dan periksa dasar hukum."""


@law.command("cite")
@click.argument("words", nargs=-1, required=True, metavar="TEKS")
@click.option("--on", "on", metavar="TANGGAL", help="Status pada tanggal ini (2026-01-31).")
@click.option("--json", "as_json", is_flag=True, help="Cetak hasil sebagai JSON.")
def cite(words: tuple[str, ...], *, on: str | None, as_json: bool) -> None:
    """Cari rujukan peraturan dalam TEKS ("-" membaca masukan), dengan status dan komentarnya."""
    text = sys.stdin.read() if words == ("-",) else " ".join(words)
    day = _day(on)
    reading = read(text, on=day)
    if not reading.citations:
        citation.parse(text)
    click.echo(_as_json(text, day, reading) if as_json else _as_text(day, reading))


def read(text: str, *, on: date) -> Reading:
    """Return the citations in a text and the remarks on them, line by line.

    A remark's place is "baris N" where the text has several lines.
    """
    remarks: list[Remark] = []
    lines = text.splitlines()
    for number, line in enumerate(lines, start=1):
        place = f"baris {number}" if len(lines) > 1 else ""
        remarks += citation.lint(line, place=place, on=on)
    return Reading(citation.find(text), tuple(remarks))


def _day(text: str | None) -> date:
    if text is None:
        return datetime.now().astimezone().date()
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        finding = Finding(
            "date_impossible",
            f"“{text}” bukan tanggal.",
            "--on",
            "Tulis tahun-bulan-hari, misalnya 2026-01-31.",
        )
        raise BadInput(finding) from error


def _regulation(found: Found, on: date) -> Regulation | None:
    try:
        return citation.regulation(found.citation, on=on)
    except NotFound:
        return None


def _as_text(on: date, reading: Reading) -> str:
    lines = []
    for found, before in zip(reading.citations, (None, *reading.citations), strict=False):
        lines.append(str(found.citation))
        if before is not None and before.citation.whole == found.citation.whole:
            continue
        known = _regulation(found, on)
        lines += [f"  {line}" for line in (_about(known) if known else [_UNKNOWN])]
    for remark in reading.remarks:
        lines.append(f"{remark.severity}: {remark.finding}")
        lines.append(f"  saran: {remark.finding.hint}")
    return "\n".join(lines)


_UNKNOWN = "tidak ada dalam tabel peraturan; periksa pada JDIH penerbitnya"


def _about(known: Regulation) -> list[str]:
    status = STATUS[known.status].format(since=known.since.in_words())
    doubt = CONFIDENCE[known.status_confidence]
    maybe = "" if known.status is citation.Status.UNCERTAIN else ","
    by = f"{maybe} oleh {known.replaced_by}" if known.replaced_by else ""
    lines = [f"{status}{by}" + (f"; {doubt}" if doubt else "")]
    if known.title:
        lines.insert(0, known.title)
    if known.amended_by:
        lines.append("diubah dengan " + ", ".join(str(change) for change in known.amended_by))
    return lines


def _as_json(text: str, on: date, reading: Reading) -> str:
    by_severity = {
        severity: [r.finding.as_dict() for r in reading.remarks if r.severity is severity]
        for severity in Severity
    }
    result = {
        "text": text,
        "on": on.isoformat(),
        "citations": [_entry(found, on) for found in reading.citations],
        "warnings": by_severity[Severity.WARNING],
        "notes": by_severity[Severity.NOTE],
    }
    return json.dumps(result, ensure_ascii=False, indent=2)


def _entry(found: Found, on: date) -> dict[str, object]:
    known = _regulation(found, on)
    place: dict[str, object] = {
        "citation": str(found.citation),
        "start": found.start,
        "end": found.end,
        "in_title": found.in_title,
        "known": known is not None,
    }
    if known is None:
        return place
    return place | {
        "title": known.title,
        "rank": int(known.rank),
        "status": str(known.status),
        "since": str(known.since),
        "replaced_by": str(known.replaced_by or ""),
        "amended_by": [str(change) for change in known.amended_by],
        "source": known.source,
        "confidence": str(known.confidence),
        "status_confidence": str(known.status_confidence),
    }
