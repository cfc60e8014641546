"""The filters of the register, read from the address."""

from collections.abc import Sequence
from uuid import UUID

from django import forms

from ppid.office.forms.page_form import PageForm
from ppid.office.models import Agency

STATES = (
    ("", "Semua keadaan"),
    ("usulan", "Usulan"),
    ("dikecualikan", "Dikecualikan"),
    ("segera", "Segera terbuka"),
    ("tinjau", "Waktunya ditinjau"),
    ("terbuka", "Terbuka"),
    ("ditolak", "Ditolak"),
)


class RegisterForm(PageForm):
    """What of the register is asked for; each field narrows it."""

    cari = forms.CharField(label="Nama, ringkasan, nomor surat", max_length=100)
    keadaan = forms.ChoiceField(label="Keadaan", choices=STATES)
    huruf = forms.ChoiceField(label="Dasar (huruf)")
    opd = forms.TypedChoiceField(label="Perangkat daerah", coerce=UUID, empty_value=None)
    tahun = forms.TypedChoiceField(label="Tahun berakhir", coerce=int, empty_value=None)

    def __init__(
        self,
        *args: object,
        letters: Sequence[str],
        agencies: Sequence[Agency],
        years: Sequence[int],
        **kwargs: object,
    ) -> None:
        super().__init__(*args, **kwargs)
        every = [(one, f"Huruf {one}") for one in letters]
        self.fields["huruf"].choices = [("", "Semua huruf"), *every]
        names = [(str(agency.pk), agency.name) for agency in agencies]
        self.fields["opd"].choices = [("", "Semua perangkat daerah"), *names]
        self.fields["tahun"].choices = [("", "Semua tahun"), *((y, str(y)) for y in years)]
        for field in self.fields.values():
            field.required = False
