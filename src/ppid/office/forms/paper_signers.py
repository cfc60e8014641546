"""The form of who signs which papers: a role, and perhaps a second one who knows or agrees."""

from typing import Any

from django import forms

from ppid.office.authority import ROLE_NAMES, role_name
from ppid.office.forms.bodies import OfSettings
from ppid.office.models import Appointment, Body
from ppid.office.paper_signers import ABOVE, Choice, Signed, choice_of


class PaperSignersForm(OfSettings):
    """Two questions for each kind of paper."""

    def __init__(self, *args: Any, body: Body, **kwargs: Any) -> None:
        super().__init__(*args, body=body, **kwargs)
        roles = _roles(body)
        for kind in Signed:
            now = choice_of(body.settings, kind)
            usual = f"Seperti biasa: {role_name(kind.usual[0])}"
            self.fields[f"role_{kind}"] = forms.ChoiceField(
                label=f"{kind.label}: penanda tangan",
                choices=[("", usual), *roles],
                required=False,
                initial=now.role,
            )
            self.fields[f"with_{kind}"] = forms.ChoiceField(
                label=f"{kind.label}: yang mengetahui atau menyetujui",
                choices=[("", "Tidak ada"), *_beside(roles)],
                required=False,
                initial=f"{now.above}{now.beside}" if now.beside else "",
            )

    def clean(self) -> dict[str, Any]:
        """Refuse the same role twice on one paper."""
        data = super().clean() or {}
        for kind in Signed:
            beside = _choice("", data.get(f"with_{kind}", "")).beside
            if beside and beside == (data.get(f"role_{kind}") or kind.usual[0]):
                self.add_error(f"with_{kind}", "Ini sudah penanda tangannya. Pilih peran lain.")
        return data

    def chosen(self) -> dict[str, dict[str, str]]:
        """Return the setting; kinds that are as usual are left out."""
        data = self.cleaned_data
        made = {kind: _choice(data[f"role_{kind}"], data[f"with_{kind}"]) for kind in Signed}
        return {kind.value: one.as_said() for kind, one in made.items() if one != Choice()}


def _roles(body: Body) -> list[tuple[str, str]]:
    held = Appointment.objects.filter(person__body=body).values_list("role", flat=True)
    found = {*ROLE_NAMES, *held}
    return sorted(((role, role_name(role)) for role in found), key=lambda one: one[1])


def _beside(roles: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(f"{above}{role}", f"{above} {name}") for above in ABOVE for role, name in roles]


def _choice(role: str, beside: str) -> Choice:
    above, _, second = beside.partition(",")
    return Choice(role, second, f"{above},") if second else Choice(role)
