"""Forms that decide several items: each line by its own decision, and nothing is chosen before."""

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from django import forms

from ppid.errors import Finding
from ppid.office.actions.approvals import APPROVE, DECISIONS, REFUSE, RETURN, Decision
from ppid.office.actions.determinations import Letter
from ppid.office.actions.letters import LetterChoice, LetterLine
from ppid.office.forms.fields import DateBoxesField
from ppid.office.forms.steps import ActForm
from ppid.office.models import Item

DECISION_CHOICES = ((APPROVE, "Setuju"), (REFUSE, "Tolak"), (RETURN, "Kembalikan"))
LETTER_CHOICES = {
    LetterChoice.DETERMINE: "Tetapkan dikecualikan",
    LetterChoice.RETURN: "Kembalikan",
    LetterChoice.OPEN: "Biarkan terbuka",
}
Row = tuple[Item, forms.BoundField, forms.BoundField]
Findings = tuple[Finding, ...]


class LinesForm(ActForm):
    """One decision and one reason for each item. every: whether each line must be decided.

    choices: what may be chosen for an item. needless: the decision that needs no reason.
    """

    needless = ""

    def __init__(
        self,
        *args: object,
        items: Sequence[Item],
        every: bool = False,
        **kwargs: object,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.items = items
        for item in items:
            self.fields[f"decision_{item.pk.hex}"] = forms.ChoiceField(
                label=f"Keputusan untuk {item.title}",
                choices=self.choices_for(item),
                required=every,
                widget=forms.RadioSelect,
                error_messages={"required": "Putuskan informasi ini."},
            )
            self.fields[f"reason_{item.pk.hex}"] = forms.CharField(
                label="Alasan", required=False, max_length=2000, help_text=self.reason_help
            )

    reason_help = ""

    def choices_for(self, item: Item) -> list[tuple[str, str]]:
        """Return what may be chosen for the item."""
        raise NotImplementedError

    def clean(self) -> dict[str, object]:
        """Ask for a decision on one item at least, and for the reason that it needs."""
        cleaned = super().clean()
        if not self.errors and not any(choice for _, choice, _ in self._given()):
            raise forms.ValidationError("Putuskan paling sedikit satu informasi.")
        for item, choice, reason in self._given():
            if choice and choice != self.needless and not reason:
                self.add_error(f"reason_{item.pk.hex}", "Tulis alasannya.")
        return cleaned

    def _given(self) -> Iterator[tuple[Item, str, str]]:
        data = self.cleaned_data
        for item in self.items:
            key = item.pk.hex
            yield item, data.get(f"decision_{key}") or "", data.get(f"reason_{key}") or ""

    @property
    def rows(self) -> Iterator[Row]:
        """Return each item with its two fields."""
        for item in self.items:
            yield item, self[f"decision_{item.pk.hex}"], self[f"reason_{item.pk.hex}"]


class DecisionsForm(LinesForm):
    """The approver's decision for each item: yes, no with a reason, or back with a reason."""

    needless = APPROVE
    reason_help = "Wajib diisi bila ditolak atau dikembalikan."

    def choices_for(self, item: Item) -> list[tuple[str, str]]:
        """Return yes, no and back for every item."""
        return [*DECISION_CHOICES]

    def decisions(self) -> tuple[Decision, ...]:
        """Return what was decided; a line without a decision is left out."""
        return tuple(
            Decision(item.pk, choice, reason)
            for item, choice, reason in self._given()
            if choice in DECISIONS
        )


class LetterForm(LinesForm):
    """The letter of determination (PP 61/2010 ps. 4 (2)), and what becomes of each item.

    held: why an item cannot be determined now, by item. optional: nothing need be decided.
    """

    needless = LetterChoice.DETERMINE
    reason_help = "Wajib diisi bila dikembalikan atau dibiarkan terbuka."
    number = forms.CharField(label="Nomor surat penetapan", max_length=100, required=False)
    determined_on = DateBoxesField(
        label="Tanggal penetapan", required=False, help_text="PP 61/2010 ps. 4 (2) f"
    )
    place = forms.CharField(label="Tempat penetapan", max_length=200, required=False)
    unit = forms.CharField(
        label="Unit kerja pejabat yang menetapkan",
        max_length=200,
        required=False,
        help_text="PP 61/2010 ps. 4 (2) c",
    )

    def __init__(
        self,
        *args: object,
        held: Mapping[UUID, tuple[Finding, ...]],
        optional: bool = False,
        **kwargs: object,
    ) -> None:
        self.held, self.optional = held, optional
        super().__init__(*args, **kwargs)

    def choices_for(self, item: Item) -> list[tuple[str, str]]:
        """Return what may be decided: what something stands in the way of is not determined."""
        barred = (LetterChoice.DETERMINE,) if item.pk in self.held else ()
        return [(one.value, LETTER_CHOICES[one]) for one in LetterChoice if one not in barred]

    def clean(self) -> dict[str, object]:
        """Ask for what the letter needs once an item is to be determined by it."""
        try:
            cleaned = super().clean()
        except forms.ValidationError:
            if not self.optional:
                raise
            cleaned = self.cleaned_data
        if any(one.choice is LetterChoice.DETERMINE for one in self.lines()):
            for name, text in LETTER_PARTS.items():
                if name not in self.errors and not cleaned.get(name):
                    self.add_error(name, text)
        return cleaned

    @property
    def parts(self) -> list[forms.BoundField]:
        """Return the fields of the letter itself; none where no item could be on it."""
        if all(item.pk in self.held for item in self.items):
            return []
        return [self[name] for name in LETTER_PARTS]

    @property
    def letter_rows(self) -> Iterator[tuple[Item, forms.BoundField, forms.BoundField, Findings]]:
        """Return each item with its two fields and why it cannot be determined now."""
        for item, decision, reason in self.rows:
            yield item, decision, reason, self.held.get(item.pk, ())

    def letter(self) -> Letter:
        """Return the letter itself."""
        return Letter(**{name: self.cleaned_data[name] for name in LETTER_PARTS})

    def lines(self) -> tuple[LetterLine, ...]:
        """Return what was decided; a line without a decision is left out."""
        return tuple(
            LetterLine(item.pk, LetterChoice(choice), reason)
            for item, choice, reason in self._given()
            if choice
        )


LETTER_PARTS = {
    "number": "Isi nomor surat penetapan.",
    "determined_on": "Isi tanggal penetapan.",
    "place": "Isi tempat penetapan.",
    "unit": "Isi unit kerja.",
}
"""The parts of the letter that an officer fills in -> what is said when one is missing."""
