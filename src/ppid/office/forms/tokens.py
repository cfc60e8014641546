"""The form by which an officer makes a token of the API."""

from django import forms

from ppid.office.forms.fields import DateBoxesField
from ppid.office.forms.steps import ActForm

SCOPES = (("baca", "Membaca saja"), ("tindak", "Membaca dan bertindak"))


class TokenForm(ActForm):
    """A new token: what it is for, until when, and whether it may act."""

    name = forms.CharField(
        label="Nama token",
        max_length=100,
        help_text="Untuk program apa, misalnya Aplikasi persuratan. Tercatat pada setiap tindakan.",
    )
    ends_on = DateBoxesField(
        label="Berlaku sampai dengan", help_text="Paling lama satu tahun dari hari ini."
    )
    scope = forms.ChoiceField(
        label="Yang boleh dilakukan", choices=SCOPES, widget=forms.RadioSelect
    )
