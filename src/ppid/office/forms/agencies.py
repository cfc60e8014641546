"""The forms of a body's agencies."""

from django import forms

from ppid.office.forms.steps import ActForm


class AgencyNameForm(ActForm):
    """The name of an agency."""

    name = forms.CharField(
        label="Nama",
        max_length=200,
        help_text="Seperti tertulis pada surat. Contoh: Dinas Kesehatan.",
    )


class AgencyForm(AgencyNameForm):
    """A new agency."""

    code = forms.CharField(
        label="Kode",
        max_length=40,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "spellcheck": "false"}),
        help_text="Nama pendek yang tidak berubah lagi: huruf kecil, angka, tanda hubung. "
        "Contoh: dinkes.",
    )
