"""Plant canaries: whoever calls an act of the office with words, calls it with marked words.

A canary is random, so that it stands nowhere by chance and each leads to the one place at which it
was given. The acts are those that the pages call; nothing is written behind their back.
"""

import random
import re
import string
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import Enum
from functools import wraps
from importlib import import_module
from inspect import signature
from typing import Any

LETTERS = string.ascii_uppercase + "234567"
LENGTH = 24
MARK = "KENARI-"
CANARY = re.compile(rf"{MARK}[{LETTERS}]{{{LENGTH}}}")
ACTS = "ppid.office.actions."
PLAIN = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|[\d./-]*")
"""An id, a day, a number."""

NO_WORDS = frozenset(
    {
        *(
            "code",
            "role",
            "kind",
            "timezone",
            "decision",
            "security",
            "nip",
            "username",
            "password",
        ),
        *("recipient", "digest", "set_labels.sheet", "words", "names", "outcome", "agency_code"),
        *("ConsequenceTest.ground", "ConsequenceTest.statutes", "Record.fate", "Record.unit"),
        *("Record.development", "Record.medium", "Record.condition", "Invitation.begins_at"),
        *("LegacyEntry.term", "LegacyEntry.ground", "LegacyEntry.legal_basis", "Rules"),
        *("change_settings.choices", "create_body.choices", "create_body.slug", "adopt_sop.text"),
        *("adopt_sop.name", "start_sop_draft.document", "keep_state.document", "draft_of.form"),
        *("keep_draft.form", "LetterheadChoice.size", "Keeper.address", "Keeper.vkey"),
        *("keep_sheet_draft.content", "take_stock.scans", "CertificateSigner", "export_bag.name"),
        *("store_document.found", "decide_lines.lines", "Member.person", "View.member", "Mark"),
        *("Recusal.member", "Minutes.present", "prepare.draft", "open_paper.subject", "Spot.kind"),
        *("change_settings.by", "Decision.decision", "WorkWeek", "PaperSigner"),
        *("keep_upload.tables", "keep_choice.choice", "publishable", "set_channel.given"),
    }
)
"""Arguments that hold no free words (a code, a choice, a citation, a key) or are marked by hand."""


@dataclass(frozen=True, slots=True)
class Canary:
    """One canary. place: the act and the argument it was given in; item: of which, where known."""

    text: str
    place: str
    body: str
    item: str = ""


class Planter:
    """Makes canaries, always the same ones in the same order, and knows where each was planted."""

    def __init__(self, seed: int = 1) -> None:
        self.random = random.Random(seed)
        self.planted: list[Canary] = []
        self.body = ""

    def canary(self, place: str, item: str = "") -> str:
        """Return a new canary that is planted at a place."""
        text = MARK + "".join(self.random.choices(LETTERS, k=LENGTH))
        self.planted.append(Canary(text, place, self.body, item))
        return text

    def marked(self, value: Any, place: str, item: str = "") -> Any:
        """Return the value with a canary behind each text in it."""
        if place in NO_WORDS or type(value).__name__ in NO_WORDS or isinstance(value, Enum):
            return value
        if isinstance(value, str):
            return self._text(value, place, item)
        if is_dataclass(value) and not isinstance(value, type):
            return self._facts(value, place, item)
        if isinstance(value, tuple | list):
            return type(value)(self.marked(one, f"{place}[]", item) for one in value)
        if isinstance(value, Mapping):
            return {key: self.marked(one, f"{place}.*", item) for key, one in value.items()}
        return value

    def _text(self, value: str, place: str, item: str) -> str:
        if not value.strip() or PLAIN.fullmatch(value) or MARK in value:
            return value
        return f"{value} {self.canary(place, item)}"

    def _facts(self, value: Any, place: str, item: str) -> Any:
        kind = type(value).__name__
        changes = {
            one.name: self.marked(getattr(value, one.name), f"{place}.{one.name}", item)
            for one in fields(value)
            if one.init and not {one.name, f"{kind}.{one.name}"} & NO_WORDS
        }
        return replace(value, **changes)

    def planting(self, act: Callable[..., Any]) -> Callable[..., Any]:
        """Return the act, called with marked words; what it makes owns the canaries."""

        shape = signature(act)

        @wraps(act)
        def planted(*args: Any, **more: Any) -> Any:
            first = len(self.planted)
            item = _item_in((*args, *more.values()))
            given = shape.bind(*args, **more)
            for name, one in given.arguments.items():
                if name not in NO_WORDS:
                    place = f"{act.__name__}.{name}"
                    given.arguments[name] = self.marked(one, place, item)
            made = act(*given.args, **given.kwargs)
            owner = item or _item_in((made,))
            self.planted[first:] = [replace(one, item=owner) for one in self.planted[first:]]
            return made

        planted.plants = True
        return planted

    def plant_in(self, *modules: str) -> None:
        """Let what these modules call of the office's acts be called with marked words."""
        for name in modules:
            module = sys.modules[name]
            for key, one in list(vars(module).items()):
                if _is_act(one):
                    setattr(module, key, self.planting(one))


def _is_act(one: Any) -> bool:
    return (
        callable(one)
        and not isinstance(one, type)
        and getattr(one, "__module__", "").startswith(ACTS)
        and not hasattr(one, "plants")
    )


def _item_in(values: tuple[Any, ...]) -> str:
    """Return the id of the item among the values, "" for none."""
    return next((str(one.pk) for one in values if type(one).__name__ == "Item"), "")


class Acts:
    """Every act of the office by the name of its module, called with marked words."""

    def __init__(self, planter: Planter) -> None:
        self._planter = planter

    def __getattr__(self, module: str) -> "_Module":
        return _Module(self._planter, import_module(ACTS + module))


@dataclass(frozen=True, slots=True)
class _Module:
    planter: Planter
    module: Any

    def __getattr__(self, name: str) -> Callable[..., Any]:
        return self.planter.planting(getattr(self.module, name))
