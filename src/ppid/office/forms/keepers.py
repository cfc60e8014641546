"""The form by which a body chooses who keeps its checkpoints outside."""

from django import forms

from ppid.office.forms.page_form import PageForm
from ppid.office.keepers import LONGEST, Keeper, KeeperKind


class KeeperForm(PageForm):
    """One more keeper."""

    kind = forms.ChoiceField(
        label="Cara",
        choices=[(one.value, one.label) for one in KeeperKind],
        widget=forms.RadioSelect,
    )
    address = forms.CharField(
        label="Alamat",
        max_length=LONGEST,
        help_text="Saksi: alamat webnya. Surel: alamat surel. Folder: letak lengkapnya di mesin "
        "lain, misalnya /mnt/arsip/titik-periksa.",
    )
    vkey = forms.CharField(
        label="Kunci saksi",
        required=False,
        max_length=LONGEST,
        help_text="Hanya untuk saksi: satu baris yang diberikan pengelolanya.",
    )

    def keeper(self) -> Keeper:
        """Return the keeper that was chosen."""
        data = self.cleaned_data
        return Keeper(KeeperKind(data["kind"]), data["address"].strip(), data["vkey"].strip())
