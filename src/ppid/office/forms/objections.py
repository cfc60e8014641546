"""The forms of an objection: its record, the superior's answer, and the dispute after it."""

from collections.abc import Sequence
from uuid import UUID

from django import forms

from ppid.law.objection import ObjectionOutcome
from ppid.law.request import ObjectionGround
from ppid.office.actions.objections import FiledObjection, ObjectionLetter
from ppid.office.forms.fields import DateBoxesField
from ppid.office.forms.steps import ActForm
from ppid.office.models import Item


class ObjectionForm(ActForm):
    """An objection as it is recorded (UU 14/2008 ps. 35)."""

    number = forms.CharField(
        label="Nomor pendaftaran keberatan", max_length=100, help_text="Contoh: 002/KB/2026."
    )
    filed_on = DateBoxesField(label="Diterima pada")
    found_on = DateBoxesField(
        label="Alasannya ditemukan pada",
        help_text="Hari pemohon menerima jawaban, atau hari batas jawaban terlewati. "
        "Keberatan diajukan paling lambat 30 hari kerja sesudahnya.",
    )
    grounds = forms.MultipleChoiceField(
        label="Alasan keberatan",
        choices=[(one.value, f"Huruf {one.value}. {one.label}") for one in ObjectionGround],
        widget=forms.CheckboxSelectMultiple,
        help_text="UU 14/2008 ps. 35 (1)",
    )
    statement = forms.CharField(
        label="Kasus posisi",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Ringkasan keberatan, dengan kata-kata pemohon.",
    )

    def filed(self) -> FiledObjection:
        """Return the objection that was filled in."""
        data = self.cleaned_data
        return FiledObjection(
            number=data["number"],
            filed_on=data["filed_on"],
            found_on=data["found_on"],
            grounds=tuple(ObjectionGround(one) for one in data["grounds"]),
            statement=data["statement"],
        )


class ObjectionAnswerForm(ActForm):
    """The superior's answer, and which items it opens."""

    number = forms.CharField(
        label="Nomor surat tanggapan", max_length=100, help_text="Contoh: 480/15/Setda/2026."
    )
    answered_on = DateBoxesField(label="Tanggal surat")
    outcome = forms.ChoiceField(
        label="Tanggapan",
        choices=[(one.value, one.label) for one in ObjectionOutcome],
        widget=forms.RadioSelect,
    )
    items = forms.MultipleChoiceField(
        label="Informasi yang dibuka",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Bila dikabulkan: terbuka sejak tanggal surat, dan tidak dapat dikecualikan "
        "lagi (UU 14/2008 ps. 11 (2) dan ps. 18 (1) huruf g).",
    )
    reason = forms.CharField(
        label="Alasan tertulis",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Wajib bila putusan PPID dikuatkan, seluruhnya atau sebagian "
        "(UU 14/2008 ps. 36 (3)); bila musyawarah, isi kesepakatannya.",
    )

    def __init__(
        self, *args: object, exempt: Sequence[Item], amicable: bool, **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["items"].choices = [(str(one.pk), one.title) for one in exempt]
        if not exempt:
            del self.fields["items"]
        if not amicable:
            self.fields["outcome"].option_hints = {
                ObjectionOutcome.SETTLED.value: "Tidak dapat dipilih untuk penolakan karena "
                "informasi dikecualikan (UU 14/2008 ps. 35 (2))."
            }

    def letter(self) -> ObjectionLetter:
        """Return the answer that was filled in."""
        data = self.cleaned_data
        return ObjectionLetter(
            number=data["number"],
            answered_on=data["answered_on"],
            outcome=ObjectionOutcome(data["outcome"]),
            reason=data["reason"],
            items=frozenset(UUID(one) for one in data.get("items", ())),
        )


class DisputeForm(ActForm):
    """A dispute as the Komisi Informasi has registered it (UU 14/2008 ps. 37)."""

    number = forms.CharField(
        label="Nomor register sengketa", max_length=100, help_text="Contoh: 012/REG-PSI/V/2026."
    )
    registered_on = DateBoxesField(label="Didaftarkan pada")


class DisputeDecisionForm(ActForm):
    """How a dispute ended (UU 14/2008 ps. 46)."""

    number = forms.CharField(
        label="Nomor putusan atau penetapan", max_length=100, help_text="Contoh: 012/PTSN/KI/2026."
    )
    decided_on = DateBoxesField(label="Tanggal putusan")
