"""The form that begins a change of classification: why, and in which case."""

from collections.abc import Sequence

from django import forms

from ppid.office.forms.docket import case_in_words
from ppid.office.forms.steps import ActForm
from ppid.office.models import Case, SopVersion


class ReclassificationForm(ActForm):
    """Why the classification is to be changed, and the case that tests it anew."""

    reason = forms.CharField(
        label="Mengapa klasifikasinya diubah",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Hanya terlihat di dalam kantor. Contoh: penyidikannya belum selesai, dan "
        "jangka waktunya berakhir 31 Desember 2026.",
    )
    into = forms.ChoiceField(label="Berkas untuk uji yang baru")

    def __init__(self, *args: object, into: Sequence[Case | SopVersion], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.cases = {str(one.pk): one for one in into}
        choices = [(key, case_in_words(one)) for key, one in self.cases.items()]
        self.fields["into"].choices = [("", "Pilih berkas"), *choices]

    def chosen(self) -> Case | SopVersion:
        """Return the case that was chosen, or the SOP by which to open one."""
        return self.cases[self.cleaned_data["into"]]
