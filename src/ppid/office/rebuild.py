"""`ppid check`: verify the log, rebuild every table from it, and compare.

The rebuild goes into an empty SQLite in memory, whatever the office's own database is, so that
nothing that stands in the tables can help the comparison.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections, models
from django.db.backends.sqlite3.base import DatabaseWrapper

from ppid.errors import CorruptData, Finding, PpidError
from ppid.ledger.entry import Entry
from ppid.ledger.verify import Row, compare
from ppid.office import keys
from ppid.office.log import CHECKPOINT_EVERY, CHECKPOINT_KINDS
from ppid.office.models import PROJECTED, Body, Checkpoint, Event, Log
from ppid.office.paper_files import paper_file_faults
from ppid.office.projections import Happened, project

SCRATCH = "rebuild"
FROM_BACKUP = "Pulihkan dari cadangan terakhir yang lulus pemeriksaan."
IN_MEMORY = {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:", "OPTIONS": {}}


@dataclass(frozen=True, slots=True)
class Report:
    """What was checked, and every fault that was found."""

    events: int
    rows: int
    findings: tuple[Finding, ...]


def check_all(outside: Sequence[str] = ()) -> Report:
    """Verify every body's log and compare every table with its rebuild.

    outside: checkpoints that were kept outside; each log has to continue those of its own.
    """
    findings = [finding for body in _logs() for finding in check_log(body, outside)]
    if not findings:
        findings += [*check_tables(), *paper_file_faults()]
    rows = sum(model._default_manager.count() for model in PROJECTED)
    return Report(Event.objects.count(), rows, tuple(findings))


def _logs() -> list[str]:
    known = set(Log.objects.values_list("body", flat=True))
    known |= set(Event.objects.values_list("body", flat=True).distinct())
    known |= set(Body.objects.values_list("slug", flat=True))
    return sorted(known)


def check_log(body: str, outside: Sequence[str] = ()) -> list[Finding]:
    """Verify one body's log: each entry, each commitment, the tree, and every checkpoint.

    Raises BadInput or CorruptData for a key that is missing, unreadable, or not the body's.
    """
    vkey = _vkey(body)
    events = list(Event.objects.filter(body=body).order_by("seq"))
    log = Log.objects.filter(body=body).first()
    notes = list(Checkpoint.objects.filter(body=body).order_by("size"))
    findings = list(
        compare(
            (Row(one.seq, bytes(one.entry), bytes(one.leaf), one.sealed) for one in events),
            frontier=log.frontier if log else "",
            checkpoints=[*(note.note for note in notes), *_own(outside, body)],
            vkey=vkey,
            verify=keys.verifier_of(vkey),
            body=body,
        )
    )
    for event in events:
        findings += _columns(event)
    findings += _head(log, size=len(events)) + _rhythm(events, notes)
    return [_named(finding, body) for finding in findings]


def _own(outside: Sequence[str], body: str) -> list[str]:
    return [note for note in outside if note.partition("\n")[0] == keys.key_name(body)]


def _vkey(body: str) -> str:
    """Return the public key of the body's log, after a look at the key that it signs with."""
    known = Body.objects.filter(pk=body).values_list("vkey", flat=True).first() or ""
    keys.signer(settings.KEYS, body, expected=known)
    return known or keys.vkey(settings.KEYS, body)


def _named(finding: Finding, body: str) -> Finding:
    place = f"{body} {finding.place}".strip()
    return Finding(finding.code, finding.message, place, finding.hint, finding.source)


def _head(log: Log | None, *, size: int) -> list[Finding]:
    kept = log.size if log else 0
    if kept == size:
        return []
    message = f"Kepala catatan menyebut {kept} peristiwa, padahal ada {size}."
    return [Finding("log_size_differs", message, hint=FROM_BACKUP)]


def _rhythm(events: list[Event], notes: list[Checkpoint]) -> list[Finding]:
    """Return which checkpoints are gone: each determination, edition and tenth event had one."""
    kept = {note.size for note in notes}
    due = {one.seq + 1 for one in events if one.kind in CHECKPOINT_KINDS}
    due |= {one.seq + 1 for one in events if (one.seq + 1) % CHECKPOINT_EVERY == 0}
    return [
        Finding("checkpoint_missing", f"Titik periksa pada {size} peristiwa hilang.")
        for size in sorted(due - kept)
    ]


