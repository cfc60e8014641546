"""The settings of a body that no other page has."""

import hashlib
import json
from typing import Any

from django import forms

from ppid.law.term import ExpiryRule
from ppid.office.actions.bodies import LONGEST_SITE_TEXT, MOST_UPLOAD_MB
from ppid.office.actions.determinations import DEFAULT_TERM_ROLES
from ppid.office.authority import head_roles, role_name
from ppid.office.forms.page_form import PageForm
from ppid.office.models import Body
from ppid.office.queries.fixity import MOST_DAYS, fixity_days
from ppid.office.uploads import MOST_MB

HEADS = ("pimpinan_badan_publik", "atasan_ppid")
"""The usual roles of who approves: never that of who determines, who is another person."""

NUMBER = {"inputmode": "numeric", "class": "govuk-input--width-4"}


def _digest(settings: dict[str, Any]) -> str:
    """Return what tells these settings from others."""
    return hashlib.sha256(json.dumps(settings, sort_keys=True).encode()).hexdigest()


def chosen_now(body: Body) -> dict[str, Any]:
    """Return what holds for the body, whether it chose so or left it as it was."""
    usual = {
        "term_roles": list(DEFAULT_TERM_ROLES),
        "mandate_of_head": False,
        "expiry_rule": ExpiryRule.WINDOW.value,
        "site_text": "",
        "upload_megabytes": MOST_MB,
    }
    chosen = {name: body.settings.get(name, value) for name, value in usual.items()}
    return chosen | {"head_roles": list(head_roles(body)), "fixity_days": fixity_days(body)}


class OfSettings(PageForm):
    """A form that writes settings of a body. seen: those that the page was made from."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, body: Body, initial: dict[str, Any] | None = None, **kwargs: Any
    ) -> None:
        self.state = _digest(body.settings)
        super().__init__(*args, initial={"seen": self.state, **(initial or {})}, **kwargs)

    def is_stale(self) -> bool:
        """Return whether the settings have changed since the page was asked for."""
        return bool(self.cleaned_data["seen"] != self.state)


class SettingsForm(OfSettings):
    """What a body chooses for itself, where the law or the machine leaves it the choice."""

    fixity_days = forms.IntegerField(
        label="Setiap berkas di brankas dibaca ulang dalam (hari)",
        min_value=1,
        max_value=MOST_DAYS,
        widget=forms.TextInput(attrs=NUMBER),
        help_text=f"1 sampai {MOST_DAYS}. Pekerja membaca sebagian setiap hari, sehingga berkas "
        "yang rusak ketahuan dalam waktu ini.",
    )
    upload_megabytes = forms.IntegerField(
        label="Ukuran unggahan terbesar (MB)",
        min_value=1,
        max_value=MOST_UPLOAD_MB,
        widget=forms.TextInput(attrs=NUMBER),
        help_text=f"1 sampai {MOST_UPLOAD_MB}. Setiap unggahan memakai memori server sebesar "
        "berkasnya selama disegel.",
    )
    head_roles = forms.MultipleChoiceField(
        label="Persetujuan siapa yang berlaku sebagai persetujuan pimpinan",
        widget=forms.CheckboxSelectMultiple,
        help_text="Penetapan memerlukan persetujuan pimpinan Badan Publik (PP 61/2010 ps. 3 (2)).",
    )
    term_roles = forms.MultipleChoiceField(
        label="Siapa yang menetapkan jangka waktu huruf c sampai f",
        widget=forms.CheckboxSelectMultiple,
        help_text="Pimpinan tertinggi Badan Publik (PP 61/2010 ps. 7 (5)), atau pejabat yang "
        "ditunjuk aturan daerah.",
    )
    mandate_of_head = forms.BooleanField(
        label="Persetujuan pimpinan boleh diberikan dengan mandat",
        required=False,
        help_text="Hanya bila aturan Badan Publik sendiri mengizinkannya. Jangka waktu huruf c "
        "sampai f tetap tidak dapat dimandatkan.",
    )
    expiry_rule = forms.ChoiceField(
        label="“Paling lama 30 hari kerja sebelum berakhirnya” dibaca sebagai",
        choices=[
            (ExpiryRule.WINDOW.value, "jendela: dinyatakan terbuka dalam 30 hari kerja terakhir"),
            (ExpiryRule.DEADLINE.value, "tenggat: paling lambat 30 hari kerja sebelumnya"),
        ],
        widget=forms.RadioSelect,
        help_text="PP 61/2010 ps. 11 (2). Hari ke-30 sebelum berakhirnya sesuai dengan keduanya.",
    )
    site_text = forms.CharField(
        label="Kalimat tentang PPID di situs umum",
        required=False,
        max_length=LONGEST_SITE_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Misalnya alamat, jam layanan, dan telepon. Tampil mulai edisi berikutnya.",
    )

    def __init__(self, *args: Any, body: Body, **kwargs: Any) -> None:
        self.now = chosen_now(body)
        super().__init__(*args, body=body, initial=self.now, **kwargs)
        for name in ("head_roles", "term_roles"):
            roles = dict.fromkeys([*HEADS, *self.now[name]])
            self.fields[name].choices = [(role, role_name(role)) for role in roles]

    def changed(self) -> dict[str, Any]:
        """Return what was chosen otherwise than it holds now."""
        data = self.cleaned_data
        return {name: data[name] for name, value in self.now.items() if data[name] != value}
