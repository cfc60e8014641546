"""Which fields of the office hold confidential words: derived from the code and from what it wrote.

A field that is new, and in which nobody plants a canary, is named here until somebody does, or says
below why no words stand in it.
"""

import json
import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

from leaks.planting import CANARY, PLAIN

CHOICES = frozenset(
    {
        *("archive.filed condition", "archive.filed development", "archive.filed fate"),
        *("archive.filed medium", "archive.filed unit", "calendar.recomputed moves[].kind"),
        *("calendar.recomputed moves[].stage", "deliberation.held items[].views[].stance"),
        *("document.redacted kind", "document.redacted marks[].ground", "document.stored kind"),
        *(
            "test.written sheet.memo_harms[]",
            "test.written sheet.moment",
            "test.written sheet.part",
        ),
        *("test.written sheet.term.kind", "request.answered answer.lines[].part"),
        *("edition.published content.body.timezone", "edition.published content.entries[].scope"),
        *("edition.published content.entries[].history[].kind",),
    }
)
"""One of a few values of the program; shorter than a canary."""
OF_THE_LAW = frozenset(
    {
        *("item.imported ground", "item.imported legal_basis", "item.imported term"),
        *("test.written sheet.ground", "test.written sheet.statutes[]"),
        *("request.answered answer.lines[].ground", "request.answered answer.lines[].statutes[]"),
        *("edition.published content.entries[].ground_label",),
        *("edition.published content.entries[].legal_basis[]",),
    }
)
"""Citations, and the terms that real lists use: everybody's words."""
OF_THE_PROGRAM = frozenset(
    {
        *("document.redacted file_name", "paper.prepared signers[].position"),
        *("request.answered answer.official_position", "request.answered answer.lines[].term"),
        *("edition.published content.body.slug", "edition.published content.body.log_origin"),
        *("edition.published content.body.vkey", "edition.published content.entries[].public_id"),
        *("edition.published content.published_at", "sop.adopted text"),
    }
)
"""Words that the program makes itself: of roles, dates and ids; and the SOP, which is public."""
NEVER_FILLED = frozenset(
    {
        *("document.redacted opened_reason", "request.answered answer.holder", "person.added nip"),
        *("edition.published content.checkpoint", "edition.published content.content_hash"),
        *("edition.published content.entries[].consequence_if_closed",),
        *("request.answered answer.lines[].closed", "paper.prepared signers[].nip"),
    }
)
"""Empty in this office: a number of a person holds digits only; the others need another story."""
WORDLESS = CHOICES | OF_THE_LAW | OF_THE_PROGRAM | NEVER_FILLED
SILENT = frozenset({"consideration.recorded"})
"""Kinds of events that nothing writes any more."""
NO_WORDS_SEALED = frozenset({"case.agencies_set"})
"""Kinds that this office does not write, and that seal nothing (tests/office/test_newer_events)."""
HASH = re.compile(r"[0-9a-f]{32,128}")
ID_KEY = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d+|\d{4}-\d\d-\d\d")

CHOICE_COLUMNS = frozenset(
    [
        "appointment.kind",
        "appointment.role",
        "approval.decision",
        "approval.role",
        "archiveentry.condition",
        "archiveentry.development",
        "archiveentry.fate",
        "archiveentry.medium",
        "archiveentry.security",
        "archiveentry.unit",
        "body.timezone",
        "calendardecree.scope",
        "channel.kind",
        "consequencetest.publishable",
        "deliberation.begins_at",
        "destruction.consent",
        "destruction.stage",
        "draft.form",
        "event.kind",
        "fixity.damage",
        "importedentry.opening",
        "informationrequest.outcome",
        "item.noticed_end",
        "item.noticed_review",
        "item.opening_reason",
        "item.stage",
        "mandate.acts",
        "mandate.role",
        "objection.grounds",
        "objection.outcome",
        "officepaper.kind",
        "officepaper.level",
        "officepaper.way",
        "place.kind",
        "publiccopy.decision",
        "publiccopy.remarks",
        "softcopy.kind",
        "softcopy.remarks",
        "task.roles",
        "team.quorum",
    ]
)
"""One of a few values of the program, or codes."""
KEY_COLUMNS = frozenset(
    [
        "agency.code",
        "apitoken.digest",
        "approval.behalf",
        "backup.missing",
        "backup.snapshot",
        "body.calendar",
        "body.slug",
        "body.vkey",
        "calendarchange.told",
        "case.number",
        "case.state",
        "checkpoint.note",
        "consequencetest.testers",
        "cosignature.line",
        "cosignature.vkey",
        "deliberation.agenda",
        "deliberation.present",
        "destruction.items",
        "determination.behalf",
        "edition.content_hash",
        "event.leaf",
        "fixity.name",
        "item.public_id",
        "keeperstate.keeper",
        "listimport.digest",
        "log.frontier",
        "objection.opened",
        "officepaper.subject",
        "paperfile.sha256",
        "paperrevision.sha256",
        "softcopy.name",
        "softcopy.plain_sha256",
        "softcopy.sealed_sha256",
        "sopversion.code",
        "sopversion.content_hash",
        "vaultkeys.recovery",
        "vaultkeys.service",
    ]
)
"""Ids, hashes, keys that are public, numbers of letters and cases."""
PUBLIC_COLUMNS = frozenset(["sopversion.name", "sopversion.text", "task.performer"])
"""The SOP, which everybody may read."""
UNFILLED_COLUMNS = frozenset(
    [
        "approval.acting",
        "archiveentry.quantity",
        "calendardecree.collective_leave",
        "calendardecree.corrects",
        "destruction.decision",
        "determination.acting",
        "determination.official_position",
        "objection.official_position",
        "person.nip",
        "publiccopy.opened_reason",
        "task.blocked",
    ]
)
"""Empty or made of other fields here: words of roles, of the program, of another story."""
OTHERS = ("account_", "auth_", "django_", "mfa_")
"""Tables of the libraries; what stands in them is searched for in the outlets."""
WORDLESS_COLUMNS = frozenset(
    f"office_{one}" for one in (*CHOICE_COLUMNS, *KEY_COLUMNS, *PUBLIC_COLUMNS, *UNFILLED_COLUMNS)
)


