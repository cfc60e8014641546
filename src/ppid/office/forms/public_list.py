"""The form by which titles of the list of public information are entered as plain rows."""

from django import forms

from ppid.office.actions.public_list import ListedTitle
from ppid.office.forms.steps import ActForm


class PublicListForm(ActForm):
    """One row one title; after a semicolon or a tab, who holds it."""

    rows = forms.CharField(
        label="Judul dalam daftar informasi publik",
        max_length=400_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Satu baris satu judul, boleh ditempel dari lembar kerja. Sesudah titik koma "
        "atau tab: unit yang menguasainya. Contoh: Laporan keuangan 2025; Badan Keuangan.",
    )

    def clean_rows(self) -> tuple[ListedTitle, ...]:
        """Return the rows as they were entered, empty ones left out."""
        found, long = [], []
        for number, text in enumerate(self.cleaned_data["rows"].splitlines(), start=1):
            title, _, holder = text.replace("\t", ";", 1).partition(";")
            if len(title.strip()) > 300 or len(holder.strip()) > 200:
                long.append(number)
            elif title.strip():
                found.append(ListedTitle(title.strip(), holder.strip()))
        if long:
            rows = ", ".join(str(number) for number in long)
            raise forms.ValidationError(f"Baris {rows}: judul paling panjang 300 huruf.")
        return tuple(found)
