"""The forms of a request: its record, what it asks for, its extension, its answer."""

from collections.abc import Sequence

from django import forms

from ppid.law.request_answer import Outcome
from ppid.law.request_record import RequestRecord
from ppid.office.actions.answers import AnswerLetter
from ppid.office.forms.docket import case_in_words
from ppid.office.forms.fields import DateBoxesField
from ppid.office.forms.page_form import PageForm
from ppid.office.forms.steps import ActForm
from ppid.office.models import Agency, Case, Item, SopVersion

FORMS = ("Salinan elektronik", "Salinan cetak", "Melihat, membaca, atau mendengarkan")
DELIVERIES = ("Surat elektronik", "Diambil langsung", "Pos atau kurir", "Faksimile")
STAGES = {"usulan": "masih usulan", "dikecualikan": "dalam daftar", "ditolak": "tidak dikecualikan"}
OUTCOME_HINTS = {
    Outcome.GRANTED: "Tidak ada yang dikecualikan.",
    Outcome.PART: "Bagian yang dikecualikan dihitamkan, selebihnya diberikan.",
    Outcome.REFUSED: "Hanya bila lembar ujinya menutup seluruh dokumen.",
    Outcome.NOT_HELD: "Badan publik Anda tidak memegangnya.",
}


def _area(label: str, help_text: str, *, rows: int = 4, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class RequestForm(ActForm):
    """A request as it is recorded (UU 14/2008 ps. 22 (2))."""

    number = forms.CharField(
        label="Nomor pendaftaran",
        max_length=100,
        help_text="UU 14/2008 ps. 22 (4). Diberikan kepada pemohon. Contoh: 014/PI/2026.",
    )
    received_on = DateBoxesField(
        label="Diterima pada",
        help_text="Waktu menjawab dihitung dari hari kerja sesudah tanggal ini.",
    )
    requester = forms.CharField(
        label="Nama pemohon",
        max_length=200,
        help_text="Data pribadi: hanya terlihat oleh petugas yang menangani permintaan.",
    )
    address = forms.CharField(
        label="Alamat pemohon", max_length=300, help_text="Ke mana jawaban dikirim."
    )
    subject = _area(
        "Informasi yang diminta",
        "Dengan kata-kata pemohon. Contoh: Salinan hasil uji kompetensi jabatan tahun 2025.",
        required=True,
    )
    purpose = _area("Tujuan penggunaan", "Bila disebut pemohon.", rows=2)
    form = forms.ChoiceField(
        label="Format yang diminta",
        choices=[(one, one) for one in FORMS],
        widget=forms.RadioSelect,
    )
    delivery = forms.ChoiceField(
        label="Cara penyampaian yang diminta",
        choices=[(one, one) for one in DELIVERIES],
        widget=forms.RadioSelect,
    )

    def record(self) -> RequestRecord:
        """Return what was filled in, as the law asks for it."""
        names = ("number", "received_on", "requester", "address", "subject", "form", "delivery")
        return RequestRecord(**{name: self.cleaned_data[name] for name in names})


class ItemSearchForm(PageForm):
    """Words by which to find an item of the register."""

    cari = forms.CharField(label="Cari dalam register", max_length=200, required=False)


class LinkForm(ActForm):
    """The item that the request asks for."""

    item = forms.ChoiceField(label="Informasi yang diminta", widget=forms.RadioSelect)

    def __init__(self, *args: object, items: Sequence[Item], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.found = {str(one.pk): one for one in items}
        self.fields["item"].choices = [(key, one.title) for key, one in self.found.items()]
        self.fields["item"].option_hints = {
            key: f"{one.agency.name}, {STAGES[one.stage]}" for key, one in self.found.items()
        }

    def chosen(self) -> Item:
        """Return the item that was chosen."""
        return self.found[self.cleaned_data["item"]]


class IntoForm(ActForm):
    """The case in which the test on the request is made."""

    into = forms.ChoiceField(
        label="Berkas untuk uji konsekuensi",
        help_text="Uji atas permintaan berjalan menurut SOP, seperti uji yang lain.",
    )

    def __init__(self, *args: object, into: Sequence[Case | SopVersion], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.cases = {str(one.pk): one for one in into}
        chosen = [("", "Pilih berkas")] if len(self.cases) > 1 else []
        words = [(key, case_in_words(one)) for key, one in self.cases.items()]
        self.fields["into"].choices = chosen + words

    def case(self) -> Case | SopVersion:
        """Return the case that was chosen, or the SOP by which to open one."""
        return self.cases[self.cleaned_data["into"]]


class ProposeForm(IntoForm):
    """A new candidate that the request asks for."""

    agency = forms.ChoiceField(
        label="Perangkat daerah yang menguasai",
        error_messages={"required": "Pilih perangkat daerah."},
    )
    title = forms.CharField(
        label="Nama informasi (internal)",
        max_length=300,
        help_text="Hanya terlihat di dalam kantor. Contoh: Hasil uji kompetensi per peserta, 2025.",
    )
    public_title = forms.CharField(
        label="Judul untuk daftar umum",
        max_length=300,
        required=False,
        help_text="Dapat dibaca siapa pun, juga dalam surat jawaban: tanpa isi yang dikecualikan.",
    )

    def __init__(self, *args: object, agencies: Sequence[Agency], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.agencies = {str(one.pk): one for one in agencies}
        names = [(key, one.name) for key, one in self.agencies.items()]
        self.fields["agency"].choices = names if len(names) == 1 else [("", ""), *names]
        self.order_fields(["act", "agency", "title", "public_title", "into"])

    def agency_chosen(self) -> Agency:
        """Return the agency that was chosen."""
        return self.agencies[self.cleaned_data["agency"]]


class ExtensionForm(ActForm):
    """The written reason for 7 working days more (UU 14/2008 ps. 22 (8))."""

    reason = _area(
        "Alasan tertulis",
        "Disampaikan kepada pemohon. Contoh: Dokumen tersebar di tiga perangkat daerah.",
        required=True,
    )


class AnswerForm(ActForm):
    """The answer (UU 14/2008 ps. 22 (7)); what each outcome needs, the law says when it is sent."""

    number = forms.CharField(
        label="Nomor surat jawaban", max_length=100, help_text="Contoh: 480/221/Diskominfo/2026."
    )
    answered_on = DateBoxesField(label="Tanggal surat")
    outcome = forms.ChoiceField(
        label="Keputusan",
        choices=[(one.value, one.label) for one in Outcome],
        widget=forms.RadioSelect,
        help_text="UU 14/2008 ps. 22 (7) huruf a dan c",
    )
    given = _area(
        "Materi yang diberikan",
        "Bila dikabulkan, juga sebagian: huruf d. Contoh: Halaman 1 sampai 4, rekapitulasi nilai.",
    )
    redaction = _area(
        "Yang dihitamkan, dan alasannya",
        "Bila dikabulkan sebagian: huruf e. Sebut halaman, alinea, atau kolomnya, tanpa "
        "mengungkap isinya.",
    )
    delivery = forms.CharField(
        label="Cara dan format penyampaian",
        max_length=300,
        required=False,
        help_text="Bila dikabulkan, juga sebagian: huruf f.",
    )
    cost = forms.CharField(
        label="Biaya dan cara pembayaran",
        max_length=300,
        required=False,
        help_text="Bila ada: huruf g. Contoh: Rp5.000 untuk 20 lembar, dibayar saat diambil.",
    )
    holder = forms.CharField(
        label="Badan publik yang menguasai",
        max_length=300,
        required=False,
        help_text="Bila tidak dikuasai, dan Anda mengetahui siapa yang menguasainya: huruf b.",
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].option_hints = {
            one.value: hint for one, hint in OUTCOME_HINTS.items()
        }

    def letter(self) -> AnswerLetter:
        """Return the letter that was filled in."""
        data = self.cleaned_data
        texts = ("number", "given", "redaction", "delivery", "cost", "holder")
        return AnswerLetter(
            outcome=Outcome(data["outcome"]),
            answered_on=data["answered_on"],
            **{name: data[name] for name in texts},
        )
