"""The form of the letterhead: lines, paper, logo."""

from typing import Any

from django import forms

from ppid.office.actions.letterheads import LetterheadChoice
from ppid.office.forms.page_form import PageForm
from ppid.papers.letterhead import LONGEST_FOOTER, MOST_LINES, MOST_LOGO_BYTES, PaperSize

SIZES = ((PaperSize.A4.value, "A4 (210 x 297 mm)"), (PaperSize.F4.value, "F4 (215 x 330 mm)"))


class LetterheadForm(PageForm):
    """What stands at the head of every paper, and the paper itself."""

    lines = forms.CharField(
        label="Baris di bawah nama instansi",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": MOST_LINES}),
        help_text="Alamat, telepon, surel, dan situs; satu hal per baris, paling banyak empat.",
    )
    footer = forms.CharField(
        label="Baris kaki halaman",
        required=False,
        max_length=LONGEST_FOOTER,
        help_text="Dicetak di kaki setiap halaman, misalnya moto atau alamat situs.",
    )
    size = forms.ChoiceField(label="Ukuran kertas", choices=SIZES, widget=forms.RadioSelect)
    logo = forms.FileField(
        label="Logo",
        required=False,
        allow_empty_file=True,
        help_text=f"PNG atau JPEG, paling besar {MOST_LOGO_BYTES // 1000} kB. Biarkan kosong untuk "
        "tetap memakai logo yang ada.",
    )
    without = forms.BooleanField(label="Hapus logo", required=False)

    def __init__(self, *args: Any, has_logo: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_logo:
            del self.fields["without"]

    def choice(self) -> LetterheadChoice:
        """Return what was chosen, with no more of the image than just too much."""
        data = self.cleaned_data
        upload: Any = data["logo"]
        image = upload.read(MOST_LOGO_BYTES + 1) if upload is not None else None
        logo = b"" if data.get("without") else image
        size, footer = PaperSize(data["size"]), data["footer"]
        return LetterheadChoice(data["lines"].splitlines(), size, logo, footer)
