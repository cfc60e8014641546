"""How a form meets the page: each field knows its kind, its classes and its options.

`{% include "ppid/field.html" with field=form.x %}` draws any field of a `PageForm`, and
`{% include "ppid/errors.html" %}` the summary of its mistakes. No template needs widget code.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import renderers, widgets
from django.utils.safestring import SafeString

from ppid.office.forms.fields import PARTS, DateBoxes

HIDDEN_TEXT_CLASSES = "govuk-input govuk-password-input__input govuk-js-password-input-input"
KINDS: tuple[tuple[type[forms.Widget], str, str], ...] = (
    (DateBoxes, "date", ""),
    (widgets.HiddenInput, "hidden", ""),
    (widgets.CheckboxSelectMultiple, "checkboxes", "govuk-checkboxes__input"),
    (widgets.RadioSelect, "radios", "govuk-radios__input"),
    (widgets.CheckboxInput, "checkbox", "govuk-checkboxes__input"),
    (widgets.Select, "select", "govuk-select"),
    (widgets.Textarea, "textarea", "govuk-textarea"),
    (widgets.FileInput, "file", "govuk-file-upload"),
    (widgets.PasswordInput, "password", HIDDEN_TEXT_CLASSES),
    (widgets.Input, "text", "govuk-input"),
)
"""Widget class, kind and CSS classes; the first that fits counts, so narrower ones come first."""

ASKING = {"select": "Pilih", "radios": "Pilih", "checkboxes": "Pilih", "checkbox": "Centang"}
"""The verb of the sentence that asks for a missing value; other kinds are asked with "Isi"."""

WITH_ERROR_STYLE = {"select", "textarea", "password", "text", "file"}


@dataclass(frozen=True)
class Option:
    """One radio button or checkbox of a field, ready to be drawn."""

    tag: SafeString
    id: str
    label: str
    hint: str


@dataclass(frozen=True)
class DateBox:
    """One of the three boxes of a date."""

    part: str
    name: str
    id: str
    value: str
    wrong: bool


class PageField(forms.BoundField):
    """A bound field that ppid/field.html can draw without knowing its widget."""

    @property
    def kind(self) -> str:
        """Return which markup the field needs: text, textarea, select, radios, date, ..."""
        return _kind_and_class(self.field.widget)[0]

    @property
    def first_id(self) -> str:
        """Return the id of the control that a link from the error summary should reach."""
        return (
            f"{self.auto_id}_0" if self.kind in ("radios", "checkboxes", "date") else self.auto_id
        )

    @property
    def options(self) -> tuple[Option, ...]:
        """Return the radio buttons or checkboxes; hints come from `field.option_hints`."""
        hints: Mapping[str, str] = getattr(self.field, "option_hints", {})
        return tuple(
            Option(
                tag=choice.tag(),
                id=choice.id_for_label,
                label=str(choice.choice_label),
                hint=hints.get(str(choice.data["value"]), ""),
            )
            for choice in self.subwidgets
        )

    @property
    def date_boxes(self) -> tuple[DateBox, ...]:
        """Return the three boxes of a date with what was typed into them."""
        value = self.value()
        typed = value if isinstance(value, list) else self.field.widget.decompress(value)
        wrong = self._wrong_parts()
        return tuple(
            DateBox(
                part=part,
                name=f"{self.html_name}_{part}",
                id=f"{self.auto_id}_{index}",
                value=str(text or ""),
                wrong=part in wrong,
            )
            for index, (part, text) in enumerate(zip(PARTS, typed, strict=True))
        )

    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: forms.Widget | None = None
    ) -> dict[str, Any]:
        """Return the attributes of the control, with the classes of its kind."""
        built = super().build_widget_attrs(attrs, widget)
        kind, classes = _kind_and_class(widget or self.field.widget)
        own = self.field.widget.attrs.get("class", "")
        faulty = f"{classes.split()[0]}--error" if self.errors and kind in WITH_ERROR_STYLE else ""
        counted = "govuk-js-character-count" if self.counted else ""
        names = " ".join(name for name in (classes, own, faulty, counted) if name)
        return {**built, "class": names} if names else built

    @property
    def counted(self) -> bool:
        """Return whether the characters that are left are shown below the control."""
        return self.kind == "textarea" and bool(getattr(self.field, "max_length", None))

    def _wrong_parts(self) -> tuple[str, ...]:
        mistakes = self.errors.as_data()
        if not mistakes:
            return ()
        return (mistakes[0].params or {}).get("parts", PARTS)


class PageForm(forms.Form):
    """A form whose fields draw themselves with ppid/field.html; mistakes are told by the server."""

    bound_field_class = PageField
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            kind, _ = _kind_and_class(field.widget)
            field.error_messages["required"] = f"{ASKING.get(kind, 'Isi')} “{self[name].label}”."


class PageRenderer(renderers.DjangoTemplates):
    """Makes the fields of every form `PageField`s, those of other packages too (FORM_RENDERER)."""

    bound_field_class = PageField


def _kind_and_class(widget: forms.Widget) -> tuple[str, str]:
    for known, kind, classes in KINDS:
        if isinstance(widget, known):
            return kind, classes
    raise TypeError(f"no markup for {type(widget).__name__}")
