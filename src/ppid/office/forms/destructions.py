"""The forms of a destruction: the list, the head's decision, the minutes, a hold."""

from collections.abc import Iterable

from django import forms

from ppid.law.destruction import Consent, Element
from ppid.office.actions.destructions import Approval, Minutes
from ppid.office.forms.steps import ActForm
from ppid.office.queries.destructions import CONSENTS, ELEMENTS, Candidate

LONGEST_NUMBER = 100


def _number(label: str, **more: str) -> forms.CharField:
    return forms.CharField(label=label, max_length=LONGEST_NUMBER, **more)


class ProposalForm(ActForm):
    """Which archives, and the panel that has appraised them."""

    items = forms.MultipleChoiceField(
        label="Arsip yang diusulkan musnah", widget=forms.CheckboxSelectMultiple
    )
    panel_decree = _number("Nomor keputusan pembentukan panitia penilai")

    def __init__(self, *args: object, candidates: Iterable[Candidate], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        found = {str(one.item.pk): one for one in candidates}
        self.fields["items"].choices = [(key, one.item.title) for key, one in found.items()]
        self.fields["items"].option_hints = {key: one.meta for key, one in found.items()}
        for element, label in ELEMENTS.items():
            self.fields[element.value] = forms.CharField(label=label, max_length=200)

    def panel(self) -> dict[Element, str]:
        """Return who is on the panel."""
        return {element: self.cleaned_data[element.value] for element in Element}


class ApprovalForm(ActForm):
    """What the head's decision rests on, and its number."""

    opinion = _number("Nomor surat pertimbangan panitia penilai")
    consent = forms.ChoiceField(
        label="Persetujuan tertulis dari",
        choices=[(one.value, label) for one, label in CONSENTS.items()],
        widget=forms.RadioSelect,
        help_text="Kepala ANRI bila retensinya sepuluh tahun atau lebih, dan bagi lembaga negara.",
    )
    consent_number = _number("Nomor surat persetujuan itu")
    decision = _number("Nomor keputusan penetapan pemusnahan")

    def approval(self) -> Approval:
        """Return what was written."""
        data = self.cleaned_data
        return Approval(
            opinion=data["opinion"],
            consent=Consent(data["consent"]),
            consent_number=data["consent_number"],
            decision=data["decision"],
        )


class MinutesForm(ActForm):
    """The minutes of the destruction and who saw it."""

    minutes = _number("Nomor berita acara pemusnahan")
    witnesses = forms.CharField(
        label="Saksi",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Paling sedikit dua pejabat unit hukum atau pengawasan: nama dan jabatan, satu "
        "orang tiap baris.",
    )

    def signed(self) -> Minutes:
        """Return what was written."""
        data = self.cleaned_data
        return Minutes(number=data["minutes"], witnesses=data["witnesses"].splitlines())


class HoldForm(ActForm):
    """Why an archive is kept from destruction."""

    reason = forms.CharField(
        label="Alasan penahanan",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Contoh: surat penyidik nomor 12/2026. Kosongkan untuk mencabut penahanan.",
    )
