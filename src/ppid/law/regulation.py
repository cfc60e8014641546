"""The regulations (peraturan) that matter here: title, rank, and what each was worth on a day.

Holds the table of data/regulations.toml. A regulation outside the table is unknown, not wrong: most
regional rules are.
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from ppid.errors import Finding, NotFound
from ppid.law.reference import Citation, parse
from ppid.law.regulation_kind import Rank


class Status(StrEnum):
    """What a regulation is worth on a day.

    UNCERTAIN: a change is reported that no text shows, or that happened in the year of that day.
    """

    NOT_YET = "belum_berlaku"
    IN_FORCE = "berlaku"
    AMENDED = "diubah"
    REPLACED = "diganti"
    REVOKED = "dicabut"
    UNCERTAIN = "tidak_pasti"


class Confidence(StrEnum):
    """How an entry is known: primary text, secondary text, memory, or not established."""

    VERIFIED = "V"
    SECONDARY = "V2"
    RECALLED = "R"
    UNCLEAR = "U"

    @property
    def is_sure(self) -> bool:
        """Return whether somebody has seen it in a text."""
        return self in (Confidence.VERIFIED, Confidence.SECONDARY)


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a regulation: replaced, revoked or amended (perubahan).

    earliest, latest: the days between which it took effect; one day where the date is established.
    """

    status: Status
    earliest: date
    latest: date
    by: Citation
    source: str
    confidence: Confidence

    def certain_on(self, on: date | None) -> bool:
        """Return whether the change surely held on the day; None asks for today's knowledge."""
        return self.confidence.is_sure and (on is None or on >= self.latest)

    @property
    def since(self) -> str:
        """Return when, as words: "2 Oktober 2014" as ISO date, or the year alone."""
        if self.earliest == self.latest:
            return self.earliest.isoformat()
        return str(self.latest.year)


@dataclass(frozen=True, slots=True)
class Entry:
    """A regulation as the table holds it, with its history."""

    citation: Citation
    title: str
    short_titles: tuple[str, ...]
    in_force_from: date
    surely_in_force_from: date
    source: str
    confidence: Confidence
    status_confidence: Confidence
    changes: tuple[Change, ...]

    @property
    def end(self) -> Change | None:
        """Return the change that ended it, or None."""
        return next((c for c in self.changes if c.status is not Status.AMENDED), None)


@dataclass(frozen=True, slots=True)
class Regulation:
    """A regulation as it stood on a day.

    since: when the status began, an ISO date or a year. replaced_by: also where the change is only
    reported (status UNCERTAIN). amended_by: in force on that day. status_confidence: of the status;
    confidence: of number and title.
    """

    citation: Citation
    title: str
    rank: Rank
    status: Status
    since: str
    replaced_by: Citation | None
    amended_by: tuple[Citation, ...]
    source: str
    confidence: Confidence
    status_confidence: Confidence

    @property
    def number(self) -> str:
        """Return the number."""
        return self.citation.number

    @property
    def year(self) -> int:
        """Return the year."""
        return self.citation.year


def regulation(citation: Citation, *, on: date | None) -> Regulation:
    """Return the cited regulation as it stood on a day; None asks for the last known state.

    Raises NotFound (regulation_unknown) for one outside the table.
    """
    entry = table().get(citation.whole)
    if entry is None:
        raise NotFound(
            Finding(
                "regulation_unknown",
                f"{citation.whole} tidak ada dalam tabel peraturan.",
                hint="Periksa judul dan statusnya pada JDIH instansi yang menerbitkannya.",
            )
        )
    status, since, confidence = _status(entry, on)
    end = entry.end
    reached = end is not None and (on is None or on >= end.earliest)
    return Regulation(
        entry.citation,
        entry.title,
        entry.citation.rank,
        status,
        since,
        end.by if end is not None and reached else None,
        amendments(entry, on=on),
        entry.source,
        entry.confidence,
        confidence,
    )


def amendments(entry: Entry, *, on: date | None) -> tuple[Citation, ...]:
    """Return what had amended a regulation by a day, oldest first."""
    return tuple(
        change.by
        for change in entry.changes
        if change.status is Status.AMENDED and (on is None or on >= change.latest)
    )


@cache
def table() -> dict[Citation, Entry]:
    """Return every entry by its citation, in the order of the data file."""
    text = files("ppid.law").joinpath("data/regulations.toml").read_text(encoding="utf-8")
    entries = (_entry(row) for row in tomllib.loads(text)["peraturan"])
    return {entry.citation: entry for entry in entries}


def _status(entry: Entry, on: date | None) -> tuple[Status, str, Confidence]:
    start = _words(entry.in_force_from, entry.surely_in_force_from)
    if on is not None and on < entry.in_force_from:
        return Status.NOT_YET, start, entry.confidence
    end = entry.end
    if end is not None and (on is None or on >= end.earliest):
        status = end.status if end.certain_on(on) else Status.UNCERTAIN
        return status, end.since, end.confidence
    amended = [c for c in entry.changes if c.status is Status.AMENDED and c.certain_on(on)]
    if amended:
        return Status.AMENDED, amended[-1].since, amended[-1].confidence
    if on is not None and on < entry.surely_in_force_from:
        return Status.UNCERTAIN, start, entry.status_confidence
    return Status.IN_FORCE, start, entry.status_confidence


def _entry(row: dict[str, Any]) -> Entry:
    first, last = _days(row["berlaku_sejak"])
    return Entry(
        Citation(row["jenis"], row["nomor"], row["tahun"]),
        row["judul"],
        tuple(row.get("sebutan", ())),
        first,
        last,
        row["sumber"],
        Confidence(row["kepastian"]),
        Confidence(row.get("kepastian_status", row["kepastian"])),
        tuple(_change(change) for change in row.get("perubahan", ())),
    )


def _change(row: dict[str, Any]) -> Change:
    first, last = _days(row["sejak"])
    status, by = Status(row["status"]), parse(row["oleh"])
    return Change(status, first, last, by, row["sumber"], Confidence(row["kepastian"]))


def _days(value: date | int) -> tuple[date, date]:
    """Return the first and the last day that a date or a year may mean."""
    if isinstance(value, int):
        return date(value, 1, 1), date(value, 12, 31)
    return value, value


def _words(earliest: date, latest: date) -> str:
    return earliest.isoformat() if earliest == latest else str(latest.year)
