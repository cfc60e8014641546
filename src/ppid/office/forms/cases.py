"""The forms that open a case and say which agencies take part in it."""

from collections.abc import Sequence
from uuid import UUID

from django import forms

from ppid.office.forms.steps import ActForm
from ppid.office.models import Agency
from ppid.sop.definition import Step


class AgenciesForm(ActForm):
    """Which agencies take part in the case."""

    agencies = forms.MultipleChoiceField(
        label="Perangkat daerah peserta",
        widget=forms.CheckboxSelectMultiple,
        help_text="Langkah yang diulang dikerjakan oleh setiap perangkat daerah yang dipilih.",
    )

    def __init__(self, *args: object, choices: Sequence[Agency], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.known = {agency.pk: agency for agency in choices}
        self.fields["agencies"].choices = [(str(one.pk), one.name) for one in choices]

    def chosen(self) -> list[Agency]:
        """Return the agencies that were ticked."""
        return [self.known[UUID(one)] for one in self.cleaned_data.get("agencies", ())]


class NewCaseForm(AgenciesForm):
    """A new case: its title, where it begins if the SOP leaves a choice, and its agencies."""

    title = forms.CharField(
        label="Judul berkas",
        max_length=200,
        help_text="Hanya terlihat di dalam kantor. Contoh: Pengujian informasi triwulan I 2026.",
    )
    step = forms.TypedChoiceField(label="Dimulai pada", widget=forms.RadioSelect, coerce=int)

    def __init__(
        self, *args: object, starts: Sequence[Step], repeats: bool, **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["step"].choices = [
            (one.number, f"Langkah {one.row}: {one.activity}") for one in starts
        ]
        self.fields["step"].initial = starts[0].number if starts else None
        if len(starts) < 2:
            self.fields["step"].widget = forms.HiddenInput()
        if not repeats:
            del self.fields["agencies"]
        self.order_fields(["act", "title", "step", "agencies"])