def sealed_fields(data: Path, bodies: tuple[str, ...]) -> dict[str, list[str]]:
    """Return every text of the sealed values of the bodies' events, by kind and path."""
    found: dict[str, list[str]] = {}
    marks = ", ".join("?" * len(bodies))
    with closing(sqlite3.connect(data / "office.sqlite3")) as office:
        rows = office.execute(
            f"SELECT kind, sealed FROM office_event WHERE body IN ({marks})", bodies
        ).fetchall()
    for kind, sealed in rows:
        for name, one in json.loads(sealed).items():
            for path, text in _leaves(one["value"], f"{kind} {name}"):
                found.setdefault(path, []).append(text)
    return found


def _leaves(value: object, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping):
        for key, one in value.items():
            yield from _leaves(one, f"{path}.{'*' if ID_KEY.fullmatch(key) else key}")
    elif isinstance(value, list):
        for one in value:
            yield from _leaves(one, f"{path}[]")


def unplanted_fields(data: Path, bodies: tuple[str, ...]) -> list[str]:
    """Return the sealed fields that hold words, and in which no canary was planted."""
    return sorted(
        path
        for path, texts in sealed_fields(data, bodies).items()
        if path not in WORDLESS
        and not all(PLAIN.fullmatch(one) or HASH.fullmatch(one) for one in texts if one)
        and not any(CANARY.search(one) for one in texts)
    )


def empty_fields(data: Path, bodies: tuple[str, ...]) -> list[str]:
    """Return the sealed fields that were never filled, so that nothing is known of them."""
    return sorted(
        path
        for path, texts in sealed_fields(data, bodies).items()
        if path not in WORDLESS and not any(texts)
    )


def kinds_of(data: Path, bodies: tuple[str, ...]) -> set[str]:
    """Return the kinds of events that the bodies wrote."""
    marks = ", ".join("?" * len(bodies))
    with closing(sqlite3.connect(data / "office.sqlite3")) as office:
        rows = office.execute(
            f"SELECT DISTINCT kind FROM office_event WHERE body IN ({marks})", bodies
        )
        return {kind for (kind,) in rows}


def unplanted_columns(data: Path) -> list[str]:
    """Return the columns of the office's tables that may hold words and hold no canary."""
    found = []
    with closing(sqlite3.connect(data / "office.sqlite3")) as office:
        for table, column in _columns(office):
            rows = office.execute(f'SELECT "{column}" FROM "{table}"')
            texts = (
                one.decode("latin-1") if isinstance(one, bytes) else str(one) for (one,) in rows
            )
            if f"{table}.{column}" not in WORDLESS_COLUMNS and not any(
                CANARY.search(one) or CANARY.search(one.upper()) for one in texts
            ):
                found.append(f"{table}.{column}")
    return sorted(found)


def _columns(office: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Yield table and column of everything that can hold words."""
    tables = office.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    for (table,) in tables:
        for row in office.execute(f'PRAGMA table_info("{table}")').fetchall():
            _, column, kind, *_ = row
            named = table.startswith(OTHERS) or column == "body" or column.endswith("_id")
            if kind.lower().startswith(("varchar", "text", "blob")) and not named:
                yield table, column
