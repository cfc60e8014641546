"""The forms of the twelve actions: what the officer fills in to complete a step."""

from collections.abc import Iterable, Sequence
from uuid import UUID, uuid4

from django import forms

from ppid.office.actions.approvals import APPROVE, DECISIONS, REFUSE, RETURN, Decision
from ppid.office.forms.fields import DateBoxesField
from ppid.office.forms.page_form import PageForm
from ppid.office.models import Item
from ppid.sop.definition import Step

DECISION_CHOICES = ((APPROVE, "Setuju"), (REFUSE, "Tolak"), (RETURN, "Kembalikan"))


class ActForm(PageForm):
    """Every form that acts carries an id of its own, so that a double click does one thing."""

    act = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: object, **kwargs: object) -> None:
        initial = {"act": uuid4(), **(kwargs.pop("initial", None) or {})}  # type: ignore[dict-item]
        super().__init__(*args, initial=initial, **kwargs)


class StepForm(ActForm):
    """Complete a step: an outcome where it is a decision, a reason where one is needed, a note."""

    note = forms.CharField(
        label="Catatan",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Hasil pekerjaan atau pesan untuk pelaksana berikutnya.",
    )

    def __init__(self, *args: object, step: Step, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.step = step
        if not step.outcomes:
            return
        wanting = [one.name for one in step.outcomes if one.needs_reason]
        self.fields["outcome"] = forms.ChoiceField(
            label="Keputusan",
            choices=[(one.name, one.name) for one in step.outcomes],
            widget=forms.RadioSelect,
            error_messages={"required": "Pilih keputusan."},
        )
        self.fields["reason"] = forms.CharField(
            label="Alasan",
            required=False,
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=f"Wajib diisi untuk: {', '.join(wanting)}." if wanting else "",
        )
        self.order_fields(["act", "outcome", "reason", "note"])

    def clean(self) -> dict[str, object]:
        """Ask for the reason that the chosen outcome needs."""
        cleaned = super().clean()
        outcome = cleaned.get("outcome")
        for one in self.step.outcomes:
            if one.name == outcome and one.needs_reason and not cleaned.get("reason"):
                self.add_error("reason", f"Tulis alasan memilih “{outcome}”.")
        return cleaned


class ReasonForm(ActForm):
    """A written reason: to decline a confirmation, or to extend a time."""

    reason = forms.CharField(
        label="Alasan",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Tulis alasannya."},
    )


class DecisionsForm(ActForm):
    """A decision for each item: yes, no with a reason, or back with a reason."""

    def __init__(self, *args: object, items: Sequence[Item], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.items = items
        for item in items:
            self.fields[f"decision_{item.pk.hex}"] = forms.ChoiceField(
                label=item.title,
                choices=DECISION_CHOICES,
                initial=APPROVE,
                widget=forms.RadioSelect,
            )
            self.fields[f"reason_{item.pk.hex}"] = forms.CharField(
                label="Alasan",
                required=False,
                max_length=2000,
                help_text="Wajib diisi bila ditolak atau dikembalikan.",
            )

    def clean(self) -> dict[str, object]:
        """Ask for a reason with every no."""
        cleaned = super().clean()
        for item in self.items:
            decision = cleaned.get(f"decision_{item.pk.hex}")
            wants_reason = decision in DECISIONS and decision != APPROVE
            if wants_reason and not cleaned.get(f"reason_{item.pk.hex}"):
                self.add_error(f"reason_{item.pk.hex}", "Tulis alasannya.")
        return cleaned

    @property
    def rows(self) -> Iterable[tuple[Item, forms.BoundField, forms.BoundField]]:
        """Return each item with its two fields."""
        for item in self.items:
            yield item, self[f"decision_{item.pk.hex}"], self[f"reason_{item.pk.hex}"]

    def decisions(self) -> tuple[Decision, ...]:
        """Return what was decided."""
        data = self.cleaned_data
        return tuple(
            Decision(
                item.pk,
                str(data[f"decision_{item.pk.hex}"]),
                str(data[f"reason_{item.pk.hex}"]),
            )
            for item in self.items
        )


class LetterForm(ActForm):
    """The letter of determination (PP 61/2010 ps. 4 (2)) and the items it determines."""

    number = forms.CharField(
        label="Nomor surat penetapan",
        max_length=100,
        error_messages={"required": "Isi nomor surat penetapan."},
    )
    determined_on = DateBoxesField(label="Tanggal penetapan", help_text="PP 61/2010 ps. 4 (2) f")
    place = forms.CharField(
        label="Tempat penetapan",
        max_length=200,
        error_messages={"required": "Isi tempat penetapan."},
    )
    unit = forms.CharField(
        label="Unit kerja pejabat yang menetapkan",
        max_length=200,
        help_text="PP 61/2010 ps. 4 (2) c",
        error_messages={"required": "Isi unit kerja."},
    )
    items = forms.MultipleChoiceField(
        label="Informasi yang ditetapkan",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Pilih paling sedikit satu informasi."},
    )

    def __init__(self, *args: object, candidates: Sequence[Item], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["items"].choices = [(str(item.pk), item.title) for item in candidates]
        self.fields["items"].initial = [str(item.pk) for item in candidates]

    def chosen(self) -> list[UUID]:
        """Return the ids of the items that were ticked."""
        return [UUID(one) for one in self.cleaned_data["items"]]


class ConsiderationForm(ActForm):
    """Minutes of the team's meeting: place, day, attendance, positions."""

    held_on = DateBoxesField(label="Tanggal rapat")
    place = forms.CharField(
        label="Tempat rapat", max_length=200, error_messages={"required": "Isi tempat rapat."}
    )
    attendance = forms.CharField(
        label="Daftar hadir",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Satu orang satu baris: nama; jabatan; pendapat (setuju atau tidak); alasan.",
        error_messages={"required": "Isi daftar hadir."},
    )
    minutes = forms.CharField(
        label="Isi berita acara",
        max_length=20000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Isi berita acara."},
    )

    def people(self) -> list[list[str]]:
        """Return name, position, opinion and reason of each line, blanks where nothing stands."""
        lines = [line for line in self.cleaned_data["attendance"].splitlines() if line.strip()]
        parts = [[part.strip() for part in line.split(";")] for line in lines]
        return [[*part, "", "", ""][:4] for part in parts]
