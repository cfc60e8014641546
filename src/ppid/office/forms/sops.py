"""The form that takes an SOP file: uploaded, or pasted."""

from typing import Any

from django import forms

from ppid.errors import Finding
from ppid.office.forms.steps import ActForm
from ppid.sop.load import LARGEST_FILE

EMPTY = Finding(
    "file_missing", "Pilih file naskah SOP, atau tempelkan isinya.", place="seluruh berkas"
)


class SopFileForm(ActForm):
    """An SOP as a file of format 1. Nothing is required of the fields: the file itself is read."""

    file = forms.FileField(
        label="Naskah SOP (file)",
        required=False,
        allow_empty_file=True,
        help_text="Berakhiran .toml.",
    )
    text = forms.CharField(
        label="Atau tempelkan isinya",
        required=False,
        strip=False,
        widget=forms.Textarea(
            attrs={"rows": 16, "spellcheck": "false", "class": "ppid-code", "wrap": "off"}
        ),
    )

    def content(self) -> bytes:
        """Return the bytes of the file, no more than just too many; empty when none was given.

        Pasted lines end as the file's do: browsers send them as CR LF.
        """
        upload: Any = self.cleaned_data.get("file")
        if upload is not None:
            return bytes(upload.read(LARGEST_FILE + 1))
        return str(self.cleaned_data.get("text", "")).replace("\r\n", "\n").encode()

    def name(self) -> str:
        """Return what messages call the file."""
        upload: Any = self.cleaned_data.get("file")
        return upload.name if upload is not None else "yang ditempelkan"
