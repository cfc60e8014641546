"""The forms of signing: prepare a paper, sign it, file its scan, take it back; and the rules."""

from typing import Any

from django import forms

from ppid.office.actions.papers import Scan
from ppid.office.forms.fields import DateBoxesField
from ppid.office.forms.page_form import PageForm
from ppid.office.forms.steps import ActForm
from ppid.office.signing_rules import LONGEST_FOOTER, PaperKind, Rules, certificates_in
from ppid.papers.scans import MOST_BYTES
from ppid.papers.signature import Level, Way

HIDDEN = {"autocomplete": "off", "spellcheck": "false"}


class PrepareForm(ActForm):
    """The number of a paper that has none of its own."""

    number = forms.CharField(
        label="Nomor naskah",
        required=False,
        max_length=100,
        help_text="Tercetak pada naskah. Sesudah ditandatangani nomor tidak dapat ditambahkan.",
    )


class ElectronicForm(ActForm):
    """What every electronic signature asks for: that the paper was read, and the passphrase."""

    passphrase = forms.CharField(
        label="Kata sandi sertifikat",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs=HIDDEN),
        help_text="Dipakai sekali ini saja; tidak disimpan dan tidak dicatat di mana pun.",
    )
    consent = forms.BooleanField(
        label="Saya sudah membaca naskah ini seluruhnya dan menyetujui isinya."
    )


class CertificateForm(ElectronicForm):
    """A certificate of one's own."""

    archive = forms.FileField(
        label="Berkas sertifikat",
        required=False,
        help_text="Berkas .p12 atau .pfx milik Anda; dipakai sekali ini dan tidak disimpan.",
    )
    field_order = ("act", "archive", "passphrase", "consent")

    def content(self) -> bytes:
        """Return the archive that was uploaded, or nothing."""
        upload: Any = self.cleaned_data["archive"]
        return upload.read(200_000) if upload else b""


class BsreUserForm(ActForm):
    """Who somebody is to BSrE: NIK or e-mail."""

    nik = forms.RegexField(
        r"\A\d{16}\Z",
        label="NIK",
        required=False,
        widget=forms.TextInput(attrs={**HIDDEN, "inputmode": "numeric"}),
        help_text="16 angka. Dikirim ke gateway eSign dan tidak disimpan di sini.",
        error_messages={"invalid": "NIK terdiri atas 16 angka."},
    )
    email = forms.EmailField(
        label="atau surel yang terdaftar di BSrE",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs=HIDDEN),
        help_text="Pengganti NIK pada gateway versi 2.",
    )
    field_order = ("act", "nik", "email")
    pairs: tuple[tuple[str, str], ...] = (("nik", "email"),)

    @property
    def sides(self) -> list[list[forms.BoundField]]:
        """Return the fields of which one of two is enough, side by side."""
        return [[self[name] for name in pair] for pair in self.pairs]

    def clean(self) -> dict[str, Any]:
        """Ask for one of both."""
        data = super().clean() or {}
        if not data.get("nik") and not data.get("email") and "nik" not in self.errors:
            self.add_error("nik", "Isi NIK atau surel Anda.")
        return data


class EsignForm(BsreUserForm, ElectronicForm):
    """BSrE: NIK or e-mail, and passphrase or code."""

    totp = forms.CharField(
        label="atau kode TOTP",
        required=False,
        max_length=12,
        widget=forms.PasswordInput(attrs=HIDDEN),
        help_text="Pengganti passphrase pada gateway versi 2.",
    )
    passphrase = forms.CharField(
        label="Passphrase BSrE",
        required=False,
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs=HIDDEN),
        help_text="Dipakai sekali ini saja; tidak disimpan dan tidak dicatat di mana pun.",
    )
    field_order = ("act", "nik", "email", "passphrase", "totp", "consent")
    pairs = (("nik", "email"), ("passphrase", "totp"))

    def clean(self) -> dict[str, Any]:
        """Ask for one of each pair."""
        data = super().clean()
        if not data.get("passphrase") and not data.get("totp"):
            self.add_error("passphrase", "Isi passphrase atau kode TOTP.")
        return data


