"""How the officers' API fills in the forms of the pages: what they ask for, what is sent, mistakes.

An act's fields are those of its form and can be asked for first; a date is written 2026-03-09.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any
from uuid import uuid4

from django import forms
from django.http import QueryDict
from ninja import Field, Header, Schema

from ppid.errors import BadInput, Finding
from ppid.office.api.access import Asker
from ppid.office.api.telling import findings_told
from ppid.office.forms.fields import PARTS, DateBoxesField
from ppid.office.log import by_token
from ppid.office.views.asking import Asked

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", flags=re.ASCII)
HEX = "[0-9A-Fa-f]"
UUID_OR_NONE = f"^({HEX}{{8}}(-{HEX}{{4}}){{3}}-{HEX}{{12}})?$"
Key = Annotated[str, Header(alias="Idempotency-Key", pattern=UUID_OR_NONE)]
Plain = Annotated[str, Field(max_length=8000, pattern=r"^[^\x00]*$")]
Value = Plain | bool | int | list[Plain]
Fields = Mapping[str, Value]


class FieldsIn(Schema):
    """What is filled in, by the names of the form's fields."""

    fields: dict[str, Value] = {}


def fields_of(asked: Asked) -> dict[str, Any]:
    """Return what an act asks for, as the page draws it."""
    return {"fields": list(_described(asked.forms))}


def carry_out(one: Asker, asked: Asked) -> dict[str, Any]:
    """Do what was sent, as the token's act, and tell what came of it. Raises BadInput."""
    demand_valid(asked.forms)
    with by_token(one.token.pk):
        done = asked.act()
    lines = [
        {"item": line.item.pk, "findings": findings_told(line.findings)} for line in done.lines
    ]
    return {"said": done.said, "made": done.made.pk if done.made else None, "lines": lines}


def _described(found: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for form in found.values():
        for name, field in form.fields.items():
            if name != "act":
                choices = [
                    (str(value), str(label))
                    for value, label in getattr(field, "choices", ())
                    if value != ""
                ]
                yield {
                    "name": name,
                    "label": str(field.label or ""),
                    "kind": form[name].kind,
                    "required": field.required,
                    "help": str(field.help_text),
                    "choices": [value for value, _ in choices],
                    "labels": [label for _, label in choices],
                    "value": _plain(form[name].initial),
                }


def _plain(value: Any) -> Any:
    """Return what a field holds before it is filled in, as it would be sent."""
    if isinstance(value, list):
        return [str(one) for one in value]
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


def as_sent(found: Mapping[str, Any], given: Fields, *, key: str = "") -> QueryDict:
    """Return what a browser would send of these forms. Raises BadInput: `field_unknown`."""
    known = {name for form in found.values() for name in form.fields} - {"act"}
    strange = sorted(given.keys() - known)
    if strange:
        text = "Isian ini tidak dikenal."
        raise BadInput(*(Finding("field_unknown", text, name) for name in strange))
    data, act = QueryDict(mutable=True), str(key or uuid4())
    for form in found.values():
        data[form.add_prefix("act")] = act
        for name, value in given.items():
            if name in form.fields:
                for part, text in _typed(form.fields[name], name, value):
                    data.setlist(form.add_prefix(part), text)
    return data


def _typed(field: forms.Field, name: str, value: Value) -> Iterator[tuple[str, list[str]]]:
    """Yield the controls of a field with what would be typed into them."""
    if isinstance(field, DateBoxesField):
        text = str(value)
        boxes = text.split("-")[::-1] if DAY.fullmatch(text) else [text, text, text]
        yield from ((f"{name}_{part}", [box]) for part, box in zip(PARTS, boxes, strict=True))
    elif isinstance(value, bool):
        yield name, ["on"] if value else []
    else:
        yield name, [str(one) for one in value] if isinstance(value, list) else [str(value)]


def demand_valid(found: Mapping[str, Any]) -> None:
    """Raise BadInput with every mistake in the forms, each at its field."""
    wrong = [
        Finding(one.code or "invalid", " ".join(one.messages), "" if name == "__all__" else name)
        for form in found.values()
        if not form.is_valid()
        for name, mistakes in form.errors.as_data().items()
        for one in mistakes
    ]
    if wrong:
        raise BadInput(*wrong)
