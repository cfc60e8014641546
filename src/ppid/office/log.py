"""Append an event: the one way in which anything is written.

An event is hashed into the body's tree and projected onto the tables in the same transaction.
Confidential values stand in the entry as salted commitments only; the values and salts stand beside
it. A checkpoint is signed at every determination and edition and at least every ten events.
"""

import json
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings

from ppid.ledger import checkpoint as notes
from ppid.ledger.entry import Entry, commit
from ppid.ledger.tree import Frontier, leaf_hash
from ppid.office import keys, projections
from ppid.office.models import Body, Case, Checkpoint, Event, Log
from ppid.office.projections.happened import THROUGH
from ppid.office.statements import columns, insert, together, update
from ppid.reading import Reading

ENTRY_VERSION = 1
CHECKPOINT_EVERY = 10
CHECKPOINT_KINDS = frozenset({"body.created", "determination.made", "edition.published"})
SALT_BYTES = 16
LOG_OF_CASE = Reading(
    lambda case: (
        Log.objects.select_for_update()
        .filter(body__in=Case.objects.filter(pk=case).order_by().values("body_id"))
        .values_list(*columns(Log))
    ),
    case=UUID(int=0),
)
"""The log of a case's body; it is locked for the transaction, as by `lock`."""
VKEY = Reading(lambda body: Body.objects.filter(pk=body).values_list("vkey"), body="badan")


@dataclass(frozen=True, slots=True)
class Fact:
    """What an event says. open: may be shown to everybody; sealed: confidential values."""

    kind: str
    open: Mapping[str, Any] = field(default_factory=dict)
    sealed: Mapping[str, Any] = field(default_factory=dict)
    case: UUID | None = None
    item: UUID | None = None


_token: ContextVar[UUID | None] = ContextVar("token", default=None)


@contextmanager
def by_token(token: UUID) -> Iterator[None]:
    """Say in every entry that is written in the block by which token of the API it was done."""
    before = _token.set(token)
    try:
        yield
    finally:
        _token.reset(before)


def lock(body: str) -> Log:
    """Take the body's log for this transaction: from here on nobody else writes in this body."""
    log, _ = Log.objects.select_for_update().get_or_create(body=body)
    return log


def append(
    fact: Fact,
    *,
    body: str,
    by: UUID | None,
    at: datetime,
    log: Log | None = None,
    standing: projections.Standing | None = None,
) -> None:
    """Append the event to the body's log and project it.

    Must run inside `writing()`. by: the person who acts, None for the program itself. at: aware.
    log, standing: as read after `lock()` in this transaction, to spare reading them again; with a
    standing, all that is written goes to a server in one go.
    """
    log = log or lock(body)
    with together() if standing else nullcontext():
        leaf = _insert_event(fact, body=body, seq=log.size, by=by, at=at)
        frontier = Frontier.from_text(log.frontier).append(leaf)
        update(Log, {"body": body}, size=frontier.size, frontier=frontier.to_text())
        projections.project(_happened(fact, body=body, by=by, at=at, standing=standing))
        if fact.kind in CHECKPOINT_KINDS or frontier.size % CHECKPOINT_EVERY == 0:
            note = _signed(body, frontier)
            insert(Checkpoint, body=body, size=frontier.size, note=note, at=at)


def _happened(
    fact: Fact,
    *,
    body: str,
    by: UUID | None,
    at: datetime,
    standing: projections.Standing | None,
) -> projections.Happened:
    """Return what a replay would read from the event, without writing and reading it first."""
    values = json.loads(json.dumps({**fact.open, **fact.sealed}))
    return projections.Happened(
        body=body,
        kind=fact.kind,
        at=at,
        by=by,
        case=fact.case,
        item=fact.item,
        values=values,
        standing=standing,
    )


def _insert_event(fact: Fact, *, body: str, seq: int, by: UUID | None, at: datetime) -> bytes:
    """Insert the event's row and return its leaf hash."""
    sealed = {
        name: {"salt": secrets.token_hex(SALT_BYTES), "value": value}
        for name, value in sorted(fact.sealed.items())
    }
    commitments = {
        name: commit(one["value"], salt=bytes.fromhex(one["salt"])) for name, one in sealed.items()
    }
    payload = dict(fact.open)
    if fact.case:
        payload["case"] = str(fact.case)
    if fact.item:
        payload["item"] = str(fact.item)
    if token := _token.get():
        payload[THROUGH] = str(token)
    entry = Entry(
        version=ENTRY_VERSION,
        body=body,
        seq=seq,
        kind=fact.kind,
        at=at.isoformat(),
        actor=str(by) if by else "",
        payload=payload,
        commitments=commitments,
    ).to_bytes()
    leaf = leaf_hash(entry)
    insert(
        Event,
        body=body,
        seq=seq,
        kind=fact.kind,
        at=at,
        actor=by,
        case=fact.case,
        item=fact.item,
        entry=entry,
        sealed=sealed,
        leaf=leaf,
    )
    return leaf


def _signed(body: str, frontier: Frontier) -> str:
    """Return the tree's head as a signed note.

    Raises BadInput, also for a key that is not the one the body is known by.
    """
    ((known,),) = VKEY.rows(body=body)
    vkey = known or keys.vkey(settings.KEYS, body)
    return notes.sign(
        notes.Checkpoint(origin=keys.key_name(body), size=frontier.size, root=frontier.root()),
        key_name=keys.key_name(body),
        public_key=notes.parse_vkey(vkey).public_key,
        sign=keys.signer(settings.KEYS, body, expected=vkey),
    )


def checkpoint(body: str, *, at: datetime) -> Checkpoint:
    """Return a checkpoint over the whole log as it stands, signing one if there is none.

    Of two who sign at once the first is kept.
    """
    log = Log.objects.get(body=body)
    newest = Checkpoint.objects.filter(body=body, size=log.size).first()
    if newest:
        return newest
    note = _signed(body, Frontier.from_text(log.frontier))
    row, _ = Checkpoint.objects.get_or_create(
        body=body, size=log.size, defaults={"note": note, "at": at}
    )
    return row