class ScanForm(ActForm):
    """The scan of a paper that was signed with ink."""

    scan = forms.FileField(
        label="Pindaian",
        help_text=f"PDF, JPEG, atau PNG, paling besar {MOST_BYTES // 1000000} MB, semua halaman.",
    )
    signed_on = DateBoxesField(
        label="Tanggal tanda tangan terakhir", help_text="Hari penanda tangan terakhir."
    )
    statement = forms.CharField(
        label="Keterangan",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Siapa saja yang menandatangani, bila perlu dijelaskan.",
    )
    same = forms.BooleanField(
        label="Saya menyatakan pindaian ini sama dengan naskah yang disiapkan, lengkap, dan "
        "ditandatangani oleh orang-orang yang disebut di atas."
    )

    def chosen(self) -> Scan:
        """Return the scan, with no more of it than just too much."""
        data = self.cleaned_data
        return Scan(
            content=data["scan"].read(MOST_BYTES + 1),
            signed_on=data["signed_on"],
            same=data["same"],
            statement=data["statement"],
        )


class WithdrawForm(ActForm):
    """Why a paper is taken back."""

    reason = forms.CharField(
        label="Alasan ditarik",
        max_length=500,
        help_text="Tanda tangan yang sudah ada tidak berlaku untuk naskah penggantinya.",
    )


class RulesForm(PageForm):
    """How the body's papers are numbered and signed."""

    level = forms.ChoiceField(
        label="Tingkat tanda tangan elektronik",
        choices=[(one.value, one.label) for one in Level],
        widget=forms.RadioSelect,
    )
    tsa = forms.CharField(
        label="Alamat otoritas cap waktu (RFC 3161)",
        required=False,
        max_length=300,
        help_text="Diperlukan mulai B-T bila memakai sertifikat sendiri.",
    )
    anchors = forms.CharField(
        label="Sertifikat induk yang dipercaya (PEM)",
        required=False,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
        help_text="Satu atau lebih; tanda tangan diperiksa terhadap sertifikat ini.",
    )
    footer = forms.CharField(
        label="Kalimat kaki naskah",
        required=False,
        max_length=LONGEST_FOOTER,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Hanya dicetak pada naskah yang ditandatangani secara elektronik. Kosongkan "
        "untuk kalimat baku.",
    )
    check_address = forms.CharField(
        label="Alamat halaman pemeriksaan naskah",
        required=False,
        max_length=300,
        help_text="Dicetak pada naskah dan sebagai kode QR, diikuti kode naskah. Isi hanya bila "
        "situs umum dicapai lewat alamat lain; kosong: alamat situs umum, diikuti /p.",
    )

    def __init__(self, *args: Any, rules: Rules, **kwargs: Any) -> None:
        initial = {
            "level": rules.level.value,
            "tsa": rules.tsa,
            "anchors": "\n".join(rules.anchors),
            "footer": rules.footer,
            "check_address": rules.check_address,
        }
        super().__init__(*args, initial=initial, **kwargs)
        for kind in PaperKind:
            self.fields[f"way_{kind.value}"] = forms.ChoiceField(
                label=kind.label,
                choices=[(way.value, way.label) for way in Way],
                initial=rules.way(kind).value,
            )
            if kind.numbered:
                self.fields[f"number_{kind.value}"] = forms.CharField(
                    label=f"Pola nomor: {kind.label.lower()}",
                    required=False,
                    max_length=100,
                    initial=rules.numbers.get(kind.value, ""),
                )
        last = ("level", "tsa", "anchors", "footer", "check_address")
        self.order_fields([*(name for name in self.fields if name not in last), *last])

    @property
    def kinds(self) -> list[list[forms.BoundField]]:
        """Return the fields of each kind of paper: how it is signed, and the pattern of numbers."""
        names = [(f"way_{kind.value}", f"number_{kind.value}") for kind in PaperKind]
        return [[self[name] for name in pair if name in self.fields] for pair in names]

    @property
    def others(self) -> list[forms.BoundField]:
        """Return the fields that hold for every kind."""
        return [self[name] for name in self.fields if not name.startswith(("way_", "number_"))]

    def chosen(self) -> Rules:
        """Return the rules that were chosen."""
        data = self.cleaned_data
        numbers = {kind.value: data.get(f"number_{kind.value}", "").strip() for kind in PaperKind}
        return Rules(
            ways={kind.value: data[f"way_{kind.value}"] for kind in PaperKind},
            numbers={kind: pattern for kind, pattern in numbers.items() if pattern},
            level=Level(data["level"]),
            tsa=data["tsa"].strip(),
            anchors=certificates_in(data["anchors"]),
            footer=data["footer"].strip(),
            check_address=data["check_address"].strip(),
        )
