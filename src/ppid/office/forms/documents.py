"""The forms of a soft copy: send one, and say why one is read."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms

from ppid.office.forms.steps import ActForm
from ppid.office.models import Case, SoftCopy
from ppid.vault.kinds import ALLOWED, ENDINGS

NEW = ""
FOR_THE_CASE, OTHERWISE = "berkas", "lain"


class DocumentForm(ActForm):
    """A file to be sealed, and of which document it is a new version."""

    file = forms.FileField(
        label="Berkas",
        allow_empty_file=True,
        max_length=None,
        widget=forms.FileInput(attrs={"accept": ",".join(f".{one}" for one in ENDINGS)}),
        error_messages={"required": "Pilih berkas."},
    )
    document = forms.TypedChoiceField(
        label="Simpan sebagai",
        coerce=UUID,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(
        self, *args: object, known: Sequence[SoftCopy], most: int, **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        self["file"].help_text = f"{ALLOWED}; paling besar {most} MB."
        if not known:
            del self.fields["document"]
            return
        names = [(str(one.document), f"Versi baru dari {one.file_name}") for one in known]
        self.fields["document"].choices = [(NEW, "Dokumen baru"), *names]

    @property
    def version_of(self) -> UUID | None:
        """Return the document of which a new version was sent."""
        return self.cleaned_data.get("document")


class ReadingForm(ActForm):
    """Why a soft copy is read."""

    purpose = forms.ChoiceField(
        label="Untuk apa",
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih untuk apa dokumen ini dibaca."},
    )
    reason = forms.CharField(
        label="Alasan membaca",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Tercatat bersama nama Anda dan jamnya; dapat dibaca pimpinan dan auditor.",
        error_messages={"required": "Tulis alasan membaca."},
    )

    def __init__(self, *args: object, case: Case | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if case is None:
            del self.fields["purpose"]
            return
        self.fields["purpose"].choices = [
            (FOR_THE_CASE, f"Untuk berkas {case.number}: {case.title}"),
            (OTHERWISE, "Untuk keperluan lain"),
        ]

    @property
    def for_case(self) -> bool:
        """Return whether it is read for the case that runs."""
        return self.cleaned_data.get("purpose") == FOR_THE_CASE
