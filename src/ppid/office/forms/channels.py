"""The form of a publication channel: its name, and what its kind asks for."""

from collections.abc import Mapping

from django import forms

from ppid.office.channels.kinds import FIELDS, LONGEST, LONGEST_KEY, ChannelKind, Field
from ppid.office.forms.steps import ActForm

KEPT = "Sudah tersimpan dan tidak ditampilkan lagi; kosongkan untuk tetap memakainya."


class Unshown(forms.Textarea):
    """A box for several lines that never shows what was typed into it, like one for a password."""

    def format_value(self, value: object) -> str:
        """Return nothing."""
        return ""


class ChannelForm(ActForm):
    """A channel of one kind. known: the settings of one that is changed."""

    name = forms.CharField(
        label="Nama saluran",
        max_length=100,
        help_text="Seperti Anda menyebutnya, misalnya Portal data kota.",
    )

    def __init__(
        self, *args: object, kind: ChannelKind, known: Mapping[str, str] | None, **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        for one in FIELDS[kind]:
            self.fields[one.name] = _field(one, is_kept=one.secret and known is not None)
            asked = one.required and not (one.secret and known is not None)
            self.fields[one.name].error_messages["required"] = f"Isi “{one.label}”."
            self.fields[one.name].required = asked
            if known and not one.secret:
                self.initial[one.name] = known.get(one.name, "")

    def given(self) -> dict[str, str]:
        """Return what was filled in, by the names of the kind's fields."""
        return {one.name: self.cleaned_data.get(one.name, "") for one in FIELDS[self.kind]}


def _field(one: Field, *, is_kept: bool) -> forms.Field:
    hint = f"{one.hint} {KEPT}".strip() if is_kept else one.hint
    if one.choices:
        return forms.ChoiceField(
            label=one.label, help_text=hint, choices=one.choices, widget=forms.RadioSelect
        )
    widget: forms.Widget = forms.TextInput()
    if one.lines:
        widget = Unshown({"rows": 6, "autocomplete": "off", "spellcheck": "false"})
    elif one.secret:
        widget = forms.PasswordInput({"autocomplete": "off"})
    most = LONGEST_KEY if one.lines else LONGEST
    return forms.CharField(label=one.label, help_text=hint, max_length=most, widget=widget)
