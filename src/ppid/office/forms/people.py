"""The forms of people and their appointments."""

from collections.abc import Sequence
from typing import Any

from django import forms

from ppid.office.forms.fields import DateBoxesField
from ppid.office.forms.steps import ActForm
from ppid.office.mandate import MandatedAct
from ppid.office.models import Agency, Person

KIND_CHOICES = (
    ("definitif", "Definitif"),
    ("plt", "Pelaksana tugas (Plt.)"),
    ("plh", "Pelaksana harian (Plh.)"),
)


class PersonForm(ActForm):
    """A new person, with an account if they are to sign in."""

    name = forms.CharField(
        label="Nama", max_length=200, help_text="Dengan gelar, seperti tertulis dalam keputusan."
    )
    nip = forms.CharField(
        label="NIP",
        required=False,
        max_length=30,
        help_text="18 angka, spasi diabaikan. Satu NIP adalah satu orang.",
    )
    username = forms.CharField(
        label="Nama pengguna",
        required=False,
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text="Diisi bila orang ini akan masuk ke program. Contoh: rina.dinkes.",
    )
    password = forms.CharField(
        label="Kata sandi awal",
        required=False,
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="Paling sedikit 12 karakter; diganti pemiliknya sesudah masuk.",
    )

    def clean(self) -> dict[str, object]:
        """Ask for the user name and the password together."""
        cleaned = super().clean()
        if cleaned.get("password") and not cleaned.get("username"):
            self.add_error("username", "Isi nama pengguna untuk kata sandi ini.")
        if cleaned.get("username") and not cleaned.get("password"):
            self.add_error("password", "Isi kata sandi awal.")
        return cleaned


class AppointmentForm(ActForm):
    """An appointment to a role by decree."""

    role = forms.ChoiceField(
        label="Peran", help_text="Peran menentukan langkah SOP mana yang dapat dikerjakan."
    )
    position = forms.CharField(
        label="Jabatan",
        required=False,
        max_length=200,
        help_text="Seperti tertulis pada surat. Contoh: Kepala Dinas Kesehatan.",
    )
    agency = forms.ChoiceField(
        label="Perangkat daerah",
        required=False,
        help_text="Kosong berarti seluruh badan publik.",
    )
    kind = forms.ChoiceField(
        label="Jenis penugasan",
        choices=KIND_CHOICES,
        initial="definitif",
        widget=forms.RadioSelect,
        help_text="Plt. dan Plh. harus mempunyai tanggal akhir.",
    )
    starts_on = DateBoxesField(label="Mulai bertugas")
    ends_on = DateBoxesField(
        label="Hari terakhir", required=False, help_text="Kosong bila belum ditentukan."
    )
    decree_number = forms.CharField(label="Nomor keputusan", max_length=100)
    decree_date = DateBoxesField(label="Tanggal keputusan")

    def __init__(
        self,
        *args: object,
        roles: Sequence[tuple[str, str]],
        agencies: Sequence[Agency],
        **kwargs: object,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(agency.pk): agency for agency in agencies}
        self.fields["role"].choices = [("", "Pilih peran"), *roles]
        names = [(code, agency.name) for code, agency in self.known.items()]
        self.fields["agency"].choices = [("", "Seluruh badan publik"), *names]

    def chosen_agency(self) -> Agency | None:
        """Return the chosen agency, None for the whole body."""
        return self.known.get(self.cleaned_data["agency"])


class PasswordForm(ActForm):
    """A new password for one account of a person."""

    username = forms.ChoiceField(label="Nama pengguna")
    password = forms.CharField(
        label="Kata sandi baru",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="Paling sedikit 12 karakter. Sampaikan langsung kepada orangnya; minta ia "
        "menggantinya sesudah masuk.",
    )

    def __init__(self, *args: object, usernames: Sequence[str], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].choices = [(one, one) for one in usernames]


class MandateForm(ActForm):
    """A mandate by letter: who acts for whom, in which role, for what, and until when."""

    giver = forms.ChoiceField(
        label="Pemberi mandat", help_text="Tetap bertanggung jawab atas tindakan penerimanya."
    )
    holder = forms.ChoiceField(label="Penerima mandat", help_text="Bertindak a.n. pemberinya.")
    role = forms.ChoiceField(label="Peran yang dimandatkan")
    acts = forms.MultipleChoiceField(
        label="Tindakan yang dimandatkan",
        choices=[(one.value, one.label) for one in MandatedAct],
        widget=forms.CheckboxSelectMultiple,
    )
    letter_number = forms.CharField(label="Nomor surat mandat", max_length=100)
    letter_date = DateBoxesField(label="Tanggal surat")
    starts_on = DateBoxesField(label="Mulai berlaku")
    ends_on = DateBoxesField(label="Hari terakhir", help_text="Mandat selalu mempunyai akhir.")

    def __init__(
        self,
        *args: object,
        roles: Sequence[tuple[str, str]],
        people: Sequence[Person],
        **kwargs: object,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in people}
        names = [("", "Pilih orang"), *((key, one.name) for key, one in self.people.items())]
        self.fields["giver"].choices = self.fields["holder"].choices = names
        self.fields["role"].choices = [("", "Pilih peran"), *roles]

    def leave_out(self, act: MandatedAct) -> None:
        """Offer an act no more."""
        choices = self.fields["acts"].choices
        self.fields["acts"].choices = [one for one in choices if one[0] != act.value]

    def values(self) -> dict[str, Any]:
        """Return what was filled in, as the action takes it."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "act"}
        data["acts"] = [MandatedAct(one) for one in data["acts"]]
        return data | {name: self.people[data[name]] for name in ("giver", "holder")}


class EndForm(ActForm):
    """The last day of an appointment."""

    ends_on = DateBoxesField(
        label="Hari terakhir", help_text="Pada hari ini orangnya masih memegang peran."
    )
