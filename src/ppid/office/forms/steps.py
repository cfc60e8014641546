"""The forms of the twelve actions: what the officer fills in to complete a step."""

from uuid import uuid4

from django import forms

from ppid.office.forms.page_form import PageForm
from ppid.sop.definition import Step


class ActForm(PageForm):
    """Every form that acts carries an id of its own, so that a double click does one thing."""

    act = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: object, **kwargs: object) -> None:
        initial = {"act": uuid4(), **(kwargs.pop("initial", None) or {})}  # type: ignore[dict-item]
        super().__init__(*args, initial=initial, **kwargs)
        if self.is_bound and self.add_prefix("cleared") in self.data:
            self.ask_clearance()

    def ask_clearance(self) -> None:
        """Ask why what was found may be public all the same (docs/decisions/0150)."""
        self.fields["cleared"] = forms.CharField(
            label="Mengapa temuan ini boleh diumumkan",
            required=False,
            max_length=1000,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text="Temuan dan alasan Anda tercatat dalam log kantor.",
        )
        self.order_fields(["act", "cleared"])


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
