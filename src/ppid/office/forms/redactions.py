"""The forms of blackening: a mark, what a search found, the making of the copy, the decision."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django import forms

from ppid.office.actions.redactions import APPROVE, REFUSE
from ppid.office.forms.page_form import PageForm
from ppid.office.forms.steps import ActForm
from ppid.vault.redaction.marks import Mark, mark_of
from ppid.vault.redaction.searching import Hit

LONGEST_REASON = 300


class PointsField(forms.FloatField):
    """A measure in points; a decimal comma is read as well as a point."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value: Any) -> float | None:
        """Return the number. Raises ValidationError."""
        found: float | None = super().to_python(str(value or "").strip().replace(",", "."))
        return found


class ReasonedForm(PageForm):
    """What every mark has: its ground and its reason."""

    ground = forms.ChoiceField(label="Dasar pengecualian")
    reason = forms.CharField(
        label="Alasan menutup bagian ini",
        max_length=LONGEST_REASON,
        help_text="Dibaca pemohon. Jangan menyebut apa yang ditutup. Contoh: melindungi riwayat "
        "kesehatan seseorang.",
    )

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ground"].choices = choices  # type: ignore[attr-defined]


class MarkForm(ReasonedForm):
    """One mark, by its four measures."""

    page = forms.IntegerField(
        label="Halaman",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    left = PointsField(label="Kiri")
    bottom = PointsField(label="Bawah")
    right = PointsField(label="Kanan")
    top = PointsField(label="Atas")
    field_order = ("page", "left", "bottom", "right", "top", "ground", "reason")

    def mark(self) -> Mark:
        """Return the mark. Raises BadInput."""
        return mark_of(self.cleaned_data)


class HitsForm(ReasonedForm):
    """What a search found, by number, with one ground and reason for all."""

    hits = forms.MultipleChoiceField(label="Yang ditandai", widget=forms.CheckboxSelectMultiple)
    field_order = ("hits", "ground", "reason")

    def __init__(self, *args: Any, found: Sequence[Hit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found = found
        pages = {one.number: one.page for one in found}
        field = self.fields["hits"]
        field.choices = [  # type: ignore[attr-defined]
            (str(number), f"Temuan {number}, halaman {page}") for number, page in pages.items()
        ]
        field.initial = [str(number) for number in pages]

    def marks(self) -> list[Mark]:
        """Return a mark for each line of each finding that was confirmed."""
        data = self.cleaned_data
        return [
            mark_of({**asdict(one), "ground": data["ground"], "reason": data["reason"]})
            for one in self.found
            if str(one.number) in data["hits"]
        ]


class SearchForm(PageForm):
    """Words that are looked for in the document."""

    cari = forms.CharField(
        label="Cari teks",
        max_length=200,
        required=False,
        help_text="Huruf besar, spasi, dan pindah baris tidak dibedakan.",
    )


class MakeForm(ActForm):
    """Make the copy. opened_reason: asked for when an approved copy had closed more."""

    opened_reason = forms.CharField(
        label="Alasan membuka kembali bagian yang dahulu dihitamkan",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Isi hanya bila salinan yang sudah disetujui menutup lebih banyak.",
    )


class DecideForm(ActForm):
    """A second person's decision on a public copy."""

    decision = forms.ChoiceField(
        label="Keputusan",
        choices=[(APPROVE, "Setuju, boleh diberikan"), (REFUSE, "Kembalikan untuk diperbaiki")],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label="Catatan",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Wajib bila dikembalikan: apa yang perlu diperbaiki.",
    )
