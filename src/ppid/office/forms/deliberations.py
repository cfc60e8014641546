"""The forms of the team and its meetings: decree, invitation, minutes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms

from ppid.law.deliberation import ItemViews, Need, Recusal, Stance, View
from ppid.law.team import Member, Quorum, Team
from ppid.office.actions.deliberations import Invitation, Minutes
from ppid.office.forms.fields import DateBoxesField
from ppid.office.forms.steps import ActForm
from ppid.office.models import Item, Person

RECUSED = "mundur"
ROWS = 9
MOST_ROWS = 45
STANCES = (
    ("", "Belum diisi"),
    *((one.value, one.label) for one in Stance),
    (RECUSED, "Mengundurkan diri (konflik kepentingan)"),
)


class TeamForm(ActForm):
    """A team as its decree appoints it. people: who can be a member; positions: theirs today."""

    decree_number = forms.CharField(
        label="Nomor keputusan pembentukan tim",
        max_length=100,
        help_text="Contoh: 188.45/118/2026.",
    )
    decree_date = DateBoxesField(label="Tanggal keputusan")
    starts_on = DateBoxesField(label="Mulai bertugas")
    ends_on = DateBoxesField(
        label="Hari terakhir",
        required=False,
        help_text="Kosong bila keputusan tidak menyebutnya.",
    )
    quorum = forms.ChoiceField(
        label="Kuorum",
        choices=[(one.value, one.label.capitalize()) for one in Quorum],
        initial=Quorum.MORE_THAN_HALF.value,
        widget=forms.RadioSelect,
        help_text="Seperti tertulis dalam keputusan. Bila tidak tertulis: lebih dari setengah. "
        "Anggota yang mengundurkan diri tidak dihitung.",
    )
    notice_days = forms.IntegerField(
        label="Undangan paling lambat berapa hari sebelum rapat",
        min_value=0,
        max_value=60,
        initial=1,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-4"}),
        help_text="0 berarti boleh pada hari rapat itu sendiri.",
    )
    chair = forms.ChoiceField(
        label="Ketua", help_text="Salah satu anggota. Ketua mempunyai satu suara seperti yang lain."
    )

    def __init__(
        self,
        *args: object,
        people: Sequence[Person],
        positions: Mapping[UUID, str],
        rows: int = ROWS,
        **kwargs: object,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.positions = positions
        self.names = {str(one.pk): one.name for one in people}
        choices = [("", "Kosong"), *self.names.items()]
        self.fields["chair"].choices = [("", "Pilih ketua"), *self.names.items()]
        self.numbers = range(1, min(rows, MOST_ROWS) + 1)
        for number in self.numbers:
            self.fields[f"member_{number}"] = forms.ChoiceField(
                label=f"Anggota {number}", choices=choices, required=False
            )
            self.fields[f"position_{number}"] = forms.CharField(
                label=f"Jabatan anggota {number}", max_length=200, required=False
            )

    @property
    def decree_fields(self) -> Iterator[forms.BoundField]:
        """Return the fields of the decree itself."""
        for name in ("decree_number", "decree_date", "starts_on", "ends_on"):
            yield self[name]

    @property
    def rule_fields(self) -> Iterator[forms.BoundField]:
        """Return the fields of the team's own rules."""
        yield from (self["quorum"], self["notice_days"])

    @property
    def rows(self) -> Iterator[tuple[forms.BoundField, forms.BoundField]]:
        """Return member and position of each row."""
        for number in self.numbers:
            yield self[f"member_{number}"], self[f"position_{number}"]

    def team(self) -> Team:
        """Return the team as filled in; a position left blank is the person's today."""
        data = self.cleaned_data
        names = ("decree_number", "decree_date", "starts_on", "ends_on", "notice_days")
        return Team(
            **{name: data[name] for name in names},
            quorum=Quorum(data["quorum"]),
            members=tuple(self._members()),
        )

    def _members(self) -> Iterator[Member]:
        for number in self.numbers:
            person = self.cleaned_data.get(f"member_{number}")
            if person:
                given = self.cleaned_data[f"position_{number}"].strip()
                yield Member(
                    person=person,
                    name=self.names[person],
                    position=given or self.positions.get(UUID(person), ""),
                    chair=person == self.cleaned_data["chair"],
                )


class NeedForm(ActForm):
    """When a determination waits for a deliberation."""

    need = forms.ChoiceField(
        label="Pertimbangan sebelum penetapan",
        choices=[(one.value, one.label) for one in Need],
        widget=forms.RadioSelect,
    )


