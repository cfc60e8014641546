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
from ppid.law.term_kinds import in_words


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
class Moment:
    """When something took effect: between two days, both included; one day where it is established.

    Where only the year is established, the first and the last day of it.
    """

    earliest: date
    latest: date

    def __str__(self) -> str:
        if self.earliest == self.latest:
            return self.earliest.isoformat()
        return str(self.latest.year)

    def in_words(self) -> str:
        """Return it as Indonesian writes it: "2 Oktober 2014" or "2021"."""
        return in_words(self.earliest) if self.earliest == self.latest else str(self)


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a regulation: replaced, revoked or amended (perubahan)."""

    status: Status
    since: Moment
    by: Citation
    source: str
    confidence: Confidence

    def certain_on(self, on: date | None) -> bool:
        """Return whether the change surely held on a day; None asks for the last known state."""
        return self.confidence.is_sure and (on is None or on >= self.since.latest)


@dataclass(frozen=True, slots=True)
class Entry:
    """A regulation as the table holds it, with its history."""

    citation: Citation
    title: str
    short_titles: tuple[str, ...]
    in_force: Moment
    source: str
    confidence: Confidence
    status_confidence: Confidence
    changes: tuple[Change, ...]

    @property
    def end(self) -> Change | None:
        """Return the change that ended it, or None."""
        return next((c for c in self.changes if c.status is not Status.AMENDED), None)

    def amendments(self, *, on: date | None, sure: bool = True) -> tuple[Citation, ...]:
        """Return what had amended it by a day, oldest first: the sure ones, or the reported."""
        return tuple(
            change.by
            for change in self.changes
            if change.status is Status.AMENDED
            and change.confidence.is_sure is sure
            and (on is None or on >= change.since.latest)
        )


@dataclass(frozen=True, slots=True)
class Regulation:
    """A regulation as it stood on a day.

    since: when the status began. replaced_by: also where the change is only reported (status
    UNCERTAIN). amended_by: surely in force on that day. confidence: of number and title;
    status_confidence: of the status.
    """

    citation: Citation
    title: str
    rank: Rank
    status: Status
    since: Moment
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
    reached = end is not None and (on is None or on >= end.since.earliest)
    return Regulation(
        entry.citation,
        entry.title,
        entry.citation.rank,
        status,
        since,
        end.by if end is not None and reached else None,
        entry.amendments(on=on),
        entry.source,
        entry.confidence,
        confidence,
    )


@cache
def table() -> dict[Citation, Entry]:
    """Return every entry by its citation, in the order of the data file."""
    text = files("ppid.law").joinpath("data/regulations.toml").read_text(encoding="utf-8")
    entries = (_entry(row) for row in tomllib.loads(text)["peraturan"])
    return {entry.citation: entry for entry in entries}


def _status(entry: Entry, on: date | None) -> tuple[Status, Moment, Confidence]:
    if on is not None and on < entry.in_force.earliest:
        return Status.NOT_YET, entry.in_force, entry.confidence
    end = entry.end
    if end is not None and (on is None or on >= end.since.earliest):
        status = end.status if end.certain_on(on) else Status.UNCERTAIN
        return status, end.since, end.confidence
    amended = [c for c in entry.changes if c.status is Status.AMENDED and c.certain_on(on)]
    if amended:
        return Status.AMENDED, amended[-1].since, amended[-1].confidence
    if on is not None and on < entry.in_force.latest:
        return Status.UNCERTAIN, entry.in_force, entry.status_confidence
    return Status.IN_FORCE, entry.in_force, entry.status_confidence


def _entry(row: dict[str, Any]) -> Entry:
    return Entry(
        Citation(row["jenis"], row["nomor"], row["tahun"]),
        row["judul"],
        tuple(row.get("sebutan", ())),
        _moment(row["berlaku_sejak"]),
        row["sumber"],
        Confidence(row["kepastian"]),
        Confidence(row.get("kepastian_status", row["kepastian"])),
        tuple(_change(change) for change in row.get("perubahan", ())),
    )


def _change(row: dict[str, Any]) -> Change:
    status, since, by = Status(row["status"]), _moment(row["sejak"]), parse(row["oleh"])
    return Change(status, since, by, row["sumber"], Confidence(row["kepastian"]))


def _moment(value: date | int) -> Moment:
    if isinstance(value, int):
        return Moment(date(value, 1, 1), date(value, 12, 31))
    return Moment(value, value)
