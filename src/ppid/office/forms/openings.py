"""The form that declares information open: each reason of the law asks for its own document."""

from dataclasses import dataclass
from datetime import date

from django import forms

from ppid.law.opening import OpeningReason
from ppid.law.term import in_words
from ppid.office.forms.fields import DateBoxesField
from ppid.office.forms.steps import ActForm


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reason asks: its explanation, and the labels of number, giver and day."""

    says: str
    article: str
    number: str = ""
    giver: str = ""
    day: str = ""
    help_text: str = ""


ASKED = {
    OpeningReason.TERM_ENDS: Asked(
        "Jangka waktunya berakhir, atau akan berakhir dalam 30 hari kerja.", "PP 61/2010 ps. 11 (1)"
    ),
    OpeningReason.CONSENT: Asked(
        "Pihak yang rahasianya diungkap memberi persetujuan tertulis.",
        "UU 14/2008 ps. 18 (2) a",
        "Nomor surat persetujuan",
        "Pemberi persetujuan",
        "Tanggal persetujuan",
        "Ikut diumumkan: tulis sebutannya, bukan namanya. Contoh: pasien yang bersangkutan.",
    ),
    OpeningReason.PUBLIC_OFFICE: Asked(
        "Pengungkapannya berkaitan dengan posisi seseorang dalam jabatan publik.",
        "UU 14/2008 ps. 18 (2) b",
        "Nomor keputusan pengangkatan dalam jabatan",
        "Jabatan publiknya",
        "Tanggal keputusan",
        "Ikut diumumkan. Contoh: Kepala Dinas Kesehatan.",
    ),
    OpeningReason.HEARING: Asked(
        "Sudah dibuka dalam sidang pengadilan yang terbuka untuk umum.",
        "PP 61/2010 ps. 5 (2)",
        "Nomor perkara",
        "Pengadilan",
        "Tanggal sidang",
        "Contoh: Pengadilan Negeri Palangka Raya.",
    ),
    OpeningReason.OBJECTION: Asked(
        "Atasan PPID mengabulkan keberatan.",
        "UU 14/2008 ps. 36 (2)",
        "Nomor tanggapan atas keberatan",
        "Pejabat yang memutus",
        "Tanggal tanggapan",
        "Contoh: Sekretaris Daerah selaku Atasan PPID.",
    ),
    OpeningReason.COMMISSION: Asked(
        "Komisi Informasi memutus bahwa informasi ini terbuka.",
        "UU 14/2008 ps. 11 (2)",
        "Nomor putusan",
        "Komisi Informasi",
        "Tanggal putusan",
        "Contoh: Komisi Informasi Provinsi Kalimantan Tengah.",
    ),
    OpeningReason.COURT: Asked(
        "Pengadilan memutus bahwa informasi ini terbuka.",
        "UU 14/2008 ps. 11 (2)",
        "Nomor putusan",
        "Pengadilan",
        "Tanggal putusan",
        "Contoh: Pengadilan Tata Usaha Negara Palangka Raya.",
    ),
}


class OpeningForm(ActForm):
    """Declare an item open for one reason. The end of a term has its day; all else opens today.

    named: whether the end of the term has no known day, so that its document is asked.
    """

    def __init__(
        self, *args: object, reason: OpeningReason, on: date, named: bool, **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        self.reason, self.on = reason, on
        asked = ASKED[reason]
        if reason is OpeningReason.TERM_ENDS:
            self.fields["opened_on"] = DateBoxesField(
                label="Terbuka mulai", help_text="Tidak lebih lambat dari akhir jangka waktunya."
            )
            if named:
                self.fields["number"] = forms.CharField(
                    label="Dokumen yang menyatakan peristiwanya terjadi", max_length=150
                )
            return
        self.fields["number"] = forms.CharField(label=asked.number, max_length=70)
        self.fields["giver"] = forms.CharField(
            label=asked.giver, max_length=100, help_text=asked.help_text
        )
        self.fields["dated"] = DateBoxesField(label=asked.day)

    def clean_dated(self) -> date:
        """Return the document's day. Raises ValidationError for one that has not come."""
        day: date = self.cleaned_data["dated"]
        if day > self.on:
            raise forms.ValidationError("Tanggal ini belum tiba.")
        return day

    def opened_on(self) -> date:
        """Return the first open day."""
        day: date = self.cleaned_data.get("opened_on") or self.on
        return day

    def document(self) -> str:
        """Return what the opening rests on, in one line."""
        data = self.cleaned_data
        day = in_words(data["dated"]) if data.get("dated") else ""
        parts = (data.get("number"), data.get("giver"), day)
        return ", ".join(part for part in parts if part)