class InvitationForm(ActForm):
    """The invitation: its date, day, time and place of the meeting, and the agenda."""

    invited_on = DateBoxesField(label="Tanggal undangan")
    held_on = DateBoxesField(label="Hari rapat")
    begins_at = forms.RegexField(
        r"^([01]?\d|2[0-3])[.:][0-5]\d$",
        label="Pukul",
        required=False,
        max_length=5,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5"}),
        help_text="Contoh: 09.00.",
        error_messages={"invalid": "Tulis jam dan menit, misalnya 09.00."},
    )
    place = forms.CharField(label="Tempat rapat", max_length=200)
    items = forms.MultipleChoiceField(
        label="Informasi yang dibahas",
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: object, candidates: Sequence[Item], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.candidates = candidates
        self.fields["items"].choices = [(str(item.pk), item.title) for item in candidates]
        self.fields["items"].initial = [str(item.pk) for item in candidates]

    def chosen(self) -> list[Item]:
        """Return the items of the agenda."""
        ticked = set(self.cleaned_data["items"])
        return [item for item in self.candidates if str(item.pk) in ticked]

    def invitation(self) -> Invitation:
        """Return the invitation as filled in."""
        data = self.cleaned_data
        return Invitation(
            invited_on=data["invited_on"],
            held_on=data["held_on"],
            place=data["place"],
            begins_at=data["begins_at"].replace(":", "."),
        )


class MinutesForm(ActForm):
    """The minutes: attendance, and every member's position on every item, with the reason."""

    number = forms.CharField(
        label="Nomor berita acara", max_length=100, help_text="Dari buku nomor surat."
    )
    present = forms.MultipleChoiceField(
        label="Daftar hadir",
        widget=forms.CheckboxSelectMultiple,
        help_text="Centang setiap anggota yang hadir. UU 14/2008 ps. 19",
    )
    notes = forms.CharField(
        label="Catatan rapat",
        required=False,
        max_length=20000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Pokok pembahasan, narasumber yang bukan anggota, dan siapa yang memimpin bila "
        "ketua tidak hadir.",
    )

    def __init__(self, *args: object, items: Sequence[Item], team: Team, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.items, self.team = items, team
        self.fields["present"].choices = [(one.person, one.name) for one in team.members]
        self.fields["present"].option_hints = {one.person: one.position for one in team.members}
        for item in items:
            self.fields[_field("rest", item)] = forms.ChoiceField(
                label="Semua yang hadir, kecuali diisi lain di bawah",
                choices=STANCES[:-1],
                required=False,
            )
            for number, member in enumerate(team.members):
                self.fields[_field("stance", item, number)] = forms.ChoiceField(
                    label=f"Pendapat {member.name}", choices=STANCES, required=False
                )
                self.fields[_field("why", item, number)] = forms.CharField(
                    label=f"Alasan {member.name}", required=False, max_length=2000
                )

    @property
    def rows(self) -> Iterator[tuple[Item, Any, list[tuple[Member, Any, Any]]]]:
        """Return each item with the field for all and every member's two fields."""
        for item in self.items:
            lines = [self._row(item, number) for number, _ in enumerate(self.team.members)]
            yield item, self[_field("rest", item)], lines

    def _row(self, item: Item, number: int) -> tuple[Member, Any, Any]:
        stance, why = (self[_field(name, item, number)] for name in ("stance", "why"))
        return self.team.members[number], stance, why

    def minutes(self) -> Minutes:
        """Return the minutes as filled in."""
        data = self.cleaned_data
        return Minutes(
            number=data["number"],
            present=frozenset(data["present"]),
            items={item.pk: self._views(item) for item in self.items},
            notes=data["notes"],
        )

    def _views(self, item: Item) -> ItemViews:
        given = list(self._given(item))
        return ItemViews(
            item=item.title,
            views=tuple(
                View(person, Stance(stance), why)
                for person, stance, why in given
                if stance != RECUSED
            ),
            recusals=tuple(
                Recusal(person, why) for person, stance, why in given if stance == RECUSED
            ),
        )

    def _given(self, item: Item) -> Iterable[tuple[str, str, str]]:
        rest = self.cleaned_data[_field("rest", item)]
        for number, member in enumerate(self.team.members):
            stance = self.cleaned_data[_field("stance", item, number)]
            if not stance and member.person in self.cleaned_data["present"]:
                stance = rest
            if stance:
                why = self.cleaned_data[_field("why", item, number)]
                yield member.person, stance, why.strip()


def _field(name: str, item: Item, number: int | None = None) -> str:
    return f"{name}_{item.pk.hex}" + ("" if number is None else f"_{number}")


def first_rows(holders: Iterable[tuple[UUID, str]], *, on: date) -> dict[str, Any]:
    """Return initial values: the holders of the team's role, as far as the rows go, and today."""
    found: dict[str, Any] = {"starts_on": on}
    for number, (person, position) in enumerate(holders, 1):
        found[f"member_{number}"] = str(person)
        found[f"position_{number}"] = position
    return found
