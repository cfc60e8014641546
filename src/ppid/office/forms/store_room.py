"""Forms of the store room: places, loans, stock-takes, labels."""

from collections.abc import Iterable
from uuid import UUID

from django import forms

from ppid.office.actions.loans import MOST_WORKDAYS, USUAL_WORKDAYS, Lending
from ppid.office.actions.places import LONGEST_NAME
from ppid.office.forms.steps import ActForm
from ppid.office.labels import SHEETS, WORDS
from ppid.office.models import Person, Place
from ppid.office.places import PlaceKind
from ppid.office.queries.places import Node

MOST_TYPED = 80_000
OUTSIDE = "luar"


class ChangePlaceForm(ActForm):
    """The name of a place and what it stands in."""

    name = forms.CharField(
        label="Nama atau nomor",
        max_length=LONGEST_NAME,
        help_text="Seperti tertulis pada tempatnya. Contoh: 4, atau Rak Barat.",
    )
    parent = forms.ChoiceField(label="Berada di", required=False)

    def __init__(self, *args: object, nodes: Iterable[Node], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.places = {str(one.place.pk): one.place for one in nodes}
        rows = [(str(one.place.pk), one.path) for one in nodes]
        self.fields["parent"].choices = [("", "Tidak di dalam tempat lain"), *rows]

    def parent_place(self) -> Place | None:
        """Return the place that was chosen."""
        return self.places.get(self.cleaned_data["parent"])


class PlaceForm(ChangePlaceForm):
    """A new place."""

    kind = forms.ChoiceField(
        label="Jenis tempat", choices=[(one.value, one.label) for one in PlaceKind]
    )
    field_order = ("act", "kind", "name", "parent")


class LendForm(ActForm):
    """Who takes the paper, what for, until when."""

    borrower = forms.ChoiceField(label="Peminjam")
    party = forms.CharField(
        label="Nama pihak luar",
        required=False,
        max_length=200,
        help_text="Hanya bila peminjamnya pihak luar; sebut dasar hukumnya di bawah.",
    )
    reason = forms.CharField(
        label="Keperluan", max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    workdays = forms.IntegerField(
        label="Lama pinjam (hari kerja)",
        initial=USUAL_WORKDAYS,
        min_value=1,
        max_value=MOST_WORKDAYS,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-3"}),
    )

    def __init__(self, *args: object, people: Iterable[Person], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        rows = [(str(one.pk), one.name) for one in people]
        self.fields["borrower"].choices = [("", "Pilih peminjam"), (OUTSIDE, "Pihak luar"), *rows]

    def lending(self) -> Lending:
        """Return what was written."""
        data = self.cleaned_data
        return Lending(
            borrower=UUID(data["borrower"]) if data["borrower"] != OUTSIDE else None,
            party=data["party"],
            reason=data["reason"],
            workdays=data["workdays"],
        )


class ReturnForm(ActForm):
    """What is to be said of a paper that is back."""

    condition = forms.CharField(
        label="Keadaan waktu kembali",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Contoh: lengkap, 24 lembar.",
    )


class StockForm(ActForm):
    """The codes that were scanned or typed, one on each line."""

    scans = forms.CharField(
        label="Kode yang dipindai atau diketik",
        required=False,
        max_length=MOST_TYPED,
        widget=forms.Textarea(
            attrs={"rows": 8, "spellcheck": "false", "autocomplete": "off", "data-scans": ""}
        ),
        help_text="Satu kode tiap baris, seperti 3F2A-91BC-07DE. Pemindai genggam mengetiknya "
        "sendiri.",
    )


class LabelForm(ActForm):
    """The sheet of labels and what stands on a label in letters."""

    sheet = forms.ChoiceField(
        label="Lembar label A4",
        choices=[(key, one.name) for key, one in SHEETS.items()],
        widget=forms.RadioSelect,
    )
    words = forms.MultipleChoiceField(
        label="Tulisan pada label",
        required=False,
        choices=tuple(WORDS.items()),
        widget=forms.CheckboxSelectMultiple,
        help_text="Kode dan QR selalu dicetak. Judul dan dasar pengecualian tidak pernah.",
    )
