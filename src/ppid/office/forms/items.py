"""Forms of an item: its words, and a new candidate."""

from collections.abc import Sequence

from django import forms

from ppid.office.forms.page_form import PageForm
from ppid.office.forms.steps import ActForm
from ppid.office.models import Agency


class ItemWordsForm(PageForm):
    """The internal title, the safe public title, and what the item is."""

    title = forms.CharField(
        label="Nama informasi (internal)",
        max_length=300,
        help_text="Hanya terlihat di dalam kantor.",
        error_messages={"required": "Isi nama informasi."},
    )
    public_title = forms.CharField(
        label="Judul untuk daftar umum",
        max_length=300,
        required=False,
        help_text="Dapat dibaca siapa pun: jangan menyebut nama orang, nomor, atau isi yang "
        "dikecualikan. Contoh: Rekam medis pasien program tuberkulosis.",
    )
    summary = forms.CharField(
        label="Ringkasan",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Dokumen apa yang memuatnya, dan apa isinya. Hanya terlihat di dalam kantor.",
    )


class CorrectionForm(ActForm):
    """Another public title for what was determined, and why."""

    public_title = forms.CharField(
        label="Judul untuk daftar umum",
        max_length=300,
        help_text="Dapat dibaca siapa pun. Edisi berikutnya memuat judul ini; edisi yang sudah "
        "terbit tetap seperti adanya.",
        error_messages={"required": "Isi judul umum."},
    )
    reason = forms.CharField(
        label="Alasan ralat",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Tercatat di dalam kantor dan tidak diumumkan.",
        error_messages={"required": "Isi alasannya."},
    )


class NewItemForm(ItemWordsForm, ActForm):
    """A new candidate: its words and the agency that holds it."""

    agency = forms.ChoiceField(
        label="Perangkat daerah yang menguasai",
        error_messages={"required": "Pilih perangkat daerah."},
    )

    def __init__(self, *args: object, agencies: Sequence[Agency], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(agency.pk), agency.name) for agency in agencies]
        self.fields["agency"].choices = choices if len(choices) == 1 else [("", ""), *choices]
        self.order_fields(["act", "agency", "title", "public_title", "summary"])
