"""Kinds of values as a form shows and takes them: text, lists by line, days, numbers, marks."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ppid.sop.definition import Action, ForEach, Trigger
from ppid.sop.fields import is_whole_number
from ppid.sop.identity import written as day_written
from ppid.sop.transcription.identity import day_of

Sent = Mapping[str, Sequence[str]]
"""What a browser sends: name of the control -> its values."""

MARKED = "ya"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of value. shown: the values of its control; meant: what they say, None = nothing."""

    shown: Callable[[Any], list[str]]
    meant: Callable[[Sequence[str]], Any]


def single(sent: Sequence[str]) -> str:
    """Return the one value of a control, "" without one."""
    return _plain(sent[0]).strip() if sent else ""


def parts(text: str) -> list[int | str]:
    """Return the numbers of "3, 4 dan 5"; what is none stays text, for the check to tell."""
    words = re.split(r"[,;\s]+|\bdan\b", text)
    return [int(one) if re.fullmatch(r"[0-9]{1,6}", one) else one for one in words if one]


def _lines(sent: Sequence[str]) -> list[str] | None:
    return [one.strip() for one in single(sent).splitlines() if one.strip()] or None


def _number(sent: Sequence[str]) -> int | None:
    return int(single(sent)) if re.fullmatch(r"[0-9]{1,6}", single(sent)) else None


def _word(word: str) -> Kind:
    """Return the kind of a key that says this word or is not there."""
    return Kind(
        lambda value: [MARKED] if value == word else [],
        lambda sent: word if single(sent) else None,
    )


def _numbers_shown(value: Any) -> list[str]:
    return [", ".join(map(str, value if isinstance(value, list) else ()))]


TEXT = Kind(
    lambda value: [value if isinstance(value, str) else ""], lambda sent: single(sent) or None
)
LINES = Kind(lambda value: ["\n".join(value or ())], _lines)
DAY = Kind(
    lambda value: [day_written(value)],
    lambda sent: day_of(single(sent)) if single(sent) else None,
)
NUMBER = Kind(lambda value: [str(value) if is_whole_number(value) else ""], _number)
NUMBERS = Kind(_numbers_shown, lambda sent: parts(single(sent)) or None)
ACTION = Kind(
    lambda value: [value or Action.WORK.value],
    lambda sent: None if single(sent) == Action.WORK else single(sent) or None,
)
EACH_AGENCY = _word(ForEach.AGENCY.value)
WHEN_TERM_ENDS = _word(Trigger.TERM_ENDS.value)
COLUMN = Kind(
    lambda value: [] if value is False else [MARKED],
    lambda sent: None if single(sent) else False,
)


def alike(sent: Sequence[str], shown: Sequence[str]) -> bool:
    """Return whether a control came back as it was shown, but for what browsers change.

    They send lines with CR LF, and a line of text without any line end.
    """
    if len(sent) != len(shown):
        return False
    return all(
        one == other or one == other.replace("\n", "")
        for one, other in zip(map(_plain, sent), map(_plain, shown), strict=True)
    )


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def taken(
    base: Mapping[str, Any], sent: Sent, kinds: Mapping[str, Kind], *, prefix: str = ""
) -> dict[str, Any]:
    """Return the values of a table's plain keys: as they were where the control says the same.

    So nothing is lost that a control cannot show, such as a list with a line end in an entry.
    """
    found: dict[str, Any] = {}
    for key, kind in kinds.items():
        got = sent.get(prefix + key, ())
        if alike(got, kind.shown(base.get(key))):
            value = base.get(key)
        else:
            value = kind.meant([one.replace("\x00", "") for one in got])
        if value is not None:
            found[key] = value
    return found