def _entry(event: Event) -> Entry | None:
    try:
        return Entry.from_bytes(bytes(event.entry))
    except CorruptData:
        return None  # compare() has named it


def _columns(event: Event) -> list[Finding]:
    entry = _entry(event)
    if entry is None:
        return []
    same = (
        entry.seq == event.seq
        and entry.body == event.body
        and entry.kind == event.kind
        and entry.moment == event.at
        and entry.actor == (str(event.actor) if event.actor else "")
        and entry.payload.get("case") == (str(event.case) if event.case else None)
        and entry.payload.get("item") == (str(event.item) if event.item else None)
    )
    return [] if same else [_altered(event)]


def _altered(event: Event) -> Finding:
    return Finding(
        "columns_differ",
        f"Peristiwa nomor {event.seq}: kolom di samping catatannya tidak cocok dengan catatan.",
        place=f"peristiwa {event.seq}",
        hint=FROM_BACKUP,
    )


def check_tables() -> list[Finding]:
    """Replay the whole log into empty tables and name every row that differs."""
    with scratch_database() as alias:
        for event in Event.objects.order_by("id").iterator(chunk_size=500):
            try:
                project(Happened.of(event, db=alias))
            except (PpidError, DatabaseError, ObjectDoesNotExist, LookupError) as error:
                return [_unreplayable(event, error)]
        return [finding for model in PROJECTED for finding in _differences(model, alias)]


def _unreplayable(event: Event, error: Exception) -> Finding:
    text = f"Peristiwa {event.kind} tidak dapat mengikuti yang sebelumnya: {error}"
    place = f"{event.body} peristiwa {event.seq}"
    return Finding("replay_failed", text, place=place, hint=FROM_BACKUP)


@contextmanager
def scratch_database() -> Iterator[str]:
    """Give an empty database in memory with the projected tables; it is gone afterwards."""
    options = {**connections.settings[DEFAULT_DB_ALIAS], **IN_MEMORY}
    connections[SCRATCH] = DatabaseWrapper(options, SCRATCH)
    try:
        with connections[SCRATCH].constraint_checks_disabled():
            with connections[SCRATCH].schema_editor() as editor:
                for model in PROJECTED:
                    editor.create_model(model)
            yield SCRATCH
    finally:
        connections[SCRATCH].close()
        del connections[SCRATCH]


def _differences(model: type[models.Model], alias: str) -> list[Finding]:
    kept, rebuilt = _rows(model, DEFAULT_DB_ALIAS), _rows(model, alias)
    findings = []
    for key in sorted(kept.keys() | rebuilt.keys(), key=str):
        if kept.get(key) != rebuilt.get(key):
            findings.append(_differs(model, key, kept.get(key), rebuilt.get(key)))
    return findings


def _rows(model: type[models.Model], alias: str) -> dict[Any, dict[str, Any]]:
    """Return the rows by key. A key that the database hands out by itself means nothing."""
    names = [field.attname for field in model._meta.concrete_fields]
    rows = list(model._default_manager.using(alias).order_by().values(*names))
    key = model._meta.pk.attname
    if not isinstance(model._meta.pk, models.AutoField):
        return {row[key]: row for row in rows}
    for row in rows:
        del row[key]
    ordered = sorted(rows, key=lambda row: [str(row[name]) for name in sorted(row)])
    return dict(enumerate(ordered))


def _differs(model: type[models.Model], key: Any, kept: Any, rebuilt: Any) -> Finding:
    if kept is None or rebuilt is None:
        what = "tidak ada dalam tabel" if kept is None else "tidak berasal dari catatan"
    else:
        what = "berbeda pada " + ", ".join(n for n in kept if kept[n] != rebuilt[n])
    return Finding(
        "table_differs",
        f"Baris {model._meta.model_name} {key} {what}.",
        place=model._meta.db_table,
        hint="Jangan mengubah tabel langsung; pulihkan dari cadangan.",
    )
