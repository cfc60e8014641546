"""The form that takes an SOP sheet as the office has it."""

from typing import Any

from django import forms

from ppid.office.forms.page_form import PageForm
from ppid.office.list_files.table import LARGEST_FILE


class SopSheetForm(PageForm):
    """A file that holds an SOP sheet."""

    sheet = forms.FileField(
        label="Lembar SOP",
        help_text="DOCX, ODT, XLSX, PDF yang teksnya dapat disalin, teks, atau berkas SOP (.toml).",
        allow_empty_file=True,
    )

    def content(self) -> bytes:
        """Return the bytes of the file, no more than just too many."""
        upload: Any = self.cleaned_data["sheet"]
        return bytes(upload.read(LARGEST_FILE + 1))

    def name(self) -> str:
        """Return how the file is called."""
        upload: Any = self.cleaned_data["sheet"]
        return str(upload.name)
