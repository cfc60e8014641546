"""A draft of the sheet as the first values of its form, mistakes and half dates as they were."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from ppid.office.forms.fields import PARTS, DateBoxesField
from ppid.office.forms.sheets import SheetForm


def from_draft(form: SheetForm, content: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Return what was typed, by field; a name that the form does not know is left out."""
    return {
        name: _typed(name, field, content) for name, field in form.fields.items() if name != "act"
    }


def _typed(name: str, field: forms.Field, content: Mapping[str, Sequence[str]]) -> Any:
    if isinstance(field, DateBoxesField):
        return [_first(content, f"{name}_{part}") for part in PARTS]
    if isinstance(field, forms.MultipleChoiceField):
        return list(content.get(name, ()))
    return _first(content, name)


def _first(content: Mapping[str, Sequence[str]], name: str) -> str:
    values = content.get(name) or [""]
    return values[-1]
