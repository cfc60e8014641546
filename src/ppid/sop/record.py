"""Events of a case as plain data, ready for JSON, its states as JSON text, and back.

Instants are ISO 8601 with their offset; tuples become lists. The same value always gives the same
data:

    {"kind": "acted", "at": "2026-01-05T09:00:00+08:00", "step": 2, "actor": "17",
     "performer": "ketua", "outcome": "Ya", "reason": "", "agency": null}
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from datetime import datetime
from functools import lru_cache
from operator import attrgetter
from typing import Any

from ppid.errors import CorruptData, Finding
from ppid.sop.case import (
    Acted,
    AgenciesSet,
    CaseState,
    Confirmed,
    Declined,
    Done,
    Event,
    Extended,
    Started,
    Token,
)

_KINDS: dict[str, type[Event]] = {
    "started": Started,
    "agencies_set": AgenciesSet,
    "acted": Acted,
    "confirmed": Confirmed,
    "declined": Declined,
    "extended": Extended,
}
_KIND_OF = {cls: kind for kind, cls in _KINDS.items()}
_RECORDS = (*_KIND_OF, Token, Done, CaseState)
_NAMES: dict[type, tuple[str, ...]] = {
    cls: tuple(field.name for field in fields(cls)) for cls in _RECORDS
}
_VALUES: dict[type, Callable[[object], Any]] = {
    cls: attrgetter(*names) for cls, names in _NAMES.items()
}
_PLAIN = (int, str, bool, int | None, str | None)
# A long case has hundreds of acts, written anew at each: only what is not plain is looked at.
_OTHERS: dict[type, list[str]] = {
    cls: [one.name for one in fields(cls) if one.type not in _PLAIN] for cls in _RECORDS
}
_DONE = ', "done": ['
REMEMBERED = 256
"""States whose text was written last: what writes a step of a case is what reads the next."""
_remembered: dict[str, CaseState] = {}


def event_as_dict(event: Event) -> dict[str, Any]:
    """Return the event as plain data; `kind` says which event it is."""
    return {"kind": _KIND_OF[type(event)], **_plain_record(event)}


def event_from_dict(data: Mapping[str, Any]) -> Event:
    """Return the event that `event_as_dict` wrote. Raises CorruptData."""
    try:
        values = dict(data)
        cls = _KINDS[values.pop("kind")]
        return cls(**_restored(cls, values))
    except (KeyError, TypeError, ValueError) as error:
        raise _unreadable(error) from error


def state_as_text(state: CaseState, *, after: str = "") -> str:
    """Return the state as JSON.

    after: the text of the state before; acts that stand there are not written anew.
    """
    values = _plain_record(replace(state, done=()))
    del values["done"]
    text = f"{json.dumps(values)[:-1]}{_DONE}{_acts_text(state.done, after)}]}}"
    if len(_remembered) >= REMEMBERED:
        _remembered.clear()
    _remembered[text] = state
    return text


def state_from_text(text: str) -> CaseState:
    """Return the state that `state_as_text` wrote. Raises CorruptData."""
    return _remembered.get(text) or _state(text)


def _acts_text(acts: tuple[Done, ...], after: str) -> str:
    before = _remembered.get(after)
    if before is None or not before.done or before.done != acts[: len(before.done)]:
        return ", ".join(map(_done_text, acts))
    written = after[after.index(_DONE) + len(_DONE) : -2]
    return ", ".join((written, *map(_done_text, acts[len(before.done) :])))


@lru_cache(maxsize=4096)
def _done_text(done: Done) -> str:
    return json.dumps(_plain_record(done))


def _state(text: str) -> CaseState:
    try:
        values = _restored(CaseState, json.loads(text))
        values["tokens"] = tuple(_token(token) for token in values["tokens"])
        values["done"] = tuple(Done(**_restored(Done, done)) for done in values["done"])
        return CaseState(**values)
    except (KeyError, TypeError, ValueError) as error:
        raise _unreadable(error) from error


def _token(data: Mapping[str, Any]) -> Token:
    values = _restored(Token, data)
    if values["acted"] is not None:
        values["acted"] = Acted(**_restored(Acted, values["acted"]))
    return Token(**values)


def _restored(cls: type, data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of one record with its instants and tuples restored."""
    values = dict(data)
    for name in _OTHERS[cls]:
        values[name] = _value(name, values[name])
    return values


def _value(name: str, value: Any) -> Any:
    if isinstance(value, list):
        return tuple(value)
    if value is None or isinstance(value, dict):
        return value
    instant = datetime.fromisoformat(value)
    if instant.tzinfo is None:
        raise ValueError(f"{name} without an offset")
    return instant


def _plain_record(record: object) -> dict[str, Any]:
    cls = type(record)
    values = dict(zip(_NAMES[cls], _VALUES[cls](record), strict=True))
    for name in _OTHERS[cls]:
        values[name] = _plain(values[name])
    return values


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return _plain_record(value) if type(value) in _NAMES else value


def _unreadable(error: Exception) -> CorruptData:
    return CorruptData(
        Finding("case_record_unreadable", "Catatan berkas tidak dapat dibaca.", hint=repr(error))
    )
