"""The forms of the calendar: a decree on days off, and a working week."""

from collections.abc import Mapping
from datetime import date

from django import forms

from ppid.law.decree import Decree, Scope, WorkWeek
from ppid.office.forms.days_off import DaysOffField, as_lines
from ppid.office.forms.fields import DateBoxesField
from ppid.office.forms.steps import ActForm
from ppid.office.models import CalendarDecree

LINES = "Satu hari satu baris, misalnya: 1 Januari 2027: Tahun Baru Masehi."


class DecreeForm(ActForm):
    """A decree on the days off of one year; a regional one names no cuti bersama.

    scope: for whom it holds. corrects: the entry that it puts right.
    """

    number = forms.CharField(
        label="Nomor keputusan",
        max_length=100,
        help_text="Seperti pada naskahnya. Contoh: Keppres 42/2025.",
    )
    decreed_on = DateBoxesField(label="Tanggal keputusan")
    source = forms.CharField(
        label="Sumber naskah",
        required=False,
        max_length=300,
        help_text="Tempat naskahnya dapat dibaca lagi: alamat JDIH atau nomor Lembaran Negara.",
    )
    holidays = DaysOffField(
        label="Hari libur", widget=forms.Textarea(attrs={"rows": 20}), help_text=LINES
    )
    collective_leave = DaysOffField(
        label="Cuti bersama",
        required=False,
        widget=forms.Textarea(attrs={"rows": 9}),
        help_text="Satu hari satu baris. Kosong bila keputusan cuti bersama belum terbit.",
    )
    checked = forms.BooleanField(
        label="Setiap hari sudah saya cocokkan dengan naskah keputusan",
        required=False,
    )

    def __init__(
        self,
        *args: object,
        year: int,
        scope: Scope,
        corrects: CalendarDecree | None = None,
        **kwargs: object,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.year, self.scope, self.corrects = year, scope, corrects
        self.fields["holidays"].year = self.fields["collective_leave"].year = year
        if scope is Scope.REGIONAL:
            del self.fields["collective_leave"]
            self.fields["holidays"].widget.attrs["rows"] = 6
            self.fields["holidays"].required = corrects is None

    @property
    def previewing(self) -> bool:
        """Return whether the person asked to see what would move, and nothing more."""
        return "preview" in self.data

    def clean(self) -> dict[str, object]:
        """Ask for the comparison with the decree before anything is saved."""
        cleaned = super().clean()
        if not self.previewing and not cleaned.get("checked"):
            self.add_error("checked", "Cocokkan daftar ini dengan naskahnya, lalu centang.")
        return cleaned

    def decree(self, *, on: date) -> Decree:
        """Return the decree as it would be entered on a day."""
        data = self.cleaned_data
        return Decree(
            number=data["number"],
            year=self.year,
            decreed_on=data["decreed_on"],
            entered_on=on,
            scope=self.scope,
            holidays=data["holidays"],
            collective_leave=data.get("collective_leave", {}),
            corrects=self.corrects.number if self.corrects else "",
        )


def as_initial(
    holidays: Mapping[date, str], collective_leave: Mapping[date, str]
) -> dict[str, object]:
    """Return the lists of days off as the form shows them at first."""
    return {"holidays": as_lines(holidays), "collective_leave": as_lines(collective_leave)}


class WeekForm(ActForm):
    """The working week of the body or a unit, from a day to come."""

    days_per_week = forms.TypedChoiceField(
        label="Hari kerja sepekan",
        coerce=int,
        choices=[("5", "5 hari, Senin sampai Jumat"), ("6", "6 hari, Senin sampai Sabtu")],
        widget=forms.RadioSelect,
    )
    collective_leave_works = forms.TypedChoiceField(
        label="Pada hari cuti bersama",
        coerce=lambda value: value == "ya",
        choices=[("tidak", "Kantor tutup"), ("ya", "Kantor bekerja")],
        widget=forms.RadioSelect,
    )
    starts_on = DateBoxesField(
        label="Mulai berlaku", help_text="Paling cepat besok; hari yang sudah tiba tetap."
    )

    def week(self) -> WorkWeek:
        """Return the week that was filled in."""
        data = self.cleaned_data
        return WorkWeek(data["starts_on"], data["days_per_week"], data["collective_leave_works"])
