"""What may cross the wall: the frozen shapes of one edition of the list, and its content hash.

These dataclasses hold exactly the publishable fields; what is not a field here can never be
shown on the open site. The hash is over canonical bytes, so that office and public agree:

    {"body":{"log_origin":"...","name":"..."},"entries":[{"agency":"..."}],"number":3,...}

as ledger.entry.canonical() writes it, dates in ISO form, entries in the order of their ids.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from ppid.ledger import tree
from ppid.ledger.entry import canonical

LETTER = re.compile(r"\bhuruf ([a-j](?:(?:, | dan |, dan )[a-j])*)\b", re.IGNORECASE)
"""Finds the letters of Pasal 17 in a label such as "Pasal 17 huruf a angka 2"."""


class Scope(StrEnum):
    """Whether the whole of the information is exempt, or a part of it (UU 14/2008 ps. 22 (7) e)."""

    WHOLE = "seluruhnya"
    PART = "sebagian"


class HistoryKind(StrEnum):
    """What happened to an entry, as far as the public is told."""

    DETERMINED = "ditetapkan"
    CHANGED = "diubah"
    REVIEWED = "ditinjau"
    CORRECTED = "diperbaiki"
    DECLARED_OPEN = "dinyatakan_terbuka"


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryIn:
    """One line of an entry's history; kind: a value of HistoryKind, text: a sentence."""

    date: date
    kind: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryIn:
    """One item of the list (DIK) as everybody may see it.

    public_id: stable for ever, letters, digits, ".", "_" and "-". ground_label: names its letter
    ("Pasal 17 huruf a angka 2"). term_ends_on and opens_on: first open day, by the term or as
    far as known by law or declaration (PP 61/2010 ps. 11). opens_soon_from: first day on which
    the site says that it opens soon. All dates are in the body's local calendar.
    """

    public_id: str
    agency: str
    title: str
    ground_label: str
    legal_basis: tuple[str, ...]
    reason: str
    scope: str
    term_text: str
    term_starts_on: date
    decree_number: str
    decree_date: date
    consequence_if_open: str | None = None
    consequence_if_closed: str | None = None
    term_ends_on: date | None = None
    event: str | None = None
    review_on: date | None = None
    opens_on: date | None = None
    opened_reason: str | None = None
    opens_soon_from: date | None = None
    history: tuple[HistoryIn, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyIn:
    """A public body (badan publik) as the open site names it.

    slug: the first part of its addresses. timezone: one of edition_check.TIMEZONES. vkey: the
    verifier key of its log (C2SP signed note). site_text: how to reach its PPID, may be empty.
    """

    slug: str
    name: str
    timezone: str
    log_origin: str
    vkey: str
    site_text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionIn:
    """One edition of a body's list, complete: every entry there ever was, in any order.

    number: 1, 2, 3 ... without a gap. published_at: aware. checkpoint: the signed note of the
    body's log at that moment. content_hash: what content_hash() returns for this edition.
    """

    body: BodyIn
    number: int
    published_at: datetime
    entries: tuple[EntryIn, ...]
    checkpoint: str
    content_hash: str


DAYS = tuple(field.name for field in fields(EntryIn) if field.type in (date, date | None))
"""The fields of an entry that hold a day."""


def first_open_day(entry: EntryIn) -> date | None:
    """Return the first day on which the entry is open, or None while no such day is known.

    The end of the term counts even if nobody declared it.
    Source: PP 61/2010 ps. 11 (3).
    """
    known = [day for day in (entry.opens_on, entry.term_ends_on) if day is not None]
    return min(known, default=None)


def declared_on(entry: EntryIn) -> date | None:
    """Return the day on which PPID declared the entry open, or None if it never did.

    Source: PP 61/2010 ps. 11 (1).
    """
    declared = [line.date for line in entry.history if line.kind == HistoryKind.DECLARED_OPEN]
    return max(declared, default=None)


def ground_letters(label: str) -> str:
    """Return the letters of Pasal 17 that a ground label names, such as "a" or "ah"."""
    named = " ".join(found.group(1).lower() for found in LETTER.finditer(label))
    return "".join(sorted(set(re.findall(r"\b[a-j]\b", named))))


def content_hash(edition: EditionIn) -> str:
    """Return the SHA-256 of what the edition says, in hexadecimal.

    Left out: the hash itself, and the checkpoint, which is made after the hash is in the log.
    """
    plain = plain_content(edition)
    del plain["checkpoint"], plain["content_hash"]
    plain["entries"] = sorted(plain["entries"], key=lambda entry: str(entry["public_id"]))
    return _sha256(plain)


def ordered(entries: Iterable[EntryIn]) -> list[EntryIn]:
    """Return the entries in the order in which an edition is hashed: by their ids."""
    return sorted(entries, key=lambda entry: str(entry.public_id))


def leaves(entries: Iterable[EntryIn]) -> list[bytes]:
    """Return the leaf hashes of an edition's own tree, over each entry's content in order."""
    return [tree.leaf_hash(canonical(plain_content(entry))) for entry in ordered(entries)]


def entries_root(edition: EditionIn) -> str:
    """Return the root of an edition's own tree, in hexadecimal (docs/decisions/0035)."""
    return tree.root(leaves(edition.entries)).hex()


def entry_hash(entry: EntryIn) -> str:
    """Return the SHA-256 of one entry's content, in hexadecimal."""
    return _sha256(plain_content(entry))


def plain_content(value: Any) -> Any:
    """Return a dataclass, tuple, date or plain value as what JSON can hold."""
    if hasattr(value, "__dataclass_fields__"):
        return {field.name: plain_content(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [plain_content(item) for item in value]
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value.isoformat() if isinstance(value, date) else value


def edition_from_plain(plain: Mapping[str, Any]) -> EditionIn:
    """Return the edition that `plain_content` made plain."""
    entries = tuple(_entry_from_plain(entry) for entry in plain["entries"])
    published_at = datetime.fromisoformat(plain["published_at"])
    body = BodyIn(**plain["body"])
    return EditionIn(**{**plain, "body": body, "published_at": published_at, "entries": entries})


def _entry_from_plain(plain: Mapping[str, Any]) -> EntryIn:
    history = tuple(
        HistoryIn(**{**line, "date": date.fromisoformat(line["date"])}) for line in plain["history"]
    )
    days = {name: date.fromisoformat(plain[name]) for name in DAYS if plain[name]}
    basis = tuple(plain["legal_basis"])
    return EntryIn(**{**plain, **days, "legal_basis": basis, "history": history})


def _sha256(plain: Any) -> str:
    return hashlib.sha256(canonical(plain)).hexdigest()
