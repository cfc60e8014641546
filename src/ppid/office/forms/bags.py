"""The form by which an item is exported as a bag."""

from django import forms

from ppid.office.forms.steps import ActForm


class BagForm(ActForm):
    """Why, and whether the soft copies are opened for it."""

    reason = forms.CharField(
        label="Alasan mengekspor",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Tercatat dalam riwayat bersama nama Anda. Contoh: penyerahan kepada lembaga "
        "kearsipan, berita acara nomor 12/2026.",
    )
    opened = forms.BooleanField(
        label="Sertakan soft copy yang dibuka",
        required=False,
        help_text="Tanpa ini soft copy tetap tersegel: hanya pemegang kunci pemulihan yang dapat "
        "membukanya.",
    )
